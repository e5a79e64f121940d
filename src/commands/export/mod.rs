//! `export`: everything in a folder, from one consistent snapshot, or everything about one person. What is written is
//! the owner's only, and is there whole or not at all.

mod person;

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Context, Done, Failure};
use crate::cli::ExportArgs;
use crate::domain::full_export::{FORMAT, Manifest, TableFile};
use crate::intake::full_export;
use crate::output::{Column, Record, Sheet, TableWriter};
use crate::store::{Layout, SCHEMA_VERSION, Tx};

pub(super) fn run(args: &ExportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match (&args.person, &args.path) {
        (Some(who), path) => person::run(who, path.as_deref(), context),
        (None, Some(folder)) => everything(folder, context),
        (None, None) => Err(Failure::usage_hint("where to?", "advocate export DIR").into()),
    }
}

fn everything(folder: &Path, context: &mut Context<'_>) -> anyhow::Result<Done> {
    if !is_free(folder)? {
        return Err(taken(folder, "advocate export ANOTHER-DIR").into());
    }
    let unfinished = Unfinished(sibling(folder)?);
    DirBuilder::new()
        .mode(0o700)
        .create(&unfinished.0)
        .with_context(|| format!("cannot write {}", folder.display()))?;
    let exported_at = context.clock.now().to_rfc3339();
    let (manifest, today) = context.read(None, |tx, present| {
        let layouts = tx.layouts()?;
        let tables = layouts
            .iter()
            .map(|layout| write_table(tx, layout, &unfinished.0))
            .collect::<anyhow::Result<Vec<TableFile>>>()?;
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
    context.show("export/1", today, record(folder, &manifest))?;
    Ok(Done::Fully)
}

fn record(folder: &Path, manifest: &Manifest) -> Record {
    let number = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let mut sheet = Sheet::new(vec![
        Column::left("table", "Table"),
        Column::right("rows", "Rows"),
    ]);
    for table in manifest.tables.iter().filter(|table| table.rows > 0) {
        sheet.push(vec![table.name.as_str().into(), number(table.rows).into()]);
    }
    let rows = manifest.tables.iter().map(|table| table.rows).sum();
    Record::new()
        .with("folder", "Folder", folder.display().to_string())
        .with("schema_version", "Schema", manifest.schema_version)
        .with("rows", "Rows", number(rows))
        .with("tables", "Tables", manifest.tables.len())
        .with("written", "Rows by table", sheet)
        .say(format!(
            "To bring it back: advocate --db NEW.db import all {}",
            folder.display()
        ))
}

fn write_table(tx: &Tx<'_>, layout: &Layout, folder: &Path) -> anyhow::Result<TableFile> {
    let out = create(&full_export::path(folder, &layout.name))?;
    let columns = layout.columns.iter().map(|(name, _)| name.as_str());
    let mut writer = TableWriter::new(&layout.name, columns, out)?;
    tx.each_row(layout, |row| Ok::<_, anyhow::Error>(writer.push(&row)?))?;
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

fn taken(path: &Path, hint: &str) -> Failure {
    Failure::Other {
        message: format!("{} is there already; it was left untouched", path.display()),
        hint: hint.to_owned(),
    }
}

/// A name of its own beside a path, for what is not finished yet.
pub(super) fn sibling(path: &Path) -> anyhow::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| {
        Failure::usage(format!("{} is no name for something new", path.display()))
    })?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}", std::process::id()));
    Ok(path.with_file_name(beside))
}

/// A folder that is removed unless it was moved to its place.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // What was moved need not be removed, and the first failure is the one to report.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A new file that only its owner can read.
fn create(path: &Path) -> io::Result<BufWriter<File>> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    Ok(BufWriter::new(file))
}

/// Waits until the file is on the disk.
fn finish(mut file: BufWriter<File>) -> io::Result<()> {
    file.flush()?;
    file.get_ref().sync_all()
}
