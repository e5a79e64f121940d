//! A report in the pack: the figures, tables and facts of its document.

use super::super::answer::{Cell, Entry, Sheet, Shown, Value};
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
        let figures = compared(&document);
        let figures = Compared::table(&figures, &document.heading).empty("There are no figures.");
        let own = document.figures.and(document.details);
        let titled = |(title, sheet): (&str, Sheet)| Titled {
            key: FACTS.to_owned(),
            title: title.to_owned(),
            sheet,
        };
        let mut charts = document.charts;
        charts.retain(|chart| !chart.is_empty());
        Self {
            key,
            title,
            question,
            figures: figures.sheet(),
            tables: tables(own.entries(), ("", "")),
            facts: document.facts.map(titled),
            notes: sentences(own.entries()).chain(document.notes).collect(),
            charts,
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

/// The single values of the period, each beside the one of the other period.
fn compared(document: &Document) -> Vec<Compared> {
    let beside = document.beside.iter();
    let beside: Vec<Figure> = beside
        .flat_map(|record| figures(record.entries(), ("", "")))
        .collect();
    let own = [&document.figures, &document.details].into_iter();
    let own = own.flat_map(|record| figures(record.entries(), ("", "")));
    own.map(|figure| {
        let before = beside.iter().find(|one| one.key == figure.key);
        Compared {
            before: before.map_or(Cell::Empty, |one| one.value.clone()),
            figure,
            trend: Vec::new(),
        }
    })
    .collect()
}

/// The sentences among the entries, for people.
fn sentences(entries: &[Entry]) -> impl Iterator<Item = Sentence> {
    entries.iter().filter_map(|entry| match &entry.value {
        Value::Cell(Cell::Sentence(said)) if entry.shown != Shown::Data => Some(said.clone()),
        _ => None,
    })
}

/// The sheets among the entries, and among those of records in them.
fn tables(entries: &[Entry], within: (&str, &str)) -> Vec<Titled> {
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| entry.shown != Shown::Data) {
        let (key, title) = inside(within, entry);
        match &entry.value {
            Value::Sheet(sheet) => found.push(Titled {
                key,
                title,
                sheet: sheet.clone(),
            }),
            Value::Record(inner) => found.extend(tables(inner, (&key, &title))),
            Value::Cell(_) => {}
        }
    }
    found
}

/// The single values among the entries, and among those of records in them.
fn figures(entries: &[Entry], within: (&str, &str)) -> Vec<Figure> {
    let mut found = Vec::new();
    let shown = |entry: &&Entry| entry.shown != Shown::Data && !entry.label.is_empty();
    for entry in entries.iter().filter(shown) {
        let (key, label) = inside(within, entry);
        match &entry.value {
            Value::Cell(cell) => found.push(Figure::new(key, label, cell.clone())),
            Value::Record(inner) => found.extend(figures(inner, (&key, &label))),
            Value::Sheet(_) => {}
        }
    }
    found
}

/// The key and the label of an entry, with those of the record that it stands in.
fn inside((key, label): (&str, &str), entry: &Entry) -> (String, String) {
    match key {
        "" => (entry.key.to_owned(), entry.label.clone()),
        _ => (
            format!("{key}_{}", entry.key),
            format!("{label}: {}", entry.label),
        ),
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
                Cell::text("−2"),
            ]
        );
        assert_eq!(rows[0][4], Cell::text("+25.0 points"));
        let notes = ["A sentence.", "At the end."].map(Sentence::from);
        assert_eq!(section.notes, notes);
        assert_eq!(section.tables.len(), 1);
        let names: Vec<String> = section.sheets().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["fill", "fill-groups", "fill-rows"]);
    }
}
