//! `init`: creates the database, or upgrades one of an older version.

use super::{Context, Done, Failure};
use crate::cli::InitArgs;
use crate::domain::calendar::Zone;
use crate::domain::policy::Policy;
use crate::output::Record;
use crate::store::{NewOperation, SCHEMA_VERSION, Store, StoreError};

pub(super) fn run(args: &InitArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let zone = zone(args.time_zone.as_deref())?;
    match Store::create(&context.database, context.lock_wait) {
        Ok(mut store) => {
            set_zone(&mut store, context, zone)?;
            if store.uses_rollback_journal()? {
                context.note(
                    "the file lies on a network file system: slower, and one program at a time",
                )?;
            }
            show(context, zone, "created")
        }
        Err(StoreError::Exists(_)) => upgrade(context, args.time_zone.as_ref().map(|_| zone)),
        Err(error) => Err(error.into()),
    }
}

/// The zone asked for, or the machine's.
pub(super) fn zone(asked: Option<&str>) -> anyhow::Result<Zone> {
    match asked {
        Some(name) => Ok(name.parse().map_err(Failure::usage)?),
        None => {
            let machine = iana_time_zone::get_timezone().ok();
            Ok(machine
                .and_then(|name| name.parse().ok())
                .unwrap_or(Zone::UTC))
        }
    }
}

/// Writes the zone into a new database.
pub(super) fn set_zone(store: &mut Store, context: &Context<'_>, zone: Zone) -> anyhow::Result<()> {
    let operation = NewOperation {
        at: context.clock.now(),
        actor: &context.actor,
        command: &context.command,
    };
    store.write(&operation, |writing| {
        let mut policy = Policy::default();
        let value = policy
            .set("time-zone", &zone.to_string())
            .map_err(Failure::usage)?;
        Ok::<_, anyhow::Error>(writing.put_setting("time-zone", &value)?)
    })
}

/// Brings an older database up to date; its time zone is a setting by now.
fn upgrade(context: &mut Context<'_>, asked: Option<Zone>) -> anyhow::Result<Done> {
    let store = Store::open_write(&context.database, context.lock_wait)?;
    let done = if store.upgraded_from().is_some() {
        "upgraded"
    } else {
        "exists already, nothing changed"
    };
    let zone = store.read(|tx| tx.policy())?.time_zone;
    if let Some(other) = asked.filter(|asked| *asked != zone) {
        context.warn(&format!(
            "the time zone stays {zone}; to change it: advocate policy set time-zone {other}"
        ))?;
    }
    show(context, zone, done)
}

fn show(context: &mut Context<'_>, zone: Zone, done: &str) -> anyhow::Result<Done> {
    let record = Record::new()
        .with("database", "Database", context.database.display().to_string())
        .with("result", "Result", done)
        .with("schema_version", "Schema", i64::from(SCHEMA_VERSION))
        .with("time_zone", "Time zone", zone.to_string())
        .say("Next: advocate import nps EXPORT.csv, or advocate register EMAIL --will reference,review");
    context.show("init/1", context.clock.today(zone), record)?;
    Ok(Done::Fully)
}
