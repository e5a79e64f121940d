//! The pack for a review: everything that a deck needs, built once as a neutral value and written in every format.
//! The same data, period and day give the same bytes: nothing in here knows a clock.

mod anonymous;
mod folder;
mod html;
mod section;
mod summary;
mod workbook;

use std::io;
use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;

pub use anonymous::Roster;
pub use folder::FolderError;
pub use section::Section;

use super::answer::{Cell, Sheet, Value};
use super::document::{Compared, Heading};
use super::png::Painter;
use super::{CommandLine, Invocation, csv, json as json_format, svg};
use crate::domain::decisions::Case;

/// The schema of the manifest, by which a folder is known as a pack of ours.
const SCHEMA: &str = "qbr-pack/1";
/// The file that lists all others.
const MANIFEST: &str = "manifest.json";

/// A review's figures, pictures and advice, before any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// The day for which it holds.
    pub as_of: NaiveDate,
    /// What it is about.
    pub heading: Heading,
    /// The figures that lead, one a line.
    pub headlines: Vec<Compared>,
    /// What needs a decision, most urgent first.
    pub decisions: Vec<Advice>,
    /// The reports.
    pub sections: Vec<Section>,
    /// Whether it names nobody.
    pub anonymous: bool,
}

/// What needs a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is wrong, in a sentence.
    pub title: String,
    /// The figures that show it.
    pub evidence: Vec<String>,
    /// Whom it concerns.
    pub people: Vec<Case>,
    /// What to type to begin with it.
    pub next: Option<CommandLine>,
}

impl Advice {
    /// Advice about nobody in particular.
    pub fn new(title: impl Into<String>, evidence: Vec<String>, next: CommandLine) -> Self {
        Self {
            title: title.into(),
            evidence,
            people: Vec::new(),
            next: Some(next),
        }
    }

    /// What shows it, and whom it concerns, a line each.
    fn facts(&self) -> impl Iterator<Item = String> {
        let people = self.people.iter();
        let people = people.map(|case| format!("{}: {}", case.who, case.what));
        self.evidence.iter().cloned().chain(people)
    }
}

/// A file of the pack.
pub(super) struct PackFile {
    /// Its path in the folder, with `/`.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

impl Pack {
    /// The same pack, with the database in the commands that it prints.
    #[must_use]
    pub fn called_by(mut self, invocation: &Invocation) -> Self {
        for advice in &mut self.decisions {
            advice.next = advice.next.take().map(|next| invocation.command(next));
        }
        for section in &mut self.sections {
            for note in &mut section.notes {
                *note = invocation.sentence(std::mem::take(note));
            }
            for table in section.tables.iter_mut().chain(&mut section.facts) {
                invocation.sheet(&mut table.sheet);
            }
        }
        self
    }

    /// Writes the pack into `folder`, in the place of an older one, which stays whole if anything fails. Files in it
    /// that are not of a pack are kept. Returns the names of the files.
    ///
    /// # Errors
    /// [`FolderError`]: the folder holds something else, or cannot be written.
    pub fn write(&self, folder: &Path) -> Result<Vec<String>, FolderError> {
        folder::check(folder)?;
        let files = self.files()?;
        folder::replace(folder, &files)?;
        Ok(files.into_iter().map(|file| file.name).collect())
    }

    /// All files, the manifest last.
    fn files(&self) -> io::Result<Vec<PackFile>> {
        let mut files = Vec::new();
        let mut add = |name: String, bytes: Vec<u8>| files.push(PackFile { name, bytes });
        add("headlines.csv".into(), in_csv(self.headline_sheet())?);
        for section in &self.sections {
            for (name, sheet) in section.sheets() {
                add(format!("{name}.csv"), in_csv(sheet.clone())?);
            }
        }
        let painter = Painter::new();
        for chart in self.sections.iter().flat_map(|section| &section.charts) {
            let picture = svg::draw(chart, svg::Place::Slide);
            add(format!("charts/{}.png", chart.key), painter.png(&picture)?);
            add(format!("charts/{}.svg", chart.key), picture.into_bytes());
        }
        add("qbr.xlsx".into(), workbook::write(self)?);
        add("qbr.html".into(), html::page(self).into_bytes());
        let mut names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        names.sort_unstable();
        let summary = summary::write(self, &names).into_bytes();
        files.push(PackFile {
            name: "summary.md".into(),
            bytes: summary,
        });
        files.sort_by(|one, next| one.name.cmp(&next.name));
        let manifest = self.manifest(&files)?;
        files.push(manifest);
        Ok(files)
    }

    fn manifest(&self, files: &[PackFile]) -> io::Result<PackFile> {
        let list: Vec<_> = files
            .iter()
            .map(|file| json!({ "name": file.name, "bytes": file.bytes.len() }))
            .collect();
        let (period, beside) = self.heading.names();
        let whole = json!({
            "schema": SCHEMA,
            "as_of": self.as_of.to_string(),
            "period": period,
            "beside": beside,
            "anonymous": self.anonymous,
            "files": list,
        });
        let text = serde_json::to_string_pretty(&whole)?;
        Ok(PackFile {
            name: MANIFEST.into(),
            bytes: format!("{}\n", json_format::escaped(&text)).into_bytes(),
        })
    }

    /// What it is, such as `Customer advocacy, 2026-Q4`.
    fn title(&self) -> String {
        format!("Customer advocacy, {}", self.heading.period.name())
    }

    /// The sentence beneath the title.
    fn subtitle(&self) -> String {
        let (period, beside) = self.heading.names();
        let running = match self.heading.running {
            true => ", which is still running",
            false => "",
        };
        format!("{period}{running}, beside {beside}. As of {}.", self.as_of)
    }

    /// The figures that lead, as a table.
    fn headline_sheet(&self) -> Sheet {
        Compared::table(&self.headlines, &self.heading)
            .left("trend", "Trend", |one| Cell::Trend(one.trend.clone()))
            .left("mark", "Mark", |one| one.figure.mark.as_ref())
            .empty("There are no figures yet.")
    }
}

fn in_csv(sheet: Sheet) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    csv::write(&Value::Sheet(sheet), false, &mut bytes)?;
    Ok(bytes)
}
