//! `account merge`: two records of one account become one. `undo` takes them apart.

use clap::Args;

use crate::domain::correction::Fact;
use crate::domain::ids::AccountId;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence};
use crate::prompt;
use crate::resolve::account::{called, known};
use crate::resolve::arguments::words;
use crate::session::{Done, Session};
use crate::store::{AccountRow, Tx};

/// Arguments of `account merge`.
#[derive(Debug, Args)]
pub struct AccountMergeArgs {
    /// The account whose record is kept: its name, domain, CRM id or number
    #[arg(value_name = "KEEP", value_parser = words)]
    pub keep: String,
    /// The one that becomes part of it
    #[arg(value_name = "OTHER", value_parser = words)]
    pub other: String,
}

pub(super) fn run(args: &AccountMergeArgs, session: &mut Session<'_>) -> Result<Done> {
    if session.interactive && !session.assume_yes && !are_one(args, session)? {
        session.note("nothing was changed")?;
        return Ok(Done::Fully);
    }
    session.record("account-merge/1", |writing, _| {
        let (kept, merged) = both(writing, args)?;
        let people = people(writing, merged.id)?;
        writing.join_accounts(kept.id, merged.id)?;
        let words = format!("{} is part of {}", called(&merged), called(&kept));
        writing.note_changed(Fact::Account, merged.id.0, None, Some(&words))?;
        let kept = writing.account(kept.id)?.unwrap_or(kept);
        let others = writing.other_names_of_account(kept.id)?;
        let undo = CommandLine::of("undo").value(writing.operation);
        Ok(Record::new()
            .with("account", "Account", called(&kept))
            .with("merged", "Also found by", Cell::list(others))
            .with("people_moved", "People who came to it", people)
            .say(Sentence::from("Not one account after all: ").then(undo)))
    })
}

/// The two accounts that are named.
fn both(tx: &Tx<'_>, args: &AccountMergeArgs) -> Result<(AccountRow, AccountRow)> {
    let (kept, merged) = (known(tx, &args.keep)?, known(tx, &args.other)?);
    match kept.id == merged.id {
        false => Ok((kept, merged)),
        true => Err(Failure::usage_hint(
            format!(
                "`{}` and `{}` are the same account: {}",
                args.keep,
                args.other,
                called(&kept)
            ),
            CommandLine::of("account list"),
        )),
    }
}

fn people(tx: &Tx<'_>, account: AccountId) -> Result<usize> {
    let everybody = tx.everybody_once()?.into_iter();
    let there = everybody.filter(|person| person.account_id == Some(account));
    Ok(there.count())
}

/// Shows both and asks on a terminal whether they are one.
fn are_one(args: &AccountMergeArgs, session: &mut Session<'_>) -> Result<bool> {
    let (kept, merged, people) = session.read(None, |tx, _| {
        let (kept, merged) = both(tx, args)?;
        let people = people(tx, merged.id)?;
        Ok((kept, merged, people))
    })?;
    writeln!(session.err, "Keep   {}", card(&kept))?;
    writeln!(session.err, "Merge  {}, people: {people}", card(&merged))?;
    Ok(prompt::yes("Are they one account?", false)?)
}

fn card(account: &AccountRow) -> String {
    let more = [&account.domain, &account.crm_id, &account.industry];
    let more = more.into_iter().flatten().cloned();
    let words: Vec<String> = [called(account)].into_iter().chain(more).collect();
    words.join(", ")
}
