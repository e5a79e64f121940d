//! Reading what an importer keeps at hand: every key before a large load, or one when it is first needed.

use std::collections::HashMap;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::{AtHand, Known, Loading, Seen};
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::{AccountId, PersonId};
use crate::store::Result;
use crate::store::gaps::Gaps;

/// The columns of describing fields, for a SELECT.
fn columns<F: Copy>(fields: &[F], name: fn(F) -> &'static str) -> String {
    let names: Vec<_> = fields
        .iter()
        .map(|field| name(*field).replace('-', "_"))
        .collect();
    names.join(", ")
}

fn is_there(row: &Row<'_>, column: usize) -> rusqlite::Result<bool> {
    Ok(row.get_ref(column)? != ValueRef::Null)
}

impl Loading<'_> {
    /// Reads what is kept at hand of every response of the source.
    pub(super) fn read_responses(&mut self) -> Result<()> {
        let (on_record, answers) = (&mut self.on_record, &mut self.answers);
        self.writing.each_response(self.source, |key, id, row| {
            on_record.keys.intern(key);
            on_record.digests.push(row);
            answers.push(Some(Seen { id, row }));
        })
    }

    /// Reads everyone and their accounts, once.
    pub(super) fn read_everyone(&mut self) -> Result<()> {
        if !self.everyone {
            self.everyone = true;
            self.read_accounts(None)?;
            self.read_people(None)?;
            self.read_aliases()?;
        }
        Ok(())
    }

    /// Reads what is kept at hand of everyone, or of the person with an address.
    pub(super) fn read_people(&mut self, email_key: Option<&str>) -> Result<()> {
        let by_hand = match email_key {
            None => self.writing.all_fields_by_hand("person")?,
            Some(_) => HashMap::new(),
        };
        let filter = email_key.map_or(
            "?1 IS NULL AND merged_into IS NULL",
            |_| "id = (SELECT coalesce(merged_into, id) FROM people WHERE email_key = ?1)",
        );
        let columns = columns(&PersonField::ALL, PersonField::name);
        let sql = format!(
            "SELECT email_key, id, account_id, {columns} FROM people WHERE {filter} ORDER BY id"
        );
        let mut statement = self.writing.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([email_key])?;
        while let Some(row) = rows.next()? {
            let id = PersonId(row.get(1)?);
            let hand = match email_key {
                None => by_hand.get(&id.0).cloned().unwrap_or_default(),
                Some(_) => self.writing.person_fields_by_hand(id)?,
            };
            let account = row.get::<_, Option<i64>>(2)?.map(AccountId);
            let known = Known {
                id,
                account: account.map(|account| self.keep_account(account)),
                gaps: Gaps::of(&PersonField::ALL, &hand, |at| is_there(row, at + 3))?,
            };
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            // Whoever is found by several addresses is at hand once.
            let at = match self.people.get(key) {
                Some(at) => *at,
                None => {
                    let at = self.keep(known);
                    self.people.insert(key, at);
                    at
                }
            };
            if let Some(asked) = email_key {
                self.people.insert(asked, at);
            }
        }
        Ok(())
    }

    /// Lets the address of each record that became part of another find the one kept, after everyone was read.
    fn read_aliases(&mut self) -> Result<()> {
        for (kept, _, email_key) in self.writing.aliases()? {
            if let Ok(at) = self.known.binary_search_by_key(&kept, |known| known.id) {
                self.people.insert(&email_key, AtHand(at));
            }
        }
        Ok(())
    }

    /// Reads what is kept at hand of every account, or of one.
    pub(super) fn read_accounts(&mut self, one: Option<AccountId>) -> Result<()> {
        let by_hand = match one {
            None => self.writing.all_fields_by_hand("account")?,
            Some(_) => HashMap::new(),
        };
        let filter = one.map_or("?1 IS NULL", |_| "id = ?1");
        let columns = columns(&AccountField::ALL, AccountField::name);
        let sql = format!(
            "SELECT id, domain, name_key, {columns} FROM accounts WHERE {filter} ORDER BY id"
        );
        let mut statement = self.writing.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([one.map(|id| id.0)])?;
        while let Some(row) = rows.next()? {
            let id = AccountId(row.get(0)?);
            let hand = match one {
                None => by_hand.get(&id.0).cloned().unwrap_or_default(),
                Some(_) => self.writing.account_fields_by_hand(id)?,
            };
            let gaps = Gaps::of(&AccountField::ALL, &hand, |at| is_there(row, at + 3))?;
            let at = self.keep_account(id);
            self.keep_gaps(at, gaps);
            if one.is_none() {
                if let Some(domain) = row
                    .get_ref(1)?
                    .as_str_or_null()
                    .map_err(rusqlite::Error::from)?
                {
                    self.domains.insert(domain, at);
                }
                if let Some(name) = row
                    .get_ref(2)?
                    .as_str_or_null()
                    .map_err(rusqlite::Error::from)?
                {
                    self.names.insert_new(name, at);
                }
            }
        }
        Ok(())
    }
}
