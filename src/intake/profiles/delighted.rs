//! Delighted, closed by its owner on 2026-06-30: archived exports and dumps of its REST fields.

use super::profile::{PLAIN, Profile};
use crate::domain::words::word_lists;

pub(super) const PROFILE: Profile = Profile {
    name: "delighted",
    signs: &[
        &["survey type", "permalink"],
        &["response id", "person id", "score", "comment"],
        &["delighted *", "score"],
    ],
    aliases: word_lists! {
        "id": "response id", "id";
        "person-id": "person id", "person";
        "score": "score";
        "comment": "comment";
        "date": "created at", "response date", "responded at";
        "updated": "updated at";
        "survey-type": "survey type";
    },
    ..PLAIN
};
