//! `undo` and `redo`: operations taken back as if they had never been (`docs/undo.md`).

use clap::Args;

use crate::domain::ids::OperationId;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Table, count, count_of};
use crate::prompt;
use crate::resolve;
use crate::resolve::arguments::operation_number;
use crate::session::{Done, Session};
use crate::store::{HistoryFilter, OperationRow, TakingBack, Tx};
use crate::views::operations;

/// Arguments of `undo`.
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// Which operations, as `history` numbers them [default: your last one]
    #[arg(value_name = "OP", value_parser = operation_number)]
    pub operations: Vec<i64>,
    /// Every operation from this one on
    #[arg(long, value_name = "OP", value_parser = operation_number, conflicts_with = "operations")]
    pub to: Option<i64>,
    /// Show what would be taken back, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What is said where two accounts are no longer one.
const STAYS: &str = "What was recorded since they were one stays with the account that was kept.";

/// Arguments of `redo`.
#[derive(Debug, Args)]
pub struct RedoArgs {
    /// Show what would be done again, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

pub(super) fn undo(args: &UndoArgs, session: &mut Session<'_>) -> Result<Done> {
    let is_bare = args.operations.is_empty() && args.to.is_none();
    let actor = session.actor.clone();
    let chosen = session.read(None, |tx, present| match args.to {
        Some(first) => all_from(tx, present, first),
        None if is_bare => Ok(vec![last_of(tx, present, &actor)?]),
        None => named(tx, present, &args.operations),
    })?;
    if is_bare && !session.interactive && !session.assume_yes && !args.dry_run {
        let undo = undo_of(chosen.iter());
        return Err(session.unasked("which operation is", undo));
    }
    take_back(&chosen, "undo/1", args.dry_run, session)
}

pub(super) fn redo(args: &RedoArgs, session: &mut Session<'_>) -> Result<Done> {
    let actor = session.actor.clone();
    let last = session.read(None, |tx, present| last_undo_of(tx, present, &actor))?;
    take_back(&[last], "redo/1", args.dry_run, session)
}

/// Shows what would be done, asks on a terminal, and does it.
fn take_back(
    chosen: &[OperationRow],
    schema: &'static str,
    dry_run: bool,
    session: &mut Session<'_>,
) -> Result<Done> {
    let asks = session.interactive && !session.assume_yes && !dry_run;
    let mut rows = chosen.to_vec();
    if asks || dry_run {
        let (all, shown, today) = session.read(None, |tx, present| {
            let mut all = rows.clone();
            // On a terminal what builds on them is shown, and taken back as well; elsewhere it is refused below.
            if asks {
                all.extend(later(tx, &rows)?);
            }
            let plan = tx.taking_back(&ids(&all))?;
            let record = record(tx, present, &all, &plan, &TO_DO)?;
            Ok((all, record, present.today))
        })?;
        session.show(schema, today, shown)?;
        if dry_run {
            return Ok(Done::Fully);
        }
        let these = count_of(all.len(), "operation", "operations");
        if !prompt::yes(&format!("Take {these} back?"), false)? {
            session.note("nothing was changed")?;
            return Ok(Done::Fully);
        }
        rows = all;
    }
    let (done, today) = session.write(|writing, present| {
        check_still(writing, present, &rows)?;
        let plan = writing.taking_back(&ids(&rows))?;
        if !plan.built_on.is_empty() {
            return Err(built_on(writing, &rows)?);
        }
        let mut record = record(writing, present, &rows, &plan, &DONE)?;
        if writing.takes_accounts_apart(&ids(&rows))? {
            record = record.say(STAYS);
        }
        writing.take_back(&ids(&rows))?;
        if writing.has_merged_twice()? {
            let history =
                Sentence::from("see what was merged since: ").then(CommandLine::of("history"));
            let who = operations_named(&rows);
            return Err(Failure::step(
                who,
                "a later merge builds on it",
                "built-on",
                history,
            ));
        }
        Ok((record, present.today))
    })?;
    let history = Sentence::from("done; what happened: ").then(CommandLine::of("history"));
    match asks {
        // It was shown before the question.
        true => {
            session.note(history)?;
            Ok(Done::Fully)
        }
        false => session.show(schema, today, done.say(history)),
    }
}

/// What the parts of an answer are called: before and after.
struct Titles {
    operations: &'static str,
    removed: &'static str,
    restored: &'static str,
}

const TO_DO: Titles = Titles {
    operations: "To be taken back",
    removed: "Rows to be removed",
    restored: "Rows to be as before",
};
const DONE: Titles = Titles {
    operations: "Taken back",
    removed: "Rows removed",
    restored: "Rows as before",
};

fn ids(rows: &[OperationRow]) -> Vec<OperationId> {
    rows.iter().map(|row| row.id).collect()
}

fn record(
    tx: &Tx<'_>,
    present: &Present,
    rows: &[OperationRow],
    plan: &TakingBack,
    titles: &Titles,
) -> Result<Record> {
    let later = all_of(tx, &plan.built_on)?;
    let record = Record::new()
        .with(
            "operations",
            titles.operations,
            operations::table(tx, present, rows)?,
        )
        .with(
            "removed",
            titles.removed,
            Table::of(&plan.removed)
                .left("table", "Table", |(table, _)| table)
                .right("rows", "Rows", |(_, rows)| *rows)
                .empty("none"),
        )
        .with("restored", titles.restored, plan.restored);
    match later.is_empty() {
        true => Ok(record),
        false => Ok(record.with(
            "built_on",
            "Built on it since",
            operations::table(tx, present, &later)?,
        )),
    }
}

/// Whatever builds on these operations, and on that, and so on.
fn later(tx: &Tx<'_>, rows: &[OperationRow]) -> Result<Vec<OperationRow>> {
    let mut all = ids(rows);
    loop {
        let more = tx.taking_back(&all)?.built_on;
        if more.is_empty() {
            all.retain(|id| rows.iter().all(|row| row.id != *id));
            all.sort_unstable();
            return all_of(tx, &all);
        }
        all.extend(more);
    }
}

fn all_of(tx: &Tx<'_>, ids: &[OperationId]) -> Result<Vec<OperationRow>> {
    ids.iter().map(|id| resolve::operation(tx, id.0)).collect()
}

/// The refusal to take back what others build on, with the command that takes those back as well.
fn built_on(tx: &Tx<'_>, rows: &[OperationRow]) -> Result<Failure> {
    let later = later(tx, rows)?;
    let told = tx.told(&later)?;
    let first = later.iter().take(3).map(|row| {
        let did = told.get(&row.id).unwrap_or(&row.command);
        format!("{} ({did})", row.id)
    });
    let mut named: Vec<String> = first.collect();
    if later.len() > named.len() {
        named.push(format!("{} more", later.len() - named.len()));
    }
    let who = operations_named(rows);
    let message = format!("later operations build on it: {}", named.join(", "));
    let command = undo_of(rows.iter().chain(&later));
    let hint = Sentence::from("to take them all back: ").then(command);
    Ok(Failure::step(who, message, "built-on", hint))
}

/// The command that takes operations back.
fn undo_of<'o>(rows: impl Iterator<Item = &'o OperationRow>) -> CommandLine {
    rows.fold(CommandLine::of("undo"), |command, row| {
        command.value(row.id)
    })
}

fn operations_named(rows: &[OperationRow]) -> String {
    let ids: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
    format!("operation {}", ids.join(", "))
}

/// Refuses what cannot be taken back, and what was taken back already.
fn check_still(tx: &Tx<'_>, present: &Present, rows: &[OperationRow]) -> Result<()> {
    let taken_back = tx.taken_back()?;
    let takings_back = tx.takings_back()?;
    let forgotten = tx.about_the_forgotten()?;
    let last = tx.last_takings_back()?;
    for row in rows {
        let refused = |message: &str, refusal: &'static str, hint: Sentence| {
            let who = operations_named(std::slice::from_ref(row));
            Err(Failure::step(who, message, refusal, hint))
        };
        let history = || Sentence::from(CommandLine::of("history --op").value(row.id));
        if row.id == OperationId(1) {
            return refused(
                "it made the program",
                "first",
                "remove the file instead".into(),
            );
        }
        if row.at < present.undo_since() {
            let months = count(present.policy.keep.images_months, "month");
            let message =
                format!("it is older than {months}, and what rows were before is not kept longer");
            let hint = CommandLine::of("policy show undo.months");
            return refused(&message, "too-old", hint.into());
        }
        if forgotten.contains(&row.id) {
            let message = "it is about somebody who was erased";
            return refused(message, "forgotten", history());
        }
        if let Some(by) = taken_back.get(&row.id) {
            let again = Sentence::from("to do it again: ").then(CommandLine::of("undo").value(*by));
            let message = format!("operation {by} took it back already");
            return refused(&message, "taken-back", again);
        }
        if !takings_back.contains(&row.id) {
            continue;
        }
        if !last.contains_key(&row.id) {
            let message = "a later operation took back or did again the same";
            return refused(message, "taken-back", CommandLine::of("history").into());
        }
        if tx.is_beyond_return(row.id)? {
            let message = "it took away so much that nothing of it was kept";
            return refused(message, "too-much", "import the file again".into());
        }
    }
    Ok(())
}

fn named(tx: &Tx<'_>, present: &Present, operations: &[i64]) -> Result<Vec<OperationRow>> {
    let mut ids: Vec<i64> = operations.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<OperationRow> = ids
        .into_iter()
        .map(|id| resolve::operation(tx, id))
        .collect::<Result<_>>()?;
    check_still(tx, present, &rows)?;
    Ok(rows)
}

/// Every operation from one on that still holds and is no taking back.
fn all_from(tx: &Tx<'_>, present: &Present, first: i64) -> Result<Vec<OperationRow>> {
    let first = resolve::operation(tx, first)?;
    let mut rows = standing(tx, &HistoryFilter::default())?;
    rows.retain(|row| row.id >= first.id);
    rows.reverse();
    match rows.is_empty() {
        true => Err(nothing()),
        false => {
            check_still(tx, present, &rows)?;
            Ok(rows)
        }
    }
}

/// The last operation of somebody that still holds and is no taking back.
fn last_of(tx: &Tx<'_>, present: &Present, actor: &str) -> Result<OperationRow> {
    let filter = HistoryFilter {
        actor: Some(actor),
        ..HistoryFilter::default()
    };
    let last = standing(tx, &filter)?
        .into_iter()
        .next()
        .ok_or_else(nothing)?;
    if last.command.split_whitespace().any(|word| word == "import") {
        let undo = CommandLine::of("undo").value(last.id);
        let hint = Sentence::from("by its number: ").then(undo);
        let who = operations_named(std::slice::from_ref(&last));
        return Err(Failure::step(who, "it is an import", "import", hint));
    }
    check_still(tx, present, std::slice::from_ref(&last))?;
    Ok(last)
}

/// What a filter finds, newest first, without what was taken back and the takings back.
fn standing(tx: &Tx<'_>, filter: &HistoryFilter<'_>) -> Result<Vec<OperationRow>> {
    let taken_back = tx.taken_back()?;
    let takings_back = tx.takings_back()?;
    let mut rows = tx.operations(filter, usize::MAX)?;
    rows.retain(|row| !taken_back.contains_key(&row.id) && !takings_back.contains(&row.id));
    Ok(rows)
}

/// The last taking back of somebody that still holds.
fn last_undo_of(tx: &Tx<'_>, present: &Present, actor: &str) -> Result<OperationRow> {
    let taken_back = tx.taken_back()?;
    let last = tx.last_takings_back()?;
    let filter = HistoryFilter {
        actor: Some(actor),
        ..HistoryFilter::default()
    };
    let holds = |row: &OperationRow| {
        let about = last.get(&row.id);
        about.is_some_and(|about| about.iter().all(|one| taken_back.contains_key(one)))
    };
    let mut rows = tx.operations(&filter, usize::MAX)?.into_iter();
    let row = rows.find(holds).ok_or_else(nothing_undone)?;
    check_still(tx, present, std::slice::from_ref(&row))?;
    Ok(row)
}

fn nothing_undone() -> Failure {
    let hint = Sentence::from(CommandLine::of("history")).then("   (lists what happened)");
    Failure::step(
        "you",
        "nothing was taken back that could be done again",
        "nothing",
        hint,
    )
}

fn nothing() -> Failure {
    let hint = Sentence::from(CommandLine::of("history")).then("   (lists what happened)");
    Failure::step("you", "there is nothing to take back", "nothing", hint)
}
