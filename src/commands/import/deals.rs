//! `import deals`: what a CRM export says of sales; the same file again changes nothing.

use super::super::{Context, Done, deal};
use super::crm::Became;
use super::rejects::Rejects;
use super::{Input, options, save_profile, setting};
use crate::cli::ImportDealsArgs;
use crate::domain::money::Money;
use crate::intake::deals::{DealRow, read};
use crate::output::{Cell, Record};
use crate::store::{self, DealWords, Writing};

/// What an import did.
#[derive(Debug, Default)]
struct Counts {
    rows: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    unmapped: Vec<String>,
    notes: Vec<String>,
}

pub(super) fn run(args: &ImportDealsArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let input = Input::read(&args.file)?;
    let mut rejects = Rejects::open(&args.read)?;
    let (counts, today) = context.write_or_rehearse(args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read)?;
        let file = read(input.bytes, &options, &setting(present), args.currency)?;
        let mut counts = Counts {
            notes: file.notes.clone(),
            ..Counts::default()
        };
        for row in file.rows {
            counts.rows += 1;
            match row {
                Ok(row) => match save(writing, &row)? {
                    Became::New => counts.new += 1,
                    Became::Changed => counts.changed += 1,
                    Became::Unchanged => counts.unchanged += 1,
                },
                Err(rejected) => rejects.add(&input.name, &file.header, &rejected)?,
            }
        }
        rejects.finish(counts.rows)?;
        save_profile(writing, &args.read, &options)?;
        counts.unmapped = unmapped(writing, present)?;
        Ok((counts, present.today))
    })?;
    for note in &counts.notes {
        context.note(note)?;
    }
    context.show("import-deals/1", today, summary(&counts, &rejects, args))?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

/// Stages on record that the policy does not know: listed, not guessed.
fn unmapped(writing: &Writing<'_>, present: &super::super::Present) -> anyhow::Result<Vec<String>> {
    let mut stages: Vec<String> = writing
        .deals()?
        .into_iter()
        .filter(|row| deal::status(row, present).is_none())
        .filter_map(|row| row.words.stage)
        .collect();
    stages.sort();
    stages.dedup();
    Ok(stages)
}

fn save(writing: &Writing<'_>, row: &DealRow) -> anyhow::Result<Became> {
    let incoming = words(row);
    let Some(known) = known(writing, &incoming)? else {
        writing.add_deal(&incoming)?;
        return Ok(Became::New);
    };
    let merged = merged(incoming, &known.words);
    if merged == known.words {
        return Ok(Became::Unchanged);
    }
    writing.change_deal(&known, &merged)?;
    Ok(Became::Changed)
}

/// The deal on record: the one of this CRM id, or else one of no CRM id (typed by hand) with the same prospect, name
/// and opening day.
fn known(writing: &Writing<'_>, incoming: &DealWords) -> anyhow::Result<Option<store::DealRow>> {
    let by_hand = DealWords {
        crm_id: None,
        ..incoming.clone()
    };
    Ok(match writing.deal_like(incoming)? {
        None if incoming.crm_id.is_some() => writing.deal_like(&by_hand)?,
        found => found,
    })
}

fn words(row: &DealRow) -> DealWords {
    DealWords {
        crm_id: row.crm_id.clone(),
        name: row.name.clone(),
        prospect: row.account.clone(),
        prospect_domain: row.account_domain.clone(),
        amount: row.amount,
        stage: row.stage.clone(),
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        owner: row.owner.clone(),
        industry: row.industry.clone(),
    }
}

/// The words received, and for what the export does not show, those on record.
fn merged(incoming: DealWords, known: &DealWords) -> DealWords {
    let own = |incoming: Option<String>, known: &Option<String>| incoming.or_else(|| known.clone());
    let amount: Option<Money> = incoming.amount.or(known.amount);
    DealWords {
        crm_id: own(incoming.crm_id, &known.crm_id),
        name: incoming.name,
        prospect: own(incoming.prospect, &known.prospect),
        prospect_domain: own(incoming.prospect_domain, &known.prospect_domain),
        amount,
        stage: own(incoming.stage, &known.stage),
        opened_on: incoming.opened_on.or(known.opened_on),
        closed_on: incoming.closed_on.or(known.closed_on),
        owner: own(incoming.owner, &known.owner),
        industry: own(incoming.industry, &known.industry),
    }
}

fn summary(counts: &Counts, rejects: &Rejects, args: &ImportDealsArgs) -> Record {
    let number = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut record = Record::new()
        .with("rows", "Rows", number(counts.rows))
        .with("new", "  new", number(counts.new))
        .with("changed", "  changed", number(counts.changed))
        .with("unchanged", "  unchanged", number(counts.unchanged))
        .with("rejected", "  rejected", number(rejects.count))
        .data("dry_run", args.read.dry_run);
    if rejects.count > 0 {
        record = record.with("rejects", "Rejected", Cell::list(rejects.shown()));
    }
    record = match counts.unmapped.as_slice() {
        [] => record.data("unmapped_stages", Cell::List(Vec::new())),
        [first, ..] => record
            .with("unmapped_stages", "Stages not mapped", Cell::list(&counts.unmapped))
            .say(format!("Say what they mean: advocate policy show deal, then advocate policy set deal.open \"…; {first}\"")),
    };
    if args.read.dry_run {
        record.say("Dry run: nothing was changed.")
    } else {
        record
    }
}
