//! `edit`: corrects what is known; what is typed here no import overwrites.

use clap::Args;

use crate::domain::describing::AccountField;
use crate::domain::ids::AccountId;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, count};
use crate::resolve::account::of_newcomer;
use crate::resolve::account_words::AccountWords;
use crate::resolve::arguments::words;
use crate::resolve::description::{self, DescribeArgs};
use crate::resolve::{self, slip_of_industry};
use crate::session::{Done, Session};
use crate::store::{PersonRow, Writing};
use crate::views::changes::Changes;

/// Arguments of `edit`. An empty value clears a field.
#[derive(Debug, Args)]
pub struct EditArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
    /// How the account is doing.
    #[command(flatten)]
    pub account: AccountWords,
}

pub(super) fn run(args: &EditArgs, session: &mut Session<'_>) -> Result<Done> {
    let mut slip = None;
    session.record("edit/1", |writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let fields = args.describe.person_fields();
        let mut of_account = args.describe.account_fields();
        of_account.extend(account_name(args).map(|name| (AccountField::Name, name.to_owned())));
        let is_about_account = !of_account.is_empty() || !args.account.is_empty();
        if fields.is_empty() && !is_about_account {
            return Err(Failure::nothing_to_change("edit", &person.email));
        }
        slip = slip_of_industry(writing, args.describe.industry.as_deref())?;
        let mut changed = description::edit_person(writing, &person, &fields)?;
        if is_about_account {
            let account = account(writing, &person, account_name(args))?;
            changed.extend(args.account.save(writing, present, account, of_account)?);
        }
        let show = CommandLine::of("show").value(&person.email);
        Ok(Record::new()
            .with("email", "Person", &person.email)
            .with("changed", "Changed", count(changed.len(), "field"))
            .with(
                "changes",
                "What it says now",
                Changes::of(changed).sheet().empty(""),
            )
            .say(Sentence::from("Next: ").then(show))
            .say_all(renamed(&person, args)))
    })?;
    if let Some(words) = slip {
        session.note(words)?;
    }
    Ok(Done::Fully)
}

/// What to say where the account has another name now.
fn renamed(person: &PersonRow, args: &EditArgs) -> Option<Sentence> {
    let (was, is) = (person.account.as_ref()?, account_name(args)?);
    let words = format!("{was} is called {is} now, for everyone there. Somebody who left: ");
    (was != is).then(|| Sentence::from(words).then(CommandLine::of("move WHO --account NAME")))
}

/// The name typed for the account.
fn account_name(args: &EditArgs) -> Option<&str> {
    args.describe.account.as_deref().map(str::trim)
}

/// The person's account; whoever has none yet joins the one named.
fn account(writing: &Writing<'_>, person: &PersonRow, name: Option<&str>) -> Result<AccountId> {
    if let Some(account) = person.account_id {
        refuse_a_move(writing, person, account, name)?;
        return Ok(account);
    }
    let Some((account, _)) = of_newcomer(writing, name, None)? else {
        let edit = CommandLine::of("edit").value(&person.email);
        return Err(Failure::usage_hint(
            format!("{} has no account yet", person.email),
            edit.then("--account NAME"),
        ));
    };
    writing.join_account(person.id, account)?;
    Ok(account)
}

/// A name that is another account's is where they went, not a correction of their own account's name.
fn refuse_a_move(
    writing: &Writing<'_>,
    person: &PersonRow,
    account: AccountId,
    name: Option<&str>,
) -> Result<()> {
    let Some(name) = name else { return Ok(()) };
    let other = writing.account_by_name(name)?;
    if other.is_none_or(|other| other == account) {
        return Ok(());
    }
    let move_there = CommandLine::of("move").value(&person.email);
    Err(Failure::usage_hint(
        format!("there is an account {name} already; edit corrects the name of their own"),
        Sentence::from("if they went there: ").then(move_there.option("--account", name)),
    ))
}
