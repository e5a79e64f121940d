//! `deal list`.

use clap::Args;

use crate::domain::deal::DealStatus;
use crate::domain::industry::names_the_same;
use crate::domain::policy::Policy;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, word, words};
use crate::resolve::filter::SearchArgs;
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
    /// Only of this owner in the CRM
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub owner: Option<String>,
    /// Which are shown.
    #[command(flatten)]
    pub search: SearchArgs,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &DealListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.search.limit);
    session.answer("deal-list/1", args.as_of.as_of, |tx, present| {
        let mut deals = tx.deals()?;
        let on_record = deals.len();
        let owners = deals.iter().filter_map(|deal| deal.words.owner.clone());
        let owner = args.owner.as_ref().filter(|_| on_record > 0);
        let owner = owner
            .map(|owner| resolve::colleague("owner", owner, owners.collect::<Vec<_>>()))
            .transpose()?;
        deals.retain(|deal| {
            let status = deal.status(&present.policy);
            let words = &deal.words;
            let texts = [
                Some(words.name.as_str()),
                words.prospect.as_deref(),
                words.crm_id.as_deref(),
            ];
            args.status.is_none_or(|wanted| status == Some(wanted))
                && (!args.unmapped || status.is_none())
                && names_the_same(words.owner.as_deref(), owner.as_deref())
                && args.search.finds(texts)
        });
        deals.truncate(most);
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
