//! The pack for a review: everything that a deck needs, built once as a neutral value and written in every format.
//! The same data, period and day give the same bytes: nothing in here knows a clock.

mod anonymous;
mod contents;
mod folder;
mod html;
mod manifest;
mod section;
mod summary;
mod workbook;

use std::io;
use std::path::Path;

pub use anonymous::Roster;
pub use contents::{Advice, Pack};
pub use folder::FolderError;
pub use section::Section;

use manifest::{PackFile, manifest};

use super::answer::{Sheet, Value};
use super::png::Painter;
use super::{csv, svg};

impl Pack {
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
        let manifest = manifest(self, &files)?;
        files.push(manifest);
        Ok(files)
    }
}

fn in_csv(sheet: Sheet) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    csv::write(
        &Value::Sheet(sheet),
        csv::Separator::Comma,
        false,
        &mut bytes,
    )?;
    Ok(bytes)
}
