//! `remove`: somebody who was added by mistake, while nothing depends on them.

use clap::Args;

use crate::domain::correction::Fact;
use crate::domain::named::Named;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, count_of};
use crate::resolve;
use crate::resolve::arguments::words;
use crate::session::{Done, Session};

/// Arguments of `remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// Why they are removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn run(args: &RemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("remove/1", |writing, _| {
        let person = resolve::person(writing, &args.who)?;
        let depending = writing.depending_on_person(person.id)?;
        if !depending.is_empty() {
            let rows = depending
                .iter()
                .map(|(table, rows)| format!("{} of {table}", count_of(*rows, "row", "rows")));
            let rows: Vec<String> = rows.collect();
            let message = format!("{} are about them", rows.join(", "));
            let hint = Sentence::from("take back what was recorded, see ")
                .then(CommandLine::of("history").option("--who", &person.email))
                .then(", or erase them: ")
                .then(CommandLine::of("forget").value(&person.email));
            return Err(Failure::step(&person.email, message, "in-use", hint));
        }
        writing.remove_person(person.id)?;
        writing.note_removed(Fact::Person, person.id.0, None, args.reason.as_deref())?;
        Ok(Record::new().with("id", "Id", person.id).with(
            "removed",
            "Removed",
            person.shown_name(),
        ))
    })
}
