//! `touch`: contact that asked for nothing.

use clap::Args;

use crate::domain::stage::Stage;
use crate::domain::touch::TouchKind;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{day, tap_number, word, words};
use crate::resolve::colleague::{asked_back, slip};
use crate::resolve::several::each;
use crate::session::{Done, Session};
use crate::store::NewTouch;

/// Arguments of `touch`.
#[derive(Debug, Clone, Args)]
pub struct TouchArgs {
    /// With whom: an e-mail address, an id, or part of a name; several, or - for one a line on standard input
    #[arg(value_name = "WHO", value_parser = words, required = true)]
    pub who: Vec<String>,
    /// check-in, thank-you, results-shared, business-review or other
    #[arg(value_parser = word::<TouchKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: TouchKind,
    /// They answered: it was no contact in one direction only
    #[arg(long)]
    pub answered: bool,
    /// They had a good word for us, at a business-review: a positive moment
    #[arg(long)]
    pub good: bool,
    /// The ask that it was about, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who did it [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

pub(super) fn run(args: &TouchArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = asked_back(session, args.by.as_deref())?;
    let args = &TouchArgs { by, ..args.clone() };
    each(&args.who, session, |who, session| touch(who, args, session))
}

fn touch(who: &str, args: &TouchArgs, session: &mut Session<'_>) -> Result<Done> {
    if args.good && args.kind != TouchKind::BusinessReview {
        let message = "--good is for --kind business-review";
        let signal = CommandLine::of("signal add").value(who);
        let hint = Sentence::from("for praise elsewhere: ").then(signal.then("--kind KIND"));
        return Err(Failure::usage_hint(message, hint));
    }
    let answered = args.answered || args.good;
    let asked = session.interactive;
    let (record, person, slip, today) = session.write(|writing, present| {
        let slip = slip(writing, args.by.as_deref().filter(|_| !asked))?;
        let person = resolve::person(writing, who)?;
        let (by, at) = (writing.by(args.by.as_deref()), present.instant_on(args.on)?);
        let id = writing.add_touch(&NewTouch {
            person: person.id,
            kind: args.kind,
            tap: resolve::tap_of(writing, args.tap, person.id)?,
            by,
            answered: Some(answered),
            good: Some(args.good),
            note: args.note.as_deref(),
            at,
        })?;
        let record = Record::new()
            .with("touch_id", "Touch", id)
            .with("email", "Person", &person.email)
            .with("kind", "Kind", args.kind)
            .with("touched_on", "On", present.day(at))
            .with("touched_by", "By", by)
            .with("tap_id", "About tap", args.tap)
            .with("answered", "Answered", answered)
            .data("good", args.good);
        Ok((record, person, slip, present.today))
    })?;
    if person.standing.stage == Some(Stage::DoNotContact) {
        let who = &person.email;
        session.warn(format!(
            "{who} is marked do-not-contact, and this was contact; it is recorded all the same"
        ))?;
    }
    session.show("touch/1", today, record)?;
    session.note_any(slip)
}
