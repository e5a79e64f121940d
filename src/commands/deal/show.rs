//! `deal show`: a deal, and where advocacy touched it.

use clap::Args;

use super::words::record;
use crate::failure::Result;
use crate::resolve;
use crate::resolve::arguments::{AsOf, words};
use crate::session::{Done, Session};
use crate::views::touchpoints;

/// Arguments of `deal show`.
#[derive(Debug, Args)]
pub struct DealShowArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL", value_parser = words)]
    pub deal: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &DealShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("deal/1", args.as_of.as_of, |tx, present| {
        let deal = resolve::deal(tx, &args.deal)?;
        let mut touches = tx.touchpoints(present)?;
        touches.retain(|touch| touch.deal == deal.id);
        let touches = touchpoints::table(&touches, &deal.facts(&present.policy));
        Ok(record(&deal, &present.policy).with("touches", "Advocacy in this deal", touches))
    })
}
