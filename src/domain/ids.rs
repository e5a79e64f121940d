//! Identities of rows: one newtype each, so that a person's id can never be handed over as a tap's.

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A customer company.
    AccountId,
    /// A person at an account.
    PersonId,
    /// One answer to a survey.
    ResponseId,
    /// One ask made to one advocate.
    TapId,
    /// One write to the database: who, when, with which command.
    OperationId,
    /// Demand: somebody needs an ask filled.
    RequestId,
    /// A short reservation of an advocate.
    HoldId,
    /// A sales opportunity.
    DealId,
    /// Value returned to an advocate, once.
    GiveId,
    /// Contact that asked for nothing, once.
    TouchId,
    /// Something lasting, such as a published review.
    AssetId,
    /// An asset used in a deal, once.
    UseId,
    /// A positive moment that was no answer or ask.
    SignalId,
    /// Words kept about a person or an account.
    NoteId,
    /// Somebody proposed for the program.
    NominationId,
    /// Two records of one person made one.
    MergeId,
    /// A survey source, such as one vendor's exports.
    SourceId,
}
