//! `import all`: a whole program from a folder that `export` wrote. All of it, or nothing.

use std::path::{Path, PathBuf};

use super::super::export::sibling;
use super::super::{Context, Done};
use crate::cli::ImportAllArgs;
use crate::domain::full_export::{Manifest, TableFile};
use crate::intake::{IntakeError, full_export};
use crate::output::Record;
use crate::store::{Layout, Restoring, SCHEMA_VERSION, Store, StoreError};

pub(super) fn run(args: &ImportAllArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let manifest = full_export::manifest(&args.folder, SCHEMA_VERSION)?;
    let database = context.database.clone();
    if std::fs::metadata(&database).is_ok_and(|found| found.len() > 0) {
        return Err(StoreError::Exists(database).into());
    }
    // Filled beside its place and moved there whole: whoever looks finds nothing or everything.
    let unfinished = Unfinished(sibling(&database)?);
    let version = manifest.schema_version;
    let fill = |restoring: &Restoring<'_>| fill(restoring, &args.folder, &manifest);
    let store = Store::restore(&unfinished.0, context.lock_wait, version, fill)?;
    let zone = store.read(|tx| tx.policy())?.time_zone;
    drop(store);
    std::fs::rename(&unfinished.0, &database)?;
    if version < SCHEMA_VERSION {
        context.note(&format!("upgraded the program from schema {version}"))?;
    }
    let rows = manifest.tables.iter().map(|table| table.rows).sum::<u64>();
    let number = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let record = Record::new()
        .with("database", "Database", database.display().to_string())
        .with("tables", "Tables", manifest.tables.len())
        .with("rows", "Rows", number(rows))
        .with("exported_at", "Exported", manifest.exported_at.as_str())
        .say("Next: advocate check");
    context.show("import-all/1", context.clock.today(zone), record)?;
    Ok(Done::Fully)
}

/// A database that is removed unless it was moved to its place.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.0.clone().into_os_string();
            path.push(suffix);
            // What is not there need not be removed, and the first failure is the one to report.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn fill(restoring: &Restoring<'_>, folder: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let layouts = restoring.layouts()?;
    for layout in &layouts {
        let table = described(manifest, layout, folder)?;
        full_export::rows(folder, table, &layout.columns, |row| {
            Ok::<_, anyhow::Error>(restoring.add(layout, &row)?)
        })?;
    }
    let known = |table: &&TableFile| layouts.iter().any(|layout| layout.name == table.name);
    if let Some(unknown) = manifest.tables.iter().find(|table| !known(table)) {
        let why = format!("there is no table `{}` in its schema", unknown.name);
        return Err(damaged(folder, why).into());
    }
    Ok(())
}

/// What the manifest says about a table, which must be there once.
fn described<'m>(
    manifest: &'m Manifest,
    layout: &Layout,
    folder: &Path,
) -> Result<&'m TableFile, IntakeError> {
    let mut found = manifest
        .tables
        .iter()
        .filter(|table| table.name == layout.name);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(damaged(
            folder,
            format!("table `{}` is missing", layout.name),
        )),
        _ => Err(damaged(
            folder,
            format!("table `{}` is there twice", layout.name),
        )),
    }
}

fn damaged(folder: &Path, why: String) -> IntakeError {
    IntakeError::Damaged {
        file: folder.join(full_export::MANIFEST),
        why,
    }
}
