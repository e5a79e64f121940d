//! All SQL. One SQLite file behind [`Store`]; facts come out, never verdicts.
//!
//! [`Store::read`] gives a [`Tx`], a consistent snapshot to ask. [`Store::write`] gives a [`Writing`]: one immediate
//! transaction that has recorded its operation first, so that every fact row can carry it.
#![allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]

mod accounts;
mod agenda;
mod answers;
mod as_of;
mod asks;
mod assets;
mod candidates;
mod check;
mod deals;
mod edits;
mod error;
mod facts;
mod gaps;
mod given;
mod gives;
mod goodwill;
mod holds;
mod journal;
mod journeys;
mod loading;
mod matching;
mod merges;
mod moments;
mod moves;
mod newcomers;
mod nominations;
mod open;
mod operations;
mod people;
mod policy;
mod profiles;
mod requests;
mod responses;
mod review;
mod schema;
mod scope;
mod signals;
mod stages;
mod taps;
mod tiers;
mod touches;
mod whole;

pub use accounts::{AccountFields, AccountRow, AccountTraits};
pub use agenda::AgendaFacts;
pub use answers::AnswerRow;
pub use asks::AskRow;
pub use assets::{AssetRow, AssetUseRow, NewAsset};
pub use candidates::Candidates;
pub use check::Discrepancy;
pub use deals::{DealRow, DealWords};
pub use error::StoreError;
pub use gives::{GiveRow, NewGive};
pub use goodwill::{ListRow, Undecided};
pub use holds::{HoldRow, NewHold};
pub use journeys::{IntroductionRow, JourneyRow};
pub use loading::{AccountAtHand, Loading, Touched};
pub use merges::{FactCounts, MergeRow};
pub use moves::{ADDRESS, EditRow, MoveRow, NewMove};
pub use nominations::{NewDecision, NewNomination, NominationRow};
pub use open::Store;
pub use operations::{NewOperation, Writing};
pub use people::{NewPerson, PersonFields, PersonRow};
pub use profiles::SavedProfile;
pub use requests::{EventRow, NewReferral, NewRequest, ReferralRow, RequestRow};
pub use responses::{NewResponse, ResponseRow, StoredResponse};
pub use review::{FallRow, RoleRow};
pub use schema::CURRENT as SCHEMA_VERSION;
pub use scope::Scope;
pub use signals::{NewSignal, SignalFilter, SignalRow, Whose};
pub use stages::{NewStage, NewWillingness, StageRow, WillingnessRow};
pub use taps::{NewOutcome, NewTap, TapFilter, TapRow};
pub use tiers::{NewTier, TierRow};
pub use touches::{NewTouch, TouchRow};
pub use whole::{Layout, Restoring, StoredRow};

use rusqlite::{Connection, OptionalExtension, Params, Row, types::FromSql};

/// The result of a question to the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// One transaction to ask questions of: everything read through it belongs to the same moment.
#[allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]
pub struct Tx<'a> {
    sql: &'a Connection,
}

impl Tx<'_> {
    fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<rusqlite::Result<Vec<T>>>()?)
    }

    fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self
            .sql
            .prepare_cached(sql)?
            .query_row(params, read)
            .optional()?)
    }

    fn value<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<T> {
        Ok(self
            .sql
            .prepare_cached(sql)?
            .query_row(params, |row| row.get(0))?)
    }

    fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.sql.prepare_cached(sql)?.execute(params)?)
    }

    /// The id that the next row of `table` gets: ids come from Rust, inside the write transaction.
    fn next_id(&self, table: &'static str) -> Result<i64> {
        self.value(
            &format!("SELECT coalesce(max(id), 0) + 1 FROM main.{table}"),
            [],
        )
    }
}

/// The condition of a filter, where one is asked for, and else none. No index serves `?1 IS NULL OR person_id = ?1`.
fn asked_for<T>(filter: Option<T>, parameter: &str, condition: &str) -> String {
    match filter {
        Some(_) => condition.to_owned(),
        None => format!("{parameter} IS NULL"),
    }
}

/// Reads a column of text through its `FromStr`.
fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err = String>,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error: String| corrupt(column, error))
}

/// Reads a column that may be null through its `FromStr`.
fn parsed_opt<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: std::str::FromStr<Err = String>,
{
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|error: String| corrupt(column, error)),
    }
}

/// Reads a column that holds an ISO date or null.
fn date_opt(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<chrono::NaiveDate>> {
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| corrupt(column, format!("`{text}` is no date"))),
    }
}

/// Reads a column that holds a score or null.
fn score_opt(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<crate::domain::score::Score>> {
    row.get::<_, Option<u8>>(column)?
        .map(|value| {
            crate::domain::score::Score::try_from(value).map_err(|error| corrupt(column, error))
        })
        .transpose()
}

fn corrupt(column: usize, error: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
}
