//! `touch`: contact that asked for nothing (`domain.md` §2).

use crate::domain::ids::{PersonId, TapId};
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::touch::TouchKind;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Column, Record, Sheet};
use crate::resolve;
use crate::resolve::arguments::day;
use crate::resolve::arguments::tap_number;
use crate::session::{Done, Session};
use crate::store::{NewTouch, TouchRow, Tx};
use chrono::NaiveDate;
use clap::Args;

/// Arguments of `touch`.
#[derive(Debug, Args)]
pub struct TouchArgs {
    /// With whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// check-in, thank-you, results-shared, business-review or other
    #[arg(long, value_name = "KIND")]
    pub kind: TouchKind,
    /// The ask that it was about, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// The colleague who did it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

pub(super) fn run(args: &TouchArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let (id, person, on, today) = session.write(|writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let at = present.instant_on(args.on)?;
        let id = writing.add_touch(&NewTouch {
            person: person.id,
            kind: args.kind,
            tap: tap_of(writing, args.tap, person.id)?,
            by: &by,
            note: args.note.as_deref(),
            at,
        })?;
        Ok((id, person, present.day(at), present.today))
    })?;
    if person.standing.stage == Some(Stage::DoNotContact) {
        let who = &person.email;
        session.warn(format!(
            "{who} is marked do-not-contact, and this was contact; it is recorded all the same"
        ))?;
    }
    let record = Record::new()
        .with("touch_id", "Touch", id.0)
        .with("email", "Person", person.email.as_str())
        .with("kind", "Kind", args.kind.name())
        .with("touched_on", "On", on)
        .with("touched_by", "By", by)
        .with("tap_id", "About tap", Cell::opt(args.tap));
    session.show("touch/1", today, record)?;
    Ok(Done::Fully)
}

/// The tap of this number, which must be one of the person's.
///
/// # Errors
/// Exit code 2 for a tap that is not there or was made to somebody else.
pub(super) fn tap_of(tx: &Tx<'_>, tap: Option<i64>, person: PersonId) -> Result<Option<TapId>> {
    let Some(id) = tap.map(TapId) else {
        return Ok(None);
    };
    match tx.tap(id)? {
        Some(tap) if tap.person == person => Ok(Some(id)),
        Some(tap) => Err(Failure::usage_hint(
            format!("tap {id} was made to {}", tap.email),
            "advocate taps WHO lists those of one person",
        )),
        None => Err(Failure::usage_hint(
            format!("there is no tap {id}"),
            "advocate taps",
        )),
    }
}

/// Touches as a list.
pub(super) fn sheet(rows: &[TouchRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("touch_id", "Touch"),
        Column::left("touched_on", "On"),
        Column::left("kind", "Kind"),
        Column::left("touched_by", "By"),
        Column::right("tap_id", "About tap"),
        Column::left("note", "Note"),
    ])
    .empty("");
    for row in rows {
        sheet.push(vec![
            row.id.0.into(),
            present.day(row.at).into(),
            row.kind.name().into(),
            row.by.as_str().into(),
            Cell::opt(row.tap.map(|id| id.0)),
            row.note.as_deref().into(),
        ]);
    }
    sheet
}
