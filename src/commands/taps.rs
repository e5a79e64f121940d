//! `taps`: asks, newest first.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Shown};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, words};
use crate::session::{Done, Session};
use crate::store::TapFilter;
use crate::views::taps::table;

/// Arguments of `taps`.
#[derive(Debug, PartialEq, Default, Args)]
pub struct TapsArgs {
    /// Only of this person
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// Only with this outcome
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<Outcome>,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Only since this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<NaiveDate>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &TapsArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("taps/1", args.as_of.as_of, |tx, present| {
        let person = args.who.as_ref().map(|who| resolve::person(tx, who));
        let person = person.transpose()?.map(|person| person.id);
        let whose = person.map_or(Shown::Everywhere, |_| Shown::ToPrograms);
        let rows = tx.taps(&TapFilter {
            person,
            outcome: args.outcome,
            kind: args.ask,
            since: args.since.map(|day| present.policy.time_zone.start_of(day)),
            limit: args.limit,
            ..TapFilter::default()
        })?;
        Ok(table(&rows, present, whose).empty(nothing_found(args)))
    })
}

fn nothing_found(args: &TapsArgs) -> Sentence {
    let everything = TapsArgs {
        limit: args.limit,
        ..TapsArgs::default()
    };
    match *args == everything {
        true => Sentence::from("No taps. Log the first with: ")
            .then(CommandLine::of("tap WHO --ask KIND")),
        false => "No taps like that.".into(),
    }
}
