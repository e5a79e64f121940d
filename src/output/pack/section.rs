//! A report in the pack: its record taken apart into figures, tables and facts.

use super::super::answer::{Cell, Column, Entry, Sheet, Shown, Value};
use super::super::build::Record;
use super::super::chart::Chart;
use super::super::figures;
use super::super::sentence::Sentence;
use super::notes;

/// A report's part of the pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The report's name, which begins the names of its files.
    pub key: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// Single values, the period's beside those of the period before.
    pub(in crate::output) figures: Sheet,
    /// Its tables, by key.
    pub(in crate::output) tables: Vec<Table>,
    /// The facts behind the figures: in the workbook and in CSV, not on the page.
    pub(in crate::output) facts: Option<Table>,
    /// Sentences beneath the figures.
    pub(in crate::output) notes: Vec<Sentence>,
    /// Its pictures.
    pub(in crate::output) charts: Vec<Chart>,
}

/// A table of a section.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::output) struct Table {
    pub(in crate::output) key: String,
    pub(in crate::output) title: String,
    pub(in crate::output) sheet: Sheet,
}

/// The entries that every report begins with; the pack says them once.
const HEADING: [&str; 6] = ["period", "running", "from", "to", "compared_with", "at"];
/// The entry that holds the figures of the period beside.
const BESIDE: &str = "beside";
/// The entry that holds the facts.
const FACTS: &str = "rows";

/// A single value with the way to it: its keys and its labels.
struct Figure<'a> {
    key: String,
    label: String,
    cell: &'a Cell,
}

impl Section {
    /// The part of a report whose answer to `--compare previous --rows` is `record`. `periods` are the names of the
    /// period and of the one beside it.
    pub fn new(
        (key, title, question): (&'static str, &'static str, &'static str),
        record: Record,
        charts: Vec<Chart>,
        periods: (&str, &str),
    ) -> Self {
        let Value::Record(entries) = Value::from(record) else {
            return Self::default_of(key, title, question);
        };
        let own: Vec<Entry> = entries
            .iter()
            .filter(|entry| !HEADING.contains(&entry.key) && entry.key != BESIDE)
            .cloned()
            .collect();
        let beside = entries.iter().find_map(|entry| match &entry.value {
            Value::Record(inner) if entry.key == BESIDE => Some(inner.as_slice()),
            _ => None,
        });
        let (mut tables, mut facts) = (Vec::new(), None);
        collect_tables(&own, ("", ""), &mut tables);
        if let Some(index) = tables.iter().position(|table| table.key == FACTS) {
            facts = Some(tables.remove(index));
        }
        Self {
            figures: figures_sheet(&own, beside.unwrap_or_default(), periods),
            tables,
            facts,
            notes: notes(&own).cloned().collect(),
            charts: charts
                .into_iter()
                .filter(|chart| !chart.is_empty())
                .collect(),
            ..Self::default_of(key, title, question)
        }
    }

    fn default_of(key: &'static str, title: &'static str, question: &'static str) -> Self {
        Self {
            key,
            title,
            question,
            figures: Sheet::default(),
            tables: Vec::new(),
            facts: None,
            notes: Vec::new(),
            charts: Vec::new(),
        }
    }

    /// All its sheets with the names of their files: the figures by the report's own name.
    pub(super) fn sheets(&self) -> Vec<(String, &Sheet)> {
        let tables = self.tables.iter().chain(&self.facts);
        let named = tables.map(|table| {
            let key = table.key.replace('_', "-");
            (format!("{}-{key}", self.key), &table.sheet)
        });
        std::iter::once((self.key.to_owned(), &self.figures))
            .chain(named)
            .collect()
    }
}

/// The sheets among the entries, and among those of records in them.
fn collect_tables(entries: &[Entry], (key, title): (&str, &str), tables: &mut Vec<Table>) {
    for entry in entries.iter().filter(|entry| entry.shown != Shown::Data) {
        let key = key_in(key, entry.key);
        let title = joined(title, &entry.label);
        match &entry.value {
            Value::Sheet(sheet) => tables.push(Table {
                key,
                title,
                sheet: sheet.clone(),
            }),
            Value::Record(inner) => collect_tables(inner, (&key, &title), tables),
            Value::Cell(_) => {}
        }
    }
}

fn figures_sheet(now: &[Entry], before: &[Entry], periods: (&str, &str)) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("figure", "Figure").only(Shown::Data),
        Column::left("label", "Figure").only(Shown::Reading),
        Column::right("now", periods.0),
        Column::right("before", periods.1),
        Column::right("change", "Change").only(Shown::Reading),
    ])
    .empty("There are no figures.");
    let beside = single_values(before, "", "");
    for figure in single_values(now, "", "") {
        let before = beside
            .iter()
            .find(|one| one.key == figure.key)
            .map_or(Cell::Empty, |one| one.cell.clone());
        let change = figures::change(figure.cell, &before);
        sheet.push(vec![
            figure.key.into(),
            figure.label.into(),
            figure.cell.clone(),
            before,
            change.into(),
        ]);
    }
    sheet
}

fn single_values<'a>(entries: &'a [Entry], key: &str, label: &str) -> Vec<Figure<'a>> {
    let mut found = Vec::new();
    for entry in entries {
        if entry.shown == Shown::Data || entry.label.is_empty() {
            continue;
        }
        let key = key_in(key, entry.key);
        let label = joined(label, &entry.label);
        match &entry.value {
            Value::Cell(cell) => found.push(Figure { key, label, cell }),
            Value::Record(inner) => found.extend(single_values(inner, &key, &label)),
            Value::Sheet(_) => {}
        }
    }
    found
}

/// The key of an entry in a record with a key of its own.
fn key_in(record: &str, key: &str) -> String {
    match record {
        "" => key.to_owned(),
        record => format!("{record}_{key}"),
    }
}

fn joined(before: &str, label: &str) -> String {
    match before {
        "" => label.to_owned(),
        before => format!("{before}: {label}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let mut facts = Sheet::new(vec![Column::left("who", "Who")]);
        facts.push(vec!["a".into()]);
        let hours = |median: i64| Record::new().with("median", "median", median);
        Record::new()
            .with("period", "Period", "2026-Q3")
            .with("rate", "Rate", Cell::rate(3, 4))
            .with("hours", "Hours", hours(5))
            .data("flag", true)
            .say("A sentence.")
            .with(
                "beside",
                "2026-Q2",
                Record::new().with("rate", "Rate", Cell::rate(1, 2)).with(
                    "hours",
                    "Hours",
                    hours(7),
                ),
            )
            .with("groups", "By ask", Sheet::new(vec![Column::left("a", "A")]))
            .with("rows", "Facts", facts)
    }

    #[test]
    fn a_record_comes_apart() {
        let section = Section::new(("fill", "Fill", "?"), record(), Vec::new(), ("now", "then"));
        let rows = &section.figures.rows;
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!(
            rows[1],
            [
                Cell::text("hours_median"),
                Cell::text("Hours: median"),
                Cell::Integer(5),
                Cell::Integer(7),
                Cell::text("−2"),
            ]
        );
        assert_eq!(rows[0][4], Cell::text("+25.0 points"));
        assert_eq!(section.notes, [Sentence::from("A sentence.")]);
        assert_eq!(section.tables.len(), 1);
        let names: Vec<String> = section.sheets().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["fill", "fill-groups", "fill-rows"]);
    }
}
