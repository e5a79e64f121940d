//! From the words typed to the one account that is meant; "did you mean" before one is added.

use super::description::{DescribeArgs, edit_account};
use super::nearest::only_with;
use crate::domain::describing::AccountField;
use crate::domain::email::Email;
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;
use crate::failure::{Failure, Result};
use crate::store::{AccountFields, AccountRow, Tx, Writing};

/// From this likeness on, another name could be the one that was meant.
const ALIKE: f64 = 0.9;

/// The account with this CRM id, domain or name, where there is one.
///
/// # Errors
/// Exit code 2 where there are several.
pub(crate) fn find(tx: &Tx<'_>, words: &str) -> Result<Option<AccountId>> {
    let found = tx.accounts_called(words)?;
    if let [] | [_] = found[..] {
        return Ok(found.first().copied());
    }
    let mut shown = Vec::new();
    for id in &found {
        let Some(account) = tx.account(*id)? else {
            continue;
        };
        let key = account.domain.or(account.crm_id);
        let name = account.name.unwrap_or_default();
        let key = key.as_deref().unwrap_or("-");
        shown.push(format!("number {id}: {name} ({key})"));
    }
    Err(
        Failure::usage(format!("`{words}` could be {} accounts", found.len()))
            .cause(shown.join(", "))
            .hint("name one by its number, domain or CRM id"),
    )
}

/// The account with this CRM id, domain or name, or else with this number.
fn find_or_count(tx: &Tx<'_>, words: &str) -> Result<Option<AccountId>> {
    match (find(tx, words)?, words.trim().parse()) {
        (None, Ok(number)) => Ok(tx.account_numbered(number)?),
        (found, _) => Ok(found),
    }
}

/// The account meant, which must be on record.
///
/// # Errors
/// Exit code 2 where several are meant, or with the nearest name where it is unknown.
pub(crate) fn known(tx: &Tx<'_>, words: &str) -> Result<AccountRow> {
    let words = words.trim();
    if let Some(id) = find_or_count(tx, words)?
        && let Some(account) = tx.account(id)?
    {
        return Ok(account);
    }
    let names = tx.account_names()?;
    if let Ok(Some(name)) = only_with(words, &names, |name| name)
        && let Some(id) = find(tx, name)?
        && let Some(account) = tx.account(id)?
    {
        return Ok(account);
    }
    let hint = match like(tx, words, None)? {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => "name it by its name, domain, CRM id or number: advocate account list".to_owned(),
    };
    Err(Failure::usage_hint(
        format!("there is no account `{words}`"),
        hint,
    ))
}

/// What an account is called: by its name, or else its domain or CRM id.
pub(crate) fn called(account: &AccountRow) -> String {
    let name = account.name.as_ref().or(account.domain.as_ref());
    name.or(account.crm_id.as_ref())
        .cloned()
        .unwrap_or_default()
}

/// What to type for an account: what it is called, where no other is called so, or else its number.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn handle(tx: &Tx<'_>, account: &AccountRow) -> Result<String> {
    let name = called(account);
    Ok(match tx.accounts_called(&name)?.len() {
        1 => name,
        _ => account.id.to_string(),
    })
}

/// The account meant, described with what was typed; added where it is unknown, and whether it was.
///
/// # Errors
/// Exit code 2 where several are meant, or where it is unknown, one like it is not, and `add` does not insist.
pub(crate) fn find_or_add(
    writing: &Writing<'_>,
    words: &str,
    email: Option<&Email>,
    args: &DescribeArgs,
    add: bool,
) -> Result<(AccountId, bool)> {
    let mut fields = args.account_fields();
    let found = match add {
        true => find(writing, words)?,
        false => find_or_count(writing, words)?,
    };
    if let Some(found) = found {
        edit_account(writing, found, &fields)?;
        return Ok((found, false));
    }
    let domain = email.and_then(Email::company_domain);
    if !add && let Some(like) = like(writing, words, domain)? {
        return Err(Failure::usage_hint(
            format!("no account is called `{words}`"),
            format!("did you mean {like}? If it is another one, add --new-account"),
        ));
    }
    fields.extend(named(writing, words, domain)?);
    fields.retain(|(_, value)| !value.is_empty());
    Ok((writing.add_account(&fields, true)?, true))
}

/// What tells which account is meant.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AccountKeys<'a> {
    /// Its id in the CRM.
    pub(crate) crm_id: Option<&'a str>,
    /// Its domain.
    pub(crate) domain: Option<&'a str>,
    /// Its name.
    pub(crate) name: Option<&'a str>,
}

/// Which account is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountFound {
    /// This one.
    One(AccountId),
    /// None that is on record.
    Unknown,
    /// Several share the domain, and nothing else tells which of them.
    Shared,
}

impl AccountFound {
    /// The account, where it is one.
    pub(crate) const fn one(self) -> Option<AccountId> {
        match self {
            Self::One(id) => Some(id),
            Self::Unknown | Self::Shared => None,
        }
    }
}

/// The account with this CRM id, or else domain, or else name. An account that the CRM knows under another id is another
/// account, whatever its domain and name.
pub(crate) fn with_keys(tx: &Tx<'_>, keys: AccountKeys<'_>) -> Result<AccountFound> {
    let by_crm_id = keys.crm_id.map(|crm_id| tx.account_by_crm_id(crm_id));
    if let Some(found) = by_crm_id.transpose()?.flatten() {
        return Ok(AccountFound::One(found));
    }
    let mut of_domain = Vec::new();
    for id in keys
        .domain
        .map_or(Ok(Vec::new()), |domain| tx.accounts_of_domain(domain))?
    {
        of_domain.extend(
            tx.account(id)?
                .filter(|account| !has_other_id(account, keys)),
        );
    }
    let key = keys.name.map(slug);
    if let [one] = &of_domain[..] {
        let other = named_otherwise(tx, one, keys)?;
        return Ok(AccountFound::One(other.unwrap_or(one.id)));
    }
    let named = |account: &&AccountRow| account.name.as_deref().map(slug) == key;
    if let (Some(_), Some(one)) = (&key, of_domain.iter().find(named)) {
        return Ok(AccountFound::One(one.id));
    }
    let by_name = keys.name.map(|name| tx.account_by_name(name));
    let by_name = match by_name.transpose()?.flatten() {
        Some(found) => tx.account(found)?,
        None => None,
    };
    Ok(
        match by_name.filter(|account| !has_other_id(account, keys)) {
            Some(found) => AccountFound::One(found.id),
            None if of_domain.is_empty() || keys.name.is_some() || keys.crm_id.is_some() => {
                AccountFound::Unknown
            }
            None => AccountFound::Shared,
        },
    )
}

/// The account that has the name, where the one of the domain has another name, and its own domain is not known: it is
/// the one that is meant, and the other keeps its name.
fn named_otherwise(
    tx: &Tx<'_>,
    of_domain: &AccountRow,
    keys: AccountKeys<'_>,
) -> Result<Option<AccountId>> {
    let differs = |name: &&str| of_domain.name.as_deref().map(slug) != Some(slug(name));
    let Some(name) = keys.name.filter(differs) else {
        return Ok(None);
    };
    let other = tx.account_by_name(name)?.map(|id| tx.account(id));
    let other = other.transpose()?.flatten();
    let is_it = |other: &AccountRow| other.domain.is_none() && !has_other_id(other, keys);
    Ok(other.filter(is_it).map(|other| other.id))
}

fn has_other_id(account: &AccountRow, keys: AccountKeys<'_>) -> bool {
    keys.crm_id.is_some() && account.crm_id.is_some()
}

/// The account that stands alone for a domain.
fn only_of_domain(tx: &Tx<'_>, domain: &str) -> Result<Option<AccountId>> {
    Ok(match tx.accounts_of_domain(domain)?[..] {
        [one] => Some(one),
        _ => None,
    })
}

/// The account of a new person, by its name or else by the domain of their address, and whether it had to be added. A
/// domain that several accounts share is nobody's alone.
pub(crate) fn of_newcomer(
    writing: &Writing<'_>,
    name: Option<&str>,
    domain: Option<&str>,
) -> Result<Option<(AccountId, bool)>> {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let by_name = name.map(|name| writing.account_by_name(name)).transpose()?;
    let of_domain = domain.map_or(Ok(Vec::new()), |domain| writing.accounts_of_domain(domain))?;
    let found = match (by_name.flatten(), &of_domain[..]) {
        (None, [one]) => Some(*one),
        (found, _) => found,
    };
    if let Some(found) = found {
        return Ok(Some((found, false)));
    }
    let domain = domain.filter(|_| of_domain.is_empty());
    let given = [(AccountField::Name, name), (AccountField::Domain, domain)].into_iter();
    let fields = given.filter_map(|(field, value)| Some((field, value?.to_owned())));
    let fields: AccountFields = fields.collect();
    match fields.is_empty() {
        true => Ok(None),
        false => Ok(Some((writing.add_account(&fields, true)?, true))),
    }
}

/// Whether the words mean the account that somebody has; one without a name takes them for it, where no other is called
/// so.
pub(crate) fn is_meant(
    writing: &Writing<'_>,
    account: Option<AccountId>,
    words: &str,
) -> Result<bool> {
    let row = account.map(|id| writing.account(id)).transpose()?.flatten();
    let Some(row) = row else { return Ok(false) };
    let called = writing.accounts_called(words)?;
    if called.contains(&row.id) {
        return Ok(true);
    }
    let nameless = called.is_empty() && row.name.is_none();
    if nameless {
        let name = (AccountField::Name, words.trim().to_owned());
        edit_account(writing, row.id, &vec![name])?;
    }
    Ok(nameless)
}

/// What a new account is called: by its domain where that is what was typed, or else by its name and the domain of its
/// people where no other account has it.
fn named(writing: &Writing<'_>, words: &str, domain: Option<&str>) -> Result<AccountFields> {
    let words = words.trim();
    if words.contains('.') && !words.contains(char::is_whitespace) {
        return Ok(vec![(AccountField::Domain, words.to_lowercase())]);
    }
    let mut fields = vec![(AccountField::Name, words.to_owned())];
    if let Some(domain) = domain
        && writing.accounts_of_domain(domain)?.is_empty()
    {
        fields.push((AccountField::Domain, domain.to_owned()));
    }
    Ok(fields)
}

/// The account that is called nearly like this, where none is called so.
pub(crate) fn nearly(tx: &Tx<'_>, words: Option<&str>) -> Result<Option<String>> {
    match words.map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) if tx.accounts_called(words)?.is_empty() => like(tx, words, None),
        _ => Ok(None),
    }
}

/// The name of the account that could have been meant: the one of the e-mail domain, or else the one most like it.
fn like(tx: &Tx<'_>, words: &str, domain: Option<&str>) -> Result<Option<String>> {
    if let Some(domain) = domain
        && let Some(id) = only_of_domain(tx, domain)?
    {
        let account = tx.account(id)?;
        return Ok(account.and_then(|account| account.name.or(account.domain)));
    }
    let key = slug(words);
    let nearest = tx
        .account_names()?
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&key, &slug(&name)), name))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    Ok(nearest
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .map(|(_, name)| name))
}
