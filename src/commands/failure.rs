//! Why a command did not do what was asked, when neither the file nor the database is to blame.

use std::fmt;

use crate::domain::refusal::Refusal;
use crate::output::{Cell, Problem};

/// A failure that the user can do something about.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The words typed cannot be followed: exit code 2.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// Why.
        cause: Option<String>,
        /// What to type instead.
        hint: Option<String>,
    },
    /// A rule refuses: exit code 3.
    #[error("{who} may not be asked: {}", .refusals.first().map(ToString::to_string).unwrap_or_default())]
    Refused {
        /// Whom.
        who: String,
        /// Why, in the order of the rules; never empty.
        refusals: Vec<Refusal>,
        /// What to type next.
        hint: String,
    },
    /// A move between stages or outcomes that makes no sense: exit code 3.
    #[error("{who}: {message}")]
    Move {
        /// Whose.
        who: String,
        /// Why not.
        message: String,
        /// The name of the refusal for scripts.
        refusal: &'static str,
        /// What to type next.
        hint: String,
    },
    /// Something else that went wrong: exit code 1.
    #[error("{message}")]
    Other {
        /// What went wrong.
        message: String,
        /// What to type next.
        hint: String,
    },
}

impl Failure {
    /// Words that cannot be followed.
    pub fn usage(message: impl Into<String>) -> Self {
        Failure::Usage {
            message: message.into(),
            cause: None,
            hint: None,
        }
    }

    /// The same, with what to type instead.
    pub fn usage_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Usage {
            message: message.into(),
            cause: None,
            hint: Some(hint.into()),
        }
    }

    /// A correction that corrects nothing; the help of the command says what can be corrected.
    pub fn nothing_to_change(command: &str, what: impl fmt::Display) -> Self {
        let message = format!("nothing was given to change about {what}");
        Self::usage_hint(message, format!("advocate {command} --help"))
    }

    /// The exit code that belongs to it.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage { .. } => 2,
            Failure::Refused { .. } | Failure::Move { .. } => 3,
            Failure::Other { .. } => 1,
        }
    }

    /// What is said about it.
    pub fn problem(&self) -> Problem {
        let problem = Problem::new(
            match self {
                Failure::Usage { .. } => "usage",
                Failure::Refused { .. } | Failure::Move { .. } => "refused",
                Failure::Other { .. } => "failure",
            },
            self.to_string(),
        );
        match self {
            Failure::Usage { cause, hint, .. } => {
                let problem = match cause {
                    Some(cause) => problem.cause(cause.clone()),
                    None => problem,
                };
                match hint {
                    Some(hint) => problem.hint(hint.clone()),
                    None => problem,
                }
            }
            Failure::Refused { refusals, hint, .. } => {
                refused(problem, refusals).hint(hint.clone())
            }
            Failure::Move { refusal, hint, .. } => problem
                .hint(hint.clone())
                .with("refusal", *refusal)
                .with("clears_on", Cell::Empty),
            Failure::Other { hint, .. } => problem.hint(hint.clone()),
        }
    }
}

/// A refusal in words with the date on which it clears, once.
pub(super) fn with_date(refusal: &Refusal) -> String {
    let words = refusal.to_string();
    match refusal.clears_on().map(|day| day.to_string()) {
        Some(day) if !words.contains(&day) => format!("{words} (until {day})"),
        _ => words,
    }
}

fn refused(problem: Problem, refusals: &[Refusal]) -> Problem {
    let Some(first) = refusals.first() else {
        return problem;
    };
    let also: Vec<String> = refusals[1..].iter().map(with_date).collect();
    let mut cause: Vec<String> = first
        .clears_on()
        .map(|day| format!("clears on {day}"))
        .into_iter()
        .collect();
    if !also.is_empty() {
        cause.push(format!("also: {}", also.join("; ")));
    }
    let problem = if cause.is_empty() {
        problem
    } else {
        problem.cause(cause.join("; "))
    };
    problem
        .with("refusal", first.name())
        .with("clears_on", Cell::opt(first.clears_on()))
        .with("refusals", Cell::list(refusals.iter().map(Refusal::name)))
}
