//! `doctor`: whether the program is set up as it should be, and what to type where it is not. What is in the file is for
//! `check` to prove.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use clap::Args;

use crate::domain::calendar::{Timestamp, ago};
use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Record, Table, count_of, left_in};
use crate::session::{Done, Session};
use crate::store::{SCHEMA_VERSION, Tx, backups, sqlite_version};
use crate::system;

/// Days after which what comes every night is stale.
const STALE_DAYS: i64 = 7;
/// Days after which a copy of the file is old.
const OLD_COPY_DAYS: i64 = 30;

/// What `--version` says: the version, what it was built from, and what it reads and writes.
pub(crate) fn version() -> String {
    format!(
        "{}\ncommit {}\nSQLite {}\nschema {SCHEMA_VERSION}",
        env!("CARGO_PKG_VERSION"),
        env!("ADVOCATE_COMMIT"),
        sqlite_version()
    )
}

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {}

/// Something that was looked at.
struct Finding {
    what: &'static str,
    found: String,
    /// What to type, where it is not as it should be.
    remedy: Option<CommandLine>,
}

impl Finding {
    fn well(what: &'static str, found: impl Into<String>) -> Self {
        Self {
            what,
            found: found.into(),
            remedy: None,
        }
    }

    /// The same, with a remedy where something is wrong.
    fn unless(self, is_well: bool, remedy: CommandLine) -> Self {
        Self {
            remedy: (!is_well).then_some(remedy),
            ..self
        }
    }
}

pub(super) fn run(_: &DoctorArgs, session: &mut Session<'_>) -> Result<Done> {
    let (mut findings, present) = session.read(None, |tx, present| {
        Ok((in_the_file(tx, present)?, present.clone()))
    })?;
    findings.extend(around_the_file(session, &present)?);
    let wrong = findings.iter().filter(|one| one.remedy.is_some()).count();
    let table = Table::of(&findings)
        .left("what", "What", |one| one.what)
        .left("state", "", |one| match one.remedy {
            Some(_) => "look",
            None => "well",
        })
        .left("found", "Found", |one| &one.found)
        .left("command", "Remedy", |one| {
            one.remedy.clone().map_or(Cell::Empty, Cell::from)
        });
    let verdict = match wrong {
        0 => "All is well here. What is in the file is proved by advocate check.".to_owned(),
        n => format!("{} to look at", count_of(n, "thing", "things")),
    };
    let record = Record::new()
        .with("verdict", "", verdict)
        .with("findings", "", table);
    session.show("doctor/1", present.today, record)?;
    Ok(match wrong {
        0 => Done::Fully,
        _ => Done::Found,
    })
}

/// What the database says of itself.
fn in_the_file(tx: &Tx<'_>, present: &Present) -> Result<Vec<Finding>> {
    let zone = present.policy.time_zone.to_string();
    let set = tx.is_said("time-zone")?;
    let mut findings = vec![
        Finding::well("program", format!("advocate {}", env!("CARGO_PKG_VERSION"))),
        Finding::well("schema", format!("version {SCHEMA_VERSION}, the newest")),
        Finding::well("time zone", format!("days begin and end in {zone}"))
            .unless(set, CommandLine::of("policy set time-zone Europe/Berlin")),
    ];
    findings.extend(imports(tx, present)?);
    Ok(findings)
}

/// When each kind of file came last.
fn imports(tx: &Tx<'_>, present: &Present) -> Result<Vec<Finding>> {
    let last = tx.last_imports()?;
    if last.is_empty() {
        let none = Finding::well("imports", "nothing was imported yet");
        return Ok(vec![none.unless(false, CommandLine::of("import nps FILE"))]);
    }
    let told = last.into_iter().map(|(kind, at)| {
        let on = present.day(at);
        let days = (present.today - on).num_days();
        let again = CommandLine::of("import").value(&kind).then("FILE");
        let nightly = kind == "nps";
        Finding::well("last import", format!("{kind}: {}", ago(present.today, on)))
            .unless(!nightly || days <= STALE_DAYS, again)
    });
    Ok(told.collect())
}

/// What lies around it.
fn around_the_file(session: &Session<'_>, present: &Present) -> Result<Vec<Finding>> {
    let database = &session.database;
    let about = fs::metadata(database)?;
    let mode = system::mode(&about);
    let size = about.len().div_ceil(1024);
    let beside = database.parent().unwrap_or(Path::new(""));
    let beside = match beside.as_os_str().is_empty() {
        true => Path::new("."),
        false => beside,
    };
    let mut left = left_in(beside);
    left.extend(left_in(&backups::folder_of(database)));
    let remove = left
        .iter()
        .fold(CommandLine::options("rm -r"), |line, path| {
            line.value(path.display())
        });
    let backups = backups::every(database)?;
    let made = backups.iter().filter_map(|path| fs::metadata(path).ok());
    let changed = made.filter_map(|about| {
        let since = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    });
    let newest = changed.map(Timestamp).max();
    let newest = newest.map(|at| present.day(at));
    let copied = match newest {
        Some(on) => format!(
            "{}, the newest made {}",
            count_of(backups.len(), "copy of the file", "copies of the file"),
            ago(present.today, on)
        ),
        None => "no copy of the file".to_owned(),
    };
    let mut findings = configuration(session);
    let fresh = newest.is_some_and(|on| (present.today - on).num_days() <= OLD_COPY_DAYS);
    let file = format!("{} ({size} KiB)", database.display());
    findings.push(Finding::well("file", file));
    // Elsewhere, the folder says who may read it.
    findings.extend(mode.map(|mode| {
        Finding::well("permissions", format!("{mode:o}")).unless(
            mode & 0o077 == 0,
            CommandLine::options("chmod 600").value(database.display()),
        )
    }));
    findings.extend([
        Finding::well(
            "leftovers",
            match left.len() {
                0 => "none".to_owned(),
                n => format!(
                    "{} of commands that were killed",
                    count_of(n, "hidden folder", "hidden folders")
                ),
            },
        )
        .unless(left.is_empty(), remove),
        Finding::well("backup", copied).unless(fresh, CommandLine::of("backup")),
    ]);
    Ok(findings)
}

/// The configuration file, where there is one.
fn configuration(session: &Session<'_>) -> Vec<Finding> {
    let preferences = &session.preferences;
    let path = preferences.path.as_ref().filter(|_| preferences.is_there);
    let found = path.map(|path| {
        let said = match &preferences.fault {
            Some(fault) => fault.to_string(),
            None => path.display().to_string(),
        };
        Finding::well("configuration", said)
            .unless(preferences.fault.is_none(), CommandLine::of("config show"))
    });
    found.into_iter().collect()
}
