//! `agenda done|snooze|dismiss`: what is said about a line of the agenda other than by its command.

use clap::{Args, Subcommand};

use crate::domain::agenda::{AnswerWord, Item, ItemId, everything};
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::arguments::{coming_day, words};
use crate::session::{Done, Session};
use crate::store::{AgendaFacts, NewAnswer, Tx};
use crate::views::agenda::{Due, NamedBy, Supply};

/// What can be said about a line.
#[derive(Debug, Subcommand)]
pub enum AnswerCommand {
    /// Say that a line of the agenda is done, where its command is not what happened
    Done(AnswerArgs),
    /// Put a line of the agenda off
    Snooze(SnoozeArgs),
    /// Say that a line of the agenda need not be done
    #[command(mut_arg("reason", |reason| reason.required(true)))]
    Dismiss(AnswerArgs),
}

/// Arguments of `agenda done` and `agenda dismiss`.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// The line by its name, such as thank-you:12; `agenda -v` shows it
    #[arg(value_name = "ID")]
    pub id: ItemId,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `agenda snooze`.
#[derive(Debug, Args)]
pub struct SnoozeArgs {
    /// Which line, and why.
    #[command(flatten)]
    pub line: AnswerArgs,
    /// The day on which it comes back
    #[arg(long, value_name = "DATE", value_parser = coming_day)]
    pub until: TypedDay,
}

pub(super) fn run(command: &AnswerCommand, session: &mut Session<'_>) -> Result<Done> {
    let (line, word, until) = match command {
        AnswerCommand::Done(line) => (line, AnswerWord::Done, None),
        AnswerCommand::Snooze(args) => (&args.line, AnswerWord::Snoozed, Some(args.until)),
        AnswerCommand::Dismiss(line) => (line, AnswerWord::Dismissed, None),
    };
    session.record("agenda-answer/1", |writing, present| {
        let until = present.typed_any(until)?;
        if let Some(until) = until.filter(|until| *until <= present.today) {
            return Err(Failure::usage(format!(
                "--until {until} is not in the future"
            )));
        }
        let due = find(writing, present, line.id)?;
        writing.answer_agenda(&NewAnswer {
            kind: line.id.kind,
            fact: line.id.fact,
            person: due.item.person,
            word,
            until,
            reason: line.reason.as_deref(),
            since: due.item.since,
            by: writing.by(None),
            at: present.now,
        })?;
        let command = due.command(NamedBy::Address, present.today);
        let records = Sentence::from("Nothing else is recorded by it; what records it: ");
        Ok(Record::new()
            .with("item", "Item", line.id.to_string())
            .with("what", "What", due.what())
            .with("answer", "Answer", word.name())
            .with_any("until", "Until", until)
            .with_any("reason", "Reason", line.reason.as_ref())
            .say_all((word == AnswerWord::Done).then(|| records.then(command))))
    })
}

/// What waits by this name, whatever was said about it before.
fn find(tx: &Tx<'_>, present: &Present, id: ItemId) -> Result<Due> {
    let AgendaFacts { facts, cards } = tx.agenda_facts(present)?;
    let waiting = everything(&facts, &present.policy, present.today);
    let found: Option<Item> = waiting.into_iter().find(|item| item.name() == id);
    let item = found.ok_or_else(|| {
        let message = format!("nothing waits by the name {id}");
        Failure::usage_hint(message, CommandLine::of("agenda").then("-v"))
    })?;
    Ok(Due {
        card: item.person.and_then(|person| cards.get(&person).cloned()),
        supply: Supply::Unknown,
        fitting: None,
        item,
    })
}
