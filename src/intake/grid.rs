//! Rows of a file that is not text with separators, such as a workbook: written as such text, so that one reader reads
//! everything, beside the places where the rows stand in their file.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place was just found in the same list"
)]

use super::totals::is_total;

/// How far down a header is looked for.
const MOST_ABOVE: usize = 20;

/// Rows with the line, or the row of a sheet, on which each begins.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<(u64, Vec<String>)>,
}

/// The rows as text with commas between the cells.
#[derive(Debug)]
pub(super) struct GridText {
    pub(super) text: String,
    /// For each line of the text, from 1, the place in the file.
    pub(super) lines: Vec<u64>,
}

impl Grid {
    /// Adds a row. Where lines before it were passed over, there is an empty row.
    pub(super) fn add(&mut self, line: u64, cells: Vec<String>) {
        let last = self.rows.last().map_or(0, |(last, _)| *last);
        if line > last + 1 && last > 0 {
            self.rows.push((last + 1, Vec::new()));
        }
        self.rows.push((line, cells));
    }

    /// The first row that names columns, as it seems: the one with the most filled cells of the first rows.
    pub(super) fn header(&self) -> &[String] {
        let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let first = self
            .rows
            .iter()
            .take(MOST_ABOVE)
            .map(|(_, cells)| cells.as_slice());
        let most = first.clone().map(filled).max().unwrap_or(0);
        first
            .clone()
            .find(|cells| filled(cells) * 2 >= most.max(1))
            .unwrap_or(&[])
    }

    /// A report that is grouped shows what a group has in common in its first row only. An arrow marks such columns.
    pub(super) fn fill_groups(&mut self) {
        let mut first = self.rows.iter().take(MOST_ABOVE);
        let header = first.position(|(_, cells)| !Self::grouped(cells).is_empty());
        if let Some(header) = header {
            let columns = Self::grouped(&self.rows[header].1);
            self.fill_down(header, &columns);
        }
    }

    /// The columns whose header says that the report is grouped by them.
    pub(super) fn grouped(header: &[String]) -> Vec<usize> {
        let columns = header.iter().enumerate();
        let grouped = columns.filter(|(_, name)| name.contains(['↑', '↓']));
        grouped.map(|(column, _)| column).collect()
    }

    /// Fills the empty cells of these columns, the outermost group first, with what stands above them.
    pub(super) fn fill_down(&mut self, header: usize, grouped: &[usize]) {
        let mut last = vec![String::new(); grouped.len()];
        for (_, cells) in &mut self.rows[header + 1..] {
            let is_blank = cells.iter().all(|cell| cell.trim().is_empty());
            if is_blank || is_total(cells.iter().map(String::as_str)) {
                continue;
            }
            let mut changed = false;
            for (column, last) in grouped.iter().zip(&mut last) {
                match cells.get_mut(*column) {
                    Some(cell) if cell.trim().is_empty() && !changed => cell.clone_from(last),
                    Some(cell) => {
                        // What an outer group has in common ends where the group does.
                        changed |= cell != last;
                        last.clone_from(cell);
                    }
                    None => {}
                }
            }
        }
    }

    /// The rows as text.
    pub(super) fn into_text(self) -> GridText {
        let mut text = String::new();
        let mut lines = Vec::new();
        for (line, cells) in self.rows {
            let begin = text.len();
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_cell(&mut text, cell);
            }
            text.push('\n');
            let taken = text[begin..].bytes().filter(|byte| *byte == b'\n').count();
            lines.extend(std::iter::repeat_n(line, taken));
        }
        GridText { text, lines }
    }
}

fn write_cell(text: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}
