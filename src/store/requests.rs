//! Requests, what happened to them, and the referrals that came of asks.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place was just found in the same list"
)]

use chrono::NaiveDate;
use rusqlite::params;

use super::rows::{Record as _, new_record, record};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, DealId, PersonId, RequestId, TapId};
use crate::domain::industry::slug;
use crate::domain::matching::Trait;
use crate::domain::present::Present;
use crate::domain::request::{self, Event, Status};

new_record! {
    /// A request to open.
    #[derive(Debug, Clone)]
    pub(crate) struct NewRequest<'a> into "requests" {
        /// What is needed.
        kind: AskKind = "ask_kind",
        /// How many.
        wanted: u32 = "wanted",
        /// In which industry.
        industry: Option<&'a str> = "industry",
        /// The prospect's name.
        prospect: Option<&'a str> = "prospect",
        /// For which deal.
        deal: Option<DealId> = "deal_id",
        /// Who asks.
        requested_by: &'a str = "requested_by",
        /// By when.
        needed_by: Option<NaiveDate> = "needed_by",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// When.
        at: Timestamp = "opened_at",
        /// What else the advocate should be like, and whether that filters.
        traits: &'a [(Trait, String, bool)],
    }
}

record! {
    /// A request as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct RequestRow from "requests" {
        /// Its id.
        id: RequestId = "id",
        /// What is needed.
        kind: AskKind = "ask_kind",
        /// How many.
        wanted: u32 = "wanted",
        /// In which industry.
        industry: Option<String> = "industry",
        /// The prospect's name.
        prospect: Option<String> = "prospect",
        /// For which deal.
        deal: Option<DealId> = "deal_id",
        /// Who asks.
        requested_by: String = "requested_by",
        /// By when.
        needed_by: Option<NaiveDate> = "needed_by",
        /// Words beside it.
        note: Option<String> = "note",
        /// When it was opened.
        opened_at: Timestamp = "opened_at",
        /// What else the advocate should be like, and whether that filters.
        traits: Vec<(Trait, String, bool)>,
        /// What happened to it, oldest first.
        events: Vec<EventRow>,
    }
}

impl RequestRow {
    /// Where it stands.
    pub(crate) fn status(&self) -> Status {
        request::status(self.events.iter().map(|event| event.event))
    }

    /// The last day on which a fill is in time.
    pub(crate) fn due_on(&self, present: &Present) -> NaiveDate {
        let days = present.policy.care.request_days;
        request::due_on(self.needed_by, present.day(self.opened_at), days)
    }
}

record! {
    /// Something that happened to a request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct EventRow from "request_events" {
        /// What.
        event: Event = "event",
        /// To whom, for a proposal.
        person: Option<PersonId> = "person_id",
        /// Why.
        reason: Option<String> = "reason",
        /// When.
        at: Timestamp = "happened_at",
    }
}

new_record! {
    /// The company that a referral introduced.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewReferral<'a> into "referrals" {
        /// The referral.
        tap: TapId = "tap_id",
        /// The company's name.
        introduced: &'a str = "introduced",
        /// Its domain.
        domain: Option<&'a str> = "domain",
        /// The deal that came of it.
        deal: Option<DealId> = "deal_id",
        /// When.
        at: Timestamp = "introduced_at",
    }
}

record! {
    /// A referral as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct ReferralRow from "introductions" {
        /// The referral.
        tap: TapId = "tap_id",
        /// The company's name.
        introduced: String = "introduced",
        /// The deal that came of it.
        deal: Option<DealId> = "deal_id",
        /// When.
        at: Timestamp = "introduced_at",
        /// The account that the company has become: the loop is closed.
        account: Option<AccountId> = "account_id",
    }
}

/// The temporary view of the companies that referrals introduced: what was told last of each company and deal, since it
/// was introduced, with the account that it has become; of several, the one that was on record first.
pub(super) const INTRODUCTIONS: &str = "CREATE TEMP VIEW introductions AS
    SELECT r.tap_id, r.introduced, r.introduced_key, r.domain, r.deal_id,
        (SELECT min(f.introduced_at) FROM referrals f
         WHERE f.tap_id = r.tap_id AND f.introduced_key = r.introduced_key) AS introduced_at,
        (SELECT min(a.id) FROM accounts a JOIN operations o ON o.id = a.operation_id
         WHERE a.name_key = r.introduced_key OR (r.domain IS NOT NULL AND a.domain = r.domain)) AS account_id
    FROM referrals r
    WHERE NOT EXISTS (
        SELECT 1 FROM referrals n
        WHERE n.tap_id = r.tap_id AND n.introduced_key = r.introduced_key AND n.id > r.id
            AND (r.deal_id IS NULL OR n.deal_id = r.deal_id));";

impl Tx<'_> {
    /// One request.
    pub(crate) fn request(&self, id: RequestId) -> Result<Option<RequestRow>> {
        Ok(self.requests_with(Some(id))?.pop())
    }

    /// Every request, by id.
    pub(crate) fn requests(&self) -> Result<Vec<RequestRow>> {
        self.requests_with(None)
    }

    fn requests_with(&self, only: Option<RequestId>) -> Result<Vec<RequestRow>> {
        let which = asked_for(only, "?1", "id = ?1");
        let mut found: Vec<RequestRow> = self.all(&format!("WHERE {which} ORDER BY id"), [only])?;
        let which = asked_for(only, "?1", "request_id = ?1");
        let sql = format!(
            "SELECT request_id, trait, value, required FROM request_traits WHERE {which} ORDER BY trait"
        );
        self.for_each(&sql, [only], |row| {
            let id: RequestId = row.get("request_id")?;
            if let Ok(place) = found.binary_search_by_key(&id, |request| request.id) {
                let one = (row.get("trait")?, row.get("value")?, row.get("required")?);
                found[place].traits.push(one);
            }
            Ok(())
        })?;
        let columns = EventRow::columns();
        let sql = format!(
            "SELECT request_id, {columns} FROM request_events WHERE {which} ORDER BY happened_at, id"
        );
        self.for_each(&sql, [only], |row| {
            let id: RequestId = row.get("request_id")?;
            if let Ok(place) = found.binary_search_by_key(&id, |request| request.id) {
                found[place].events.push(EventRow::read(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Every referral with the company it introduced, and the account that company has become.
    pub(crate) fn referrals(&self) -> Result<Vec<ReferralRow>> {
        self.all(
            "ORDER BY tap_id, introduced_at, introduced_key, deal_id",
            [],
        )
    }
}

impl Writing<'_> {
    /// Opens a request.
    pub(crate) fn open_request(&self, new: &NewRequest<'_>) -> Result<RequestId> {
        let id = self.add_new(new, &[])?;
        self.add_request_traits(id, new.traits)?;
        self.add_request_event(id, Event::Opened, None, None, new.at)?;
        Ok(id)
    }

    /// What else the advocate should be like.
    pub(super) fn add_request_traits(
        &self,
        id: RequestId,
        traits: &[(Trait, String, bool)],
    ) -> Result<()> {
        for (kind, value, required) in traits {
            self.insert(
                "request_traits",
                &[
                    ("request_id", &id),
                    ("trait", kind),
                    ("value", value),
                    ("required", required),
                ],
            )?;
        }
        Ok(())
    }

    /// Records what happened to a request.
    pub(crate) fn add_request_event(
        &self,
        request: RequestId,
        event: Event,
        person: Option<PersonId>,
        reason: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        self.insert(
            "request_events",
            &[
                ("request_id", &request),
                ("event", &event),
                ("person_id", &person),
                ("reason", &reason),
                ("happened_at", &at),
            ],
        )
    }

    /// Records a company that a referral introduced, beside those that it introduced before. What is told of one that is
    /// on record adds to it; what is on record already is not told twice.
    pub(crate) fn add_referral(&self, new: &NewReferral<'_>) -> Result<()> {
        let key = slug(new.introduced);
        let known = "SELECT EXISTS (
            SELECT 1 FROM introductions WHERE tap_id = ?1 AND introduced_key = ?2
                AND (?3 IS NULL OR domain = ?3) AND (?4 IS NULL OR deal_id = ?4))";
        if self.value(known, params![new.tap, key, new.domain, new.deal])? {
            return Ok(());
        }
        let domain = "SELECT domain FROM introductions
            WHERE tap_id = ?1 AND introduced_key = ?2 AND domain IS NOT NULL ORDER BY introduced_at LIMIT 1";
        let domain: Option<String> = self.found(domain, params![new.tap, key])?;
        let new = NewReferral {
            domain: new.domain.or(domain.as_deref()),
            ..*new
        };
        self.insert_new(&new, &[("introduced_key", &key)])
    }
}
