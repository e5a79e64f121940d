//! Qualtrics: three header rows (names, labels in the account's language, import ids), or the first two of them.
//! An NPS question gives `<tag>` and `<tag>_NPS_GROUP`.

use super::profile::{OTHER_SURVEY, PLAIN, Profile, Skip, cell, is_false};
use crate::domain::words::word_lists;
use crate::intake::table::Header;

pub(super) const PROFILE: Profile = Profile {
    name: "qualtrics",
    signs: &[
        &["start date", "end date", "recorded date", "response id"],
        &["start date", "end date", "finished", "response id"],
        &["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8"],
    ],
    aliases: word_lists! {
        "id": "response id";
        "date": "recorded date", "end date";
        "email": "recipient email", "email address";
        "first-name": "recipient first name";
        "last-name": "recipient last name";
        "person-id": "external reference", "external data reference";
        "language": "user language";
        "finished": "finished";
        "status": "status", "response type";
        "channel": "distribution channel";
        "score": "* nps", "how likely * recommend *";
        "comment": "* nps * text", "* nps * comment", "* why *", "why *", "* reason *", "* comment *", "* feedback *",
            "* improve *", "* tell us *";
    },
    header,
    skips: &[
        OTHER_SURVEY,
        Skip {
            field: "finished",
            applies: is_false,
            reason: "unfinished",
        },
        Skip {
            field: "status",
            applies: is_preview,
            reason: "a preview, test or spam",
        },
        Skip {
            field: "channel",
            applies: is_preview,
            reason: "a preview, test or spam",
        },
    ],
    ..PLAIN
};

/// In words, or in the numbers of an export with numeric values: 1 preview, 2 test, 8 spam.
fn is_preview(value: &str) -> bool {
    let word = value.to_lowercase();
    matches!(word.as_str(), "1" | "2" | "8" | "9" | "12" | "17")
        || ["preview", "test", "spam"]
            .iter()
            .any(|sign| word.contains(sign))
}

fn header(rows: &[Vec<String>]) -> Header {
    let first = rows.first().cloned().unwrap_or_default();
    let second = rows.get(1).cloned().unwrap_or_default();
    let has_import_ids = |row: &Vec<String>| row.iter().any(|id| id.contains("\"ImportId\""));
    let mut header = if rows.get(2).is_some_and(has_import_ids) {
        Header {
            names: first,
            labels: second,
            rows: 3,
            found: Vec::new(),
        }
    } else if has_labels(&first, &second) {
        Header {
            names: legacy_names(&first, &second),
            labels: second,
            rows: 2,
            found: Vec::new(),
        }
    } else {
        Header::of_one_row(&first)
    };
    let scores = tags_of_groups(&header.names);
    if !scores.is_empty() {
        header.found.push(("score", scores));
    }
    header
}

/// Whether the second row is of labels: names, or whatever words stand where a response has the day on which it began.
fn has_labels(first: &[String], second: &[String]) -> bool {
    let is = |name: &String, wanted: &str| name.replace(' ', "").eq_ignore_ascii_case(wanted);
    let begun = first.iter().position(|name| is(name, "startdate"));
    let label = begun.map_or("", |column| cell(second, column));
    let is_word = !label.is_empty() && !label.contains(|c: char| c.is_ascii_digit());
    is_word || second.iter().any(|label| is(label, "responseid"))
}

/// In the legacy form the second row names what is called `V1`, `V2` … in the first.
fn legacy_names(first: &[String], second: &[String]) -> Vec<String> {
    let is_numbered = |name: &str| {
        name.strip_prefix('V')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    let better = |(column, name): (usize, &String)| {
        if is_numbered(name) {
            cell(second, column).to_owned()
        } else {
            name.clone()
        }
    };
    first.iter().enumerate().map(better).collect()
}

/// The columns `<tag>` for which there is a `<tag>_NPS_GROUP`.
fn tags_of_groups(names: &[String]) -> Vec<usize> {
    let tags = names
        .iter()
        .filter_map(|name| name.strip_suffix("_NPS_GROUP"));
    tags.filter_map(|tag| names.iter().position(|name| name == tag))
        .collect()
}
