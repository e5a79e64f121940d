//! Which column holds which field: what the user said, then what the source is known for, then the usual names.
//! Names are compared without case, spaces and punctuation; `*` in an alias stands for anything.

use super::IntakeError;
use super::table::Header;

/// Fields with the headers that may hold them, the best first.
pub(crate) type Aliases = &'static [(&'static str, &'static [&'static str])];

/// The field of which there must be exactly one candidate.
pub(crate) const SCORE: &str = "score";

/// The columns found, by field.
#[derive(Debug, Default)]
pub(crate) struct Assignment {
    fields: Vec<(&'static str, Vec<usize>)>,
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
) -> Result<Assignment, IntakeError> {
    let names = Names::of(header);
    let mut assignment = Assignment::default();
    for (field, wanted) in map {
        let field = known_field(field, general)?;
        assignment.add(field, names.exactly(field, wanted)?);
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
                let candidates = names.candidates(patterns, &assignment);
                let best = |(rank, _): &&(usize, usize)| !is_special || *rank == 0;
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

/// The field that the user means: its name, or one of its usual headers.
fn known_field(field: &str, general: Aliases) -> Result<&'static str, IntakeError> {
    let wanted = plain(field);
    let by_name = general.iter().find(|(name, _)| plain(name) == wanted);
    let found = by_name.or_else(|| {
        general
            .iter()
            .find(|(_, aliases)| aliases.iter().any(|alias| plain(alias) == wanted))
    });
    found
        .map(|(name, _)| *name)
        .ok_or_else(|| IntakeError::UnknownField {
            field: field.to_owned(),
            known: general.iter().map(|(name, _)| *name).collect(),
        })
}

/// A header's names, ready to compare.
struct Names<'h> {
    header: &'h Header,
    plain: Vec<[String; 2]>,
}

impl<'h> Names<'h> {
    fn of(header: &'h Header) -> Self {
        let count = header.names.len().max(header.labels.len());
        let at =
            |names: &[String], index: usize| names.get(index).map_or(String::new(), |n| plain(n));
        let plain = (0..count)
            .map(|index| [at(&header.names, index), at(&header.labels, index)])
            .collect();
        Self { header, plain }
    }

    fn exactly(&self, field: &'static str, wanted: &str) -> Result<usize, IntakeError> {
        let given = wanted.trim();
        let verbatim = self.header.names.iter().position(|name| name == given);
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
    fn candidates(&self, patterns: &[&str], taken: &Assignment) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut rank = 0;
        for pattern in patterns {
            let pattern = plain_pattern(pattern);
            let before = found.len();
            for (column, names) in self.plain.iter().enumerate() {
                let fits = names
                    .iter()
                    .any(|name| !name.is_empty() && matches(&pattern, name));
                if fits && taken.is_free(column) && !found.iter().any(|(_, one)| *one == column) {
                    found.push((rank, column));
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
        let name = |column: &usize| self.header.names.get(*column).cloned().unwrap_or_default();
        Err(IntakeError::TwoScores {
            candidates: columns.iter().map(name).collect(),
        })
    }
}

/// A header as it is compared: lower-case letters and digits, or the sign itself where there are none (`#`).
pub(crate) fn plain(header: &str) -> String {
    let letters: String = header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if letters.is_empty() {
        header.trim().to_owned()
    } else {
        letters
    }
}

/// An alias as it is compared: like a header, with its stars.
pub(crate) fn plain_pattern(pattern: &str) -> String {
    pattern.split('*').map(plain).collect::<Vec<_>>().join("*")
}

/// Whether the name fits the pattern, in which `*` stands for anything.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return name.ends_with(part);
        }
        match name.find(part) {
            Some(at) => name = &name[at + part.len()..],
            None => return false,
        }
    }
    true
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
    fn patterns_match_as_a_person_would() {
        for (pattern, name, fits) in [
            ("e-mail", "E_Mail", true),
            (
                "how likely * recommend *",
                "How likely are you to recommend us?",
                true,
            ),
            (
                "how likely * recommend *",
                "Why would you recommend us?",
                false,
            ),
            ("* reason *", "What is the main reason?", true),
            ("end user * email", "end_user[email]", true),
            ("#", "#", true),
            ("#", "##", false),
            ("delighted *", "Delighted Source", true),
        ] {
            assert_eq!(
                matches(&plain_pattern(pattern), &plain(name)),
                fits,
                "{pattern} {name}"
            );
        }
    }

    #[test]
    fn the_best_alias_wins_and_a_column_serves_one_field() {
        let found = assign(&header(&["Full name", "NPS", "Name"]), &[], GENERAL, &[]).unwrap();
        assert_eq!(found.first("name"), Some(2));
        let special: Aliases = &[("email", &["name"])];
        let found = assign(
            &header(&["Full name", "NPS", "Name"]),
            special,
            GENERAL,
            &[],
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
            let error = assign(&header(&names), &[], GENERAL, &[]).unwrap_err();
            assert!(matches!(error, IntakeError::TwoScores { .. }), "{error}");
        }
        let chosen = map(&[("score", "nps")]);
        let found = assign(&header(&["score", "NPS"]), &[], GENERAL, &chosen).unwrap();
        assert_eq!(found.first("score"), Some(1));
        let special: Aliases = &[("score", &["nps", "score"])];
        let found = assign(&header(&["score", "NPS"]), special, GENERAL, &[]).unwrap();
        assert_eq!(found.first("score"), Some(1));
    }

    #[test]
    fn unknown_fields_and_headers_list_the_known_ones() {
        let error = assign(&header(&["a"]), &[], GENERAL, &map(&[("skore", "a")])).unwrap_err();
        assert!(error.to_string().contains("score, email, name"), "{error}");
        let error = assign(&header(&["a", ""]), &[], GENERAL, &map(&[("score", "b")])).unwrap_err();
        assert!(error.to_string().ends_with("headers seen: `a`"), "{error}");
        let by_alias = assign(&header(&["a"]), &[], GENERAL, &map(&[("full_name", "A")])).unwrap();
        assert_eq!(by_alias.first("name"), Some(0));
    }
}
