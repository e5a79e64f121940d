//! Operations as sentences.

use std::collections::BTreeMap;

use crate::domain::ids::OperationId;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{Sheet, Shown, Table};
use crate::store::{OperationRow, Tx};

/// What an operation did, such as "Maya asked Nina for a reference"; where it left no fact, the command as typed.
fn sentence(row: &OperationRow, told: &BTreeMap<OperationId, String>) -> String {
    match told.get(&row.id) {
        Some(did) => format!("{} {did}", row.actor),
        None => format!("{} typed {}", row.actor, row.command),
    }
}

/// A table of operations.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn table(tx: &Tx<'_>, present: &Present, rows: &[OperationRow]) -> Result<Sheet> {
    let told = tx.told(rows)?;
    let taken_back = tx.taken_back()?;
    Ok(Table::of(rows)
        .right("operation_id", "Op", |row| row.id)
        .left("on", "On", |row| present.day(row.at))
        .data("at", |row| row.at.to_rfc3339())
        .data("actor", |row| &row.actor)
        .reading("What happened", |row| sentence(row, &told))
        .always()
        .data("did", |row| sentence(row, &told))
        .data("command", |row| &row.command)
        .right("taken_back_by", "Taken back by", |row| {
            taken_back.get(&row.id).copied()
        })
        .only(
            match rows.iter().any(|row| taken_back.contains_key(&row.id)) {
                true => Shown::Everywhere,
                false => Shown::ToPrograms,
            },
        )
        .spare()
        .empty("nothing"))
}
