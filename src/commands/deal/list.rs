//! `deal list`.

use clap::Args;

use crate::domain::deal::DealStatus;
use crate::domain::policy::Policy;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Table};
use crate::resolve::arguments::{AsOf, word};
use crate::session::{Done, Session};
use crate::store::DealRow;

/// Arguments of `deal list`.
#[derive(Debug, Args)]
pub struct DealListArgs {
    /// open, won or lost
    #[arg(value_parser = word::<DealStatus>(), hide_possible_values = true, long, value_name = "STATUS")]
    pub status: Option<DealStatus>,
    /// Only those whose stage nobody mapped
    #[arg(long, conflicts_with = "status")]
    pub unmapped: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &DealListArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("deal-list/1", args.as_of.as_of, |tx, present| {
        let mut deals = tx.deals()?;
        let on_record = deals.len();
        deals.retain(|deal| {
            let status = deal.status(&present.policy);
            args.status.is_none_or(|wanted| status == Some(wanted))
                && (!args.unmapped || status.is_none())
        });
        let import = CommandLine::of("import deals FILE");
        Ok(table(&deals, &present.policy).empty(match on_record {
            0 => Sentence::from("No deals. Import them with: ").then(import),
            _ => "No deals like that.".into(),
        }))
    })
}

fn table<'a>(deals: &'a [DealRow], policy: &Policy) -> Table<'a, DealRow> {
    Table::of(deals)
        .right("deal_id", "Deal", |deal| deal.id)
        .data("crm_id", |deal| deal.words.crm_id.as_ref())
        .left("name", "Name", |deal| &deal.words.name)
        .always()
        .cut()
        .left("account", "Prospect", |deal| deal.words.prospect.as_ref())
        .cut()
        .spare()
        .money("amount", "Amount", |deal| deal.words.amount)
        .always()
        .left("stage", "Stage", |deal| deal.words.stage.as_ref())
        .spare()
        .left("status", "Status", |deal| deal.status(policy))
        .always()
        .left("opened_on", "Opened", |deal| deal.words.opened_on)
        .spare()
        .left("closed_on", "Closed", |deal| deal.words.closed_on)
        .data("owner", |deal| deal.words.owner.as_ref())
}
