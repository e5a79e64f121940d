//! `import deals`: what a CRM export says of sales; the same file again changes nothing.

use super::frame::{self, Became, Import, Job};
use crate::domain::money::{Currency, Money};
use crate::domain::present::Present;
use crate::failure::Result;
use crate::intake::deals::{DealRow, read};
use crate::intake::{IntakeError, Options, Reading, Rejected, Setting};
use crate::output::{Cell, Record};
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session};
use crate::store::{self, DealWords, Writing};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `import deals`.
#[derive(Debug, Args)]
pub struct ImportDealsArgs {
    /// The export to read; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The currency of amounts that name none
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// How to read it.
    #[command(flatten)]
    pub read: ReadArgs,
}

pub(super) fn run(args: &ImportDealsArgs, session: &mut Session<'_>) -> Result<Done> {
    let deals = Deals {
        currency: args.currency,
        unmapped: Vec::new(),
    };
    frame::run(deals, &args.file, &args.read, session)
}

/// A file of deals.
struct Deals {
    /// The currency of amounts that name none.
    currency: Option<Currency>,
    /// Stages that the policy does not know.
    unmapped: Vec<String>,
}

impl Import for Deals {
    type Row = DealRow;
    const COMMAND: &'static str = "import deals";
    const SCHEMA: &'static str = "import-deals/1";

    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<DealRow>, IntakeError> {
        read(bytes, options, setting, self.currency)
    }

    fn save(&mut self, job: &Job<'_>, row: &DealRow) -> Result<Result<Became, Rejected>> {
        Ok(Ok(save(job.writing, row)?))
    }

    fn finish(&mut self, job: &Job<'_>) -> Result<()> {
        self.unmapped = unmapped(job.writing, job.present)?;
        Ok(())
    }

    fn figures(&self, record: Record) -> Record {
        match self.unmapped.as_slice() {
            [] => record.data("unmapped_stages", Cell::List(Vec::new())),
            stages => record.with("unmapped_stages", "Stages not mapped", Cell::list(stages)),
        }
    }

    fn next(&self) -> Option<String> {
        let first = self.unmapped.first()?;
        Some(format!(
            "Say what they mean: advocate policy show deal, then advocate policy set deal.open --add \"{first}\""
        ))
    }
}

/// Stages on record that the policy does not know: listed, not guessed.
fn unmapped(writing: &Writing<'_>, present: &Present) -> Result<Vec<String>> {
    let mut stages: Vec<String> = writing
        .deals()?
        .into_iter()
        .filter(|row| row.status(&present.policy).is_none())
        .filter_map(|row| row.words.stage)
        .collect();
    stages.sort();
    stages.dedup();
    Ok(stages)
}

fn save(writing: &Writing<'_>, row: &DealRow) -> Result<Became> {
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
fn known(writing: &Writing<'_>, incoming: &DealWords) -> Result<Option<store::DealRow>> {
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
