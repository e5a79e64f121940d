//! `import nps`: survey answers. The same file again adds nothing; all files of one command are one transaction.

use std::path::PathBuf;

use clap::Args;

use super::frame;
use super::input::Input;
use super::kind::{Import, Load, Look, forgotten, repaired};
use super::rejects::Rejects;
use super::survey_rows::{SurveyCounts, SurveyRows};
use super::understanding::Understanding;
use crate::domain::responses::OnRecord;
use crate::domain::scale::Scale;
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::intake::{IntakeError, Options, survey};
use crate::output::{Cell, CommandLine, Record, Sentence, Table};
use crate::resolve::arguments::word;
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session};
use crate::store::{Loading, Touched, Tx};

/// Arguments of `import nps`.
#[derive(Debug, Args)]
pub struct ImportNpsArgs {
    /// Exports to read; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The scale of the answers: 0-10, or 1-5 or 1-7, whose answers are skipped [default: 0-10, unless they look otherwise]
    #[arg(value_parser = word::<Scale>(), hide_possible_values = true, long, value_name = "SCALE")]
    pub scale: Option<Scale>,
    /// How to read them.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// From this size on, every key is read beforehand instead of being looked up.
const LARGE: usize = 4 << 20;

/// Rows between two steps of the progress.
const STEP: u64 = 4096;

/// Files of survey answers.
struct Surveys {
    counts: SurveyCounts,
    people_new: u64,
    accounts_new: u64,
    candidates_new: u64,
    sources: Vec<String>,
    notes: Vec<String>,
    drops: Vec<ScoreDrop>,
    /// The scale of the answers, where the user says which.
    scale: Option<Scale>,
}

/// An advocate whose latest answer fell.
#[derive(Debug)]
struct ScoreDrop {
    email: String,
    from: u8,
    to: u8,
    open_taps: Vec<i64>,
}

pub(super) fn run(args: &ImportNpsArgs, session: &mut Session<'_>) -> Result<Done> {
    let surveys = Surveys {
        counts: SurveyCounts::default(),
        people_new: 0,
        accounts_new: 0,
        candidates_new: 0,
        sources: Vec::new(),
        notes: Vec::new(),
        drops: Vec::new(),
        scale: args.scale,
    };
    frame::run(surveys, &args.files, &args.read, session)
}

fn is_large(input: &Input) -> bool {
    input.bytes.len() >= LARGE
}

impl Import for Surveys {
    const COMMAND: &'static str = "import nps";
    const SCHEMA: &'static str = "import-nps/1";

    fn is_large(&self, inputs: &[Input]) -> bool {
        inputs.iter().any(is_large)
    }

    fn add_options(&self, options: &mut Options) {
        options.scale = self.scale.or(options.scale);
    }

    fn look_at(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<(), IntakeError> {
        let mut file = survey::open(bytes, look.options, &look.setting())?;
        file.read(OnRecord::default(), |records| records.for_each(|_| Ok(())))
    }

    fn source(&self) -> Option<&str> {
        self.sources.first().map(String::as_str)
    }

    fn load(&mut self, load: &Load<'_>, input: Input, rejects: &mut Rejects) -> Result<()> {
        let name = input.name.clone();
        let loaded = self.load_file(load, input, rejects);
        loaded.map_err(|failure| failure.in_file(&name))
    }

    fn understanding(&self) -> &Understanding {
        &self.counts.understanding
    }

    fn rows(&self) -> u64 {
        self.counts.rows
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        let came = match self.counts.readdressed {
            0 => None,
            1 => Some(
                "1 answer on record came again with an address that is not; it stays".to_owned(),
            ),
            n => Some(format!(
                "{n} answers on record came again with addresses that are not; they stay"
            )),
        };
        notes.extend(came.map(|came| format!("{came} with whoever gave it before")));
        notes.extend(self.counts.shared.note());
        notes
    }

    fn figures(&self, rejected: u64) -> Record {
        let counts = &self.counts;
        let drops = Table::of(&self.drops)
            .left("email", "E-mail", |drop| &drop.email)
            .right("from", "From", |drop| drop.from)
            .right("to", "To", |drop| drop.to)
            .left("open_taps", "Open asks", |drop| {
                Cell::Numbers(drop.open_taps.clone())
            })
            .empty("");
        let record = Record::new()
            .with("source", "Source", self.sources.join(", "))
            .with("rows", "Rows", counts.rows)
            .with("new", "  new", counts.new)
            .with("changed", "  changed", counts.changed)
            .entry(repaired(counts.repaired))
            .with("unchanged", "  unchanged", counts.unchanged)
            .with("no_answer", "  no answer", counts.no_answer)
            .with("skipped", "  skipped", counts.skipped)
            .entry(forgotten(counts.forgotten))
            .with("rejected", "  rejected", rejected)
            .with("people_new", "People new", self.people_new)
            .with("accounts_new", "Accounts new", self.accounts_new)
            .with("candidates_new", "Candidates new", self.candidates_new);
        let record = match counts.do_not_contact {
            0 => record,
            silent => record.with("do_not_contact_new", "Do not contact", silent),
        };
        record.with("score_drops", "Advocates whose score fell", drops)
    }

    fn next(&self) -> Option<Sentence> {
        let next = || Sentence::from("Next: ").then(CommandLine::of("candidates"));
        (self.candidates_new > 0).then(next)
    }
}

impl Surveys {
    fn load_file(&mut self, load: &Load<'_>, input: Input, rejects: &mut Rejects) -> Result<()> {
        let (writing, present) = (load.writing, load.present);
        let (large, name) = (is_large(&input), input.name);
        let mut file = survey::open(input.bytes, load.options, &load.look().setting())?;
        let (source, header) = (file.source.clone(), file.header.clone());
        let id_header = file.id_header.clone();
        let rules = present.policy.moments();
        let mut loading = Loading::begin(writing, &source, rules, large)?;
        let on_record = loading.on_record();
        let mut rows = SurveyRows {
            writing,
            loading: &mut loading,
            counts: &mut self.counts,
            forgotten: writing.not_to_be_brought_back()?,
            source: &source,
            id_header: id_header.as_deref(),
            at: present.now,
        };
        file.read(on_record, |records| {
            records.for_each(|record| -> Result<()> {
                if let Some(rejected) = rows.save(record)? {
                    rejects.add(&name, &header, &rejected)?;
                }
                let so_far = rows.counts.rows;
                if so_far.is_multiple_of(STEP) {
                    load.progress.rows_read(so_far);
                }
                Ok(())
            })
        })?;
        let understood = file.understood();
        self.counts.understanding.add_file(&name, understood);
        let notes = file.notes.iter().map(|note| format!("{name}: {note}"));
        self.notes.extend(notes);
        if !self.sources.contains(&source) {
            self.sources.push(source.clone());
        }
        self.people_new += loading.people_new();
        self.accounts_new += loading.accounts_new();
        self.look_at(writing, &loading.finish()?)
    }

    /// Finds the new candidates, and the advocates whose latest answer fell, with their open asks.
    fn look_at(&mut self, tx: &Tx<'_>, touched: &[Touched]) -> Result<()> {
        for one in touched {
            let Touched { before, after, .. } = one;
            if after.is_candidate() && !before.is_candidate() {
                self.candidates_new += 1;
            }
            let (Some((from, _)), Some((to, _))) = (before.latest_score, after.latest_score) else {
                continue;
            };
            let is_advocate = after.stage.is_some_and(Stage::is_advocate);
            if !is_advocate || to.group() >= from.group() {
                continue;
            }
            if let Some(person) = tx.person(one.person)? {
                let open_taps = tx.open_taps_of(one.person)?;
                self.drops.push(ScoreDrop {
                    email: person.email,
                    from: from.get(),
                    to: to.get(),
                    open_taps: open_taps.into_iter().map(|id| id.0).collect(),
                });
            }
        }
        Ok(())
    }
}
