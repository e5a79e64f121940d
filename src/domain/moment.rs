//! Positive moments: which facts are evidence of goodwill.

use super::nomination::Decision;
use super::score::Score;
use super::tap::Outcome;

/// A fact that may be a positive moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// An answer to a survey.
    Response(Score),
    /// A word about willingness. One confirmation is one moment, for however many kinds of ask it was: its first word
    /// counts.
    Willingness {
        /// Yes or no.
        willing: bool,
        /// Whether it is the first yes of its confirmation.
        first: bool,
    },
    /// An ask, by what became of it.
    Ask(Outcome),
    /// A nomination, with the last decision about it.
    Nomination(Option<Decision>),
    /// A signal about the person or their account.
    Signal,
}

impl Evidence {
    /// Whether it is a positive moment.
    pub const fn is_positive(self) -> bool {
        match self {
            Evidence::Response(score) => score.is_promoter(),
            Evidence::Willingness { willing, first } => willing && first,
            Evidence::Ask(outcome) => matches!(outcome, Outcome::Completed),
            Evidence::Nomination(decision) => !matches!(decision, Some(Decision::Declined)),
            Evidence::Signal => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_of_goodwill() {
        let said = |willing, first| Evidence::Willingness { willing, first };
        for (evidence, positive) in [
            (Evidence::Response(Score::new(9).unwrap()), true),
            (Evidence::Response(Score::new(8).unwrap()), false),
            (said(true, true), true),
            (said(true, false), false),
            (said(false, true), false),
            (Evidence::Ask(Outcome::Completed), true),
            (Evidence::Ask(Outcome::Accepted), false),
            (Evidence::Nomination(None), true),
            (Evidence::Nomination(Some(Decision::Accepted)), true),
            (Evidence::Nomination(Some(Decision::Declined)), false),
            (Evidence::Signal, true),
        ] {
            assert_eq!(evidence.is_positive(), positive, "{evidence:?}");
        }
    }
}
