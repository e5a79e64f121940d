//! Wootric, now InMoment: the fields of its API, flattened. What it excludes from its own sums is excluded here.

use super::profile::{OTHER_SURVEY, PLAIN, Profile, Skip, is_true};
use crate::domain::words::word_lists;

pub(super) const PROFILE: Profile = Profile {
    name: "wootric",
    signs: &[
        &["excluded from calculations"],
        &["score", "text", "end user *"],
    ],
    aliases: word_lists! {
        "id": "id", "response id";
        "score": "score";
        "comment": "text", "feedback";
        "date": "created at";
        "updated": "updated at";
        "email": "end user email", "email";
        "person-id": "end user external id", "end user id";
        "name": "end user name";
        "excluded": "excluded from calculations";
        "company": "end user * company *", "end user * company";
        "industry": "end user * industry";
        "title": "end user * title", "end user * role";
        "country": "end user * country";
    },
    skips: &[
        OTHER_SURVEY,
        Skip {
            field: "excluded",
            applies: is_true,
            reason: "excluded by the source",
        },
    ],
    ..PLAIN
};
