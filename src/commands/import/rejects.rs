//! Rejected rows of an import under way: counted, written to the file asked for, and the first few kept to be shown.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::intake::Rejected;
use crate::output::{REJECTS_MARK, RejectsFile, write_whole};
use crate::resolve::output_file::{SideFile, check_writable};
use crate::resolve::reading::ReadArgs;
use crate::session::Session;

/// How many rejected rows are shown in the summary.
const SHOWN: usize = 5;

/// The rejected rows so far.
pub(super) struct Rejects {
    file: Option<(PathBuf, RejectsFile<Vec<u8>>)>,
    most: Option<u64>,
    /// How many.
    pub(super) count: u64,
    first: Vec<String>,
}

impl Rejects {
    /// Makes sure that the file asked for can be made, before the long work begins. `read` are the imported files.
    pub(super) fn open(args: &ReadArgs, session: &Session<'_>, read: &[PathBuf]) -> Result<Self> {
        let file = match &args.rejects {
            None => None,
            Some(path) => {
                let file = SideFile {
                    path,
                    option: "--rejects",
                    mark: REJECTS_MARK,
                };
                check_writable(file, session, read)?;
                Some((path.clone(), RejectsFile::new(Vec::new())))
            }
        };
        Ok(Self {
            file,
            most: args.max_rejects.map(u64::from),
            count: 0,
            first: Vec::new(),
        })
    }

    /// Adds a row.
    pub(super) fn add(&mut self, name: &str, header: &[String], row: &Rejected) -> Result<()> {
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(format!(
                "{name} line {} (record {}): {}",
                row.line,
                row.record,
                short(&row.reason)
            ));
        }
        if let Some((_, file)) = &mut self.file {
            file.push(name, header, row.line, &row.reason, &row.original)?;
        }
        Ok(())
    }

    /// Writes the file, which may hold personal data: it is the owner's only.
    ///
    /// # Errors
    /// When more rows were rejected than allowed: by default, than half of them. Nothing is loaded then.
    pub(super) fn finish(&mut self, rows: u64) -> Result<()> {
        let path = match self.file.take() {
            None => None,
            Some((path, file)) => {
                write(&path, file)?;
                Some(path)
            }
        };
        let most = self.most.unwrap_or(rows / 2);
        if self.count <= most {
            return Ok(());
        }
        let hint = match path {
            Some(path) => format!("read {}; --max-rejects NUMBER allows more", path.display()),
            None => "--rejects FILE shows them all; --map field=Header names a column".to_owned(),
        };
        let message = format!(
            "{} of {rows} rows cannot be read, more than {most}; nothing was loaded ({})",
            self.count,
            self.first.first().map_or("", String::as_str)
        );
        Err(Failure::other(message, hint))
    }

    /// With `--quiet` nothing is shown but what is wrong: the first few.
    pub(super) fn tell_quietly(&self, session: &mut Session<'_>) -> Result<()> {
        if session.quiet && self.count > 0 {
            writeln!(session.err, "{}", self.shown().join("\n"))?;
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

/// A reason names what the cell holds, which can be a whole book.
fn short(reason: &str) -> String {
    const MOST: usize = 200;
    match reason.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &reason[..end]),
        None => reason.to_owned(),
    }
}

fn write(path: &Path, file: RejectsFile<Vec<u8>>) -> Result<()> {
    let text = String::from_utf8(file.finish()?).map_err(anyhow::Error::from)?;
    write_whole(path, &text).map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::other(message, "name another file with --rejects")
    })
}
