//! The demonstration program as it was recorded on one day, moved to another. `docs/export.md` says how it is recorded.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are those of the header, and of a date that was just found"
)]

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::full_export::StoredValue;
use crate::failure::{Failure, Result};
use crate::intake::full_export::{Embedded, Export};
use crate::store::{Layout, NewOperation, Restoring, SCHEMA_VERSION, StoredRow};

macro_rules! files {
    ($($name:literal)*) => {
        &[$((
            $name,
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/", $name)),
        )),*]
    };
}

/// An export, with every instant in UTC.
#[rustfmt::skip]
const FILES: &[Embedded] = files![
    "manifest.json" "account_moves.csv" "account_statuses.csv" "account_traits.csv" "accounts.csv" "agenda_answers.csv" "asset_edits.csv" "asset_events.csv"
    "asset_uses.csv" "assets.csv" "corrections.csv" "deal_edits.csv" "deals.csv" "edits.csv" "gives.csv" "holds.csv" "import_profiles.csv"
    "merged_facts.csv" "merges.csv" "nomination_decisions.csv" "nominations.csv" "notes.csv" "operations.csv" "people.csv"
    "profile_words.csv" "referrals.csv" "request_events.csv" "request_traits.csv" "requests.csv" "response_edits.csv" "responses.csv"
    "row_images.csv" "undos.csv" "used_ids.csv" "forgotten.csv" "forgotten_operations.csv" "forget_keys.csv"
    "settings.csv" "signals.csv" "sources.csv" "stage_changes.csv" "tags.csv" "tap_outcomes.csv" "taps.csv" "tier_changes.csv"
    "touches.csv" "verifications.csv" "willingness.csv"
];

/// The operation that creates the program.
const CREATED: i64 = 1;

/// The program on the day on which somebody creates it.
pub(super) struct Demonstration<'a> {
    pub(super) export: Export,
    zone: Zone,
    operation: NewOperation<'a>,
    /// When it was recorded.
    exported_at: Timestamp,
    /// From the recorded day to the day of `operation`.
    days: TimeDelta,
    /// From the recorded year to the year of that day.
    years: i32,
}

impl<'a> Demonstration<'a> {
    /// The program that `operation` creates in a time zone.
    ///
    /// # Errors
    /// When the embedded files are no export.
    pub(super) fn new(zone: Zone, operation: NewOperation<'a>) -> Result<Self> {
        let export = Export::embedded(FILES, SCHEMA_VERSION)?;
        let exported_at = export.exported_at()?;
        let recorded = Zone::UTC.day(exported_at);
        let today = zone.day(operation.at);
        Ok(Self {
            exported_at,
            export,
            zone,
            operation,
            days: today - recorded,
            years: today.year() - recorded.year(),
        })
    }

    /// The schema of its rows.
    pub(super) const fn schema_version(&self) -> i32 {
        self.export.manifest.schema_version
    }

    /// How many rows a table has.
    pub(super) fn rows(&self, table: &str) -> usize {
        let mut tables = self.export.manifest.tables.iter();
        let table = tables.find(|one| one.name == table);
        table.map_or(0, |table| usize::try_from(table.rows).unwrap_or(usize::MAX))
    }

    /// Adds all its rows.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn fill(&self, restoring: &Restoring<'_>) -> Result<()> {
        for layout in &restoring.layouts()? {
            self.export.rows(&layout.name, &layout.columns, |mut row| {
                self.bring(layout, &mut row);
                Ok::<_, Failure>(restoring.add(layout, &row)?)
            })?;
        }
        Ok(())
    }

    /// Makes a recorded row one of the program: what it dates moves by whole days, and the row that says who created the
    /// program says so.
    pub(super) fn bring(&self, layout: &Layout, row: &mut StoredRow) {
        for ((column, kind), value) in layout.columns.iter().zip(&mut *row) {
            match value {
                StoredValue::Number(at) if kind.is_instant(column) => *at = self.instant(*at),
                StoredValue::Text(text) => self.shift_text(text),
                _ => {}
            }
        }
        self.sign(layout, row);
    }

    /// The same time of another day: clocks in the zone show what they showed in UTC. What had happened has happened: of
    /// the last day, whatever would still lie ahead is of this moment.
    fn instant(&self, recorded: i64) -> i64 {
        let local = Timestamp(recorded).utc().naive_utc() + self.days;
        let moved = self.zone.instant(local);
        match recorded <= self.exported_at.0 {
            true => moved.min(self.operation.at).0,
            false => moved.0,
        }
    }

    /// Moves every day that a text names, and the year of a budget.
    fn shift_text(&self, text: &mut String) {
        const BUDGET: &str = "budget.";
        let mut from = 0;
        while let Some(found) = text.as_bytes()[from..].windows(10).position(is_day) {
            let place = from + found..from + found + 10;
            if let Ok(day) = text[place.clone()].parse::<NaiveDate>() {
                text.replace_range(place.clone(), &(day + self.days).to_string());
            }
            from = place.end;
        }
        if let Some(found) = text.find(BUDGET) {
            let place = found + BUDGET.len()..found + BUDGET.len() + 4;
            if let Some(Ok(year)) = text.get(place.clone()).map(str::parse::<i32>) {
                text.replace_range(place, &(year + self.years).to_string());
            }
        }
    }

    /// Puts in who creates the program, when and where.
    fn sign(&self, layout: &Layout, row: &mut StoredRow) {
        let text = |text: &str| StoredValue::Text(text.to_owned());
        let signed = match (layout.name.as_str(), row.as_slice()) {
            ("operations", [StoredValue::Number(CREATED), ..]) => vec![
                ("at", StoredValue::Number(self.operation.at.0)),
                ("actor", text(self.operation.actor)),
                ("command", text(self.operation.command)),
            ],
            ("settings", [StoredValue::Text(key), ..]) if key == "time-zone" => {
                vec![("value", text(&self.zone.to_string()))]
            }
            _ => return,
        };
        for (column, value) in signed {
            if let Some(place) = layout.columns.iter().position(|(name, _)| name == column) {
                row[place] = value;
            }
        }
    }
}

/// Whether a day is written here as `2026-07-01`.
fn is_day(text: &[u8]) -> bool {
    let fits = |(place, byte): (usize, &u8)| match place {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.iter().enumerate().all(fits)
}
