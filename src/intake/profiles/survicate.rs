//! Survicate: a second header row says what each part of a question holds. `Respondent uuid` is new for every
//! response, so it names nobody.

use super::profile::{PLAIN, Profile, cell};
use crate::domain::words::word_lists;
use crate::intake::table::Header;

pub(super) const PROFILE: Profile = Profile {
    name: "survicate",
    signs: &[
        &["response uuid", "respondent uuid"],
        &["date & time (utc)", "response uuid"],
    ],
    aliases: word_lists! {
        "id": "response uuid";
        "date": "date & time (utc)";
        "email": "email";
        "first-name": "first name";
        "last-name": "last name";
    },
    header,
    ..PLAIN
};

fn header(rows: &[Vec<String>]) -> Header {
    let names = rows.first().cloned().unwrap_or_default();
    let Some(parts) = rows.get(1).filter(|row| is_second_row(row)) else {
        return Header::of_one_row(&names);
    };
    let holding = |part: &str| {
        (0..parts.len())
            .filter(|column| cell(parts, *column) == part)
            .collect::<Vec<usize>>()
    };
    let mut found = Vec::new();
    for (field, columns) in [("score", holding("Score")), ("comment", holding("Answer"))] {
        if !columns.is_empty() {
            found.push((field, columns));
        }
    }
    // Only the parts: a question's own text must not be taken for the name of a field.
    Header {
        names,
        labels: Vec::new(),
        rows: 2,
        found,
    }
}

fn is_second_row(row: &[String]) -> bool {
    cell(row, 0).is_empty() && row.iter().any(|part| part == "Score" || part == "Answer")
}
