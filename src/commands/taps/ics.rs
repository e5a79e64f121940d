//! `taps ics`: the appointment of an ask that was accepted, as a file for the calendars of both sides.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::domain::appointment::Appointment;
use crate::domain::email::Email;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::tap::Outcome;
use crate::failure::{Failure, Result};
use crate::output::{CALENDAR_MARK, CommandLine, Meeting, MeetingTime, meeting, write_whole};
use crate::resolve;
use crate::resolve::arguments::{path, tap_number, whole, words};
use crate::resolve::output_file::{SideFile, check_writable};
use crate::session::{Done, Session};
use crate::store::{TapRow, Tx};

/// Arguments of `taps ics`.
#[derive(Debug, Args)]
pub struct TapIcsArgs {
    /// The tap's number, as `taps` lists it
    #[arg(value_name = "TAP", value_parser = tap_number)]
    pub id: i64,
    /// An address on the prospect's side; may be repeated
    #[arg(long, value_name = "EMAIL", value_parser = address)]
    pub with: Vec<Email>,
    /// Your own address: it becomes an invitation that asks for an answer
    #[arg(long, value_name = "EMAIL", value_parser = address)]
    pub from: Option<Email>,
    /// How long it takes
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = whole::<5, 1440>)]
    pub minutes: u32,
    /// Where it is, such as the link of a call
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub place: Option<String>,
    /// Write it into this file [default: standard output]
    #[arg(long, value_name = "FILE", value_parser = path())]
    pub out: Option<PathBuf>,
}

fn address(text: &str) -> Result<Email, String> {
    Email::parse(text)
}

pub(super) fn run(args: &TapIcsArgs, session: &mut Session<'_>) -> Result<Done> {
    if let Some(path) = &args.out {
        let file = SideFile {
            path,
            option: "--out",
            mark: CALENDAR_MARK,
        };
        check_writable(file, session, &[])?;
    }
    let entry = session.read(None, |tx, present| entry(tx, present, args))?;
    let file = meeting(&entry, session.clock.now());
    match &args.out {
        None => session.out.write_all(file.as_bytes())?,
        Some(path) => write(path, &file, session)?,
    }
    Ok(Done::Fully)
}

fn write(path: &Path, file: &str, session: &mut Session<'_>) -> Result<()> {
    write_whole(path, file).map_err(|error| {
        Failure::from(error).doing(format!("{} could not be written", path.display()))
    })?;
    session.note(format!("written to {}", path.display()))
}

fn entry(tx: &Tx<'_>, present: &Present, args: &TapIcsArgs) -> Result<Meeting> {
    let tap = resolve::tap(tx, args.id)?;
    let Some(appointment) = tx.appointment(tap.id)? else {
        if !matches!(
            tap.outcome,
            Outcome::Pending | Outcome::Accepted | Outcome::NoReply
        ) {
            return Err(Failure::usage_hint(
                format!(
                    "tap {} is {}: only an accepted ask has an appointment",
                    tap.id, tap.outcome
                ),
                CommandLine::of("taps --outcome accepted"),
            ));
        }
        let outcome = CommandLine::of("outcome").value(tap.id);
        return Err(Failure::usage_hint(
            format!("no day was agreed upon for tap {}", tap.id),
            outcome.then("accepted --scheduled \"friday 15:00\""),
        ));
    };
    let request = tap.request.map(|id| tx.request(id)).transpose()?.flatten();
    let prospect = request.and_then(|request| request.prospect);
    let with = prospect.map(|prospect| format!(" with {prospect}"));
    let guests = [tap.email.clone()].into_iter();
    let others = args.with.iter().map(|one| one.shown().to_owned());
    Ok(Meeting {
        uid: format!("tap-{}-{}@advocate", tap.id, tx.founded_at()?.0),
        time: time(appointment, present, args.minutes),
        summary: format!(
            "{}: {}{}",
            kind(&tap),
            tap.shown_name(),
            with.unwrap_or_default()
        ),
        place: args.place.clone(),
        organizer: args.from.as_ref().map(|one| one.shown().to_owned()),
        guests: guests.chain(others).collect(),
    })
}

/// What it is, with a capital: `Reference`.
fn kind(tap: &TapRow) -> String {
    let words = tap.kind.name().replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// When it is: at a time, or all day.
fn time(appointment: Appointment, present: &Present, minutes: u32) -> MeetingTime {
    match appointment.time {
        None => MeetingTime::Day(appointment.on),
        Some(time) => {
            let starts = present
                .policy
                .time_zone
                .instant(appointment.on.and_time(time));
            MeetingTime::At { starts, minutes }
        }
    }
}
