//! Who gave an answer to a survey, and their account: found, added where they are new, filled where they are empty.

use crate::domain::calendar::Timestamp;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::PersonId;
use crate::domain::score::Score;
use crate::failure::Result;
use crate::intake::AccountTraits;
use crate::intake::survey::{Respondent, SurveyRow};
use crate::store::{AccountAtHand, Loading};

/// The person and account of a row. `answer` is the row's, where it will be added.
pub(super) fn describe(
    loading: &mut Loading<'_>,
    row: &SurveyRow<'_>,
    answer: Option<(Score, Timestamp)>,
) -> Result<(Option<PersonId>, Option<AccountAtHand>)> {
    let Some(email) = &row.respondent.email else {
        let person = by_external_id(loading, &row.respondent)?;
        let domain = row.account.domain.as_deref();
        return Ok((person, account(loading, domain, &row.account)?));
    };
    let known = loading.person(email)?;
    let account = match known.and_then(|person| loading.account_of(person)) {
        Some(account) => {
            loading.fill_account(account, account_fields(&row.account))?;
            Some(account)
        }
        None => account(loading, row.account_domain(), &row.account)?,
    };
    let person = match known {
        Some(person) => {
            loading.fill_person(person, account, person_fields(row))?;
            person
        }
        None => {
            let fields = owned(person_fields(row));
            loading.add_person(email, account, &fields, answer)?
        }
    };
    Ok((Some(loading.id_of(person)), account))
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
    let account = account(loading, email.company_domain(), &AccountTraits::default())?;
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
) -> Result<Option<AccountAtHand>> {
    let name = traits.name.as_deref();
    if domain.is_none() && name.is_none() {
        return Ok(None);
    }
    if let Some(found) = loading.account(domain, name)? {
        loading.fill_account(found, account_fields(traits))?;
        return Ok(Some(found));
    }
    let mut fields = owned(account_fields(traits));
    fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    Ok(Some(loading.add_account(&fields)?))
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
