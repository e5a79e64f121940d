//! `import people`: a CRM export creates and updates, but never what was confirmed by hand.

use std::collections::{HashMap, HashSet};
use std::slice;

use super::described_account::{Belongs, account_fields, find_or_add, update_account};
use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use super::shared_domains::SharedDomains;
use crate::domain::describing::{Origin, PersonField};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::industry::slug;
use crate::failure::Result;
use crate::intake::people::{PersonRow, read};
use crate::intake::{AccountTraits, FileRow, IntakeError, Reading, Rejected};
use crate::output::{Record, count};
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{self, AccountFields, NewPerson, PersonFields, Tx, Writing};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let people = List::of(People::default());
    frame::run(people, slice::from_ref(&args.file), &args.read, session)
}

/// A file of people.
#[derive(Debug, Default)]
struct People {
    accounts_new: u64,
    /// The CRM ids in the file.
    ids: HashSet<String>,
    /// The first row with an address of each of them, with its line.
    addressed: HashMap<String, (u64, PersonRow)>,
    /// What the file said so far, with the lines.
    saved: HashMap<PersonId, (u64, PersonRow)>,
    /// The accounts that it described so far, with the lines.
    described: HashMap<AccountId, u64>,
    /// By which name it called the account of each domain first.
    names_of_domains: HashMap<String, String>,
    /// How many rows describe their account otherwise, and the first of them.
    described_otherwise: Option<(u64, u64)>,
    shared: SharedDomains,
}

impl ListImport for People {
    type Row = PersonRow;
    const COMMAND: &'static str = "import people";
    const SCHEMA: &'static str = "import-people/1";

    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<PersonRow>, IntakeError> {
        read(bytes, look.options)
    }

    fn look_ahead(&mut self, rows: &[Result<FileRow<PersonRow>, Rejected>]) {
        let ids = rows
            .iter()
            .flatten()
            .filter_map(|row| row.says.crm_id.clone());
        self.ids = ids.collect();
        for row in rows.iter().flatten() {
            if let (Some(id), Some(_)) = (&row.says.crm_id, &row.says.email) {
                let first = self.addressed.entry(id.clone());
                first.or_insert_with(|| (row.at.line, row.says.clone()));
            }
        }
    }

    fn is_of(&self, row: &PersonRow) -> (Option<bool>, Option<bool>) {
        let company = row.account_crm_id.is_some()
            || row.account_domain().is_some()
            || row.account.name.is_some();
        (None, Some(company))
    }

    fn address<'r>(&self, row: &'r PersonRow) -> Option<&'r Email> {
        row.email.as_ref()
    }

    fn save(&mut self, context: &RowContext<'_>, row: &PersonRow) -> Result<RowEffect> {
        let writing = context.writing;
        if let Some(effect) = self.comes_before_its_address(context, row) {
            return Ok(effect);
        }
        let record = find(writing, row)?;
        let person = match record {
            Some(record) => writing.person(writing.kept(record)?)?,
            None => None,
        };
        let (Some(record), Some(person)) = (record, person) else {
            let Some(email) = &row.email else {
                return Ok(
                    context.reject("no e-mail address, and nobody with this CRM id is known")
                );
            };
            return self.add(context, row, email);
        };
        if let Some(refused) = self.of_another(context, row, record, &person) {
            return Ok(refused);
        }
        if let Some(refused) = self.has_address_of_another(context, row, &person)? {
            return Ok(refused);
        }
        let account = self.account(context, row)?;
        // What is said of a record that became part of another only fills what the other leaves open.
        let origin = match record == person.id {
            true => Origin::Crm,
            false => Origin::Survey,
        };
        let mut changes = update(writing, &person, row, origin)?;
        if let (None, Some(account)) = (person.account_id, account) {
            writing.join_account(person.id, account)?;
            changes += 1;
        }
        self.saved.insert(record, (context.at.line, row.clone()));
        let is_same_row = writing.is_same_row(record, context.cells)?;
        Ok(RowEffect::from(changes, is_same_row))
    }

    fn notes(&self) -> Vec<String> {
        let otherwise = self.described_otherwise.map(|(rows, line)| {
            let rows = count(usize::try_from(rows).unwrap_or(usize::MAX), "row");
            format!("{rows} described an account otherwise than an earlier row, which stays, first in line {line}")
        });
        self.shared.note().into_iter().chain(otherwise).collect()
    }

    fn figures(&self, record: Record) -> Record {
        record.with("accounts_new", "Accounts new", self.accounts_new)
    }
}

impl People {
    fn account(&mut self, context: &RowContext<'_>, row: &PersonRow) -> Result<Option<AccountId>> {
        // The owner in a file of people is the person's.
        let described = AccountTraits {
            owner: None,
            ..row.account.clone()
        };
        let crm_id = row.account_crm_id.as_deref();
        let domain = row.account_domain();
        let domain = domain.filter(|domain| self.is_its_name(domain, described.name.as_deref()));
        let found = find_or_add(context.writing, &described, crm_id, domain)?;
        let line = context.at.line;
        match found {
            Belongs::Added(id) => {
                self.accounts_new += 1;
                self.described.insert(id, line);
            }
            Belongs::Known(id) => {
                let fields = account_fields(&described, crm_id);
                let is_first = *self.described.entry(id).or_insert(line) == line;
                let origin = if is_first {
                    Origin::Crm
                } else {
                    Origin::Survey
                };
                update_account(context, id, &fields, origin)?;
                if !is_first && says_otherwise(context.writing, id, &fields)? {
                    let (rows, _) = self.described_otherwise.get_or_insert((0, line));
                    *rows += 1;
                }
            }
            Belongs::Shared => self.shared.add(domain),
            Belongs::Nowhere => {}
        }
        Ok(found.account())
    }

    /// Whether the file calls the account of a domain by one name. Under another name it is another account.
    fn is_its_name(&mut self, domain: &str, name: Option<&str>) -> bool {
        let Some(name) = name.map(slug) else {
            return true;
        };
        let first = self.names_of_domains.entry(domain.to_owned());
        *first.or_insert_with(|| name.clone()) == name
    }

    fn add(
        &mut self,
        context: &RowContext<'_>,
        row: &PersonRow,
        email: &Email,
    ) -> Result<RowEffect> {
        let account = self.account(context, row)?;
        let new = NewPerson {
            email,
            account,
            fields: &fields(row),
        };
        let id = context.writing.add_person(&new, false)?;
        context.writing.note_cells(id, context.cells)?;
        self.saved.insert(id, (context.at.line, row.clone()));
        Ok(RowEffect::New)
    }

    /// What becomes of a row without an address whose id has one further down: that row says who it is, whether they are on
    /// record already or not.
    fn comes_before_its_address(
        &self,
        context: &RowContext<'_>,
        row: &PersonRow,
    ) -> Option<RowEffect> {
        let id = row.crm_id.as_ref().filter(|_| row.email.is_none())?;
        let (line, later) = self.addressed.get(id)?;
        if row.adds_nothing_to(later) {
            return Some(RowEffect::Unchanged);
        }
        let option = "--map id=HEADER names a column that tells two people apart";
        Some(context.contradicts(&format!("the id {id}"), *line, option))
    }

    /// What becomes of a row that meets somebody of whom the same file says something else.
    fn of_another(
        &self,
        context: &RowContext<'_>,
        row: &PersonRow,
        record: PersonId,
        person: &store::PersonRow,
    ) -> Option<RowEffect> {
        let is_by_id = row.crm_id.is_some() && (row.crm_id == person.crm_id || record != person.id);
        if let Some((line, before)) = self.saved.get(&record) {
            if row.adds_nothing_to(before) {
                return Some(RowEffect::Unchanged);
            }
            let (what, field) = match (&row.crm_id, &row.email) {
                (Some(id), _) if is_by_id => (format!("the id {id}"), "id"),
                (_, Some(email)) => (format!("the address {}", email.shown()), "email"),
                _ => ("the person".to_owned(), "id"),
            };
            let option = format!("--map {field}=HEADER names a column that tells two people apart");
            return Some(context.contradicts(&what, *line, &option));
        }
        let other = person
            .crm_id
            .as_ref()
            .filter(|_| row.crm_id.is_some() && !is_by_id)?;
        self.is_address_of(context, row.email.as_ref()?, other)
    }

    /// What becomes of a row that is of somebody by its id, and whose address is that of another in the same file.
    fn has_address_of_another(
        &self,
        context: &RowContext<'_>,
        row: &PersonRow,
        person: &store::PersonRow,
    ) -> Result<Option<RowEffect>> {
        let tx = context.writing;
        let Some(email) = row.email.as_ref().filter(|_| row.crm_id.is_some()) else {
            return Ok(None);
        };
        let Some(owner) = tx.person_by_email(email.key())? else {
            return Ok(None);
        };
        let owner = tx.person(owner)?.filter(|owner| owner.id != person.id);
        let other = owner.and_then(|owner| owner.crm_id);
        Ok(other.and_then(|other| self.is_address_of(context, email, &other)))
    }

    /// What becomes of a row whose address is that of another CRM id, where the file tells of that, too.
    fn is_address_of(
        &self,
        context: &RowContext<'_>,
        email: &Email,
        other: &String,
    ) -> Option<RowEffect> {
        self.ids.contains(other).then(|| {
            context.reject(format!(
                "{} is the address of the CRM id {other} already, which is in this file, too",
                email.shown()
            ))
        })
    }
}

/// Whether fields of an account differ from what is on record.
fn says_otherwise(tx: &Tx<'_>, id: AccountId, fields: &AccountFields) -> Result<bool> {
    let account = tx.account(id)?;
    let differs = |account: &store::AccountRow| {
        let mut fields = fields.iter();
        fields.any(|(field, value)| account.field(*field).as_ref() != Some(value))
    };
    Ok(account.as_ref().is_some_and(differs))
}

/// The record that a row is of, which may have become part of another.
fn find(tx: &Tx<'_>, row: &PersonRow) -> Result<Option<PersonId>> {
    if let Some(crm_id) = &row.crm_id
        && let Some(found) = tx.record_by_crm_id(crm_id)?
    {
        return Ok(Some(found));
    }
    match &row.email {
        Some(email) => Ok(tx.record_by_email(email.key())?),
        None => Ok(None),
    }
}

/// Saves what a row says of somebody on record; says how many fields changed.
fn update(
    writing: &Writing<'_>,
    person: &store::PersonRow,
    row: &PersonRow,
    origin: Origin,
) -> Result<usize> {
    let by_hand = writing.person_fields_by_hand(person.id)?;
    let mut changes = 0;
    for (field, value) in &fields(row) {
        let current = person.field(*field);
        // An id by which they are found already, perhaps through a record that became part of theirs, stays there.
        if *field == PersonField::CrmId && writing.person_by_crm_id(value)?.is_some() {
            continue;
        }
        if *field == PersonField::Name && row.half_a_name && current.is_some() {
            continue;
        }
        if origin.replaces(current, by_hand.contains(field), value) {
            writing.edit_person(person.id, *field, current, value, false)?;
            changes += 1;
        }
    }
    Ok(changes)
}

fn fields(row: &PersonRow) -> PersonFields {
    [
        (PersonField::Name, row.name.as_deref()),
        (PersonField::Title, row.title.as_deref()),
        (PersonField::Persona, row.persona.as_deref()),
        (PersonField::Language, row.language.as_deref()),
        (PersonField::Phone, row.phone.as_deref()),
        (PersonField::Owner, row.account.owner.as_deref()),
        (PersonField::CrmId, row.crm_id.as_deref()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value?.to_owned())))
    .collect()
}
