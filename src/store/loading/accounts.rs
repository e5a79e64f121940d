//! The accounts of an import: found by domain or name, added, and filled where they are empty.

use super::{AccountAtHand, Loading};
use crate::domain::describing::AccountField;
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;
use crate::store::Result;
use crate::store::gaps::Gaps;

/// An account at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownAccount {
    pub(super) id: AccountId,
    /// Read when they are first needed.
    gaps: Option<Gaps>,
}

impl Loading<'_> {
    /// The account with this id, at hand from now on.
    pub(super) fn keep_account(&mut self, id: AccountId) -> AccountAtHand {
        let next = AccountAtHand(self.accounts.len());
        let at = *self.account_places.entry(id).or_insert(next);
        if at == next {
            self.accounts.push(KnownAccount { id, gaps: None });
        }
        at
    }

    pub(super) fn keep_gaps(&mut self, account: AccountAtHand, gaps: Gaps) {
        self.accounts[account.0].gaps = Some(gaps);
    }

    /// The id of an account at hand.
    pub fn account_id(&self, account: AccountAtHand) -> AccountId {
        self.accounts[account.0].id
    }

    /// The account of this domain, or else of this name, where it is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account(
        &mut self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Result<Option<AccountAtHand>> {
        if self.complete {
            self.read_everyone()?;
        }
        if let Some(domain) = domain {
            if let Some(found) = self.domains.get(domain) {
                return Ok(Some(*found));
            }
            if !self.complete
                && let Some(found) = self.writing.account_by_domain(domain)?
            {
                let found = self.keep_account(found);
                self.domains.insert(domain, found);
                return Ok(Some(found));
            }
        }
        let Some(key) = name.map(slug).filter(|key| !key.is_empty()) else {
            return Ok(None);
        };
        if let Some(found) = self.names.get(&key) {
            return Ok(Some(*found));
        }
        if self.complete {
            return Ok(None);
        }
        let Some(found) = self.writing.account_by_name(name.unwrap_or_default())? else {
            return Ok(None);
        };
        let found = self.keep_account(found);
        self.names.insert(&key, found);
        Ok(Some(found))
    }

    /// Adds an account.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_account(&mut self, fields: &[(AccountField, String)]) -> Result<AccountAtHand> {
        let id = AccountId(self.next_account);
        self.writing.add_account_as(id, fields)?;
        self.next_account += 1;
        self.accounts_new += 1;
        let at = self.keep_account(id);
        self.keep_gaps(at, Gaps::beside(&AccountField::ALL, fields));
        for (field, value) in fields {
            match field {
                AccountField::Domain => self.domains.insert(value, at),
                AccountField::Name => self.keep_name(value, at),
                _ => {}
            }
        }
        Ok(at)
    }

    /// Fills what is empty in an account, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fill_account<'f>(
        &mut self,
        account: AccountAtHand,
        fields: impl Iterator<Item = (AccountField, &'f str)>,
    ) -> Result<()> {
        let id = self.accounts[account.0].id;
        if self.accounts[account.0].gaps.is_none() {
            self.read_accounts(Some(id))?;
        }
        for (field, value) in fields {
            let gaps = &mut self.accounts[account.0].gaps;
            if gaps.as_mut().is_some_and(|gaps| gaps.fill(field as usize)) {
                self.writing.edit_account(id, field, None, value, false)?;
                if field == AccountField::Name {
                    self.keep_name(value, account);
                }
            }
        }
        Ok(())
    }

    /// Lets a name find an account: the first of those that have it. Where not every name was read, one that is not at
    /// hand is looked up when it is asked for.
    fn keep_name(&mut self, name: &str, account: AccountAtHand) {
        let key = slug(name);
        let id = |account: AccountAtHand| self.accounts[account.0].id;
        let first = match self.names.get(&key) {
            Some(known) => id(account) < id(*known),
            None => self.complete && !key.is_empty(),
        };
        if first {
            self.names.insert(&key, account);
        }
    }
}
