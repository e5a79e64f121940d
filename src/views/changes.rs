//! What was put right: each field as it was and as it is.

use std::fmt::Display;

use crate::domain::describing::AccountField;
use crate::output::{Sheet, Table};
use crate::resolve::description::Edited;
use crate::store::EditTold;

/// The fields that say something else now.
#[derive(Debug, Default)]
pub(crate) struct Changes(Vec<(&'static str, Option<String>, Option<String>)>);

impl Changes {
    /// What was edited.
    pub(crate) fn of(edited: Vec<Edited>) -> Self {
        let edited = edited.into_iter();
        Self(
            edited
                .map(|one| {
                    let words = |value| in_words(one.field, value);
                    (one.field, words(one.before), words(one.after))
                })
                .collect(),
        )
    }

    /// A field as it was and as it is.
    pub(crate) fn field<T: PartialEq + Display>(
        mut self,
        name: &'static str,
        before: Option<T>,
        after: Option<T>,
    ) -> Self {
        if before != after {
            let words = |value: Option<T>| value.map(|value| value.to_string());
            self.0.push((name, words(before), words(after)));
        }
        self
    }

    /// Whether nothing says something else.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As a list.
    pub(crate) fn sheet(&self) -> Sheet {
        Table::of(&self.0)
            .left("field", "Field", |(field, ..)| *field)
            .left("before", "Before", |(_, before, _)| before.as_ref())
            .left("after", "Now", |(.., after)| after.as_ref())
            .empty("none")
    }
}

/// The fields that a file changed, each with what it describes.
pub(crate) fn changed_fields(rows: &[EditTold]) -> Sheet {
    Table::of(rows)
        .left("of", "Of", |row| &row.of)
        .left("field", "Field", |row| &row.field)
        .left("before", "Before", |row| {
            in_words(&row.field, row.old.clone())
        })
        .left("after", "Now", |row| in_words(&row.field, row.new.clone()))
        .empty("")
}

/// A value as it would be typed.
fn in_words(field: &str, value: Option<String>) -> Option<String> {
    if field != AccountField::Escalated.name() {
        return value;
    }
    value.map(|value| if value == "1" { "yes" } else { "no" }.to_owned())
}
