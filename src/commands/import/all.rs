//! `import all`: a whole program from a folder that `export` wrote. All of it, or nothing.

use std::path::PathBuf;

use clap::Args;

use crate::failure::{Failure, Result};
use crate::intake::full_export::Export;
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::output_file::beside;
use crate::session::{Done, Session};
use crate::store::{Restoring, SCHEMA_VERSION, Store, StoreError};

/// Arguments of `import all`.
#[derive(Debug, Args)]
pub struct ImportAllArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

pub(super) fn run(args: &ImportAllArgs, session: &mut Session<'_>) -> Result<Done> {
    let export = Export::in_folder(&args.folder, SCHEMA_VERSION)?;
    let manifest = &export.manifest;
    let database = session.database.clone();
    if std::fs::metadata(&database).is_ok_and(|found| found.len() > 0) {
        return Err(StoreError::Exists(database).into());
    }
    // Filled beside its place and moved there whole: whoever looks finds nothing or everything.
    let unfinished = Unfinished(beside(&database)?);
    let version = manifest.schema_version;
    let store = Store::create_at(&unfinished.0, session.lock_wait, version)?
        .restored(|restoring| fill(restoring, &export))?;
    let zone = store.read(|tx| tx.policy())?.time_zone;
    drop(store);
    std::fs::rename(&unfinished.0, &database)?;
    if version < SCHEMA_VERSION {
        session.note(format!("upgraded the program from schema {version}"))?;
    }
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let record = Record::new()
        .with("database", "Database", database.display().to_string())
        .with("tables", "Tables", manifest.tables.len())
        .with("rows", "Rows", rows)
        .with("exported_at", "Exported", &manifest.exported_at)
        .say(Sentence::from("Next: ").then(CommandLine::of("check")));
    session.show("import-all/1", session.clock.today(zone), record)?;
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

fn fill(restoring: &Restoring<'_>, export: &Export) -> Result<()> {
    let layouts = restoring.layouts()?;
    for layout in &layouts {
        export.rows(&layout.name, &layout.columns, |row| {
            Ok::<_, Failure>(restoring.add(layout, &row)?)
        })?;
    }
    Ok(export.has_only(layouts.iter().map(|layout| layout.name.as_str()))?)
}
