//! `nominate` and `nominations`: who is proposed, who waits for an answer, and the answer.

use clap::{Args, Subcommand};

use crate::domain::correction::Fact;
use crate::domain::named::Named;
use crate::domain::nomination::{
    Decision, Status, answer, may_nominate, thanks_for_coming_forward,
};
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence, Shown};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, nomination_number, words};
use crate::resolve::description::DescribeArgs;
use crate::resolve::filter::FilterArgs;
use crate::resolve::newcomer::{self, FoundOrAdded};
use crate::session::{Done, Session};
use crate::store::{NewDecision, NewNomination, NominationRow, PersonRow, Writing};
use crate::views::nominations::{Waiting, answers, table};

/// Arguments of `nominate`.
#[derive(Debug, Args)]
pub struct NominateArgs {
    /// Who: an e-mail address, an id, or part of a name; an unknown address is added
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// Who proposes them [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = words)]
    pub reason: String,
    /// The day of the nomination [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
}

/// Arguments of `nominations`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct NominationsArgs {
    /// Those that were answered as well
    #[arg(long)]
    pub all: bool,
    /// About whom.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// The answer to one of them.
    #[command(subcommand)]
    pub answer: Option<NominationCommand>,
}

/// The answers to a nomination.
#[derive(Debug, Subcommand)]
pub enum NominationCommand {
    /// Say that somebody nominated is wanted in the program
    Accept(NominationDecisionArgs),
    /// Say that somebody nominated will not be asked
    #[command(mut_arg("reason", |reason| reason.required(true)))]
    Decline(NominationDecisionArgs),
    /// Take back the answer: it was said by mistake
    Reopen(NominationDecisionArgs),
}

/// Arguments of `nominations accept`, `decline` and `reopen`.
#[derive(Debug, Args)]
pub struct NominationDecisionArgs {
    /// The nomination's number, as `nominations` lists it
    #[arg(value_name = "ID", value_parser = nomination_number)]
    pub id: i64,
    /// Why, in words for the nominator
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn run(args: &NominationsArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.answer {
        None => list(args, session),
        Some(NominationCommand::Accept(args)) => decide(args, Decision::Accepted, session),
        Some(NominationCommand::Decline(args)) => decide(args, Decision::Declined, session),
        Some(NominationCommand::Reopen(args)) => reopen(args, session),
    }
}

pub(super) fn nominate(args: &NominateArgs, session: &mut Session<'_>) -> Result<Done> {
    let (record, found, today) = session.write(|writing, present| {
        let found = newcomer::find_or_add(writing, &args.who, &args.describe)?;
        let row = save(writing, present, args, &found.person)?;
        Ok((nominated(&row, &found, present), found, present.today))
    })?;
    session.show("nominate/1", today, record)?;
    found.ask_back(session)?;
    Ok(Done::Fully)
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    args: &NominateArgs,
    person: &PersonRow,
) -> Result<NominationRow> {
    let by = writing.by(args.by.as_deref());
    let may = may_nominate(person.standing.stage);
    may.map_err(|message| Failure::wrong_stage(person, message))?;
    may_nominate_again(&writing.nominations(Some(person.id))?, by, present)?;
    let id = writing.nominate(&NewNomination {
        person: person.id,
        by,
        reason: &args.reason,
        at: present.instant_on(args.on)?,
    })?;
    resolve::nomination(writing, id.0)
}

/// One colleague's nomination of somebody waits for its answer before the same one comes again.
fn may_nominate_again(before: &[NominationRow], by: &str, present: &Present) -> Result<()> {
    let waits = |row: &&NominationRow| row.course.is_waiting() && row.by == by;
    match before.iter().find(waits) {
        None => Ok(()),
        Some(row) => Err(Failure::usage_hint(
            format!(
                "{by} nominated {} on {} already, which waits for an answer",
                row.email,
                present.day(row.at)
            ),
            CommandLine::of("nominations accept").value(row.id),
        )),
    }
}

fn nominated(row: &NominationRow, found: &FoundOrAdded, present: &Present) -> Record {
    let status = row.course.verdict().status;
    let due_on = Waiting::of(row, present).map(|waiting| waiting.due_on);
    let record = Record::new()
        .with("nomination_id", "Nomination", row.id)
        .with("email", "Person", &row.email)
        .with("name", "Name", row.name.as_ref())
        .with("account", "Account", row.account.as_ref())
        .with("nominated_by", "By", &row.by)
        .with("reason", "Reason", &row.reason)
        .with("nominated_on", "On", present.day(row.at))
        .with("status", "Status", status.name())
        .data("due_on", Cell::opt(due_on))
        .data("self_nominated", row.own);
    let next: Option<Sentence> = match (due_on, status) {
        (Some(due_on), _) => {
            let until = Sentence::from(format!("To be answered by {due_on}: "));
            Some(until.then(answers(row.id)))
        }
        (None, Status::Noted) => Some(
            "Something was decided about them before, so it asks for no answer; it counts as a positive moment."
                .into(),
        ),
        _ => None,
    };
    let thanks: Option<Sentence> = row.own.then(|| {
        let thanks = thanks_for_coming_forward(row.shown_name());
        format!("Ready to send: {thanks}").into()
    });
    found.added(record).say_all(thanks).say_all(next)
}

fn decide(
    args: &NominationDecisionArgs,
    decision: Decision,
    session: &mut Session<'_>,
) -> Result<Done> {
    let reason = args.reason.as_deref();
    session.record("nomination-answer/1", |writing, present| {
        let row = resolve::nomination(writing, args.id)?;
        may_decide(&row, decision, present)?;
        writing.decide_nomination(&NewDecision {
            nomination: row.id,
            decision,
            reason,
            by: writing.by(None),
        })?;
        let invite = CommandLine::of("invite").value(&row.email);
        let next = Sentence::from("Next: ").then(invite);
        let answer = answer(&row.by, row.shown_name(), row.own, decision, reason);
        Ok(Record::new()
            .with("nomination_id", "Nomination", row.id)
            .with("email", "Person", &row.email)
            .with("nominated_by", "Nominated by", &row.by)
            .with("decision", "Decision", decision)
            .with("reason", "Reason", reason)
            .with("answer", "Ready to send", answer)
            .say_all((decision == Decision::Accepted).then_some(next)))
    })
}

fn reopen(args: &NominationDecisionArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("nomination-reopen/1", |writing, _| {
        let row = resolve::nomination(writing, args.id)?;
        let Some((decision, _)) = row.course.decision else {
            let message = format!("nomination {} was not answered", row.id);
            let show = CommandLine::of("show").value(&row.email);
            return Err(Failure::step(&row.email, message, "stage", show));
        };
        writing.reopen_nomination(row.id)?;
        writing.note_removed(
            Fact::Nomination,
            row.id.0,
            Some(row.person),
            args.reason.as_deref(),
        )?;
        Ok(Record::new()
            .with("nomination_id", "Nomination", row.id)
            .with("email", "Person", &row.email)
            .with("was", "Before", decision)
            .say(Sentence::from("It waits for an answer again: ").then(answers(row.id))))
    })
}

/// A nomination is answered while it waits, and an answer can be changed.
fn may_decide(row: &NominationRow, decision: Decision, present: &Present) -> Result<()> {
    let (id, verdict) = (row.id, row.course.verdict());
    let message = match (row.course.decision, verdict.status, verdict.by_stage) {
        (Some((before, at)), ..) if before == decision => {
            format!("nomination {id} was {before} on {}", present.day(at))
        }
        (None, Status::Noted, _) => {
            format!("nomination {id} asks for no answer: something was decided about them before")
        }
        (None, _, Some(stage)) => {
            format!("nomination {id} needs no answer any more: they are {stage} since")
        }
        _ => return Ok(()),
    };
    let show = CommandLine::of("show").value(&row.email);
    Err(Failure::step(&row.email, message, "stage", show))
}

fn list(args: &NominationsArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    let (mut rows, present) = session.read(args.as_of.as_of, |tx, present| {
        let passing = args.filter.passing(tx, present)?;
        let mut rows = tx.nominations(None)?;
        rows.retain(|row| passing.concerns(Some(row.person), None));
        Ok((rows, present.clone()))
    })?;
    if !args.all {
        rows.retain(|row| row.course.is_waiting());
    }
    rows.truncate(most);
    let nominate = CommandLine::of("nominate EMAIL --reason WHY");
    let table = table(&rows, &present, Shown::Everywhere).empty(match args.all {
        _ if !args.filter.is_empty() => "No nominations like that.".into(),
        true => Sentence::from("No nominations. Propose somebody with: ").then(nominate),
        false => "No nomination waits for an answer.".into(),
    });
    session.show("nominations/1", present.today, table)?;
    if let Some(first) = rows.iter().find(|row| row.course.is_waiting()) {
        session.note(Sentence::from("to answer: ").then(answers(first.id)))?;
    }
    Ok(Done::Fully)
}
