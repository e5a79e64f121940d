//! Who gave an answer to a survey, and their account: found, added where they are new, filled where they are empty.

use crate::domain::calendar::Timestamp;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::PersonId;
use crate::domain::score::Score;
use crate::failure::Result;
use crate::intake::AccountTraits;
use crate::intake::survey::{Respondent, SurveyRow};
use crate::store::{AccountAtHand, KnownAccount, Loading};

/// Who gave an answer, for whom, and whether anything was filled in or added for them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Described {
    /// The person.
    pub(super) person: Option<PersonId>,
    /// Their account, or the one that the row names.
    pub(super) account: Option<AccountAtHand>,
    /// Whether more is known of them than before.
    pub(super) filled: bool,
    /// Whether the domain is one that several accounts share, so that it says nothing.
    pub(super) shared: bool,
}

/// The person and account of a row. `answer` is the row's, where it will be added.
pub(super) fn describe(
    loading: &mut Loading<'_>,
    row: &SurveyRow<'_>,
    answer: Option<(Score, Timestamp)>,
) -> Result<Described> {
    let Some(email) = &row.respondent.email else {
        let person = by_external_id(loading, &row.respondent)?;
        let domain = row.account.domain.as_deref();
        let described = account(loading, domain, &row.account)?;
        return Ok(Described {
            person,
            ..described
        });
    };
    let known = loading.person(email)?;
    let described = match known.and_then(|person| loading.account_of(person)) {
        Some(account) => Described {
            filled: loading.fill_account(account, account_fields(&row.account))?,
            account: Some(account),
            ..Described::default()
        },
        None => account(loading, row.account_domain(), &row.account)?,
    };
    let account = described.account;
    let (person, filled) = match known {
        Some(person) => {
            let filled = loading.fill_person(person, account, person_fields(row))?;
            (person, filled)
        }
        None => {
            let fields = owned(person_fields(row));
            (loading.add_person(email, account, &fields, answer)?, true)
        }
    };
    Ok(Described {
        person: Some(loading.id_of(person)),
        filled: filled || described.filled,
        ..described
    })
}

/// A respondent of whom a row says nothing but who they are; somebody unknown is added.
pub(super) fn find_or_add(
    loading: &mut Loading<'_>,
    respondent: &Respondent<'_>,
) -> Result<Option<PersonId>> {
    let Some(email) = &respondent.email else {
        return by_external_id(loading, respondent);
    };
    if let Some(person) = loading.person(email)? {
        return Ok(Some(loading.id_of(person)));
    }
    let nothing = AccountTraits::default();
    let account = account(loading, email.company_domain(), &nothing)?.account;
    let name = respondent.name.as_deref();
    let name = name.map(|name| (PersonField::Name, name.to_owned()));
    let person = loading.add_person(email, account, name.as_slice(), None)?;
    Ok(Some(loading.id_of(person)))
}

fn by_external_id(
    loading: &mut Loading<'_>,
    respondent: &Respondent<'_>,
) -> Result<Option<PersonId>> {
    Ok(match respondent.external_id {
        Some(id) => loading.respondent(id)?,
        None => None,
    })
}

/// The account of this domain, or else of the name described, added where it is new and filled where it is empty.
fn account(
    loading: &mut Loading<'_>,
    domain: Option<&str>,
    traits: &AccountTraits<'_>,
) -> Result<Described> {
    let name = traits.name.as_deref();
    if domain.is_none() && name.is_none() {
        return Ok(Described::default());
    }
    let found = loading.account(domain, name)?;
    let is_shared = matches!(found, KnownAccount::Shared);
    if let KnownAccount::One(found) = found {
        return Ok(Described {
            filled: loading.fill_account(found, account_fields(traits))?,
            account: Some(found),
            ..Described::default()
        });
    }
    if is_shared && name.is_none() {
        return Ok(Described {
            shared: true,
            ..Described::default()
        });
    }
    let mut fields = owned(account_fields(traits));
    let domain = domain.filter(|_| !is_shared);
    fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    Ok(Described {
        account: Some(loading.add_account(&fields)?),
        filled: true,
        ..Described::default()
    })
}

fn owned<'r, F>(fields: impl Iterator<Item = (F, &'r str)>) -> Vec<(F, String)> {
    fields
        .map(|(field, value)| (field, value.to_owned()))
        .collect()
}

fn account_fields<'r>(
    traits: &'r AccountTraits<'_>,
) -> impl Iterator<Item = (AccountField, &'r str)> {
    [
        (AccountField::Name, &traits.name),
        (AccountField::Industry, &traits.industry),
        (AccountField::Segment, &traits.segment),
        (AccountField::Region, &traits.region),
        (AccountField::Country, &traits.country),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.as_deref()?)))
}

fn person_fields<'r>(row: &'r SurveyRow<'_>) -> impl Iterator<Item = (PersonField, &'r str)> {
    [
        (PersonField::Name, &row.respondent.name),
        (PersonField::Title, &row.title),
        (PersonField::Language, &row.language),
        (PersonField::Owner, &row.account.owner),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.as_deref()?)))
}
