//! `import people`: a CRM export creates and updates, but never what was confirmed by hand.

use std::slice;

use super::described_account::{account_fields, find_or_add, update_account};
use super::frame::{self, Load};
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::describing::{Origin, PersonField};
use crate::domain::ids::{AccountId, PersonId};
use crate::failure::Result;
use crate::intake::people::{PersonRow, read};
use crate::intake::{AccountTraits, IntakeError, Reading};
use crate::output::Record;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{self, NewPerson, PersonFields, Tx, Writing};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let people = List::of(People::default());
    frame::run(people, slice::from_ref(&args.file), &args.read, session)
}

/// A file of people.
#[derive(Debug, Default)]
struct People {
    accounts_new: u64,
}

impl ListImport for People {
    type Row = PersonRow;
    const COMMAND: &'static str = "import people";
    const SCHEMA: &'static str = "import-people/1";

    fn read(&self, load: &Load<'_>, bytes: Vec<u8>) -> Result<Reading<PersonRow>, IntakeError> {
        read(bytes, load.options)
    }

    fn save(&mut self, context: &RowContext<'_>, row: &PersonRow) -> Result<RowEffect> {
        let found = find(context.writing, row)?;
        let account = self.account(context, row)?;
        let Some(id) = found else {
            return add(context.writing, row, account);
        };
        let Some(person) = context.writing.person(id)? else {
            return Ok(RowEffect::Unchanged);
        };
        let mut changes = update(context.writing, &person, row)?;
        if let (None, Some(account)) = (person.account_id, account) {
            context.writing.join_account(id, account)?;
            changes += 1;
        }
        Ok(RowEffect::from(changes))
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
        let found = find_or_add(context.writing, &described, crm_id, row.account_domain())?;
        match found {
            Some((_, true)) => self.accounts_new += 1,
            Some((id, false)) => {
                update_account(context, id, &account_fields(&described, crm_id))?;
            }
            None => {}
        }
        Ok(found.map(|(id, _)| id))
    }
}

fn find(tx: &Tx<'_>, row: &PersonRow) -> Result<Option<PersonId>> {
    if let Some(crm_id) = &row.crm_id
        && let Some(found) = tx.person_by_crm_id(crm_id)?
    {
        return Ok(Some(found));
    }
    match &row.email {
        Some(email) => Ok(tx.person_by_email(email.key())?),
        None => Ok(None),
    }
}

fn add(writing: &Writing<'_>, row: &PersonRow, account: Option<AccountId>) -> Result<RowEffect> {
    let Some(email) = &row.email else {
        let reason = "no e-mail address, and nobody with this CRM id is known";
        return Ok(RowEffect::Rejected(row.source_row.rejected(reason)));
    };
    let new = NewPerson {
        email,
        account,
        fields: &fields(row),
    };
    writing.add_person(&new, false)?;
    Ok(RowEffect::New)
}

/// Saves what a row says of somebody on record; says how many fields changed.
fn update(writing: &Writing<'_>, person: &store::PersonRow, row: &PersonRow) -> Result<usize> {
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
        if Origin::Crm.replaces(current, by_hand.contains(field), value) {
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
        (PersonField::Owner, row.account.owner.as_deref()),
        (PersonField::CrmId, row.crm_id.as_deref()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value?.to_owned())))
    .collect()
}
