//! Makes one record of two.

use crate::domain::describing::{Origin, PersonField};
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::prompt;
use crate::resolve::{self, newcomer::on_record};
use crate::session::{Done, Session};
use crate::store::{MergeRow, NewStage, PersonRow, Tx, Writing};
use crate::views::fact_counts;

pub(super) fn run(
    (keep, other): (&str, &str),
    reason: Option<&str>,
    session: &mut Session<'_>,
) -> Result<Done> {
    if session.interactive && !session.assume_yes && !are_one((keep, other), session)? {
        session.note("nothing was changed")?;
        return Ok(Done::Fully);
    }
    session.record("merge/1", |writing, present| {
        let (kept, merged) = both(writing, keep, other)?;
        let facts = writing.fact_counts_of(merged.id)?;
        let id = join(writing, present, (&kept, &merged), reason)?;
        let kept = on_record(writing, kept.id)?;
        let undo = CommandLine::of("merge --undo").value(id);
        Ok(Record::new()
            .with("merge_id", "Merge", id)
            .with("email", "Person", &kept.email)
            .with("merged", "Also found by", &merged.email)
            .with("stage", "Stage", kept.standing.stage)
            .with("account", "Account", kept.account.as_ref())
            .with("facts", "Joined", fact_counts::table(&facts))
            .say_all(elsewhere(&kept, &merged))
            .say(Sentence::from("Not one person after all: ").then(undo)))
    })
}

/// What to type where the record that is no more was of another account.
fn elsewhere(kept: &PersonRow, merged: &PersonRow) -> Option<Sentence> {
    let account = merged.account.as_ref();
    let account = account.filter(|_| merged.account_id != kept.account_id)?;
    let went = CommandLine::of("move").value(&kept.email);
    let words = format!("They were on record at {account} as well. If they went there: ");
    Some(Sentence::from(words).then(went.option("--account", account)))
}

/// Shows both and asks on a terminal whether they are one.
fn are_one((keep, other): (&str, &str), session: &mut Session<'_>) -> Result<bool> {
    let (kept, merged, facts) = session.read(None, |tx, _| {
        let (kept, merged) = both(tx, keep, other)?;
        let facts = tx.fact_counts_of(merged.id)?;
        Ok((kept, merged, facts))
    })?;
    writeln!(session.err, "Keep   {}", card(&kept))?;
    writeln!(session.err, "Merge  {}", card(&merged))?;
    writeln!(session.err, "       {}", fact_counts::in_words(&facts))?;
    Ok(prompt::yes("Are they one person?", false)?)
}

fn card(person: &PersonRow) -> String {
    let named = format!("{} <{}>", person.shown_name(), person.email);
    let stage = person.standing.stage.map(|stage| stage.to_string());
    let more = [person.account.clone(), stage].into_iter().flatten();
    let words: Vec<String> = [named].into_iter().chain(more).collect();
    words.join(", ")
}

/// Makes one record of two. Describing fields that the kept one lacks come from the other; never to be contacted is
/// never lost, whichever of the two it was said about.
fn join(
    writing: &Writing<'_>,
    present: &Present,
    (kept, merged): (&PersonRow, &PersonRow),
    reason: Option<&str>,
) -> Result<MergeId> {
    let id = writing.join_records(kept.id, merged.id, reason)?;
    complete(writing, kept, merged)?;
    let silent = Some(Stage::DoNotContact);
    let said = [kept, merged].map(|one| one.standing.stage);
    let now = writing.person(kept.id)?;
    if said.contains(&silent) && now.is_none_or(|now| now.standing.stage != silent) {
        writing.change_stage(&NewStage {
            person: kept.id,
            stage: Stage::DoNotContact,
            until: None,
            reason: Some("one of the two records said so"),
            decided_by: Some(writing.by(None)),
            at: present.now,
        })?;
    }
    Ok(id)
}

/// Describes the kept record with what only the other one says; a CRM id keeps finding its person from where it is.
fn complete(writing: &Writing<'_>, kept: &PersonRow, merged: &PersonRow) -> Result<()> {
    let own = writing.person_fields_by_hand(kept.id)?;
    let theirs = writing.person_fields_by_hand(merged.id)?;
    let fields = PersonField::ALL.iter().copied();
    for field in fields.filter(|field| *field != PersonField::CrmId) {
        let value = merged.field(field).unwrap_or_default();
        if Origin::Survey.replaces(kept.field(field), own.contains(&field), value) {
            writing.edit_person(kept.id, field, None, value, theirs.contains(&field))?;
        }
    }
    Ok(())
}

/// The two records that are named: both whole, and not the same.
fn both(tx: &Tx<'_>, keep: &str, other: &str) -> Result<(PersonRow, PersonRow)> {
    let (kept, merged) = (resolve::person(tx, keep)?, resolve::person(tx, other)?);
    let parts = [part(tx, keep)?, part(tx, other)?];
    let joined = parts.iter().flatten().next();
    let email = &kept.email;
    match joined {
        None if kept.id != merged.id => Ok((kept, merged)),
        None => Err(Failure::usage_hint(
            format!("`{keep}` and `{other}` are the same record: {email}"),
            Sentence::from(CommandLine::of("merge --suggest"))
                .then("   (lists records that are likely to be one person)"),
        )),
        Some(joined) if kept.id == merged.id => {
            let undo = CommandLine::of("merge --undo").value(email);
            Err(Failure::usage_hint(
                format!("`{keep}` and `{other}` are one person already: {email}"),
                Sentence::from("if they are not: ").then(undo.value(&joined.merged_email)),
            ))
        }
        Some(joined) => {
            let whole = if parts[0].is_some() { &kept } else { &merged };
            Err(Failure::usage_hint(
                format!("{} is part of {} already", joined.merged_email, whole.email),
                CommandLine::of("merge").value(email).value(&merged.email),
            ))
        }
    }
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
