//! `taps`: asks, newest first.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, words};
use crate::session::{Done, Session};
use crate::store::TapFilter;
use crate::views::taps::{TapsOf, table};

/// Arguments of `taps`.
#[derive(Debug, Args)]
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

impl TapsArgs {
    fn nothing_found(&self) -> Sentence {
        let filtered = self.who.is_some()
            || self.outcome.is_some()
            || self.ask.is_some()
            || self.since.is_some()
            || self.as_of.as_of.is_some();
        match filtered {
            true => "No taps like that.".into(),
            false => Sentence::from("No taps. Log the first with: ")
                .then(CommandLine::of("tap WHO --ask KIND")),
        }
    }
}

pub(super) fn run(args: &TapsArgs, session: &mut Session<'_>) -> Result<Done> {
    let (rows, present) = session.read(args.as_of.as_of, |tx, present| {
        let person = match &args.who {
            Some(who) => Some(resolve::person(tx, who)?.id),
            None => None,
        };
        let rows = tx.taps(&TapFilter {
            person,
            outcome: args.outcome,
            kind: args.ask,
            request: None,
            since: args.since.map(|day| present.policy.time_zone.start_of(day)),
            limit: args.limit,
        })?;
        Ok((rows, present.clone()))
    })?;
    let of = match args.who {
        Some(_) => TapsOf::OnePerson,
        None => TapsOf::Everyone,
    };
    let list = table(&rows, &present, of).empty(args.nothing_found());
    session.show("taps/1", present.today, list)?;
    Ok(Done::Fully)
}
