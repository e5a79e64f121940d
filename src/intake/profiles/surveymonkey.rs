//! SurveyMonkey: the first header row holds the questions, the second says what kind of answer each column has.

use super::profile::{PLAIN, Profile, cell};
use crate::domain::words::word_lists;
use crate::intake::headers::plain;
use crate::intake::table::Header;

pub(super) const PROFILE: Profile = Profile {
    name: "surveymonkey",
    signs: &[&["respondent id", "collector id"]],
    aliases: word_lists! {
        "id": "respondent id";
        "date": "end date", "date modified", "start date", "date created";
        "email": "email address";
        "first-name": "first name";
        "last-name": "last name";
        "score": "* how likely * recommend *", "how likely * recommend *", "* nps";
    },
    header,
    ..PLAIN
};

fn header(rows: &[Vec<String>]) -> Header {
    let names = rows.first().cloned().unwrap_or_default();
    let Some(kinds) = rows.get(1).filter(|row| is_second_row(row)) else {
        return Header::of_one_row(&names);
    };
    let found = comment(&names, kinds)
        .map(|column| ("comment", vec![column]))
        .into_iter()
        .collect();
    Header {
        names,
        labels: kinds.clone(),
        rows: 2,
        found,
    }
}

fn is_second_row(row: &[String]) -> bool {
    cell(row, 0).is_empty()
        && row
            .iter()
            .any(|kind| kind == "Response" || kind.starts_with("Open-Ended Response"))
}

/// The open question about the reason; else the first open question after that for the score.
fn comment(names: &[String], kinds: &[String]) -> Option<usize> {
    let open: Vec<usize> = (0..kinds.len())
        .filter(|column| cell(kinds, *column).starts_with("Open-Ended Response"))
        .collect();
    let asks_why = |column: &usize| {
        let question = plain(cell(names, *column));
        ["why", "reason", "comment", "feedback"]
            .iter()
            .any(|word| question.contains(word))
    };
    let score = names
        .iter()
        .position(|name| plain(name).contains("howlikely"));
    open.iter()
        .find(|column| asks_why(column))
        .or_else(|| {
            open.iter()
                .find(|column| score.is_some_and(|score| **column > score))
        })
        .copied()
}
