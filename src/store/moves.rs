//! People who go to another account, and the addresses under which they are found.

use chrono::NaiveDate;
use rusqlite::params;

use super::{MergeRow, Result, Tx, Writing, parsed};
use crate::domain::calendar::{Timestamp, months_before};
use crate::domain::caps::{Claim, Hold};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, OperationId, PersonId, RequestId};
use crate::domain::policy::Policy;

/// A move to record.
#[derive(Debug, Clone, Copy)]
pub struct NewMove<'a> {
    /// Who went.
    pub person: PersonId,
    /// From where; nobody had to know.
    pub from: Option<AccountId>,
    /// Where to.
    pub to: AccountId,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A move as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRow {
    /// From where.
    pub from_id: Option<AccountId>,
    /// Its name, or its domain.
    pub from: Option<String>,
    /// Where to.
    pub to_id: AccountId,
    /// Its name, or its domain.
    pub to: Option<String>,
    /// Words beside it.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The operation that recorded it.
    pub operation: OperationId,
}

/// A changed field of a person as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRow {
    /// Which: a [`PersonField`](crate::domain::describing::PersonField), or [`ADDRESS`].
    pub field: String,
    /// What stood there.
    pub old: Option<String>,
    /// What stands there since.
    pub new: Option<String>,
    /// Whether somebody had confirmed by hand what stood there.
    pub confirmed_before: bool,
}

/// The field of an e-mail address in the edits.
pub const ADDRESS: &str = "email";

impl Tx<'_> {
    /// Where a person went, oldest first; the moves of records that became part of theirs are among them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn moves_of(&self, person: PersonId) -> Result<Vec<MoveRow>> {
        self.moves_where("p.id = m.person_id AND ?1 IN (p.id, p.merged_into)", person)
    }

    /// The newest move of a person's own record: where it leads is where they are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_move(&self, person: PersonId) -> Result<Option<MoveRow>> {
        let mut moves = self.moves_where("p.id = m.person_id AND p.id = ?1", person)?;
        Ok(moves.pop())
    }

    fn moves_where(&self, condition: &str, person: PersonId) -> Result<Vec<MoveRow>> {
        let sql = format!(
            "SELECT m.from_account_id, coalesce(f.name, f.domain), m.to_account_id, coalesce(t.name, t.domain), m.note,
                 m.moved_at, m.operation_id
             FROM people p JOIN account_moves m ON {condition}
             LEFT JOIN accounts f ON f.id = m.from_account_id JOIN accounts t ON t.id = m.to_account_id
             ORDER BY m.moved_at, m.id"
        );
        self.rows(&sql, [person.0], |row| {
            Ok(MoveRow {
                from_id: row.get::<_, Option<i64>>(0)?.map(AccountId),
                from: row.get(1)?,
                to_id: AccountId(row.get(2)?),
                to: row.get(3)?,
                note: row.get(4)?,
                at: Timestamp(row.get(5)?),
                operation: OperationId(row.get(6)?),
            })
        })
    }

    /// The account that a person belonged to at an instant.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_at(&self, person: PersonId, at: Timestamp) -> Result<Option<AccountId>> {
        let next = self.first(
            "SELECT from_account_id FROM account_moves WHERE person_id = ?1 AND moved_at > ?2
             ORDER BY moved_at, id LIMIT 1",
            params![person.0, at.0],
            |row| row.get::<_, Option<i64>>(0),
        )?;
        let id = match next {
            Some(from) => from,
            None => self.value("SELECT account_id FROM people WHERE id = ?1", [person.0])?,
        };
        Ok(id.map(AccountId))
    }

    /// What takes room in the cap of an account for an ask on `day`: asks of its people, and holds while they last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn claims_on(
        &self,
        account: AccountId,
        policy: &Policy,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<Vec<Claim>> {
        let zone = policy.time_zone;
        let since = zone.start_of(months_before(day, policy.account_cap.months + 1));
        let mut claims = self.rows(
            "SELECT tapped_at, effort FROM taps WHERE account_id = ?1 AND counts = 1 AND tapped_at >= ?2",
            [account.0, since.0],
            |row| Ok(Claim::tap(zone.day(Timestamp(row.get(0)?)), parsed(row, 1)?)),
        )?;
        claims.extend(self.rows(
            "SELECT placed_at, effort, lapses_at, request_id FROM holds
             WHERE account_id = ?1 AND released_at IS NULL AND lapses_at > ?2",
            [account.0, zone.start_of(today).0],
            |row| {
                let placed_on = zone.day(Timestamp(row.get(0)?));
                let hold = Hold {
                    request: RequestId(row.get(3)?),
                    lapses_on: zone.day(Timestamp(row.get(2)?)),
                };
                Ok(Claim::hold(placed_on, parsed(row, 1)?, hold))
            },
        )?);
        Ok(claims)
    }

    /// The accounts with this CRM id, domain or name, compared without regard to case and punctuation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn accounts_called(&self, words: &str) -> Result<Vec<AccountId>> {
        let words = words.trim();
        self.rows(
            "SELECT id FROM accounts WHERE crm_id = ?1 OR domain = ?2 OR name_key = nullif(?3, '') ORDER BY id",
            params![
                words,
                words.to_lowercase(),
                crate::domain::industry::slug(words)
            ],
            |row| row.get(0).map(AccountId),
        )
    }

    /// What an operation changed about a person, in its order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn edits_of(&self, person: PersonId, operation: OperationId) -> Result<Vec<EditRow>> {
        self.rows(
            "SELECT e.field, e.old, e.new, coalesce(
                 (SELECT b.by_hand FROM edits b WHERE b.entity = e.entity AND b.entity_id = e.entity_id
                     AND b.field = e.field AND b.id < e.id ORDER BY b.id DESC LIMIT 1), 0)
             FROM edits e WHERE e.entity = 'person' AND e.entity_id = ?1 AND e.operation_id = ?2 ORDER BY e.id",
            params![person.0, operation.0],
            |row| {
                Ok(EditRow {
                    field: row.get(0)?,
                    old: row.get(1)?,
                    new: row.get(2)?,
                    confirmed_before: row.get(3)?,
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Records a move and keeps where the newest one leads beside the person. Asks and holds keep the account that
    /// they were made with.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn move_person(&self, new: &NewMove<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO account_moves (person_id, from_account_id, to_account_id, note, moved_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                new.person.0,
                new.from.map(|account| account.0),
                new.to.0,
                new.note,
                new.at.0,
                self.operation.0,
            ],
        )?;
        self.execute(
            "UPDATE people SET account_id =
                 (SELECT to_account_id FROM account_moves WHERE person_id = ?1 ORDER BY moved_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [new.person.0],
        )?;
        Ok(())
    }

    /// Takes back the address that an operation gave somebody, after they have their earlier one again: a record that
    /// was made for nothing else is gone, one that was there before stands alone again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_address_off(&self, merge: &MergeRow) -> Result<()> {
        self.part_records(merge)?;
        let made_for_it = self.execute(
            "DELETE FROM merges WHERE id = ?1 AND operation_id =
                 (SELECT operation_id FROM people WHERE id = ?2)",
            [merge.id.0, merge.merged.0],
        )?;
        if made_for_it > 0 {
            self.execute("DELETE FROM people WHERE id = ?1", [merge.merged.0])?;
        }
        Ok(())
    }

    /// Gives a person another address. The one they had becomes a record of its own that is part of theirs, so that it
    /// finds them as before; an address that is part of theirs already changes places with it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_address(&self, person: PersonId, new: &Email) -> Result<()> {
        let (key, shown): (String, String) = self
            .first(
                "SELECT email_key, email FROM people WHERE id = ?1",
                [person.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?
            .unwrap_or_default();
        self.record_edit(
            "person",
            person.0,
            ADDRESS,
            Some(&shown),
            new.shown(),
            false,
        )?;
        let known = self.record_by_email(new.key())?;
        if let Some(known) = known {
            // An address is one record's at every step.
            let apart = "UPDATE people SET email_key = '', email = '' WHERE id = ?1";
            self.execute(apart, [known.0])?;
        }
        let rename = "UPDATE people SET email_key = ?2, email = ?3 WHERE id = ?1";
        self.execute(rename, params![person.0, new.key(), new.shown()])?;
        match known.filter(|known| *known != person) {
            Some(known) => drop(self.execute(rename, params![known.0, key, shown])?),
            None if key != new.key() => {
                let alias = Email::on_record(&shown);
                let former = self.add_person(
                    &super::NewPerson {
                        email: &alias,
                        account: None,
                        fields: &[],
                    },
                    false,
                )?;
                self.join_records(person, former, Some("their earlier address"))?;
            }
            None => {}
        }
        Ok(())
    }
}
