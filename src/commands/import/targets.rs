//! `policy targets import`: targets by industry and kind of ask from a spreadsheet.

use std::collections::HashMap;
use std::slice;

use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::policy::Policy;
use crate::domain::targets::{self, TargetOf};
use crate::failure::{Failure, Result};
use crate::intake::targets::{TargetRow, read};
use crate::intake::{IntakeError, Reading};
use crate::output::{CommandLine, Sentence};
use crate::resolve;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};

pub(crate) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let targets = List::of(Targets::default());
    frame::run(targets, slice::from_ref(&args.file), &args.read, session)
}

/// A file of targets.
#[derive(Debug, Default)]
struct Targets {
    /// The policy with the targets so far.
    policy: Option<Policy>,
    /// What the file said so far, with the lines.
    saved: HashMap<String, (u64, String)>,
}

impl ListImport for Targets {
    type Row = TargetRow;
    const COMMAND: &'static str = "policy targets import";
    const SCHEMA: &'static str = "policy-targets-import/1";

    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<TargetRow>, IntakeError> {
        read(bytes, look.options, |words| {
            let industry = resolve::industry(look.tx, &look.present.policy, words);
            industry
                .map(|industry| industry.name)
                .map_err(|failure| failure.in_one_line())
        })
    }

    fn save(&mut self, context: &RowContext<'_>, row: &TargetRow) -> Result<RowEffect> {
        let key = targets::key(&TargetOf::IndustryAsk(row.industry.clone(), row.ask));
        let (line, number) = (context.at.line, row.number.to_string());
        let (line, before) = self
            .saved
            .entry(key.clone())
            .or_insert((line, number.clone()));
        if *before != number {
            let what = format!("{} for {}", row.ask, row.industry);
            return Ok(context.contradicts(&what, *line, "keep one of the two"));
        }
        let policy = self
            .policy
            .get_or_insert_with(|| context.present.policy.clone());
        let old = policy.setting(&key);
        let new = policy.set(&key, &row.number.to_string());
        let new = new.map_err(Failure::usage)?;
        if old.as_ref() == Some(&new) {
            return Ok(RowEffect::Unchanged);
        }
        context.writing.put_setting(&key, &new)?;
        Ok(match old {
            None => RowEffect::New,
            Some(_) => RowEffect::Changed,
        })
    }

    fn next(&self) -> Option<Sentence> {
        let report = CommandLine::of("report coverage");
        Some(Sentence::from("How far they are met: ").then(report))
    }
}
