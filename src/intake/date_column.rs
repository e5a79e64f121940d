//! A column of dates: its form is given or found once, by looking through the column when a value first leaves it open
//! which of day and month is which (`docs/import.md`, odd files); where the column cannot say, the file's other dates
//! may.

use std::fmt::Write as _;

use chrono::NaiveDate;
use chrono::format::{Item, StrftimeItems};

use super::dates::{self, Order, Unread};
use super::digits::tidied;
use super::error::Stop;
use super::loose_dates;
use super::table::{Header, Row, Table};
use super::times::Moment;
use super::{IntakeError, Options, Setting, cells};
use crate::domain::calendar::{FIRST_YEAR, LAST_YEAR, Timestamp, Zone, is_plausible};
use crate::domain::characters::visible;

/// How the dates of a column are written.
#[derive(Debug, Clone)]
enum Form {
    /// In any form; day and month in an order not yet known.
    Open,
    Ordered(Order),
    Pattern(String),
    /// A pattern with the name of a zone behind it.
    ZonedPattern(String),
}

/// A column of dates, and what is known about how they are written.
#[derive(Debug, Clone)]
pub(crate) struct DateColumn {
    column: usize,
    /// All columns of dates in the file: one export writes them all in the same way.
    neighbours: Vec<usize>,
    name: String,
    form: Form,
    /// Whether the header says that times are UTC.
    universal: bool,
    /// The first cell that was read as the day number of a spreadsheet.
    serial: Option<String>,
    /// The first cell, and what it was read as.
    first: Option<(String, Moment)>,
}

impl DateColumn {
    /// The column, with the form that the user gave, if any.
    pub(crate) fn new(
        column: usize,
        neighbours: &[usize],
        header: &Header,
        options: &Options,
    ) -> Result<Self, IntakeError> {
        let name = header.name(column).to_owned();
        let form = match options.date_format.as_deref().map(str::trim) {
            None => order_in_header(&name).map_or(Form::Open, Form::Ordered),
            Some(given) => given_form(given)?,
        };
        let universal = name.to_ascii_lowercase().contains("(utc)");
        Ok(Self {
            column,
            neighbours: neighbours.to_vec(),
            name,
            form,
            universal,
            serial: None,
            first: None,
        })
    }

    /// Where it stands.
    pub(crate) const fn column(&self) -> usize {
        self.column
    }

    /// Reads this column's cell of a row; nothing where it is empty.
    pub(crate) fn read(&mut self, row: &Row<'_>, table: &Table) -> Result<Option<Moment>, Stop> {
        let text = cells::unguarded(cells::trimmed(row.raw(self.column)));
        if cells::is_no_answer(text) {
            return Ok(None);
        }
        let read = match self.read_text(text) {
            Err(Unread::Ambiguous) => {
                self.form = Form::Ordered(self.find_order(text, table)?);
                self.read_text(text)
            }
            read => read,
        };
        let is_first =
            |moment: &&Moment| self.first.is_none() && is_plausible(moment.day(Zone::UTC));
        if let Some(moment) = read.as_ref().ok().filter(is_first) {
            self.first = Some((text.to_owned(), *moment));
        }
        match read {
            Ok(moment) if !is_plausible(moment.day(Zone::UTC)) => Err(Stop::Row(format!(
                "`{}` is no day from {FIRST_YEAR} to {LAST_YEAR}; --date-format says how it is written",
                visible(text)
            ))),
            Ok(Moment::Local(local)) if self.universal => Ok(Some(Moment::Instant(Timestamp(
                local.and_utc().timestamp(),
            )))),
            Ok(moment) => {
                if text.len() <= 21 && self.serial.is_none() && is_serial(text) {
                    self.serial = Some(text.to_owned());
                }
                Ok(Some(moment))
            }
            Err(unread) => Err(Stop::Row(why(text, &unread))),
        }
    }

    /// How the cells were read, with the first of them.
    pub(crate) fn read_as(&self, zone: Zone) -> Option<String> {
        let (cell, moment) = self.first.as_ref()?;
        let order = match self.form {
            Form::Ordered(Order::DayFirst) => "day first: ",
            Form::Ordered(Order::MonthFirst) => "month first: ",
            Form::Pattern(_) | Form::ZonedPattern(_) => "by the format given: ",
            Form::Open => "",
        };
        let moment = match moment {
            Moment::Day(day) => day.to_string(),
            Moment::Local(local) if self.universal => {
                Timestamp(local.and_utc().timestamp()).to_rfc3339()
            }
            moment => moment.at(zone).to_rfc3339(),
        };
        Some(format!("{order}`{}` is {moment}", visible(cell)))
    }

    /// What should be said once about how the column was read.
    pub(crate) fn note(&self) -> Option<String> {
        let serial = self.serial.as_deref()?;
        let moment = loose_dates::serial(&tidied(serial))?;
        let day = moment.day(Zone::UTC);
        Some(format!(
            "`{serial}` in column `{}` was read as a spreadsheet's number of a day, {day}",
            self.name
        ))
    }

    /// Finds the order of day and month where this column's cell of a row leaves it open, as reading the cell would.
    pub(crate) fn settle(&mut self, row: &Row<'_>, table: &Table) -> Result<(), IntakeError> {
        let text = cells::unguarded(cells::trimmed(row.raw(self.column)));
        if matches!(self.form, Form::Open) && matches!(self.read_text(text), Err(Unread::Ambiguous))
        {
            self.form = Form::Ordered(self.find_order(text, table)?);
        }
        Ok(())
    }

    /// Reads a date that must not lie in the future; `what` names it in a reason.
    pub(crate) fn read_past(
        &mut self,
        row: &Row<'_>,
        table: &Table,
        what: &str,
        setting: &Setting,
    ) -> Result<Option<Moment>, Stop> {
        let moment = self.read(row, table)?;
        match moment {
            Some(moment) if is_future(moment, setting) => {
                let day = moment.day(setting.zone);
                Err(Stop::Row(format!("the {what} {day} is in the future")))
            }
            moment => Ok(moment),
        }
    }

    fn read_text(&self, text: &str) -> Result<Moment, Unread> {
        match &self.form {
            Form::Open => loose_dates::parse(text, None),
            Form::Ordered(order) => loose_dates::parse(text, Some(*order)),
            Form::Pattern(pattern) => {
                let found = dates::parse_pattern(text, pattern)
                    .or_else(|| dates::parse_pattern(&tidied(text), pattern));
                found.map_or_else(|| unambiguous(text), Ok)
            }
            Form::ZonedPattern(pattern) => match loose_dates::parse_zoned_pattern(text, pattern) {
                Err(Unread::NotADate) => unambiguous(text),
                read => read,
            },
        }
    }

    /// Looks for values that only fit one order: in the whole column, then in the file's other dates.
    fn find_order(&self, example: &str, table: &Table) -> Result<Order, IntakeError> {
        let mut contradictory = false;
        for columns in [&[self.column][..], &self.neighbours] {
            match orders_in(columns, table) {
                _ if year_seems_first(columns, table) => break,
                (true, false) => return Ok(Order::DayFirst),
                (false, true) => return Ok(Order::MonthFirst),
                (false, false) => {}
                (true, true) => {
                    contradictory = true;
                    break;
                }
            }
        }
        Err(IntakeError::AmbiguousDates {
            column: self.name.clone(),
            example: example.to_owned(),
            contradictory,
        })
    }
}

/// Whether some value of the columns has the day first, and whether some has the month first.
fn orders_in(columns: &[usize], table: &Table) -> (bool, bool) {
    let mut seen = (false, false);
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        for column in columns {
            match loose_dates::evidence(cells::unguarded(cells::trimmed(row.raw(*column)))) {
                Some(Order::DayFirst) => seen.0 = true,
                Some(Order::MonthFirst) => seen.1 = true,
                None => {}
            }
        }
    }
    seen
}

/// Whether years of two digits seem to stand first, as in `25/03/14`: the last numbers, which would be the years, vary
/// more than the first ones, which would be the days.
fn year_seems_first(columns: &[usize], table: &Table) -> bool {
    let (mut first, mut last) = (0_u128, 0_u128);
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        for column in columns {
            let numbers = loose_dates::numbers_only(row.raw(*column));
            let Some(year) = numbers.and_then(|numbers| numbers.short_year) else {
                continue;
            };
            first |= 1 << numbers.map_or(0, |numbers| numbers.first);
            last |= 1 << year;
        }
    }
    let no_day_only = first.trailing_zeros() > 12 && last >> 32 == 0;
    no_day_only && last.count_ones() > first.count_ones()
}

/// The order that a header tells, such as `Date (MM/DD/YYYY)`.
fn order_in_header(name: &str) -> Option<Order> {
    let name = name.to_ascii_lowercase();
    let says = |words: [&str; 4]| words.iter().any(|word| name.contains(word));
    if says(["mm/dd", "mm-dd-y", "mm.dd", "m/d/y"]) {
        Some(Order::MonthFirst)
    } else if says(["dd/mm", "dd-mm", "dd.mm", "tt.mm"]) {
        Some(Order::DayFirst)
    } else {
        None
    }
}

/// A date that the pattern given does not describe, where it can be read in one way only.
fn unambiguous(text: &str) -> Result<Moment, Unread> {
    loose_dates::parse(text, None).map_err(|unread| match unread {
        Unread::Ambiguous => Unread::NotADate,
        other => other,
    })
}

/// Whether the cell is a number of a day rather than a date.
fn is_serial(text: &str) -> bool {
    let digits = text.chars().take_while(|c| c.is_numeric()).count();
    digits == 5 && loose_dates::serial(&tidied(text)).is_some()
}

/// Why a cell could not be read, in such a way that an odd character in it is seen.
fn why(text: &str, unread: &Unread) -> String {
    let cell = visible(text);
    match unread {
        Unread::Zone(zone) => format!(
            "`{cell}` is in a time zone `{}`, which several share or none has; write it like +01:00 or UTC",
            visible(zone)
        ),
        _ if text.contains(char::is_numeric) => {
            format!("`{cell}` is not a date that can be read; --date-format says how it is written")
        }
        _ => format!("`{cell}` is not a date that can be read"),
    }
}

/// Whether the moment lies in the future; a day without a time does from tomorrow on.
fn is_future(moment: Moment, setting: &Setting) -> bool {
    match moment {
        Moment::Day(day) => day > setting.zone.day(setting.now),
        moment => moment.at(setting.zone) > setting.now,
    }
}

fn given_form(given: &str) -> Result<Form, IntakeError> {
    match given.to_ascii_lowercase().as_str() {
        "day-first" => return Ok(Form::Ordered(Order::DayFirst)),
        "month-first" => return Ok(Form::Ordered(Order::MonthFirst)),
        _ => {}
    }
    let wrong = |why| IntakeError::BadDateFormat {
        format: given.to_owned(),
        why,
    };
    let (pattern, is_zoned) = match given.trim_end().strip_suffix("%Z") {
        Some(before) => (before, true),
        None => (given, false),
    };
    if pattern.contains("%Z") {
        return Err(wrong("%Z, the name of a zone, can only stand at its end"));
    }
    if StrftimeItems::new(pattern).any(|item| matches!(item, Item::Error)) {
        return Err(wrong("it holds an unknown % letter"));
    }
    // A format is good when it writes a date that it can read back.
    let sample = NaiveDate::from_ymd_opt(2021, 11, 23).and_then(|day| day.and_hms_opt(4, 5, 6));
    let mut written = String::new();
    let read = sample.and_then(|sample| {
        write!(written, "{}", sample.and_utc().format(pattern)).ok()?;
        let day = dates::parse_pattern(&written, pattern)?.day(Zone::UTC);
        (day == sample.date()).then_some(())
    });
    read.ok_or_else(|| wrong("a year, a month and a day are needed"))?;
    Ok(match is_zoned {
        true => Form::ZonedPattern(pattern.to_owned()),
        false => Form::Pattern(pattern.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str], format: Option<&str>) -> Result<Vec<String>, IntakeError> {
        let options = Options {
            date_format: format.map(str::to_owned),
            ..Options::default()
        };
        let text = format!("Date\n{}\n", values.join("\n"));
        let table = Table::open(text.into_bytes(), &options, &|_| true)?;
        let header = Header::of_one_row(&table.first_rows(1)[0]);
        let mut column = DateColumn::new(0, &[], &header, &options)?;
        let mut all = Vec::new();
        let mut rows = table.rows();
        while let Some(row) = rows.next() {
            all.push(match column.read(&row, &table) {
                Ok(Some(moment)) => moment.day(Zone::UTC).to_string(),
                Ok(None) => "-".to_owned(),
                Err(Stop::Row(reason)) => reason,
                Err(Stop::File(error)) => return Err(error),
            });
        }
        Ok(all)
    }

    #[test]
    fn one_value_above_twelve_decides_the_column_wherever_it_stands() {
        let days = read(&["8/02/2023", "2026-03-29", "N/A", "15/11/2025"], None).unwrap();
        assert_eq!(days, ["2023-02-08", "2026-03-29", "-", "2025-11-15"]);
        let days = read(&["8/02/2023", "11/15/2025"], None).unwrap();
        assert_eq!(days, ["2023-08-02", "2025-11-15"]);
    }

    #[test]
    fn a_column_that_decides_nothing_or_both_is_refused() {
        for (values, contradictory) in [
            (&["8/02/2023", "1/1/2024"][..], false),
            (&["8/02/2023", "13/1/2024", "1/13/2024"], true),
        ] {
            let error = read(values, None).unwrap_err();
            assert!(error.to_string().contains("`Date`"), "{error}");
            match error {
                IntakeError::AmbiguousDates {
                    contradictory: found,
                    ..
                } => {
                    assert_eq!(found, contradictory);
                }
                other => panic!("{other}"),
            }
        }
    }

    #[test]
    fn the_format_given_is_obeyed() {
        let ambiguous = &["8/02/2023"];
        assert_eq!(read(ambiguous, Some("day-first")).unwrap(), ["2023-02-08"]);
        assert_eq!(
            read(ambiguous, Some("Month-First")).unwrap(),
            ["2023-08-02"]
        );
        let mixed = &["02.08.23", "2026-03-29", "8/02/2023"];
        let days = read(mixed, Some("%d.%m.%y")).unwrap();
        assert_eq!(days[..2], ["2023-08-02", "2026-03-29"]);
        assert!(days[2].contains("not a date"));
    }

    #[test]
    fn a_zone_in_the_format_is_obeyed() {
        let cells = &["01.07.2025 23:30 PST", "01.07.2025 23:30 IST"];
        let days = read(cells, Some("%d.%m.%Y %H:%M %Z")).unwrap();
        assert_eq!(days[0], "2025-07-02");
        assert!(days[1].contains("`IST`"), "{days:?}");
    }

    #[test]
    fn two_digit_years_are_those_of_a_spreadsheet() {
        let days = read(&["3/4/25 15:15", "3/15/25 9:01"], None).unwrap();
        assert_eq!(days, ["2025-03-04", "2025-03-15"]);
        let error = read(&["25/03/14", "25/03/15", "25/04/02"], None).unwrap_err();
        assert!(matches!(error, IntakeError::AmbiguousDates { .. }));
        let days = read(&["25/03/14"], Some("%y/%m/%d")).unwrap();
        assert_eq!(days, ["2025-03-14"]);
    }

    #[test]
    fn an_odd_character_in_a_date_is_seen() {
        let days = read(&["3:15\u{202f}PM", "soon"], None).unwrap();
        assert!(
            days[0].starts_with("`3:15\\u{202F}PM` is not a date"),
            "{days:?}"
        );
        assert!(days[0].contains("--date-format") && !days[1].contains("--date-format"));
    }

    #[test]
    fn a_bad_format_is_refused() {
        for format in ["%Q", "%Z %Y-%m-%d", "%Y-%m", "hello", "", "%", "%H:%M"] {
            let error = read(&["2026-01-01"], Some(format)).unwrap_err();
            assert!(
                matches!(error, IntakeError::BadDateFormat { .. }),
                "{format}"
            );
        }
    }
}
