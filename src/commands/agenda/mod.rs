//! `agenda`: what is due, the most urgent first, each with the command that settles it, and what is said about it
//! otherwise.

mod answer;
mod supply;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::domain::agenda::{self, Item, ItemKind, Matter};
use crate::domain::fitting::Fitting;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{CALENDAR_MARK, count, count_of, write_whole};
use crate::resolve;
use crate::resolve::arguments::{AsOf, whole, word, words};
use crate::resolve::filter::any_named;
use crate::resolve::output_file::{SideFile, check_writable};
use crate::session::{Done, Session};
use crate::store::{AgendaFacts, Tx};
use crate::views::agenda::{Due, Supply, table};
use crate::views::agenda_calendar::Calendar;

/// Arguments of `agenda`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct AgendaArgs {
    /// Only what these colleagues own
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words)]
    pub owner: Vec<String>,
    /// Also what falls due within so many days
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    #[arg(value_parser = whole::<0, 3650>)]
    pub days: u32,
    /// Only of these kinds, such as thank-you,results
    #[arg(value_parser = word::<ItemKind>(), hide_possible_values = true, long, value_name = "KINDS", value_delimiter = ',')]
    pub kind: Vec<ItemKind>,
    /// Also write it into this file as a calendar (iCalendar, RFC 5545); - is standard output, alone
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// What is said about one of its lines.
    #[command(subcommand)]
    pub answer: Option<answer::AnswerCommand>,
}

pub(super) fn run(args: &AgendaArgs, session: &mut Session<'_>) -> Result<Done> {
    if let Some(command) = &args.answer {
        return answer::run(command, session);
    }
    let to_stdout = args.ics.as_deref() == Some(Path::new("-"));
    if let Some(path) = args.ics.as_ref().filter(|_| !to_stdout) {
        let file = SideFile {
            path,
            option: "--ics",
            mark: CALENDAR_MARK,
        };
        check_writable(file, session, &[])?;
    }
    let (dues, founded_at, present) = session.read(args.as_of.as_of, |tx, present| {
        Ok((load(tx, args, present)?, tx.founded_at()?, present.clone()))
    })?;
    if let Some(path) = &args.ics {
        let calendar = Calendar {
            today: present.today,
            founded_at,
            invocation: &session.invocation,
        };
        let entries = calendar.entries(&dues);
        let file = crate::output::calendar("Advocate agenda", &entries, session.clock.now());
        if to_stdout {
            session.out.write_all(file.as_bytes())?;
            return Ok(Done::Fully);
        }
        write_calendar(path, &file, entries.len(), session)?;
    }
    let table = table(session.reader(), &dues, present.today, session.verbose);
    let table = table.empty(nothing(args));
    drop(dues);
    session.show("agenda/1", present.today, table)
}

fn load(tx: &Tx<'_>, args: &AgendaArgs, present: &Present) -> Result<Vec<Due>> {
    let AgendaFacts { mut facts, cards } = tx.agenda_facts(present)?;
    let mut owners = Vec::new();
    for owner in &args.owner {
        owners.push(resolve::colleague("owner", owner, tx.colleagues()?)?);
    }
    let mut supplies = supply::look(tx, present, &mut facts)?;
    let items = agenda::agenda(&facts, &present.policy, present.today, args.days);
    let mut dues = Vec::new();
    for item in items {
        let supply = match (&item.matter, item.person) {
            (Matter::Request(demand), _) => supplies.remove(&demand.id).unwrap_or_default(),
            (Matter::Hold(_, request), Some(person)) => {
                match supply::is_usable(tx, present, person, *request)? {
                    true => Supply::Unknown,
                    false => Supply::Nobody,
                }
            }
            _ => Supply::Unknown,
        };
        let card = item.person.and_then(|person| cards.get(&person).cloned());
        dues.push(Due {
            fitting: fitting(tx, present, &item)?,
            item,
            card,
            supply,
        });
    }
    dues.retain(|due| is_wanted(due, args, &owners));
    Ok(dues)
}

/// What fits whoever is to be thanked.
fn fitting(tx: &Tx<'_>, present: &Present, item: &Item) -> Result<Option<Fitting>> {
    let thanked = item.person.filter(|_| item.kind == ItemKind::ThankYou);
    let Some(person) = thanked else {
        return Ok(None);
    };
    let receiver = tx.receiver(person, present)?;
    Ok(receiver.fitting(&present.policy, present.today))
}

fn is_wanted(due: &Due, args: &AgendaArgs, owners: &[String]) -> bool {
    let card = due.card.as_ref();
    let owner = match &due.item.matter {
        Matter::Request(demand) => Some(demand.by.clone()),
        _ => card.and_then(|card| card.owner.clone()),
    };
    any_named(owners, &[&owner]) && (args.kind.is_empty() || args.kind.contains(&due.item.kind))
}

/// Writes the calendar file and says so.
fn write_calendar(
    path: &Path,
    file: &str,
    entries: usize,
    session: &mut Session<'_>,
) -> Result<()> {
    write_whole(path, file).map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::other(message, "name another file with --ics")
    })?;
    let wrote = count_of(entries, "entry", "entries");
    session.note(format!("wrote {wrote} to {}", path.display()))
}

/// What is said where nothing is due.
fn nothing(args: &AgendaArgs) -> String {
    let filtered = !args.owner.is_empty() || !args.kind.is_empty();
    match (filtered, args.days) {
        (true, _) => "Nothing like that is due.".to_owned(),
        (false, 0) => "Nothing is due. Everyone is thanked, answered and looked after.".to_owned(),
        (false, days) => format!(
            "Nothing is due, nor within {}. Everyone is thanked, answered and looked after.",
            count(days, "day")
        ),
    }
}
