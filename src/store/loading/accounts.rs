//! The accounts of an import: found by domain or name, added, and filled where they are empty.

use super::Loading;
use super::at_hand::{AccountAtHand, OfDomain};
use super::fillable::Fillable;
use crate::domain::describing::AccountField;
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;
use crate::store::Result;

/// What is known of an account that a row names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KnownAccount {
    /// It is this one.
    One(AccountAtHand),
    /// It is on record nowhere.
    Unknown,
    /// It may be any of several that share its domain.
    Shared,
}

impl Loading<'_> {
    /// The id of an account at hand.
    pub(crate) fn account_id(&self, account: AccountAtHand) -> AccountId {
        self.accounts.id(account)
    }

    /// How many accounts were added.
    pub(crate) fn accounts_new(&self) -> u64 {
        self.accounts.added
    }

    /// The account of this domain, or else of this name. A domain that several share finds none by itself.
    pub(crate) fn account(
        &mut self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Result<KnownAccount> {
        if self.complete {
            self.read_everyone()?;
        }
        let of_domain = match domain {
            Some(domain) => self.of_domain(domain)?,
            None => None,
        };
        if let Some(OfDomain::One(found)) = of_domain {
            return Ok(KnownAccount::One(found));
        }
        let by_name = match name.map(slug).filter(|key| !key.is_empty()) {
            Some(key) => self.of_name(&key)?,
            None => None,
        };
        Ok(match (by_name, of_domain) {
            (Some(found), _) => KnownAccount::One(found),
            (None, Some(OfDomain::Several)) => KnownAccount::Shared,
            (None, _) => KnownAccount::Unknown,
        })
    }

    fn of_domain(&mut self, domain: &str) -> Result<Option<OfDomain>> {
        let found = self.accounts.by_domain.get(domain).copied();
        if found.is_some() || self.complete {
            return Ok(found);
        }
        for id in self.writing.accounts_of_domain(domain)? {
            let at = self.accounts.keep(id);
            self.accounts.keep_domain(domain, at);
        }
        Ok(self.accounts.by_domain.get(domain).copied())
    }

    fn of_name(&mut self, key: &str) -> Result<Option<AccountAtHand>> {
        let found = self.accounts.by_name.get(key).copied();
        if found.is_some() || self.complete {
            return Ok(found);
        }
        let on_record = self.writing.account_by_name_key(key)?;
        let found = on_record.map(|id| self.accounts.keep(id));
        if let Some(found) = found {
            self.accounts.by_name.insert(key, found);
        }
        Ok(found)
    }

    /// Adds an account.
    pub(crate) fn add_account(
        &mut self,
        fields: &[(AccountField, String)],
    ) -> Result<AccountAtHand> {
        let id = self.accounts.next;
        self.writing.add_account_as(id, fields)?;
        self.accounts.next = AccountId(id.0 + 1);
        self.accounts.added += 1;
        let at = self.accounts.keep(id);
        let fillable = Fillable::beside(&AccountField::ALL, fields);
        *self.accounts.fillable(at) = Some(fillable);
        for (field, value) in fields {
            match field {
                AccountField::Domain => self.accounts.keep_domain(value, at),
                AccountField::Name => self.keep_name(value, at),
                _ => {}
            }
        }
        Ok(at)
    }

    /// Fills what is empty in an account, and nothing else; says whether there was anything.
    pub(crate) fn fill_account<'f>(
        &mut self,
        account: AccountAtHand,
        fields: impl Iterator<Item = (AccountField, &'f str)>,
    ) -> Result<bool> {
        let id = self.accounts.id(account);
        if self.accounts.fillable(account).is_none() {
            self.read_accounts(Some(id))?;
        }
        let mut any = false;
        for (field, value) in fields {
            let fillable = self.accounts.fillable(account).as_mut();
            if fillable.is_some_and(|fillable| fillable.fill(field as usize)) {
                self.writing.edit_account(id, field, None, value, false)?;
                any = true;
                if field == AccountField::Name {
                    self.keep_name(value, account);
                }
            }
        }
        Ok(any)
    }

    /// Lets a name find an account: the first of those that have it. Where not every name was read, one that is not at
    /// hand is looked up when it is asked for.
    fn keep_name(&mut self, name: &str, account: AccountAtHand) {
        let key = slug(name);
        let first = match self.accounts.by_name.get(&key).copied() {
            Some(known) => self.accounts.id(account) < self.accounts.id(known),
            None => self.complete && !key.is_empty(),
        };
        if first {
            self.accounts.by_name.insert(&key, account);
        }
    }
}
