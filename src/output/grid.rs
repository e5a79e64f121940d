//! Texts in columns, laid out for a width. The lines are comfy-table's, the choice of widths is `layout`'s; here columns are
//! left out, and what is no column gets lines of its own: titles, and commands.
#![allow(
    clippy::indexing_slicing,
    reason = "there is one text and one width for each column"
)]

use std::borrow::Cow;

use comfy_table::{Cell, CellAlignment, Color, ColumnConstraint, Row, Table, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::answer::{Alignment, Flow, Tone};
use super::layout::{FLOORS, Importance, Layout, Need, layout};
use super::measure::{cut, longest_word, measured};
use super::prose::{INDENT, wrap};
use super::style::Paint;

/// Spaces between two columns.
const GAP: usize = 2;
/// The line beneath the headings.
const LINE: &str = "─";
/// Rows that are laid out at once: the widths are known, and a long list is not to be held in cells as a whole.
const AT_ONCE: usize = 256;
/// Rows of one-line texts under optional headings.
pub(super) struct Grid {
    /// Empty, or one a column.
    pub(super) headings: Vec<String>,
    /// How each column behaves.
    pub(super) columns: Vec<Behaviour>,
    /// The rows.
    pub(super) rows: Vec<Line>,
}

/// One row.
#[derive(Default)]
pub(super) struct Line {
    /// What stands above it: the title of a group, or nothing but an empty line.
    pub(super) above: Option<String>,
    /// One text a column.
    pub(super) texts: Vec<String>,
    /// What they mean, for the columns that say so.
    pub(super) tones: Vec<Tone>,
    /// Commands to be typed: each has a line of its own beneath the row, however long.
    pub(super) commands: Vec<String>,
}

impl Line {
    /// The lines above it.
    fn above(&self, is_first: bool, paint: Paint) -> Vec<String> {
        let Some(title) = &self.above else {
            return Vec::new();
        };
        let apart = (!is_first).then(String::new).into_iter();
        let title = (!title.is_empty()).then(|| paint.bold(title));
        apart.chain(title).collect()
    }

    /// Its commands, each on a line of its own.
    fn below(&self, paint: Paint) -> impl Iterator<Item = String> {
        let commands = self.commands.iter();
        commands.map(move |one| format!("{:INDENT$}{}", "", paint.dim(one)))
    }
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

impl Grid {
    /// The grid in lines of at most `width` columns; only commands are longer.
    pub(super) fn lay(mut self, width: usize, paint: Paint) -> Laid {
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
        self.keep(&widths);
        let widths: Vec<usize> = widths.into_iter().flatten().collect();
        Laid {
            lines: self.in_columns(&widths, paint),
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
            for row in &self.rows {
                need.grow(measured(&row.texts[index], column.flow));
            }
            if need.natural == 0 && column.importance < Importance::Always {
                need.importance = Importance::Empty;
            }
            if let Some(heading) = self.headings.get(index) {
                let (natural, word) = (heading.width(), longest_word(heading));
                need.grow((natural, [word; FLOORS]));
            }
            need
        };
        self.columns.iter().enumerate().map(need).collect()
    }

    /// Lets go of the columns that have no width.
    fn keep(&mut self, widths: &[Option<usize>]) {
        fn kept<T>(all: &mut Vec<T>, widths: &[Option<usize>]) {
            let mut widths = widths.iter();
            all.retain(|_| widths.next().is_none_or(Option::is_some));
        }
        kept(&mut self.headings, widths);
        kept(&mut self.columns, widths);
        for row in &mut self.rows {
            kept(&mut row.texts, widths);
            kept(&mut row.tones, widths);
        }
    }

    fn in_columns(self, widths: &[usize], paint: Paint) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.headings.is_empty() {
            let row = Row::from(self.headings.iter().map(Cell::new).collect::<Vec<_>>());
            let headings = self.lines_of(vec![row], widths, Paint(false));
            lines.extend(headings.iter().map(|line| paint.bold(line)));
            let beneath = widths.iter().sum::<usize>() + GAP * (widths.len().saturating_sub(1));
            lines.push(paint.dim(&LINE.repeat(beneath)));
        }
        let apart = |row: &Line| row.above.is_some();
        let parts = self
            .rows
            .chunk_by(|row, next| row.commands.is_empty() && !apart(next));
        for (index, part) in parts.enumerate() {
            lines.extend(
                part.first()
                    .into_iter()
                    .flat_map(|row| row.above(index == 0, paint)),
            );
            for rows in part.chunks(AT_ONCE) {
                let rows = rows.iter().map(|row| self.cells(row, widths, paint));
                lines.extend(self.lines_of(rows.collect(), widths, paint));
            }
            lines.extend(part.iter().flat_map(|row| row.below(paint)));
        }
        lines
    }

    fn cells(&self, row: &Line, widths: &[usize], paint: Paint) -> Row {
        let cell = |(column, text): (usize, &String)| {
            let text = match self.columns[column].flow {
                Flow::IsCut => cut(text, widths[column]),
                Flow::Wraps | Flow::Whole => Cow::Borrowed(text.as_str()),
            };
            let has_color = paint.0 && !text.is_empty();
            let cell = Cell::new(text);
            let tone = row.tones.get(column).copied().unwrap_or_default();
            match color(tone).filter(|_| has_color) {
                Some(color) => cell.fg(color),
                None => cell,
            }
        };
        Row::from(row.texts.iter().enumerate().map(cell).collect::<Vec<_>>())
    }

    /// The lines of rows that stand together.
    fn lines_of(&self, rows: Vec<Row>, widths: &[usize], paint: Paint) -> Vec<String> {
        let mut table = Table::new();
        table.force_no_tty();
        if paint.0 {
            table.enforce_styling();
        }
        table.load_style(TableStyle::new());
        table.add_rows(rows);
        self.arrange(&mut table, widths);
        let lines = table.lines().map(|line| line.trim_end().replace(KEPT, " "));
        lines.collect()
    }

    fn arrange(&self, table: &mut Table, widths: &[usize]) {
        let last = widths.len().saturating_sub(1);
        let settings = table.column_iter_mut().zip(widths).zip(&self.columns);
        for (index, ((column, width), behaviour)) in settings.enumerate() {
            let gap = if index == last { 0 } else { GAP };
            let columns = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
            column.set_padding((0, columns(gap)));
            let width = Width::Fixed(columns(width + gap));
            column.set_constraint(ColumnConstraint::Absolute(width));
            column.set_cell_alignment(match behaviour.alignment {
                Alignment::Left => CellAlignment::Left,
                Alignment::Right => CellAlignment::Right,
            });
        }
    }

    /// Each row as a record: a heading and a text a line, or the text beneath where even two columns are too many.
    fn stacked(self, width: usize, paint: Paint) -> Vec<String> {
        if self.headings.is_empty() {
            let rows = self.rows.iter().enumerate();
            let lines = rows.flat_map(|(index, row)| {
                let mut lines = row.above(index == 0, paint);
                lines.extend(beneath(&row.texts, width));
                lines.extend(row.below(paint));
                lines
            });
            return lines.collect();
        }
        let column = |flow| Behaviour {
            alignment: Alignment::Left,
            flow,
            importance: Importance::Always,
        };
        let mut rows = Vec::new();
        for (index, row) in self.rows.into_iter().enumerate() {
            let mut above = row.above.or((index > 0).then(String::new));
            let before = rows.len();
            for (column, text) in row.texts.into_iter().enumerate() {
                if !text.is_empty() {
                    rows.push(Line {
                        above: above.take(),
                        texts: vec![format!("{}:", self.headings[column]), text],
                        tones: vec![
                            Tone::Plain,
                            row.tones.get(column).copied().unwrap_or_default(),
                        ],
                        commands: Vec::new(),
                    });
                }
            }
            if let Some(last) = rows.get_mut(before..).and_then(<[Line]>::last_mut) {
                last.commands = row.commands;
            }
        }
        let records = Self {
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
pub(super) fn unbroken(text: &str) -> String {
    text.replace(' ', &KEPT.to_string())
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
fn beneath(texts: &[String], width: usize) -> Vec<String> {
    let mut texts = texts.iter();
    let label = texts.next().map(|label| wrap(label, width));
    let mut lines = label.unwrap_or_default();
    for text in texts {
        let below = wrap(text, width.saturating_sub(INDENT)).into_iter();
        lines.extend(below.map(|line| format!("{:INDENT$}{line}", "")));
    }
    let lines = lines.iter();
    lines
        .map(|line| line.trim_end().replace(KEPT, " "))
        .collect()
}

const fn color(tone: Tone) -> Option<Color> {
    match tone {
        Tone::Plain => None,
        Tone::Bad => Some(Color::DarkRed),
        Tone::Due => Some(Color::DarkYellow),
        Tone::Good => Some(Color::DarkGreen),
    }
}
