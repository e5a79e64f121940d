//! `check`: proves that the database is whole and that what is kept beside the facts is what the facts say.

use clap::Args;

use crate::domain::policy::Policy;
use crate::failure::Result;
use crate::output::{Record, Table, count_of};
use crate::session::{Done, Session};
use crate::store::{Discrepancy, Store};

/// What was proved.
const WELL: &str = "all is well: the file's structure is sound, and every kept value equals the one derived from the facts";
/// What cannot be.
const UNSEEN: &str = "It cannot see a letter or a figure that changed on the disk; an export keeps a checksum of each of its files.";

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Derive again what is kept beside the facts, where it is not what they say
    #[arg(long)]
    pub repair: bool,
}

/// What is found, and the policy.
fn look(session: &Session<'_>) -> Result<(Vec<Discrepancy>, Policy)> {
    let store = Store::open_read(&session.database, session.lock_wait)?;
    store.read(|tx| Ok((tx.discrepancies()?, tx.policy()?)))
}

pub(super) fn run(args: &CheckArgs, session: &mut Session<'_>) -> Result<Done> {
    let (mut found, policy) = look(session)?;
    let mut repaired = 0;
    if args.repair && !found.is_empty() {
        session.write(|writing, _| Ok(writing.repair()?))?;
        let before = found.len();
        (found, _) = look(session)?;
        repaired = before.saturating_sub(found.len());
    }
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
        .with_any("repaired", "Repaired", (repaired > 0).then_some(repaired))
        .say_all(found.is_empty().then_some(UNSEEN));
    session.show("check/1", session.clock.today(policy.time_zone), record)?;
    Ok(match found.is_empty() {
        true => Done::Fully,
        false => Done::Found,
    })
}
