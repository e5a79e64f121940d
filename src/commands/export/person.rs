//! `export --person`: everything on record about one person, whole and readable.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are those of the layouts, and of the columns of one"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::domain::calendar::Timestamp;
use crate::domain::full_export::StoredValue;
use crate::domain::ids::PersonId;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Unfinished, create, escaped};
use crate::resolve;
use crate::resolve::output_file::taken;
use crate::session::{Done, Session};
use crate::store::{Layout, PersonRow, StoredRow, Tx};

/// The shape of the document.
const FORMAT: &str = "advocate-person/1";

/// The table of people, to whom facts point.
const PEOPLE: &str = "people";

pub(super) fn run(who: &str, path: Option<&Path>, session: &mut Session<'_>) -> Result<Done> {
    let now = session.clock.now();
    let (person, document, today) = session.read(None, |tx, present| {
        let person = resolve::person(tx, who)?;
        let document = document(tx, &person, now)?;
        Ok((person, escaped(&format!("{document:#}")), present.today))
    })?;
    let Some(path) = path else {
        if !session.quiet {
            writeln!(session.out, "{document}")?;
        }
        return Ok(Done::Fully);
    };
    let path = match path.is_dir() {
        true => path.join(format!("person-{}.json", person.id)),
        false => path.to_owned(),
    };
    write_new(&path, &document).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            taken(&path, CommandLine::of("export --person WHO ANOTHER-FILE"))
        }
        _ => Failure::from(error),
    })?;
    let record = Record::new().with("email", "Person", person.email).with(
        "file",
        "File",
        path.display().to_string(),
    );
    session.show("export-person/1", today, record)
}

/// Writes a file in which nothing was.
fn write_new(path: &Path, document: &str) -> io::Result<()> {
    let unfinished = Unfinished::at(path)?;
    let mut file = create(unfinished.path())?;
    writeln!(file, "{document}")?;
    file.sync_all()?;
    unfinished.publish()
}

/// Rows of each table, by the place of the table in the schema.
type Found = BTreeMap<usize, BTreeMap<Vec<String>, StoredRow>>;

fn document(tx: &Tx<'_>, person: &PersonRow, now: Timestamp) -> Result<Value> {
    let layouts = tx.layouts()?;
    let mut ids = BTreeSet::from([person.id]);
    ids.extend(tx.records_of(person.id)?);
    let found = gather(tx, &layouts, &ids)?;
    let mut document = Map::new();
    document.insert("format".into(), FORMAT.into());
    document.insert("exported_at".into(), now.to_rfc3339().into());
    document.insert("person".into(), person.email.as_str().into());
    // Who they are comes first, and what was typed about them last.
    let mut tables: Vec<_> = found.iter().collect();
    tables.sort_by_key(|(at, _)| match layouts[**at].name.as_str() {
        PEOPLE => 0,
        "operations" => 2,
        _ => 1,
    });
    for (at, rows) in tables {
        let rows = rows.values().map(|row| object(&layouts[*at], row));
        document.insert(layouts[*at].name.clone(), rows.collect());
    }
    Ok(document.into())
}

/// Their records, whatever points to them, and whatever points to that; then the accounts, sources and operations that
/// those name.
fn gather(tx: &Tx<'_>, layouts: &[Layout], ids: &BTreeSet<PersonId>) -> Result<Found> {
    let mut found = Found::new();
    let own = ids.iter().map(|id| id.0).collect();
    add(tx, layouts, &mut found, PEOPLE, "id", &own)?;
    let mut facts = Vec::new();
    for (table, column) in tx.pointing_to(PEOPLE)? {
        if table != PEOPLE {
            add(tx, layouts, &mut found, &table, &column, &own)?;
            facts.push(table);
        }
    }
    for fact in &facts {
        let keys = numbers(layouts, &found, fact, "id");
        for (table, column) in tx.pointing_to(fact)? {
            // What is about a person says so itself: a gift for an ask is the one's who got it.
            if !facts.contains(&table) {
                add(tx, layouts, &mut found, &table, &column, &keys)?;
            }
        }
    }
    edits(tx, layouts, &mut found, &own)?;
    for table in ["accounts", "sources"] {
        let mut named = BTreeSet::new();
        for (from, column) in tx.pointing_to(table)? {
            named.extend(numbers(layouts, &found, &from, &column));
        }
        add(tx, layouts, &mut found, table, "id", &named)?;
    }
    operations(tx, layouts, &mut found)?;
    Ok(found)
}

/// The changes of their describing fields, which point to whom they are about in a way of their own.
fn edits(tx: &Tx<'_>, layouts: &[Layout], found: &mut Found, own: &BTreeSet<i64>) -> Result<()> {
    add(tx, layouts, found, "edits", "entity_id", own)?;
    let person = StoredValue::Text("person".to_owned());
    for (at, rows) in found {
        let layout = &layouts[*at];
        if layout.name == "edits"
            && let Some(entity) = place(layout, "entity")
        {
            rows.retain(|_, row| row[entity] == person);
        }
    }
    Ok(())
}

/// Every operation that wrote one of the rows, and every other whose command names one of their addresses. An account
/// or a source is no row about them.
fn operations(tx: &Tx<'_>, layouts: &[Layout], found: &mut Found) -> Result<()> {
    let mut ids = BTreeSet::new();
    for (at, rows) in &*found {
        let layout = &layouts[*at];
        if !["accounts", "sources"].contains(&layout.name.as_str())
            && let Some(column) = place(layout, "operation_id")
        {
            ids.extend(rows.values().filter_map(|row| number(&row[column])));
        }
    }
    let people = layouts.iter().position(|layout| layout.name == PEOPLE);
    if let Some((rows, key)) = people.and_then(|at| {
        let key = place(&layouts[at], "email_key")?;
        Some((found.get(&at)?, key))
    }) {
        for row in rows.values() {
            if let StoredValue::Text(address) = &row[key] {
                ids.extend(tx.operations_naming(address)?);
            }
        }
    }
    add(tx, layouts, found, "operations", "id", &ids)
}

fn add(
    tx: &Tx<'_>,
    layouts: &[Layout],
    found: &mut Found,
    table: &str,
    column: &str,
    numbers: &BTreeSet<i64>,
) -> Result<()> {
    let Some(at) = layouts.iter().position(|layout| layout.name == table) else {
        return Ok(());
    };
    let rows = found.entry(at).or_default();
    for row in tx.rows_with(&layouts[at], column, numbers)? {
        rows.insert(sort_key(&row), row);
    }
    Ok(())
}

/// Rows are told apart by all that they hold; numbers sort as numbers.
fn sort_key(row: &StoredRow) -> Vec<String> {
    let key = row.iter().map(|value| match value {
        StoredValue::Number(number) => format!("{number:020}"),
        other => other.cell().into_owned(),
    });
    key.collect()
}

fn place(layout: &Layout, column: &str) -> Option<usize> {
    layout.columns.iter().position(|(name, _)| name == column)
}

const fn number(value: &StoredValue) -> Option<i64> {
    match value {
        StoredValue::Number(number) => Some(*number),
        _ => None,
    }
}

/// The numbers in a column of the rows found of a table.
fn numbers(layouts: &[Layout], found: &Found, table: &str, column: &str) -> BTreeSet<i64> {
    let at = layouts.iter().position(|layout| layout.name == table);
    let rows = at.and_then(|at| Some((found.get(&at)?, place(&layouts[at], column)?)));
    rows.map(|(rows, column)| {
        rows.values()
            .filter_map(|row| number(&row[column]))
            .collect()
    })
    .unwrap_or_default()
}

/// A row as a JSON object. Instants are written as dates and times.
fn object(layout: &Layout, row: &StoredRow) -> Value {
    let entries = layout.columns.iter().zip(row).map(|((name, kind), value)| {
        let value = match value {
            StoredValue::Nothing => Value::Null,
            StoredValue::Number(at) if kind.is_instant(name) => Timestamp(*at).to_rfc3339().into(),
            StoredValue::Number(number) => json!(number),
            StoredValue::Text(text) => json!(text),
        };
        (name.clone(), value)
    });
    entries.collect::<Map<_, _>>().into()
}
