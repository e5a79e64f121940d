//! Text in columns, laid out for a width: whole words only, the widest columns narrowed first. The layout and the
//! measuring are comfy-table's; the choice of widths is ours, because comfy-table breaks words.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is a width for each column, and a line for the heading"
)]

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, LineStyle, Row, Table, TableStyle, Width,
};

use super::answer::Alignment;
use super::style::Paint;

/// Spaces between two columns.
const GAP: u16 = 2;
/// The line beneath the headings.
const LINE: char = '─';

/// Rows of one-line texts under optional headings.
pub(super) struct Grid {
    /// Empty, or one a column.
    pub(super) headings: Vec<String>,
    /// How each column behaves.
    pub(super) columns: Vec<Behaviour>,
    /// One text a column.
    pub(super) rows: Vec<Vec<String>>,
}

/// How a column behaves.
#[derive(Clone, Copy)]
pub(super) struct Behaviour {
    /// The side its texts lean to.
    pub(super) alignment: Alignment,
    /// Whether its texts may go on in a next line; headings always may.
    pub(super) breaks: bool,
}

impl Grid {
    /// The grid in lines of at most `width` columns, or more where the words are longer.
    pub(super) fn lines(self, width: usize, paint: Paint) -> Vec<String> {
        let mut table = self.table(|text, _| text.to_owned());
        let mut widths = table.column_max_content_widths();
        let gaps = usize::from(GAP) * widths.len().saturating_sub(1);
        let room = width.saturating_sub(gaps);
        if total(&widths) > room {
            let smallest = self.table(one_word_a_line).column_max_content_widths();
            narrow(&mut widths, &smallest, room);
        }
        arrange(&mut table, &widths, &self.columns);
        let lines = table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        if self.headings.is_empty() {
            lines
        } else {
            painted(lines, paint)
        }
    }

    fn table(&self, shape: impl Fn(&str, bool) -> String) -> Table {
        let mut table = Table::new();
        table.force_no_tty();
        let line = LineStyle::none().fill(LINE);
        table.load_style(TableStyle::new().header_separator(line));
        if !self.headings.is_empty() {
            let headings = self
                .headings
                .iter()
                .map(|text| Cell::new_owned(shape(text, true)));
            table.set_header(Row::from(headings.collect::<Vec<_>>()));
        }
        for row in &self.rows {
            let cells = row.iter().zip(&self.columns);
            let cells = cells.map(|(text, column)| Cell::new_owned(shape(text, column.breaks)));
            table.add_row(Row::from(cells.collect::<Vec<_>>()));
        }
        table
    }
}

/// `text` in lines of at most `width` columns, broken at spaces.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let column = Behaviour {
        alignment: Alignment::Left,
        breaks: true,
    };
    let rows = vec![vec![text.to_owned()]];
    Grid {
        headings: Vec::new(),
        columns: vec![column],
        rows,
    }
    .lines(width, Paint(false))
}

fn one_word_a_line(text: &str, breaks: bool) -> String {
    if breaks {
        text.replace(' ', "\n")
    } else {
        text.to_owned()
    }
}

fn total(widths: &[u16]) -> usize {
    widths.iter().copied().map(usize::from).sum()
}

/// Takes from the widest columns until all fit into `room` or nothing can be taken without breaking a word.
fn narrow(widths: &mut [u16], smallest: &[u16], room: usize) {
    let mut excess = total(widths).saturating_sub(room);
    while excess > 0 {
        let widest = (0..widths.len())
            .filter(|&column| widths[column] > smallest[column])
            .max_by_key(|&column| widths[column]);
        let Some(column) = widest else { return };
        widths[column] -= 1;
        excess -= 1;
    }
}

fn arrange(table: &mut Table, widths: &[u16], columns: &[Behaviour]) {
    let last = widths.len().saturating_sub(1);
    let settings = table.column_iter_mut().zip(widths).zip(columns);
    for (index, ((column, width), behaviour)) in settings.enumerate() {
        let gap = if index == last { 0 } else { GAP };
        column.set_padding((0, gap));
        let width = Width::Fixed(width.saturating_add(gap));
        column.set_constraint(ColumnConstraint::Absolute(width));
        column.set_cell_alignment(match behaviour.alignment {
            Alignment::Left => CellAlignment::Left,
            Alignment::Right => CellAlignment::Right,
        });
    }
}

/// The headings in bold and the line beneath them dim.
fn painted(mut lines: Vec<String>, paint: Paint) -> Vec<String> {
    if let Some(beneath) = lines.iter().position(|line| line.starts_with(LINE)) {
        for heading in &mut lines[..beneath] {
            *heading = paint.bold(heading);
        }
        lines[beneath] = paint.dim(&lines[beneath]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_columns_give_first() {
        let mut widths = [30, 10, 20];
        narrow(&mut widths, &[5, 10, 5], 40);
        assert_eq!(widths, [15, 10, 15]);
        narrow(&mut widths, &[5, 10, 12], 10);
        assert_eq!(widths, [5, 10, 12]);
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(
            wrap("a anastasia.long@example.com b", 5),
            ["a", "anastasia.long@example.com", "b"]
        );
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("日本語 日本語", 8), ["日本語", "日本語"]);
    }
}
