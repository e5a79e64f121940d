//! `check`: proves that the database is whole and that what is kept beside the facts is what the facts say.

use super::{Context, Done};
use crate::domain::calendar::Timestamp;
use crate::output::{Column, Record, Sheet};
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>) -> anyhow::Result<Done> {
    let store = Store::open_read(&context.database)?;
    store.look_back(Timestamp(i64::MAX))?;
    let (found, policy) =
        store.read(|tx| Ok::<_, anyhow::Error>((tx.discrepancies()?, tx.policy()?)))?;
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
    context.show("check/1", context.clock.today(policy.time_zone), record)?;
    Ok(if found.is_empty() {
        Done::Fully
    } else {
        Done::Found
    })
}
