//! Time zones in dates: their names, and how far they are from UTC (`docs/import.md`, dates). A name that several zones
//! share is not guessed.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use chrono::{NaiveDateTime, TimeDelta};

use super::date_parts::{Part, Parts};
use super::date_words::is_filler;
use super::dates::Unread;
use super::times::Moment;
use crate::domain::calendar::{Timestamp, Zone};

/// The names understood, with their minutes east of UTC. Those of North America are the ones of the standard for mail
/// (RFC 5322).
const NAMES: &[(&str, i32)] = &[
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("SAST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("WIB", 420),
    ("HKT", 480),
    ("SGT", 480),
    ("AWST", 480),
    ("PHT", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("AEST", 600),
    ("ACDT", 630),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("NDT", -150),
    ("NST", -210),
    ("BRT", -180),
    ("ART", -180),
    ("ADT", -180),
    ("AST", -240),
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("CST", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
    ("AKDT", -480),
    ("AKST", -540),
    ("HST", -600),
];

/// The minutes east of UTC of the zone with this name.
fn minutes_east(name: &str) -> Option<i32> {
    let known = NAMES.iter().find(|(one, _)| one.eq_ignore_ascii_case(name));
    known.map(|(_, minutes)| *minutes)
}

impl Parts<'_> {
    /// The instant of a local time, where a zone is told: `UTC`, `CET`, `GMT+1`, `+0100 (CET)`, `[Europe/Berlin]`.
    pub(super) fn zone(&mut self, local: NaiveDateTime) -> Result<Option<Moment>, Unread> {
        self.skip_signs(&['(', '[']);
        if self
            .word()
            .is_some_and(|word| is_filler(word) && minutes_east(word).is_none())
        {
            self.skip_fillers();
        }
        let mut minutes = None;
        let begin = self
            .parts
            .get(self.at)
            .map_or(self.text.len(), |(_, start)| *start);
        if let Some(word) = self.word() {
            minutes = minutes_east(word);
            if minutes.is_none() {
                return self.named_zone(begin, local);
            }
            self.at += 1;
        }
        let is_universal = minutes == Some(0);
        if (minutes.is_none() || is_universal)
            && let Some(sign) = self.sign(&['+', '-'])
        {
            let east = self.offset().ok_or(Unread::NotADate)?;
            minutes = Some(if sign == '+' { east } else { -east });
            // `+0100 (Central European Standard Time)`: the name of what the offset says.
            self.skip_names();
        }
        self.skip_signs(&[')', ']']);
        Ok(minutes.map(|east| {
            let universal = local - TimeDelta::minutes(i64::from(east));
            Moment::Instant(Timestamp(universal.and_utc().timestamp()))
        }))
    }

    /// A zone by its name in the database of zones; another name is told.
    fn named_zone(&mut self, begin: usize, local: NaiveDateTime) -> Result<Option<Moment>, Unread> {
        let name = self.text[begin..].trim_matches(|c: char| !c.is_alphanumeric());
        let name = name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end();
        let found: Result<Zone, _> = name.parse();
        match found {
            Ok(zone) if name.contains('/') => {
                self.skip_names();
                Ok(Some(Moment::Instant(zone.instant(local))))
            }
            _ if name.len() <= 40 => Err(Unread::Zone(name.to_owned())),
            _ => Err(Unread::NotADate),
        }
    }

    fn skip_names(&mut self) {
        while matches!(
            self.next(),
            Some(Part::Word(_) | Part::Sign('(' | ')' | '[' | ']' | '/' | '_' | '-' | ':' | '.'))
        ) {
            self.at += 1;
        }
    }

    /// The minutes of `1`, `01`, `0100`, `5:30`; at most fourteen hours.
    fn offset(&mut self) -> Option<i32> {
        let (number, digits) = self.number(4)?;
        let (hours, minutes) = match digits {
            1 | 2 => {
                let minutes = match self.sign(&[':']) {
                    Some(_) => self.number(2)?.0,
                    None => 0,
                };
                (number, minutes)
            }
            _ => (number / 100, number % 100),
        };
        (hours <= 14 && minutes < 60).then(|| i32::try_from(hours * 60 + minutes).ok())?
    }
}
