//! Why somebody may not be asked: one variant for each hard rule (`docs/rules.md`, who may be asked), with the facts
//! that a person needs to understand it and the day on which it clears, where there is one.

use std::fmt;

use chrono::NaiveDate;

use super::ask::{AskKind, Effort};
use super::caps::{Cap, Full, Hold};
use super::score::Score;
use super::stage::Stage;
use super::tap::Rating;

/// A named refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Marked do-not-contact; no override passes it.
    DoNotContact,
    /// Rule 1: not an active advocate.
    Stage {
        /// Where they stand; `None` where nothing was decided yet.
        stage: Option<Stage>,
        /// For a pause: when it ends.
        until: Option<NaiveDate>,
    },
    /// Rule 2: not willing, or never asked whether they are.
    Willingness {
        /// What was to be asked for.
        kind: AskKind,
        /// The day they said no; `None` where they were never asked about it.
        said_no_on: Option<NaiveDate>,
    },
    /// Rule 3: a cap of the person is full.
    Cap(Full),
    /// Rule 3: the account's cap is full.
    AccountCap {
        /// The cap.
        cap: Cap,
        /// The hold of one of its people that takes the last room, where it is one.
        hold: Option<Hold>,
        /// The first day with room; `None` for never.
        clears_on: Option<NaiveDate>,
    },
    /// Rule 3: a decline gives the ask kind a rest.
    DeclineRest {
        /// The kind that rests.
        kind: AskKind,
        /// When it was declined.
        declined_on: NaiveDate,
        /// When it may be asked again.
        clears_on: NaiveDate,
    },
    /// Rule 4: the latest response brakes.
    Score {
        /// The latest score.
        score: Score,
        /// When it was given.
        on: NaiveDate,
    },
    /// Rule 5: the latest positive moment is too long ago.
    Freshness {
        /// The latest positive moment that could carry the ask; `None` where there is none.
        last_on: Option<NaiveDate>,
        /// Whether only one of the person's own can.
        own: bool,
        /// For how many months it does.
        months: u32,
    },
    /// Rule 6: not enough completed smaller asks for a high-effort one.
    Unproven {
        /// Completed medium and high asks.
        medium: u32,
        /// Completed low asks.
        low: u32,
    },
    /// Rule 6: an ask of this kind went badly, which gives it a rest.
    RatingRest {
        /// The kind.
        kind: AskKind,
        /// How it was rated.
        rating: Rating,
        /// When it was completed.
        on: NaiveDate,
        /// When the kind may be asked for again.
        clears_on: NaiveDate,
    },
    /// Rule 7: the account's health is red or an escalation is open.
    AccountRisk {
        /// Whether it is an escalation; otherwise it is red health.
        escalated: bool,
    },
    /// Rule 7: the renewal is near, so only small asks.
    Renewal {
        /// The renewal.
        on: NaiveDate,
        /// The largest effort allowed until then.
        allowed: Effort,
        /// The day after the renewal.
        clears_on: NaiveDate,
    },
    /// Rule 8: the prospect competes with the account.
    Conflict {
        /// The name on the account's list.
        competitor: String,
    },
    /// Rule 9: several asks in a row were declined or got no reply.
    Unanswered {
        /// How many.
        asks: u32,
        /// The day of the last of them.
        last_on: NaiveDate,
        /// When the rest is over, if nothing ends it before.
        clears_on: NaiveDate,
    },
    /// Rule 10: moved to a company that is no customer, and was not verified since.
    Moved {
        /// When.
        on: NaiveDate,
    },
}

impl Refusal {
    /// The name that scripts rely on.
    pub const fn name(&self) -> &'static str {
        match self {
            Refusal::DoNotContact => "do-not-contact",
            Refusal::Stage { .. } => "stage",
            Refusal::Willingness { .. } => "willingness",
            Refusal::Cap(_) => "cap",
            Refusal::AccountCap { .. } => "account-cap",
            Refusal::DeclineRest { .. } => "decline-rest",
            Refusal::Score { .. } => "score",
            Refusal::Freshness { .. } => "freshness",
            Refusal::Unproven { .. } => "unproven",
            Refusal::AccountRisk { .. } => "account-risk",
            Refusal::Renewal { .. } => "renewal",
            Refusal::Conflict { .. } => "conflict",
            Refusal::RatingRest { .. } => "rating-rest",
            Refusal::Unanswered { .. } => "unanswered",
            Refusal::Moved { .. } => "moved",
        }
    }

    /// The first day on which this refusal no longer holds, where time alone clears it; others can stand then.
    pub const fn clears_on(&self) -> Option<NaiveDate> {
        match self {
            Refusal::Stage { until, .. } => *until,
            Refusal::Cap(full) => full.clears_on,
            Refusal::AccountCap { clears_on, .. } => *clears_on,
            Refusal::DeclineRest { clears_on, .. }
            | Refusal::RatingRest { clears_on, .. }
            | Refusal::Renewal { clears_on, .. }
            | Refusal::Unanswered { clears_on, .. } => Some(*clears_on),
            Refusal::DoNotContact
            | Refusal::Willingness { .. }
            | Refusal::Score { .. }
            | Refusal::Freshness { .. }
            | Refusal::Unproven { .. }
            | Refusal::AccountRisk { .. }
            | Refusal::Conflict { .. }
            | Refusal::Moved { .. } => None,
        }
    }

    /// Whether it is a cap that has no room: the person's or the account's.
    pub const fn is_cap(&self) -> bool {
        matches!(self, Refusal::Cap(_) | Refusal::AccountCap { .. })
    }

    /// The hold that stands in the way, where it is one.
    pub const fn hold(&self) -> Option<Hold> {
        match self {
            Refusal::Cap(full) => full.hold,
            Refusal::AccountCap { hold, .. } => *hold,
            _ => None,
        }
    }

    /// Whether an override with a reason may pass it (`docs/rules.md`, caps): all but do-not-contact.
    pub const fn can_be_overridden(&self) -> bool {
        !matches!(self, Refusal::DoNotContact)
    }
}

impl Refusal {
    /// The refusal in words with the date on which it clears, once.
    pub fn with_date(&self) -> String {
        let words = self.to_string();
        match self.clears_on().map(|day| day.to_string()) {
            Some(day) if !words.contains(&day) => format!("{words} (until {day})"),
            _ => words,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::DoNotContact => f.write_str("marked do-not-contact"),
            Refusal::Stage { stage, until } => write_stage(f, *stage, *until),
            Refusal::Willingness { kind, said_no_on } => write_willingness(f, *kind, *said_no_on),
            Refusal::Cap(full) => match &full.hold {
                Some(hold) => f.write_str(&held(hold)),
                None => write!(f, "asked too recently: {}", promise(full)),
            },
            Refusal::AccountCap { cap, hold, .. } => write_account_cap(f, *cap, hold.as_ref()),
            Refusal::DeclineRest {
                kind,
                declined_on: on,
                ..
            } => {
                write!(f, "declined a {kind} ask on {on}, so that kind rests")
            }
            Refusal::Score { score, on } => {
                write!(f, "latest score is {score} ({}, {on})", score.group())
            }
            Refusal::Freshness {
                last_on,
                own,
                months,
            } => write_freshness(f, *last_on, *own, *months),
            Refusal::Unproven { medium, low } => write_unproven(f, *medium, *low),
            Refusal::AccountRisk { escalated: true } => {
                f.write_str("the account has an open escalation")
            }
            Refusal::AccountRisk { escalated: false } => f.write_str("the account's health is red"),
            Refusal::Renewal { on, allowed, .. } => {
                write!(
                    f,
                    "the account renews on {on}; only {allowed} effort until then"
                )
            }
            Refusal::Conflict { competitor } => {
                write!(f, "{competitor} is a competitor of the account")
            }
            Refusal::RatingRest {
                kind, rating, on, ..
            } => {
                let rating = rating.get();
                write!(
                    f,
                    "rated a {kind} ask {rating} of 5 on {on}, so that kind rests"
                )
            }
            Refusal::Unanswered { asks, last_on, .. } => {
                write!(
                    f,
                    "the last {asks} asks were declined or got no reply, the latest of {last_on}"
                )
            }
            Refusal::Moved { on } => {
                write!(
                    f,
                    "moved on {on} to a company that is no customer, and was not verified since"
                )
            }
        }
    }
}

fn write_stage(
    f: &mut fmt::Formatter<'_>,
    stage: Option<Stage>,
    until: Option<NaiveDate>,
) -> fmt::Result {
    match (stage, until) {
        (Some(Stage::Paused), Some(until)) => write!(f, "paused until {until}"),
        (None | Some(Stage::Candidate), _) => f.write_str("willingness was never confirmed"),
        (Some(Stage::Invited), _) => f.write_str("invited, and has not said yes yet"),
        (Some(stage), _) => write!(f, "stage is {stage}"),
    }
}

fn write_willingness(
    f: &mut fmt::Formatter<'_>,
    kind: AskKind,
    said_no_on: Option<NaiveDate>,
) -> fmt::Result {
    match said_no_on {
        Some(on) => write!(f, "said no to {kind} asks on {on}"),
        None => write!(f, "never said yes to {kind} asks"),
    }
}

fn write_account_cap(f: &mut fmt::Formatter<'_>, cap: Cap, hold: Option<&Hold>) -> fmt::Result {
    match hold {
        Some(hold) => write!(f, "somebody at the account is {}", held(hold))?,
        None => f.write_str("the account was asked too often")?,
    }
    write!(f, ": at most {} in {}", asks(cap.max), months(cap.months))
}

fn write_freshness(
    f: &mut fmt::Formatter<'_>,
    last_on: Option<NaiveDate>,
    own: bool,
    window: u32,
) -> fmt::Result {
    let own = if own { " of their own" } else { "" };
    match last_on {
        Some(on) => write!(
            f,
            "the last positive moment{own} was on {on}, which is good for {}",
            months(window)
        ),
        None => write!(f, "no positive moment{own} on record"),
    }
}

fn write_unproven(f: &mut fmt::Formatter<'_>, medium: u32, low: u32) -> fmt::Result {
    let completed = format!("{medium} medium, {low} low");
    write!(
        f,
        "not proven for a high-effort ask yet (completed: {completed})"
    )
}

fn held(hold: &Hold) -> String {
    format!("held for request {} until {}", hold.request, hold.lapses_on)
}

/// What a person's cap promises: a tap counts toward its own effort and every smaller one.
fn promise(full: &Full) -> String {
    let Cap {
        max,
        months: window,
    } = full.cap;
    let window = months(window);
    match full.effort {
        Effort::Low => format!("at most {} in {window}", asks(max)),
        Effort::Medium => format!("at most {max} of medium or high effort in {window}"),
        Effort::High => format!("at most {max} of high effort in {window}"),
    }
}

fn asks(max: u32) -> String {
    if max == 1 {
        "1 ask".to_owned()
    } else {
        format!("{max} asks")
    }
}

fn months(window: u32) -> String {
    if window == 1 {
        "a month".to_owned()
    } else {
        format!("{window} months")
    }
}
