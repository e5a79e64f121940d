//! Who is proposed, how long that waits, and what became of it.

use chrono::NaiveDate;

use crate::domain::ids::NominationId;
use crate::domain::named::Named;
use crate::domain::nomination::{days_overdue, due_on};
use crate::domain::present::Present;
use crate::output::{CommandLine, Sentence, Shown, Table, Tone, count};
use crate::store::NominationRow;

/// How long a nomination has waited.
pub(crate) struct Waiting {
    days: i64,
    /// The day by which it is to be answered.
    pub(crate) due_on: NaiveDate,
    overdue: u32,
}

impl Waiting {
    /// How long it has waited; `None` where it waits no longer.
    pub(crate) fn of(row: &NominationRow, present: &Present) -> Option<Self> {
        let (on, sla) = (present.day(row.at), present.policy.nomination_days);
        row.course.is_waiting().then(|| Self {
            days: (present.today - on).num_days(),
            due_on: due_on(on, sla),
            overdue: days_overdue(on, sla, present.today),
        })
    }
}

/// The two commands that answer a nomination.
pub(crate) fn answers(id: NominationId) -> Sentence {
    let decline = CommandLine::of("nominations decline").value(id);
    Sentence::from(CommandLine::of("nominations accept").value(id))
        .then(", or ")
        .then(decline.then("--reason WHY"))
}

/// Nominations as a list; `whose` says who needs to be told who is nominated.
pub(crate) fn table<'a>(
    nominations: &'a [NominationRow],
    present: &Present,
    whose: Shown,
) -> Table<'a, NominationRow> {
    let waiting = |row| Waiting::of(row, present);
    Table::of(nominations)
        .right("nomination_id", "Id", |row| row.id)
        .left("nominated_on", "On", |row| present.day(row.at))
        .data("email", |row| &row.email)
        .left("name", "Name", NominationRow::shown_name)
        .only(whose)
        .left("account", "Account", |row| row.account.as_ref())
        .only(whose)
        .cut()
        .spare()
        .left("nominated_by", "By", |row| &row.by)
        .cut()
        .left("reason", "Reason", |row| &row.reason)
        .data("status", |row| row.course.verdict().status.name())
        .data("settled_on", |row| settled_on(row, present))
        .data("settled_by", |row| match row.course.verdict().by_stage {
            Some(stage) => Some(stage.name()),
            None => row.decided_by.as_deref(),
        })
        .data("answer_reason", |row| row.decision_reason.as_ref())
        .data("days_waiting", |row| waiting(row).map(|one| one.days))
        .data("due_on", |row| waiting(row).map(|one| one.due_on))
        .data("overdue_days", |row| waiting(row).map(|one| one.overdue))
        .reading("Status", |row| status(row, present))
        .always()
        .toned(|row| match waiting(row) {
            Some(one) if one.overdue > 0 => Tone::Bad,
            Some(_) => Tone::Due,
            None => Tone::Plain,
        })
}

fn settled_on(row: &NominationRow, present: &Present) -> Option<NaiveDate> {
    let settled_at = row.course.verdict().settled_at;
    settled_at.map(|at| present.day(at))
}

/// What became of a nomination: `waiting 9 days, 2 overdue`, `invited 2026-06-30`, `declined 2026-06-30: too early`.
fn status(row: &NominationRow, present: &Present) -> String {
    let verdict = row.course.verdict();
    let status = match verdict.by_stage {
        Some(stage) => stage.name(),
        None => verdict.status.name(),
    };
    if let Some(Waiting { days, overdue, .. }) = Waiting::of(row, present) {
        let since = match days {
            1.. => count(days, "day"),
            _ => "since today".to_owned(),
        };
        return match overdue {
            0 => format!("{status} {since}"),
            late => format!("{status} {since}, {late} overdue"),
        };
    }
    match (settled_on(row, present), &row.decision_reason) {
        (None, _) => status.to_owned(),
        (Some(day), Some(reason)) => format!("{status} {day}: {reason}"),
        (Some(day), None) => format!("{status} {day}"),
    }
}
