//! `import accounts` and `import people`: CRM exports create and update, but never what was confirmed by hand.

use chrono::NaiveDate;

use super::super::{Context, Done};
use super::frame::{self, Became, Import, Job, number};
use crate::cli::ImportFileArgs;
use crate::domain::describing::{AccountField, Health, Origin, PersonField};
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::signal::{SignalKind, renewed_on};
use crate::intake::accounts::AccountRow;
use crate::intake::people::PersonRow;
use crate::intake::{self, AccountTraits, IntakeError, Options, Reading, Rejected, Setting};
use crate::output::Record;
use crate::store::{self, AccountFields, NewPerson, NewSignal, PersonFields, Whose, Writing};

pub(super) fn accounts(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    frame::run(Accounts::default(), &args.file, &args.read, context)
}

pub(super) fn people(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    frame::run(People::default(), &args.file, &args.read, context)
}

/// A file of accounts.
#[derive(Debug, Default)]
struct Accounts {
    notes: Vec<String>,
}

/// A file of people.
#[derive(Debug, Default)]
struct People {
    accounts_new: u64,
}

impl Import for Accounts {
    type Row = AccountRow;
    const COMMAND: &'static str = "import accounts";
    const SCHEMA: &'static str = "import-accounts/1";

    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<AccountRow>, IntakeError> {
        intake::accounts::read(bytes, options, setting)
    }

    fn save(
        &mut self,
        job: &Job<'_>,
        row: &AccountRow,
    ) -> anyhow::Result<Result<Became, Rejected>> {
        Ok(Ok(account_row(job, row, &mut self.notes)?))
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl Import for People {
    type Row = PersonRow;
    const COMMAND: &'static str = "import people";
    const SCHEMA: &'static str = "import-people/1";

    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        _setting: &Setting,
    ) -> Result<Reading<PersonRow>, IntakeError> {
        intake::people::read(bytes, options)
    }

    fn save(&mut self, job: &Job<'_>, row: &PersonRow) -> anyhow::Result<Result<Became, Rejected>> {
        person_row(job, row, &mut self.accounts_new)
    }

    fn figures(&self, record: Record) -> Record {
        record.with("accounts_new", "Accounts new", number(self.accounts_new))
    }
}

fn account_row(job: &Job<'_>, row: &AccountRow, notes: &mut Vec<String>) -> anyhow::Result<Became> {
    let writing = job.writing;
    let traits = store::AccountTraits {
        products: row.products.clone(),
        use_cases: row.use_cases.clone(),
        competitors: row.competitors.clone(),
    };
    let health = match row.health.as_deref() {
        None => None,
        Some(words) => match Health::from_words(words) {
            Some(health) => Some(health),
            None => {
                notes.push(format!(
                    "line {}: `{words}` is no health that is known; left out",
                    row.line
                ));
                None
            }
        },
    };
    let mut fields = account_fields(&row.account, row.crm_id.as_deref());
    fields.extend(
        row.renewal_on
            .map(|day| (AccountField::RenewalOn, day.to_string())),
    );
    fields.extend(health.map(|health| (AccountField::Health, health.to_string())));
    fields.extend(
        row.escalated
            .map(|open| (AccountField::Escalated, i32::from(open).to_string())),
    );
    fields.extend(
        row.customer_since
            .map(|day| (AccountField::CustomerSince, day.to_string())),
    );
    let found = find_account(
        writing,
        row.crm_id.as_deref(),
        row.account.domain.as_deref(),
        row.account.name.as_deref(),
    )?;
    Ok(match found {
        None => {
            let id = writing.add_account(&fields, false)?;
            writing.add_account_traits(id, &traits)?;
            Became::New
        }
        Some(id) => {
            let changes =
                update_account(job, id, &fields)? + writing.add_account_traits(id, &traits)?;
            Became::from(changes)
        }
    })
}

/// The account with this CRM id, or else domain, or else name.
pub(super) fn find_account(
    writing: &Writing<'_>,
    crm_id: Option<&str>,
    domain: Option<&str>,
    name: Option<&str>,
) -> anyhow::Result<Option<AccountId>> {
    if let Some(crm_id) = crm_id
        && let Some(found) = writing.account_by_crm_id(crm_id)?
    {
        return Ok(Some(found));
    }
    if let Some(domain) = domain
        && let Some(found) = writing.account_by_domain(domain)?
    {
        return Ok(Some(found));
    }
    // An account of the same name that the CRM knows under another id is another account.
    let Some(found) = name
        .map(|name| writing.account_by_name(name))
        .transpose()?
        .flatten()
    else {
        return Ok(None);
    };
    let other = crm_id.is_some()
        && writing
            .account(found)?
            .is_some_and(|account| account.crm_id.is_some());
    Ok((!other).then_some(found))
}

pub(super) fn account_fields(account: &AccountTraits<'_>, crm_id: Option<&str>) -> AccountFields {
    [
        (AccountField::Name, account.name.as_deref()),
        (AccountField::Domain, account.domain.as_deref()),
        (AccountField::CrmId, crm_id),
        (AccountField::Industry, account.industry.as_deref()),
        (AccountField::Segment, account.segment.as_deref()),
        (AccountField::Region, account.region.as_deref()),
        (AccountField::Country, account.country.as_deref()),
        (AccountField::Owner, account.owner.as_deref()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value?.to_owned())))
    .collect()
}

fn update_account(job: &Job<'_>, id: AccountId, fields: &AccountFields) -> anyhow::Result<usize> {
    let writing = job.writing;
    let Some(account) = writing.account(id)? else {
        return Ok(0);
    };
    let by_hand = writing.account_fields_by_hand(id)?;
    let mut changes = 0;
    for (field, value) in fields {
        let current = account.field(*field);
        if !Origin::Crm.replaces(current.as_deref(), by_hand.contains(field), value) {
            continue;
        }
        // A domain is one account's: another that holds it already keeps it.
        if *field == AccountField::Domain && writing.account_by_domain(value)?.is_some() {
            continue;
        }
        writing.edit_account(id, *field, current.as_deref(), value, false)?;
        changes += 1;
        if *field == AccountField::RenewalOn {
            note_renewal(job, id, account.renewal_on, value)?;
        }
    }
    Ok(changes)
}

/// A renewal date that moves later is a renewal, and so a positive moment of the account. Its key is the account and
/// the old date: files that contradict each other do not renew a contract twice.
fn note_renewal(
    job: &Job<'_>,
    id: AccountId,
    old: Option<NaiveDate>,
    value: &str,
) -> anyhow::Result<()> {
    let new = value.parse().ok();
    let (Some(day), Some(old)) = (renewed_on(old, new, job.present.today), old) else {
        return Ok(());
    };
    let source = job.writing.ensure_source(job.source)?;
    job.writing.add_signal(&NewSignal {
        of: Whose::Account(id),
        kind: SignalKind::Renewal,
        reading: None,
        note: Some(&format!("from {old} to {value}")),
        key: Some((source, &format!("renewal of account {id} from {old}"))),
        at: job.present.instant_on(Some(day))?,
    })?;
    Ok(())
}

fn person_row(
    job: &Job<'_>,
    row: &PersonRow,
    accounts_new: &mut u64,
) -> anyhow::Result<Result<Became, Rejected>> {
    let writing = job.writing;
    let found = find_person(writing, row)?;
    let account = account_of(job, row, accounts_new)?;
    let fields = person_fields(row);
    let Some(id) = found else {
        let Some(email) = &row.email else {
            let reason = "no e-mail address, and nobody with this CRM id is known";
            return Ok(Err(row.source_row.rejected(reason)));
        };
        writing.add_person(
            &NewPerson {
                email,
                account,
                fields: &fields,
            },
            false,
        )?;
        return Ok(Ok(Became::New));
    };
    let Some(person) = writing.person(id)? else {
        return Ok(Ok(Became::Unchanged));
    };
    let by_hand = writing.person_fields_by_hand(id)?;
    let mut changes = 0;
    for (field, value) in &fields {
        let current = person.field(*field);
        // An id by which they are found already, perhaps through a record that became part of theirs, stays there.
        if *field == PersonField::CrmId && writing.person_by_crm_id(value)?.is_some() {
            continue;
        }
        if *field == PersonField::Name && row.half_a_name && current.is_some() {
            continue;
        }
        if Origin::Crm.replaces(current, by_hand.contains(field), value) {
            writing.edit_person(id, *field, current, value, false)?;
            changes += 1;
        }
    }
    if let (None, Some(account)) = (person.account_id, account) {
        writing.join_account(id, account)?;
        changes += 1;
    }
    Ok(Ok(Became::from(changes)))
}

fn find_person(writing: &Writing<'_>, row: &PersonRow) -> anyhow::Result<Option<PersonId>> {
    if let Some(crm_id) = &row.crm_id
        && let Some(found) = writing.person_by_crm_id(crm_id)?
    {
        return Ok(Some(found));
    }
    match &row.email {
        Some(email) => Ok(writing.person_by_email(email.key())?),
        None => Ok(None),
    }
}

fn account_of(
    job: &Job<'_>,
    row: &PersonRow,
    accounts_new: &mut u64,
) -> anyhow::Result<Option<AccountId>> {
    let crm_id = row.account_crm_id.as_deref();
    let name = row.account.name.as_deref();
    let domain = row.account_domain();
    if crm_id.is_none() && name.is_none() && domain.is_none() {
        return Ok(None);
    }
    // The owner in a file of people is the person's.
    let described = AccountTraits {
        owner: None,
        ..row.account.clone()
    };
    let mut fields = account_fields(&described, crm_id);
    if let Some(found) = find_account(job.writing, crm_id, domain, name)? {
        update_account(job, found, &fields)?;
        return Ok(Some(found));
    }
    if !fields
        .iter()
        .any(|(field, _)| *field == AccountField::Domain)
    {
        fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    }
    *accounts_new += 1;
    Ok(Some(job.writing.add_account(&fields, false)?))
}

fn person_fields(row: &PersonRow) -> PersonFields {
    [
        (PersonField::Name, row.name.as_deref()),
        (PersonField::Title, row.title.as_deref()),
        (PersonField::Persona, row.persona.as_deref()),
        (PersonField::Language, row.language.as_deref()),
        (PersonField::Owner, row.account.owner.as_deref()),
        (PersonField::CrmId, row.crm_id.as_deref()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value?.to_owned())))
    .collect()
}
