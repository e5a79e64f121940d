//! The file of rejected rows: the row as it came, with the reason and where it stood, so that it can be mended and
//! imported again.

use std::io;

use super::csv::guarded;

/// The columns that every such file has, as its header holds them.
pub const REJECTS_MARK: &str = "reject_file,reject_line,reject_reason";

/// Writes rejected rows; one header row, and a further one where a file with other columns follows.
pub struct RejectsFile<W: io::Write> {
    writer: csv::Writer<W>,
    header: Vec<String>,
}

impl<W: io::Write> RejectsFile<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self {
            writer: csv::WriterBuilder::new().flexible(true).from_writer(out),
            header: Vec::new(),
        }
    }

    /// Adds a row of the file `name` whose columns are `header`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn push(
        &mut self,
        name: &str,
        header: &[String],
        line: u64,
        reason: &str,
        cells: &[String],
    ) -> io::Result<()> {
        if self.header != header {
            header.clone_into(&mut self.header);
            let own = REJECTS_MARK.split(',').map(str::to_owned);
            let names = header.iter().map(|cell| guarded(cell)).chain(own);
            self.writer.write_record(names)?;
        }
        let mut row: Vec<String> = cells.iter().map(|cell| guarded(cell)).collect();
        row.resize(row.len().max(header.len()), String::new());
        row.extend([guarded(name), line.to_string(), guarded(reason)]);
        self.writer.write_record(&row)?;
        Ok(())
    }

    /// Finishes the file, and gives back what it was written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}
