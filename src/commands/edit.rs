//! `edit`: corrects what is known; what is typed here no import overwrites.

use super::{Context, Done, Failure, describe, names};
use crate::cli::EditArgs;
use crate::domain::describing::AccountField;
use crate::domain::ids::AccountId;
use crate::output::Record;
use crate::store::{AccountFields, AccountTraits, PersonRow, Writing};

pub(super) fn run(args: &EditArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (person, changed, slip, today) = context.write(|writing, present| {
        let person = names::person(writing, &args.who)?;
        if says_nothing(args) {
            return Err(Failure::nothing_to_change("edit", &person.email).into());
        }
        let slip = names::slip_of_industry(writing, args.describe.industry.as_deref())?;
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
    context.show("edit/1", today, record)?;
    if let Some(words) = slip {
        context.note(&words)?;
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
) -> anyhow::Result<()> {
    let Some(name) = name else { return Ok(()) };
    match writing.account_by_name(name)? {
        Some(other) if other != account => Err(Failure::usage_hint(
            format!("there is an account {name} already; edit corrects the name of their own"),
            format!(
                "if they went there: advocate move {} --account {name:?}",
                person.email
            ),
        )
        .into()),
        _ => Ok(()),
    }
}

fn edit_account(
    writing: &Writing<'_>,
    person: &PersonRow,
    args: &EditArgs,
) -> anyhow::Result<usize> {
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
            )
            .into());
        }
    };
    Ok(describe::edit_account(writing, account, &fields)?
        + writing.add_account_traits(account, &traits)?)
}
