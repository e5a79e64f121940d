//! `init`: creates the database, or upgrades one of an older version.

use clap::Args;

use crate::domain::calendar::Zone;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::session::{Done, Session};
use crate::store::{ClockSetBack, SCHEMA_VERSION, Store, StoreError, Writing};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The program's time zone, such as Europe/Berlin [default: the machine's]
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
}

pub(super) fn run(args: &InitArgs, session: &mut Session<'_>) -> Result<Done> {
    let zone = zone(args.time_zone.as_deref())?;
    let created = {
        let operation = session.operation(ClockSetBack::Refuse);
        let set_zone = |writing: &Writing<'_>| writing.put_setting("time-zone", &zone.to_string());
        Store::create(&session.database, session.lock_wait, &operation, set_zone)
    };
    match created {
        Ok(store) => {
            session.has_written = true;
            if store.uses_rollback_journal()? {
                session.note(
                    "the file lies on a network file system: slower, and one program at a time",
                )?;
            }
            show(session, zone, "created")
        }
        Err(StoreError::Exists(_)) => upgrade(session, args.time_zone.as_ref().map(|_| zone)),
        Err(error) => Err(error.into()),
    }
}

/// The zone asked for, or the machine's.
fn zone(asked: Option<&str>) -> Result<Zone> {
    match asked {
        Some(name) => Ok(name.parse().map_err(Failure::usage)?),
        None => {
            let machine = iana_time_zone::get_timezone().ok();
            let machine = machine.and_then(|name| name.parse().ok());
            Ok(machine.unwrap_or(Zone::UTC))
        }
    }
}

/// Brings an older database up to date; its time zone is a setting by now.
fn upgrade(session: &mut Session<'_>, asked: Option<Zone>) -> Result<Done> {
    let store = session.open_to_write()?;
    let done = match store.upgraded_from() {
        Some(_) => "upgraded",
        None => "exists already, nothing changed",
    };
    let zone = store.read(|tx| tx.policy())?.time_zone;
    if let Some(other) = asked.filter(|asked| *asked != zone) {
        let stays = format!("the time zone stays {zone}; to change it: ");
        let set = CommandLine::of("policy set time-zone").value(other);
        session.warn(Sentence::from(stays).then(set))?;
    }
    show(session, zone, done)
}

fn show(session: &mut Session<'_>, zone: Zone, done: &str) -> Result<Done> {
    let record = Record::new()
        .with(
            "database",
            "Database",
            session.database.display().to_string(),
        )
        .with("result", "Result", done)
        .with("schema_version", "Schema", i64::from(SCHEMA_VERSION))
        .with("time_zone", "Time zone", zone.to_string())
        .say(
            Sentence::from("Next: ")
                .then(CommandLine::of("import nps EXPORT.csv"))
                .then(", or ")
                .then(CommandLine::of("register EMAIL --will reference,review")),
        );
    session.show("init/1", session.clock.today(zone), record)
}
