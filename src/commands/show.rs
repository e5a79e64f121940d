//! `show`: one person whole.

use clap::Args;

use crate::domain::candidates::Goodwill;
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::domain::readiness::{self, free_from_each};
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::output::{Cell, Entry, Record, Sheet, Shown, Table, count};
use crate::resolve;
use crate::resolve::arguments::AsOf;
use crate::session::{Done, Session};
use crate::store::{
    AccountRow, AccountTraits, GiveRow, MoveRow, NominationRow, PersonRow, ResponseRow,
    SignalFilter, SignalRow, StageRow, TapFilter, TapRow, TierRow, TouchRow, Tx, WillingnessRow,
};
use crate::views::taps::TapsOf;
use crate::views::{self, gives, nominations, signals, taps, touches};

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
    session.answer("show/1", args.as_of.as_of, |tx, present| {
        let named = resolve::person(tx, &args.who)?;
        Ok(record(&load(tx, present, &named)?, present))
    })
}

fn load(tx: &Tx<'_>, present: &Present, named: &PersonRow) -> Result<Whole> {
    let (card, person) = tx.facts_of(named.id, present)?;
    let id = Some(card.id);
    let of_signals = SignalFilter {
        person: id,
        ..SignalFilter::default()
    };
    let of_taps = TapFilter {
        person: id,
        ..TapFilter::default()
    };
    Ok(Whole {
        goodwill: tx.goodwill(card.id, present.policy.time_zone)?,
        stages: tx.stages_of(card.id)?,
        responses: tx.responses_of(card.id)?,
        willingness: tx.willingness_of(card.id)?,
        signals: tx.signals(&of_signals)?,
        nominations: tx.nominations(id)?,
        taps: tx.taps(&of_taps)?,
        gives: tx.gives_to(card.id)?,
        touches: tx.touches_of(card.id)?,
        tiers: tx.tiers_of(card.id)?,
        other_addresses: tx.other_addresses(card.id)?,
        moves: tx.moves_of(card.id)?,
        account: account(tx, &card)?,
        card,
        person,
    })
}

fn account(tx: &Tx<'_>, card: &PersonRow) -> Result<Option<(AccountRow, AccountTraits)>> {
    let Some(id) = card.account_id else {
        return Ok(None);
    };
    let traits = tx.account_traits(id)?;
    Ok(tx.account(id)?.map(|account| (account, traits)))
}

fn record(whole: &Whole, present: &Present) -> Record {
    let Whole { card, person, .. } = whole;
    let free_from = free_from_each(&person.facts, &present.policy, present.today);
    let verified_on = card.verified_at.map(|at| present.day(at));
    let record = about_the_account(about_the_person(whole, present), whole.account.as_ref());
    let record = where_they_stand(record, whole, present)
        .with("moments", "Goodwill", whole.goodwill.reason(present.today))
        .with("last_tapped_at", "Last asked", card.last_tapped_at)
        .with(
            "free_from",
            "Free from",
            views::readiness::free_from(free_from),
        )
        .with("verified_on", "Verified", verified_on);
    history(record, whole, present)
}

fn about_the_person(whole: &Whole, present: &Present) -> Record {
    let Whole {
        card,
        other_addresses,
        ..
    } = whole;
    let record = Record::new()
        .with("id", "Id", card.id)
        .with("email", "E-mail", &card.email);
    // The addresses of records that became part of theirs.
    let record = match other_addresses.as_slice() {
        [] => record,
        all => record.entry(Entry::new("", "Also found by", all.join(", ")).only(Shown::Reading)),
    };
    record
        .data("other_emails", Cell::list(other_addresses))
        .with("name", "Name", card.name.as_ref())
        .with("title", "Title", card.title.as_ref())
        .with("account", "Account", card.account.as_ref())
        .with(
            "industry",
            "Industry",
            present.industry(card.industry.as_deref()),
        )
        .with("region", "Region", card.region.as_ref())
        .with("segment", "Segment", card.segment.as_ref())
}

/// What the rules and matching look at besides industry, region and segment.
fn about_the_account(record: Record, account: Option<&(AccountRow, AccountTraits)>) -> Record {
    let Some((account, traits)) = account else {
        return record;
    };
    let escalation = account.escalated.then_some("open");
    record
        .with_any("country", "Country", account.country.as_ref())
        .with_any("products", "Products", Cell::list(&traits.products))
        .with_any("use_cases", "Use cases", Cell::list(&traits.use_cases))
        .with_any(
            "competitors",
            "Competitors",
            Cell::list(&traits.competitors),
        )
        .with_any("health", "Health", account.health)
        .with_any("escalation", "Escalation", escalation)
        .with_any("renewal_on", "Renewal", account.renewal_on)
}

fn where_they_stand(record: Record, whole: &Whole, present: &Present) -> Record {
    let Whole { card, person, .. } = whole;
    let stage = stage(whole, present);
    let paused_until = card.standing.until.filter(|_| stage == Some(Stage::Paused));
    let record = record
        .with("persona", "Persona", card.persona.as_ref())
        .with("language", "Language", card.language.as_ref())
        .with("owner", "Owner", card.owner.as_ref())
        .with("stage", "Stage", stage)
        .with_any("until", "Until", paused_until);
    if !stage.is_some_and(Stage::is_advocate) {
        return record;
    }
    let by_hand = whole.tiers.first().and_then(|row| row.tier);
    let tier = present.tier(by_hand, &person.completed);
    record
        .entry(Entry::new("", "Tier", tier.to_string()).only(Shown::Reading))
        .data("tier", tier.tier)
        .data("tier_source", tier.source())
}

/// The stage as it is today; a candidate where goodwill alone says so.
fn stage(whole: &Whole, present: &Present) -> Option<Stage> {
    let recorded = whole.card.standing.on(present.today);
    recorded.or_else(|| whole.goodwill.is_candidate().then_some(Stage::Candidate))
}

/// Everything that happened, list by list.
fn history(record: Record, whole: &Whole, present: &Present) -> Record {
    let record = record
        .with("willing", "Willingness", willingness(whole, present))
        .with("moves", "Moves", moves(&whole.moves, present))
        .with("stages", "Stages", stages(&whole.stages, present));
    let signals = signals::table(&whole.signals, present, Shown::Data);
    let nominations = nominations::table(&whole.nominations, present, Shown::Data);
    let taps = taps::table(&whole.taps, present, TapsOf::OnePerson);
    let lists = [
        (
            "responses",
            "Responses",
            responses(&whole.responses, present),
        ),
        ("signals", "Signals", signals.empty("")),
        ("nominations", "Nominations", nominations.empty("")),
        ("taps", "Taps", taps.empty("")),
        ("gives", "Gives", gives::table(&whole.gives, present)),
        (
            "touches",
            "Touches",
            touches::table(&whole.touches, present),
        ),
    ];
    lists.into_iter().fold(record, |record, (key, what, list)| {
        record.with(key, format!("{what} ({})", list.rows.len()), list)
    })
}

fn moves(rows: &[MoveRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("on", "On", |row| present.day(row.at))
        .left("from", "From", |row| row.from.as_ref())
        .left("to", "To", |row| row.to.as_ref())
        .left("note", "Note", |row| row.note.as_ref())
        .empty("")
}

fn willingness(whole: &Whole, present: &Present) -> Sheet {
    let (policy, today) = (&present.policy, present.today);
    let facts = &whole.person.facts;
    Table::of(&whole.willingness)
        .left("ask", "Ask", |row| row.kind)
        .left("willing", "Willing", |row| row.willing)
        .left("since", "Since", |row| present.day(row.at))
        .left("confirmed_by", "Confirmed by", |row| {
            row.confirmed_by.as_ref()
        })
        .left("limit", "Limit", |row| row.note.as_ref())
        .left("today", "Today", |row| {
            may_be_asked(readiness::check(facts, row.kind, None, policy, today))
        })
        .empty("")
}

/// Whether this may be asked today, in words.
fn may_be_asked(verdict: Result<(), Vec<Refusal>>) -> String {
    let Err(refusals) = verdict else {
        return "may be asked".to_owned();
    };
    let words = refusals.iter().map(|refusal| match refusal.clears_on() {
        Some(day) => format!("{} until {day}", refusal.name()),
        None => refusal.name().to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn stages(rows: &[StageRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("stage", "Stage", |row| row.stage)
        .left("since", "Since", |row| present.day(row.at))
        .left("until", "Until", |row| row.until)
        .left("decided_by", "By", |row| row.decided_by.as_ref())
        .left("reason", "Reason", |row| row.reason.as_ref())
        .empty("")
}

fn responses(rows: &[ResponseRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("responded_on", "On", |row| present.day(row.responded_at))
        .right("score", "Score", |row| row.score)
        .left("group", "Group", |row| row.score.group().to_string())
        .left("source", "Source", |row| &row.source)
        .left("comment", "Comment", |row| row.comment.as_ref())
        .data("edits", |row| row.edits)
        .reading("Changed", |row| {
            (row.edits > 0).then(|| count(row.edits, "time"))
        })
        .empty("")
}
