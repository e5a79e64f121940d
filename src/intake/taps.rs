//! Past asks, kept in a spreadsheet until now, to typed rows.

use chrono::NaiveDate;

use super::columns::{Aliases, plain};
use super::date_column::DateColumn;
use super::file::{Opened, text};
use super::problem::Stop;
use super::table::{Row, Table};
use super::{IntakeError, Options, Reading, Setting, Typed};
use crate::domain::ask::AskKind;
use crate::domain::email::Email;

/// One ask made in the past.
#[derive(Debug, Clone, PartialEq)]
pub struct TapRow {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// Who was asked.
    pub email: Email,
    /// What for.
    pub ask: AskKind,
    /// When.
    pub tapped_on: NaiveDate,
    /// How it ended, one of [`OUTCOMES`].
    pub outcome: Option<&'static str>,
    /// When it ended.
    pub outcome_on: Option<NaiveDate>,
    /// The colleague who asked.
    pub tapped_by: Option<String>,
    /// Anything worth remembering.
    pub note: Option<String>,
    /// How it went, 1 to 5.
    pub rating: Option<u8>,
}

/// The words for how an ask can end (`domain.md` §2).
pub const OUTCOMES: [&str; 7] = [
    "pending",
    "accepted",
    "completed",
    "declined",
    "no-reply",
    "no-show",
    "withdrawn",
];

/// Every field of a file of taps, with its usual headers.
const FIELDS: Aliases = &[
    (
        "email",
        &[
            "email",
            "email address",
            "advocate",
            "advocate email",
            "person",
            "contact email",
            "customer email",
        ],
    ),
    (
        "ask",
        &[
            "ask",
            "ask kind",
            "ask type",
            "type",
            "kind",
            "activity",
            "request type",
            "activity type",
        ],
    ),
    (
        "tapped-on",
        &[
            "tapped on",
            "asked on",
            "date asked",
            "tap date",
            "ask date",
            "date",
            "asked",
            "tapped at",
        ],
    ),
    (
        "outcome-on",
        &[
            "outcome on",
            "outcome date",
            "answered on",
            "completed on",
            "date completed",
            "closed on",
        ],
    ),
    ("outcome", &["outcome", "result", "status", "answer"]),
    (
        "tapped-by",
        &[
            "tapped by",
            "asked by",
            "requested by",
            "requester",
            "owner",
            "by",
        ],
    ),
    (
        "note",
        &["note", "notes", "comment", "comments", "remarks", "details"],
    ),
    ("rating", &["rating", "stars", "quality"]),
];

/// Reads a list of taps.
///
/// # Errors
/// When the file as a whole cannot be read as a list of taps; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<TapRow>, IntakeError> {
    let opened = Opened::open(bytes.into(), options, FIELDS)?;
    let mut columns = TapColumns::find(&opened, options)?;
    opened.read_rows(|row, table| columns.row(row, table, setting))
}

/// Where everything stands in the file.
struct TapColumns {
    email: usize,
    ask: usize,
    tapped_on: DateColumn,
    outcome: Option<usize>,
    outcome_on: Option<DateColumn>,
    tapped_by: Option<usize>,
    note: Option<usize>,
    rating: Option<usize>,
}

impl TapColumns {
    fn find(opened: &Opened, options: &Options) -> Result<Self, IntakeError> {
        let (found, header) = (&opened.columns, &opened.header);
        let dates = [found.all("tapped-on"), found.all("outcome-on")].concat();
        let date = |column| DateColumn::new(column, &dates, header, options);
        Ok(Self {
            email: found.needed("email", header)?,
            ask: found.needed("ask", header)?,
            tapped_on: date(found.needed("tapped-on", header)?)?,
            outcome: found.first("outcome"),
            outcome_on: found.first("outcome-on").map(date).transpose()?,
            tapped_by: found.first("tapped-by"),
            note: found.first("note"),
            rating: found.first("rating"),
        })
    }

    fn row(&mut self, row: &Row<'_>, table: &Table, setting: &Setting) -> Result<TapRow, Stop> {
        let email = row
            .value(Some(self.email))
            .ok_or("the e-mail address is missing")?;
        let ask = row
            .value(Some(self.ask))
            .ok_or("the kind of ask is missing")?;
        let tapped_on = self
            .tapped_on
            .read_past(row, table, "date of the ask", setting)?;
        let tapped_on = tapped_on.ok_or("the date of the ask is missing")?;
        let outcome_on = match &mut self.outcome_on {
            Some(column) => column.read_past(row, table, "date of the outcome", setting)?,
            None => None,
        };
        Ok(TapRow {
            line: row.line,
            email: Email::parse(email)?,
            ask: ask_kind(ask)?,
            tapped_on: tapped_on.day(setting.zone),
            outcome: row.value(self.outcome).map(outcome_word).transpose()?,
            outcome_on: outcome_on.map(|moment| moment.day(setting.zone)),
            tapped_by: text(row, self.tapped_by),
            note: text(row, self.note),
            rating: row.value(self.rating).map(rating).transpose()?,
        })
    }
}

/// The ask kind by its name or by a word that colleagues use for it.
pub(super) fn ask_kind(cell: &str) -> Typed<AskKind> {
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

fn by_name(cell: &str, word: &str) -> Typed<AskKind> {
    match AskKind::ALL
        .into_iter()
        .find(|kind| plain(kind.name()) == word)
    {
        Some(kind) => Ok(kind),
        None => cell.parse(),
    }
}

fn outcome_word(cell: &str) -> Typed<&'static str> {
    let word = plain(cell);
    let meant = match word.as_str() {
        "done" | "complete" => "completed",
        "yes" | "agreed" => "accepted",
        "no" | "refused" => "declined",
        "open" | "waiting" => "pending",
        "noresponse" | "noanswer" => "noreply",
        "cancelled" | "canceled" => "withdrawn",
        other => other,
    };
    let known = OUTCOMES.into_iter().find(|outcome| plain(outcome) == meant);
    known.ok_or_else(|| {
        format!(
            "`{cell}` is not an outcome; one of: {}",
            OUTCOMES.join(", ")
        )
    })
}

fn rating(cell: &str) -> Typed<u8> {
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    let number: Option<u8> = whole.parse().ok();
    number
        .filter(|number| (1..=5).contains(number))
        .ok_or_else(|| format!("`{cell}` is not a rating from 1 to 5"))
}
