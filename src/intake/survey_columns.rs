//! Where the fields of a survey file stand, and how a row becomes a record. The types are in `survey`.

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::columns::{SCORE, assign};
use super::date_column::DateColumn;
use super::problem::Stop;
use super::profiles::{self, Profile, Skip};
use super::survey::{NoAnswer, Record, Respondent, SurveyRow};
use super::table::{Header, Row, Table};
use super::traits::TraitColumns;
use super::{IntakeError, Options, Setting, Typed, cells, scores, stable_key};
use crate::domain::calendar::Timestamp;
use crate::domain::email::Email;
use crate::domain::numbering::{Nth, Numbered, Numbering};
use crate::domain::responses::{OnRecord, RowDigest};
use crate::domain::score::Score;

/// What was met in the rows read so far.
#[derive(Debug)]
pub(crate) struct Met<'f> {
    source: &'f str,
    /// The first id that a spreadsheet destroyed.
    pub(crate) destroyed: Option<String>,
    addresses: Numbering,
    /// Begins every digest.
    manner: Sha256,
    on_record: OnRecord,
    /// The one met last: the same export again has them in the order in which they were added.
    last: Option<Nth>,
    /// For rows without an id: how often each answer came.
    occurrences: HashMap<String, u32>,
}

impl<'f> Met<'f> {
    /// Nothing yet, in a file from this source that is read in this manner.
    pub(crate) fn begin(source: &'f str, manner: &str, on_record: OnRecord) -> Self {
        Self {
            source,
            destroyed: None,
            addresses: Numbering::default(),
            manner: Sha256::new_with_prefix(manner),
            on_record,
            last: None,
            occurrences: HashMap::new(),
        }
    }

    fn numbered<'a>(&mut self, key: Cow<'a, str>) -> Numbered<Cow<'a, str>> {
        Numbered {
            nth: self.on_record.keys.number(&key),
            value: key,
        }
    }

    fn digest(&self, text: &str) -> RowDigest {
        let whole = self.manner.clone().chain_update(text).finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&whole[..8]);
        RowDigest(i64::from_le_bytes(first))
    }

    fn is_on_record(&mut self, key: &str, row: RowDigest) -> bool {
        let OnRecord { keys, digests } = &mut self.on_record;
        if digests.is_empty() {
            return false;
        }
        let next = keys.after(self.last).filter(|next| keys.text(*next) == key);
        let Some(nth) = next.or_else(|| keys.find(key)) else {
            return false;
        };
        self.last = Some(nth);
        let Some(on_record) = digests.get_mut(nth.place()) else {
            return false;
        };
        if *on_record != Some(row) {
            // What this row says may be changed back by one that comes after it.
            *on_record = None;
        }
        on_record.is_some()
    }

    /// A key for an answer whose source gives none: the same file again gives the same keys.
    fn stable_key(&mut self, person: &str, at: Timestamp, score: Score, comment: &str) -> String {
        let key = |occurrence| stable_key(self.source, person, at, score, comment, occurrence);
        let seen = self.occurrences.entry(key(0)).or_insert(0);
        *seen += 1;
        key(*seen - 1)
    }
}

/// Where everything stands in the file.
#[derive(Debug)]
pub(crate) struct SurveyColumns {
    key: Option<usize>,
    email: Option<usize>,
    external_id: Option<usize>,
    name: Option<usize>,
    first_name: Option<usize>,
    last_name: Option<usize>,
    score: usize,
    comments: Vec<usize>,
    escaped: bool,
    responded: DateColumn,
    updated: Option<DateColumn>,
    do_not_contact: Option<usize>,
    title: Option<usize>,
    language: Option<usize>,
    account: TraitColumns,
    skips: Vec<(usize, &'static Skip)>,
}

impl SurveyColumns {
    /// Finds the columns.
    pub(crate) fn find(
        header: &Header,
        profile: &'static Profile,
        options: &Options,
    ) -> Result<Self, IntakeError> {
        let found = assign(header, profile.aliases, profiles::FIELDS, &options.map)?;
        let score = found.needed(SCORE, header)?;
        let dates = [found.all("date"), found.all("updated")].concat();
        let responded = DateColumn::new(found.needed("date", header)?, &dates, header, options)?;
        let updated = found
            .first("updated")
            .map(|column| DateColumn::new(column, &dates, header, options));
        let column = |field| found.first(field);
        let skips = profile
            .skips
            .iter()
            .filter_map(|skip| Some((column(skip.field)?, skip)));
        Ok(Self {
            key: column("id"),
            email: column("email"),
            external_id: column("person-id"),
            name: column("name"),
            first_name: column("first-name"),
            last_name: column("last-name"),
            score,
            comments: found.all("comment").to_vec(),
            escaped: profile.escapes_comments,
            responded,
            updated: updated.transpose()?,
            do_not_contact: column("do-not-contact"),
            title: column("title"),
            language: column("language"),
            account: TraitColumns::of(&found, "company"),
            skips: skips.collect(),
        })
    }

    /// Reads a row.
    pub(crate) fn record<'a>(
        &mut self,
        row: &Row<'a>,
        table: &Table,
        setting: &Setting,
        met: &mut Met<'_>,
    ) -> Result<Record<'a>, Stop> {
        if let Some(fault) = row.fault() {
            return Err(fault.into());
        }
        let (line, record) = (row.line, row.number);
        let own_key = cells::intact_id(row.value(self.key), &mut met.destroyed);
        let external_id = cells::intact_id(row.value(self.external_id), &mut met.destroyed);
        let respondent = |email| Respondent {
            email,
            external_id,
            name: self.name(row),
        };
        let do_not_contact =
            row.value(self.do_not_contact).and_then(cells::yes_or_no) == Some(true);
        let digest = met.digest(table.text_of(row));
        if let Some(key) = own_key
            && !do_not_contact
            && met.is_on_record(key, digest)
        {
            // A file that says a date in no known way is refused, whatever else is in it.
            for column in std::iter::once(&mut self.responded).chain(&mut self.updated) {
                column.settle(row, table)?;
            }
            return Ok(Record::Unchanged);
        }
        let email = self.email(row, &mut met.addresses);
        if let Some(reason) = self.skipped(row) {
            let respondent = respondent(email.unwrap_or_default());
            return Ok(Record::Skipped {
                line,
                reason,
                respondent,
                do_not_contact,
            });
        }
        let respondent = respondent(email?);
        let Some(score) = scores::parse(row.raw(self.score))? else {
            return Ok(Record::NoAnswer(NoAnswer {
                line,
                record,
                respondent,
                do_not_contact,
            }));
        };
        let (responded_at, updated_at) = self.times(row, table, setting)?;
        let (comment, account) = (self.comment(row), self.account.read(row));
        let key = own_key.map_or_else(
            || {
                let person = respondent.known_as().or(account.name.as_deref());
                met.stable_key(person.unwrap_or_default(), responded_at, score, &comment)
                    .into()
            },
            Cow::Borrowed,
        );
        Ok(Record::Answer(SurveyRow {
            line,
            record,
            key: met.numbered(key),
            respondent,
            score,
            comment,
            responded_at,
            updated_at,
            do_not_contact,
            digest,
            title: row.value(self.title).map(Cow::Borrowed),
            language: row.value(self.language).map(Cow::Borrowed),
            account,
        }))
    }

    fn skipped(&self, row: &Row<'_>) -> Option<&'static str> {
        let applies = |(column, skip): &&(usize, &'static Skip)| {
            row.value(Some(*column)).is_some_and(skip.applies)
        };
        self.skips.iter().find(applies).map(|(_, skip)| skip.reason)
    }

    fn email(&self, row: &Row<'_>, addresses: &mut Numbering) -> Typed<Option<Numbered<Email>>> {
        match row.value(self.email) {
            Some(text) if !cells::is_no_answer(text) => Email::parse(text).map(|value| {
                let nth = addresses.number(value.key());
                Some(Numbered { nth, value })
            }),
            _ => Ok(None),
        }
    }

    fn name<'a>(&self, row: &Row<'a>) -> Option<Cow<'a, str>> {
        row.value(self.name)
            .map(Cow::Borrowed)
            .or_else(|| cells::full_name(row.value(self.first_name), row.value(self.last_name)))
    }

    /// When they answered, and when they last changed it.
    fn times(
        &mut self,
        row: &Row<'_>,
        table: &Table,
        setting: &Setting,
    ) -> Result<(Timestamp, Option<Timestamp>), Stop> {
        let responded = self.responded.read_past(row, table, "date", setting)?;
        let responded = responded.ok_or("the date is missing")?;
        let updated = match &mut self.updated {
            Some(column) => column.read_past(row, table, "date of the update", setting)?,
            None => None,
        };
        Ok((
            responded.at(setting.zone),
            updated.map(|updated| updated.at(setting.zone)),
        ))
    }

    /// The comment; several answers are joined by line breaks.
    fn comment<'a>(&self, row: &Row<'a>) -> Cow<'a, str> {
        let mut comment = Cow::Borrowed("");
        for column in &self.comments {
            let answer = cells::unguarded(row.raw(*column));
            if comment.is_empty() {
                comment = Cow::Borrowed(answer);
            } else if !answer.is_empty() {
                let joined = comment.to_mut();
                joined.push('\n');
                joined.push_str(answer);
            }
        }
        if !self.escaped {
            return comment;
        }
        match comment {
            Cow::Borrowed(text) => html_escape::decode_html_entities(text),
            Cow::Owned(text) => html_escape::decode_html_entities(&text).into_owned().into(),
        }
    }
}
