//! `export DIR`: everything in a folder, from one consistent snapshot.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::domain::full_export::{FORMAT, Manifest, TableFile};
use crate::failure::{Failure, Result};
use crate::intake::full_export;
use crate::output::{CommandLine, Record, Sentence, Table, TableWriter};
use crate::resolve::output_file::{beside, create, finish, taken};
use crate::session::{Done, Session};
use crate::store::{Layout, SCHEMA_VERSION, Tx};

pub(super) fn run(folder: &Path, session: &mut Session<'_>) -> Result<Done> {
    if !is_free(folder)? {
        return Err(taken(folder, CommandLine::of("export ANOTHER-DIR")));
    }
    let unfinished = Unfinished(beside(folder)?);
    DirBuilder::new()
        .mode(0o700)
        .create(&unfinished.0)
        .with_context(|| format!("cannot write {}", folder.display()))?;
    let exported_at = session.clock.now().to_rfc3339();
    let (manifest, today) = session.read(None, |tx, present| {
        let layouts = tx.layouts()?;
        let tables = layouts
            .iter()
            .map(|layout| write_table(tx, layout, &unfinished.0))
            .collect::<Result<Vec<TableFile>>>()?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            schema_version: SCHEMA_VERSION,
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            exported_at: exported_at.clone(),
            tables,
        };
        Ok((manifest, present.today))
    })?;
    let mut file = create(&unfinished.0.join(full_export::MANIFEST))?;
    serde_json::to_writer_pretty(&mut file, &manifest)?;
    finish(file)?;
    std::fs::rename(&unfinished.0, folder)?;
    session.show("export/1", today, record(folder, &manifest))
}

fn record(folder: &Path, manifest: &Manifest) -> Record {
    let mut written: Vec<&TableFile> = manifest.tables.iter().collect();
    written.retain(|table| table.rows > 0);
    let written = Table::of(&written)
        .left("table", "Table", |table| &table.name)
        .right("rows", "Rows", |table| table.rows);
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let back = CommandLine::of("--db NEW.db import all").value(folder.display());
    Record::new()
        .with("folder", "Folder", folder.display().to_string())
        .with("schema_version", "Schema", manifest.schema_version)
        .with("rows", "Rows", rows)
        .with("tables", "Tables", manifest.tables.len())
        .with("written", "Rows by table", written)
        .say(Sentence::from("To bring it back: ").then(back))
}

fn write_table(tx: &Tx<'_>, layout: &Layout, folder: &Path) -> Result<TableFile> {
    let out = create(&full_export::path(folder, &layout.name))?;
    let columns = layout.columns.iter().map(|(name, _)| name.as_str());
    let mut writer = TableWriter::new(&layout.name, columns, out)?;
    tx.each_row(layout, |row| Ok::<_, Failure>(writer.push(&row)?))?;
    let (table, out) = writer.finish()?;
    finish(out)?;
    Ok(table)
}

/// Whether nothing is there, or an empty folder.
fn is_free(path: &Path) -> io::Result<bool> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(error),
    }
}

/// A folder that is removed unless it was moved to its place.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // What was moved need not be removed, and the first failure is the one to report.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
