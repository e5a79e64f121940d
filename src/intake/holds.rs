//! What a column can be found by: the kinds of cells that only one field has (`docs/import.md`, columns).

use std::collections::HashSet;

use super::{amounts, cells, loose_dates, ratings, scores};
use crate::domain::email::Email;

/// What a column can be found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// E-mail addresses, most of them of different people.
    Addresses,
    /// Dates, in any form but a mere number.
    Dates,
    /// Whole numbers from 0 to 10, some above 5.
    Scores,
    /// Words without spaces that never come again, under a header that speaks of an id of what the rows tell.
    Ids,
    /// The same of people.
    IdsOfPeople,
    /// The same of accounts.
    IdsOfAccounts,
    /// Web addresses, most of them of different domains.
    Domains,
    /// Amounts that name their currency.
    Amounts,
    /// Stars, or numbers up to five.
    Ratings,
    /// Sentences.
    Sentences,
}

impl Holds {
    /// What a column of it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::Dates => "dates",
            Self::Scores => "numbers from 0 to 10",
            Self::Ids | Self::IdsOfPeople | Self::IdsOfAccounts => "ids that never repeat",
            Self::Domains => "web addresses",
            Self::Amounts => "amounts of money",
            Self::Ratings => "ratings",
            Self::Sentences => "sentences",
        }
    }

    /// Whether it is of ids.
    pub(super) const fn are_ids(self) -> bool {
        matches!(self, Self::Ids | Self::IdsOfPeople | Self::IdsOfAccounts)
    }

    /// Whether a column with these values is of this kind.
    pub(super) fn is_held_by(self, values: &[&str]) -> bool {
        match self {
            Self::Addresses => mostly(values, is_address) && are_different(values),
            Self::Dates => mostly(values, is_dressed) && mostly(values, is_date),
            Self::Scores => are_scores(values),
            Self::Ids | Self::IdsOfPeople | Self::IdsOfAccounts => are_ids(values),
            Self::Domains => are_domains(values),
            Self::Amounts => mostly(values, is_amount_of_a_currency),
            Self::Ratings => are_ratings(values),
            Self::Sentences => are_sentences(values),
        }
    }
}

/// Whether nine of ten values are like this, and there is one.
fn mostly(values: &[&str], is_it: fn(&str) -> bool) -> bool {
    let fitting = values.iter().filter(|value| is_it(value)).count();
    fitting >= 1 && fitting * 10 >= values.len() * 9
}

/// Whether most values are different. A few again and again are those of colleagues.
fn are_different(values: &[&str]) -> bool {
    let distinct: HashSet<&&str> = values.iter().collect();
    values.len() < 4 || distinct.len() * 2 > values.len()
}

fn is_address(cell: &str) -> bool {
    cell.contains('@') && Email::parse(cells::address(cell)).is_ok()
}

/// Whether it is more than a mere number, as dates are.
fn is_dressed(cell: &str) -> bool {
    let is_of_number = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '+' | '-' | ' ');
    !cell.chars().all(is_of_number) || cell.matches(['-', '.']).count() == 2
}

fn is_date(cell: &str) -> bool {
    !matches!(
        loose_dates::parse(cell, None),
        Err(super::dates::Unread::NotADate)
    )
}

fn are_scores(values: &[&str]) -> bool {
    let mut high = false;
    for cell in values {
        match scores::parse(cell).ok().flatten() {
            Some(score) => high |= score.get() > 5,
            None => return false,
        }
    }
    values.len() >= 3 && high
}

/// The numbers of the rows are no ids: the next export counts anew.
fn are_ids(values: &[&str]) -> bool {
    let is_id = |cell: &&str| {
        cell.len() >= 2
            && cell.bytes().any(|byte| byte.is_ascii_digit())
            && !cell.contains([' ', '@', '/', ','])
            && !(is_dressed(cell) && is_date(cell))
    };
    let distinct: HashSet<&&str> = values.iter().collect();
    let number = |cell: &&str| cell.parse::<usize>().ok();
    let first = values.first().and_then(number).filter(|first| *first <= 1);
    let are_counted = first.is_some_and(|first| {
        let mut counted = values.iter().zip(first..);
        counted.all(|(cell, next)| number(cell) == Some(next))
    });
    values.len() >= 3 && distinct.len() == values.len() && values.iter().all(is_id) && !are_counted
}

fn are_domains(values: &[&str]) -> bool {
    let domains: Vec<_> = values
        .iter()
        .filter(|cell| !cell.contains([' ', '@']))
        .filter_map(|cell| cells::domain(cell).filter(|domain| has_top_level(domain)))
        .collect();
    let domains: Vec<&str> = domains.iter().map(AsRef::as_ref).collect();
    !domains.is_empty() && domains.len() * 10 >= values.len() * 9 && are_different(&domains)
}

fn has_top_level(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    last.len() >= 2 && last.chars().all(char::is_alphabetic)
}

fn is_amount_of_a_currency(cell: &str) -> bool {
    amounts::read(cell).is_some_and(|written| !written.marks.is_empty())
}

fn are_ratings(values: &[&str]) -> bool {
    let rating = |cell: &&str| ratings::tenths(cell, ratings::FIVE).ok();
    let ratings: Option<Vec<u8>> = values.iter().map(rating).collect();
    let Some(ratings) = ratings else { return false };
    let is_bare = |cell: &&str| cell.parse::<f64>().is_ok();
    match values.iter().all(is_bare) {
        true => ratings.len() >= 3 && ratings.iter().all(|tenths| *tenths >= 10),
        false => !values.iter().any(is_bare),
    }
}

fn are_sentences(values: &[&str]) -> bool {
    let letters: usize = values.iter().map(|cell| cell.chars().count()).sum();
    let has_words = |cell: &str| cell.split_whitespace().count() >= 3 || !cell.is_ascii();
    !values.is_empty() && letters >= 25 * values.len() && mostly(values, has_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Holds; 8] = [
        Holds::Addresses,
        Holds::Dates,
        Holds::Scores,
        Holds::Ids,
        Holds::Domains,
        Holds::Amounts,
        Holds::Ratings,
        Holds::Sentences,
    ];

    #[test]
    fn cells_are_told_apart_by_what_only_one_field_has() {
        for (values, held) in [
            (
                &["ada@x.example", "bo@y.example"][..],
                &[Holds::Addresses][..],
            ),
            (&["2026-03-14", "14 March 2026"], &[Holds::Dates]),
            (&["9", "10", "3"], &[Holds::Scores]),
            (&["1", "4", "5"], &[Holds::Ratings]),
            (&["4.5", "3", "5"], &[Holds::Ratings]),
            (&["5 stars", "★★★☆☆"], &[Holds::Ratings]),
            (&["1", "2", "3"], &[Holds::Ratings]),
            (&["A-17", "A-18", "B-2"], &[Holds::Ids]),
            (&["4711", "4712", "9981"], &[Holds::Ids]),
            (&["4711", "4712", "4711"], &[]),
            (&["0", "1", "2", "3", "4", "5"], &[]),
            (&["1", "2", "3", "4", "5", "6", "7"], &[Holds::Scores]),
            (
                &["kestrel.example", "https://osprey.example/a"],
                &[Holds::Domains],
            ),
            (
                &[
                    "https://in.example/a",
                    "https://in.example/b",
                    "https://in.example/c",
                    "https://in.example/d",
                ],
                &[],
            ),
            (&["€1.200", "EUR 40"], &[Holds::Amounts]),
            (&["1200", "40"], &[]),
            (
                &[
                    "It saves us an hour a day.",
                    "We like how quick the answers are.",
                ],
                &[Holds::Sentences],
            ),
            (&["Kestrel", "Osprey"], &[]),
            (&["Report 1.2", "Report 1.3"], &[]),
        ] {
            let found: Vec<Holds> = ALL
                .into_iter()
                .filter(|one| one.is_held_by(values))
                .collect();
            assert_eq!(found, held, "{values:?}");
        }
    }
}
