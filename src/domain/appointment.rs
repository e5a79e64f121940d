//! What was agreed upon for an ask that was accepted: a day, and perhaps a time of it (`docs/taps.md`, appointments).

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};

use super::present::Present;
use super::typed_day::{Looking, NoDay, TypedDay};

/// An appointment as typed, such as `friday 15:00` or `2026-12-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedAppointment {
    day: TypedDay,
    time: Option<NaiveTime>,
}

impl FromStr for TypedAppointment {
    type Err = String;

    /// Reads a day with a time behind it, or without one.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        // `3 pm` are two words.
        let blanks = text.rmatch_indices([' ', 'T']).map(|(at, _)| at);
        let mut timed = blanks.take(2).filter_map(|at| {
            let (day, words) = text.split_at_checked(at)?;
            Some((day, time(words.get(1..)?)?))
        });
        let timed = timed.next();
        let (day, time) = match timed {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let day = TypedDay::parse(day, Looking::Ahead)
            .map_err(|error| format!("{error}; with a time behind it, such as 15:00"))?;
        Ok(Self { day, time })
    }
}

/// A time of day: `15:00`, `9:30`, `3pm`, `3:30 pm`.
fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    let half = |letters: &str, hours: u32| {
        let rest = text.strip_suffix(letters)?;
        Some((rest.trim_end().to_owned(), hours))
    };
    let halved = half("am", 0).or_else(|| half("pm", 12));
    let (clock, more) = match &halved {
        Some((clock, more)) => (clock.as_str(), Some(*more)),
        None => (text.as_str(), None),
    };
    let (hour, minute) = match clock.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if more.is_some() => (clock, "00"),
        None => return None,
    };
    let number = |text: &str| -> Option<u32> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let hour = match more {
        Some(more) if (1..=12).contains(&hour) => hour % 12 + more,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// The day, and perhaps the time, that was agreed upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointment {
    /// The day.
    pub on: NaiveDate,
    /// The time of that day in the program's zone.
    pub time: Option<NaiveTime>,
}

impl Appointment {
    /// From what was typed.
    ///
    /// # Errors
    /// [`NoDay`].
    pub fn of(typed: TypedAppointment, present: &Present) -> Result<Self, NoDay> {
        Ok(Self {
            on: present.typed_any(Some(typed.day))?.unwrap_or(present.today),
            time: typed.time,
        })
    }
}

impl fmt::Display for Appointment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{} {}", self.on, clock(time)),
            None => self.on.fmt(f),
        }
    }
}

/// A time of day as it is shown: `15:00`.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_stand_behind_the_day() {
        for (typed, expected) in [
            ("2026-12-15 15:00", Some("15:00")),
            ("2026-12-15T09:30", Some("09:30")),
            ("friday 3pm", Some("15:00")),
            ("next friday 3:30 pm", Some("15:30")),
            ("tomorrow 12 am", Some("00:00")),
            ("tomorrow 12pm", Some("12:00")),
            ("2026-12-15", None),
            ("in 3 days", None),
            ("friday", None),
        ] {
            let read: TypedAppointment = typed.parse().unwrap();
            assert_eq!(read.time.map(clock).as_deref(), expected, "{typed}");
        }
        for wrong in [
            "15:00",
            "friday 25:00",
            "friday 13pm",
            "friday 15",
            "friday 15:0",
            "soon 15:00",
            "",
        ] {
            assert!(wrong.parse::<TypedAppointment>().is_err(), "{wrong}");
        }
    }
}
