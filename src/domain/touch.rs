//! Touches: contact that asks for nothing (`docs/rules.md`, words).

use super::words::words;

words! {
    /// What a touch was.
    pub enum TouchKind is "a kind of touch" {
        /// How are you getting on?
        CheckIn = "check-in",
        /// Thanks for what somebody did.
        ThankYou = "thank-you" or "thanks",
        /// What came of what somebody did.
        ResultsShared = "results-shared" or "results",
        /// A review of the business with the customer.
        BusinessReview = "business-review" or "qbr",
        /// Anything else.
        Other = "other",
    }
}
