//! HubSpot feedback submissions. Only NPS counts: a CSAT value of 2 also carries the group PROMOTER.

use super::profile::{PLAIN, Profile};
use crate::domain::words::word_lists;

pub(super) const PROFILE: Profile = Profile {
    name: "hubspot",
    signs: &[
        &["hs value"],
        &["hs survey type"],
        &["record id", "survey type", "rating"],
        &["record id", "survey type", "response"],
    ],
    aliases: word_lists! {
        "id": "hs object id", "record id";
        "score": "hs value", "rating";
        "comment": "hs content", "response", "feedback";
        "date": "hs submission timestamp", "submission date", "response date", "date";
        "survey-type": "hs survey type", "survey type";
        "email": "hs contact email rollup", "email", "contact email", "associated contact email";
        "person-id": "hs contact id", "contact id", "associated contact ids";
        "name": "contact name", "associated contact";
        "first-name": "hs contact firstname", "first name";
        "last-name": "hs contact lastname", "last name";
        "company": "associated company", "company name", "company";
        "updated": "hs lastmodifieddate", "last modified date";
    },
    ..PLAIN
};
