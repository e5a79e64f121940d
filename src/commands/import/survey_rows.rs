//! The rows of a survey file: each becomes a response, a person, an account, or a wish to be left alone.

use super::nps::Counts;
use crate::domain::calendar::Timestamp;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::{PersonId, ResponseId, SourceId};
use crate::domain::responses::{ResponseChange, ResponseValue};
use crate::domain::score::Score;
use crate::domain::stage::Move;
use crate::intake::AccountTraits;
use crate::intake::survey::{Respondent, SurveyRow};
use crate::store::{AccountAtHand, Loading, NewResponse, NewStage, Writing};

/// The rows of one file.
pub(super) struct Rows<'a> {
    writing: &'a Writing<'a>,
    source: &'a str,
    at: Timestamp,
}

impl<'a> Rows<'a> {
    /// The rows of a file from `source`, read at `at`.
    pub(super) fn of(writing: &'a Writing<'a>, source: &'a str, at: Timestamp) -> Self {
        Self {
            writing,
            source,
            at,
        }
    }

    pub(super) fn answer(
        &self,
        loading: &mut Loading<'_>,
        row: &SurveyRow<'_>,
        counts: &mut Counts,
    ) -> anyhow::Result<()> {
        let value = ResponseValue {
            score: row.score,
            comment: &*row.comment,
            updated_at: row.updated_at,
        };
        if let Some(again) = loading.change_from(&row.key, &value, row.digest)? {
            match again {
                ResponseChange::SameRow | ResponseChange::Older => counts.unchanged += 1,
                ResponseChange::Same => {
                    loading.note_row(&row.key, row.digest)?;
                    counts.unchanged += 1;
                }
                ResponseChange::Changed => {
                    match loading.change_response(&row.key, &value, row.digest)? {
                        0 => counts.changed += 1,
                        taken_back => {
                            counts.changed -= taken_back;
                            counts.unchanged += taken_back + 1;
                        }
                    }
                }
            }
            match &row.respondent.email {
                _ if again == ResponseChange::SameRow => {}
                Some(email) if loading.person(email)?.is_none() => counts.readdressed += 1,
                _ => drop(self.describe(loading, row, None)?),
            }
        } else {
            let answer = Some((row.score, row.responded_at));
            let (person, account) = self.describe(loading, row, answer)?;
            let new = NewResponse {
                id: ResponseId(0),
                source: SourceId(0),
                key: &row.key,
                person,
                account: account
                    .filter(|_| person.is_none())
                    .map(|account| loading.account_id(account)),
                respondent: row.respondent.external_id,
                score: row.score,
                comment: value.comment,
                responded_at: row.responded_at,
                updated_at: row.updated_at,
                row: Some(row.digest),
            };
            loading.add_response(row.key.symbol, new)?;
            counts.new += 1;
        }
        self.silence(loading, &row.respondent, row.do_not_contact, counts)
    }

    /// The person and account of a row, added where they are new, filled where they are empty. `answer` is the row's,
    /// where it will be added.
    fn describe(
        &self,
        loading: &mut Loading<'_>,
        row: &SurveyRow<'_>,
        answer: Option<(Score, Timestamp)>,
    ) -> anyhow::Result<(Option<PersonId>, Option<AccountAtHand>)> {
        let Some(email) = &row.respondent.email else {
            let person = match row.respondent.external_id {
                Some(id) => loading.respondent(id)?,
                None => None,
            };
            let name = row.account.name.as_deref();
            return Ok((
                person,
                account(loading, row.account.domain.as_deref(), name, &row.account)?,
            ));
        };
        let known = loading.person(email)?;
        let account = match known.and_then(|person| loading.account_of(person)) {
            Some(account) => {
                loading.fill_account(account, account_fields(&row.account))?;
                Some(account)
            }
            None => {
                let name = row.account.name.as_deref();
                account(loading, row.account_domain(), name, &row.account)?
            }
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

    /// Obeys a source's word that somebody must not be contacted; they are added where they are unknown, so that the
    /// word is kept.
    pub(super) fn silence(
        &self,
        loading: &mut Loading<'_>,
        respondent: &Respondent<'_>,
        do_not_contact: bool,
        counts: &mut Counts,
    ) -> anyhow::Result<()> {
        if !do_not_contact {
            return Ok(());
        }
        let Some(person) = silenced(loading, respondent)? else {
            return Ok(());
        };
        let stage = self
            .writing
            .person(person)?
            .and_then(|person| person.standing.stage);
        if let Ok(to) = Move::Forbid.from(stage) {
            self.writing.change_stage(&NewStage {
                person,
                stage: to,
                until: None,
                reason: Some("the survey source says so"),
                decided_by: Some(self.source),
                at: self.at,
            })?;
            loading.decided(person);
            counts.do_not_contact += 1;
        }
        Ok(())
    }
}

fn silenced(
    loading: &mut Loading<'_>,
    respondent: &Respondent<'_>,
) -> anyhow::Result<Option<PersonId>> {
    let Some(email) = &respondent.email else {
        return Ok(match respondent.external_id {
            Some(id) => loading.respondent(id)?,
            None => None,
        });
    };
    if let Some(person) = loading.person(email)? {
        return Ok(Some(loading.id_of(person)));
    }
    let account = account(
        loading,
        email.company_domain(),
        None,
        &AccountTraits::default(),
    )?;
    let name = respondent
        .name
        .as_deref()
        .map(|name| (PersonField::Name, name.to_owned()));
    let fields: Vec<_> = name.into_iter().collect();
    let person = loading.add_person(email, account, &fields, None)?;
    Ok(Some(loading.id_of(person)))
}

/// The account of this domain or name, added where it is new and filled where it is empty.
fn account(
    loading: &mut Loading<'_>,
    domain: Option<&str>,
    name: Option<&str>,
    traits: &AccountTraits<'_>,
) -> anyhow::Result<Option<AccountAtHand>> {
    if domain.is_none() && name.is_none() {
        return Ok(None);
    }
    if let Some(found) = loading.account(domain, name)? {
        loading.fill_account(found, account_fields(traits))?;
        return Ok(Some(found));
    }
    let mut fields = owned(account_fields(traits));
    if !fields
        .iter()
        .any(|(field, _)| *field == AccountField::Domain)
    {
        fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    }
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
