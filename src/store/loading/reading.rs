//! Reading what an importer keeps at hand: every key before a large load, or one when it is first needed.

use std::collections::HashMap;

use super::Loading;
use super::at_hand::{KnownPerson, PersonAtHand, Seen};
use super::by_text::ByText;
use super::fillable::Fillable;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::{AccountId, PersonId};
use crate::store::edits::{self, column};
use crate::store::rows::Row;
use crate::store::{Result, asked_for};

/// The columns of describing fields under the names of the fields, for a SELECT.
fn columns<F: Copy>(fields: &[F], name: fn(F) -> &'static str) -> String {
    let names = fields.iter().map(|field| name(*field));
    let columns: Vec<_> = names
        .map(|name| format!("{} AS \"{name}\"", column(name)))
        .collect();
    columns.join(", ")
}

impl Loading<'_> {
    /// Reads what is kept at hand of every response of the source.
    pub(super) fn read_responses(&mut self) -> Result<()> {
        let responses = &mut self.responses;
        let sql = "SELECT key, id, row_digest FROM responses NOT INDEXED WHERE source_id = ?1 ORDER BY id";
        self.writing.for_each(sql, [responses.source], |row| {
            responses
                .on_record
                .keys
                .intern(row.text("key")?.unwrap_or_default());
            let (id, row) = (row.get("id")?, row.get("row_digest")?);
            responses.on_record.digests.push(row);
            responses.seen.push(Some(Seen { id, row }));
            Ok(())
        })
    }

    /// Everyone whom the source knows under its own id: the first to answer under it.
    pub(super) fn read_respondents(&self) -> Result<ByText<PersonId>> {
        let mut known = ByText::default();
        let sql = "SELECT respondent, person_id FROM responses
             WHERE source_id = ?1 AND respondent IS NOT NULL AND person_id IS NOT NULL ORDER BY id";
        self.writing.for_each(sql, [self.responses.source], |row| {
            known.insert_new(
                row.text("respondent")?.unwrap_or_default(),
                row.get("person_id")?,
            );
            Ok(())
        })?;
        Ok(known)
    }

    /// Reads everyone and their accounts, once.
    pub(super) fn read_everyone(&mut self) -> Result<()> {
        if !self.everyone {
            self.everyone = true;
            self.read_accounts(None)?;
            self.read_people()?;
            self.read_aliases()?;
        }
        Ok(())
    }

    fn read_people(&mut self) -> Result<()> {
        let writing = self.writing;
        let by_hand = writing.fields_by_hand(edits::PERSON, None)?;
        let sql = select_person("merged_into IS NULL ORDER BY id");
        writing.for_each(&sql, [], |row| self.keep_person(row, &by_hand).map(drop))
    }

    /// Reads what is kept at hand of one person.
    pub(super) fn read_person(&mut self, id: PersonId) -> Result<Option<PersonAtHand>> {
        let writing = self.writing;
        let by_hand = writing.fields_by_hand(edits::PERSON, Some(id.0))?;
        let sql = select_person("id = ?1");
        writing.first(&sql, [id], |row| self.keep_person(row, &by_hand))
    }

    fn keep_person(
        &mut self,
        row: &Row<'_>,
        by_hand: &HashMap<i64, Vec<PersonField>>,
    ) -> rusqlite::Result<PersonAtHand> {
        let key = row.text("email_key")?.unwrap_or_default();
        // Whoever is found by several addresses is at hand once.
        if let Some(at) = self.people.by_address.get(key) {
            return Ok(*at);
        }
        let id: PersonId = row.get("id")?;
        let account: Option<AccountId> = row.get("account_id")?;
        let by_hand = by_hand.get(&id.0).map_or(&[][..], Vec::as_slice);
        let at = self.people.keep(KnownPerson {
            id,
            account: account.map(|account| self.accounts.keep(account)),
            fillable: Fillable::of(&PersonField::ALL, by_hand, |field| row.has(field.name()))?,
        });
        self.people.by_address.insert(key, at);
        Ok(at)
    }

    /// Lets the address of each record that became part of another find the one kept, after everyone was read.
    fn read_aliases(&mut self) -> Result<()> {
        for (kept, _, email_key) in self.writing.aliases()? {
            let known = &self.people.known;
            if let Ok(at) = known.binary_search_by_key(&kept, |known| known.id) {
                self.people.by_address.insert(&email_key, PersonAtHand(at));
            }
        }
        Ok(())
    }

    /// Reads what is kept at hand of every account, or of one.
    pub(super) fn read_accounts(&mut self, only: Option<AccountId>) -> Result<()> {
        let by_hand = self
            .writing
            .fields_by_hand(edits::ACCOUNT, only.map(|id| id.0))?;
        let which = asked_for(only, "?1", "id = ?1");
        let columns = columns(&AccountField::ALL, AccountField::name);
        let sql = format!(
            "SELECT id, merged_into, name_key, {columns} FROM accounts WHERE {which}
             ORDER BY merged_into IS NOT NULL, id"
        );
        self.writing.for_each(&sql, [only], |row| {
            let id: AccountId = row.get("id")?;
            let by_hand = by_hand.get(&id.0).map_or(&[][..], Vec::as_slice);
            let whole: Option<AccountId> = row.get("merged_into")?;
            let at = self.accounts.keep(whole.unwrap_or(id));
            if only.is_none() {
                if let Some(key) = row.text("name_key")? {
                    self.accounts.by_name.insert_new(key, at);
                }
                if let Some(domain) = row.text(AccountField::Domain.name())? {
                    self.accounts.keep_domain(domain, at);
                }
            }
            if whole.is_some() {
                return Ok(());
            }
            let fillable =
                Fillable::of(&AccountField::ALL, by_hand, |field| row.has(field.name()))?;
            *self.accounts.fillable(at) = Some(fillable);
            Ok(())
        })
    }
}

fn select_person(which: &str) -> String {
    let columns = columns(&PersonField::ALL, PersonField::name);
    format!("SELECT email_key, id, account_id, {columns} FROM people WHERE {which}")
}
