//! A survey source as data, and what most sources have in common.

use super::super::cells::yes_or_no;
use super::super::columns::Aliases;
use super::super::headers::plain;
use super::super::table::Header;

/// A survey source.
#[derive(Debug)]
pub(crate) struct Profile {
    /// Its name, as typed for `--source`.
    pub(crate) name: &'static str,
    /// Any of these sets of headers is its sign.
    pub(super) signs: &'static [&'static [&'static str]],
    /// What it calls the fields.
    pub(crate) aliases: Aliases,
    /// Makes sense of the first rows of a file.
    pub(crate) header: fn(&[Vec<String>]) -> Header,
    /// Which rows are no responses.
    pub(crate) skips: &'static [Skip],
    /// Whether it escapes comments for HTML.
    pub(crate) escapes_comments: bool,
}

impl Profile {
    /// The name of the source: the one given, unless it only spells the profile's name differently.
    pub(crate) fn source_name(&self, given: Option<&str>) -> String {
        let own = given.filter(|given| plain(given) != self.name);
        own.map_or(self.name, str::trim).to_owned()
    }
}

/// A rule for rows that are no responses.
#[derive(Debug)]
pub(crate) struct Skip {
    /// The field that tells.
    pub(crate) field: &'static str,
    /// Whether a value of that field, trimmed, says so.
    pub(crate) applies: fn(&str) -> bool,
    /// What to call it.
    pub(crate) reason: &'static str,
}

/// What most sources have in common.
pub(super) const PLAIN: Profile = Profile {
    name: "",
    signs: &[],
    aliases: &[],
    header: one_row,
    skips: &[OTHER_SURVEY],
    escapes_comments: false,
};

/// Answers to other surveys: CSAT, CES, five stars.
pub(super) const OTHER_SURVEY: Skip = Skip {
    field: "survey-type",
    applies: is_other_survey,
    reason: "another type of survey",
};

fn one_row(first: &[Vec<String>]) -> Header {
    Header::of_one_row(first.first().map_or(&[], Vec::as_slice))
}

fn is_other_survey(value: &str) -> bool {
    if value.eq_ignore_ascii_case("nps") {
        return false;
    }
    let word = plain(value);
    !word.is_empty()
        && !["nps", "netpromoter", "customerloyalty", "loyalty"]
            .iter()
            .any(|nps| word.contains(nps))
}

pub(super) fn is_false(value: &str) -> bool {
    yes_or_no(value) == Some(false)
}

pub(super) fn is_true(value: &str) -> bool {
    yes_or_no(value) == Some(true)
}

/// The cell of a row, empty where the row is too short.
pub(super) fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nps_counts() {
        for (word, other) in [
            ("nps", false),
            ("NPS®", false),
            ("", false),
            ("csat", true),
            ("fivestar", true),
            ("CES", true),
        ] {
            assert_eq!(is_other_survey(word), other, "{word}");
        }
    }
}
