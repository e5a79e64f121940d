//! Corrections: what is put right where taking a whole operation back would be too blunt (`docs/undo.md`).

use super::words::words;

words! {
    /// What can be put right.
    pub enum Fact is "a fact" {
        /// An ask.
        Tap = "tap",
        /// What became of an ask.
        Outcome = "outcome",
        /// Value that was returned.
        Give = "give",
        /// Contact that asked for nothing.
        Touch = "touch",
        /// A note.
        Note = "note",
        /// A positive moment.
        Signal = "signal",
        /// An asset used in a deal.
        Use = "use",
        /// A request.
        Request = "request",
        /// A deal.
        Deal = "deal",
        /// How far an asset has come.
        Asset = "asset",
        /// The answer to a nomination.
        Nomination = "nomination",
        /// What an account uses, or who competes with it.
        Traits = "traits of account",
        /// An account that became part of another.
        Account = "account",
        /// Somebody who was added by mistake.
        Person = "person",
    }
}

words! {
    /// What was done to it.
    pub enum Change is "a change" {
        /// It says something else.
        Changed = "changed",
        /// It is not there any more.
        Removed = "removed",
    }
}
