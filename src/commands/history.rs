//! `history`: what happened, newest first (`docs/undo.md`).

use clap::Args;

use crate::domain::ids::OperationId;
use crate::domain::typed_day::TypedDay;
use crate::failure::Result;
use crate::output::{Record, Sheet, Table};
use crate::resolve;
use crate::resolve::arguments::{day, limit, operation_number, words};
use crate::session::{Done, Session};
use crate::store::{HistoryFilter, Tx};
use crate::views::operations;

/// How many operations are shown unless another number is asked for.
const SHOWN: u32 = 20;

/// Arguments of `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// Only what is about this person: an e-mail address, an id, or part of a name
    #[arg(long, value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// Only since this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<TypedDay>,
    /// Only by this colleague
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub actor: Option<String>,
    /// Only of this command, such as tap or import
    #[arg(long, value_name = "COMMAND", value_parser = words)]
    pub kind: Option<String>,
    /// One operation, with everything that it changed
    #[arg(long, value_name = "OP", value_parser = operation_number)]
    pub op: Option<i64>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit, default_value_t = SHOWN)]
    pub limit: u32,
}

pub(super) fn run(args: &HistoryArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("history/1", None, |tx, present| {
        let person = args.who.as_ref().map(|who| resolve::person(tx, who));
        let person = person.transpose()?.map(|person| person.id);
        let only = args.op.map(|op| resolve::operation(tx, op)).transpose()?;
        let filter = HistoryFilter {
            since: present
                .typed_any(args.since)?
                .map(|day| present.policy.time_zone.start_of(day)),
            person,
            actor: args.actor.as_deref(),
            word: args.kind.as_deref(),
            only: only.as_ref().map(|one| one.id),
        };
        let rows = tx.operations(&filter, args.limit as usize)?;
        let record = Record::new().with("operations", "", operations::table(tx, present, &rows)?);
        let Some(only) = only else {
            return Ok(record);
        };
        Ok(record.with("changes", "Changed", changes(tx, only.id)?))
    })
}

/// What an operation changed, cell by cell.
fn changes(tx: &Tx<'_>, operation: OperationId) -> Result<Sheet> {
    let cells = tx.changed_by(operation)?;
    Ok(Table::of(&cells)
        .left("table", "Table", |cell| &cell.table)
        .left("key", "Row", |cell| {
            cell.key.trim_matches(['[', ']']).to_owned()
        })
        .left("column", "Column", |cell| &cell.column)
        .left("before", "Before", |cell| cell.before.as_ref())
        .always()
        .left("after", "After", |cell| cell.after.as_ref())
        .always()
        .empty("nothing that is still there"))
}
