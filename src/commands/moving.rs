//! `move`: somebody goes to another account. Their history goes with them; what they were asked at the old account
//! stays with it.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::calendar::Timestamp;
use crate::domain::email::Email;
use crate::domain::ids::AccountId;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::signal::SignalKind;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::prompt;
use crate::resolve::account::find_or_add;
use crate::resolve::arguments::{day, words};
use crate::resolve::description::{DescribeArgs, edit_person, take_back};
use crate::resolve::{self, newcomer::on_record};
use crate::session::{Done, Session};
use crate::store::{MergeRow, NewMove, NewSignal, PersonRow, Whose, Writing};

/// Arguments of `move`.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// The day they went [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// Words beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Their address there; the one they had still finds them
    #[arg(long, value_name = "EMAIL", value_parser = words, help_heading = "About the person")]
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
    on: NaiveDate,
    account_new: bool,
}

pub(super) fn run(args: &MoveArgs, session: &mut Session<'_>) -> Result<Done> {
    if args.back {
        return back(args, session);
    }
    if given(args).is_none() && args.email.is_none() {
        let there = CommandLine::of("move").value(&args.who);
        let there = there.then("--account NAME");
        return Err(Failure::usage_hint("where did they go?", there));
    }
    let repeat = repeat_customer(args, session)?;
    session.record("move/1", |writing, present| {
        let moved = go(writing, present, args)?;
        let repeat = repeat && moved.is_elsewhere();
        if repeat {
            let was = moved.was.account.as_deref();
            let is = moved.is.account.as_deref().unwrap_or_default();
            writing.add_signal(&NewSignal {
                of: Whose::Person(moved.is.id),
                kind: SignalKind::RepeatCustomer,
                reading: None,
                note: Some(&format!("from {} to {is}", was.unwrap_or("nowhere"))),
                key: None,
                at: present.instant_on(args.on)?,
            })?;
        }
        Ok(record(&moved)
            .data("account_new", moved.account_new)
            .with("repeat_customer", "Repeat customer", repeat)
            .say_all(advice(&moved, args)))
    })
}

/// The account typed.
fn given(args: &MoveArgs) -> Option<&str> {
    let account = args.describe.account.as_deref()?.trim();
    Some(account).filter(|account| !account.is_empty())
}

impl Moved {
    fn is_elsewhere(&self) -> bool {
        self.was.account_id != self.is.account_id
    }
}

fn record(moved: &Moved) -> Record {
    let Moved { was, is, on, .. } = moved;
    let record =
        Record::new()
            .with("email", "Person", &is.email)
            .with("name", "Name", is.name.as_ref());
    let record = match was.email == is.email {
        true => record.data("email_was", &was.email),
        false => record.with("email_was", "Address was", &was.email),
    };
    record
        .with("account", "Account", is.account.as_ref())
        .with("was", "Before", was.account.as_ref())
        .with("moved_on", "Since", *on)
}

/// What stays, and what to type next.
fn advice(moved: &Moved, args: &MoveArgs) -> Vec<Sentence> {
    if !moved.is_elsewhere() {
        return Vec::new();
    }
    let next = |words: &str, option| {
        let command = CommandLine::of("move").value(&moved.is.email).then(option);
        Sentence::from(words).then(command)
    };
    let stays = moved.was.account.as_ref();
    let stays = stays.map(|was| format!("What they were asked so far stays with {was}.").into());
    let address = (args.email.is_none()).then(|| next("A new address: ", "--email EMAIL"));
    let verify = CommandLine::of("verify").value(&moved.is.email);
    let verify = Sentence::from("Once you know how they stand there: ").then(verify);
    let mistake = Some(next("A mistake: ", "--back"));
    let all = [stays, address, Some(verify), mistake];
    all.into_iter().flatten().collect()
}

/// Whether the account is a customer because of them: what was typed, or else the answer on a terminal. A moment is
/// evidence, so that without an answer there is none.
fn repeat_customer(args: &MoveArgs, session: &Session<'_>) -> Result<bool> {
    if args.repeat_customer || args.no_repeat_customer {
        return Ok(args.repeat_customer);
    }
    let Some(account) = given(args).filter(|_| session.interactive) else {
        return Ok(false);
    };
    let person = session.read(None, |tx, _| resolve::person(tx, &args.who))?;
    let who = person.shown_name();
    let question = format!("Is {account} a customer because {who} came?");
    Ok(session.assume_yes || prompt::yes(&question, false)?)
}

fn go(writing: &Writing<'_>, present: &Present, args: &MoveArgs) -> Result<Moved> {
    let was = resolve::person(writing, &args.who)?;
    let email = args.email.as_deref().map(Email::parse);
    let email = email.transpose().map_err(Failure::usage)?;
    let (to, account_new) = account(writing, &was, email.as_ref(), args)?;
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
    edit_person(writing, &was, &args.describe.person_fields())?;
    Ok(Moved {
        is: on_record(writing, was.id)?,
        was,
        on: present.day(at),
        account_new,
    })
}

/// The other account to which they went, where one was typed, and whether it had to be added.
fn account(
    writing: &Writing<'_>,
    was: &PersonRow,
    email: Option<&Email>,
    args: &MoveArgs,
) -> Result<(Option<AccountId>, bool)> {
    let Some(account) = given(args) else {
        return Ok((None, false));
    };
    let (to, new) = find_or_add(writing, account, email, &args.describe, args.new_account)?;
    if was.account_id != Some(to) {
        return Ok((Some(to), new));
    }
    if email.is_some() {
        return Ok((None, new));
    }
    let at = was.account.as_deref().unwrap_or(account);
    Err(Failure::usage_hint(
        format!("{} is at {at} already", was.email),
        CommandLine::of("show").value(&was.email),
    ))
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
    let (who, day) = (&person.email, present.day(last.at));
    let to = last.to.as_deref().unwrap_or_default();
    let back = CommandLine::of("move").value(who).then("--back");
    Err(Failure::usage_hint(
        format!("{who} went to {to} on {day}; the day of a move cannot lie before the last one"),
        Sentence::from("if that was a mistake: ").then(back),
    ))
}

/// Gives somebody a new address. One that is on record as another person's is most likely theirs: that is for a merge
/// to say, unless nothing but the address is on record.
fn readdress(writing: &Writing<'_>, person: &PersonRow, new: &Email) -> Result<()> {
    if let Some(other) = writing.person_by_email(new.key())?
        && other != person.id
    {
        let named = writing.person(other)?.is_some_and(|one| one.name.is_some());
        if named || !writing.fact_counts_of(other)?.is_empty() {
            let merge = CommandLine::of("merge").value(&person.email).value(new);
            return Err(Failure::usage_hint(
                format!("{new} is on record as a person of its own"),
                Sentence::from("if they are one: ")
                    .then(merge)
                    .then(", then move them"),
            ));
        }
        writing.join_records(person.id, other, None)?;
    }
    Ok(writing.change_address(person.id, new)?)
}

/// Takes the last move back by a new one, and with it what it said beside.
fn back(args: &MoveArgs, session: &mut Session<'_>) -> Result<Done> {
    if let Some(account) = given(args) {
        let message = "--back takes the last move back; it needs no --account";
        let there = CommandLine::of("move").value(&args.who);
        return Err(Failure::usage_hint(
            message,
            there.option("--account", account),
        ));
    }
    session.record("move/1", |writing, present| {
        let (moved, dropped) = take_back_last(writing, present, args)?;
        let words = "The repeat-customer moment of that move is taken back as well.";
        Ok(record(&moved)
            .data("account_new", false)
            .data("repeat_customer", false)
            .say_all(dropped.then_some(words)))
    })
}

/// Takes the last move back, and says whether a positive moment of it was, too.
fn take_back_last(
    writing: &Writing<'_>,
    present: &Present,
    args: &MoveArgs,
) -> Result<(Moved, bool)> {
    let was = resolve::person(writing, &args.who)?;
    let last = writing.last_move(was.id)?;
    let Some((to, last)) = last.and_then(|last| Some((last.from_id?, last))) else {
        return Err(Failure::usage_hint(
            format!("{} has not moved from one account to another", was.email),
            CommandLine::of("show").value(&was.email),
        ));
    };
    writing.move_person(&NewMove {
        person: was.id,
        from: Some(last.to_id),
        to,
        note: args.note.as_deref().or(Some("taken back")),
        at: present.now,
    })?;
    take_back(writing, &was, last.operation)?;
    // An address that came with the mistake does not find them any longer.
    let came_with_it = |merge: &&MergeRow| {
        merge.kept == was.id && merge.operation == last.operation && merge.undone_at.is_none()
    };
    for merge in writing.merges()?.iter().filter(came_with_it) {
        writing.take_address_off(merge)?;
    }
    let kind = SignalKind::RepeatCustomer;
    let dropped = writing.take_back_signal(was.id, kind, last.operation)?;
    let moved = Moved {
        is: on_record(writing, was.id)?,
        was,
        on: present.today,
        account_new: false,
    };
    Ok((moved, dropped))
}
