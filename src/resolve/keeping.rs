//! Notes and tags as they are typed, about a person or an account, and kept.

use clap::{ArgGroup, Args};

use super::arguments::{day, words};
use crate::domain::present::Present;
use crate::domain::tag::{Tag, TagChange};
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Record};
use crate::store::{NewNote, Whose, Writing};

/// A note as typed.
#[derive(Debug, Args)]
pub struct Kept {
    /// The words to keep
    #[arg(value_name = "WORDS", value_parser = words, required = true)]
    pub words: Vec<String>,
    /// The day it was said [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who heard it [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
}

/// Tags as typed.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("changes").args(["tags", "off"]).multiple(true))]
pub struct TagsTyped {
    /// +TAG puts one on, -TAG takes it off; without any, they are shown
    #[arg(value_name = "TAG")]
    pub tags: Vec<TagChange>,
    /// The same as -TAG
    #[arg(long, value_name = "TAG")]
    pub off: Vec<Tag>,
    /// The day since when [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "changes")]
    pub on: Option<TypedDay>,
}

impl TagsTyped {
    /// What is to be put on or taken off.
    pub(crate) fn changes(&self) -> Vec<TagChange> {
        let off = self.off.iter().map(|tag| TagChange {
            tag: tag.clone(),
            has: false,
        });
        self.tags.iter().cloned().chain(off).collect()
    }
}

/// Keeps a note, and tells so after what `record` says.
pub(crate) fn keep(
    writing: &Writing<'_>,
    present: &Present,
    whom: Whose,
    typed: &Kept,
    record: Record,
) -> Result<Record> {
    let note = typed.words.join(" ");
    let (by, at) = (
        writing.by(typed.by.as_deref()),
        present.instant_on(typed.on)?,
    );
    let (person, account) = whom.split();
    let id = writing.add_note(&NewNote {
        person,
        account,
        note: &note,
        by,
        at,
    })?;
    Ok(record
        .data("note_id", id)
        .with("note", "Note", note)
        .with("noted_on", "On", present.day(at))
        .with("noted_by", "By", by))
}

/// Puts tags on and takes them off where that is new, and tells what is there after what `record` says.
pub(crate) fn retag(
    writing: &Writing<'_>,
    present: &Present,
    whom: Whose,
    typed: &TagsTyped,
    record: Record,
) -> Result<Record> {
    let at = present.instant_on(typed.on)?;
    let mut changed = Vec::new();
    for change in typed.changes() {
        let there = writing.tags_of(whom)?;
        if !change.has && typed.on.is_none() && !there.contains(&change.tag) {
            let there: Vec<String> = there.iter().map(ToString::to_string).collect();
            return Err(Failure::usage_hint(
                format!("there is no tag `{}` to take off", change.tag),
                match there.is_empty() {
                    true => "there are none".to_owned(),
                    false => format!("there are: {}", there.join(", ")),
                },
            ));
        }
        if there.contains(&change.tag) != change.has {
            writing.set_tag(whom, &change.tag, change.has, at)?;
            let sign = if change.has { '+' } else { '-' };
            changed.push(format!("{sign}{}", change.tag));
        }
    }
    Ok(record.with("changed", "Changed", Cell::list(changed)).with(
        "tags",
        "Tags",
        Cell::list(writing.tags_of(whom)?),
    ))
}
