//! Lines above the header, such as the title of a sheet or a report (`docs/import.md`, reports).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are line ends of the same text"
)]

use csv::StringRecord;

use super::Table;

/// How far down a header is looked for.
const MOST_TITLES: usize = 20;

impl Table {
    /// Passes the lines that stand above the header, such as the title of a sheet or a report.
    pub(super) fn pass_titles(&mut self) {
        let mut reader = self.reader(self.start);
        let mut titles: Option<usize> = None;
        let mut record = StringRecord::new();
        for _ in 0..MOST_TITLES {
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                return;
            }
            let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
            let most = titles.unwrap_or(0);
            if titles.is_some() && filled >= 2 && filled >= 2 * most && are_names(&record) {
                let begin = record
                    .position()
                    .map_or(0, |position| position.byte() as usize);
                let begin = self.start + begin.min(self.text.len() - self.start);
                let rest = self.text[begin..].trim_start_matches(['\r', '\n']);
                self.start = self.text.len() - rest.len();
                let line = 1 + self.text[..self.start].matches('\n').count();
                self.notes.push(format!(
                    "the header is taken from line {line}, below a title; --skip-lines says where it stands"
                ));
                return;
            }
            if filled > 2 {
                return;
            }
            titles = Some(most.max(filled));
        }
    }
}

/// Whether the filled cells of a row may be the names of columns: words, each of them once, no dates or addresses.
fn are_names(record: &StringRecord) -> bool {
    let filled: Vec<&str> = record
        .iter()
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let is_name = |cell: &&str| {
        cell.chars().any(char::is_alphabetic)
            && !cell.contains('@')
            && !cell.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_once = |cell: &&str| filled.iter().filter(|other| *other == cell).count() == 1;
    filled.iter().all(is_name) && filled.iter().all(is_once)
}
