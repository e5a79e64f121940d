//! The account that a row describes: found or added, and updated but for what was confirmed by hand.

use chrono::NaiveDate;

use super::list::RowContext;
use crate::domain::describing::{AccountField, Origin};
use crate::domain::ids::AccountId;
use crate::domain::signal::{SignalKind, renewed_on};
use crate::failure::Result;
use crate::intake::AccountTraits;
use crate::resolve::account::{AccountFound, AccountKeys, with_keys};
use crate::store::{AccountFields, NewSignal, Whose, Writing};

/// What a row says of an account.
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

/// The account that somebody belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Belongs {
    /// To one on record.
    Known(AccountId),
    /// To one that had to be added.
    Added(AccountId),
    /// Nothing says to which.
    Nowhere,
    /// Several accounts share the domain, and nothing else says to which.
    Shared,
}

impl Belongs {
    /// The account, where they have one.
    pub(super) const fn account(self) -> Option<AccountId> {
        match self {
            Self::Known(id) | Self::Added(id) => Some(id),
            Self::Nowhere | Self::Shared => None,
        }
    }
}

/// The account that somebody belongs to, added where it is new; `domain` is the one described, or else that of their
/// address.
pub(super) fn find_or_add(
    writing: &Writing<'_>,
    account: &AccountTraits<'_>,
    crm_id: Option<&str>,
    domain: Option<&str>,
) -> Result<Belongs> {
    let name = account.name.as_deref();
    if crm_id.is_none() && domain.is_none() && name.is_none() {
        return Ok(Belongs::Nowhere);
    }
    let keys = AccountKeys {
        crm_id,
        domain,
        name,
    };
    match with_keys(writing, keys)? {
        AccountFound::One(found) => return Ok(Belongs::Known(found)),
        AccountFound::Shared => return Ok(Belongs::Shared),
        AccountFound::Unknown => {}
    }
    let mut fields = account_fields(account, crm_id);
    if account.domain.is_none()
        && let Some(domain) = domain
        && writing.accounts_of_domain(domain)?.is_empty()
    {
        fields.push((AccountField::Domain, domain.to_owned()));
    }
    Ok(Belongs::Added(writing.add_account(&fields, false)?))
}

/// Saves what a row says of an account that is on record; says how many fields changed. `origin` says whether it updates
/// or only fills what is empty.
pub(super) fn update_account(
    context: &RowContext<'_>,
    id: AccountId,
    fields: &AccountFields,
    origin: Origin,
) -> Result<usize> {
    let writing = context.writing;
    let Some(account) = writing.account(id)? else {
        return Ok(0);
    };
    let by_hand = writing.account_fields_by_hand(id)?;
    let mut changes = 0;
    for (field, value) in fields {
        let current = account.field(*field);
        if !origin.replaces(current.as_deref(), by_hand.contains(field), value) {
            continue;
        }
        // Unless the CRM itself tells two accounts apart, another that holds the domain already keeps it.
        if *field == AccountField::Domain
            && account.crm_id.is_none()
            && !fields
                .iter()
                .any(|(field, _)| *field == AccountField::CrmId)
            && !writing.accounts_of_domain(value)?.is_empty()
        {
            continue;
        }
        writing.edit_account(id, *field, current.as_deref(), value, false)?;
        changes += 1;
        if *field == AccountField::RenewalOn {
            note_renewal(context, id, account.renewal_on, value)?;
        }
    }
    Ok(changes)
}

/// A renewal date that moves later is a renewal, and so a positive moment of the account. Its key is the account and
/// the old date: files that contradict each other do not renew a contract twice.
fn note_renewal(
    context: &RowContext<'_>,
    id: AccountId,
    old: Option<NaiveDate>,
    value: &str,
) -> Result<()> {
    let new = value.parse().ok();
    let (Some(day), Some(old)) = (renewed_on(old, new, context.present.today), old) else {
        return Ok(());
    };
    let source = context.writing.ensure_source(context.source)?;
    context.writing.add_signal(&NewSignal {
        of: Whose::Account(id),
        kind: SignalKind::Renewal,
        reading: None,
        note: Some(&format!("from {old} to {value}")),
        key: Some((source, &format!("renewal of account {id} from {old}"))),
        at: context.present.instant_on(Some(day.into()))?,
    })?;
    Ok(())
}
