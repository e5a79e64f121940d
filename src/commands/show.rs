//! `show`: one person whole.

use super::{give, nomination, signal, tier, touch};
use crate::domain::candidates::Goodwill;
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::domain::readiness::{self, free_from_each};
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::output::{Cell, Column, Entry, Record, Sheet, Shown, count};
use crate::resolve;
use crate::resolve::arguments::AsOf;
use crate::session::{Done, Session};
use crate::store::{
    AccountRow, AccountTraits, GiveRow, MoveRow, NominationRow, PersonRow, ResponseRow,
    SignalFilter, SignalRow, StageRow, TapFilter, TapRow, TierRow, TouchRow, Tx, WillingnessRow,
};
use crate::views::{self, taps, taps::TapsOf};
use clap::Args;

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Everything on record about one person.
struct Whole {
    card: PersonRow,
    person: Person,
    goodwill: Goodwill,
    stages: Vec<StageRow>,
    responses: Vec<ResponseRow>,
    willingness: Vec<WillingnessRow>,
    signals: Vec<SignalRow>,
    nominations: Vec<NominationRow>,
    taps: Vec<TapRow>,
    gives: Vec<GiveRow>,
    touches: Vec<TouchRow>,
    tiers: Vec<TierRow>,
    other_addresses: Vec<String>,
    moves: Vec<MoveRow>,
    account: Option<(AccountRow, AccountTraits)>,
}

pub(super) fn run(args: &ShowArgs, session: &mut Session<'_>) -> Result<Done> {
    let (whole, present) = session.read(args.as_of.as_of, |tx, present| {
        let named = resolve::person(tx, &args.who)?;
        let (card, person) = tx.facts_of(named.id, present)?;
        let whole = Whole {
            goodwill: tx.goodwill(card.id, present.policy.time_zone)?,
            stages: tx.stages_of(card.id)?,
            responses: tx.responses_of(card.id)?,
            willingness: tx.willingness_of(card.id)?,
            signals: tx.signals(&SignalFilter {
                person: Some(card.id),
                ..SignalFilter::default()
            })?,
            nominations: tx.nominations(Some(card.id))?,
            taps: tx.taps(&TapFilter {
                person: Some(card.id),
                ..TapFilter::default()
            })?,
            gives: tx.gives_to(card.id)?,
            touches: tx.touches_of(card.id)?,
            tiers: tx.tiers_of(card.id)?,
            other_addresses: tx.other_addresses(card.id)?,
            moves: tx.moves_of(card.id)?,
            account: account(tx, &card)?,
            card,
            person,
        };
        Ok((whole, present.clone()))
    })?;
    session.show("show/1", present.today, record(&whole, &present))?;
    Ok(Done::Fully)
}

fn account(tx: &Tx<'_>, card: &PersonRow) -> Result<Option<(AccountRow, AccountTraits)>> {
    let Some(id) = card.account_id else {
        return Ok(None);
    };
    let traits = tx.account_traits(id)?;
    Ok(tx.account(id)?.map(|account| (account, traits)))
}

/// What the rules and matching look at besides industry, region and segment.
fn about_the_account(record: Record, account: Option<&(AccountRow, AccountTraits)>) -> Record {
    let Some((account, traits)) = account else {
        return record;
    };
    let health = account.health.map(|health| health.to_string());
    [
        ("country", "Country", account.country.as_deref().into()),
        ("products", "Products", Cell::list(&traits.products)),
        ("use_cases", "Use cases", Cell::list(&traits.use_cases)),
        (
            "competitors",
            "Competitors",
            Cell::list(&traits.competitors),
        ),
        ("health", "Health", Cell::opt(health)),
        (
            "escalation",
            "Escalation",
            account.escalated.then_some("open").into(),
        ),
        ("renewal_on", "Renewal", Cell::opt(account.renewal_on)),
    ]
    .into_iter()
    .fold(record, |record, (key, label, cell)| match cell {
        Cell::Empty => record.data(key, cell),
        Cell::List(ref values) if values.is_empty() => record.data(key, cell),
        cell => record.with(key, label, cell),
    })
}

fn record(whole: &Whole, present: &Present) -> Record {
    let Whole { card, person, .. } = whole;
    let stage = stage(whole, present);
    let record =
        Record::new()
            .with("id", "Id", card.id.0)
            .with("email", "E-mail", card.email.as_str());
    let record = match whole.other_addresses.is_empty() {
        true => record,
        false => record.entry(also_found_by(&whole.other_addresses)),
    };
    let record = record
        .data("other_emails", Cell::list(&whole.other_addresses))
        .with("name", "Name", card.name.as_deref())
        .with("title", "Title", card.title.as_deref())
        .with("account", "Account", card.account.as_deref())
        .with(
            "industry",
            "Industry",
            card.industry
                .as_deref()
                .map(|words| present.policy.industries.name_of(words)),
        )
        .with("region", "Region", card.region.as_deref())
        .with("segment", "Segment", card.segment.as_deref());
    let record = about_the_account(record, whole.account.as_ref())
        .with("persona", "Persona", card.persona.as_deref())
        .with("language", "Language", card.language.as_deref())
        .with("owner", "Owner", card.owner.as_deref())
        .with("stage", "Stage", stage.map(Stage::name));
    let paused_until = card.standing.until.filter(|_| stage == Some(Stage::Paused));
    let record = match paused_until {
        Some(until) => record.with("until", "Until", until),
        None => record.data("until", Cell::Empty),
    };
    let record = match stage.is_some_and(Stage::is_advocate) {
        true => {
            let tier = tier::current(whole.tiers.first(), person, present);
            record
                .entry(Entry::new("", "Tier", tier.to_string()).only(Shown::Reading))
                .data("tier", tier.tier.name())
                .data("tier_source", tier.source())
        }
        false => record,
    };
    record
        .with("moments", "Goodwill", whole.goodwill.reason(present.today))
        .with("last_tapped_at", "Last asked", card.last_tapped_at)
        .with(
            "free_from",
            "Free from",
            views::readiness::free_from(free_from_each(
                &person.facts,
                &present.policy,
                present.today,
            )),
        )
        .with(
            "verified_on",
            "Verified",
            Cell::opt(card.verified_at.map(|at| present.day(at))),
        )
        .with("willing", "Willingness", willingness(whole, present))
        .with("moves", "Moves", moves(&whole.moves, present))
        .with("stages", "Stages", stages(&whole.stages, present))
        .with(
            "responses",
            format!("Responses ({})", whole.responses.len()),
            responses(&whole.responses, present),
        )
        .with(
            "signals",
            format!("Signals ({})", whole.signals.len()),
            signal::sheet(&whole.signals, present, Shown::Data).empty(""),
        )
        .with(
            "nominations",
            format!("Nominations ({})", whole.nominations.len()),
            nomination::sheet(&whole.nominations, present, Shown::Data).empty(""),
        )
        .with(
            "taps",
            format!("Taps ({})", whole.taps.len()),
            taps::table(&whole.taps, present, TapsOf::OnePerson).empty(""),
        )
        .with(
            "gives",
            format!("Gives ({})", whole.gives.len()),
            give::sheet(&whole.gives, present),
        )
        .with(
            "touches",
            format!("Touches ({})", whole.touches.len()),
            touch::sheet(&whole.touches, present),
        )
}

/// The stage as it is today; a candidate where goodwill alone says so.
fn stage(whole: &Whole, present: &Present) -> Option<Stage> {
    let recorded = whole.card.standing.on(present.today);
    recorded.or_else(|| whole.goodwill.is_candidate().then_some(Stage::Candidate))
}

/// The addresses of records that became part of theirs.
fn also_found_by(addresses: &[String]) -> Entry {
    Entry::new("", "Also found by", addresses.join(", ")).only(Shown::Reading)
}

fn moves(rows: &[MoveRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("on", "On"),
        Column::left("from", "From"),
        Column::left("to", "To"),
        Column::left("note", "Note"),
    ])
    .empty("");
    for row in rows {
        sheet.push(vec![
            present.day(row.at).into(),
            row.from.as_deref().into(),
            row.to.as_deref().into(),
            row.note.as_deref().into(),
        ]);
    }
    sheet
}

fn willingness(whole: &Whole, present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("ask", "Ask"),
        Column::left("willing", "Willing"),
        Column::left("since", "Since"),
        Column::left("confirmed_by", "Confirmed by"),
        Column::left("limit", "Limit"),
        Column::left("today", "Today"),
    ])
    .empty("");
    for row in &whole.willingness {
        let verdict = readiness::check(
            &whole.person.facts,
            row.kind,
            None,
            &present.policy,
            present.today,
        );
        sheet.push(vec![
            row.kind.name().into(),
            row.willing.into(),
            present.day(row.at).into(),
            row.confirmed_by.as_deref().into(),
            row.note.as_deref().into(),
            today(&verdict).into(),
        ]);
    }
    sheet
}

/// Whether this may be asked today, in words.
fn today(verdict: &Result<(), Vec<Refusal>>) -> String {
    match verdict {
        Ok(()) => "may be asked".to_owned(),
        Err(refusals) => refusals
            .iter()
            .map(|refusal| match refusal.clears_on() {
                Some(day) => format!("{} until {day}", refusal.name()),
                None => refusal.name().to_owned(),
            })
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn stages(rows: &[StageRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("stage", "Stage"),
        Column::left("since", "Since"),
        Column::left("until", "Until"),
        Column::left("decided_by", "By"),
        Column::left("reason", "Reason"),
    ])
    .empty("");
    for row in rows {
        sheet.push(vec![
            row.stage.name().into(),
            present.day(row.at).into(),
            Cell::opt(row.until),
            row.decided_by.as_deref().into(),
            row.reason.as_deref().into(),
        ]);
    }
    sheet
}

fn responses(rows: &[ResponseRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("responded_on", "On"),
        Column::right("score", "Score"),
        Column::left("group", "Group"),
        Column::left("source", "Source"),
        Column::left("comment", "Comment"),
        Column::right("edits", "Edits").only(Shown::Data),
        Column::left("changed", "Changed").only(Shown::Reading),
    ])
    .empty("");
    for row in rows {
        sheet.push(vec![
            present.day(row.responded_at).into(),
            i64::from(row.score.get()).into(),
            row.score.group().to_string().into(),
            row.source.as_str().into(),
            row.comment.as_deref().into(),
            row.edits.into(),
            Cell::opt((row.edits > 0).then(|| count(row.edits, "time"))),
        ]);
    }
    sheet
}
