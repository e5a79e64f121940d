//! Rows that are kept while others are read: several at once, in memory that is used again.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "no more are filled than there are"
)]

use std::ops::Range;

use csv::StringRecord;

use super::{Row, Rows};

/// Consecutive rows of a table.
#[derive(Default)]
pub(crate) struct Kept {
    rows: Vec<KeptRow>,
    filled: usize,
    width: usize,
}

#[derive(Default)]
struct KeptRow {
    line: u64,
    number: u64,
    unclosed: bool,
    text: Range<usize>,
    record: StringRecord,
}

impl Kept {
    /// Takes the next rows in place of those that were kept before: `most`, unless the table ends.
    pub(crate) fn refill(&mut self, rows: &mut Rows<'_>, most: usize) {
        self.rows.resize_with(most, KeptRow::default);
        self.width = rows.table.width;
        self.filled = 0;
        for kept in &mut self.rows {
            let Some(row) = rows.next() else { break };
            (kept.line, kept.number, kept.unclosed) = (row.line, row.number, row.unclosed);
            kept.text = row.text;
            std::mem::swap(&mut kept.record, &mut rows.record);
            self.filled += 1;
        }
    }

    /// The rows, in the order of the table.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows[..self.filled].iter().map(|kept| Row {
            line: kept.line,
            number: kept.number,
            record: &kept.record,
            width: self.width,
            unclosed: kept.unclosed,
            text: kept.text.clone(),
        })
    }

    /// Whether there are none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.filled == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Options;
    use crate::intake::table::Table;

    fn table(rows: usize) -> Table {
        let mut text = String::from("a,b\n");
        for row in 0..rows {
            text.push_str(&format!("{row},\"x\n{}\"\n", "y".repeat(row % 7)));
            text.push_str(if row % 5 == 0 { "\r\n,\n1,2,3\n" } else { "" });
        }
        text.push_str("1,\"never closed\n");
        Table::open(text.into_bytes(), &Options::default(), &|_| true).unwrap()
    }

    fn told(row: Row<'_>) -> (u64, u64, Vec<String>, Option<String>) {
        let rejected = row.rejected("");
        (
            rejected.line,
            rejected.record,
            rejected.original,
            row.fault(),
        )
    }

    #[test]
    fn rows_kept_are_the_rows() {
        for count in [0, 1, 7, 8, 83] {
            let table = table(count);
            let (mut kept, mut together, mut plain) = (Kept::default(), Vec::new(), Vec::new());
            let mut rows = table.rows();
            loop {
                kept.refill(&mut rows, 8);
                if kept.is_empty() {
                    break;
                }
                together.extend(kept.rows().map(told));
            }
            let mut rows = table.rows();
            while let Some(row) = rows.next() {
                plain.push(told(row));
            }
            assert!(plain.len() > count);
            assert_eq!(together, plain);
        }
    }
}
