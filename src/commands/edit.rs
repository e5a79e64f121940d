//! `edit`: corrects what is known; what is typed here no import overwrites.

use std::fmt;
use std::str::FromStr;

use clap::Args;

use crate::domain::describing::{AccountField, AccountStatus, Health};
use crate::domain::ids::AccountId;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, count};
use crate::resolve::account::of_newcomer;
use crate::resolve::arguments::{coming_day, day, word, words};
use crate::resolve::description::{self, DescribeArgs};
use crate::resolve::{self, slip_of_industry};
use crate::session::{Done, Session};
use crate::store::{AccountFields, AccountTraits, PersonRow, StatusRow, Writing};

/// Arguments of `edit`. An empty value clears a field.
#[derive(Debug, Args)]
pub struct EditArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
    /// The account's health: green, yellow or red
    #[arg(long, value_name = "HEALTH", value_parser = |text: &str| correction(text, Health::from_str), help_heading = "About the account")]
    pub health: Option<Correction<Health>>,
    /// Whether an escalation is open
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no, help_heading = "About the account")]
    pub escalated: Option<bool>,
    /// The next renewal
    #[arg(long, value_name = "DATE", value_parser = |text: &str| correction(text, coming_day), help_heading = "About the account")]
    pub renewal_on: Option<Correction<TypedDay>>,
    /// Whether the account is a customer: customer or churned
    #[arg(value_parser = word::<AccountStatus>(), hide_possible_values = true, long, value_name = "STATUS", help_heading = "About the account")]
    pub status: Option<AccountStatus>,
    /// With --status: the day since when [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "status", help_heading = "About the account")]
    pub since: Option<TypedDay>,
    /// A product the account uses; may be repeated; "" forgets those on record
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub product: Vec<String>,
    /// What the account uses it for; may be repeated; "" as well
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub use_case: Vec<String>,
    /// A competitor of the account; may be repeated; "" as well
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub competitor: Vec<String>,
}

/// What a field is corrected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction<T> {
    /// It is cleared.
    Nothing,
    /// It has this value.
    To(T),
}

impl<T: fmt::Display> fmt::Display for Correction<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::Nothing => Ok(()),
            Correction::To(value) => value.fmt(f),
        }
    }
}

fn correction<T>(
    text: &str,
    parse: fn(&str) -> Result<T, String>,
) -> Result<Correction<T>, String> {
    match text.trim() {
        "" => Ok(Correction::Nothing),
        text => parse(text).map(Correction::To),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err("yes or no".into()),
    }
}

pub(super) fn run(args: &EditArgs, session: &mut Session<'_>) -> Result<Done> {
    let mut slip = None;
    session.record("edit/1", |writing, present| {
        let person = resolve::person(writing, &args.who)?;
        if says_nothing(present, args)? {
            return Err(Failure::nothing_to_change("edit", &person.email));
        }
        slip = slip_of_industry(writing, args.describe.industry.as_deref())?;
        let fields = args.describe.person_fields();
        let changed = description::edit_person(writing, &person, &fields)?
            + edit_account(writing, present, &person, args)?
            + edit_status(writing, present, &person, args)?;
        let show = CommandLine::of("show").value(&person.email);
        Ok(Record::new()
            .with("email", "Person", &person.email)
            .with("changed", "Changed", count(changed, "field"))
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

/// Whether no option was typed.
fn says_nothing(present: &Present, args: &EditArgs) -> Result<bool> {
    Ok(args.describe.person_fields().is_empty()
        && account_fields(present, args)?.is_empty()
        && args.status.is_none()
        && account_traits(args) == AccountTraits::default())
}

/// What was typed about the account.
fn account_fields(present: &Present, args: &EditArgs) -> Result<AccountFields> {
    let mut fields = args.describe.account_fields();
    fields.extend(account_name(args).map(|name| (AccountField::Name, name.to_owned())));
    fields.extend(
        args.health
            .map(|health| (AccountField::Health, health.to_string())),
    );
    let escalated = args.escalated.map(i32::from);
    fields.extend(escalated.map(|open| (AccountField::Escalated, open.to_string())));
    let renewal_on = match args.renewal_on {
        Some(Correction::To(day)) => Some(present.typed(day)?.to_string()),
        Some(Correction::Nothing) => Some(String::new()),
        None => None,
    };
    fields.extend(renewal_on.map(|day| (AccountField::RenewalOn, day)));
    Ok(fields)
}

fn account_traits(args: &EditArgs) -> AccountTraits {
    AccountTraits {
        products: args.product.clone(),
        use_cases: args.use_case.clone(),
        competitors: args.competitor.clone(),
    }
}

fn edit_account(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    args: &EditArgs,
) -> Result<usize> {
    let (fields, traits) = (account_fields(present, args)?, account_traits(args));
    if fields.is_empty() && traits == AccountTraits::default() {
        return Ok(0);
    }
    let account = account(writing, person, account_name(args))?;
    let cleared = writing.clear_account_traits(account, &traits.emptied())?;
    Ok(description::edit_account(writing, account, &fields)?
        + cleared
        + writing.add_account_traits(account, &traits.named())?)
}

/// Records whether the account is a customer, where that is new.
fn edit_status(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    args: &EditArgs,
) -> Result<usize> {
    let Some(status) = args.status else {
        return Ok(0);
    };
    let account = account(writing, person, account_name(args))?;
    let new = StatusRow {
        account,
        status,
        by_hand: true,
        at: present.instant_on(args.since)?,
    };
    let known = writing.account_status(account)?;
    let says_it = |row: &StatusRow| {
        let same_day = present.day(row.at) == present.day(new.at);
        row.status == status && row.by_hand && (args.since.is_none() || same_day)
    };
    if known.as_ref().is_some_and(says_it) {
        return Ok(0);
    }
    if let Some(row) = known {
        present.replacing(new.at, row.at).map_err(|since| {
            Failure::replaces_later(
                since,
                format!("the account is {} since {since}", row.status),
            )
        })?;
    }
    writing.add_account_status(&new)?;
    Ok(1)
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
