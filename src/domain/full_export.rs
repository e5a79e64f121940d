//! A program written out whole: one CSV file a table and a manifest with counts and checksums. Text is exact, and
//! nothing is told from empty text, so that what is read back is what was there.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The shape of the folder, in the manifest.
pub const FORMAT: &str = "advocate-export/1";

/// What stands before text that would be nothing, or that a spreadsheet would run.
const MARK: char = '\\';

/// Signs at the beginning of text before which the mark stands: itself, and what makes a spreadsheet run a cell.
const MARKED: [char; 7] = [MARK, '=', '+', '-', '@', '\t', '\r'];

/// What is written about an export as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The schema of the database that was written out.
    pub schema_version: i32,
    /// The program that wrote it.
    pub program_version: String,
    /// When, as RFC 3339.
    pub exported_at: String,
    /// Its tables, in the order of the schema.
    pub tables: Vec<TableFile>,
}

/// What is written about the file of one table, which is called after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// The table.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// The SHA-256 of the file's bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole numbers.
    Number,
    /// Text.
    Text,
}

impl ColumnType {
    /// Whether a column of this name holds instants: seconds in columns called `at` or `…_at`.
    pub fn is_instant(self, column: &str) -> bool {
        self == ColumnType::Number && (column == "at" || column.ends_with("_at"))
    }
}

/// A value as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredValue {
    /// Nothing.
    Nothing,
    /// A whole number.
    Number(i64),
    /// Text, which may be empty.
    Text(String),
}

impl StoredValue {
    /// The value as it stands in a cell: nothing is an empty cell; empty text, and text that begins with a sign that a
    /// spreadsheet would run or with a backslash, has a backslash before it.
    pub fn cell(&self) -> Cow<'_, str> {
        match self {
            StoredValue::Nothing => Cow::Borrowed(""),
            StoredValue::Number(number) => Cow::Owned(number.to_string()),
            StoredValue::Text(text) if text.is_empty() || text.starts_with(MARKED) => {
                Cow::Owned(format!("{MARK}{text}"))
            }
            StoredValue::Text(text) => Cow::Borrowed(text),
        }
    }

    /// Reads a cell back.
    ///
    /// # Errors
    /// When a number is wanted and the cell holds none.
    pub fn read(cell: &str, kind: ColumnType) -> Result<Self, String> {
        match kind {
            _ if cell.is_empty() => Ok(StoredValue::Nothing),
            ColumnType::Number => cell
                .parse()
                .map(StoredValue::Number)
                .map_err(|_| format!("`{cell}` is no whole number")),
            ColumnType::Text => {
                let text = cell.strip_prefix(MARK).unwrap_or(cell);
                Ok(StoredValue::Text(text.to_owned()))
            }
        }
    }
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_nothing_what_is_empty_and_what_would_run_are_told_apart() {
        for (text, cell) in [
            ("", "\\"),
            ("a", "a"),
            (" a ", " a "),
            ("\\", "\\\\"),
            ("=1+1", "\\=1+1"),
            ("-1", "\\-1"),
            ("@ada", "\\@ada"),
            ("a=b", "a=b"),
            ("\tx", "\\\tx"),
        ] {
            let stored = StoredValue::Text(text.to_owned());
            assert_eq!(stored.cell(), cell);
            assert_eq!(StoredValue::read(cell, ColumnType::Text), Ok(stored));
        }
        assert_eq!(StoredValue::Nothing.cell(), "");
        assert_eq!(
            StoredValue::read("", ColumnType::Number),
            Ok(StoredValue::Nothing)
        );
        assert_eq!(
            StoredValue::read("-5", ColumnType::Number),
            Ok(StoredValue::Number(-5))
        );
        assert!(StoredValue::read("5.0", ColumnType::Number).is_err());
    }

    proptest! {
        #[test]
        fn any_text_and_number_comes_back(text in any::<String>(), number in any::<i64>()) {
            for (stored, kind) in [(StoredValue::Text(text), ColumnType::Text), (StoredValue::Number(number), ColumnType::Number)] {
                let cell = stored.cell().into_owned();
                prop_assert!(!cell.is_empty());
                let runs = cell.starts_with(['=', '+', '@', '\t', '\r']);
                prop_assert!(!runs);
                prop_assert_eq!(StoredValue::read(&cell, kind), Ok(stored));
            }
        }
    }
}
