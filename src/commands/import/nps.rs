//! `import nps`: survey answers. The same file again adds nothing; all files of one command are one transaction.

use crate::failure::{Failure, Result};
use crate::resolve::reading::ReadArgs;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

use super::rejects::Rejects;
use super::survey_rows::Rows;
use super::{Input, options, save_profile, setting};
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::intake::survey::{self, Record};
use crate::output::{self, Cell, Column, Sheet};
use crate::session::{Done, Session};
use crate::store::{Loading, Touched, Writing};

/// Arguments of `import nps`.
#[derive(Debug, Args)]
pub struct ImportNpsArgs {
    /// Exports to read; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// From this size on, every key is read beforehand instead of being looked up.
const LARGE: usize = 4 << 20;

/// What an import did.
#[derive(Debug, Default)]
pub(super) struct Counts {
    rows: u64,
    pub(super) new: u64,
    pub(super) changed: u64,
    pub(super) unchanged: u64,
    no_answer: u64,
    skipped: u64,
    people_new: u64,
    accounts_new: u64,
    candidates_new: u64,
    pub(super) do_not_contact: u64,
    /// Answers on record that came again with an address that is not.
    pub(super) readdressed: u64,
    sources: Vec<String>,
    notes: Vec<String>,
    drops: Vec<Drop>,
}

/// An advocate whose latest answer fell.
#[derive(Debug)]
struct Drop {
    email: String,
    from: u8,
    to: u8,
    open_taps: Vec<i64>,
}

impl Counts {
    fn readdressed(&self) -> Option<String> {
        let came = match self.readdressed {
            0 => return None,
            1 => "1 answer on record came again with an address that is not; it stays".to_owned(),
            n => format!("{n} answers on record came again with addresses that are not; they stay"),
        };
        Some(format!("{came} with whoever gave it before"))
    }
}

pub(super) fn run(args: &ImportNpsArgs, session: &mut Session<'_>) -> Result<Done> {
    let inputs = args
        .files
        .iter()
        .map(|path| Input::read(path))
        .collect::<Result<Vec<_>>>()?;
    let mut rejects = Rejects::open(&args.read, session, &args.files)?;
    let bar = progress(session.quiet);
    let large = inputs.iter().any(is_large);
    let loaded = session.load_or_rehearse(large, args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read, "import nps")?;
        let mut counts = Counts::default();
        for input in inputs {
            load(
                writing,
                present,
                input,
                &options,
                &mut rejects,
                &mut counts,
                &bar,
            )?;
        }
        rejects.finish(counts.rows)?;
        save_profile(writing, &args.read, &options)?;
        Ok((counts, present.today))
    });
    bar.finish_and_clear();
    let (counts, today) = loaded?;
    for note in counts.notes.iter().chain(&counts.readdressed()) {
        session.note(note.as_str())?;
    }
    rejects.tell_quietly(session)?;
    session.show(
        "import-nps/1",
        today,
        summary(&counts, &rejects, args.read.dry_run),
    )?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

fn is_large(input: &Input) -> bool {
    input.bytes.len() >= LARGE
}

fn progress(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows read, {per_sec}");
    let bar = ProgressBar::no_length();
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn load(
    writing: &Writing<'_>,
    present: &Present,
    input: Input,
    options: &crate::intake::Options,
    rejects: &mut Rejects,
    counts: &mut Counts,
    bar: &ProgressBar,
) -> Result<()> {
    let large = is_large(&input);
    let name = input.name;
    let opened = survey::open(input.bytes, options, &setting(present));
    let mut file = opened.map_err(|error| Failure::from(error).in_file(&name))?;
    let zone = present.policy.time_zone;
    let (source, header) = (file.source.clone(), file.header.clone());
    let mut loading = Loading::begin(writing, &source, zone, large)?;
    let read = file.read(loading.on_record(), |records| {
        let rows = Rows::of(writing, &source, present.now);
        records.for_each(|record| -> Result<()> {
            counts.rows += 1;
            if counts.rows.is_multiple_of(4096) {
                bar.set_position(counts.rows);
            }
            match record {
                Record::Answer(row) => rows.answer(&mut loading, row, counts),
                Record::Unchanged => {
                    counts.unchanged += 1;
                    Ok(())
                }
                Record::NoAnswer(row) => {
                    counts.no_answer += 1;
                    rows.silence(&mut loading, &row.respondent, row.do_not_contact, counts)
                }
                Record::Skipped {
                    respondent,
                    do_not_contact,
                    ..
                } => {
                    counts.skipped += 1;
                    rows.silence(&mut loading, respondent, *do_not_contact, counts)
                }
                Record::Rejected(row) => rejects.add(&name, &header, row),
            }
        })
    });
    read.map_err(|failure| failure.in_file(&name))?;
    counts
        .notes
        .extend(file.notes.iter().map(|note| format!("{name}: {note}")));
    if !counts.sources.contains(&source) {
        counts.sources.push(source.clone());
    }
    counts.people_new += loading.people_new();
    counts.accounts_new += loading.accounts_new();
    let touched = loading.finish()?;
    settle(writing, &touched, counts)
}

/// Finds the new candidates, and the advocates whose latest answer fell, with their open asks.
fn settle(writing: &Writing<'_>, touched: &[Touched], counts: &mut Counts) -> Result<()> {
    for one in touched {
        let Touched { before, after, .. } = one;
        if after.is_candidate() && !before.is_candidate() {
            counts.candidates_new += 1;
        }
        let (Some((from, _)), Some((to, _))) = (before.latest_score, after.latest_score) else {
            continue;
        };
        if after.stage.is_some_and(Stage::is_advocate) && to.group() < from.group() {
            let Some(person) = writing.person(one.person)? else {
                continue;
            };
            let open_taps = writing
                .open_taps_of(one.person)?
                .into_iter()
                .map(|id| id.0)
                .collect();
            counts.drops.push(Drop {
                email: person.email,
                from: from.get(),
                to: to.get(),
                open_taps,
            });
        }
    }
    Ok(())
}

fn summary(counts: &Counts, rejects: &Rejects, rehearsed: bool) -> output::Record {
    let mut drops = Sheet::new(vec![
        Column::left("email", "E-mail"),
        Column::right("from", "From"),
        Column::right("to", "To"),
        Column::left("open_taps", "Open asks"),
    ])
    .empty("");
    for drop in &counts.drops {
        drops.push(vec![
            drop.email.as_str().into(),
            drop.from.into(),
            drop.to.into(),
            Cell::Numbers(drop.open_taps.clone()),
        ]);
    }
    let number = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut record = output::Record::new()
        .with("source", "Source", counts.sources.join(", "))
        .with("rows", "Rows", number(counts.rows))
        .with("new", "  new", number(counts.new))
        .with("changed", "  changed", number(counts.changed))
        .with("unchanged", "  unchanged", number(counts.unchanged))
        .with("no_answer", "  no answer", number(counts.no_answer))
        .with("skipped", "  skipped", number(counts.skipped))
        .with("rejected", "  rejected", number(rejects.count))
        .with("people_new", "People new", number(counts.people_new))
        .with("accounts_new", "Accounts new", number(counts.accounts_new))
        .with(
            "candidates_new",
            "Candidates new",
            number(counts.candidates_new),
        );
    if counts.do_not_contact > 0 {
        record = record.with(
            "do_not_contact_new",
            "Do not contact",
            number(counts.do_not_contact),
        );
    }
    record = record
        .with("score_drops", "Advocates whose score fell", drops)
        .data("dry_run", rehearsed);
    if rejects.count > 0 {
        record = record.with("rejects", "", Cell::list(rejects.shown()));
    }
    match rehearsed {
        true => record.say("Dry run: nothing was changed."),
        false if counts.candidates_new > 0 => record.say("Next: advocate candidates"),
        false => record,
    }
}
