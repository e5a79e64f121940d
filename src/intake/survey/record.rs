//! What a row of a survey file turned out to be.

use std::borrow::Cow;

use crate::domain::calendar::Timestamp;
use crate::domain::email::Email;
use crate::domain::interner::Interned;
use crate::domain::responses::{CellsDigest, RowDigest};
use crate::domain::score::Score;
use crate::intake::traits::AccountTraits;
use crate::intake::{Rejected, SourceRow};

/// What a row of a survey file turned out to be.
#[expect(
    clippy::large_enum_variant,
    reason = "a record is handed over once; a box would cost an allocation per row"
)]
#[derive(Debug, Clone, PartialEq)]
pub enum Record<'a> {
    /// A response.
    Answer(SurveyRow<'a>),
    /// A response on record, in a row that is as it was when it said so.
    Unchanged,
    /// Somebody who was asked and did not answer.
    NoAnswer(NoAnswer<'a>),
    /// No NPS response at all: another type of survey, unfinished, a preview.
    Skipped {
        /// The line on which the row begins.
        line: u64,
        /// What it is instead.
        reason: &'static str,
        /// Whom it is about; their wish not to be contacted counts here too.
        respondent: Respondent<'a>,
        /// Whether they must not be contacted.
        do_not_contact: bool,
    },
    /// A row that could not be used.
    Rejected(Rejected),
}

/// One response.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyRow<'a> {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The row's number, from 1.
    pub record: u64,
    /// What identifies the response in its source: the source's own id, else a stable key
    /// (`intake/stable_key.rs`).
    pub key: Interned<Cow<'a, str>>,
    /// Who answered.
    pub respondent: Respondent<'a>,
    /// The answer.
    pub score: Score,
    /// The comment as received, perhaps empty.
    pub comment: Cow<'a, str>,
    /// When they answered.
    pub responded_at: Timestamp,
    /// When the answer was last changed.
    pub updated_at: Option<Timestamp>,
    /// Whether they must not be contacted.
    pub do_not_contact: bool,
    /// Stands for the row.
    pub digest: RowDigest,
    /// Stands for its cells, whatever is made of them.
    pub cells: CellsDigest,
    /// Whether the key is made of what the row says, because the source gives none.
    pub is_key_made: bool,
    /// An id in the row that would be the key, did it not come again with other people or days.
    pub shared_id: Option<&'a str>,
    /// Where an earlier row of the file has the same key.
    pub earlier: Option<Box<Earlier>>,
    /// Their job title.
    pub title: Option<Cow<'a, str>>,
    /// Their language.
    pub language: Option<Cow<'a, str>>,
    /// Their account.
    pub account: AccountTraits<'a>,
}

/// An earlier row of the file with the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The line on which the first of them begins.
    pub line: u64,
    /// Where this row stands.
    pub at: SourceRow,
}

/// A person who did not answer.
#[derive(Debug, Clone, PartialEq)]
pub struct NoAnswer<'a> {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The row's number, from 1.
    pub record: u64,
    /// Who was asked.
    pub respondent: Respondent<'a>,
    /// Whether they must not be contacted.
    pub do_not_contact: bool,
}

/// The person that a row is about, as far as it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Respondent<'a> {
    /// Their e-mail address.
    pub email: Option<Interned<Email>>,
    /// The source's id of the person.
    pub external_id: Option<&'a str>,
    /// Their name.
    pub name: Option<Cow<'a, str>>,
}

impl Respondent<'_> {
    /// What the source knows them by: their address, or else its own id.
    pub(crate) fn known_as(&self) -> Option<&str> {
        let email = self.email.as_ref().map(|email| email.key());
        email.or(self.external_id)
    }
}

impl SurveyRow<'_> {
    /// The account's domain: the one given, else that of the e-mail address; never a mailbox provider's.
    pub fn account_domain(&self) -> Option<&str> {
        let by_email = || {
            self.respondent
                .email
                .as_ref()
                .and_then(|email| email.company_domain())
        };
        self.account.domain.as_deref().or_else(by_email)
    }
}
