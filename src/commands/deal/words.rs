//! What describes a deal: as it is typed, and as it is shown.

use clap::Args;

use crate::domain::money::{Currency, Money};
use crate::domain::policy::Policy;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::arguments::{coming_day, day, words};
use crate::store::{DealRow, DealWords};

/// What describes a deal.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct DealWordsArgs {
    /// The prospect's name
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub prospect: Option<String>,
    /// The prospect's domain
    #[arg(long, value_name = "DOMAIN", value_parser = words)]
    pub domain: Option<String>,
    /// Its id in the CRM
    #[arg(long, value_name = "ID", value_parser = words)]
    pub crm_id: Option<String>,
    /// What it is worth, such as 12500.50; "" for unknown
    #[arg(long, value_name = "AMOUNT")]
    #[arg(allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// In which currency, such as EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// Its stage, in the CRM's words
    #[arg(long, value_name = "STAGE", value_parser = words)]
    pub stage: Option<String>,
    /// When it was opened
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub opened: Option<TypedDay>,
    /// When it was closed, or is expected to be
    #[arg(long, value_name = "DATE", value_parser = coming_day)]
    pub closed: Option<TypedDay>,
    /// Who owns it
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub owner: Option<String>,
    /// The prospect's industry
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub industry: Option<String>,
}

/// The words typed, on top of those on record.
pub(super) fn typed(
    args: &DealWordsArgs,
    before: DealWords,
    present: &Present,
) -> Result<DealWords> {
    let amount = amount(args, before.amount)?;
    let own = |typed: &Option<String>, before| typed.clone().or(before);
    let words = DealWords {
        crm_id: own(&args.crm_id, before.crm_id),
        name: before.name,
        prospect: own(&args.prospect, before.prospect),
        prospect_domain: own(&args.domain, before.prospect_domain),
        amount,
        stage: own(&args.stage, before.stage),
        opened_on: present.typed_any(args.opened)?.or(before.opened_on),
        closed_on: present.typed_any(args.closed)?.or(before.closed_on),
        owner: own(&args.owner, before.owner),
        industry: own(&args.industry, before.industry),
    };
    match (words.opened_on, words.closed_on) {
        (Some(opened), Some(closed)) if closed < opened => Err(Failure::usage(format!(
            "it cannot be closed on {closed}, before it was opened on {opened}"
        ))),
        _ => Ok(words),
    }
}

/// What a deal is worth: an amount in the currency of before, or in another one, or nothing any more.
fn amount(args: &DealWordsArgs, before: Option<Money>) -> Result<Option<Money>> {
    let currency = args.currency.or(before.map(|money| money.currency));
    let text = args.amount.as_deref().map(str::trim);
    let amount = match (text, currency) {
        (Some(""), _) if args.currency.is_some() => {
            return Err(Failure::usage("no amount is in no currency"));
        }
        (Some(""), _) => return Ok(None),
        (Some(text), Some(currency)) => Money::parse(text, currency),
        (Some(_), None) => {
            let hint = "name it too: --currency EUR";
            return Err(Failure::usage_hint("an amount needs a currency", hint));
        }
        (None, _) if args.currency.is_none() => return Ok(before),
        (None, currency) => match before.zip(currency) {
            Some((money, currency)) => money.renamed(currency),
            None => {
                let hint = "name one too: --amount 12500";
                return Err(Failure::usage_hint("a currency needs an amount", hint));
            }
        },
    };
    amount.map(Some).map_err(Failure::usage)
}

/// A deal with what its stage comes to.
pub(super) fn record(deal: &DealRow, policy: &Policy) -> Record {
    let DealRow { id, words } = deal;
    let status = deal.status(policy);
    let record = Record::new()
        .with("deal_id", "Deal", *id)
        .with("crm_id", "CRM id", words.crm_id.as_ref())
        .with("name", "Name", &words.name)
        .with("account", "Prospect", words.prospect.as_ref())
        .with("amount", "Amount", words.amount)
        .with("stage", "Stage", words.stage.as_ref())
        .with("status", "Status", status)
        .with("opened_on", "Opened", words.opened_on)
        .with("closed_on", "Closed", words.closed_on)
        .with("owner", "Owner", words.owner.as_ref())
        .with("industry", "Industry", words.industry.as_ref());
    match (status, &words.stage) {
        (None, Some(stage)) => record.say(unmapped(stage)),
        _ => record,
    }
}

fn unmapped(stage: &str) -> Sentence {
    let add = CommandLine::of("policy set deal.open").option("--add", stage);
    Sentence::from(format!(
        "Nobody has said what the stage \"{stage}\" means: add it with "
    ))
    .then(add)
    .then(", or deal.won or deal.lost")
}
