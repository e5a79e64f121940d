//! Which column holds which field: by what the user said, by the source, by the usual names; `*` stands for anything.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut behind the ASCII sign that marks a pattern"
)]

mod by_content;

use std::borrow::Cow;

use super::IntakeError;
use super::headers::{bare, matches, plain, plain_pattern};
use super::sample::Sample;
use super::table::Header;
use super::vocabulary;

pub(crate) use by_content::Doubt;

/// Fields with the headers that may hold them, the best first.
pub(crate) type Aliases = &'static [(&'static str, &'static [&'static str])];

/// The field of which there must be exactly one candidate.
pub(crate) const SCORE: &str = "score";

/// The columns found, by field.
#[derive(Debug, Default)]
pub(crate) struct Assignment {
    fields: Vec<(&'static str, Vec<usize>)>,
    /// The columns that the user named.
    by_user: Vec<usize>,
    /// What should be said of columns that were found by what they hold.
    notes: Vec<String>,
}

impl Assignment {
    /// Every column of the field.
    pub(crate) fn all(&self, field: &str) -> &[usize] {
        self.fields
            .iter()
            .find(|(name, _)| *name == field)
            .map_or(&[], |(_, columns)| columns)
    }

    /// The first column of the field.
    pub(crate) fn first(&self, field: &str) -> Option<usize> {
        self.all(field).first().copied()
    }

    /// What should be said once about how columns were found.
    pub(crate) fn notes(&self) -> impl Iterator<Item = String> {
        self.notes.iter().cloned()
    }

    /// The column of a field that the file must have.
    pub(crate) fn needed(
        &self,
        field: &'static str,
        header: &Header,
    ) -> Result<usize, IntakeError> {
        self.first(field).ok_or_else(|| IntakeError::NoColumn {
            field,
            seen: header.names.clone(),
        })
    }

    /// The field that a column holds.
    pub(crate) fn field_of(&self, column: usize) -> Option<&'static str> {
        let mut fields = self.fields.iter();
        fields
            .find(|(_, columns)| columns.contains(&column))
            .map(|(field, _)| *field)
    }

    fn is_free(&self, column: usize) -> bool {
        !self
            .fields
            .iter()
            .any(|(_, columns)| columns.contains(&column))
    }

    fn add(&mut self, field: &'static str, column: usize) {
        match self.fields.iter_mut().find(|(name, _)| *name == field) {
            Some((_, columns)) => columns.push(column),
            None => self.fields.push((field, vec![column])),
        }
    }
}

/// The column that the user names: by its header, or by a field that has a column.
pub(crate) fn named(header: &Header, found: &Assignment, name: &str) -> Result<usize, IntakeError> {
    if let Ok(column) = Names::of(header).exactly("", name) {
        return Ok(column);
    }
    let wanted = plain(name);
    let mut fields = found.fields.iter();
    fields
        .find(|(field, _)| plain(field) == wanted)
        .and_then(|(_, columns)| columns.first().copied())
        .ok_or_else(|| IntakeError::NoSuchColumn {
            header: name.to_owned(),
            seen: header.names.clone(),
        })
}

/// Gives every field its column. `special` are the source's own names, `general` the usual ones and, with that, the
/// list of all fields.
pub(crate) fn assign(
    header: &Header,
    special: Aliases,
    general: Aliases,
    map: &[(String, String)],
    sample: &Sample<'_>,
) -> Result<Assignment, IntakeError> {
    let names = Names::of(header);
    let mut assignment = Assignment::default();
    for (field, wanted) in map {
        let field = known_field(field, general)?;
        let column = names.exactly(field, wanted)?;
        assignment.by_user.push(column);
        assignment.add(field, column);
    }
    for (field, columns) in &header.found {
        if assignment.first(field).is_none() {
            names.only_one(field, columns)?;
            for column in columns {
                assignment.add(field, *column);
            }
        }
    }
    for (aliases, is_special) in [(special, true), (general, false)] {
        for (field, patterns) in aliases {
            if assignment.first(field).is_none() {
                let mut candidates = names.candidates(patterns, &assignment);
                if candidates.len() > 1 {
                    leave_out_empty(&mut candidates, sample);
                }
                let least = candidates.first().map_or(0, |(rank, _)| *rank);
                let best = |(rank, _): &&(usize, usize)| !is_special || *rank == least;
                let rivals = candidates.iter().filter(best).map(|(_, column)| *column);
                names.only_one(field, &rivals.collect::<Vec<_>>())?;
                if let Some((_, column)) = candidates.first() {
                    assignment.add(field, *column);
                }
            }
        }
    }
    Ok(assignment)
}

/// An empty column does not hide a filled one of the same meaning.
fn leave_out_empty(candidates: &mut Vec<(usize, usize)>, sample: &Sample<'_>) {
    if candidates
        .iter()
        .any(|(_, column)| sample.is_filled(*column))
    {
        candidates.retain(|(_, column)| sample.is_filled(*column));
    }
}

/// The field that the user means: its name, or one of its usual headers.
fn known_field(field: &str, general: Aliases) -> Result<&'static str, IntakeError> {
    let wanted = plain(field);
    let by_name = general.iter().find(|(name, _)| plain(name) == wanted);
    let found = by_name.or_else(|| {
        general
            .iter()
            .find(|(_, aliases)| patterns(aliases).any(|alias| alias == wanted))
    });
    found
        .map(|(name, _)| *name)
        .ok_or_else(|| IntakeError::UnknownField {
            field: field.to_owned(),
            known: general.iter().map(|(name, _)| *name).collect(),
        })
}

/// A field's headers as they are compared, with those of a meaning in place of `@meaning`.
fn patterns(aliases: &'static [&'static str]) -> impl Iterator<Item = Cow<'static, str>> {
    let (own, meanings): (Vec<&str>, Vec<&str>) =
        aliases.iter().partition(|alias| !alias.starts_with('@'));
    let shared = meanings
        .into_iter()
        .flat_map(|name| vocabulary::patterns(&name[1..]));
    let own = own
        .into_iter()
        .map(|alias| Cow::Owned(plain_pattern(alias)));
    own.chain(shared.map(|pattern| Cow::Borrowed(pattern.as_str())))
}

/// A header's names, ready to compare: the name, a second name, and the name alone.
struct Names<'h> {
    header: &'h Header,
    plain: Vec<[String; 3]>,
}

impl<'h> Names<'h> {
    fn of(header: &'h Header) -> Self {
        let count = header.names.len().max(header.labels.len());
        let at =
            |names: &[String], index: usize| names.get(index).map_or(String::new(), |n| plain(n));
        let plain = (0..count)
            .map(|index| {
                let alone = header.names.get(index).map(|name| bare(name));
                let names = [at(&header.names, index), at(&header.labels, index)];
                let [name, label] = names;
                let alone = alone.filter(|alone| *alone != name).unwrap_or_default();
                [name, label, alone]
            })
            .collect();
        Self { header, plain }
    }

    fn exactly(&self, field: &'static str, wanted: &str) -> Result<usize, IntakeError> {
        let given = wanted.trim();
        let verbatim = self.header.names.iter().position(|name| name == given);
        let verbatim = verbatim.or_else(|| by_position(given, self.header.names.len()));
        let wanted_plain = plain(given);
        verbatim
            .or_else(|| {
                self.plain
                    .iter()
                    .position(|names| !given.is_empty() && names.contains(&wanted_plain))
            })
            .ok_or_else(|| IntakeError::UnknownHeader {
                field,
                header: given.to_owned(),
                seen: self.header.names.clone(),
            })
    }

    /// Free columns that match, best alias first; the rank counts the aliases that matched something.
    fn candidates(
        &self,
        aliases: &'static [&'static str],
        taken: &Assignment,
    ) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut rank = 0;
        for pattern in patterns(aliases) {
            let before = found.len();
            // A name as it stands goes before one that was dressed up.
            for dressed in [false, true] {
                for (column, [name, label, alone]) in self.plain.iter().enumerate() {
                    let names = if dressed {
                        [alone, alone]
                    } else {
                        [name, label]
                    };
                    let fits = |name: &&String| !name.is_empty() && matches(&pattern, name);
                    let is_new = !found.iter().any(|(_, one)| *one == column);
                    if is_new && names.iter().any(fits) && taken.is_free(column) {
                        found.push((rank, column));
                    }
                }
            }
            rank += usize::from(found.len() > before);
        }
        found
    }

    /// The score must have one candidate only; other fields take their best.
    fn only_one(&self, field: &str, columns: &[usize]) -> Result<(), IntakeError> {
        if field != SCORE || columns.len() < 2 {
            return Ok(());
        }
        Err(two_columns(SCORE, columns, self.header))
    }
}

/// The column of a position such as `#5`, from 1.
fn by_position(wanted: &str, columns: usize) -> Option<usize> {
    let position: usize = wanted.strip_prefix('#')?.parse().ok()?;
    position.checked_sub(1).filter(|column| *column < columns)
}

/// Several columns could be the field. Those of one header are told apart by their position.
fn two_columns(field: &'static str, columns: &[usize], header: &Header) -> IntakeError {
    let named = |column: &usize| {
        let name = header.name(*column);
        let is_alone = header.names.iter().filter(|other| *other == name).count() == 1;
        match is_alone && !name.is_empty() {
            true => (name.to_owned(), None),
            false => (name.to_owned(), Some(column + 1)),
        }
    };
    IntakeError::TwoColumns {
        field,
        candidates: columns.iter().map(named).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERAL: Aliases = &[
        ("score", &["score", "nps", "how likely * recommend *"]),
        ("email", &["email", "e-mail address"]),
        ("name", &["name", "full name"]),
    ];

    fn header(names: &[&str]) -> Header {
        Header::of_one_row(
            &names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    fn map(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    }

    #[test]
    fn the_best_alias_wins_and_a_column_serves_one_field() {
        let found = assign(
            &header(&["Full name", "NPS", "Name"]),
            &[],
            GENERAL,
            &[],
            &Sample::none(),
        )
        .unwrap();
        assert_eq!(found.first("name"), Some(2));
        let special: Aliases = &[("email", &["name"])];
        let found = assign(
            &header(&["Full name", "NPS", "Name"]),
            special,
            GENERAL,
            &[],
            &Sample::none(),
        )
        .unwrap();
        assert_eq!(
            (found.first("email"), found.first("name")),
            (Some(2), Some(0))
        );
    }

    #[test]
    fn two_scores_are_refused_until_one_is_named() {
        for names in [["score", "NPS"], ["Score", "score"]] {
            let error = assign(&header(&names), &[], GENERAL, &[], &Sample::none()).unwrap_err();
            assert!(matches!(error, IntakeError::TwoColumns { .. }), "{error}");
        }
        let chosen = map(&[("score", "nps")]);
        let found = assign(
            &header(&["score", "NPS"]),
            &[],
            GENERAL,
            &chosen,
            &Sample::none(),
        )
        .unwrap();
        assert_eq!(found.first("score"), Some(1));
        let special: Aliases = &[("score", &["nps", "score"])];
        let found = assign(
            &header(&["score", "NPS"]),
            special,
            GENERAL,
            &[],
            &Sample::none(),
        )
        .unwrap();
        assert_eq!(found.first("score"), Some(1));
    }

    #[test]
    fn unknown_fields_and_headers_list_the_known_ones() {
        let error = assign(
            &header(&["a"]),
            &[],
            GENERAL,
            &map(&[("skore", "a")]),
            &Sample::none(),
        )
        .unwrap_err();
        assert!(error.to_string().contains("score, email, name"), "{error}");
        let error = assign(
            &header(&["a", ""]),
            &[],
            GENERAL,
            &map(&[("score", "b")]),
            &Sample::none(),
        )
        .unwrap_err();
        assert!(error.to_string().ends_with("headers seen: `a`"), "{error}");
        let by_alias = assign(
            &header(&["a"]),
            &[],
            GENERAL,
            &map(&[("full_name", "A")]),
            &Sample::none(),
        )
        .unwrap();
        assert_eq!(by_alias.first("name"), Some(0));
    }
}
