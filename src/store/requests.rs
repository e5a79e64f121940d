//! Requests, what happened to them, and the referrals that came of asks.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::{Result, Tx, Writing, date_opt, parsed};
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, DealId, PersonId, RequestId, TapId};
use crate::domain::industry::slug;
use crate::domain::matching::Trait;
use crate::domain::request::Event;

/// A request to open.
#[derive(Debug, Clone)]
pub struct NewRequest<'a> {
    /// What is needed.
    pub kind: AskKind,
    /// How many.
    pub wanted: u32,
    /// In which industry.
    pub industry: Option<&'a str>,
    /// The prospect's name.
    pub prospect: Option<&'a str>,
    /// For which deal.
    pub deal: Option<DealId>,
    /// Who asks.
    pub requested_by: &'a str,
    /// By when.
    pub needed_by: Option<NaiveDate>,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
    /// What else the advocate should be like, and whether that filters.
    pub traits: &'a [(Trait, String, bool)],
}

/// A request as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Its id.
    pub id: RequestId,
    /// What is needed.
    pub kind: AskKind,
    /// How many.
    pub wanted: u32,
    /// In which industry.
    pub industry: Option<String>,
    /// The prospect's name.
    pub prospect: Option<String>,
    /// For which deal.
    pub deal: Option<DealId>,
    /// Who asks.
    pub requested_by: String,
    /// By when.
    pub needed_by: Option<NaiveDate>,
    /// Words beside it.
    pub note: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What else the advocate should be like, and whether that filters.
    pub traits: Vec<(Trait, String, bool)>,
    /// What happened to it, oldest first.
    pub events: Vec<EventRow>,
}

/// Something that happened to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// What.
    pub event: Event,
    /// To whom, for a proposal.
    pub person: Option<PersonId>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The company that a referral introduced.
#[derive(Debug, Clone, Copy)]
pub struct NewReferral<'a> {
    /// The referral.
    pub tap: TapId,
    /// The company's name.
    pub introduced: &'a str,
    /// Its domain.
    pub domain: Option<&'a str>,
    /// The deal that came of it.
    pub deal: Option<DealId>,
    /// When.
    pub at: Timestamp,
}

/// A referral as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralRow {
    /// The referral.
    pub tap: TapId,
    /// The company's name.
    pub introduced: String,
    /// The deal that came of it.
    pub deal: Option<DealId>,
    /// When.
    pub at: Timestamp,
    /// The account that the company has become: the loop is closed.
    pub account: Option<AccountId>,
}

const SELECT: &str = "SELECT id, ask_kind, wanted, industry, prospect, deal_id, requested_by, needed_by, note, opened_at
    FROM requests";

fn read(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok(RequestRow {
        id: RequestId(row.get(0)?),
        kind: parsed(row, 1)?,
        wanted: row.get(2)?,
        industry: row.get(3)?,
        prospect: row.get(4)?,
        deal: row.get::<_, Option<i64>>(5)?.map(DealId),
        requested_by: row.get(6)?,
        needed_by: date_opt(row, 7)?,
        note: row.get(8)?,
        opened_at: Timestamp(row.get(9)?),
        traits: Vec::new(),
        events: Vec::new(),
    })
}

impl Tx<'_> {
    /// One request.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn request(&self, id: RequestId) -> Result<Option<RequestRow>> {
        let found = self.first(&format!("{SELECT} WHERE id = ?1"), [id.0], read)?;
        let mut found: Vec<RequestRow> = found.into_iter().collect();
        self.complete(&mut found)?;
        Ok(found.pop())
    }

    /// Every request, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestRow>> {
        let mut found = self.rows(&format!("{SELECT} ORDER BY id"), [], read)?;
        self.complete(&mut found)?;
        Ok(found)
    }

    fn complete(&self, requests: &mut [RequestRow]) -> Result<()> {
        for request in requests {
            request.traits = self.rows(
                "SELECT trait, value, required FROM request_traits WHERE request_id = ?1 ORDER BY trait",
                [request.id.0],
                |row| Ok((parsed(row, 0)?, row.get(1)?, row.get(2)?)),
            )?;
            request.events = self.rows(
                "SELECT event, person_id, reason, happened_at FROM request_events
                 WHERE request_id = ?1 ORDER BY happened_at, id",
                [request.id.0],
                |row| {
                    Ok(EventRow {
                        event: parsed(row, 0)?,
                        person: row.get::<_, Option<i64>>(1)?.map(PersonId),
                        reason: row.get(2)?,
                        at: Timestamp(row.get(3)?),
                    })
                },
            )?;
        }
        Ok(())
    }

    /// Every referral with the company it introduced, and the account that company has become.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn referrals(&self) -> Result<Vec<ReferralRow>> {
        self.rows(
            "SELECT r.tap_id, r.introduced, r.deal_id, r.introduced_at,
                 (SELECT min(a.id) FROM accounts a
                  WHERE a.name_key = r.introduced_key OR (r.domain IS NOT NULL AND a.domain = r.domain))
             FROM referrals r ORDER BY r.tap_id",
            [],
            |row| {
                Ok(ReferralRow {
                    tap: TapId(row.get(0)?),
                    introduced: row.get(1)?,
                    deal: row.get::<_, Option<i64>>(2)?.map(DealId),
                    at: Timestamp(row.get(3)?),
                    account: row.get::<_, Option<i64>>(4)?.map(AccountId),
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Opens a request.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn open_request(&self, new: &NewRequest<'_>) -> Result<RequestId> {
        let id = RequestId(self.next_id("requests")?);
        self.execute(
            "INSERT INTO requests (id, ask_kind, wanted, industry, prospect, deal_id, requested_by, needed_by, note,
                 opened_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                id.0,
                new.kind.name(),
                new.wanted,
                new.industry,
                new.prospect,
                new.deal.map(|deal| deal.0),
                new.requested_by,
                new.needed_by.map(|day| day.to_string()),
                new.note,
                new.at.0,
                self.operation.0,
            ],
        )?;
        for (kind, value, required) in new.traits {
            self.execute(
                "INSERT INTO request_traits (request_id, trait, value, required) VALUES (?1, ?2, ?3, ?4)",
                params![id.0, kind.name(), value, required],
            )?;
        }
        self.add_request_event(id, Event::Opened, None, None, new.at)?;
        Ok(id)
    }

    /// Records what happened to a request.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_request_event(
        &self,
        request: RequestId,
        event: Event,
        person: Option<PersonId>,
        reason: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        self.execute(
            "INSERT INTO request_events (request_id, event, person_id, reason, happened_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![request.0, event.name(), person.map(|id| id.0), reason, at.0, self.operation.0],
        )?;
        Ok(())
    }

    /// Records the company that a referral introduced.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_referral(&self, new: &NewReferral<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO referrals (tap_id, introduced, introduced_key, domain, deal_id, introduced_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (tap_id) DO UPDATE SET introduced = excluded.introduced,
                 introduced_key = excluded.introduced_key, domain = excluded.domain, deal_id = excluded.deal_id",
            params![
                new.tap.0,
                new.introduced,
                slug(new.introduced),
                new.domain,
                new.deal.map(|deal| deal.0),
                new.at.0,
                self.operation.0,
            ],
        )?;
        Ok(())
    }
}
