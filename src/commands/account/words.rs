//! `account note` and `account tag`.

use clap::Args;

use crate::failure::Result;
use crate::output::{Cell, Record};
use crate::resolve::account::{called, known};
use crate::resolve::arguments::words;
use crate::resolve::colleague::slip;
use crate::resolve::keeping::{Kept, TagsTyped, keep, retag};
use crate::session::{Done, Session};
use crate::store::Whose;

/// Arguments of `account note`.
#[derive(Debug, Args)]
pub struct AccountNoteArgs {
    /// Which account: its name, domain, CRM id or number
    #[arg(value_name = "ACCOUNT", value_parser = words)]
    pub account: String,
    /// What is to be kept.
    #[command(flatten)]
    pub note: Kept,
}

/// Arguments of `account tag`.
#[derive(Debug, Args)]
pub struct AccountTagArgs {
    /// Which account: its name, domain, CRM id or number
    #[arg(value_name = "ACCOUNT", value_parser = words)]
    pub account: String,
    /// The tags.
    #[command(flatten)]
    pub tags: TagsTyped,
}

pub(super) fn note(args: &AccountNoteArgs, session: &mut Session<'_>) -> Result<Done> {
    let mut nearly = None;
    session.record("account-note/1", |writing, present| {
        nearly = slip(writing, args.note.by.as_deref())?;
        let account = known(writing, &args.account)?;
        let record = Record::new().with("account", "Account", called(&account));
        keep(
            writing,
            present,
            Whose::Account(account.id),
            &args.note,
            record,
        )
    })?;
    session.note_any(nearly)
}

pub(super) fn tag(args: &AccountTagArgs, session: &mut Session<'_>) -> Result<Done> {
    if args.tags.changes().is_empty() {
        return session.answer("account-tag/1", None, |tx, _| {
            let account = known(tx, &args.account)?;
            let tags = tx.tags_of(Whose::Account(account.id))?;
            Ok(Record::new()
                .with("account", "Account", called(&account))
                .with("tags", "Tags", Cell::list(tags)))
        });
    }
    session.record("account-tag/1", |writing, present| {
        let account = known(writing, &args.account)?;
        let record = Record::new().with("account", "Account", called(&account));
        retag(
            writing,
            present,
            Whose::Account(account.id),
            &args.tags,
            record,
        )
    })
}
