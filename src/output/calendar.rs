//! A calendar file (RFC 5545) of all-day entries, or of one meeting, for any calendar program.
//!
//! The `icalendar` crate writes the properties and escapes their text. Two things are seen to here: a day ends where the
//! next begins, which the crate's `all_day` leaves out, and a folded line has at most 75 octets, where the crate lets the
//! last piece of a long one have 76.

use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::text::visible;
use crate::domain::calendar::{Timestamp, days_after};

/// What wrote the file, as every such file says.
pub const CALENDAR_MARK: &str = "-//advocate//agenda//EN";
/// Octets in a line, without its end (RFC 5545 §3.1).
const WIDTH: usize = 75;

/// Something that stands in a calendar for a whole day. It blocks no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Names it for ever: a calendar program that meets the name again updates what it has.
    pub uid: String,
    /// The day.
    pub on: chrono::NaiveDate,
    /// The line that is shown.
    pub summary: String,
    /// What is shown of it on demand.
    pub description: String,
    /// A word to sort it by.
    pub category: &'static str,
}

/// When a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingTime {
    /// On this day; nobody said at what time.
    Day(chrono::NaiveDate),
    /// At a time, for so many minutes.
    At {
        /// When it begins.
        starts: Timestamp,
        /// How long it takes.
        minutes: u32,
    },
}

/// A meeting of several people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Names it for ever.
    pub uid: String,
    /// When it is.
    pub time: MeetingTime,
    /// The line that is shown.
    pub summary: String,
    /// Where it is.
    pub place: Option<String>,
    /// The address of whoever invites; without one, nobody is asked for an answer.
    pub organizer: Option<String>,
    /// The addresses of those who are invited.
    pub guests: Vec<String>,
}

/// The file of one meeting, as written at `stamp`: an invitation where somebody invites (RFC 5546 §3.2.2), or else an
/// entry to take over.
pub fn meeting(meeting: &Meeting, stamp: Timestamp) -> String {
    let mut event = Event::with_uid(&visible(&meeting.uid));
    event.timestamp(stamp.utc());
    match meeting.time {
        MeetingTime::Day(on) => event.starts(on).ends(days_after(on, 1)),
        MeetingTime::At { starts, minutes } => {
            let ends = Timestamp(starts.0 + 60 * i64::from(minutes));
            event.starts(starts.utc()).ends(ends.utc())
        }
    };
    event.summary(&visible(&meeting.summary));
    if let Some(place) = &meeting.place {
        event.location(&visible(place));
    }
    let address = |email: &String| format!("mailto:{}", visible(email));
    let method = match &meeting.organizer {
        None => {
            event.description(&format!("With: {}", visible(&meeting.guests.join(", "))));
            "PUBLISH"
        }
        Some(organizer) => {
            event.add_property("ORGANIZER", address(organizer));
            for guest in &meeting.guests {
                let mut guest = Property::new("ATTENDEE", address(guest));
                guest.add_parameter("ROLE", "REQ-PARTICIPANT");
                guest.add_parameter("PARTSTAT", "NEEDS-ACTION");
                guest.add_parameter("RSVP", "TRUE");
                event.append_multi_property(guest.done());
            }
            "REQUEST"
        }
    };
    let mut calendar = empty();
    calendar.append_property(("METHOD", method));
    calendar.push(event.done());
    folded(&calendar.to_string())
}

/// A calendar without entries.
fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", CALENDAR_MARK),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property((key, value));
    }
    calendar
}

/// The calendar of this name in the words of a file, as written at `stamp`.
pub fn calendar(name: &str, entries: &[Entry], stamp: Timestamp) -> String {
    let mut calendar = empty();
    calendar.name(&visible(name));
    for entry in entries {
        let event = Event::with_uid(&visible(&entry.uid))
            .timestamp(stamp.utc())
            .starts(entry.on)
            .ends(days_after(entry.on, 1))
            .summary(&visible(&entry.summary))
            .description(&lines(&entry.description))
            .categories([entry.category])
            .add_property("TRANSP", "TRANSPARENT")
            .done();
        calendar.push(event);
    }
    folded(&calendar.to_string())
}

/// Text without control characters, its line breaks kept.
fn lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// The same content in lines of at most [`WIDTH`] octets; a character is never cut.
fn folded(file: &str) -> String {
    let mut folded = String::with_capacity(file.len());
    for line in file.replace("\r\n ", "").split_terminator("\r\n") {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > WIDTH {
                folded.push_str("\r\n ");
                used = 1;
            }
            folded.push(c);
            used += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str, description: &str) -> Entry {
        Entry {
            uid: "thank-you-17@advocate".into(),
            on: "2028-02-29".parse().unwrap(),
            summary: summary.into(),
            description: description.into(),
            category: "thank-you",
        }
    }

    fn file(entries: &[Entry]) -> String {
        calendar("Advocate", entries, Timestamp(1_781_514_000))
    }

    /// The content lines of a file, put together again as RFC 5545 §3.1 says.
    fn content(file: &str) -> Vec<String> {
        let lines = file.replace("\r\n ", "");
        lines.split_terminator("\r\n").map(String::from).collect()
    }

    #[test]
    fn every_property_is_there_and_right() {
        let file = file(&[entry(
            "Thank Nina; then, rest",
            "Due 2028-02-29.\nadvocate x",
        )]);
        assert_eq!(
            content(&file),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//advocate//agenda//EN",
                "CALSCALE:GREGORIAN",
                "NAME:Advocate",
                "X-WR-CALNAME:Advocate",
                "BEGIN:VEVENT",
                r"DESCRIPTION:Due 2028-02-29.\nadvocate x",
                "DTEND;VALUE=DATE:20280301",
                "DTSTAMP:20260615T090000Z",
                "DTSTART;VALUE=DATE:20280229",
                r"SUMMARY:Thank Nina\; then\, rest",
                "TRANSP:TRANSPARENT",
                "UID:thank-you-17@advocate",
                "CATEGORIES:thank-you",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    #[test]
    fn no_line_is_too_long_and_no_character_is_cut() {
        for length in 0..320 {
            for letter in ["x", "é", "虎", "🦊", " ", ","] {
                let summary = format!("{}.", letter.repeat(length));
                let file = file(&[entry(&summary, &summary)]);
                assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
                assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
                let escaped = summary.replace(',', r"\,");
                let wanted = format!("SUMMARY:{}", escaped);
                assert!(content(&file).contains(&wanted), "{length} {letter}");
            }
        }
    }

    #[test]
    fn text_from_outside_cannot_break_out_of_its_line() {
        let file = file(&[entry(
            "Nina\r\nEND:VEVENT\r\nBEGIN:VALARM\u{7}\u{202e}\u{85}x",
            "one\r\ntwo\u{0}\rATTENDEE:x",
        )]);
        let lines = content(&file);
        assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 1);
        assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
        let controls = |c: char| c.is_control() && c != '\r' && c != '\n';
        assert!(!file.contains(controls), "{file:?}");
        let summary = "SUMMARY:Nina END:VEVENT BEGIN:VALARM\u{fffd}\u{fffd} x";
        assert!(lines.iter().any(|line| line == summary), "{lines:?}");
    }
}
