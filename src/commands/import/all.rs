//! `import all`: a whole program from a folder that `export` wrote. All of it, or nothing.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Failure, Result};
use crate::intake::full_export::Export;
use crate::output::{CommandLine, Record, Sentence};
use crate::session::new_database::{NewDatabase, refuse_left};
use crate::session::{Done, Session};
use crate::store::{Restoring, SCHEMA_VERSION, StoreError};

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
    match database.symlink_metadata() {
        Ok(found) if found.len() == 0 => return Err(empty(&database)),
        Ok(_) => return Err(StoreError::Exists(database).into()),
        Err(_) => refuse_left(&database)?,
    }
    let version = manifest.schema_version;
    let fill = |restoring: &Restoring<'_>| fill(restoring, &export);
    NewDatabase::filled(&database, session.lock_wait, version, fill)?.publish()?;
    session.has_written = true;
    let zone = session.read(None, |tx, _| Ok(tx.policy()?))?.time_zone;
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

/// An empty file is not replaced: somebody may be about to write to it.
fn empty(path: &Path) -> Failure {
    let message = format!("{} exists already, and is empty", path.display());
    let remove = CommandLine::options("rm").value(path.display());
    Failure::other(message, Sentence::from("remove it: ").then(remove))
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
