//! What is typed about a person and their account, saved as confirmed by hand.

use clap::Args;

use super::arguments::words;
use crate::domain::describing::{AccountField, Origin, PersonField};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, OperationId};
use crate::failure::Result;
use crate::store::{ADDRESS, AccountFields, PersonFields, PersonRow, Writing};

/// What describes a person and their account. Given by hand, so no import overwrites it.
#[derive(Debug, Clone, Default, Args)]
pub struct DescribeArgs {
    /// Their name
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub name: Option<String>,
    /// Their job title
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub title: Option<String>,
    /// Their role in a purchase, such as buyer or admin
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub persona: Option<String>,
    /// A language they speak
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub language: Option<String>,
    /// The colleague who owns the relationship
    #[arg(long, value_name = "NAME", help_heading = "About the person")]
    pub owner: Option<String>,
    /// Their telephone number
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub phone: Option<String>,
    /// The account's name
    #[arg(
        long,
        visible_alias = "company",
        value_name = "NAME", value_parser = words,
        help_heading = "About the account"
    )]
    pub account: Option<String>,
    /// Its industry
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub industry: Option<String>,
    /// Its segment
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub segment: Option<String>,
    /// Its region
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub region: Option<String>,
    /// Its country
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub country: Option<String>,
}

impl DescribeArgs {
    /// The fields of the person that were typed.
    pub(crate) fn person_fields(&self) -> PersonFields {
        typed([
            (PersonField::Name, &self.name),
            (PersonField::Title, &self.title),
            (PersonField::Persona, &self.persona),
            (PersonField::Language, &self.language),
            (PersonField::Owner, &self.owner),
            (PersonField::Phone, &self.phone),
        ])
    }

    /// The fields of the account that were typed; its name is not among them, since it says which account is meant.
    pub(crate) fn account_fields(&self) -> AccountFields {
        typed([
            (AccountField::Industry, &self.industry),
            (AccountField::Segment, &self.segment),
            (AccountField::Region, &self.region),
            (AccountField::Country, &self.country),
        ])
    }
}

fn typed<F, const N: usize>(fields: [(F, &Option<String>); N]) -> Vec<(F, String)> {
    let given = fields
        .into_iter()
        .filter_map(|(field, value)| Some((field, value.as_deref()?.trim().to_owned())));
    given.collect()
}

/// A field that says something else now, or that somebody confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edited {
    /// Which.
    pub(crate) field: &'static str,
    /// What it said.
    pub(crate) before: Option<String>,
    /// What it says.
    pub(crate) after: Option<String>,
}

impl Edited {
    /// From its words; none are nothing.
    pub(crate) fn new(field: &'static str, before: Option<&str>, after: &str) -> Self {
        Self {
            field,
            before: before.map(str::to_owned),
            after: (!after.is_empty()).then(|| after.to_owned()),
        }
    }
}

/// Saves what was typed about a person; says what changed.
pub(crate) fn edit_person(
    writing: &Writing<'_>,
    person: &PersonRow,
    fields: &PersonFields,
) -> Result<Vec<Edited>> {
    let mut changed = Vec::new();
    let by_hand = writing.person_fields_by_hand(person.id)?;
    for (field, value) in fields {
        let current = person.field(*field);
        let confirmed = by_hand.contains(field);
        // What stands there already is confirmed by typing it, so that no import overwrites it.
        if Origin::Hand.replaces(current, confirmed, value) {
            writing.edit_person(person.id, *field, current, value, true)?;
            changed.push(Edited::new(field.name(), current, value));
        }
    }
    Ok(changed)
}

/// Saves what was typed about an account; says what changed.
pub(crate) fn edit_account(
    writing: &Writing<'_>,
    id: AccountId,
    fields: &AccountFields,
) -> Result<Vec<Edited>> {
    let Some(account) = writing.account(id)? else {
        return Ok(Vec::new());
    };
    let mut changed = Vec::new();
    let by_hand = writing.account_fields_by_hand(id)?;
    for (field, value) in fields {
        let current = account.field(*field);
        let confirmed = by_hand.contains(field);
        if Origin::Hand.replaces(current.as_deref(), confirmed, value) {
            writing.edit_account(id, *field, current.as_deref(), value, true)?;
            changed.push(Edited::new(field.name(), current.as_deref(), value));
        }
    }
    Ok(changed)
}

/// Takes back what an operation changed about a person, address included, where nobody has changed it since.
pub(crate) fn take_back(
    writing: &Writing<'_>,
    person: &PersonRow,
    operation: OperationId,
) -> Result<()> {
    for edit in writing.edits_of(person.id, operation)? {
        let old = edit.old.as_deref().unwrap_or_default();
        if edit.field == ADDRESS {
            if edit.new.as_ref() == Some(&person.email) {
                writing.change_address(person.id, &Email::on_record(old))?;
            }
        } else if let Ok(field) = edit.field.parse::<PersonField>()
            && person.field(field) == edit.new.as_deref()
        {
            let (new, confirmed) = (edit.new.as_deref(), edit.confirmed_before);
            writing.edit_person(person.id, field, new, old, confirmed)?;
        }
    }
    Ok(())
}
