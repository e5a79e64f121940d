//! The pack for a review: everything that a deck needs, built once as a neutral value and written in every format.
//! The same data, period and day give the same bytes: nothing in here knows a clock.

mod anonymous;
mod contents;
mod folder;
mod html;
mod html_table;
mod manifest;
mod section;
mod slides;
mod summary;
mod workbook;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

pub use anonymous::Roster;
pub use contents::{Advice, Pack, Testimonial};
pub use folder::FolderError;
pub use section::Section;

use manifest::{PackFile, manifest};

use super::answer::{Sheet, Value};
use super::png::Painter;
use super::{csv, svg};

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The names of the files.
    pub files: Vec<String>,
    /// Letters that no font of this machine has, so that the pictures in pixels show a question mark for each.
    pub not_drawn: BTreeSet<char>,
}

impl Pack {
    /// Writes the pack into `folder`, in the place of an older one, which stays whole if anything fails. Files in it
    /// that are not of a pack are kept.
    ///
    /// # Errors
    /// [`FolderError`]: the folder holds something else, or cannot be written.
    pub fn write(&self, folder: &Path) -> Result<Written, FolderError> {
        folder::check(folder)?;
        let (files, not_drawn) = self.files()?;
        folder::replace(folder, &files)?;
        Ok(Written {
            files: files.into_iter().map(|file| file.name).collect(),
            not_drawn,
        })
    }

    /// All files, the manifest last, and the letters that no picture in pixels shows.
    fn files(&self) -> io::Result<(Vec<PackFile>, BTreeSet<char>)> {
        let mut files = Vec::new();
        let mut add = |name: String, bytes: Vec<u8>| files.push(PackFile { name, bytes });
        add("headlines.csv".into(), in_csv(self.headline_sheet())?);
        add("headlines-slides.csv".into(), in_csv(slides::sheet(self))?);
        for section in &self.sections {
            for (name, sheet) in section.sheets() {
                add(format!("{name}.csv"), in_csv(sheet.clone())?);
            }
        }
        let charts = || self.sections.iter().flat_map(|section| &section.charts);
        let pictures: Vec<String> = charts()
            .map(|chart| svg::draw(chart, svg::Place::Slide))
            .collect();
        let painter = Painter::of(pictures.iter().map(String::as_str));
        for (chart, picture) in charts().zip(pictures) {
            add(format!("charts/{}.png", chart.key), painter.png(&picture)?);
            add(format!("charts/{}.svg", chart.key), picture.into_bytes());
        }
        add("qbr.xlsx".into(), workbook::write(self)?);
        add("qbr.html".into(), html::page(self).into_bytes());
        let summary = summary::write(self).into_bytes();
        files.push(PackFile {
            name: "summary.md".into(),
            bytes: summary,
        });
        files.sort_by(|one, next| one.name.cmp(&next.name));
        let manifest = manifest(self, &files)?;
        files.push(manifest);
        Ok((files, painter.lacking))
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
