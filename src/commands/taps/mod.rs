//! `taps`: asks, newest first, and what was wrong about them put right.

mod ics;

use clap::{Args, Subcommand};

use crate::domain::ask::AskKind;
use crate::domain::correction::Fact;
use crate::domain::present::Present;
use crate::domain::tap::Outcome;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Shown};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, request_number, tap_number, word, words};
use crate::resolve::filter::FilterArgs;
use crate::session::{Done, Session};
use crate::store::{NewTap, TapFilter, TapRow, Tx};
use crate::views::changes::Changes;
use crate::views::taps::table_for;

/// Arguments of `taps`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TapsArgs {
    /// Which are listed.
    #[command(flatten)]
    pub list: TapListArgs,
    /// What is to be put right.
    #[command(subcommand)]
    pub correct: Option<TapsCommand>,
}

/// What can be done with an ask.
#[derive(Debug, Subcommand)]
pub enum TapsCommand {
    /// Correct an ask; it counts as corrected on every day
    Edit(TapEditArgs),
    /// Print the appointment of an accepted ask as a calendar file, for both sides
    Ics(ics::TapIcsArgs),
}

/// Arguments of `taps edit`.
#[derive(Debug, Args)]
pub struct TapEditArgs {
    /// The tap's number, as `taps` lists it
    #[arg(value_name = "ID", value_parser = tap_number)]
    pub id: i64,
    /// What they were asked for
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// The request that it was made for
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: Option<i64>,
    /// It was made for no request
    #[arg(long, conflicts_with = "request")]
    pub no_request: bool,
    /// The day of the ask
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who asked
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Words to keep beside it; "" for none
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Which asks are listed.
#[derive(Debug, PartialEq, Default, Args)]
pub struct TapListArgs {
    /// Only of this person
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// Only with this outcome
    #[arg(value_parser = word::<Outcome>(), hide_possible_values = true, long, value_name = "OUTCOME")]
    pub outcome: Option<Outcome>,
    /// Only of this kind
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Only since this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<TypedDay>,
    /// About whom.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &TapsArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.correct {
        None => list(&args.list, session),
        Some(TapsCommand::Edit(args)) => edit(args, session),
        Some(TapsCommand::Ics(args)) => ics::run(args, session),
    }
}

fn edit(args: &TapEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("tap-edit/1", |writing, present| {
        let old = resolve::tap(writing, args.id)?;
        let new = corrected(writing, present, &old, args)?;
        let changes = Changes::default()
            .field("ask", Some(old.kind), Some(new.kind))
            .field("effort", Some(old.effort), Some(new.effort))
            .field("request", old.request, new.request)
            .field("day", Some(present.day(old.at)), Some(present.day(new.at)))
            .field("by", Some(old.by.as_str()), Some(new.by))
            .field("note", old.note.as_deref(), new.note);
        if changes.is_empty() {
            let what = format!("tap {}", old.id);
            return Err(Failure::nothing_to_change("taps edit", what));
        }
        writing.correct_tap(old.id, &new)?;
        let requests = [old.request, new.request].into_iter().flatten();
        for request in requests.filter(|_| old.request != new.request) {
            writing.settle_again(request)?;
        }
        writing.note_changed(
            Fact::Tap,
            old.id.0,
            Some(old.person),
            args.reason.as_deref(),
        )?;
        Ok(Record::new()
            .with("tap_id", "Tap", old.id)
            .with("email", "Person", &old.email)
            .with("changes", "Corrected", changes.sheet()))
    })
}

/// The ask as it was. What it was refused for, and why it was made all the same, stays.
fn corrected<'a>(
    tx: &Tx<'_>,
    present: &Present,
    old: &'a TapRow,
    args: &'a TapEditArgs,
) -> Result<NewTap<'a>> {
    let request = args
        .request
        .map(|id| resolve::request(tx, id))
        .transpose()?;
    let kept = old.request.filter(|_| !args.no_request);
    let request = match request {
        Some(request) => Some(request),
        None => kept.map(|id| resolve::request(tx, id.0)).transpose()?,
    };
    let kind = args.ask.unwrap_or(old.kind);
    if let Some(request) = request.as_ref().filter(|request| request.kind != kind) {
        let message = format!(
            "request {} needs a {}, not a {kind}",
            request.id, request.kind
        );
        return Err(Failure::usage_hint(
            message,
            "name another with --request, or --no-request",
        ));
    }
    let at = present.moved_to(old.at, args.on)?;
    let answered = tx.outcomes_of(old.id)?.into_iter().map(|(_, at)| at).min();
    if let Some(answered) = answered.filter(|answered| *answered < at) {
        let message = format!("tap {} was answered on {}", old.id, present.day(answered));
        let outcome = CommandLine::of("outcome").value(old.id).value(old.outcome);
        let hint = Sentence::from("correct that first: ").then(outcome.then("--correct --on DATE"));
        return Err(Failure::usage_hint(message, hint));
    }
    let note = args.note.as_deref().or(old.note.as_deref());
    Ok(NewTap {
        person: old.person,
        account: match at == old.at {
            true => old.account_id,
            false => tx.account_at(old.person, at)?,
        },
        kind,
        effort: match args.ask {
            Some(kind) if kind != old.kind => present.policy.effort(kind),
            _ => old.effort,
        },
        at,
        by: args.by.as_deref().unwrap_or(&old.by),
        note: note.filter(|note| !note.is_empty()),
        over_cap: old.over_cap,
        overridden: None,
        imported: old.imported,
        request: request.map(|request| request.id),
    })
}

fn list(args: &TapListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    let reader = session.reader();
    session.answer("taps/1", args.as_of.as_of, |tx, present| {
        let person = args.who.as_ref().map(|who| resolve::person(tx, who));
        let person = person.transpose()?.map(|person| person.id);
        let whose = person.map_or(Shown::Everywhere, |_| Shown::ToPrograms);
        let passing = args.filter.passing(tx, present)?;
        let mut rows = tx.taps(&TapFilter {
            person,
            outcome: args.outcome,
            kind: args.ask,
            since: present
                .typed_any(args.since)?
                .map(|day| present.policy.time_zone.start_of(day)),
            limit: u32::try_from(most).ok().filter(|_| args.filter.is_empty()),
            ..TapFilter::default()
        })?;
        rows.retain(|row| passing.concerns(Some(row.person), None));
        rows.truncate(most);
        Ok(table_for(reader, &rows, present, whose).empty(nothing_found(args)))
    })
}

fn nothing_found(args: &TapListArgs) -> Sentence {
    let everything = TapListArgs {
        limit: args.limit,
        ..TapListArgs::default()
    };
    match *args == everything {
        true => Sentence::from("No taps. Log the first with: ")
            .then(CommandLine::of("tap WHO --ask KIND")),
        false => "No taps like that.".into(),
    }
}
