//! A worksheet under way: tables one beneath the other, each cell in its own type.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the columns are those of the sheet, and a row has a cell for each"
)]

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, Sparkline, SparklineType, Worksheet, XlsxError,
};

use crate::output::answer::{Alignment, Cell, Parts, Plain, Sheet};
use crate::output::chart::Target;
use crate::output::figures::{major, minor_digits, rate, reading};
use crate::output::plain::difference;

/// The widest column, in characters.
const WIDEST: usize = 60;
/// The height of a line of headings, in points.
const LINE: usize = 16;
/// The ink of a sparkline.
const SPARK: u32 = 0x000B_5FA5;
/// Excel's ink for headings, and the ground beneath them.
const HEADING: (u32, u32) = (0x001B_1F24, 0x00E8_ECF0);

pub(super) type Result<T> = std::result::Result<T, XlsxError>;

/// Where a table was written.
pub(super) struct Block {
    /// Rows beneath the headings.
    pub(super) rows: u32,
    /// Columns in all.
    pub(super) columns: u16,
    /// For each column of the sheet, the worksheet's column with its value.
    pub(super) values: Vec<u16>,
    /// The column with the value to reach, where there is one.
    pub(super) target: Option<u16>,
}

impl Block {
    /// The row for what comes next, after an empty one.
    pub(super) fn after(&self, heading: u32) -> u32 {
        heading + self.rows + 2
    }
}

/// A worksheet under way, with the widths that its columns need.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    widths: Vec<usize>,
    /// The headings, each with its place.
    headings: Vec<(u32, u16, String)>,
}

impl<'a> Page<'a> {
    pub(super) fn new(sheet: &'a mut Worksheet, name: &str) -> Result<Self> {
        sheet.set_name(name)?;
        Ok(Self {
            sheet,
            widths: Vec::new(),
            headings: Vec::new(),
        })
    }

    pub(super) fn title(&mut self, row: u32, text: &str, size: u8) -> Result<()> {
        let bold = Format::new().set_bold().set_font_size(size);
        self.sheet.write_string_with_format(row, 0, text, &bold)?;
        Ok(())
    }

    /// Writes a table with its headings in `row`: what people see, a rate as numerator, denominator and value.
    pub(super) fn table(&mut self, row: u32, sheet: &Sheet) -> Result<Block> {
        let mut block = Block {
            rows: u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX),
            columns: 0,
            values: Vec::new(),
            target: None,
        };
        for (index, column) in sheet.columns.iter().enumerate() {
            if !column.shown.is_for_people() {
                block.values.push(block.columns);
                continue;
            }
            let cells: Vec<&Cell> = sheet.rows.iter().map(|row| &row[index]).collect();
            let is_rate = |cell: &&Cell| matches!(cell.bare(), Cell::Rate { .. });
            let rates = column.parts == Parts::Rate || cells.iter().any(is_rate);
            let right = column.alignment == Alignment::Right;
            if rates {
                for part in ["numerator", "denominator"] {
                    let heading = format!("{} {part}", column.called.unwrap_or(&column.heading));
                    self.heading(row, block.columns, &heading, true)?;
                    for (below, cell) in (row + 1..).zip(&cells) {
                        self.part(below, block.columns, cell, part)?;
                    }
                    block.columns += 1;
                }
            }
            let heading = column.called.unwrap_or(&column.heading);
            self.heading(row, block.columns, heading, right)?;
            for (below, cell) in (row + 1..).zip(&cells) {
                match cell {
                    // A year and a number by which something is known are no amounts.
                    Cell::Integer(number) if column.key == "year" || column.key.ends_with("id") => {
                        self.need(block.columns, number.to_string().len() + 2);
                        self.number(below, block.columns, *number as f64, "0")?;
                    }
                    cell => self.cell((below, block.columns), cell, right)?,
                }
            }
            block.values.push(block.columns);
            block.columns += 1;
        }
        Ok(block)
    }

    /// Writes the way of each figure at the right of a table, and draws it where the table has it.
    pub(super) fn trends(&mut self, row: u32, sheet: &Sheet, block: &Block) -> Result<()> {
        let first = block.columns + 1;
        for (below, cells) in (row + 1..).zip(&sheet.rows) {
            for (index, cell) in cells.iter().enumerate() {
                let Cell::Trend(values) = cell else { continue };
                for (column, value) in (first..).zip(values) {
                    if let Some(value) = value {
                        self.number(below, column, (value * 1e4).round() / 1e4, "General")?;
                    }
                }
                let last = first + u16::try_from(values.len()).unwrap_or(1).saturating_sub(1);
                let drawn = Sparkline::new()
                    .set_range((self.sheet.name().as_str(), below, first, below, last))
                    .set_type(SparklineType::Column)
                    .set_sparkline_color(Color::RGB(SPARK));
                self.sheet
                    .add_sparkline(below, block.values[index], &drawn)?;
                for (column, back) in (first..=last).zip((0..values.len()).rev()) {
                    let heading = match back {
                        0 => "Trend: now".to_owned(),
                        back => format!("Trend: {back} before"),
                    };
                    self.heading(row, column, &heading, true)?;
                }
            }
        }
        Ok(())
    }

    /// Writes the value to reach at the right of a table, for the line in its chart.
    pub(super) fn target(
        &mut self,
        row: u32,
        target: &Target,
        block: &mut Block,
        format: &str,
    ) -> Result<()> {
        self.heading(row, block.columns, &target.label, true)?;
        for below in row + 1..=row + block.rows {
            self.number(below, block.columns, target.value, format)?;
        }
        block.target = Some(block.columns);
        block.columns += 1;
        Ok(())
    }

    fn heading(&mut self, row: u32, column: u16, text: &str, right: bool) -> Result<()> {
        let format = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(side(right))
            .set_align(FormatAlign::Bottom)
            .set_font_color(Color::RGB(HEADING.0))
            .set_background_color(Color::RGB(HEADING.1));
        // A long heading goes on in a next line; its longest word decides.
        let longest = text.split(' ').map(|word| word.chars().count()).max();
        self.need(column, longest.unwrap_or(0) + 2);
        self.headings.push((row, column, text.to_owned()));
        self.sheet
            .write_string_with_format(row, column, text, &format)?;
        Ok(())
    }

    fn part(&mut self, row: u32, column: u16, cell: &Cell, part: &str) -> Result<()> {
        if let Cell::Rate {
            numerator,
            denominator,
        } = cell.bare()
        {
            let number = if part == "numerator" {
                numerator
            } else {
                denominator
            };
            self.number(row, column, *number as f64, "#,##0")?;
        }
        Ok(())
    }

    fn cell(&mut self, (row, column): (u32, u16), cell: &Cell, right: bool) -> Result<()> {
        let read = reading(cell);
        let width = match cell {
            Cell::Rate { .. } => 8,
            Cell::Trend(_) | Cell::Change(_) => 12,
            _ => read.chars().count(),
        };
        self.need(column, width + 2);
        match cell {
            Cell::Empty | Cell::Trend(_) => {}
            Cell::Told(told) => match (&told.0, &told.1) {
                (Cell::Decimal { value, .. }, Plain::Days) if value.is_finite() => {
                    self.number(row, column, value / 24.0, "0.0\" days\"")?;
                }
                (
                    Cell::Rate {
                        numerator,
                        denominator,
                    },
                    Plain::PerOne,
                ) => {
                    if let Some(value) = rate(*numerator, *denominator) {
                        self.number(row, column, value, "0.0")?;
                    }
                }
                (bare, Plain::Words(_)) => self.words(row, column, &reading(bare), right)?,
                (bare, _) => self.cell((row, column), bare, right)?,
            },
            Cell::Change(pair) => {
                if let Some(by) = difference(&pair.0, &pair.1) {
                    self.number(row, column, by, &change_format(&pair.0))?;
                }
            }
            Cell::Integer(number) => self.number(row, column, *number as f64, "#,##0")?,
            Cell::Decimal { value, places } if value.is_finite() => {
                self.number(row, column, *value, &number_format(usize::from(*places)))?;
            }
            Cell::Rate {
                numerator,
                denominator,
            } => {
                if let Some(value) = rate(*numerator, *denominator) {
                    self.number(row, column, value, "0.0%")?;
                }
            }
            Cell::Money {
                amount_minor,
                currency,
            } => {
                let format = money_format(currency);
                self.number(row, column, major(*amount_minor, currency), &format)?;
            }
            Cell::Day(day) => match excel_day(*day) {
                Ok(day) => {
                    let format = Format::new().set_num_format("yyyy-mm-dd");
                    self.sheet.write_with_format(row, column, &day, &format)?;
                }
                Err(_) => self.words(row, column, &read, right)?,
            },
            Cell::Flag(yes) => {
                self.sheet.write_boolean(row, column, *yes)?;
            }
            _ => self.words(row, column, &read, right)?,
        }
        Ok(())
    }

    fn words(&mut self, row: u32, column: u16, words: &str, right: bool) -> Result<()> {
        let format = Format::new().set_align(side(right));
        self.sheet
            .write_string_with_format(row, column, words, &format)?;
        Ok(())
    }

    fn number(&mut self, row: u32, column: u16, value: f64, format: &str) -> Result<()> {
        let format = Format::new().set_num_format(format);
        self.sheet
            .write_number_with_format(row, column, value, &format)?;
        Ok(())
    }

    fn need(&mut self, column: u16, width: usize) {
        let column = usize::from(column);
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 0);
        }
        self.widths[column] = self.widths[column].max(width.min(WIDEST));
    }

    /// Sets the widths, and gives the headings as many lines as they need in them.
    pub(super) fn finish(self) -> Result<()> {
        let mut heights: BTreeMap<u32, usize> = BTreeMap::new();
        for (row, column, text) in &self.headings {
            let lines = lines(text, self.widths[usize::from(*column)]);
            let height = heights.entry(*row).or_default();
            *height = lines.max(*height);
        }
        for (row, lines) in heights {
            self.sheet
                .set_row_height(row, u32::try_from(LINE * lines).unwrap_or(32))?;
        }
        for (column, width) in (0u16..).zip(&self.widths) {
            self.sheet.set_column_width(column, *width as f64)?;
        }
        Ok(())
    }
}

/// How many lines words take in a width of so many characters.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let (mut lines, mut taken) = (1, 0);
    for word in text.split(' ').map(|word| word.chars().count()) {
        if taken > 0 && taken + 1 + word > width.saturating_sub(1) {
            (lines, taken) = (lines + 1, word);
        } else {
            taken += word + usize::from(taken > 0);
        }
    }
    lines
}

/// The format of what a figure has become, with its sign, in the unit in which it is shown.
fn change_format(now: &Cell) -> String {
    let (number, unit) = match now {
        Cell::Rate { .. } => ("0".to_owned(), "\" points\""),
        Cell::Money { currency, .. } => (number_format(minor_digits(currency)), ""),
        Cell::Decimal { places, .. } => (number_format(usize::from(*places)), ""),
        Cell::Told(told) if told.1 == Plain::Days => ("0.0".to_owned(), "\" days\""),
        Cell::Told(_) => ("0.0".to_owned(), ""),
        _ => ("#,##0".to_owned(), ""),
    };
    format!("+{number}{unit};-{number}{unit};{number}{unit}")
}

/// The side of a column that words lean to.
fn side(right: bool) -> FormatAlign {
    if right {
        FormatAlign::Right
    } else {
        FormatAlign::Left
    }
}

pub(super) fn number_format(places: usize) -> String {
    match places {
        0 => "#,##0".to_owned(),
        places => format!("#,##0.{}", "0".repeat(places)),
    }
}

/// The amount in major units after its currency: `EUR 1,234.50`.
pub(super) fn money_format(currency: &str) -> String {
    let code: String = currency.chars().filter(char::is_ascii_alphabetic).collect();
    format!("\"{code}\" {}", number_format(minor_digits(currency)))
}

/// A day as a spreadsheet counts it, which begins in 1900.
pub(super) fn excel_day(day: NaiveDate) -> Result<ExcelDateTime> {
    let year = u16::try_from(day.year()).unwrap_or(0);
    let (month, date) = (day.month() as u8, day.day() as u8);
    ExcelDateTime::from_ymd(year, month, date)
}
