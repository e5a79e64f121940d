//! All SQL. One SQLite file behind [`Store`]; facts come out, never verdicts.
//!
//! [`Store::read`] gives a [`Tx`], a consistent snapshot to ask. `Store::write` gives a `Writing`: one immediate
//! transaction that has recorded its operation first, so that every fact row can carry it.
#![allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]

mod account_merges;
mod accounts;
mod addresses;
mod agenda;
mod agenda_answers;
mod as_of;
mod assets;
mod backup;
pub(crate) mod backups;
mod candidates;
mod cells;
mod check;
mod claims;
mod columns;
mod corrections;
#[cfg(test)]
mod counted;
mod deals;
mod dump;
mod edits;
mod error;
mod facts;
mod forget;
mod forgotten;
mod gives;
mod goodwill;
mod histories;
mod history;
mod holds;
mod images;
mod import_profiles;
mod journal;
mod journeys;
mod large_load;
mod loading;
mod matching;
mod merges;
mod moments;
mod moves;
mod nominations;
mod notes;
mod open;
mod operations;
mod people;
mod policy;
mod profiles;
mod requests;
mod responses;
mod rows;
mod schema;
mod scope;
mod signals;
mod snapshot;
mod stages;
mod tags;
mod taking_back;
mod taps;
mod then;
mod tiers;
mod told;
mod touches;
mod touchpoints;
mod undo;

pub(crate) use accounts::{AccountFields, AccountRow, AccountTraits, StatusRow};
pub(crate) use agenda::AgendaFacts;
pub(crate) use agenda_answers::NewAnswer;
pub(crate) use assets::{AssetRow, AssetUseRow, NewAsset};
pub(crate) use candidates::Candidates;
pub use check::Discrepancy;
pub(crate) use corrections::LastOutcome;
#[cfg(test)]
pub(crate) use counted::{Counts, counted, run_script};
pub(crate) use deals::{DealRow, DealWords};
pub(crate) use dump::{Layout, Restoring, StoredRow};
pub(crate) use edits::{ADDRESS, EditTold};
pub use error::StoreError;
pub(crate) use forgotten::{Forgettable, ForgottenList, Naming};
pub(crate) use gives::{GiveRow, NewGive};
pub(crate) use goodwill::{ListRow, Undecided};
pub(crate) use histories::Everybody;
pub(crate) use history::HistoryFilter;
pub(crate) use holds::{HoldRow, NewHold};
pub(crate) use import_profiles::SavedProfile;
pub(crate) use journeys::{FirstMoments, IntroductionRow};
pub(crate) use loading::{AccountAtHand, Again, KnownAccount, Loading, Told, Touched};
pub(crate) use merges::{FactCounts, MergeRow};
pub(crate) use moves::{MoveRow, NewMove};
pub(crate) use nominations::{NewDecision, NewNomination, NominationRow};
pub(crate) use notes::{NewNote, NoteRow};
pub use open::Store;
pub(crate) use open::{make_folder_of, sidecars};
pub(crate) use operations::{ClockSetBack, NewOperation, Writing};
pub(crate) use people::{NewPerson, PersonFields, PersonRow};
pub(crate) use profiles::{NewProfileWord, ProfileRow};
#[cfg(test)]
pub(crate) use requests::EventRow;
pub(crate) use requests::{NewReferral, NewRequest, ReferralRow, RequestRow};
pub(crate) use responses::{
    AnswerRow, ByRow, FallRow, Mended, NewResponse, ResponseRow, StoredResponse,
};
pub(crate) use schema::CURRENT as SCHEMA_VERSION;

/// The version of SQLite that is built in.
pub(crate) fn sqlite_version() -> &'static str {
    rusqlite::version()
}
pub(crate) use scope::Scope;
pub(crate) use signals::{NewSignal, SignalFilter, SignalRow, Whose};
pub(crate) use snapshot::Snapshot;
pub(crate) use stages::{NewStage, NewVerification, NewWillingness, StageRow, WillingnessRow};
pub(crate) use tags::Tagged;
pub(crate) use taking_back::{OperationRow, TakingBack};
pub(crate) use taps::{AskRow, NewOutcome, NewTap, TapFilter, TapRow};
pub(crate) use tiers::{NewTier, TierRow};
pub(crate) use touches::{NewTouch, TouchRow};

use rusqlite::Connection;

/// The result of a question to the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// One transaction to ask questions of: everything read through it belongs to the same moment.
pub struct Tx<'a> {
    sql: &'a Connection,
}

impl<'a> Tx<'a> {
    const fn on(sql: &'a Connection) -> Self {
        Self { sql }
    }
}

/// The condition of a filter, where one is asked for, and else none. No index serves `?1 IS NULL OR person_id = ?1`.
fn asked_for<T>(filter: Option<T>, parameter: &str, condition: &str) -> String {
    match filter {
        Some(_) => condition.to_owned(),
        None => format!("{parameter} IS NULL"),
    }
}
