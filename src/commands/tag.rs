//! `tag` and `tags`: words put on a person; `account tag` puts them on an account.

use clap::Args;

use crate::failure::Result;
use crate::output::{CommandLine, Record, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, words};
use crate::resolve::keeping::{TagsTyped, retag};
use crate::session::{Done, Session};
use crate::store::Whose;
use crate::views::tags::tags;

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
        return session.answer("tag/1", None, |tx, _| {
            let person = resolve::person(tx, &args.who)?;
            Ok(Record::new()
                .with("email", "Person", &person.email)
                .and(tags(tx, &person)?))
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
