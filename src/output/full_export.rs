//! The file of one table of a full export: exact, counted and summed while it is written.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "no more is written than was given"
)]

use std::io;

use sha2::{Digest, Sha256};

use crate::domain::full_export::{StoredValue, TableFile, hexadecimal};

/// Writes the rows of one table.
pub struct TableWriter<W: io::Write> {
    name: String,
    rows: u64,
    csv: csv::Writer<Summed<W>>,
}

/// Passes bytes on and sums them.
struct Summed<W> {
    out: W,
    sum: Sha256,
}

impl<W: io::Write> io::Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: io::Write> TableWriter<W> {
    /// Begins the file of a table with its header.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new<'c>(name: &str, columns: impl Iterator<Item = &'c str>, out: W) -> io::Result<Self> {
        let sum = Sha256::new();
        let mut csv = csv::Writer::from_writer(Summed { out, sum });
        csv.write_record(columns)?;
        Ok(Self {
            name: name.to_owned(),
            rows: 0,
            csv,
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Those of the file.
    pub fn push(&mut self, row: &[StoredValue]) -> io::Result<()> {
        self.rows += 1;
        self.csv
            .write_record(row.iter().map(|value| value.cell().into_owned()))?;
        Ok(())
    }

    /// Finishes the file; what the manifest says about it, and where it was written.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(self) -> io::Result<(TableFile, W)> {
        let summed = self.csv.into_inner().map_err(|error| error.into_error())?;
        let file = TableFile {
            name: self.name,
            rows: self.rows,
            sha256: hexadecimal(&summed.sum.finalize()),
        };
        Ok((file, summed.out))
    }
}
