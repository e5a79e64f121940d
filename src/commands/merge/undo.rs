//! Takes two records apart again.

use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::description::take_back;
use crate::resolve::newcomer::on_record;
use crate::session::{Done, Session};
use crate::store::{MergeRow, Tx};
use crate::views::fact_counts;

pub(super) fn run(keep: &str, other: Option<&str>, session: &mut Session<'_>) -> Result<Done> {
    session.record("merge-undo/1", |writing, present| {
        let merge = to_undo(writing, present, keep, other)?;
        writing.part_records(&merge)?;
        let kept = on_record(writing, merge.kept)?;
        take_back(writing, &kept, merge.operation)?;
        let merged = on_record(writing, merge.merged)?;
        let facts = writing.fact_counts_of(merge.merged)?;
        Ok(Record::new()
            .with("merge_id", "Merge", merge.id)
            .with("result", "Result", "undone")
            .with("email", "Person", &kept.email)
            .with("parted", "Apart again", &merged.email)
            .with("facts", "Gone back", fact_counts::table(&facts))
            .say("What was written since the merge stays with the first."))
    })
}

/// The merge that is named by its number, or by the two.
fn to_undo(tx: &Tx<'_>, present: &Present, keep: &str, other: Option<&str>) -> Result<MergeRow> {
    let merges = tx.merges()?;
    let merge = match (other, keep.trim().parse::<i64>()) {
        (None, Ok(id)) => merges
            .iter()
            .find(|merge| merge.id.0 == id)
            .ok_or_else(|| {
                let both = CommandLine::of("merge --undo KEEP OTHER");
                Failure::usage_hint(format!("there is no merge {id}"), both)
            })?,
        _ => of_person(tx, &merges, keep, other)?,
    };
    if let Some(undone_at) = merge.undone_at {
        let (id, day) = (merge.id, present.day(undone_at));
        return Err(Failure::usage(format!("merge {id} was undone on {day}")));
    }
    let live = |later: &&MergeRow| later.undone_at.is_none() && later.merged == merge.kept;
    if let Some(later) = merges.iter().find(live) {
        return Err(Failure::usage_hint(
            format!(
                "{} became part of another record after merge {}",
                later.merged_email, merge.id
            ),
            Sentence::from("the later one first: ")
                .then(CommandLine::of("merge --undo").value(later.id)),
        ));
    }
    Ok(merge.clone())
}

/// The one merge into somebody's record that is meant by another address, id or name, or the only one.
fn of_person<'m>(
    tx: &Tx<'_>,
    merges: &'m [MergeRow],
    keep: &str,
    other: Option<&str>,
) -> Result<&'m MergeRow> {
    let kept = resolve::person(tx, keep)?;
    let other = other.map(|other| other.trim().to_lowercase());
    let mut found = Vec::new();
    for merge in merges {
        let meant = match &other {
            None => true,
            Some(other) => {
                let name = tx.person(merge.merged)?.and_then(|person| person.name);
                *other == merge.merged_email.to_lowercase()
                    || *other == merge.merged.to_string()
                    || name.is_some_and(|name| name.to_lowercase().contains(other))
            }
        };
        if meant && merge.kept == kept.id && merge.undone_at.is_none() {
            found.push(merge);
        }
    }
    match found[..] {
        [one] => Ok(one),
        [] => Err(Failure::usage_hint(
            format!("no such record is part of {}", kept.email),
            CommandLine::of("show").value(&kept.email),
        )),
        _ => {
            let several = found
                .iter()
                .map(|one| format!("{} {}", one.id, one.merged_email));
            Err(
                Failure::usage(format!("several records are part of {}", kept.email))
                    .cause(several.collect::<Vec<_>>().join(", "))
                    .hint(CommandLine::of("merge --undo NUMBER")),
            )
        }
    }
}
