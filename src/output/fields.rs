//! An answer of which only some fields are wanted: `--columns email,score`, `--json=email,score`.

use super::answer::{Cell, Column, Entry, Sheet, Shown, Value};
use super::document::FACTS;

/// A field that an answer does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchField {
    /// The one asked for.
    pub field: String,
    /// Those that there are.
    pub known: Vec<&'static str>,
}

/// The rows of an answer with only the fields named, in that order; of a record that has them all itself, those values.
///
/// # Errors
/// [`NoSuchField`].
pub fn only(value: Value, fields: &[String]) -> Result<Value, NoSuchField> {
    match value {
        Value::Cell(_) => Ok(value),
        Value::Sheet(sheet) => of_sheet(sheet, fields).map(Value::Sheet),
        Value::Record(entries) => match (of_record(&entries, fields), main_sheet(&entries)) {
            (Err(_), Some(sheet)) => of_sheet(sheet.clone(), fields).map(Value::Sheet),
            (picked, _) => picked.map(Value::Record),
        },
    }
}

/// The first sheet of a record, or of the records in it: the rows that it is about.
pub(super) fn main_sheet(entries: &[Entry]) -> Option<&Sheet> {
    match &entries.get(place_of_main(entries)?)?.value {
        Value::Sheet(sheet) => Some(sheet),
        Value::Record(inner) => main_sheet(inner),
        Value::Cell(_) => None,
    }
}

/// Which of the values of a record is that sheet, or the record in which it is.
pub(super) fn place_of_main(entries: &[Entry]) -> Option<usize> {
    let place = |of: fn(&Entry) -> bool| {
        let is_it = |entry: &Entry| entry.shown.is_in_csv() && of(entry);
        entries.iter().position(is_it)
    };
    let is_sheet = |entry: &Entry| matches!(entry.value, Value::Sheet(_));
    let has_one = |entry: &Entry| match &entry.value {
        Value::Record(inner) => place_of_main(inner).is_some(),
        _ => false,
    };
    // The facts that were asked for with `--rows` come before the figures that they are behind.
    let facts = place(|entry| entry.key == FACTS && matches!(entry.value, Value::Sheet(_)));
    facts.or_else(|| place(is_sheet)).or_else(|| place(has_one))
}

fn of_sheet(sheet: Sheet, fields: &[String]) -> Result<Sheet, NoSuchField> {
    let columns = sheet.columns.iter().enumerate();
    let keyed = columns.filter(|(_, column)| column.shown != Shown::ToPeople);
    let places = places(fields, keyed.map(|(place, column)| (column.key, place)))?;
    let pick = |place: &usize| -> Option<Column> {
        let mut column = sheet.columns.get(*place)?.clone();
        column.shown = Shown::Everywhere;
        if column.heading.is_empty() {
            column.heading = column.key.to_owned();
        }
        Some(column)
    };
    let cells = |row: &Vec<Cell>| {
        let cells = places.iter().map(|place| row.get(*place).cloned());
        cells.map(|cell| cell.unwrap_or(Cell::Empty)).collect()
    };
    Ok(Sheet {
        columns: places.iter().filter_map(pick).collect(),
        rows: sheet.rows.iter().map(cells).collect(),
        notes: Vec::new(),
        ..sheet
    })
}

fn of_record(entries: &[Entry], fields: &[String]) -> Result<Vec<Entry>, NoSuchField> {
    let keyed = entries.iter().enumerate();
    let keyed = keyed.filter(|(_, entry)| entry.shown != Shown::ToPeople);
    let places = places(fields, keyed.map(|(place, entry)| (entry.key, place)))?;
    let pick = |place: &usize| -> Option<Entry> {
        let mut entry = entries.get(*place)?.clone();
        entry.shown = Shown::Everywhere;
        if entry.label.is_empty() {
            entry.label = entry.key.to_owned();
        }
        Some(entry)
    };
    Ok(places.iter().filter_map(pick).collect())
}

/// Where each field stands.
fn places(
    fields: &[String],
    known: impl Iterator<Item = (&'static str, usize)>,
) -> Result<Vec<usize>, NoSuchField> {
    let known: Vec<(&str, usize)> = known.collect();
    let place = |field: &String| {
        let found = known.iter().find(|(key, _)| key == field);
        found.map(|(_, place)| *place).ok_or_else(|| NoSuchField {
            field: field.clone(),
            known: known.iter().map(|(key, _)| *key).collect(),
        })
    };
    fields.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut columns = vec![
            Column::left("email", "Person"),
            Column::right("score", "Score"),
            Column::left("secret", ""),
            Column::left("", "Marks"),
        ];
        columns[2].shown = Shown::ToPrograms;
        columns[3].shown = Shown::ToPeople;
        let row = vec![
            Cell::text("ada@bench.example"),
            Cell::Integer(9),
            Cell::text("x"),
            Cell::text("y"),
        ];
        Sheet {
            rows: vec![row],
            ..Sheet::new(columns)
        }
    }

    fn fields(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_fields_named_stay_in_their_order_also_those_for_programs() {
        let Ok(Value::Sheet(picked)) = only(sheet().into(), &fields(&["secret", "email"])) else {
            panic!("no sheet");
        };
        let headings: Vec<&str> = picked
            .columns
            .iter()
            .map(|one| one.heading.as_str())
            .collect();
        assert_eq!(headings, ["secret", "Person"]);
        assert_eq!(
            picked.rows,
            [[Cell::text("x"), Cell::text("ada@bench.example")]]
        );
    }

    #[test]
    fn a_field_that_is_not_there_is_named_with_those_that_are() {
        for name in ["scores", ""] {
            let error = only(sheet().into(), &fields(&["email", name])).unwrap_err();
            assert_eq!(error.field, name);
            assert_eq!(error.known, ["email", "score", "secret"]);
        }
    }
}
