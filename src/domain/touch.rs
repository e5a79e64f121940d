//! Touches: contact that asks for nothing (`domain.md` §2).

use super::ask::words;

/// What a touch was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TouchKind {
    /// How are you getting on?
    CheckIn,
    /// Thanks for what somebody did.
    ThankYou,
    /// What came of what somebody did.
    ResultsShared,
    /// A review of the business with the customer.
    BusinessReview,
    /// Anything else.
    Other,
}

impl TouchKind {
    /// All of them.
    pub const ALL: [TouchKind; 5] = [
        TouchKind::CheckIn,
        TouchKind::ThankYou,
        TouchKind::ResultsShared,
        TouchKind::BusinessReview,
        TouchKind::Other,
    ];

    /// The word for it, as typed and stored.
    pub const fn name(self) -> &'static str {
        match self {
            TouchKind::CheckIn => "check-in",
            TouchKind::ThankYou => "thank-you",
            TouchKind::ResultsShared => "results-shared",
            TouchKind::BusinessReview => "business-review",
            TouchKind::Other => "other",
        }
    }
}

words!(TouchKind, "a kind of touch");
