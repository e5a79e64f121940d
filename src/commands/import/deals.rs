//! `import deals`: what a CRM export says of sales; the same file again changes nothing.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::slice;

use clap::Args;

use super::frame;
use super::kind::{Load, Look};
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::ids::DealId;
use crate::domain::money::Currency;
use crate::domain::present::Present;
use crate::domain::responses::CellsDigest;
use crate::failure::Result;
use crate::intake::deals::{DealRow, read};
use crate::intake::{FileRow, IntakeError, Reading, Rejected};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session};
use crate::store::{self, DealWords, Tx};

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
    let deals = List::of(Deals {
        currency: args.currency,
        unmapped: Vec::new(),
        rows: HashSet::new(),
        saved: HashMap::new(),
    });
    frame::run(deals, slice::from_ref(&args.file), &args.read, session)
}

/// A file of deals.
struct Deals {
    /// The currency of amounts that name none.
    currency: Option<Currency>,
    /// Stages that the policy does not know.
    unmapped: Vec<String>,
    /// The rows of the file.
    rows: HashSet<CellsDigest>,
    /// What the file said so far, with the lines.
    saved: HashMap<DealId, (u64, DealWords)>,
}

impl ListImport for Deals {
    type Row = DealRow;
    const COMMAND: &'static str = "import deals";
    const SCHEMA: &'static str = "import-deals/1";

    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<DealRow>, IntakeError> {
        read(bytes, look.options, &look.setting(), self.currency)
    }

    fn is_of(&self, row: &DealRow) -> (Option<bool>, Option<bool>) {
        let company =
            row.account_crm_id.is_some() || row.account_domain.is_some() || row.account.is_some();
        (None, Some(company))
    }

    fn save(&mut self, context: &RowContext<'_>, row: &DealRow) -> Result<RowEffect> {
        let writing = context.writing;
        let incoming = words(writing, row)?;
        let Some(known) = self.known(context, &incoming)? else {
            let id = writing.add_deal(&incoming)?;
            writing.note_cells(id, context.cells)?;
            self.saved.insert(id, (context.at.line, incoming));
            return Ok(RowEffect::New);
        };
        if let Some((line, before)) = self.saved.get(&known.id) {
            if merged(incoming.clone(), before) == *before {
                return Ok(RowEffect::Unchanged);
            }
            let what = format!("the id {}", incoming.crm_id.unwrap_or_default());
            let option = "--map id=HEADER names a column that tells two deals apart";
            return Ok(context.contradicts(&what, *line, option));
        }
        self.saved
            .insert(known.id, (context.at.line, incoming.clone()));
        let is_same_row = writing.is_same_row(known.id, context.cells)?;
        let merged = merged(incoming, &known.words);
        if merged == known.words {
            return Ok(RowEffect::Unchanged);
        }
        writing.change_deal(&known, &merged)?;
        Ok(RowEffect::from(1, is_same_row))
    }

    fn look_ahead(&mut self, rows: &[Result<FileRow<DealRow>, Rejected>]) {
        self.rows = rows.iter().flatten().map(|row| row.at.cells()).collect();
    }

    fn finish(&mut self, load: &Load<'_>) -> Result<()> {
        self.unmapped = unmapped(load.writing, load.present)?;
        Ok(())
    }

    fn figures(&self, record: Record) -> Record {
        record.with_any(
            "unmapped_stages",
            "Stages not mapped",
            self.unmapped.clone(),
        )
    }

    fn next(&self) -> Option<Sentence> {
        let first = self.unmapped.first()?;
        let set = CommandLine::of("policy set deal.open").option("--add", first);
        let next = Sentence::from("Say what they mean: ").then(CommandLine::of("policy show deal"));
        Some(next.then(", then ").then(set))
    }
}

/// Stages on record that the policy does not know: listed, not guessed.
fn unmapped(tx: &Tx<'_>, present: &Present) -> Result<Vec<String>> {
    let mut deals = tx.deals()?;
    deals.retain(|deal| deal.status(&present.policy).is_none());
    let stages = deals.into_iter().filter_map(|deal| deal.words.stage);
    let mut stages: Vec<String> = stages.collect();
    stages.sort();
    stages.dedup();
    Ok(stages)
}

impl Deals {
    /// The deal on record: the one of this CRM id; or else one without a CRM id that a row of these cells told of, or
    /// that has the same prospect, name and opening day: of several, the first that no other row of the file tells of.
    fn known(
        &self,
        context: &RowContext<'_>,
        incoming: &DealWords,
    ) -> Result<Option<store::DealRow>> {
        let tx = context.writing;
        if let Some(crm_id) = &incoming.crm_id
            && let Some(found) = tx.deal_by_crm_id(crm_id)?
        {
            return Ok(Some(found));
        }
        for id in tx.said_by(context.cells)? {
            let deal = tx.deal(id)?.filter(|deal| deal.words.crm_id.is_none());
            if let Some(deal) = deal.filter(|deal| !self.saved.contains_key(&deal.id)) {
                return Ok(Some(deal));
            }
        }
        for deal in tx.deals_like(incoming)? {
            let cells = tx.cells_of(deal.id)?;
            let is_of_other_row = cells.is_some_and(|cells| self.rows.contains(&cells));
            if !self.saved.contains_key(&deal.id) && !is_of_other_row {
                return Ok(Some(deal));
            }
        }
        Ok(None)
    }
}

/// What a row says. A prospect that it names by id alone is the account of that id.
fn words(tx: &Tx<'_>, row: &DealRow) -> Result<DealWords> {
    let account = match &row.account_crm_id {
        Some(id) if row.account.is_none() || row.account_domain.is_none() => {
            tx.account_by_crm_id(id)?
        }
        _ => None,
    };
    let account = account.map(|id| tx.account(id)).transpose()?.flatten();
    let (name, domain) = account.map_or((None, None), |account| (account.name, account.domain));
    Ok(DealWords {
        crm_id: row.crm_id.clone(),
        name: row.name.clone(),
        prospect: row.account.clone().or(name),
        prospect_domain: row.account_domain.clone().or(domain),
        amount: row.amount,
        stage: row.stage.clone(),
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        owner: row.owner.clone(),
        industry: row.industry.clone(),
    })
}

/// The words received, and for what the export does not show, those on record.
fn merged(incoming: DealWords, known: &DealWords) -> DealWords {
    let own = |incoming: Option<String>, known: &Option<String>| incoming.or_else(|| known.clone());
    DealWords {
        crm_id: own(incoming.crm_id, &known.crm_id),
        name: incoming.name,
        prospect: own(incoming.prospect, &known.prospect),
        prospect_domain: own(incoming.prospect_domain, &known.prospect_domain),
        amount: incoming.amount.or(known.amount),
        stage: own(incoming.stage, &known.stage),
        opened_on: incoming.opened_on.or(known.opened_on),
        closed_on: incoming.closed_on.or(known.closed_on),
        owner: own(incoming.owner, &known.owner),
        industry: own(incoming.industry, &known.industry),
    }
}
