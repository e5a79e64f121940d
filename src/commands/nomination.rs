//! `nominate` and `nominations`: who is proposed, who waits for an answer, and the answer (`domain.md` §2, §9).

use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::day;
use crate::resolve::arguments::nomination_number;

use crate::resolve::description::DescribeArgs;
use chrono::NaiveDate;
use clap::Args;
use clap::Subcommand;

use crate::domain::nomination::{Decision, Status, answer, days_overdue, due_on, may_nominate};
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Column, Record, Sheet, Shown, count};
use crate::resolve;
use crate::resolve::description as describe;
use crate::resolve::description::Meant;
use crate::session::{Done, Session};
use crate::store::{NewDecision, NewNomination, NominationRow};

/// Arguments of `nominate`.
#[derive(Debug, Args)]
pub struct NominateArgs {
    /// Who: an e-mail address, an id, or part of a name; an unknown address is added
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Who proposes them [default: you]
    #[arg(long, value_name = "NAME", value_parser = crate::resolve::arguments::words)]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = crate::resolve::arguments::words)]
    pub reason: String,
    /// The day of the nomination [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
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
    Decline(NominationDeclineArgs),
}

/// Arguments of `nominations accept`.
#[derive(Debug, Args)]
pub struct NominationDecisionArgs {
    /// The nomination's number, as `nominations` lists it
    #[arg(value_name = "ID", value_parser = nomination_number)]
    pub id: i64,
    /// Why, in words for the nominator
    #[arg(long, value_name = "TEXT", value_parser = crate::resolve::arguments::words)]
    pub reason: Option<String>,
}

/// Arguments of `nominations decline`.
#[derive(Debug, Args)]
pub struct NominationDeclineArgs {
    /// The nomination's number, as `nominations` lists it
    #[arg(value_name = "ID", value_parser = nomination_number)]
    pub id: i64,
    /// Why, in words for the nominator
    #[arg(long, value_name = "TEXT", required = true, value_parser = crate::resolve::arguments::words)]
    pub reason: String,
}

pub(super) fn run(args: &NominationsArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.answer {
        None => list(args, session),
        Some(NominationCommand::Accept(args)) => {
            decide(args.id, Decision::Accepted, args.reason.as_deref(), session)
        }
        Some(NominationCommand::Decline(args)) => {
            decide(args.id, Decision::Declined, Some(&args.reason), session)
        }
    }
}

pub(super) fn nominate(args: &NominateArgs, session: &mut Session<'_>) -> Result<Done> {
    let actor = session.actor.clone();
    let (row, meant, present) = session.write(|writing, present| {
        let meant = describe::person(writing, &args.who, &args.describe)?;
        let person = &meant.person;
        let stage = person.standing.stage;
        may_nominate(stage).map_err(|message| {
            Failure::step(
                person.email.clone(),
                message,
                match stage {
                    Some(Stage::DoNotContact) => "do-not-contact",
                    _ => "stage",
                },
                format!("advocate show {}", person.email),
            )
        })?;
        let by = args.by.as_deref().unwrap_or(&actor);
        may_nominate_again(&writing.nominations(Some(person.id))?, by, present)?;
        let id = writing.nominate(&NewNomination {
            person: person.id,
            by,
            reason: &args.reason,
            at: present.instant_on(args.on)?,
        })?;
        Ok((resolve::nomination(writing, id.0)?, meant, present.clone()))
    })?;
    let record = nominated(&row, &meant, &present);
    session.show("nominate/1", present.today, record)?;
    meant.ask_back(session)?;
    Ok(Done::Fully)
}

/// One colleague's nomination of somebody waits for its answer before the same one comes again.
fn may_nominate_again(before: &[NominationRow], by: &str, present: &Present) -> Result<()> {
    match before.iter().find(|row| is_waiting(row) && row.by == by) {
        None => Ok(()),
        Some(row) => Err(Failure::usage_hint(
            format!(
                "{by} nominated {} on {} already, which waits for an answer",
                row.email,
                present.day(row.at)
            ),
            format!("advocate nominations accept {}", row.id),
        )),
    }
}

fn nominated(row: &NominationRow, meant: &Meant, present: &Present) -> Record {
    let status = row.course.verdict().status;
    let waiting = is_waiting(row).then(|| Waiting::of(row, present));
    let record = Record::new()
        .with("nomination_id", "Nomination", row.id.0)
        .with("email", "Person", row.email.as_str())
        .with("name", "Name", row.name.as_deref())
        .with("account", "Account", row.account.as_deref())
        .with("nominated_by", "By", row.by.as_str())
        .with("reason", "Reason", row.reason.as_str())
        .with("nominated_on", "On", present.day(row.at))
        .with("status", "Status", status.name())
        .data("due_on", Cell::opt(waiting.as_ref().map(|one| one.due_on)));
    let record = meant.added(record);
    match (waiting, status) {
        (Some(Waiting { due_on, .. }), _) => record.say(format!(
            "To be answered by {due_on}: advocate nominations accept {id}, or advocate nominations decline {id} --reason WHY",
            id = row.id
        )),
        (None, Status::Noted) => record.say(
            "Something was decided about them before, so it asks for no answer; it counts as a positive moment.",
        ),
        _ => record,
    }
}

fn decide(
    id: i64,
    decision: Decision,
    reason: Option<&str>,
    session: &mut Session<'_>,
) -> Result<Done> {
    let actor = session.actor.clone();
    let (row, present) = session.write(|writing, present| {
        let row = resolve::nomination(writing, id)?;
        may_decide(&row, decision, present)?;
        writing.decide_nomination(&NewDecision {
            nomination: row.id,
            decision,
            reason,
            by: &actor,
        })?;
        Ok((row, present.clone()))
    })?;
    let record = Record::new()
        .with("nomination_id", "Nomination", row.id.0)
        .with("email", "Person", row.email.as_str())
        .with("nominated_by", "Nominated by", row.by.as_str())
        .with("decision", "Decision", decision.name())
        .with("reason", "Reason", reason)
        .with(
            "answer",
            "Ready to send",
            answer(&row.by, row.shown_name(), decision, reason),
        );
    let record = match decision {
        Decision::Accepted => record.say(format!("Next: advocate invite {}", row.email)),
        Decision::Declined => record,
    };
    session.show("nomination-answer/1", present.today, record)?;
    Ok(Done::Fully)
}

/// A nomination is answered while it waits, and an answer can be changed.
fn may_decide(row: &NominationRow, decision: Decision, present: &Present) -> Result<()> {
    let verdict = row.course.verdict();
    let message = match (row.course.decision, verdict.status, verdict.by_stage) {
        (Some((before, at)), ..) if before == decision => {
            format!("nomination {} was {before} on {}", row.id, present.day(at))
        }
        (None, Status::Noted, _) => format!(
            "nomination {} asks for no answer: something was decided about them before",
            row.id
        ),
        (None, _, Some(stage)) => format!(
            "nomination {} needs no answer any more: they are {stage} since",
            row.id
        ),
        _ => return Ok(()),
    };
    Err(Failure::step(
        row.email.clone(),
        message,
        "stage",
        format!("advocate show {}", row.email),
    ))
}

fn list(args: &NominationsArgs, session: &mut Session<'_>) -> Result<Done> {
    let (mut rows, present) = session.read(args.as_of.as_of, |tx, present| {
        Ok((tx.nominations(None)?, present.clone()))
    })?;
    if !args.all {
        rows.retain(is_waiting);
    }
    let sheet = sheet(&rows, &present, Shown::Everywhere).empty(match args.all {
        true => "No nominations. Propose somebody with: advocate nominate EMAIL --reason WHY",
        false => "No nomination waits for an answer.",
    });
    session.show("nominations/1", present.today, sheet)?;
    if let Some(first) = rows.iter().find(|row| is_waiting(row)) {
        let id = first.id;
        session.note(format!(
            "to answer: advocate nominations accept {id}, or advocate nominations decline {id} --reason WHY"
        ))?;
    }
    Ok(Done::Fully)
}

fn is_waiting(row: &NominationRow) -> bool {
    row.course.verdict().status == Status::Waiting
}

/// Nominations as a list; `whose` says who needs to be told who is nominated.
pub(super) fn sheet(rows: &[NominationRow], present: &Present, whose: Shown) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("nomination_id", "Id"),
        Column::left("nominated_on", "On"),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("name", "Name").only(whose),
        Column::left("account", "Account").only(whose),
        Column::left("nominated_by", "By"),
        Column::left("reason", "Reason"),
        Column::left("status", "Status").only(Shown::Data),
        Column::left("settled_on", "Settled on").only(Shown::Data),
        Column::left("settled_by", "Settled by").only(Shown::Data),
        Column::left("answer_reason", "Answer").only(Shown::Data),
        Column::right("days_waiting", "Days waiting").only(Shown::Data),
        Column::left("due_on", "Due on").only(Shown::Data),
        Column::right("overdue_days", "Overdue days").only(Shown::Data),
        Column::left("words", "Status").only(Shown::Reading),
    ]);
    for row in rows {
        let verdict = row.course.verdict();
        let nominated_on = present.day(row.at);
        let waiting = is_waiting(row).then(|| Waiting::of(row, present));
        let by_stage = verdict.by_stage.map(Stage::name);
        sheet.push(vec![
            row.id.0.into(),
            nominated_on.into(),
            row.email.as_str().into(),
            row.shown_name().into(),
            row.account.as_deref().into(),
            row.by.as_str().into(),
            row.reason.as_str().into(),
            verdict.status.name().into(),
            Cell::opt(verdict.settled_at.map(|at| present.day(at))),
            by_stage.or(row.decided_by.as_deref()).into(),
            row.decision_reason.as_deref().into(),
            Cell::opt(waiting.as_ref().map(|waiting| waiting.days)),
            Cell::opt(waiting.as_ref().map(|waiting| waiting.due_on)),
            Cell::opt(waiting.as_ref().map(|waiting| waiting.overdue)),
            words(row, waiting.as_ref(), present).into(),
        ]);
    }
    sheet
}

/// How long a nomination has waited.
struct Waiting {
    days: i64,
    due_on: NaiveDate,
    overdue: u32,
}

impl Waiting {
    fn of(row: &NominationRow, present: &Present) -> Self {
        let (on, sla) = (present.day(row.at), present.policy.nomination_days);
        Self {
            days: (present.today - on).num_days(),
            due_on: due_on(on, sla),
            overdue: days_overdue(on, sla, present.today),
        }
    }
}

/// What became of a nomination: `waiting 9 days, 2 overdue`, `invited 2026-06-30`, `declined 2026-06-30: too early`.
fn words(row: &NominationRow, waiting: Option<&Waiting>, present: &Present) -> String {
    let verdict = row.course.verdict();
    let status = match verdict.by_stage {
        Some(stage) => stage.name(),
        None => verdict.status.name(),
    };
    let since = verdict.settled_at.map(|at| present.day(at));
    match (waiting, since) {
        (Some(Waiting { days, overdue, .. }), _) => {
            let days = match usize::try_from(*days) {
                Ok(days) if days > 0 => count(days, "day"),
                _ => "since today".to_owned(),
            };
            match overdue {
                0 => format!("{status} {days}"),
                late => format!("{status} {days}, {late} overdue"),
            }
        }
        (None, None) => status.to_owned(),
        (None, Some(day)) => match &row.decision_reason {
            Some(reason) => format!("{status} {day}: {reason}"),
            None => format!("{status} {day}"),
        },
    }
}
