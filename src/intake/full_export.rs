//! A whole export read back: refused where a byte of it is not what the manifest says.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{IntakeError, read_file};
use crate::domain::full_export::{
    ColumnType, FORMAT, Manifest, StoredValue, TableFile, hexadecimal,
};

/// The file that says what an export consists of.
pub const MANIFEST: &str = "manifest.json";

/// The manifest of an export.
///
/// # Errors
/// [`IntakeError::Unreadable`], [`IntakeError::Damaged`] where it is not one, [`IntakeError::NewerExport`].
pub fn manifest(folder: &Path, known: i32) -> Result<Manifest, IntakeError> {
    let file = folder.join(MANIFEST);
    let bytes = present(&file)?;
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
    Ok(manifest)
}

/// Hands over every row of a table, after its file was found to be what the manifest says.
///
/// # Errors
/// [`IntakeError::Unreadable`], [`IntakeError::Damaged`], and those of `take`.
pub fn rows<E: From<IntakeError>>(
    folder: &Path,
    table: &TableFile,
    columns: &[(String, ColumnType)],
    mut take: impl FnMut(Vec<StoredValue>) -> Result<(), E>,
) -> Result<(), E> {
    let file = path(folder, &table.name);
    let bytes = present(&file)?;
    let damaged = |why: String| IntakeError::Damaged {
        file: file.clone(),
        why,
    };
    if hexadecimal(&Sha256::digest(&bytes)) != table.sha256 {
        return Err(damaged("its checksum is not the one in the manifest".to_owned()).into());
    }
    let mut csv = csv::Reader::from_reader(bytes.as_slice());
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
        let row: Result<Vec<StoredValue>, String> = record.iter().zip(columns).map(read).collect();
        take(row.map_err(|why| damaged(format!("row {count}: {why}")))?)?;
    }
    if count != table.rows {
        let rows = table.rows;
        return Err(damaged(format!("it has {count} rows; the manifest says {rows}")).into());
    }
    Ok(())
}

/// The bytes of a file that must be there.
fn present(file: &Path) -> Result<Vec<u8>, IntakeError> {
    match read_file(file) {
        Err(IntakeError::Unreadable { source, .. })
            if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&source.kind()) =>
        {
            Err(IntakeError::Damaged {
                file: file.to_owned(),
                why: "it is missing from the export".to_owned(),
            })
        }
        read => read,
    }
}

/// The file of a table.
pub fn path(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.csv"))
}
