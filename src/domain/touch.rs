//! Touches: contact that asks for nothing (`docs/rules.md`, words).

use super::words::words;

words! {
    /// What a touch was.
    pub enum TouchKind is "a kind of touch" {
        /// How are you getting on?
        CheckIn = "check-in",
        /// Thanks for what somebody did.
        ThankYou = "thank-you",
        /// What came of what somebody did.
        ResultsShared = "results-shared",
        /// A review of the business with the customer.
        BusinessReview = "business-review",
        /// Anything else.
        Other = "other",
    }
}
