//! Past asks, kept in a spreadsheet until now, to typed rows.

use chrono::NaiveDate;

use super::columns::Doubt;
use super::headers::plain;
use super::holds::Holds;
use super::list::{List, ListKind, Reading};
use super::traits::adds_nothing;
use super::{CellResult, IntakeError, Options, Setting, cells};
use crate::domain::ask::AskKind;
use crate::domain::email::Email;
use crate::domain::tap::{Outcome, Rating};
use crate::domain::words::word_lists;

/// One ask made in the past.
#[derive(Debug, Clone, PartialEq)]
pub struct TapRow {
    /// Who was asked.
    pub email: Email,
    /// What for.
    pub ask: AskKind,
    /// When.
    pub tapped_on: NaiveDate,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it ended.
    pub outcome_on: Option<NaiveDate>,
    /// The colleague who asked.
    pub tapped_by: Option<String>,
    /// Anything worth remembering.
    pub note: Option<String>,
    /// How it went.
    pub rating: Option<Rating>,
}

impl TapRow {
    /// Whether it says nothing of an ask beside what an earlier row said.
    pub(crate) fn adds_nothing_to(&self, before: &Self) -> bool {
        adds_nothing(&self.outcome, &before.outcome)
            && adds_nothing(&self.outcome_on, &before.outcome_on)
            && adds_nothing(&self.tapped_by, &before.tapped_by)
            && adds_nothing(&self.note, &before.note)
            && adds_nothing(&self.rating, &before.rating)
    }
}

/// A list of past asks.
const TAPS: ListKind = ListKind {
    fields: word_lists! {
        "email": "email", "email address", "advocate", "advocate email", "person", "contact email", "customer email", "@email";
        "ask": "ask", "ask kind", "ask type", "type", "kind", "activity", "request type", "activity type";
        "tapped-on": "tapped on", "asked on", "date asked", "tap date", "ask date", "date", "asked", "tapped at", "@date";
        "outcome-on": "outcome on", "outcome date", "answered on", "completed on", "date completed", "closed on";
        "outcome": "outcome", "result", "status", "answer";
        "tapped-by": "tapped by", "asked by", "requested by", "requester", "owner", "by";
        "note": "note", "notes", "comment", "comments", "remarks", "details";
        "rating": "rating", "stars", "quality";
    },
    dates: &["tapped-on", "outcome-on"],
    by_content: &[
        ("email", Holds::Addresses, Doubt::Refuse),
        ("tapped-on", Holds::Dates, Doubt::Refuse),
    ],
    day: Some("tapped-on"),
    needed: &[&["email"], &["ask"], &["tapped-on"]],
};

/// Reads a list of taps.
///
/// # Errors
/// When the file as a whole cannot be read as a list of taps; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<TapRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &TAPS)?;
    list.read(|cells| {
        let email = cells
            .value("email")
            .ok_or("the e-mail address is missing")?;
        let ask = cells.value("ask").ok_or("the kind of ask is missing")?;
        let tapped_on = cells.past_day("tapped-on", "date of the ask", setting)?;
        let tapped_on = tapped_on.ok_or("the date of the ask is missing")?;
        let outcome_on = cells.past_day("outcome-on", "date of the outcome", setting)?;
        Ok(TapRow {
            email: Email::parse(cells::address(email))?,
            ask: ask_kind(ask)?,
            tapped_on,
            outcome: cells.value("outcome").map(outcome).transpose()?,
            outcome_on,
            tapped_by: cells.text("tapped-by"),
            note: cells.text("note"),
            rating: cells.value("rating").map(rating).transpose()?,
        })
    })
}

/// The ask kind by its name or by a word that colleagues use for it.
pub(super) fn ask_kind(cell: &str) -> CellResult<AskKind> {
    let word = plain(cell);
    let known = match word.as_str() {
        "referencecall" | "referencecalls" | "customerreference" | "refcall" | "call" => {
            AskKind::Reference
        }
        "casestudies" | "successstory" | "customerstory" | "story" => AskKind::CaseStudy,
        "g2"
        | "g2review"
        | "capterrareview"
        | "gartnerreview"
        | "gartnerpeerinsightsreview"
        | "trustradiusreview"
        | "onlinereview"
        | "productreview"
        | "peerreview"
        | "reviews" => AskKind::Review,
        "webinar" | "event" | "talk" | "speaker" | "speakingengagement" | "podcast" | "panel"
        | "conference" => AskKind::Speaking,
        "quote" | "customerquote" | "writtenquote" | "testimonials" => AskKind::Testimonial,
        "videotestimonial" | "videos" => AskKind::Video,
        "logouse" | "logopermission" | "logos" => AskKind::Logo,
        "communitypost" | "communityhelp" | "peerhelp" => AskKind::Community,
        "productfeedback" | "interview" | "userinterview" | "survey" => AskKind::Feedback,
        "referrals" | "introduction" | "intro" => AskKind::Referral,
        "betatest" | "betaprogram" | "betaprogramme" | "earlyaccess" => AskKind::Beta,
        "cab" | "customeradvisoryboard" => AskKind::AdvisoryBoard,
        _ => return by_name(cell, &word),
    };
    Ok(known)
}

fn by_name(cell: &str, word: &str) -> CellResult<AskKind> {
    let mut kinds = AskKind::ALL.into_iter();
    match kinds.find(|kind| plain(kind.name()) == word) {
        Some(kind) => Ok(kind),
        None => cell.parse(),
    }
}

fn outcome(cell: &str) -> CellResult<Outcome> {
    let word = plain(cell);
    Ok(match word.as_str() {
        "done" | "complete" => Outcome::Completed,
        "yes" | "agreed" => Outcome::Accepted,
        "no" | "refused" => Outcome::Declined,
        "open" | "waiting" => Outcome::Pending,
        "noresponse" | "noanswer" => Outcome::NoReply,
        "cancelled" | "canceled" => Outcome::Withdrawn,
        _ => {
            let mut outcomes = Outcome::ALL.into_iter();
            let known = outcomes.find(|outcome| plain(outcome.name()) == word);
            return known.map_or_else(|| cell.parse(), Ok);
        }
    })
}

fn rating(cell: &str) -> CellResult<Rating> {
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    let number = whole.parse().ok().and_then(Rating::new);
    number.ok_or_else(|| format!("`{cell}` is not a rating from 1 to 5"))
}
