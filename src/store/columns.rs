//! How the types of the domain are written to a column and read from one, each once: ids, instants and digests as whole
//! numbers, kinds and stages as their words, days as ISO dates (rusqlite knows those).

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::domain::agenda::{AnswerWord, ItemKind};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::calendar::Timestamp;
use crate::domain::correction::{Change, Fact};
use crate::domain::describing::{AccountField, AccountStatus, Health, PersonField};
use crate::domain::ids::{
    AccountId, AssetId, DealId, GiveId, HoldId, MergeId, NominationId, NoteId, OperationId,
    PersonId, RequestId, ResponseId, SignalId, SourceId, TapId, TouchId, UseId,
};
use crate::domain::matching::Trait;
use crate::domain::money::Currency;
use crate::domain::nomination::Decision;
use crate::domain::profile::ProfileField;
use crate::domain::request::Event;
use crate::domain::responses::{CellsDigest, RowDigest};
use crate::domain::score::Score;
use crate::domain::signal::SignalKind;
use crate::domain::stage::Stage;
use crate::domain::tag::Tag;
use crate::domain::tap::{Outcome, Rating};
use crate::domain::tier::Tier;
use crate::domain::touch::TouchKind;

/// Whole numbers of their own type.
macro_rules! numbers {
    ($($type:ident),+ $(,)?) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }

        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    )+};
}

numbers! {
    AccountId, AssetId, CellsDigest, DealId, GiveId, HoldId, MergeId, NominationId, NoteId, OperationId, PersonId, RequestId,
    ResponseId, RowDigest, SignalId, SourceId, TapId, Timestamp, TouchId, UseId,
}

/// What is stored as a word: how it is written, and read back by its `FromStr`.
macro_rules! words {
    ($word:ident: $($type:ident),+ $(,)?) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.$word().into())
            }
        }

        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(other)
            }
        }
    )+};
}

words! {
    name: AccountField, AccountStatus, AnswerWord, AskKind, AssetKind, AssetStatus, Change, Decision, Effort, Event, Fact,
    Health, ItemKind, Outcome, PersonField, ProfileField, SignalKind, Stage, Tag, Tier, TouchKind, Trait,
}
words!(code: Currency);

/// Small numbers of which not every one is meant.
macro_rules! small_numbers {
    ($($type:ident),+) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.get().into())
            }
        }

        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let number = u8::column_result(value)?;
                Self::new(number).ok_or(FromSqlError::OutOfRange(number.into()))
            }
        }
    )+};
}

small_numbers!(Score, Rating);

fn other(error: String) -> FromSqlError {
    FromSqlError::Other(error.into())
}
