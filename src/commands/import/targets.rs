//! `policy targets import`: targets by industry and kind of ask from a spreadsheet.

use super::rejects::Rejects;
use super::{Input, options, save_profile};
use crate::domain::present::Present;
use crate::domain::targets;
use crate::failure::{Failure, Result};
use crate::intake::targets::{TargetRow, read};
use crate::output::{Cell, Record};
use crate::resolve;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{Tx, Writing};

/// What an import did.
#[derive(Debug, Default)]
struct Counts {
    rows: usize,
    new: usize,
    changed: usize,
    unchanged: usize,
}

pub(crate) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let input = Input::read(&args.file)?;
    let mut rejects = Rejects::open(&args.read, session, std::slice::from_ref(&args.file))?;
    let (counts, today) = session.write_or_rehearse(args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read, "policy targets import")?;
        let file = read(input.bytes, &options, |words| {
            industry(writing, present, words)
        })?;
        for rejected in file.rejected() {
            rejects.add(&input.name, &file.header, rejected)?;
        }
        let rows: Vec<TargetRow> = file.accepted().cloned().collect();
        let mut counts = save(writing, present, &rows)?;
        counts.rows = file.rows.len();
        rejects.finish(counts.rows as u64)?;
        save_profile(writing, &args.read, &options)?;
        Ok((counts, present.today))
    })?;
    rejects.tell_quietly(session)?;
    let mut record = Record::new()
        .with("rows", "Rows", counts.rows)
        .with("new", "  new", counts.new)
        .with("changed", "  changed", counts.changed)
        .with("unchanged", "  unchanged", counts.unchanged)
        .with("rejected", "  rejected", rejects.count as usize)
        .data("dry_run", args.read.dry_run);
    if rejects.count > 0 {
        record = record.with("rejects", "", Cell::list(rejects.shown()));
    }
    record = match args.read.dry_run {
        true => record.say("Dry run: nothing was changed."),
        false => record.say("How far they are met: advocate report coverage"),
    };
    session.show("policy-targets-import/1", today, record)?;
    Ok(match rejects.count {
        0 => Done::Fully,
        _ => Done::WithRejects,
    })
}

/// The industry's one name, or why there is none.
fn industry(tx: &Tx<'_>, present: &Present, words: &str) -> Result<String, String> {
    match resolve::industry(tx, &present.policy, words) {
        Ok(industry) => Ok(industry.name),
        Err(failure) => Err(failure.in_one_line()),
    }
}

fn save(writing: &Writing<'_>, present: &Present, rows: &[TargetRow]) -> Result<Counts> {
    let mut policy = present.policy.clone();
    let mut counts = Counts::default();
    for row in rows {
        let key = targets::key(&row.industry, row.ask);
        let old = policy.setting(&key);
        let new = policy
            .set(&key, &row.number.to_string())
            .map_err(Failure::usage)?;
        *match &old {
            None => &mut counts.new,
            Some(old) if *old == new => &mut counts.unchanged,
            Some(_) => &mut counts.changed,
        } += 1;
        if old.as_ref() != Some(&new) {
            writing.put_setting(&key, &new)?;
        }
    }
    Ok(counts)
}
