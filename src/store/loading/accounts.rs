//! The accounts of an import: found by domain or name, added, and filled where they are empty.

use std::collections::hash_map::Entry;

use super::Loading;
use crate::domain::describing::AccountField;
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;
use crate::store::Result;
use crate::store::gaps::Gaps;

impl Loading<'_> {
    /// The account of this domain, or else of this name, where it is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account(
        &mut self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Result<Option<AccountId>> {
        if let Some(domain) = domain {
            if let Some(found) = self.domains.get(domain) {
                return Ok(Some(*found));
            }
            if !self.complete
                && let Some(found) = self.writing.account_by_domain(domain)?
            {
                self.domains.insert(domain.to_owned(), found);
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
        let found = self.writing.account_by_name(name.unwrap_or_default())?;
        self.names.extend(found.map(|found| (key, found)));
        Ok(found)
    }

    /// Adds an account.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_account(&mut self, fields: &[(AccountField, String)]) -> Result<AccountId> {
        let id = AccountId(self.next_account);
        self.writing.add_account_as(id, fields)?;
        self.next_account += 1;
        self.accounts_new += 1;
        for (field, value) in fields {
            match field {
                AccountField::Domain => drop(self.domains.insert(value.clone(), id)),
                AccountField::Name => drop(self.names.insert(slug(value), id)),
                _ => {}
            }
        }
        self.account_gaps
            .insert(id, Gaps::beside(AccountField::ALL, fields));
        Ok(id)
    }

    /// Fills what is empty in an account, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fill_account<'f>(
        &mut self,
        id: AccountId,
        fields: impl Iterator<Item = (AccountField, &'f str)>,
    ) -> Result<()> {
        if !self.account_gaps.contains_key(&id) {
            self.read_accounts(Some(id))?;
        }
        let Entry::Occupied(mut gaps) = self.account_gaps.entry(id) else {
            return Ok(());
        };
        for (field, value) in fields {
            if gaps.get_mut().fill(field as usize) {
                self.writing.edit_account(id, field, None, value, false)?;
            }
        }
        Ok(())
    }
}
