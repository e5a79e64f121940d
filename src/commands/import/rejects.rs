//! Rejected rows of an import under way: counted, written to the file asked for, and the first few kept to be shown.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::cli::ReadArgs;
use crate::commands::Failure;
use crate::intake::Rejected;
use crate::output::RejectsFile;

/// How many rejected rows are shown in the summary.
const SHOWN: usize = 5;

/// The rejected rows so far.
pub(super) struct Rejects {
    file: Option<(PathBuf, RejectsFile<BufWriter<File>>)>,
    most: Option<u64>,
    /// How many.
    pub(super) count: u64,
    first: Vec<String>,
}

impl Rejects {
    /// Opens the file asked for before the long work begins; it may hold personal data, so it is the owner's only.
    pub(super) fn open(args: &ReadArgs) -> anyhow::Result<Self> {
        let file = match &args.rejects {
            None => None,
            Some(path) => Some((
                path.clone(),
                RejectsFile::new(BufWriter::new(create(path)?)),
            )),
        };
        Ok(Self {
            file,
            most: args.max_rejects,
            count: 0,
            first: Vec::new(),
        })
    }

    /// Adds a row.
    pub(super) fn add(
        &mut self,
        name: &str,
        header: &[String],
        row: &Rejected,
    ) -> anyhow::Result<()> {
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(format!(
                "{name} line {} (record {}): {}",
                row.line, row.record, row.reason
            ));
        }
        if let Some((_, file)) = &mut self.file {
            file.push(name, header, row.line, &row.reason, &row.original)?;
        }
        Ok(())
    }

    /// Finishes the file.
    ///
    /// # Errors
    /// When more rows were rejected than allowed: by default, than half of them. Nothing is loaded then.
    pub(super) fn finish(&mut self, rows: u64) -> anyhow::Result<()> {
        let path = match self.file.take() {
            None => None,
            Some((path, file)) => {
                file.finish()?;
                Some(path)
            }
        };
        let most = self.most.unwrap_or(rows / 2);
        if self.count > most {
            let hint = match path {
                Some(path) => format!("read {}; --max-rejects NUMBER allows more", path.display()),
                None => {
                    "--rejects FILE shows them all; --map field=Header names a column".to_owned()
                }
            };
            let message = format!(
                "{} of {rows} rows cannot be read, more than {most}; nothing was loaded ({})",
                self.count,
                self.first.first().map_or("", String::as_str)
            );
            return Err(Failure::Other { message, hint }.into());
        }
        Ok(())
    }

    /// The first few, in words.
    pub(super) fn shown(&self) -> Vec<String> {
        let mut shown = self.first.clone();
        if self.count > shown.len() as u64 {
            shown.push(format!("and {} more", self.count - shown.len() as u64));
        }
        shown
    }
}

fn create(path: &Path) -> anyhow::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| {
            let message = format!("cannot write {}: {error}", path.display());
            Failure::Other {
                message,
                hint: "name another file with --rejects".into(),
            }
            .into()
        })
}
