//! `merge`: two records of one person become one, and apart again. Nothing is lost: every fact stays, and a no holds.

use crate::domain::describing::{Origin, PersonField};
use crate::domain::duplicates;
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::failure::{Failure, Result};
use crate::output::{Column, CommandLine, Record, Sheet, Shown};
use crate::prompt;
use crate::resolve;
use crate::resolve::arguments::limit;
use crate::resolve::description as describe;
use crate::session::{Done, Session};
use crate::store::{FactCounts, MergeRow, NewStage, PersonRow, Tx, Writing};
use clap::Args;

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Whose record is kept: an e-mail address, an id, or part of a name; with --undo, perhaps the merge's number
    #[arg(value_name = "KEEP", required_unless_present = "suggest")]
    pub keep: Option<String>,
    /// Whose becomes part of it
    #[arg(value_name = "OTHER", required_unless_present_any = ["suggest", "undo"])]
    pub other: Option<String>,
    /// How you know that they are one person
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Take the two apart again
    #[arg(long, conflicts_with = "reason")]
    pub undo: bool,
    /// List records that are likely to be of one person
    #[arg(long, conflicts_with_all = ["keep", "other", "reason", "undo"])]
    pub suggest: bool,
    /// List at most so many
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 20,
        value_parser = limit,
        requires = "suggest"
    )]
    pub limit: u32,
}

pub(super) fn run(args: &MergeArgs, session: &mut Session<'_>) -> Result<Done> {
    match (&args.keep, &args.other) {
        _ if args.suggest => suggest(args, session),
        (Some(keep), other) if args.undo => undo(keep, other.as_deref(), session),
        (Some(keep), Some(other)) => merge(args, (keep, other), session),
        _ => Err(Failure::usage_hint("whom?", "advocate merge KEEP OTHER")),
    }
}

fn merge(args: &MergeArgs, (keep, other): (&str, &str), session: &mut Session<'_>) -> Result<Done> {
    if session.interactive && !session.assume_yes {
        let (kept, merged, facts) = session.read(None, |tx, _| {
            let (kept, merged) = both(tx, keep, other)?;
            let facts = tx.fact_counts_of(merged.id)?;
            Ok((kept, merged, facts))
        })?;
        writeln!(session.err, "Keep   {}", card(&kept))?;
        writeln!(session.err, "Merge  {}", card(&merged))?;
        writeln!(session.err, "       {}", in_words(&facts))?;
        if !prompt::yes("Are they one person", false)? {
            session.note("nothing was changed")?;
            return Ok(Done::Fully);
        }
    }
    let actor = session.actor.clone();
    let (kept, merged, facts, id, today) = session.write(|writing, present| {
        let (kept, merged) = both(writing, keep, other)?;
        let facts = writing.fact_counts_of(merged.id)?;
        let id = join(
            writing,
            present,
            (&kept, &merged),
            args.reason.as_deref(),
            &actor,
        )?;
        let kept = writing.person(kept.id)?.unwrap_or(kept);
        Ok((kept, merged, facts, id, present.today))
    })?;
    let record = Record::new()
        .with("merge_id", "Merge", id.0)
        .with("email", "Person", kept.email.as_str())
        .with("merged", "Also found by", merged.email.as_str())
        .with("stage", "Stage", kept.standing.stage.map(Stage::name))
        .with("account", "Account", kept.account.as_deref())
        .with("facts", "Joined", counts(&facts));
    let record = match (&merged.account, merged.account_id == kept.account_id) {
        (Some(account), false) => record.say(format!(
            "They were on record at {account} as well. If they went there: advocate move {} --account {account:?}",
            kept.email
        )),
        _ => record,
    };
    let record = record.say(format!(
        "Not one person after all: advocate merge --undo {id}"
    ));
    session.show("merge/1", today, record)?;
    Ok(Done::Fully)
}

/// Makes one record of two. Describing fields that the kept one lacks come from the other; never to be contacted is
/// never lost, whichever of the two it was said about.
pub(super) fn join(
    writing: &Writing<'_>,
    present: &Present,
    (kept, merged): (&PersonRow, &PersonRow),
    reason: Option<&str>,
    actor: &str,
) -> Result<MergeId> {
    let id = writing.join_records(kept.id, merged.id, reason)?;
    let (own, theirs) = (
        writing.person_fields_by_hand(kept.id)?,
        writing.person_fields_by_hand(merged.id)?,
    );
    // A CRM id keeps finding its person from where it is.
    for field in PersonField::ALL
        .iter()
        .filter(|field| **field != PersonField::CrmId)
    {
        let value = merged.field(*field).unwrap_or_default();
        if Origin::Survey.replaces(kept.field(*field), own.contains(field), value) {
            writing.edit_person(kept.id, *field, None, value, theirs.contains(field))?;
        }
    }
    let silent = Some(Stage::DoNotContact);
    let now = writing.person(kept.id)?;
    let now = now.and_then(|person| person.standing.stage);
    if [kept, merged]
        .map(|one| one.standing.stage)
        .contains(&silent)
        && now != silent
    {
        writing.change_stage(&NewStage {
            person: kept.id,
            stage: Stage::DoNotContact,
            until: None,
            reason: Some("one of the two records said so"),
            decided_by: Some(actor),
            at: present.now,
        })?;
    }
    Ok(id)
}

/// The two records that are named: both whole, and not the same.
fn both(tx: &Tx<'_>, keep: &str, other: &str) -> Result<(PersonRow, PersonRow)> {
    let (kept, merged) = (resolve::person(tx, keep)?, resolve::person(tx, other)?);
    let parts = [part(tx, keep)?, part(tx, other)?];
    let joined = parts.iter().flatten().next();
    if kept.id == merged.id {
        let email = &kept.email;
        return Err(match joined {
            Some(joined) => Failure::usage_hint(
                format!("`{keep}` and `{other}` are one person already: {email}"),
                format!(
                    "if they are not: advocate merge --undo {email} {}",
                    joined.merged_email
                ),
            ),
            None => Failure::usage_hint(
                format!("`{keep}` and `{other}` are the same record: {email}"),
                "advocate merge --suggest   (lists records that are likely to be one person)",
            ),
        });
    }
    if let Some(joined) = joined {
        let whole = if parts[0].is_some() { &kept } else { &merged };
        return Err(Failure::usage_hint(
            format!("{} is part of {} already", joined.merged_email, whole.email),
            format!("advocate merge {} {}", kept.email, merged.email),
        ));
    }
    Ok((kept, merged))
}

/// The merge by which the record that is named by its whole address or id is part of another.
fn part(tx: &Tx<'_>, who: &str) -> Result<Option<MergeRow>> {
    let words = who.trim().to_lowercase();
    let id = match tx.record_by_email(&words)? {
        Some(id) => id,
        None => match words.parse() {
            Ok(id) => PersonId(id),
            Err(_) => return Ok(None),
        },
    };
    let merges = tx.merges()?.into_iter();
    Ok(merges
        .filter(|merge| merge.undone_at.is_none())
        .find(|merge| merge.merged == id))
}

fn card(person: &PersonRow) -> String {
    let mut words = format!("{} <{}>", person.shown_name(), person.email);
    for more in [
        person.account.as_deref(),
        person.standing.stage.map(Stage::name),
    ]
    .into_iter()
    .flatten()
    {
        words += &format!(", {more}");
    }
    words
}

/// `responses 3, taps 1`: the table's name says what its rows are.
fn in_words(facts: &FactCounts) -> String {
    if facts.is_empty() {
        return "nothing on record but the address".to_owned();
    }
    let words = facts
        .iter()
        .map(|(table, count)| format!("{} {count}", table.replace('_', " ")));
    words.collect::<Vec<_>>().join(", ")
}

fn counts(facts: &FactCounts) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("fact", "Fact"),
        Column::right("rows", "Rows"),
    ])
    .empty("");
    for (table, count) in facts {
        sheet.push(vec![table.replace('_', "-").into(), (*count).into()]);
    }
    sheet
}

fn undo(keep: &str, other: Option<&str>, session: &mut Session<'_>) -> Result<Done> {
    let (kept, merged, facts, id, today) = session.write(|writing, present| {
        let merge = to_undo(writing, present, keep, other)?;
        writing.part_records(&merge)?;
        let gone = || Failure::usage("nobody has this id");
        let kept = writing.person(merge.kept)?.ok_or_else(gone)?;
        describe::take_back(writing, &kept, merge.operation)?;
        let merged = writing.person(merge.merged)?.ok_or_else(gone)?;
        let facts = writing.fact_counts_of(merge.merged)?;
        Ok((kept, merged, facts, merge.id, present.today))
    })?;
    let record = Record::new()
        .with("merge_id", "Merge", id.0)
        .with("result", "Result", "undone")
        .with("email", "Person", kept.email.as_str())
        .with("parted", "Apart again", merged.email.as_str())
        .with("facts", "Gone back", counts(&facts))
        .say("What was written since the merge stays with the first.");
    session.show("merge-undo/1", today, record)?;
    Ok(Done::Fully)
}

/// The merge that is named by its number, or by the two.
fn to_undo(tx: &Tx<'_>, present: &Present, keep: &str, other: Option<&str>) -> Result<MergeRow> {
    let merges = tx.merges()?;
    let merge = match (other, keep.trim().parse::<i64>()) {
        (None, Ok(id)) => merges
            .iter()
            .find(|merge| merge.id.0 == id)
            .ok_or_else(|| {
                Failure::usage_hint(
                    format!("there is no merge {id}"),
                    "advocate merge --undo KEEP OTHER",
                )
            })?,
        _ => of_person(tx, &merges, keep, other)?,
    };
    if let Some(undone_at) = merge.undone_at {
        let day = present.day(undone_at);
        return Err(Failure::usage(format!(
            "merge {} was undone on {day}",
            merge.id
        )));
    }
    let live = |later: &&MergeRow| later.undone_at.is_none() && later.merged == merge.kept;
    if let Some(later) = merges.iter().find(live) {
        return Err(Failure::usage_hint(
            format!(
                "{} became part of another record after merge {}",
                later.merged_email, merge.id
            ),
            format!("the later one first: advocate merge --undo {}", later.id),
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
            format!("advocate show {}", kept.email),
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

fn suggest(args: &MergeArgs, session: &mut Session<'_>) -> Result<Done> {
    let (pairs, today) = session.read(None, |tx, present| {
        let merges = tx.merges()?;
        // Whoever took two records apart has said that they are not one.
        let said_no = |pair: &duplicates::Pair| {
            merges.iter().any(|merge| {
                [merge.kept, merge.merged] == [pair.keep, pair.other]
                    || [merge.kept, merge.merged] == [pair.other, pair.keep]
            })
        };
        let mut pairs = Vec::new();
        for pair in duplicates::pairs(&tx.known_people()?) {
            if let (false, Some(keep), Some(other)) = (
                said_no(&pair),
                tx.person(pair.keep)?,
                tx.person(pair.other)?,
            ) {
                pairs.push((keep, other, pair.likeness));
            }
        }
        Ok((pairs, present.today))
    })?;
    let mut sheet = Sheet::new(vec![
        Column::right("keep_id", "").only(Shown::Data),
        Column::right("other_id", "").only(Shown::Data),
        Column::left("name", "Name"),
        Column::left("keep", "").only(Shown::Data),
        Column::left("other", "Other record"),
        Column::left("reason", "Why"),
        Column::left("command", "If they are one"),
    ])
    .empty("No two records look like one person.");
    let limit = args.limit as usize;
    for (keep, other, likeness) in pairs.iter().take(limit) {
        sheet.push(vec![
            keep.id.0.into(),
            other.id.0.into(),
            keep.name.as_deref().or(other.name.as_deref()).into(),
            keep.email.as_str().into(),
            other.email.as_str().into(),
            likeness.words().into(),
            CommandLine::of("merge")
                .value(keep.id)
                .value(other.id)
                .into(),
        ]);
    }
    if pairs.len() > limit {
        let all = pairs.len();
        session.note(format!("{limit} of {all} shown; --limit {all} shows all"))?;
    }
    session.show("merge-suggest/1", today, sheet)?;
    Ok(Done::Fully)
}
