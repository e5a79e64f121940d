//! What is typed about a person and their account, saved as confirmed by hand: shared words of `register`, `nominate`
//! and `edit`.

use clap::Args;

use crate::domain::describing::{AccountField, Origin, PersonField};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, OperationId, PersonId};
use crate::failure::{Failure, Result};
use crate::output::{Entry, Record, Shown};
use crate::session::Session;
use crate::store::{ADDRESS, AccountFields, NewPerson, PersonFields, PersonRow, Writing};

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
    /// The account's name
    #[arg(
        long,
        visible_alias = "company",
        value_name = "NAME",
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

/// Whom somebody named, and what had to be added for it.
pub(crate) struct Meant {
    /// The person.
    pub person: PersonRow,
    /// Whether they are new.
    pub person_new: bool,
    /// Whether their account is.
    pub account_new: bool,
    /// A known address that is but a slip away from the new one.
    like: Option<String>,
    /// Words that ask back about a new industry.
    slip_of_industry: Option<String>,
}

impl Meant {
    /// The answer, which says what was added.
    pub(crate) fn added(&self, record: Record) -> Record {
        let added = match (self.person_new, self.account_new) {
            (true, true) => Some("person and account"),
            (true, false) => Some("person"),
            (false, true) => Some("account"),
            (false, false) => None,
        };
        let record = match added {
            Some(words) => record.entry(Entry::new("added", "Added", words).only(Shown::Reading)),
            None => record,
        };
        record
            .data("person_new", self.person_new)
            .data("account_new", self.account_new)
    }

    /// Asks whether a new address or industry is a known one with a slip in it.
    pub(crate) fn ask_back(&self, session: &mut Session<'_>) -> Result<()> {
        if let Some(words) = &self.slip_of_industry {
            session.note(words.as_str())?;
        }
        let (Some(like), new) = (&self.like, &self.person.email) else {
            return Ok(());
        };
        session.note(format!(
            "{new} is new; did you mean {like}? If so: advocate merge {like} {new}"
        ))
    }
}

/// The person meant; an unknown address is added, with its account.
pub(crate) fn person(writing: &Writing<'_>, who: &str, args: &DescribeArgs) -> Result<Meant> {
    let slip_of_industry = super::slip_of_industry(writing, args.industry.as_deref())?;
    let meant = match super::person::find(writing, who)? {
        super::person::Found::Nobody(nearest) if who.contains('@') => {
            let like = super::person::like_address(who, &nearest).cloned();
            Meant {
                like,
                ..new_person(writing, who, args)?
            }
        }
        super::person::Found::One(id) => known_person(writing, id, args)?,
        _ => known_person(writing, super::person(writing, who)?.id, args)?,
    };
    let person = writing.person(meant.person.id)?.unwrap_or(meant.person);
    if let Some(account) = person.account_id {
        edit_account(writing, account, &account_fields(args))?;
    }
    Ok(Meant {
        person,
        slip_of_industry,
        ..meant
    })
}

fn new_person(writing: &Writing<'_>, who: &str, args: &DescribeArgs) -> Result<Meant> {
    let email = Email::parse(who).map_err(Failure::usage)?;
    let account = account_of(writing, &email, args)?;
    let new = NewPerson {
        email: &email,
        account: account.map(|(id, _)| id),
        fields: &person_fields(args),
    };
    let id = writing.add_person(&new, true)?;
    Ok(Meant {
        person: on_record(writing, id)?,
        person_new: true,
        account_new: account.is_some_and(|(_, new)| new),
        like: None,
        slip_of_industry: None,
    })
}

fn known_person(writing: &Writing<'_>, id: PersonId, args: &DescribeArgs) -> Result<Meant> {
    let person = on_record(writing, id)?;
    edit_person(writing, &person, &person_fields(args))?;
    let mut account_new = false;
    if person.account_id.is_none() {
        let email = Email::parse(&person.email).map_err(Failure::usage)?;
        if let Some((account, new)) = account_of(writing, &email, args)? {
            join(writing, person.id, account)?;
            account_new = new;
        }
    }
    Ok(Meant {
        person,
        person_new: false,
        account_new,
        like: None,
        slip_of_industry: None,
    })
}

fn on_record(writing: &Writing<'_>, id: PersonId) -> Result<PersonRow> {
    let person = writing.person(id)?;
    person.ok_or_else(|| Failure::usage("no such person"))
}

/// The fields of the person that were typed.
pub(crate) fn person_fields(args: &DescribeArgs) -> PersonFields {
    [
        (PersonField::Name, &args.name),
        (PersonField::Title, &args.title),
        (PersonField::Persona, &args.persona),
        (PersonField::Language, &args.language),
        (PersonField::Owner, &args.owner),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.as_deref()?.trim().to_owned())))
    .collect()
}

/// The fields of the account that were typed; its name is not among them, since it says which account is meant.
pub(crate) fn account_fields(args: &DescribeArgs) -> AccountFields {
    [
        (AccountField::Industry, &args.industry),
        (AccountField::Segment, &args.segment),
        (AccountField::Region, &args.region),
        (AccountField::Country, &args.country),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.as_deref()?.trim().to_owned())))
    .collect()
}

/// Saves what was typed about a person.
pub(crate) fn edit_person(
    writing: &Writing<'_>,
    person: &PersonRow,
    fields: &PersonFields,
) -> Result<usize> {
    let mut changed = 0;
    let by_hand = writing.person_fields_by_hand(person.id)?;
    for (field, value) in fields {
        let current = person.field(*field);
        let confirmed = by_hand.contains(field);
        // What stands there already is confirmed by typing it, so that no import overwrites it.
        if Origin::Hand.replaces(current, confirmed, value) {
            writing.edit_person(person.id, *field, current, value, true)?;
            changed += 1;
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
                let old = Email::parse(old).map_err(Failure::usage)?;
                writing.change_address(person.id, &old)?;
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

/// Saves what was typed about an account.
pub(crate) fn edit_account(
    writing: &Writing<'_>,
    id: AccountId,
    fields: &AccountFields,
) -> Result<usize> {
    let Some(account) = writing.account(id)? else {
        return Ok(0);
    };
    let mut changed = 0;
    let by_hand = writing.account_fields_by_hand(id)?;
    for (field, value) in fields {
        let current = account.field(*field);
        let confirmed = by_hand.contains(field);
        if Origin::Hand.replaces(current.as_deref(), confirmed, value) {
            writing.edit_account(id, *field, current.as_deref(), value, true)?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// The account of a new person, by the name typed or else by their address, and whether it had to be added.
pub(crate) fn account_of(
    writing: &Writing<'_>,
    email: &Email,
    args: &DescribeArgs,
) -> Result<Option<(AccountId, bool)>> {
    let name = args
        .account
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let domain = email.company_domain();
    if let Some(found) = match name {
        Some(name) => writing.account_by_name(name)?,
        None => None,
    } {
        return Ok(Some((found, false)));
    }
    if let Some(domain) = domain
        && let Some(found) = writing.account_by_domain(domain)?
    {
        return Ok(Some((found, false)));
    }
    if name.is_none() && domain.is_none() {
        return Ok(None);
    }
    let mut fields = AccountFields::new();
    fields.extend(name.map(|name| (AccountField::Name, name.to_owned())));
    fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    Ok(Some((writing.add_account(&fields, true)?, true)))
}

/// Gives a person without an account the one named; says whether that was possible.
pub(crate) fn join(writing: &Writing<'_>, person: PersonId, account: AccountId) -> Result<()> {
    Ok(writing.join_account(person, account)?)
}
