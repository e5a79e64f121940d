//! Rejected rows by their reasons: each reason once, with how many rows it took and the first lines.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place was just found in the same list"
)]

use crate::domain::characters::shortened;
use std::collections::HashMap;

use crate::intake::Rejected;
use crate::output::{Cell, Sheet, Table, count};

/// How many lines are named of each reason.
const LINES: usize = 3;
/// How many reasons are shown.
const SHOWN: usize = 5;
/// How many reasons are told apart.
const TOLD_APART: usize = 200;

/// The reasons so far, in the order in which they came first.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    all: Vec<Reason>,
    places: HashMap<(String, String), usize>,
    /// Rows of further reasons.
    others: u64,
}

/// One of them.
#[derive(Debug)]
struct Reason {
    file: String,
    /// In the words of the first row.
    words: String,
    rows: u64,
    /// The first lines, each with the number of its record.
    lines: Vec<(u64, u64)>,
}

impl Reasons {
    /// Adds a row of a file.
    pub(super) fn add(&mut self, file: &str, row: &Rejected) {
        let key = (file.to_owned(), alike(&row.reason));
        let next = self.all.len();
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None if next >= TOLD_APART => {
                self.others += 1;
                return;
            }
            None => {
                self.places.insert(key, next);
                self.all.push(Reason {
                    file: file.to_owned(),
                    words: shortened(&row.reason, 200).into_owned(),
                    rows: 0,
                    lines: Vec::new(),
                });
                next
            }
        };
        let reason = &mut self.all[place];
        reason.rows += 1;
        if reason.lines.len() < LINES {
            reason.lines.push((row.line, row.record));
        }
    }

    /// The first few in words, a line each.
    pub(super) fn shown(&self) -> Vec<String> {
        let mut shown: Vec<String> = self.all.iter().take(SHOWN).map(Reason::sentence).collect();
        let rest = self.all.iter().skip(SHOWN).map(|reason| reason.rows);
        let rest = rest.sum::<u64>() + self.others;
        if rest > 0 {
            shown.push(format!("and {rest} more"));
        }
        shown
    }

    /// The first in words.
    pub(super) fn first(&self) -> Option<String> {
        self.all.first().map(Reason::sentence)
    }

    /// All of them, for programs.
    pub(super) fn sheet(&self) -> Sheet {
        Table::of(&self.all)
            .left("reason", "Reason", |reason| &reason.words)
            .left("file", "File", |reason| &reason.file)
            .right("rows", "Rows", |reason| reason.rows)
            .left("lines", "Lines", |reason| {
                let lines = reason.lines.iter();
                Cell::Numbers(
                    lines
                        .filter_map(|(line, _)| i64::try_from(*line).ok())
                        .collect(),
                )
            })
            .empty("")
    }
}

impl Reason {
    fn sentence(&self) -> String {
        let Self { file, words, .. } = self;
        if let [(line, record)] = self.lines[..] {
            return format!("{file} line {line} (record {record}): {words}");
        }
        let lines: Vec<String> = self
            .lines
            .iter()
            .map(|(line, _)| line.to_string())
            .collect();
        let rows = count(i64::try_from(self.rows).unwrap_or(i64::MAX), "row");
        let first = if self.rows > self.lines.len() as u64 {
            "first in lines"
        } else {
            "lines"
        };
        format!("{file}: {rows}, {first} {}: {words}", lines.join(", "))
    }
}

/// What reasons have in common that differ in what their cells hold: what is quoted, numbers and addresses left out.
fn alike(reason: &str) -> String {
    let mut common = String::new();
    for (part, text) in reason.split('`').enumerate() {
        if part % 2 == 1 {
            common.push('`');
            continue;
        }
        for word in text.split_inclusive(' ') {
            let varies = word.contains('@') || word.contains(|c: char| c.is_ascii_digit());
            common.push_str(if varies { "… " } else { word });
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejected(line: u64, reason: &str) -> Rejected {
        Rejected {
            line,
            record: line - 1,
            reason: reason.to_owned(),
            contradicts: false,
            original: Vec::new(),
        }
    }

    #[test]
    fn rows_of_one_reason_are_one_line_whatever_their_cells_hold() {
        let mut reasons = Reasons::default();
        for line in 2..7 {
            reasons.add(
                "a.csv",
                &rejected(line, &format!("`{line}x` is not a date that can be read")),
            );
        }
        reasons.add("a.csv", &rejected(9, "nobody has the address a@x.example"));
        reasons.add("a.csv", &rejected(10, "nobody has the address b@x.example"));
        reasons.add("b.csv", &rejected(3, "the date is missing"));
        assert_eq!(
            reasons.shown(),
            [
                "a.csv: 5 rows, first in lines 2, 3, 4: `2x` is not a date that can be read",
                "a.csv: 2 rows, lines 9, 10: nobody has the address a@x.example",
                "b.csv line 3 (record 2): the date is missing",
            ]
        );
    }

    #[test]
    fn only_the_first_reasons_are_shown() {
        let mut reasons = Reasons::default();
        for word in 'a'..='i' {
            reasons.add("a.csv", &rejected(2, &word.to_string()));
        }
        assert_eq!(reasons.shown().last().unwrap(), "and 4 more");
    }
}
