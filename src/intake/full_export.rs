//! A full export read back: refused where a byte of it is not what the manifest says.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use sha2::{Digest, Sha256};

use super::{IntakeError, read_file};
use crate::domain::calendar::Timestamp;
use crate::domain::full_export::{
    ColumnType, FORMAT, Manifest, StoredValue, TableFile, hexadecimal,
};

/// The file that says what an export consists of.
pub const MANIFEST: &str = "manifest.json";

/// A file of an export that is part of this program: its name, and its bytes.
pub type Embedded = (&'static str, &'static [u8]);

/// Where the files of an export are.
#[derive(Debug, Clone)]
enum Files {
    Folder(PathBuf),
    Embedded(&'static [Embedded]),
}

/// A full export.
#[derive(Debug, Clone)]
pub struct Export {
    /// What it says about itself.
    pub manifest: Manifest,
    files: Files,
}

impl Export {
    /// The export in a folder; `known` is the newest schema that can be read.
    ///
    /// # Errors
    /// [`IntakeError::Unreadable`], [`IntakeError::Damaged`] where it is not one, [`IntakeError::NewerExport`].
    pub fn in_folder(folder: &Path, known: i32) -> Result<Self, IntakeError> {
        Self::open(Files::Folder(folder.to_owned()), known)
    }

    /// The export that is part of this program.
    ///
    /// # Errors
    /// As [`Export::in_folder`].
    pub fn embedded(files: &'static [Embedded], known: i32) -> Result<Self, IntakeError> {
        Self::open(Files::Embedded(files), known)
    }

    fn open(files: Files, known: i32) -> Result<Self, IntakeError> {
        let (file, bytes) = files.read(MANIFEST)?;
        let damaged = |why: String| IntakeError::Damaged {
            file: file.clone(),
            why,
        };
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|error| damaged(format!("it is no manifest of an export: {error}")))?;
        if manifest.format != FORMAT {
            return Err(damaged(format!(
                "its format is `{}`; this version reads `{FORMAT}`",
                manifest.format
            )));
        }
        let found = manifest.schema_version;
        if found > known {
            return Err(IntakeError::NewerExport { found, known });
        }
        if found < 1 {
            return Err(damaged(format!("there never was a schema {found}")));
        }
        Ok(Self { manifest, files })
    }

    /// When it was written.
    ///
    /// # Errors
    /// [`IntakeError::Damaged`].
    pub fn exported_at(&self) -> Result<Timestamp, IntakeError> {
        let text = &self.manifest.exported_at;
        let at = DateTime::parse_from_rfc3339(text);
        at.map(|at| Timestamp(at.timestamp()))
            .map_err(|_| self.damaged(format!("`{text}` is no moment")))
    }

    /// Looks whether it has tables that are none of these.
    ///
    /// # Errors
    /// [`IntakeError::Damaged`].
    pub fn has_only<'a>(
        &self,
        names: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), IntakeError> {
        let mut tables = self.manifest.tables.iter();
        match tables.find(|table| !names.clone().any(|name| name == table.name)) {
            Some(TableFile { name, .. }) => {
                Err(self.damaged(format!("there is no table `{name}` in its schema")))
            }
            None => Ok(()),
        }
    }

    /// What the manifest says about a table, which must be there once.
    fn table(&self, name: &str) -> Result<&TableFile, IntakeError> {
        let tables = self.manifest.tables.iter();
        let mut found = tables.filter(|table| table.name == name);
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(self.damaged(format!("table `{name}` is missing"))),
            _ => Err(self.damaged(format!("table `{name}` is there twice"))),
        }
    }

    fn damaged(&self, why: String) -> IntakeError {
        IntakeError::Damaged {
            file: self.files.path(MANIFEST),
            why,
        }
    }

    /// Hands over every row of a table, after its file was found to be what the manifest says.
    ///
    /// # Errors
    /// [`IntakeError::Unreadable`], [`IntakeError::Damaged`], and those of `take`.
    pub fn rows<E: From<IntakeError>>(
        &self,
        name: &str,
        columns: &[(String, ColumnType)],
        mut take: impl FnMut(Vec<StoredValue>) -> Result<(), E>,
    ) -> Result<(), E> {
        let table = self.table(name)?;
        let (file, bytes) = self.files.read(&file_name(name))?;
        let damaged = |why: String| IntakeError::Damaged {
            file: file.clone(),
            why,
        };
        if hexadecimal(&Sha256::digest(&bytes)) != table.sha256 {
            return Err(damaged("its checksum is not the one in the manifest".to_owned()).into());
        }
        let mut csv = csv::Reader::from_reader(&*bytes);
        let header = csv
            .headers()
            .map_err(|error| damaged(error.to_string()))?
            .clone();
        if !header.iter().eq(columns.iter().map(|(name, _)| name)) {
            return Err(damaged("its columns are not those of its schema".to_owned()).into());
        }
        let mut count = 0;
        for record in csv.records() {
            let record = record.map_err(|error| damaged(error.to_string()))?;
            count += 1;
            let read =
                |(cell, (_, kind)): (&str, &(String, ColumnType))| StoredValue::read(cell, *kind);
            let row: Result<Vec<StoredValue>, String> =
                record.iter().zip(columns).map(read).collect();
            take(row.map_err(|why| damaged(format!("row {count}: {why}")))?)?;
        }
        if count != table.rows {
            let rows = table.rows;
            return Err(damaged(format!("it has {count} rows; the manifest says {rows}")).into());
        }
        Ok(())
    }
}

impl Files {
    fn path(&self, name: &str) -> PathBuf {
        match self {
            Files::Folder(folder) => folder.join(name),
            Files::Embedded(_) => PathBuf::from(name),
        }
    }

    /// The path and the bytes of a file that must be there.
    fn read(&self, name: &str) -> Result<(PathBuf, Cow<'static, [u8]>), IntakeError> {
        let path = self.path(name);
        let bytes = match self {
            Files::Folder(_) => match read_file(&path) {
                Ok(bytes) => Some(Cow::Owned(bytes)),
                Err(IntakeError::Unreadable { source, .. }) if is_missing(&source) => None,
                Err(error) => return Err(error),
            },
            Files::Embedded(files) => {
                let found = files.iter().find(|(file, _)| *file == name);
                found.map(|(_, bytes)| Cow::Borrowed(*bytes))
            }
        };
        match bytes {
            Some(bytes) => Ok((path, bytes)),
            None => Err(IntakeError::Damaged {
                file: path,
                why: "it is missing from the export".to_owned(),
            }),
        }
    }
}

fn is_missing(error: &io::Error) -> bool {
    [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind())
}

/// The file of a table.
pub fn path(folder: &Path, table: &str) -> PathBuf {
    folder.join(file_name(table))
}

fn file_name(table: &str) -> String {
    format!("{table}.csv")
}
