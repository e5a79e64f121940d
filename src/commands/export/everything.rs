//! `export DIR`: everything in a folder, from one consistent snapshot.

use std::io::{self, BufWriter};
use std::path::Path;

use chrono::NaiveDate;

use crate::domain::full_export::{FORMAT, Manifest, TableFile};
use crate::failure::{Failure, Result};
use crate::intake::full_export;
use crate::output::{CommandLine, Record, Sentence, Table, TableWriter, Unfinished, create};
use crate::resolve::output_file::{finish, taken};
use crate::session::{Done, Session};
use crate::store::{Layout, SCHEMA_VERSION, Tx};
use crate::system;

pub(super) fn run(folder: &Path, session: &mut Session<'_>) -> Result<Done> {
    if !is_free(folder)? {
        return Err(is_taken(folder));
    }
    let written = write(folder, session);
    let (unfinished, manifest, today) = written.map_err(|failure| failure.doing(cannot(folder)))?;
    move_to(folder, unfinished)?;
    session.show("export/1", today, record(folder, &manifest))?;
    Ok(Done::Fully)
}

/// Writes the folder whole, beside its place, and says what is in it, on which day.
fn write(folder: &Path, session: &Session<'_>) -> Result<(Unfinished, Manifest, NaiveDate)> {
    let unfinished = Unfinished::at(folder)?;
    system::private_folder().create(unfinished.path())?;
    let exported_at = session.clock.now().to_rfc3339();
    let (manifest, today) = session.read(None, |tx, present| {
        let layouts = tx.layouts()?;
        let tables = layouts
            .iter()
            .map(|layout| write_table(tx, layout, unfinished.path()))
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
    let mut file = BufWriter::new(create(&unfinished.path().join(full_export::MANIFEST))?);
    serde_json::to_writer_pretty(&mut file, &manifest)?;
    finish(file)?;
    Ok((unfinished, manifest, today))
}

/// Puts the export in its place: into the folder that is there, or as a new one.
fn move_to(folder: &Path, unfinished: Unfinished) -> Result<()> {
    let moved = match folder.exists() {
        true if is_free(folder)? => unfinished.pour_out(full_export::MANIFEST),
        _ => unfinished.publish(),
    };
    moved.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => is_taken(folder),
        _ => Failure::from(error).doing(cannot(folder)),
    })
}

fn cannot(folder: &Path) -> String {
    format!("cannot write {}", folder.display())
}

fn is_taken(folder: &Path) -> Failure {
    taken(folder, CommandLine::of("export ANOTHER-DIR"))
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
    let out = BufWriter::new(create(&full_export::path(folder, &layout.name))?);
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
