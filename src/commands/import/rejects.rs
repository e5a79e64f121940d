//! Rejected rows of an import under way: counted, written to the file asked for, and the first few kept to be shown.

use std::path::{Path, PathBuf};

use super::reasons::Reasons;
use crate::failure::{Failure, Result};
use crate::intake::Rejected;
use crate::output::{REJECTS_MARK, RejectsFile, write_whole};
use crate::resolve::output_file::{SideFile, check_writable};
use crate::resolve::reading::ReadArgs;
use crate::session::Session;

/// The rejected rows so far.
pub(super) struct Rejects {
    file: Option<(PathBuf, RejectsFile<Vec<u8>>)>,
    most: Option<u64>,
    /// How many.
    pub(super) count: u64,
    /// How many of them can be read, but say something else than an earlier row.
    contradictions: u64,
    /// Why.
    pub(super) reasons: Reasons,
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
            contradictions: 0,
            reasons: Reasons::default(),
        })
    }

    /// Adds a row.
    pub(super) fn add(&mut self, name: &str, header: &[String], row: &Rejected) -> Result<()> {
        self.count += 1;
        self.contradictions += u64::from(row.contradicts);
        self.reasons.add(name, row);
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
        // What contradicts an earlier row was read well enough to be told from it.
        let (most, count) = match self.most {
            Some(most) => (most, self.count),
            None => (rows / 2, self.count - self.contradictions),
        };
        if count <= most {
            return Ok(());
        }
        let hint = match path {
            Some(path) => format!("read {}; --max-rejects NUMBER allows more", path.display()),
            None => "--rejects FILE shows them all; --map field=Header names a column".to_owned(),
        };
        let message = format!(
            "{count} of {rows} rows cannot be read, more than {most}; nothing was loaded ({})",
            self.reasons.first().unwrap_or_default()
        );
        Err(Failure::other(message, hint))
    }

    /// With `--quiet` nothing is shown but what is wrong: the first few.
    pub(super) fn tell_quietly(&self, session: &mut Session<'_>) -> Result<()> {
        if session.quiet && self.count > 0 {
            writeln!(session.err, "{}", self.reasons.shown().join("\n"))?;
        }
        Ok(())
    }
}

fn write(path: &Path, file: RejectsFile<Vec<u8>>) -> Result<()> {
    let text = String::from_utf8(file.finish()?).map_err(anyhow::Error::from)?;
    write_whole(path, &text).map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::other(message, "name another file with --rejects")
    })
}
