//! `deal add|list|show|edit`: what the CRM knows of a sale, and the advocacy in it.

use super::{Context, Done, Failure, Present};
use crate::cli::{
    DealAddArgs, DealCommand, DealEditArgs, DealListArgs, DealShowArgs, DealWordsArgs,
};
use crate::domain::deal::DealStatus;
use crate::domain::ids::DealId;
use crate::domain::money::Money;
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::store::{DealRow, DealWords, Tx};

pub(super) fn run(command: &DealCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        DealCommand::Add(args) => add(args, context),
        DealCommand::List(args) => list(args, context),
        DealCommand::Show(args) => show(args, context),
        DealCommand::Edit(args) => edit(args, context),
    }
}

/// The deal of this id or CRM id.
pub(super) fn named(tx: &Tx<'_>, words: &str) -> anyhow::Result<DealRow> {
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
    Err(Failure::usage_hint(format!("there is no deal `{words}`"), "advocate deal list").into())
}

/// What a deal's stage comes to by the policy.
pub(super) fn status(deal: &DealRow, present: &Present) -> Option<DealStatus> {
    deal.words
        .stage
        .as_deref()
        .and_then(|stage| present.policy.deal_stages.status(stage))
}

/// Money as a cell.
pub(super) fn amount(money: Option<Money>) -> Cell {
    money.map_or(Cell::Empty, |money| {
        Cell::money(money.amount_minor, money.currency.to_string())
    })
}

/// The words typed, on top of those on record.
fn typed(args: &DealWordsArgs, before: DealWords) -> anyhow::Result<DealWords> {
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
        ))
        .into()),
        _ => Ok(words),
    }
}

fn add(args: &DealAddArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (id, words, present) = context.write(|writing, present| {
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
            )
            .into());
        }
        Ok((writing.add_deal(&words)?, words, present.clone()))
    })?;
    let deal = DealRow { id, words };
    context.show("deal-add/1", present.today, record(&deal, &present))?;
    Ok(Done::Fully)
}

fn edit(args: &DealEditArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (deal, present) = context.write(|writing, present| {
        let old = named(writing, &args.deal)?;
        if args.name.is_none() && args.words == DealWordsArgs::default() {
            return Err(Failure::nothing_to_change("deal edit", format!("deal {}", old.id)).into());
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
    context.show("deal-edit/1", present.today, record(&deal, &present))?;
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
        .with("amount", "Amount", amount(words.amount))
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

fn list(args: &DealListArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (deals, present) = context.read(args.as_of.as_of, |tx, present| {
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
            amount(words.amount),
            words.stage.as_deref().into(),
            Cell::opt(status(deal, &present).map(DealStatus::name)),
            Cell::opt(words.opened_on),
            Cell::opt(words.closed_on),
            words.owner.as_deref().into(),
        ]);
    }
    context.show("deal-list/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn show(args: &DealShowArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (deal, touches, present) = context.read(args.as_of.as_of, |tx, present| {
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
    context.show("deal/1", present.today, record)?;
    Ok(Done::Fully)
}
