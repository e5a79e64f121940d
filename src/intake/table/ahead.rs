//! Rows read ahead: in a large file one thread finds the cells while the caller's uses them, in the order of the file.

use std::sync::mpsc::{channel, sync_channel};

use csv::StringRecord;

use super::{Row, Rows, Table};

/// From this size of the text on, a second thread is worth its while.
const LARGE: usize = 4 << 20;
/// Rows that are handed over at once.
const ROWS: usize = 256;
/// How many such batches are ready at most.
const AHEAD: usize = 4;

/// A row that is kept while others are read.
#[derive(Default)]
struct Kept {
    line: u64,
    number: u64,
    unclosed: bool,
    record: StringRecord,
}

/// Rows that are handed over at once; its memory is used again.
#[derive(Default)]
struct Batch {
    kept: Vec<Kept>,
    filled: usize,
}

impl Batch {
    fn fill(&mut self, rows: &mut Rows<'_>) {
        self.kept.resize_with(ROWS, Kept::default);
        self.filled = 0;
        for kept in &mut self.kept {
            let Some(row) = rows.next() else { break };
            (kept.line, kept.number, kept.unclosed) = (row.line, row.number, row.unclosed);
            std::mem::swap(&mut kept.record, &mut rows.record);
            self.filled += 1;
        }
    }

    fn rows(&self, width: usize) -> impl Iterator<Item = Row<'_>> {
        self.kept[..self.filled].iter().map(move |kept| Row {
            line: kept.line,
            number: kept.number,
            record: &kept.record,
            width,
            unclosed: kept.unclosed,
        })
    }
}

impl Table {
    /// Hands every row to `use_row`, in the order of the file, until it fails.
    pub(crate) fn for_each_row<E>(
        &self,
        mut use_row: impl FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.text.len() >= LARGE {
            return self.read_ahead(use_row);
        }
        let mut rows = self.rows();
        while let Some(row) = rows.next() {
            use_row(row)?;
        }
        Ok(())
    }

    fn read_ahead<E>(&self, mut use_row: impl FnMut(Row<'_>) -> Result<(), E>) -> Result<(), E> {
        std::thread::scope(|scope| {
            let (ready, batches) = sync_channel::<Batch>(AHEAD);
            let (give_back, used) = channel::<Batch>();
            scope.spawn(move || {
                let mut rows = self.rows();
                loop {
                    let mut batch = used.try_recv().unwrap_or_default();
                    batch.fill(&mut rows);
                    // Nobody listens any more where a row could not be used.
                    if batch.filled == 0 || ready.send(batch).is_err() {
                        return;
                    }
                }
            });
            for batch in batches {
                batch.rows(self.width).try_for_each(&mut use_row)?;
                // Where the reader has finished, the memory is not needed again.
                give_back.send(batch).ok();
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Options;

    fn table(rows: usize) -> Table {
        let mut text = String::from("a,b\n");
        for row in 0..rows {
            text.push_str(&format!("{row},\"x\n{}\"\n", "y".repeat(row % 7)));
            text.push_str(if row % 5 == 0 { "\r\n,\n1,2,3\n" } else { "" });
        }
        text.push_str("1,\"never closed\n");
        Table::open(text.into_bytes(), &Options::default()).unwrap()
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
    fn rows_read_ahead_are_the_rows() {
        for count in [0, 1, ROWS - 1, ROWS, 10 * ROWS + 3] {
            let table = table(count);
            let (mut ahead, mut plain) = (Vec::new(), Vec::new());
            let taken: Result<(), ()> = table.read_ahead(|row| {
                ahead.push(told(row));
                Ok(())
            });
            assert_eq!(taken, Ok(()));
            let mut rows = table.rows();
            while let Some(row) = rows.next() {
                plain.push(told(row));
            }
            assert!(plain.len() > count);
            assert_eq!(ahead, plain);
        }
    }

    #[test]
    fn the_first_row_that_cannot_be_used_ends_it() {
        let table = table(40 * ROWS);
        let mut seen = 0;
        let stopped = table.read_ahead(|row| {
            seen += 1;
            if row.number == 300 {
                Err("stop")
            } else {
                Ok(())
            }
        });
        assert_eq!((stopped, seen), (Err("stop"), 300));
    }
}
