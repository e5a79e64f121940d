//! Signals: positive moments seen outside of surveys and asks (`docs/rules.md`, positive moments).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::words::words;

words! {
    /// What was seen.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum SignalKind is "a kind of signal" {
        /// Uses the product more than most.
        PowerUser = "power-user",
        /// The account is in good health.
        Health = "health",
        /// Helped others in the community.
        Community = "community",
        /// Praised the support they had.
        SupportPraise = "support-praise",
        /// Praised us in public without being asked.
        PublicPraise = "public-praise",
        /// A good business review.
        BusinessReview = "business-review",
        /// The contract was renewed.
        Renewal = "renewal",
        /// The contract became larger.
        Expansion = "expansion",
        /// Bought again at another company.
        RepeatCustomer = "repeat-customer",
    }
}

impl SignalKind {
    /// Whether it is known of an account as a whole, even where it was noted for one person.
    pub const fn is_of_account(self) -> bool {
        matches!(
            self,
            SignalKind::Health | SignalKind::Renewal | SignalKind::Expansion
        )
    }

    /// What it says of somebody, as a reason why they could be asked to take part.
    pub const fn reason(self) -> &'static str {
        match self {
            SignalKind::PowerUser => "power user",
            SignalKind::Health => "healthy account",
            SignalKind::Community => "helped in the community",
            SignalKind::SupportPraise => "praised support",
            SignalKind::PublicPraise => "praised us in public",
            SignalKind::BusinessReview => "good business review",
            SignalKind::Renewal => "renewed",
            SignalKind::Expansion => "expanded",
            SignalKind::RepeatCustomer => "bought again",
        }
    }
}

/// Goodwill that was noticed by somebody else than a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noticed {
    /// A signal.
    Signal(SignalKind),
    /// A nomination.
    Nomination,
}

impl Noticed {
    /// What it says of somebody.
    pub const fn reason(self) -> &'static str {
        match self {
            Noticed::Signal(kind) => kind.reason(),
            Noticed::Nomination => "nominated",
        }
    }
}

/// The day of the renewal that a new renewal date tells of: where it moved later, the old date, or today where that is
/// still to come. A first date, one taken away and one that moved earlier tell of none.
pub fn renewed_on(
    old: Option<NaiveDate>,
    new: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let (old, new) = old.zip(new)?;
    (new > old).then(|| old.min(today))
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;

    #[test]
    fn every_kind_reads_back_its_name() {
        for kind in SignalKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!("Power User".parse(), Ok(SignalKind::PowerUser));
        let error = "wizard".parse::<SignalKind>().unwrap_err();
        assert!(error.contains("power-user, health, community"), "{error}");
    }

    #[test]
    fn a_renewal_date_that_moves_later_is_a_renewal() {
        let today = day("2026-07-01");
        for (old, new, renewed) in [
            (Some("2026-06-20"), Some("2027-06-20"), Some("2026-06-20")),
            (Some("2026-08-01"), Some("2027-08-01"), Some("2026-07-01")),
            (Some("2026-07-01"), Some("2026-07-02"), Some("2026-07-01")),
            (Some("2026-08-01"), Some("2026-08-01"), None),
            (Some("2026-08-01"), Some("2026-07-31"), None),
            (None, Some("2027-08-01"), None),
            (Some("2026-08-01"), None, None),
        ] {
            let found = renewed_on(old.map(day), new.map(day), today);
            assert_eq!(found, renewed.map(day), "{old:?} {new:?}");
        }
    }
}
