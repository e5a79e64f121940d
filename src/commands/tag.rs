//! `tag` and `tags`: words put on a person; `account tag` puts them on an account.

use clap::Args;

use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Record, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, words};
use crate::resolve::keeping::{TagsTyped, retag};
use crate::session::{Done, Session};
use crate::store::{PersonRow, Tx, Whose};

/// Arguments of `tag`.
#[derive(Debug, Args)]
pub struct TagArgs {
    /// On whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// The tags.
    #[command(flatten)]
    pub tags: TagsTyped,
}

/// Arguments of `tags`.
#[derive(Debug, Args)]
pub struct TagsArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &TagArgs, session: &mut Session<'_>) -> Result<Done> {
    if args.tags.changes().is_empty() {
        return session.answer("tag/1", None, |tx, present| {
            let person = resolve::person(tx, &args.who)?;
            shown(tx, present, &person)
        });
    }
    session.record("tag/1", |writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let record = Record::new().with("email", "Person", &person.email);
        retag(
            writing,
            present,
            Whose::Person(person.id),
            &args.tags,
            record,
        )
    })
}

/// The tags of a person and of their account.
fn shown(tx: &Tx<'_>, _: &Present, person: &PersonRow) -> Result<Record> {
    let of_account = person
        .account_id
        .map(|id| tx.tags_of(Whose::Account(id)))
        .transpose()?;
    Ok(Record::new()
        .with("email", "Person", &person.email)
        .with(
            "tags",
            "Tags",
            Cell::list(tx.tags_of(Whose::Person(person.id))?),
        )
        .with_any("account_tags", "Account tags", of_account.map(Cell::list)))
}

pub(super) fn list(args: &TagsArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("tags/1", args.as_of.as_of, |tx, _| {
        let counts = tx.tag_counts()?;
        let first = CommandLine::of("tag WHO +champion");
        Ok(Table::of(&counts)
            .left("tag", "Tag", |one| one.tag.name())
            .always()
            .right("people", "People", |one| one.people)
            .right("accounts", "Accounts", |one| one.accounts)
            .empty(Sentence::from("No tags. Put the first on somebody: ").then(first)))
    })
}
