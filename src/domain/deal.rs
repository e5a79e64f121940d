//! Deals: sales opportunities as the CRM tells them (`domain.md` §2, §8).

use super::ask::words;

/// What a deal's stage comes to. Which stage means what is policy; a stage that nobody mapped is not guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DealStatus {
    /// Still to be decided.
    Open,
    /// Closed and won.
    Won,
    /// Closed and lost.
    Lost,
}

impl DealStatus {
    /// All of them.
    pub const ALL: [DealStatus; 3] = [DealStatus::Open, DealStatus::Won, DealStatus::Lost];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            DealStatus::Open => "open",
            DealStatus::Won => "won",
            DealStatus::Lost => "lost",
        }
    }
}

words!(DealStatus, "a deal's status");
