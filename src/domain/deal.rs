//! Deals: sales opportunities as the CRM tells them (`docs/rules.md`, deals and influence).

use super::industry::slug;
use super::words::words;

words! {
    /// What a deal's stage comes to. Which stage means what is policy; a stage that nobody mapped is not guessed.
    pub enum DealStatus is "a deal's status" {
        /// Still to be decided.
        Open = "open",
        /// Closed and won.
        Won = "won",
        /// Closed and lost.
        Lost = "lost",
    }
}

/// Policy: which stages of the CRM are open, won and lost. A stage in none of the lists is not guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealStages {
    /// Stages of open deals.
    pub open: Vec<String>,
    /// Stages of deals that were won.
    pub won: Vec<String>,
    /// Stages of deals that were lost.
    pub lost: Vec<String>,
}

const OPEN: &[&str] = &[
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Id. Decision Makers",
    "Perception Analysis",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Discovery",
    "Demo",
    "Proposal",
    "Negotiation",
    "appointmentscheduled",
    "qualifiedtobuy",
    "presentationscheduled",
    "decisionmakerboughtin",
    "contractsent",
    "Appointment Scheduled",
    "Qualified To Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
    "Open",
];

impl Default for DealStages {
    fn default() -> Self {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            open: own(OPEN),
            won: own(&["Closed Won", "closedwon", "Won"]),
            lost: own(&["Closed Lost", "closedlost", "Lost"]),
        }
    }
}

impl DealStages {
    /// What a stage comes to; `None` where nobody mapped it. Case and punctuation do not matter, nor does the name of
    /// the pipeline that HubSpot adds in parentheses.
    pub fn status(&self, stage: &str) -> Option<DealStatus> {
        let stage = stage.trim();
        let pipeline = stage
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('));
        self.status_of(stage)
            .or_else(|| self.status_of(pipeline?.0))
    }

    fn status_of(&self, stage: &str) -> Option<DealStatus> {
        let stage = slug(stage);
        let among = |stages: &[String]| stages.iter().any(|one| slug(one) == stage);
        if among(&self.won) {
            Some(DealStatus::Won)
        } else if among(&self.lost) {
            Some(DealStatus::Lost)
        } else if among(&self.open) {
            Some(DealStatus::Open)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_mapped_or_left_alone() {
        let stages = DealStages::default();
        for (stage, status) in [
            ("Closed Won", Some(DealStatus::Won)),
            ("CLOSED-WON", Some(DealStatus::Won)),
            ("closedlost", Some(DealStatus::Lost)),
            ("Negotiation/Review", Some(DealStatus::Open)),
            ("Closed won (Sales Pipeline)", Some(DealStatus::Won)),
            ("Nurture (Sales Pipeline)", None),
            ("Nurture", None),
            ("", None),
        ] {
            assert_eq!(stages.status(stage), status, "{stage}");
        }
    }
}
