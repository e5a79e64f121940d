//! `demo`: a program to try everything on, generated from a seed and relative to now, so that it is alive on any day.

mod care;
mod cast;
mod crowd;
mod demand;
mod events;
mod goodwill;
mod lives;
mod people;
mod plan;
mod targets;
mod value;
mod words;
mod write;

use crate::commands::matching::MatchArgs;
use crate::resolve::arguments::AsOf;
use crate::resolve::wanted::WantedArgs;
use clap::Args;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::domain::agenda;
use crate::domain::ask::AskKind;
use crate::domain::calendar::Zone;
use crate::domain::policy::Policy;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Format, Record, shell_word};
use crate::session::{Done, Session};
use crate::store::{NewOperation, SignalFilter, Store, StoreError, Writing};

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where to create it [default: what --db names, or else advocate-demo.db]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Another seed makes other people
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Replace an earlier demonstration program at this path
    #[arg(long)]
    pub force: bool,
}

/// A company that competes with an account whose advocate is otherwise ready.
pub(super) const RIVAL: &str = "Brightwater Diagnostics";

/// The source of the answers; it tells a demonstration program from a real one.
const SOURCE: &str = "demo";

/// How much was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Loaded {
    /// Accounts.
    pub accounts: usize,
    /// People.
    pub people: usize,
    /// Answers to surveys.
    pub responses: usize,
    /// Active and paused advocates.
    pub advocates: usize,
    /// Asks.
    pub taps: usize,
    /// Deals of sales.
    pub deals: usize,
    /// Requests.
    pub requests: usize,
    /// Reviews, case studies and the like.
    pub assets: usize,
    /// Positive moments that were no answers and no asks.
    pub signals: usize,
    /// Nominations.
    pub nominations: usize,
    /// Contact that asked for nothing.
    pub touches: usize,
    /// Value returned to advocates.
    pub gives: usize,
    /// Lines of the agenda.
    pub due: usize,
}

/// Writes a whole program with a past of two years. The same seed and the same present write the same rows.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn generate(writing: &Writing<'_>, seed: u64, present: &Present) -> Result<Loaded> {
    let mut plan = plan::Plan::new(seed, present);
    plan.settle();
    plan.populate()?;
    plan.tell_cast()?;
    plan.live()?;
    plan.import_answers();
    plan.add_demand(seed)?;
    plan.add_goodwill(seed);
    plan.add_value_back(seed)?;
    targets::write(writing, present)?;
    let story = plan.story();
    let loaded = write::write(writing, plan)?;
    people::write(writing, present, &story)?;
    let agenda = writing.agenda_facts(present.policy.time_zone, present.now)?;
    Ok(Loaded {
        signals: writing.signals(&SignalFilter::default())?.len(),
        nominations: writing.nominations(None)?.len(),
        touches: writing.touches()?.len(),
        gives: writing.gives()?.len(),
        due: agenda::agenda(&agenda.facts, &present.policy, present.today, 0).len(),
        ..loaded
    })
}

/// Creates the demonstration program, answers a first question on it and says what to try next.
///
/// # Errors
/// [`StoreError::Exists`] without `--force`; with it, a file that is no demonstration program is left untouched.
pub(super) fn run(args: &DemoArgs, session: &mut Session<'_>) -> Result<Done> {
    let named = args.path.as_ref().or(session.named_database.as_ref());
    let path = named.map_or_else(|| PathBuf::from("advocate-demo.db"), PathBuf::clone);
    if path.symlink_metadata().is_ok() {
        if !args.force {
            return Err(StoreError::Exists(path).into());
        }
        remove(&path)?;
    }
    let mut store = Store::create(&path, session.lock_wait)?;
    let loaded = fill(&mut store, args.seed, session);
    if loaded.is_err() {
        // Half a demonstration program helps nobody; the first failure is the one to report.
        drop(store);
        let _ = delete(&path);
    }
    let (loaded, present) = loaded?;
    session.named_database = Some(path.clone());
    session.database = path;
    show_loaded(session, loaded, &present)?;
    if reads_on(session.format) {
        blank_line(session)?;
        super::matching::run(&first_question(), session)?;
        blank_line(session)?;
        show_next(session, &present)?;
    }
    Ok(Done::Fully)
}

/// The question that the program answers about itself at once.
fn first_question() -> MatchArgs {
    MatchArgs {
        ask: Some(AskKind::Reference),
        effort: None,
        request: None,
        wanted: WantedArgs {
            industry: Some("healthcare".to_owned()),
            ..WantedArgs::default()
        },
        limit: 3,
        why_not: false,
        explain: false,
        as_of: AsOf { as_of: None },
    }
}

/// Sets the time zone as `init` would, and generates everything in one write.
fn fill(store: &mut Store, seed: u64, session: &Session<'_>) -> Result<(Loaded, Present)> {
    let mut policy = Policy::default();
    let machine = iana_time_zone::get_timezone().unwrap_or_default();
    let zone = policy
        .set("time-zone", &machine)
        .unwrap_or_else(|_| Zone::UTC.to_string());
    let present = Present::new(policy, session.clock.now());
    let operation = NewOperation {
        at: present.now,
        actor: &session.actor,
        command: &session.command,
    };
    let first_day = present.today - chrono::TimeDelta::days(crowd::PAST + 2);
    let init = NewOperation {
        at: present.policy.time_zone.noon_of(first_day),
        actor: &session.actor,
        command: "advocate init",
    };
    let loaded = store.write(&operation, |writing| {
        writing.also(&init, |writing| writing.put_setting("time-zone", &zone))?;
        generate(writing, seed, &present)
    })?;
    Ok((loaded, present))
}

/// Deletes an earlier demonstration program, and nothing else.
fn remove(path: &Path) -> Result<()> {
    let demo = match Store::open_read(path) {
        Ok(store) => store.read(|tx| tx.source(SOURCE))?.is_some(),
        Err(error) => return Err(error.into()),
    };
    if !demo {
        return Err(Failure::other(
            format!(
                "{} is a program, but no demonstration program; it was left untouched",
                path.display()
            ),
            crate::output::CommandLine::of("demo ANOTHER-PATH"),
        ));
    }
    Ok(delete(path)?)
}

/// Deletes a database and what SQLite keeps beside it.
fn delete(path: &Path) -> std::io::Result<()> {
    for suffix in ["-wal", "-shm", "-journal"] {
        let mut beside = OsString::from(path);
        beside.push(suffix);
        match std::fs::remove_file(PathBuf::from(beside)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
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

fn show_loaded(session: &mut Session<'_>, loaded: Loaded, present: &Present) -> Result<()> {
    let record = Record::new()
        .with("path", "Database", Cell::text(session.database.display()))
        .with("accounts", "Accounts", loaded.accounts)
        .with("people", "People", loaded.people)
        .with("responses", "Responses", loaded.responses)
        .with("advocates", "Advocates", loaded.advocates)
        .with("taps", "Taps", loaded.taps)
        .with("deals", "Deals", loaded.deals)
        .with("requests", "Requests", loaded.requests)
        .with("assets", "Assets", loaded.assets)
        .with("signals", "Signals", loaded.signals)
        .with("nominations", "Nominations", loaded.nominations)
        .with("touches", "Touches", loaded.touches)
        .with("gives", "Gives", loaded.gives)
        .with("agenda", "On the agenda", loaded.due)
        .data(
            "next",
            Cell::list(next(&session.program, &session.database)),
        );
    session.show("demo/1", present.today, record)
}

fn show_next(session: &mut Session<'_>, present: &Present) -> Result<()> {
    let record = Record::new().say("Try next:");
    let record = next(&session.program, &session.database)
        .into_iter()
        .fold(record, |record, command| record.say(format!("  {command}")));
    session.show("demo-next/1", present.today, record)
}

/// A file of the repository that brings a second Nina.
const SURVEY: &str = "fixtures/import/delighted.csv";

/// The tour, in the order of a day. The import comes last, where there is something to import.
fn next(program: &str, path: &Path) -> Vec<String> {
    let program = shell_word(program);
    let path = shell_word(&path.display().to_string());
    let tour = [
        "agenda",
        "match --industry healthcare --ask reference --why-not",
        "show nina",
        "tap nina --ask reference",
        "tap nina --ask reference    # refused: asked a moment ago",
        "tap omar --ask review       # refused: asked 10 days ago",
        "next --all",
        "candidates --industry healthcare",
        "nominations",
        "request list",
        "report pool --by tier",
        "report flywheel",
        "report fill --by industry",
        "report influence --rows",
    ];
    let import = Path::new(SURVEY)
        .is_file()
        .then(|| format!("import nps {SURVEY}"));
    let tour = tour.into_iter().map(str::to_owned).chain(import);
    tour.map(|command| format!("{program} --db {path} {command}"))
        .collect()
}
