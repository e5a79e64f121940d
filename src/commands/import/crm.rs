//! `import accounts` and `import people`: CRM exports create and update, but never what was confirmed by hand.

use super::super::{Context, Done};
use super::rejects::Rejects;
use super::{Input, options, save_profile, setting};
use crate::cli::{ImportFileArgs, ReadArgs};
use crate::domain::describing::{AccountField, Health, Origin, PersonField};
use crate::domain::ids::{AccountId, PersonId};
use crate::intake::accounts::AccountRow;
use crate::intake::people::PersonRow;
use crate::intake::{self, AccountTraits, Reading, Rejected};
use crate::output::{Cell, Record};
use crate::store::{self, AccountFields, NewPerson, PersonFields, Writing};

/// What an import did.
#[derive(Debug, Default)]
struct Counts {
    rows: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    accounts_new: u64,
    notes: Vec<String>,
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Accounts,
    People,
}

impl What {
    const fn schema(self) -> &'static str {
        match self {
            What::Accounts => "import-accounts/1",
            What::People => "import-people/1",
        }
    }
}

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    /// It was added.
    New,
    /// It said something new.
    Changed,
    /// It said what is on record.
    Unchanged,
}

impl Became {
    const fn from(changes: usize) -> Self {
        if changes > 0 {
            Became::Changed
        } else {
            Became::Unchanged
        }
    }
}

pub(super) fn accounts(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let read = |bytes, options: &intake::Options, setting: &intake::Setting| {
        intake::accounts::read(bytes, options, setting)
    };
    run(args, context, What::Accounts, read, account_row)
}

pub(super) fn people(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let read = |bytes, options: &intake::Options, _: &intake::Setting| {
        intake::people::read(bytes, options)
    };
    run(args, context, What::People, read, person_row)
}

/// Reads a file whole, then saves its rows in one transaction.
fn run<T>(
    args: &ImportFileArgs,
    context: &mut Context<'_>,
    what: What,
    read: impl FnOnce(
        Vec<u8>,
        &intake::Options,
        &intake::Setting,
    ) -> Result<Reading<T>, intake::IntakeError>,
    save: impl Fn(&Writing<'_>, &T, &mut Counts) -> anyhow::Result<Result<Became, Rejected>>,
) -> anyhow::Result<Done> {
    let input = Input::read(&args.file)?;
    let mut rejects = Rejects::open(&args.read)?;
    let (counts, today) = context.write_or_rehearse(args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read)?;
        let file = read(input.bytes, &options, &setting(present))?;
        let mut counts = Counts {
            notes: file.notes.clone(),
            ..Counts::default()
        };
        for row in file.rows {
            counts.rows += 1;
            let became = match row {
                Ok(row) => save(writing, &row, &mut counts)?,
                Err(rejected) => Err(rejected),
            };
            match became {
                Ok(Became::New) => counts.new += 1,
                Ok(Became::Changed) => counts.changed += 1,
                Ok(Became::Unchanged) => counts.unchanged += 1,
                Err(rejected) => rejects.add(&input.name, &file.header, &rejected)?,
            }
        }
        rejects.finish(counts.rows)?;
        save_profile(writing, &args.read, &options)?;
        Ok((counts, present.today))
    })?;
    for note in &counts.notes {
        context.note(note)?;
    }
    context.show(
        what.schema(),
        today,
        summary(what, &counts, &rejects, &args.read),
    )?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

fn summary(what: What, counts: &Counts, rejects: &Rejects, args: &ReadArgs) -> Record {
    let number = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let record = Record::new()
        .with("rows", "Rows", number(counts.rows))
        .with("new", "  new", number(counts.new))
        .with("changed", "  changed", number(counts.changed))
        .with("unchanged", "  unchanged", number(counts.unchanged))
        .with("rejected", "  rejected", number(rejects.count))
        .data("dry_run", args.dry_run);
    let record = match what {
        What::Accounts => record,
        What::People => record.with("accounts_new", "Accounts new", number(counts.accounts_new)),
    };
    let record = match rejects.count {
        0 => record,
        _ => record.with("rejects", "", Cell::list(rejects.shown())),
    };
    if args.dry_run {
        record.say("Dry run: nothing was changed.")
    } else {
        record
    }
}

fn account_row(
    writing: &Writing<'_>,
    row: &AccountRow,
    counts: &mut Counts,
) -> anyhow::Result<Result<Became, Rejected>> {
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
                counts.notes.push(format!(
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
    Ok(Ok(match found {
        None => {
            let id = writing.add_account(&fields, false)?;
            writing.add_account_traits(id, &traits)?;
            Became::New
        }
        Some(id) => {
            let changes =
                update_account(writing, id, &fields)? + writing.add_account_traits(id, &traits)?;
            Became::from(changes)
        }
    }))
}

/// The account with this CRM id, or else domain, or else name.
fn find_account(
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

fn account_fields(account: &AccountTraits<'_>, crm_id: Option<&str>) -> AccountFields {
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

fn update_account(
    writing: &Writing<'_>,
    id: AccountId,
    fields: &AccountFields,
) -> anyhow::Result<usize> {
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
    }
    Ok(changes)
}

fn person_row(
    writing: &Writing<'_>,
    row: &PersonRow,
    counts: &mut Counts,
) -> anyhow::Result<Result<Became, Rejected>> {
    let found = find_person(writing, row)?;
    let account = account_of(writing, row, counts)?;
    let fields = person_fields(row);
    let Some(id) = found else {
        let Some(email) = &row.email else {
            return Ok(Err(Rejected {
                line: row.line,
                record: row.record,
                reason: "no e-mail address, and nobody with this CRM id is known".into(),
                original: row.original.clone(),
            }));
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
    writing: &Writing<'_>,
    row: &PersonRow,
    counts: &mut Counts,
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
    if let Some(found) = find_account(writing, crm_id, domain, name)? {
        update_account(writing, found, &fields)?;
        return Ok(Some(found));
    }
    if !fields
        .iter()
        .any(|(field, _)| *field == AccountField::Domain)
    {
        fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    }
    counts.accounts_new += 1;
    Ok(Some(writing.add_account(&fields, false)?))
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
