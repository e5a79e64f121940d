//! What was said about lines of the agenda other than by their commands: done, put off, or not to be done.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rows::new_record;
use super::{Result, Tx, Writing};
use crate::domain::agenda::{Answer, AnswerWord, ItemId, ItemKind};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;

new_record! {
    /// What is said about a line of the agenda.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewAnswer<'a> into "agenda_answers" {
        /// What was to be done.
        kind: ItemKind = "kind",
        /// The number of what it was about.
        fact: i64 = "fact_id",
        /// For whom.
        person: Option<PersonId> = "person_id",
        /// What is said.
        word: AnswerWord = "answer",
        /// For a line that is put off: until when.
        until: Option<NaiveDate> = "until_on",
        /// Why.
        reason: Option<&'a str> = "reason",
        /// Since which day it has been so.
        since: NaiveDate = "since_on",
        /// By whom.
        by: &'a str = "answered_by",
        /// When.
        at: Timestamp = "answered_at",
    }
}

impl Tx<'_> {
    /// What was said last about each line of the agenda.
    pub(super) fn agenda_answers(&self) -> Result<Vec<Answer>> {
        let mut newest: BTreeMap<ItemId, Answer> = BTreeMap::new();
        let sql = "SELECT kind, fact_id, answer, until_on, since_on FROM agenda_answers ORDER BY answered_at, id";
        self.for_each(sql, [], |row| {
            let item = ItemId {
                kind: row.get("kind")?,
                fact: row.get("fact_id")?,
            };
            let answer = Answer {
                item,
                word: row.get("answer")?,
                until: row.get("until_on")?,
                since: row.get("since_on")?,
            };
            newest.insert(item, answer);
            Ok(())
        })?;
        Ok(newest.into_values().collect())
    }
}

impl Writing<'_> {
    /// Records what is said about a line of the agenda.
    pub(crate) fn answer_agenda(&self, new: &NewAnswer<'_>) -> Result<()> {
        self.insert_new(new, &[])
    }
}
