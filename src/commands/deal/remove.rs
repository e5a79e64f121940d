//! `deal remove`: a deal that never was.

use clap::Args;

use crate::domain::correction::Fact;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, count_of};
use crate::resolve;
use crate::resolve::arguments::words;
use crate::session::{Done, Session};

/// Arguments of `deal remove`.
#[derive(Debug, Args)]
pub struct DealRemoveArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL", value_parser = words)]
    pub deal: String,
    /// Why it is removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn run(args: &DealRemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("deal-remove/1", |writing, _| {
        let deal = resolve::deal(writing, &args.deal)?;
        let depending = writing.depending_on_deal(deal.id)?;
        if !depending.is_empty() {
            let rows = depending
                .iter()
                .map(|(table, rows)| format!("{} of {table}", count_of(*rows, "row", "rows")));
            let rows: Vec<String> = rows.collect();
            let message = format!("{} depend on it", rows.join(", "));
            let show = Sentence::from("see ").then(CommandLine::of("deal show").value(deal.id));
            return Err(Failure::step(
                format!("deal {}", deal.id),
                message,
                "in-use",
                show,
            ));
        }
        writing.remove_deal(deal.id)?;
        writing.note_removed(Fact::Deal, deal.id.0, None, args.reason.as_deref())?;
        let again = deal.words.crm_id.as_ref().map(|_| {
            Sentence::from("It has an id of the CRM: the next export that holds it brings it back.")
        });
        Ok(Record::new()
            .with("deal_id", "Deal", deal.id)
            .with("removed", "Removed", &deal.words.name)
            .say_all(again))
    })
}
