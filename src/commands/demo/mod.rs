//! `demo`: a program to try everything on, alive on any day.

mod data;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use self::data::Demonstration;
use crate::domain::agenda;
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Format, Record};
use crate::resolve::arguments::path;
use crate::session::new_database::{NewDatabase, refuse_left};
use crate::session::{Done, Session};
use crate::store::{ClockSetBack, Restoring, Scope, Store, StoreError, Tx, sidecars};

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where to create it [default: what --db names, or else advocate-demo.db]
    #[arg(value_name = "PATH", value_parser = path())]
    pub path: Option<PathBuf>,
    /// Replace an earlier demonstration program at this path
    #[arg(long)]
    pub force: bool,
}

/// The source of the answers; it tells a demonstration program from a real one.
const SOURCE: &str = "demo";

/// Creates the demonstration program, lets it give a first answer and says what to try next.
///
/// # Errors
/// [`StoreError::Exists`] without `--force`; with it, a file that is no demonstration program is left untouched.
pub(super) fn run(
    args: &DemoArgs,
    first_answer: fn(&mut Session<'_>) -> Result<Done>,
    session: &mut Session<'_>,
) -> Result<Done> {
    let named = args.path.as_deref().or(session.invocation.database());
    let path = named.unwrap_or(Path::new("advocate-demo.db")).to_owned();
    let is_taken = path.symlink_metadata().is_ok();
    if is_taken && !args.force {
        return Err(StoreError::Exists(path).into());
    }
    if is_taken {
        refuse_others(&path, session.lock_wait)?;
    } else {
        refuse_left(&path)?;
    }
    let now = session.clock.now();
    let demonstration = Demonstration::new(zone(), session.operation(ClockSetBack::Refuse))?;
    let version = demonstration.schema_version();
    let fill = |restoring: &Restoring<'_>| demonstration.fill(restoring);
    let new = NewDatabase::filled(&path, session.lock_wait, version, fill)?;
    if is_taken {
        delete(&path)?;
    }
    new.publish()?;
    let created = created(&path, &demonstration, now, session.lock_wait)?;
    session.has_written = true;
    session.turn_to(path);
    show_created(session, &created)?;
    if reads_on(session.format) {
        blank_line(session)?;
        first_answer(session)?;
        blank_line(session)?;
        show_next(session, &created.present)?;
    }
    Ok(Done::Fully)
}

/// What was created.
struct Created {
    present: Present,
    /// Of what is in [`COUNTED`].
    counts: Vec<usize>,
}

/// The time zone that `init` would choose.
fn zone() -> Zone {
    let machine = iana_time_zone::get_timezone().unwrap_or_default();
    machine.parse().unwrap_or(Zone::UTC)
}

fn created(
    path: &Path,
    demonstration: &Demonstration<'_>,
    now: Timestamp,
    lock_wait: Duration,
) -> Result<Created> {
    Store::open_read(path, lock_wait)?.read(|tx| {
        let present = Present::new(tx.policy()?, now);
        let count = |(what, _): &(&str, &str)| count(tx, &present, demonstration, what);
        let counts = COUNTED.iter().map(count).collect::<Result<_>>()?;
        Ok(Created { present, counts })
    })
}

fn count(
    tx: &Tx<'_>,
    present: &Present,
    demonstration: &Demonstration<'_>,
    what: &str,
) -> Result<usize> {
    Ok(match what {
        "people" => tx.names()?.len(),
        "advocates" => {
            let decided = tx.facts(&Scope::Decided, present)?;
            let stages = decided.iter().map(|(card, _)| card.standing.stage);
            stages.flatten().filter(|stage| stage.is_advocate()).count()
        }
        "agenda" => {
            let agenda = tx.agenda_facts(present)?;
            agenda::agenda(&agenda.facts, &present.policy, present.today, 0).len()
        }
        table => demonstration.rows(table),
    })
}

/// Refuses what is no earlier demonstration program.
fn refuse_others(path: &Path, lock_wait: Duration) -> Result<()> {
    let demo = match Store::open_read(path, lock_wait) {
        Ok(store) => store.read(|tx| tx.source(SOURCE))?.is_some(),
        Err(error) => return Err(error.into()),
    };
    if !demo {
        return Err(Failure::other(
            format!(
                "{} is a program, but no demonstration program; it was left untouched",
                path.display()
            ),
            CommandLine::of("demo ANOTHER-PATH"),
        ));
    }
    Ok(())
}

/// Deletes a database and what SQLite keeps beside it.
fn delete(path: &Path) -> std::io::Result<()> {
    for beside in sidecars(path) {
        std::fs::remove_file(beside)?;
    }
    std::fs::remove_file(path)
}

/// Whether the answer is for people: programs get one object or table and nothing after it.
const fn reads_on(format: Format) -> bool {
    matches!(format, Format::Table | Format::Markdown)
}

fn blank_line(session: &mut Session<'_>) -> Result<()> {
    if !session.quiet {
        writeln!(session.out)?;
    }
    Ok(())
}

/// How much there is of what, in the order in which it is said.
const COUNTED: &[(&str, &str)] = &[
    ("accounts", "Accounts"),
    ("people", "People"),
    ("responses", "Responses"),
    ("advocates", "Advocates"),
    ("taps", "Taps"),
    ("deals", "Deals"),
    ("requests", "Requests"),
    ("assets", "Assets"),
    ("signals", "Signals"),
    ("nominations", "Nominations"),
    ("touches", "Touches"),
    ("gives", "Gives"),
    ("agenda", "On the agenda"),
];

fn show_created(session: &mut Session<'_>, created: &Created) -> Result<Done> {
    let next = next(&session.program);
    let next = Cell::list(next.map(|command| session.invocation.command(command).typed()));
    let path = session.database.display().to_string();
    let record = Record::new().with("path", "Database", path);
    let counted = COUNTED.iter().zip(&created.counts);
    let record = counted.fold(record, |record, ((key, heading), count)| {
        record.with(key, *heading, *count)
    });
    session.show("demo/1", created.present.today, record.data("next", next))
}

fn show_next(session: &mut Session<'_>, present: &Present) -> Result<Done> {
    let record = Record::new().say("Try next:");
    let record = next(&session.program).fold(record, Record::say);
    session.show("demo-next/1", present.today, record)
}

/// The tour, in the order of a day, and what a shell does not look at.
const TOUR: &[(&str, &str)] = &[
    ("agenda", ""),
    ("match --industry healthcare --ask reference --why-not", ""),
    ("show nina", ""),
    ("tap nina --ask reference", ""),
    (
        "tap nina --ask reference",
        "    # refused: asked a moment ago",
    ),
    (
        "tap omar --ask review",
        "       # refused: asked 10 days ago",
    ),
    ("next --all", ""),
    ("candidates --industry healthcare", ""),
    ("nominations", ""),
    ("request list", ""),
    ("report pool --by tier", ""),
    ("report flywheel", ""),
    ("report fill --by industry", ""),
    ("report influence --rows", ""),
];

/// A file of the repository that brings a second Nina.
const SURVEY: &str = "fixtures/import/delighted.csv";

/// What to try next. The import comes last, where there is something to import.
fn next(program: &str) -> impl Iterator<Item = CommandLine> {
    let tour = TOUR
        .iter()
        .map(|(words, remark)| CommandLine::of(words).remark(remark));
    let survey = Path::new(SURVEY).is_file().then_some(SURVEY);
    let import = survey.map(|file| CommandLine::of("import nps").value(file));
    tour.chain(import).map(|command| command.called(program))
}
