//! Texts in columns, laid out for a width. The lines are comfy-table's, the choice of widths is `layout`'s; here columns are
//! left out, and what is no column gets lines of its own: titles, and commands.
#![allow(
    clippy::indexing_slicing,
    reason = "there is one text and one width for each column"
)]

use std::borrow::Cow;

use comfy_table::{Cell, CellAlignment, Color, ColumnConstraint, Row, Table, TableStyle, Width};

use super::answer::{Alignment, Flow, Tone};
use super::grid_rows::{Line, Rows};
use super::layout::{FLOORS, Importance, Layout, Need, layout};
use super::measure::{cut, longest_word, measured, width_of};
use super::prose::{INDENT, wrap};
use super::style::Paint;

/// Spaces between two columns.
const GAP: usize = 2;
/// The line beneath the headings.
const LINE: &str = "─";
/// So many rows are laid out in cells at once: the widths are known, and a long list is not to be held in cells as a whole.
const AT_ONCE: usize = 256;

/// Rows of one-line texts under optional headings.
pub(super) struct Grid<R> {
    /// Empty, or one a column.
    pub(super) headings: Vec<String>,
    /// How each column behaves.
    pub(super) columns: Vec<Behaviour>,
    /// The rows.
    pub(super) rows: R,
}

/// The lines above a row, of what stands there.
fn above(title: Option<&str>, is_first: bool, paint: Paint) -> Vec<String> {
    let Some(title) = title else {
        return Vec::new();
    };
    let apart = (!is_first).then(String::new).into_iter();
    let title = (!title.is_empty()).then(|| paint.bold(title));
    apart.chain(title).collect()
}

/// Commands, each on a line of its own.
fn below(commands: &[String], paint: Paint) -> impl Iterator<Item = String> {
    let commands = commands.iter();
    commands.map(move |one| format!("{:INDENT$}{}", "", paint.dim(one)))
}

/// How a column behaves.
#[derive(Clone, Copy)]
pub(super) struct Behaviour {
    /// The side its texts lean to.
    pub(super) alignment: Alignment,
    /// What becomes of a text that is wider than the column; headings always go on in a next line.
    pub(super) flow: Flow,
    /// How much it is missed.
    pub(super) importance: Importance,
}

/// A grid in lines.
pub(super) struct Laid {
    /// The lines, without spaces at their ends.
    pub(super) lines: Vec<String>,
    /// The headings of the columns for which there was no room.
    pub(super) left_out: Vec<String>,
}

impl<R: Rows> Grid<R> {
    /// The grid in lines of at most `width` columns; only commands are longer.
    pub(super) fn lay(self, width: usize, paint: Paint) -> Laid {
        let needs = self.needs();
        let widths = match layout(&needs, GAP, width) {
            Layout::Columns(widths) => widths,
            Layout::Stacked => {
                return Laid {
                    lines: self.stacked(width, paint),
                    left_out: Vec::new(),
                };
            }
        };
        let missed = |column: &usize| {
            widths[*column].is_none() && needs[*column].importance > Importance::Empty
        };
        let left_out: Vec<usize> = (0..widths.len()).filter(missed).collect();
        let left_out = left_out
            .into_iter()
            .filter_map(|column| self.headings.get(column).cloned())
            .collect();
        let kept = widths.into_iter().enumerate();
        let kept: Vec<(usize, usize)> = kept
            .filter_map(|(column, width)| Some((column, width?)))
            .collect();
        Laid {
            lines: self.in_columns(&kept, paint),
            left_out,
        }
    }

    fn needs(&self) -> Vec<Need> {
        let need = |(index, column): (usize, &Behaviour)| {
            let mut need = Need {
                importance: column.importance,
                natural: 0,
                floors: [0; FLOORS],
            };
            for row in 0..self.rows.count() {
                need.grow(measured(&self.rows.text(row, index), column.flow));
            }
            if need.natural == 0 && column.importance < Importance::Always {
                need.importance = Importance::Empty;
            }
            if let Some(heading) = self.headings.get(index) {
                let (natural, word) = (width_of(heading), longest_word(heading));
                need.grow((natural, [word; FLOORS]));
            }
            need
        };
        self.columns.iter().enumerate().map(need).collect()
    }

    /// The lines of the columns that are kept, each with its width.
    fn in_columns(&self, kept: &[(usize, usize)], paint: Paint) -> Vec<String> {
        let mut lines = Vec::with_capacity(self.rows.count());
        if !self.headings.is_empty() {
            let headings = kept.iter().map(|(column, _)| &self.headings[*column]);
            let row = Row::from(headings.map(Cell::new).collect::<Vec<_>>());
            let headings = self.lines_of(vec![row], kept, Paint(false));
            lines.extend(headings.iter().map(|line| paint.bold(line)));
            let widths = kept.iter().map(|(_, width)| width);
            let beneath = widths.sum::<usize>() + GAP * (kept.len().saturating_sub(1));
            lines.push(paint.dim(&LINE.repeat(beneath)));
        }
        // Rows with colours, or with texts that go on in a next line, are laid together.
        let mut waiting: Vec<Row> = Vec::new();
        for row in 0..self.rows.count() {
            let (title, commands) = (self.rows.above(row), self.rows.commands(row));
            let texts: Vec<Cow<'_, str>> = kept
                .iter()
                .map(|(column, width)| self.text(row, *column, *width))
                .collect();
            let plain = match self.is_colored(row, &texts, kept, paint) {
                true => None,
                false => self.on_one_line(&texts, kept),
            };
            if title.is_some() || plain.is_some() || waiting.len() == AT_ONCE {
                lines.extend(self.lines_of(std::mem::take(&mut waiting), kept, paint));
            }
            lines.extend(above(title, row == 0, paint));
            match plain {
                Some(line) => lines.push(line),
                None => waiting.push(self.cells(row, &texts, kept, paint)),
            }
            if !commands.is_empty() {
                lines.extend(self.lines_of(std::mem::take(&mut waiting), kept, paint));
                lines.extend(below(&commands, paint));
            }
        }
        lines.extend(self.lines_of(waiting, kept, paint));
        lines
    }

    /// A text as it stands in its column.
    fn text(&self, row: usize, column: usize, width: usize) -> Cow<'_, str> {
        let text = self.rows.text(row, column);
        match self.columns[column].flow {
            Flow::IsCut if width_of(&text) > width => Cow::Owned(cut(&text, width).into_owned()),
            _ => text,
        }
    }

    fn is_colored(
        &self,
        row: usize,
        texts: &[Cow<'_, str>],
        kept: &[(usize, usize)],
        paint: Paint,
    ) -> bool {
        let mut cells = kept.iter().zip(texts);
        paint.0
            && cells.any(|((column, _), text)| {
                !text.is_empty() && color(self.rows.tone(row, *column)).is_some()
            })
    }

    /// The row, where each text has room on one line: most rows of a long list, so this does without cells.
    fn on_one_line(&self, texts: &[Cow<'_, str>], kept: &[(usize, usize)]) -> Option<String> {
        let mut line = String::with_capacity(kept.iter().map(|(_, width)| width + GAP).sum());
        let last = kept.len().saturating_sub(1);
        for (place, (text, (column, width))) in texts.iter().zip(kept).enumerate() {
            let room = width.checked_sub(width_of(text))?;
            if text.contains('\n') {
                return None;
            }
            let (before, after) = match self.columns[*column].alignment {
                Alignment::Left => (0, room),
                Alignment::Right => (room, 0),
            };
            let gap = if place == last { 0 } else { GAP };
            line.extend(std::iter::repeat_n(' ', before));
            line.push_str(text);
            line.extend(std::iter::repeat_n(' ', after + gap));
        }
        Some(ended(&line))
    }

    fn cells(
        &self,
        row: usize,
        texts: &[Cow<'_, str>],
        kept: &[(usize, usize)],
        paint: Paint,
    ) -> Row {
        let cell = |((column, _), text): (&(usize, usize), &Cow<'_, str>)| {
            let has_color = paint.0 && !text.is_empty();
            let cell = Cell::new(text);
            match color(self.rows.tone(row, *column)).filter(|_| has_color) {
                Some(color) => cell.fg(color),
                None => cell,
            }
        };
        Row::from(kept.iter().zip(texts).map(cell).collect::<Vec<_>>())
    }

    /// The lines of rows that stand together.
    fn lines_of(&self, rows: Vec<Row>, kept: &[(usize, usize)], paint: Paint) -> Vec<String> {
        if rows.is_empty() {
            return Vec::new();
        }
        let mut table = Table::new();
        table.force_no_tty();
        if paint.0 {
            table.enforce_styling();
        }
        table.load_style(TableStyle::new());
        table.add_rows(rows);
        self.arrange(&mut table, kept);
        table.lines().map(|line| ended(&line)).collect()
    }

    fn arrange(&self, table: &mut Table, kept: &[(usize, usize)]) {
        let last = kept.len().saturating_sub(1);
        for (index, (column, (place, width))) in table.column_iter_mut().zip(kept).enumerate() {
            let gap = if index == last { 0 } else { GAP };
            let columns = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
            column.set_padding((0, columns(gap)));
            let width = Width::Fixed(columns(width + gap));
            column.set_constraint(ColumnConstraint::Absolute(width));
            column.set_cell_alignment(match self.columns[*place].alignment {
                Alignment::Left => CellAlignment::Left,
                Alignment::Right => CellAlignment::Right,
            });
        }
    }

    /// Each row as a record: a heading and a text a line, or the text beneath where even two columns are too many.
    fn stacked(&self, width: usize, paint: Paint) -> Vec<String> {
        let texts = |row: usize| {
            let columns = 0..self.columns.len();
            columns.map(move |column| self.rows.text(row, column).into_owned())
        };
        if self.headings.is_empty() {
            let lines = (0..self.rows.count()).flat_map(|row| {
                let mut lines = above(self.rows.above(row), row == 0, paint);
                lines.extend(beneath(texts(row), width));
                lines.extend(below(&self.rows.commands(row), paint));
                lines
            });
            return lines.collect();
        }
        let column = |flow| Behaviour {
            alignment: Alignment::Left,
            flow,
            importance: Importance::Always,
        };
        let mut rows: Vec<Line> = Vec::new();
        for row in 0..self.rows.count() {
            let title = self.rows.above(row).map(str::to_owned);
            let mut above = title.or((row > 0).then(String::new));
            let before = rows.len();
            for (column, text) in texts(row).enumerate() {
                if !text.is_empty() {
                    rows.push(Line {
                        above: above.take(),
                        texts: vec![format!("{}:", self.headings[column]), text],
                        tones: vec![Tone::Plain, self.rows.tone(row, column)],
                        commands: Vec::new(),
                    });
                }
            }
            if let Some(last) = rows.get_mut(before..).and_then(<[Line]>::last_mut) {
                last.commands = self.rows.commands(row).into_owned();
            }
        }
        let records = Grid {
            headings: Vec::new(),
            columns: vec![column(Flow::Wraps), column(Flow::Wraps)],
            rows,
        };
        records.lay(width, paint).lines
    }
}

/// Stands for a space at which no line ends.
const KEPT: char = '\u{a0}';

/// `text` without a space at which a line could end.
pub(super) fn unbroken(text: String) -> String {
    match text.contains(' ') {
        true => text.replace(' ', &KEPT.to_string()),
        false => text,
    }
}

/// A line without spaces at its end, as it is shown.
fn ended(line: &str) -> String {
    line.trim_end().replace(KEPT, " ")
}

impl Need {
    fn grow(&mut self, (natural, floors): (usize, [usize; FLOORS])) {
        self.natural = self.natural.max(natural);
        for (own, floor) in self.floors.iter_mut().zip(floors) {
            *own = floor.max(*own);
        }
    }
}

/// A label, and what it is the label of beneath it.
fn beneath(mut texts: impl Iterator<Item = String>, width: usize) -> Vec<String> {
    let label = texts.next().map(|label| wrap(&label, width));
    let mut lines = label.unwrap_or_default();
    for text in texts {
        let below = wrap(&text, width.saturating_sub(INDENT)).into_iter();
        lines.extend(below.map(|line| format!("{:INDENT$}{line}", "")));
    }
    lines.iter().map(|line| ended(line)).collect()
}

const fn color(tone: Tone) -> Option<Color> {
    match tone {
        Tone::Plain => None,
        Tone::Bad => Some(Color::DarkRed),
        Tone::Due => Some(Color::DarkYellow),
        Tone::Good => Some(Color::DarkGreen),
    }
}
