//! `deal add|list|show|edit`: what the CRM knows of a sale, and the advocacy in it.

use crate::domain::deal::DealStatus;
use crate::domain::ids::DealId;
use crate::domain::money::Currency;
use crate::domain::money::Money;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::day;
use crate::resolve::arguments::words;
use crate::session::{Done, Session};
use crate::store::{DealRow, DealWords, Tx};
use chrono::NaiveDate;
use clap::Args;
use clap::Subcommand;

/// What can be done with deals.
#[derive(Debug, Subcommand)]
pub enum DealCommand {
    /// Add a deal by hand
    Add(DealAddArgs),
    /// List deals
    List(DealListArgs),
    /// Show a deal and the advocacy in it
    Show(DealShowArgs),
    /// Correct a deal; the old words are kept
    Edit(DealEditArgs),
}

/// What describes a deal.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct DealWordsArgs {
    /// The prospect's name
    #[arg(long, value_name = "NAME")]
    pub prospect: Option<String>,
    /// The prospect's domain
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// Its id in the CRM
    #[arg(long, value_name = "ID")]
    pub crm_id: Option<String>,
    /// What it is worth, such as 12500.50
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "currency",
        allow_hyphen_values = true
    )]
    pub amount: Option<String>,
    /// In which currency, such as EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// Its stage, in the CRM's words
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,
    /// When it was opened
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub opened: Option<NaiveDate>,
    /// When it was closed, or is expected to be
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub closed: Option<NaiveDate>,
    /// Who owns it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// The prospect's industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
}

/// Arguments of `deal add`.
#[derive(Debug, Args)]
pub struct DealAddArgs {
    /// The deal's name
    #[arg(value_name = "NAME", value_parser = words)]
    pub name: String,
    /// What describes it.
    #[command(flatten)]
    pub words: DealWordsArgs,
}

/// Arguments of `deal list`.
#[derive(Debug, Args)]
pub struct DealListArgs {
    /// open, won or lost
    #[arg(long, value_name = "STATUS")]
    pub status: Option<DealStatus>,
    /// Only those whose stage nobody mapped
    #[arg(long, conflicts_with = "status")]
    pub unmapped: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `deal show`.
#[derive(Debug, Args)]
pub struct DealShowArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL")]
    pub deal: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `deal edit`.
#[derive(Debug, Args)]
pub struct DealEditArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL")]
    pub deal: String,
    /// Another name
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub name: Option<String>,
    /// What describes it.
    #[command(flatten)]
    pub words: DealWordsArgs,
}

pub(super) fn run(command: &DealCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        DealCommand::Add(args) => add(args, session),
        DealCommand::List(args) => list(args, session),
        DealCommand::Show(args) => show(args, session),
        DealCommand::Edit(args) => edit(args, session),
    }
}

/// The deal of this id or CRM id.
pub(super) fn named(tx: &Tx<'_>, words: &str) -> Result<DealRow> {
    let by_crm_id = DealWords {
        crm_id: Some(words.trim().to_owned()),
        ..DealWords::default()
    };
    if let Some(found) = tx.deal_like(&by_crm_id)? {
        return Ok(found);
    }
    let by_id = words.trim().parse().ok().map(DealId);
    if let Some(found) = by_id.map(|id| tx.deal(id)).transpose()?.flatten() {
        return Ok(found);
    }
    Err(Failure::usage_hint(
        format!("there is no deal `{words}`"),
        "advocate deal list",
    ))
}

/// What a deal's stage comes to by the policy.
pub(super) fn status(deal: &DealRow, present: &Present) -> Option<DealStatus> {
    deal.words
        .stage
        .as_deref()
        .and_then(|stage| present.policy.deal_stages.status(stage))
}

/// The words typed, on top of those on record.
fn typed(args: &DealWordsArgs, before: DealWords) -> Result<DealWords> {
    let amount = match (&args.amount, args.currency) {
        (Some(text), Some(currency)) => Some(Money::parse(text, currency).map_err(Failure::usage)?),
        _ => before.amount,
    };
    let own = |typed: &Option<String>, before| typed.clone().or(before);
    let words = DealWords {
        crm_id: own(&args.crm_id, before.crm_id),
        name: before.name,
        prospect: own(&args.prospect, before.prospect),
        prospect_domain: own(&args.domain, before.prospect_domain),
        amount,
        stage: own(&args.stage, before.stage),
        opened_on: args.opened.or(before.opened_on),
        closed_on: args.closed.or(before.closed_on),
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

fn add(args: &DealAddArgs, session: &mut Session<'_>) -> Result<Done> {
    let (id, words, present) = session.write(|writing, present| {
        let words = typed(
            &args.words,
            DealWords {
                name: args.name.clone(),
                ..DealWords::default()
            },
        )?;
        if let Some(known) = writing.deal_like(&words)? {
            let hint = format!("advocate deal edit {}", known.id);
            return Err(Failure::usage_hint(
                format!("this deal is on record as deal {}", known.id),
                hint,
            ));
        }
        Ok((writing.add_deal(&words)?, words, present.clone()))
    })?;
    let deal = DealRow { id, words };
    session.show("deal-add/1", present.today, record(&deal, &present))?;
    Ok(Done::Fully)
}

fn edit(args: &DealEditArgs, session: &mut Session<'_>) -> Result<Done> {
    let (deal, present) = session.write(|writing, present| {
        let old = named(writing, &args.deal)?;
        if args.name.is_none() && args.words == DealWordsArgs::default() {
            return Err(Failure::nothing_to_change(
                "deal edit",
                format!("deal {}", old.id),
            ));
        }
        let mut words = typed(&args.words, old.words.clone())?;
        if let Some(name) = &args.name {
            words.name.clone_from(name);
        }
        if words != old.words {
            writing.change_deal(&old, &words)?;
        }
        Ok((DealRow { id: old.id, words }, present.clone()))
    })?;
    session.show("deal-edit/1", present.today, record(&deal, &present))?;
    Ok(Done::Fully)
}

fn record(deal: &DealRow, present: &Present) -> Record {
    let DealRow { id, words } = deal;
    let status = status(deal, present);
    let record = Record::new()
        .with("deal_id", "Deal", id.0)
        .with("crm_id", "CRM id", words.crm_id.as_deref())
        .with("name", "Name", words.name.as_str())
        .with("account", "Prospect", words.prospect.as_deref())
        .with("amount", "Amount", Cell::from(words.amount))
        .with("stage", "Stage", words.stage.as_deref())
        .with("status", "Status", status.map(DealStatus::name))
        .with("opened_on", "Opened", Cell::opt(words.opened_on))
        .with("closed_on", "Closed", Cell::opt(words.closed_on))
        .with("owner", "Owner", words.owner.as_deref())
        .with("industry", "Industry", words.industry.as_deref());
    match (status, &words.stage) {
        (None, Some(stage)) => record.say(format!(
            "Nobody has said what the stage \"{stage}\" means: add it with advocate policy set deal.open --add \"{stage}\", or deal.won or deal.lost"
        )),
        _ => record,
    }
}

fn list(args: &DealListArgs, session: &mut Session<'_>) -> Result<Done> {
    let (deals, present) = session.read(args.as_of.as_of, |tx, present| {
        let mut deals = tx.deals()?;
        deals.retain(|deal| {
            let status = status(deal, present);
            args.status.is_none_or(|wanted| status == Some(wanted))
                && (!args.unmapped || status.is_none())
        });
        Ok((deals, present.clone()))
    })?;
    let mut sheet = Sheet::new(vec![
        Column::right("deal_id", "Deal"),
        Column::left("crm_id", "CRM id").only(Shown::Data),
        Column::left("name", "Name"),
        Column::left("account", "Prospect"),
        Column::money("amount", "Amount"),
        Column::left("stage", "Stage"),
        Column::left("status", "Status"),
        Column::left("opened_on", "Opened"),
        Column::left("closed_on", "Closed"),
        Column::left("owner", "Owner").only(Shown::Data),
    ])
    .empty("No deals. Import them with: advocate import deals FILE");
    for deal in &deals {
        let words = &deal.words;
        sheet.push(vec![
            deal.id.0.into(),
            words.crm_id.as_deref().into(),
            words.name.as_str().into(),
            words.prospect.as_deref().into(),
            Cell::from(words.amount),
            words.stage.as_deref().into(),
            Cell::opt(status(deal, &present).map(DealStatus::name)),
            Cell::opt(words.opened_on),
            Cell::opt(words.closed_on),
            words.owner.as_deref().into(),
        ]);
    }
    session.show("deal-list/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn show(args: &DealShowArgs, session: &mut Session<'_>) -> Result<Done> {
    let (deal, touches, present) = session.read(args.as_of.as_of, |tx, present| {
        let deal = named(tx, &args.deal)?;
        let touches = super::report::touches(tx, present)?;
        let own: Vec<_> = touches
            .into_iter()
            .filter(|touch| touch.deal == deal.id)
            .collect();
        Ok((deal, own, present.clone()))
    })?;
    let facts = super::report::deal_facts(&deal, &present);
    let record = record(&deal, &present).with(
        "touches",
        "Advocacy in this deal",
        super::report::touch_sheet(touches.iter().map(|touch| (touch, &facts))),
    );
    session.show("deal/1", present.today, record)?;
    Ok(Done::Fully)
}
