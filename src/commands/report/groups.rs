//! What the rows of reports are grouped by.

use std::fmt::Display;

use crate::domain::group::By;
use crate::failure::{Failure, Result};
use crate::output::Table;

/// What `--by` takes.
#[derive(Debug)]
pub(super) struct Groupings {
    /// The words for it.
    pub(super) names: fn() -> Vec<&'static str>,
    /// Whether two of them are set against each other.
    pub(super) pairs: bool,
    /// How it is grouped where nothing is asked for.
    pub(super) without: Option<&'static str>,
}

/// The traits by which most reports group people.
pub(super) const TRAITS: &[(&str, By)] = &[
    (By::Industry.name(), By::Industry),
    (By::Segment.name(), By::Segment),
    (By::Region.name(), By::Region),
    (By::Owner.name(), By::Owner),
    (By::Tier.name(), By::Tier),
];

/// What `--by` takes in those.
pub(super) const BY_TRAIT: Groupings = Groupings::of(|| names(TRAITS));

/// The words for what is offered.
pub(super) fn names<T>(offered: &[(&'static str, T)]) -> Vec<&'static str> {
    offered.iter().map(|(name, _)| *name).collect()
}

impl Groupings {
    /// One of these.
    pub(super) const fn of(names: fn() -> Vec<&'static str>) -> Self {
        Self {
            names,
            pairs: false,
            without: None,
        }
    }

    /// Whether they can be asked for so.
    ///
    /// # Errors
    /// A usage failure that says what can be typed.
    pub(super) fn check(&self, by: &str) -> Result<()> {
        let names = (self.names)();
        let offered = |word: &str| names.contains(&word.trim());
        let fits = match (self.pairs, by.split_once(',')) {
            (true, Some((row, column))) => {
                offered(row) && offered(column) && row.trim() != column.trim()
            }
            (true, None) => false,
            (false, _) => names.contains(&by),
        };
        let (many, example) = match self.pairs {
            true => ("two", ", such as industry,ask"),
            false => ("one", ""),
        };
        match fits {
            true => Ok(()),
            false => Err(Failure::usage(format!(
                "--by `{by}` is not offered here; {many} of: {}{example}",
                names.join(", ")
            ))),
        }
    }

    /// What it takes, in a sentence.
    pub(super) fn help(&self) -> String {
        let names = (self.names)();
        let (several, last) = match self.pairs {
            true => ("two of ", " and "),
            false => ("", " or "),
        };
        let listed = match names.split_last() {
            Some((one, [])) => (*one).to_owned(),
            Some((one, others)) => format!("{}{last}{one}", others.join(", ")),
            None => String::new(),
        };
        let without = self.without.map(|name| format!("; without it, {name}"));
        let example = if self.pairs {
            ", such as region,tier"
        } else {
            ""
        };
        format!(
            "--by takes {several}{listed}{example}{}.",
            without.unwrap_or_default()
        )
    }
}

/// A table with a row a group, what has none as `(none)`.
pub(super) fn by_group<G: Display, T>(groups: &[(Option<G>, T)]) -> Table<'_, (Option<G>, T)> {
    Table::of(groups).left("group", "Group", |(group, _)| match group {
        Some(group) => group.to_string(),
        None => "(none)".to_owned(),
    })
}
