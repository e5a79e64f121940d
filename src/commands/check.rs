//! `check`: proves that the database is whole and that what is kept beside the facts is what the facts say.

use crate::domain::calendar::Timestamp;
use crate::failure::{Failure, Result};
use crate::output::{Record, Table, count_of};
use crate::session::{Done, Session};
use crate::store::Store;

/// What was proved.
const WELL: &str = "all is well: the file's structure is sound, and every kept value equals the one derived from the facts";
/// What cannot be.
const UNSEEN: &str = "It cannot see a letter or a figure that changed on the disk; an export keeps a checksum of each of its files.";

pub(super) fn run(session: &mut Session<'_>) -> Result<Done> {
    let store = Store::open_read(&session.database, session.lock_wait)?;
    store.look_back(Timestamp(i64::MAX))?;
    let (found, policy) = store.read(|tx| Ok::<_, Failure>((tx.discrepancies()?, tx.policy()?)))?;
    let table = Table::of(&found)
        .left("check", "Check", |one| one.check)
        .left("detail", "What was found", |one| &one.detail)
        .empty("");
    let verdict = match found.len() {
        0 => WELL.to_owned(),
        n => format!("{} found", count_of(n, "discrepancy", "discrepancies")),
    };
    let record = Record::new()
        .with("verdict", "", verdict)
        .with("discrepancies", "Discrepancies", table)
        .say_all(found.is_empty().then_some(UNSEEN));
    session.show("check/1", session.clock.today(policy.time_zone), record)?;
    Ok(match found.is_empty() {
        true => Done::Fully,
        false => Done::Found,
    })
}
