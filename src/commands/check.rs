//! `check`: proves that the database is whole and that what is kept beside the facts is what the facts say.

use crate::domain::calendar::Timestamp;
use crate::failure::Failure;
use crate::failure::Result;
use crate::output::{Column, Record, Sheet};
use crate::session::{Done, Session};
use crate::store::Store;
use clap::Args;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {}

pub(super) fn run(session: &mut Session<'_>) -> Result<Done> {
    let store = Store::open_read(&session.database)?;
    store.look_back(Timestamp(i64::MAX))?;
    let (found, policy) = store.read(|tx| Ok::<_, Failure>((tx.discrepancies()?, tx.policy()?)))?;
    let mut sheet = Sheet::new(vec![
        Column::left("check", "Check"),
        Column::left("detail", "What was found"),
    ])
    .empty("");
    for one in &found {
        sheet.push(vec![one.check.into(), one.detail.as_str().into()]);
    }
    let verdict = match found.len() {
        0 => "all is well: the file is whole, and every kept value equals the one derived from the facts".to_owned(),
        n => format!("{} found", crate::output::count_of(n, "discrepancy", "discrepancies")),
    };
    let record =
        Record::new()
            .with("verdict", "", verdict)
            .with("discrepancies", "Discrepancies", sheet);
    session.show("check/1", session.clock.today(policy.time_zone), record)?;
    Ok(if found.is_empty() {
        Done::Fully
    } else {
        Done::Found
    })
}
