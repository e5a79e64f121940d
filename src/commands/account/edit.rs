//! `account edit`.

use clap::Args;

use crate::domain::describing::AccountField;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::intake::bare_domain;
use crate::output::{CommandLine, Record, Sentence, count};
use crate::resolve::account::{called, handle, known};
use crate::resolve::account_words::AccountWords;
use crate::resolve::arguments::{day, words};
use crate::resolve::slip_of_industry;
use crate::session::{Done, Session};
use crate::store::{AccountFields, AccountRow, Tx};
use crate::views::changes::Changes;

/// Arguments of `account edit`. An empty value clears a field.
#[derive(Debug, Args)]
pub struct AccountEditArgs {
    /// Which account: its name, domain, CRM id or number
    #[arg(value_name = "ACCOUNT", value_parser = words)]
    pub account: String,
    /// Its name
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub name: Option<String>,
    /// The e-mail domain of its people, such as northwind.example
    #[arg(long, value_name = "DOMAIN", value_parser = domain)]
    pub domain: Option<String>,
    /// Its id in the CRM
    #[arg(long, value_name = "ID")]
    pub crm_id: Option<String>,
    /// Its industry
    #[arg(long, value_name = "TEXT")]
    pub industry: Option<String>,
    /// Its segment
    #[arg(long, value_name = "TEXT")]
    pub segment: Option<String>,
    /// Its region
    #[arg(long, value_name = "TEXT")]
    pub region: Option<String>,
    /// Its country
    #[arg(long, value_name = "TEXT")]
    pub country: Option<String>,
    /// The colleague who owns the relationship
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Its telephone number
    #[arg(long, value_name = "TEXT")]
    pub phone: Option<String>,
    /// Since when it is a customer
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub customer_since: Option<TypedDay>,
    /// How it is doing.
    #[command(flatten)]
    pub words: AccountWords,
}

/// A domain without what stands around it in an address of the web; empty to clear it.
fn domain(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Ok(String::new()),
        text => match bare_domain(text).filter(|_| !text.contains('@')) {
            Some(domain) => Ok(domain.into_owned()),
            None => Err("a domain of the company's own, such as northwind.example".to_owned()),
        },
    }
}

pub(super) fn run(args: &AccountEditArgs, session: &mut Session<'_>) -> Result<Done> {
    let mut slip = None;
    session.record("account-edit/1", |writing, present| {
        let account = known(writing, &args.account)?;
        let fields = fields(args, present)?;
        if fields.is_empty() && args.words.is_empty() {
            return Err(Failure::nothing_to_change("account edit", called(&account)));
        }
        check_keys(writing, &account, args)?;
        slip = slip_of_industry(writing, args.industry.as_deref())?;
        let changed = args.words.save(writing, present, account.id, fields)?;
        let account = writing.account(account.id)?.unwrap_or(account);
        let show = CommandLine::of("account show").value(handle(writing, &account)?);
        Ok(Record::new()
            .with("account", "Account", called(&account))
            .with("changed", "Changed", count(changed.len(), "field"))
            .with(
                "changes",
                "What it says now",
                Changes::of(changed).sheet().empty(""),
            )
            .say(Sentence::from("Next: ").then(show)))
    })?;
    match slip {
        Some(words) => session.note(words).map(|()| Done::Fully),
        None => Ok(Done::Fully),
    }
}

fn fields(args: &AccountEditArgs, present: &Present) -> Result<AccountFields> {
    let since = present.typed_any(args.customer_since)?;
    let typed = [
        (AccountField::Name, args.name.clone()),
        (AccountField::Domain, args.domain.clone()),
        (AccountField::CrmId, args.crm_id.clone()),
        (AccountField::Industry, args.industry.clone()),
        (AccountField::Segment, args.segment.clone()),
        (AccountField::Region, args.region.clone()),
        (AccountField::Country, args.country.clone()),
        (AccountField::Owner, args.owner.clone()),
        (AccountField::Phone, args.phone.clone()),
        (
            AccountField::CustomerSince,
            since.map(|day| day.to_string()),
        ),
    ];
    let typed = typed.into_iter();
    let typed = typed.filter_map(|(field, value)| Some((field, value?.trim().to_owned())));
    Ok(typed.collect())
}

/// A CRM id, a domain and a name that are another account's find that one: the two may be one.
fn check_keys(tx: &Tx<'_>, account: &AccountRow, args: &AccountEditArgs) -> Result<()> {
    let called_so = |id: &String| tx.accounts_called(id).map(|found| found == [account.id]);
    if let Some(id) = &args.crm_id
        && called_so(id)?
        && tx.has_crm_id_elsewhere(account.id, id)?
    {
        return Err(Failure::usage_hint(
            format!(
                "`{id}` is the id of a record that is part of {} already",
                called(account)
            ),
            "it finds this account as it is",
        ));
    }
    for typed in [&args.crm_id, &args.domain, &args.name]
        .into_iter()
        .flatten()
    {
        let found = tx.accounts_called(typed)?;
        let Some(other) = found.into_iter().find(|id| *id != account.id) else {
            continue;
        };
        let Some(other) = tx.account(other)? else {
            continue;
        };
        let merge = CommandLine::of("account merge").value(handle(tx, account)?);
        return Err(Failure::usage_hint(
            format!(
                "`{typed}` is what the account {} is found by",
                called(&other)
            ),
            Sentence::from("if they are one: ").then(merge.value(handle(tx, &other)?)),
        ));
    }
    Ok(())
}
