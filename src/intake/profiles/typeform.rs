//! Typeform: questions are the headers, `#` is the key, and partial answers are listed among the complete ones.

use super::profile::{OTHER_SURVEY, PLAIN, Profile, Skip};
use crate::domain::words::word_lists;
use crate::intake::headers::plain;

pub(super) const PROFILE: Profile = Profile {
    name: "typeform",
    signs: &[
        &["#", "submit date (utc)"],
        &["#", "network id"],
        &["response type", "submit date (utc)"],
    ],
    aliases: word_lists! {
        "id": "#", "response id", "token";
        "date": "submit date (utc)", "stage date (utc)", "start date (utc)";
        "score": "how likely * recommend *", "* how likely * recommend *", "* nps";
        "email": "email", "email address", "* email *";
        "comment": "* reason *", "* why *", "why *", "* comment *", "* feedback *";
        "finished": "response type";
    },
    skips: &[
        OTHER_SURVEY,
        Skip {
            field: "finished",
            applies: is_unfinished,
            reason: "unfinished",
        },
    ],
    ..PLAIN
};

fn is_unfinished(value: &str) -> bool {
    !matches!(plain(value).as_str(), "" | "complete" | "completed")
}
