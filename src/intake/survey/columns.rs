//! Where the fields of a survey file stand, and what a row says in them.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a list that is written out and not empty"
)]

use std::borrow::Cow;

use chrono::NaiveDate;

use super::ids::{self, Repeated};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::email::Email;
use crate::domain::interner::{Interned, Interner};
use crate::domain::scale::Scale;
use crate::intake::columns::{Doubt, SCORE, assign};
use crate::intake::date_column::DateColumn;
use crate::intake::error::Stop;
use crate::intake::holds::Holds;
use crate::intake::profiles::{self, Profile, Skip};
use crate::intake::sample::Sample;
use crate::intake::scale::Answers;
use crate::intake::table::{Header, Row, Table};
use crate::intake::times::Moment;
use crate::intake::traits::TraitColumns;
use crate::intake::{CellResult, IntakeError, Options, Setting, Understood, cells, scores, shape};

/// Where everything stands in the file.
#[derive(Debug)]
pub(super) struct SurveyColumns {
    pub(super) key: Option<usize>,
    /// A column of ids that are no keys, because they come again with other people or days.
    pub(super) shared_id: Option<usize>,
    email: Option<usize>,
    pub(super) external_id: Option<usize>,
    name: Option<usize>,
    first_name: Option<usize>,
    last_name: Option<usize>,
    pub(super) score: usize,
    comments: Vec<usize>,
    escaped: bool,
    responded: Option<DateColumn>,
    /// When they answered, where the file does not say.
    day: Option<NaiveDate>,
    /// The scale, where the user says which.
    scale: Option<Scale>,
    updated: Option<DateColumn>,
    do_not_contact: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) account: TraitColumns,
    skips: Vec<(usize, &'static Skip)>,
    /// What should be said once about how the columns were found.
    notes: Vec<String>,
    /// What was made of each column.
    pub(super) understood: Understood,
}

impl SurveyColumns {
    /// Whether a header has a column of scores.
    pub(super) fn has_score(names: &[String], options: &Options) -> bool {
        let profile = profiles::choose(options.source.as_deref(), names);
        let header = (profile.header)(&[names.to_vec()]);
        let (aliases, map) = (profile.aliases, &options.map);
        let found = assign(&header, aliases, profiles::FIELDS, map, &Sample::none());
        match found {
            Ok(found) => found.first(SCORE).is_some(),
            Err(error) => matches!(error, IntakeError::TwoColumns { .. }),
        }
    }

    /// Finds the columns.
    pub(super) fn find(
        header: &Header,
        profile: &'static Profile,
        options: &Options,
        table: &Table,
    ) -> Result<Self, IntakeError> {
        let sample = Sample::of(table);
        let (aliases, map) = (profile.aliases, &options.map);
        let mut found = assign(header, aliases, profiles::FIELDS, map, &sample)?;
        if found.first(SCORE).is_none()
            && let Some(shape) = shape::other_than_rows_of_answers(header)
        {
            return Err(IntakeError::Shape { shape });
        }
        for (field, holds, doubt) in [
            ("email", Holds::Addresses, Doubt::Refuse),
            (SCORE, Holds::Scores, Doubt::Refuse),
            ("date", Holds::Dates, Doubt::Refuse),
            ("id", Holds::Ids, Doubt::Leave),
        ] {
            found.find_by_content(field, holds, doubt, header, &sample)?;
        }
        let score = found.needed(SCORE, header)?;
        let dates = [found.all("date"), found.all("updated")].concat();
        if options.date.is_none() {
            found.needed("date", header)?;
        }
        let dated = |field| {
            let column = found.first(field);
            column
                .map(|column| DateColumn::new(column, &dates, header, options))
                .transpose()
        };
        let column = |field| found.first(field);
        let mut understood = Understood::of(header, &found, &sample, table);
        let first = sample.first_value(score);
        let read = first.and_then(|cell| Some((cell, scores::parse(cell).ok()??)));
        let range = options.scale.unwrap_or(Scale::ZeroToTen);
        understood.read_as(
            score,
            read.map(|(cell, score)| format!("on the scale {range}: `{cell}` is {}", score.get())),
        );
        let skips = profile
            .skips
            .iter()
            .filter_map(|skip| Some((column(skip.field)?, skip)));
        Ok(Self {
            key: column("id"),
            shared_id: None,
            email: column("email"),
            external_id: column("person-id"),
            name: column("name"),
            first_name: column("first-name"),
            last_name: column("last-name"),
            score,
            comments: found.all("comment").to_vec(),
            escaped: profile.escapes_comments,
            responded: dated("date")?,
            day: options.date,
            scale: options.scale,
            updated: dated("updated")?,
            do_not_contact: column("do-not-contact"),
            title: column("title"),
            language: column("language"),
            account: TraitColumns::of(&found, "company"),
            skips: skips.collect(),
            notes: found.notes().collect(),
            understood,
        })
    }

    /// Whether the answers are on another scale than the NPS, so that they are skipped.
    pub(super) fn is_of_other_scale(&self) -> bool {
        self.scale.is_some_and(|scale| scale != Scale::ZeroToTen)
    }

    /// Refuses answers that seem to be on another scale, unless the user says which it is. Most files show within a few
    /// rows that theirs are not.
    pub(super) fn judge_scale(&self, header: &Header, table: &Table) -> Result<(), IntakeError> {
        if self.scale.is_some() {
            return Ok(());
        }
        let label = header.labels.get(self.score).map_or("", String::as_str);
        let mut answers = Answers::under(header.name(self.score), label);
        let mut rows = table.rows();
        while !answers.is_settled()
            && let Some(row) = rows.next()
        {
            if self.skipped(&row).is_none() {
                answers.look_at(row.raw(self.score));
            }
        }
        answers.judge()
    }

    /// Finds out what a column headed `ID` or the like names: the answers or, where an id comes again with another person
    /// or day, the customers.
    pub(super) fn judge_ids(
        &mut self,
        header: &Header,
        profile: &Profile,
        options: &Options,
        table: &Table,
    ) {
        let is_given = options.map.iter().any(|(field, _)| field == "id");
        let Some(key) = self
            .key
            .filter(|_| !is_given && profile.name == profiles::ALL[profiles::ALL.len() - 1].name)
        else {
            return;
        };
        if ids::names_answers(header.name(key)) {
            return;
        }
        let is_edited = self.updated.is_some();
        let date = self.responded.as_ref().map(DateColumn::column);
        let repeated = ids::repeated(table, key, self.email, date.filter(|_| !is_edited));
        let Some(repeated) = repeated else { return };
        let name = header.name(key);
        self.key = None;
        self.shared_id = Some(key);
        self.understood.holds(key, None);
        let whose = match repeated {
            Repeated::OnePerson if self.external_id.is_none() => {
                self.external_id = Some(key);
                self.understood.holds(key, Some("person-id"));
                "customers"
            }
            Repeated::OnePerson => "customers",
            Repeated::OtherPeople => "something else",
        };
        self.notes.push(format!(
            "the ids in `{name}` come again with other people or days: they name {whose}, not answers; \
             --map id=\"{name}\" says that they do"
        ));
    }

    /// Whether they must not be contacted.
    pub(super) fn forbids_contact(&self, row: &Row<'_>) -> bool {
        row.value(self.do_not_contact).and_then(cells::yes_or_no) == Some(true)
    }

    /// Why the row is no response, if so.
    pub(super) fn skipped(&self, row: &Row<'_>) -> Option<&'static str> {
        let applies = |(column, skip): &&(usize, &'static Skip)| {
            row.value(Some(*column)).is_some_and(skip.applies)
        };
        self.skips.iter().find(applies).map(|(_, skip)| skip.reason)
    }

    pub(super) fn email(
        &self,
        row: &Row<'_>,
        addresses: &mut Interner,
    ) -> CellResult<Option<Interned<Email>>> {
        match row.value(self.email) {
            Some(text) if !cells::is_no_answer(text) => {
                Email::parse(cells::address(text)).map(|value| {
                    let symbol = addresses.intern(value.key());
                    Some(Interned { symbol, value })
                })
            }
            _ => Ok(None),
        }
    }

    pub(super) fn name<'a>(&self, row: &Row<'a>) -> Option<Cow<'a, str>> {
        row.value(self.name)
            .map(Cow::Borrowed)
            .or_else(|| cells::full_name(row.value(self.first_name), row.value(self.last_name)))
    }

    /// Finds out how dates are written where this row leaves it open, as reading them would.
    pub(super) fn settle_dates(&mut self, row: &Row<'_>, table: &Table) -> Result<(), IntakeError> {
        let mut columns = self.responded.iter_mut().chain(&mut self.updated);
        columns.try_for_each(|column| column.settle(row, table))
    }

    /// What was made of each column, once rows were read.
    pub(super) fn understood(&self, zone: Zone) -> Understood {
        let mut understood = self.understood.clone();
        for column in self.responded.iter().chain(&self.updated) {
            understood.read_as(column.column(), column.read_as(zone));
        }
        understood
    }

    /// What should be said once about how columns were found and dates were read.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let columns = self.responded.iter().chain(&self.updated);
        let found = self.notes.iter().cloned();
        found.chain(columns.filter_map(DateColumn::note))
    }

    /// When they answered, and when they last changed it.
    pub(super) fn times(
        &mut self,
        row: &Row<'_>,
        table: &Table,
        setting: &Setting,
    ) -> Result<(Timestamp, Option<Timestamp>), Stop> {
        let responded = match &mut self.responded {
            Some(column) => column.read_past(row, table, "date", setting)?,
            None => None,
        };
        let given = || self.day.map(Moment::Day);
        let responded = responded.or_else(given).ok_or("the date is missing")?;
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
    pub(super) fn comment<'a>(&self, row: &Row<'a>) -> Cow<'a, str> {
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
