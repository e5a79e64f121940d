//! `move`: somebody goes to another account. Their history goes with them; what they were asked at the old account
//! stays with it (`domain.md` §4).

use crate::domain::calendar::Timestamp;
use crate::domain::email::Email;
use crate::domain::ids::PersonId;
use crate::domain::present::Present;
use crate::domain::signal::SignalKind;
use crate::failure::{Failure, Result};
use crate::output::Record;
use crate::prompt;
use crate::resolve;
use crate::resolve::account as accounts;
use crate::resolve::arguments::day;
use crate::resolve::description as describe;
use crate::resolve::description::DescribeArgs;
use crate::session::{Done, Session};
use crate::store::{MergeRow, NewMove, NewSignal, PersonRow, Whose, Writing};
use chrono::NaiveDate;
use clap::Args;

/// Arguments of `move`.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// The day they went [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// Words beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Their address there; the one they had still finds them
    #[arg(long, value_name = "EMAIL", help_heading = "About the person")]
    pub email: Option<String>,
    /// They brought us along: the account is a customer because of them [default: asks on a terminal]
    #[arg(long, overrides_with = "no_repeat_customer")]
    pub repeat_customer: bool,
    /// They did not
    #[arg(long, overrides_with = "repeat_customer")]
    pub no_repeat_customer: bool,
    /// Take their last move back: it was a mistake
    #[arg(long, conflicts_with_all = ["on", "email", "repeat_customer", "no_repeat_customer", "new_account"])]
    pub back: bool,
    /// Add the account although one of a similar name is known
    #[arg(long, help_heading = "About the account")]
    pub new_account: bool,
    /// What describes them, and the account: its name, domain or CRM id.
    #[command(flatten)]
    pub describe: DescribeArgs,
}

/// What a move came to.
struct Moved {
    was: PersonRow,
    is: PersonRow,
    on: chrono::NaiveDate,
    account_new: bool,
}

pub(super) fn run(args: &MoveArgs, session: &mut Session<'_>) -> Result<Done> {
    if args.back {
        return back(args, session);
    }
    if given(args).is_none() && args.email.is_none() {
        return Err(Failure::usage_hint(
            "where did they go?",
            format!("advocate move {} --account NAME", args.who),
        ));
    }
    let repeat = repeat_customer(args, session)?;
    let (moved, repeat, today) = session.write(|writing, present| {
        let moved = go(writing, present, args)?;
        let repeat = repeat && moved.was.account_id != moved.is.account_id;
        if repeat {
            let was = moved.was.account.as_deref();
            let is = moved.is.account.as_deref().unwrap_or_default();
            let at = present.instant_on(args.on)?;
            add_repeat_customer(writing, moved.is.id, (was, is), at)?;
        }
        Ok((moved, repeat, present.today))
    })?;
    let mut record = record(&moved).data("account_new", moved.account_new).with(
        "repeat_customer",
        "Repeat customer",
        repeat,
    );
    if moved.was.account_id != moved.is.account_id {
        if let Some(was) = &moved.was.account {
            record = record.say(format!("What they were asked so far stays with {was}."));
        }
        if args.email.is_none() {
            let hint = format!(
                "A new address: advocate move {} --email EMAIL",
                moved.is.email
            );
            record = record.say(hint);
        }
        let hint = format!("A mistake: advocate move {} --back", moved.is.email);
        record = record.say(hint);
    }
    session.show("move/1", today, record)?;
    Ok(Done::Fully)
}

/// The account typed.
fn given(args: &MoveArgs) -> Option<&str> {
    let account = args.describe.account.as_deref()?.trim();
    Some(account).filter(|account| !account.is_empty())
}

fn record(moved: &Moved) -> Record {
    let Moved { was, is, on, .. } = moved;
    let record = Record::new()
        .with("email", "Person", is.email.as_str())
        .with("name", "Name", is.name.as_deref());
    let record = match was.email == is.email {
        true => record.data("email_was", was.email.as_str()),
        false => record.with("email_was", "Address was", was.email.as_str()),
    };
    record
        .with("account", "Account", is.account.as_deref())
        .with("was", "Before", was.account.as_deref())
        .with("moved_on", "Since", *on)
}

/// Whether the account is a customer because of them: what was typed, or else the answer on a terminal. A moment is
/// evidence, so that without an answer there is none.
fn repeat_customer(args: &MoveArgs, session: &mut Session<'_>) -> Result<bool> {
    if args.repeat_customer || args.no_repeat_customer {
        return Ok(args.repeat_customer);
    }
    let Some(account) = given(args).filter(|_| session.interactive) else {
        return Ok(false);
    };
    let person = session.read(None, |tx, _| resolve::person(tx, &args.who))?;
    let question = format!(
        "Is {account} a customer because {} came",
        person.shown_name()
    );
    Ok(session.assume_yes || prompt::yes(&question, false)?)
}

/// Records the positive moment that somebody is a customer again, at another account.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn add_repeat_customer(
    writing: &Writing<'_>,
    person: PersonId,
    (was, is): (Option<&str>, &str),
    at: Timestamp,
) -> Result<()> {
    let note = format!("from {} to {is}", was.unwrap_or("nowhere"));
    writing.add_signal(&NewSignal {
        of: Whose::Person(person),
        kind: SignalKind::RepeatCustomer,
        reading: None,
        note: Some(&note),
        key: None,
        at,
    })?;
    Ok(())
}

fn go(writing: &Writing<'_>, present: &Present, args: &MoveArgs) -> Result<Moved> {
    let was = resolve::person(writing, &args.who)?;
    let email = match &args.email {
        Some(text) => Some(Email::parse(text).map_err(Failure::usage)?),
        None => None,
    };
    let mut account_new = false;
    let mut to = None;
    if let Some(account) = given(args) {
        let (email, add) = (email.as_ref(), args.new_account);
        let found = accounts::find_or_add(writing, account, email, &args.describe, add)?;
        account_new = found.1;
        to = Some(found.0).filter(|to| was.account_id != Some(*to));
        if to.is_none() && email.is_none() {
            let at = was.account.as_deref().unwrap_or(account);
            let message = format!("{} is at {at} already", was.email);
            return Err(Failure::usage_hint(
                message,
                format!("advocate show {}", was.email),
            ));
        }
    }
    let at = present.instant_on(args.on)?;
    if let Some(email) = &email {
        readdress(writing, &was, email)?;
    }
    if let Some(to) = to {
        refuse_before_the_last(writing, present, &was, at)?;
        writing.move_person(&NewMove {
            person: was.id,
            from: was.account_id,
            to,
            note: args.note.as_deref(),
            at,
        })?;
    }
    describe::edit_person(writing, &was, &describe::person_fields(&args.describe))?;
    let is = writing.person(was.id)?.unwrap_or_else(|| was.clone());
    Ok(Moved {
        was,
        is,
        on: present.day(at),
        account_new,
    })
}

/// Moves follow each other: where the newest leads is where they are.
fn refuse_before_the_last(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    at: Timestamp,
) -> Result<()> {
    let Some(last) = writing.last_move(person.id)?.filter(|last| last.at > at) else {
        return Ok(());
    };
    let message = format!(
        "{} went to {} on {}; the day of a move cannot lie before the last one",
        person.email,
        last.to.as_deref().unwrap_or_default(),
        present.day(last.at)
    );
    let hint = format!(
        "if that was a mistake: advocate move {} --back",
        person.email
    );
    Err(Failure::usage_hint(message, hint))
}

/// Gives somebody a new address. One that is on record as another person's is most likely theirs: that is for a merge
/// to say, unless nothing but the address is on record.
fn readdress(writing: &Writing<'_>, person: &PersonRow, new: &Email) -> Result<()> {
    if let Some(other) = writing.person_by_email(new.key())?
        && other != person.id
    {
        let known = writing.person(other)?.is_some_and(|one| one.name.is_some());
        if !known && writing.fact_counts_of(other)?.is_empty() {
            writing.join_records(person.id, other, None)?;
            return Ok(writing.change_address(person.id, new)?);
        }
        return Err(Failure::usage_hint(
            format!("{new} is on record as a person of its own"),
            format!(
                "if they are one: advocate merge {} {new}, then move them",
                person.email
            ),
        ));
    }
    Ok(writing.change_address(person.id, new)?)
}

/// Takes the last move back by a new one, and with it what it said beside.
fn back(args: &MoveArgs, session: &mut Session<'_>) -> Result<Done> {
    if let Some(account) = given(args) {
        let message = "--back takes the last move back; it needs no --account";
        let hint = format!("advocate move {} --account {account:?}", args.who);
        return Err(Failure::usage_hint(message, hint));
    }
    let (moved, dropped, today) = session.write(|writing, present| {
        let was = resolve::person(writing, &args.who)?;
        let last = writing.last_move(was.id)?;
        let Some((to, last)) = last.and_then(|last| Some((last.from_id?, last))) else {
            return Err(Failure::usage_hint(
                format!("{} has not moved from one account to another", was.email),
                format!("advocate show {}", was.email),
            ));
        };
        writing.move_person(&NewMove {
            person: was.id,
            from: Some(last.to_id),
            to,
            note: args.note.as_deref().or(Some("taken back")),
            at: present.now,
        })?;
        describe::take_back(writing, &was, last.operation)?;
        // An address that came with the mistake does not find them any longer.
        let came_with_it = |merge: &&MergeRow| {
            merge.kept == was.id && merge.operation == last.operation && merge.undone_at.is_none()
        };
        for merge in writing.merges()?.iter().filter(came_with_it) {
            writing.take_address_off(merge)?;
        }
        let dropped =
            writing.take_back_signal(was.id, SignalKind::RepeatCustomer, last.operation)?;
        let is = writing.person(was.id)?.unwrap_or_else(|| was.clone());
        let moved = Moved {
            was,
            is,
            on: present.today,
            account_new: false,
        };
        Ok((moved, dropped, present.today))
    })?;
    let record = record(&moved)
        .data("account_new", false)
        .data("repeat_customer", false);
    let record = match dropped {
        true => record.say("The repeat-customer moment of that move is taken back as well."),
        false => record,
    };
    session.show("move/1", today, record)?;
    Ok(Done::Fully)
}
