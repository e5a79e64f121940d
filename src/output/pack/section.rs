//! A report in the pack: the figures, tables and facts of its document.

use super::super::answer::{Cell, Entry, Sheet, Value};
use super::super::chart::Chart;
use super::super::document::{Compared, Document, FACTS, Figure};
use super::super::sentence::Sentence;

/// A report's part of the pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The report's name, which begins the names of its files.
    pub(super) key: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// The question that it answers.
    pub(super) question: &'static str,
    /// Single values, the period's beside those of the period before.
    pub(super) figures: Sheet,
    /// Its tables, by key.
    pub(super) tables: Vec<Titled>,
    /// The facts behind the figures: in the workbook and in CSV, not on the page.
    pub(super) facts: Option<Titled>,
    /// Sentences beneath the figures.
    pub(super) notes: Vec<Sentence>,
    /// Its pictures.
    pub(super) charts: Vec<Chart>,
}

/// A table of a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Titled {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) sheet: Sheet,
}

impl Section {
    /// The part of a report.
    pub fn new(
        (key, title, question): (&'static str, &'static str, &'static str),
        document: Document,
    ) -> Self {
        let (mut own, mut beside) = (Parts::default(), Parts::default());
        own.add(
            document.figures.and(document.details).into_entries(),
            ("", ""),
        );
        beside.add(document.beside.unwrap_or_default().into_entries(), ("", ""));
        let figures = own.figures.into_iter();
        let figures: Vec<Compared> = figures.map(|one| beside.compared(one)).collect();
        let mut charts = document.charts;
        charts.retain(|chart| !chart.is_blank());
        Self {
            key,
            title,
            question,
            figures: Compared::table(&figures, &document.heading).empty("There are no figures."),
            tables: own.tables,
            facts: document.facts.map(|(title, sheet)| Titled {
                key: FACTS.to_owned(),
                title: title.to_owned(),
                sheet,
            }),
            notes: [own.notes, document.notes].concat(),
            charts,
        }
    }

    /// Whether there is nothing in it to look at.
    pub(super) fn is_empty(&self) -> bool {
        let something = |cell: &Cell| cell.number().is_some_and(|number| number != 0.0);
        let figures = self.figures.rows.iter().flatten().any(something);
        let tables = self.tables.iter().any(|table| !table.sheet.rows.is_empty());
        !figures && !tables && self.charts.is_empty()
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

/// What people see of a record and of the records in it.
#[derive(Default)]
struct Parts {
    figures: Vec<Figure>,
    tables: Vec<Titled>,
    notes: Vec<Sentence>,
}

impl Parts {
    /// Adds entries, with the key and the label of the record that they stand in.
    fn add(&mut self, entries: Vec<Entry>, within: (&str, &str)) {
        for entry in entries {
            let (key, title) = inside(within, &entry);
            match entry.value {
                _ if !entry.shown.is_for_people() => {}
                Value::Cell(Cell::Sentence(said)) => self.notes.push(said),
                Value::Cell(cell) => self.figures.push(Figure::new(key, title, cell)),
                Value::Record(inner) => self.add(inner, (&key, &title)),
                Value::Sheet(sheet) => self.tables.push(Titled { key, title, sheet }),
            }
        }
    }

    /// Another period's figure beside the one of these.
    fn compared(&self, figure: Figure) -> Compared {
        let before = self.figures.iter().find(|one| one.key == figure.key);
        Compared {
            before: before.map_or(Cell::Empty, |one| one.value.clone()),
            figure,
            trend: Vec::new(),
        }
    }
}

/// The key and the label of an entry, with those of the record that it stands in.
fn inside((key, label): (&str, &str), entry: &Entry) -> (String, String) {
    let called = entry.called.unwrap_or(&entry.label);
    match key {
        "" => (entry.key.to_owned(), called.to_owned()),
        _ => (format!("{key}_{}", entry.key), format!("{label}: {called}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Heading, Record, Table};

    fn document() -> Document {
        let today = "2026-10-05".parse().unwrap();
        let period = |text| crate::domain::period::Period::parse(text, today).unwrap();
        let heading = Heading {
            period: period("2026-Q3"),
            beside: Some(period("2026-Q2")),
            running: false,
            same_days: false,
            at: None,
        };
        let figures = |part, hours: i64| {
            let hours = Record::new().with("median", "median", hours);
            Record::new()
                .with("rate", "Rate", Cell::rate(part, 4))
                .with("hours", "Hours", hours)
                .data("flag", true)
        };
        let table = |key| Table::of(&["a"]).left(key, "A", |one| *one).sheet();
        Document {
            beside: Some(figures(2, 7)),
            details: Record::new().with("groups", "By ask", table("a")),
            facts: Some(("Facts", table("who"))),
            notes: vec!["At the end.".into()],
            ..Document::new(heading, figures(3, 5).say("A sentence."))
        }
    }

    #[test]
    fn a_document_is_shown_in_parts() {
        let section = Section::new(("fill", "Fill", "?"), document());
        let rows = &section.figures.rows;
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!(
            rows[1],
            [
                Cell::text("hours_median"),
                Cell::text("Hours: median"),
                Cell::Integer(5),
                Cell::Integer(7),
                Cell::Change(Box::new((Cell::Integer(5), Cell::Integer(7)))),
            ]
        );
        assert_eq!(crate::output::plain::plain(&rows[0][4]), "+25 points");
        let notes = ["A sentence.", "At the end."].map(Sentence::from);
        assert_eq!(section.notes, notes);
        assert_eq!(section.tables.len(), 1);
        let names: Vec<String> = section.sheets().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["fill", "fill-groups", "fill-rows"]);
    }
}
