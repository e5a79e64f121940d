//! `edit`: corrects what is known; what is typed here no import overwrites.

use crate::domain::describing::AccountField;
use crate::domain::describing::Health;
use crate::domain::ids::AccountId;
use crate::failure::{Failure, Result};
use crate::output::Record;
use crate::resolve;
use crate::resolve::arguments::day;
use crate::resolve::description as describe;
use crate::resolve::description::DescribeArgs;
use crate::session::{Done, Session};
use crate::store::{AccountFields, AccountTraits, PersonRow, Writing};
use chrono::NaiveDate;
use clap::Args;
use std::fmt;
use std::fmt::Display;
use std::str::FromStr;

/// Arguments of `edit`. An empty value clears a field.
#[derive(Debug, Args)]
pub struct EditArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
    /// The account's health: green, yellow or red
    #[arg(long, value_name = "HEALTH", value_parser = correction::<Health>, help_heading = "About the account")]
    pub health: Option<Correction<Health>>,
    /// Whether an escalation is open
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no, help_heading = "About the account")]
    pub escalated: Option<bool>,
    /// The next renewal
    #[arg(long, value_name = "DATE", value_parser = day_or_none, help_heading = "About the account")]
    pub renewal_on: Option<Correction<NaiveDate>>,
    /// A product the account uses; may be repeated
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub product: Vec<String>,
    /// What the account uses it for; may be repeated
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub use_case: Vec<String>,
    /// A competitor of the account; may be repeated
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

impl<T: Display> Display for Correction<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::Nothing => Ok(()),
            Correction::To(value) => value.fmt(f),
        }
    }
}

fn correction<T: FromStr<Err = String>>(text: &str) -> Result<Correction<T>, String> {
    match text.trim() {
        "" => Ok(Correction::Nothing),
        text => text.parse().map(Correction::To),
    }
}

fn day_or_none(text: &str) -> Result<Correction<NaiveDate>, String> {
    match text.trim() {
        "" => Ok(Correction::Nothing),
        text => day(text).map(Correction::To),
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
    let (person, changed, slip, today) = session.write(|writing, present| {
        let person = resolve::person(writing, &args.who)?;
        if says_nothing(args) {
            return Err(Failure::nothing_to_change("edit", &person.email));
        }
        let slip = resolve::slip_of_industry(writing, args.describe.industry.as_deref())?;
        let fields = describe::person_fields(&args.describe);
        let mut changed = describe::edit_person(writing, &person, &fields)?;
        changed += edit_account(writing, &person, args)?;
        Ok((person, changed, slip, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", person.email.as_str())
        .with("changed", "Changed", crate::output::count(changed, "field"))
        .say(format!("Next: advocate show {}", person.email));
    let record = match (&person.account, &args.describe.account) {
        (Some(was), Some(name)) if was != name.trim() => record.say(format!(
            "{was} is called {} now, for everyone there. Somebody who left: advocate move WHO --account NAME",
            name.trim()
        )),
        _ => record,
    };
    session.show("edit/1", today, record)?;
    if let Some(words) = slip {
        session.note(words)?;
    }
    Ok(Done::Fully)
}

/// Whether no option was typed.
fn says_nothing(args: &EditArgs) -> bool {
    describe::person_fields(&args.describe).is_empty()
        && account_fields(args).is_empty()
        && args.product.is_empty()
        && args.use_case.is_empty()
        && args.competitor.is_empty()
}

/// What was typed about the account.
fn account_fields(args: &EditArgs) -> AccountFields {
    let mut fields = describe::account_fields(&args.describe);
    fields.extend(
        args.describe
            .account
            .as_deref()
            .map(|name| (AccountField::Name, name.trim().to_owned())),
    );
    fields.extend(
        args.health
            .map(|health| (AccountField::Health, health.to_string())),
    );
    fields.extend(
        args.escalated
            .map(|open| (AccountField::Escalated, i32::from(open).to_string())),
    );
    fields.extend(
        args.renewal_on
            .map(|day| (AccountField::RenewalOn, day.to_string())),
    );
    fields
}

/// A name that is another account's is where they went, not a correction of their own account's name.
fn refuse_a_move(
    writing: &Writing<'_>,
    person: &PersonRow,
    account: AccountId,
    name: Option<&str>,
) -> Result<()> {
    let Some(name) = name else { return Ok(()) };
    match writing.account_by_name(name)? {
        Some(other) if other != account => Err(Failure::usage_hint(
            format!("there is an account {name} already; edit corrects the name of their own"),
            format!(
                "if they went there: advocate move {} --account {name:?}",
                person.email
            ),
        )),
        _ => Ok(()),
    }
}

fn edit_account(writing: &Writing<'_>, person: &PersonRow, args: &EditArgs) -> Result<usize> {
    let fields = account_fields(args);
    let traits = AccountTraits {
        products: args.product.clone(),
        use_cases: args.use_case.clone(),
        competitors: args.competitor.clone(),
    };
    if fields.is_empty() && traits == AccountTraits::default() {
        return Ok(0);
    }
    let account = match (person.account_id, &args.describe.account) {
        (Some(account), name) => {
            refuse_a_move(writing, person, account, name.as_deref())?;
            account
        }
        (None, Some(name)) => {
            let account = match writing.account_by_name(name)? {
                Some(found) => found,
                None => {
                    writing.add_account(&[(AccountField::Name, name.trim().to_owned())], true)?
                }
            };
            writing.join_account(person.id, account)?;
            account
        }
        (None, None) => {
            return Err(Failure::usage_hint(
                format!("{} has no account yet", person.email),
                format!("advocate edit {} --account NAME", person.email),
            ));
        }
    };
    Ok(describe::edit_account(writing, account, &fields)?
        + writing.add_account_traits(account, &traits)?)
}
