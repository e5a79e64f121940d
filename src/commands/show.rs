//! `show`: one person whole.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::describing::AccountStatus;
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::domain::readiness::{self, free_from_each};
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::output::{Cell, Entry, Record, Sheet, Shown, Table, count};
use crate::resolve;
use crate::resolve::arguments::{AsOf, words};
use crate::session::{Done, Session};
use crate::store::{
    MoveRow, PersonRow, ResponseRow, SignalFilter, StageRow, TapFilter, Tx, Whose, WillingnessRow,
};
use crate::views::tags::tags;
use crate::views::{self, gives, nominations, notes, signals, taps, touches};

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &ShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("show/1", args.as_of.as_of, |tx, present| {
        let named = resolve::person(tx, &args.who)?;
        let (card, person) = tx.facts_of(named.id, present)?;
        let goodwill = tx.goodwill(card.id, present.policy.moments())?;
        // Goodwill alone makes a candidate.
        let candidate = goodwill.is_candidate().then_some(Stage::Candidate);
        let stage = card.standing.on(present.today).or(candidate);
        let free_from = free_from_each(&person.facts, &present.policy, present.today);
        let free_from = views::readiness::free_from(free_from, present.today);
        let verified_on = card.verified_at.map(|at| present.day(at));
        Ok(about_the_person(tx, present, &card)?
            .and(about_the_account(tx, present, &card)?)
            .and(where_they_stand(&card, stage))
            .and(tags(tx, &card)?)
            .and(views::profile::record(&tx.profile(card.id)?))
            .and(tier(tx, present, &person, stage)?)
            .with("moments", "Goodwill", goodwill.reason(present.today))
            .with("last_tapped_at", "Last asked", card.last_tapped_at)
            .with("free_from", "Free from", free_from)
            .with("verified_on", "Verified", verified_on)
            .and(history(tx, present, &person)?))
    })
}

fn about_the_person(tx: &Tx<'_>, present: &Present, card: &PersonRow) -> Result<Record> {
    // The addresses of records that became part of theirs.
    let others = tx.other_addresses(card.id)?;
    let record = Record::new()
        .with("id", "Id", card.id)
        .with("email", "E-mail", &card.email);
    let record = match others.as_slice() {
        [] => record,
        all => record.entry(Entry::new("", "Also found by", all.join(", ")).only(Shown::ToPeople)),
    };
    Ok(record
        .data("other_emails", Cell::list(others))
        .with("name", "Name", card.name.as_ref())
        .with("title", "Title", card.title.as_ref())
        .with_any("phone", "Phone", card.phone.as_ref())
        .with("account", "Account", card.account.as_ref())
        .with(
            "industry",
            "Industry",
            present.industry(card.industry.as_deref()),
        )
        .with("region", "Region", card.region.as_ref())
        .with("segment", "Segment", card.segment.as_ref()))
}

/// What the rules and matching look at besides industry, region and segment.
fn about_the_account(tx: &Tx<'_>, present: &Present, card: &PersonRow) -> Result<Record> {
    let account = card.account_id.map(|id| tx.account(id)).transpose()?;
    let Some(account) = account.flatten() else {
        return Ok(Record::new());
    };
    let traits = tx.account_traits(account.id)?;
    let competitors = Cell::list(&traits.competitors);
    let status = tx.account_status(account.id)?;
    let churned = status.filter(|row| row.status == AccountStatus::Churned);
    Ok(Record::new()
        .with_any("country", "Country", account.country.as_ref())
        .with_any("products", "Products", Cell::list(&traits.products))
        .with_any("use_cases", "Use cases", Cell::list(&traits.use_cases))
        .with_any("competitors", "Competitors", competitors)
        .with_any("health", "Health", account.health)
        .with_any(
            "escalation",
            "Escalation",
            account.escalated.then_some("open"),
        )
        .with_any("account_status", "Customer", status.map(|row| row.status))
        .with_any("churned_on", "Left", churned.map(|row| present.day(row.at)))
        .with_any("renewal_on", "Renewal", account.renewal_on))
}

fn where_they_stand(card: &PersonRow, stage: Option<Stage>) -> Record {
    let paused_until = card.standing.until.filter(|_| stage == Some(Stage::Paused));
    Record::new()
        .with("persona", "Persona", card.persona.as_ref())
        .with("language", "Language", card.language.as_ref())
        .with("owner", "Owner", card.owner.as_ref())
        .with("stage", "Stage", stage)
        .with_any("until", "Until", paused_until)
}

/// The tier of an advocate.
fn tier(tx: &Tx<'_>, present: &Present, person: &Person, stage: Option<Stage>) -> Result<Record> {
    if !stage.is_some_and(Stage::is_advocate) {
        return Ok(Record::new());
    }
    let set = tx.tiers_of(person.id)?;
    let by_hand = set.first().and_then(|row| row.tier);
    let tier = present.tier(by_hand, &person.completed);
    Ok(Record::new()
        .entry(Entry::new("", "Tier", tier.to_string()).only(Shown::ToPeople))
        .data("tier", tier.tier)
        .data("tier_source", tier.source()))
}

/// Everything that happened, list by list.
fn history(tx: &Tx<'_>, present: &Present, person: &Person) -> Result<Record> {
    let (id, only) = (person.id, Some(person.id));
    let of_signals = SignalFilter {
        person: only,
        ..SignalFilter::default()
    };
    let of_taps = TapFilter {
        person: only,
        ..TapFilter::default()
    };
    let signals = tx.signals(&of_signals)?;
    let noted = tx.notes_about(Whose::Person(id))?;
    let nominations = tx.nominations(only)?;
    let lists = [
        (
            "responses",
            "Responses",
            responses(&tx.responses_of(id)?, present),
        ),
        (
            "notes",
            "Notes",
            notes::table(&noted, present, Shown::ToPrograms).empty(""),
        ),
        (
            "signals",
            "Signals",
            signals::table(&signals, present, Shown::ToPrograms).empty(""),
        ),
        (
            "nominations",
            "Nominations",
            nominations::table(&nominations, present, Shown::ToPrograms).empty(""),
        ),
        (
            "taps",
            "Taps",
            taps::table(&tx.taps(&of_taps)?, present, Shown::ToPrograms).empty(""),
        ),
        (
            "gives",
            "Gives",
            gives::table(&tx.gives_to(id)?, present, Shown::ToPrograms).empty(""),
        ),
        (
            "touches",
            "Touches",
            touches::table(&tx.touches_of(id)?, present, Shown::ToPrograms).empty(""),
        ),
    ];
    let record = Record::new()
        .with(
            "willing",
            "Willingness",
            willingness(&tx.willingness_of(id)?, person, present),
        )
        .with("moves", "Moves", moves(&tx.moves_of(id)?, present))
        .with("stages", "Stages", stages(&tx.stages_of(id)?, present));
    Ok(lists.into_iter().fold(record, |record, (key, what, list)| {
        record.with(key, format!("{what} ({})", list.rows.len()), list)
    }))
}

fn moves(rows: &[MoveRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("on", "On", |row| present.day(row.at))
        .left("from", "From", |row| row.from.as_ref())
        .left("to", "To", |row| row.to.as_ref())
        .left("note", "Note", |row| row.note.as_ref())
        .empty("")
}

fn willingness(rows: &[WillingnessRow], person: &Person, present: &Present) -> Sheet {
    let (policy, today) = (&present.policy, present.today);
    let check = |kind| readiness::check(&person.facts, kind, None, policy, today);
    let free = |kind| readiness::allowed_from(&person.facts, kind, None, policy, today).ok();
    Table::of(rows)
        .left("ask", "Ask", |row| row.kind)
        .left("willing", "Willing", |row| row.willing)
        .always()
        .left("since", "Since", |row| present.day(row.at))
        .spare()
        .left("confirmed_by", "Confirmed by", |row| {
            row.confirmed_by.as_ref()
        })
        .cut()
        .spare()
        .left("limit", "Limit", |row| row.note.as_ref())
        .left("today", "Today", |row| {
            may_be_asked(check(row.kind), free(row.kind))
        })
        .always()
        .empty("")
}

/// Whether this may be asked today, in words.
fn may_be_asked(verdict: Result<(), Vec<Refusal>>, free: Option<NaiveDate>) -> String {
    let Err(refusals) = verdict else {
        return "may be asked".to_owned();
    };
    let names: Vec<&str> = refusals.iter().map(Refusal::name).collect();
    let names = names.join(", ");
    match free {
        Some(day) => format!("{names} until {day}"),
        None => names,
    }
}

fn stages(rows: &[StageRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("stage", "Stage", |row| row.stage)
        .left("since", "Since", |row| present.day(row.at))
        .left("until", "Until", |row| row.until)
        .left("decided_by", "By", |row| row.decided_by.as_ref())
        .cut()
        .spare()
        .left("reason", "Reason", |row| row.reason.as_ref())
        .right("operation_id", "Op", |row| row.operation)
        .spare()
        .empty("")
}

fn responses(rows: &[ResponseRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("responded_on", "On", |row| present.day(row.responded_at))
        .right("score", "Score", |row| row.score)
        .left("group", "Group", |row| row.score.group().to_string())
        .spare()
        .left("source", "Source", |row| &row.source)
        .spare()
        .left("comment", "Comment", |row| row.comment.as_ref())
        .data("edits", |row| row.edits)
        .reading("Changed", |row| {
            (row.edits > 0).then(|| count(row.edits, "time"))
        })
        .empty("")
}
