//! Which touches count as having influenced a deal, and why the others do not (`docs/rules.md`, deals and influence).

use std::fmt;

use chrono::NaiveDate;

use super::ask::AskKind;
use super::asset::AssetKind;
use super::deal::DealStatus;
use super::ids::DealId;
use super::money::Money;

/// How many days before a deal's opening a touch may be and still count.
const LOOKBACK_DAYS: i64 = 90;

/// A deal, as it stands on the day the report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealFacts {
    /// Which one.
    pub id: DealId,
    /// Its name.
    pub name: String,
    /// What its stage comes to; `None` where nobody mapped the stage.
    pub status: Option<DealStatus>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// When it was opened.
    pub opened_on: Option<NaiveDate>,
    /// When it was closed. Of an open deal it is the day on which the CRM expects that, which decides nothing here.
    pub closed_on: Option<NaiveDate>,
}

impl DealFacts {
    /// The day it was won or lost; `None` where it is not known, or not over.
    pub(super) fn decided_on(&self) -> Option<NaiveDate> {
        match self.status? {
            DealStatus::Open => None,
            DealStatus::Won | DealStatus::Lost => self.closed_on,
        }
    }
}

/// What an advocate or an asset did for a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TouchpointKind {
    /// A reference call or introduction.
    Reference,
    /// A referral.
    Referral,
    /// The use of a case study or another asset.
    AssetUse(AssetKind),
}

impl TouchpointKind {
    /// The ask kind in whose row of the report it counts: an asset's is the ask that leads to it.
    pub const fn ask(self) -> AskKind {
        match self {
            TouchpointKind::Reference => AskKind::Reference,
            TouchpointKind::Referral => AskKind::Referral,
            TouchpointKind::AssetUse(AssetKind::Review) => AskKind::Review,
            TouchpointKind::AssetUse(AssetKind::CaseStudy) => AskKind::CaseStudy,
            TouchpointKind::AssetUse(AssetKind::Testimonial) => AskKind::Testimonial,
            TouchpointKind::AssetUse(AssetKind::Video) => AskKind::Video,
            TouchpointKind::AssetUse(AssetKind::Talk) => AskKind::Speaking,
        }
    }
}

impl fmt::Display for TouchpointKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TouchpointKind::Reference | TouchpointKind::Referral => self.ask().fmt(f),
            TouchpointKind::AssetUse(asset) => f.pad(&format!("{asset} used")),
        }
    }
}

/// A tap or an asset's use that is linked to a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchpointFacts {
    /// The deal it is linked to.
    pub deal: DealId,
    /// What it was.
    pub kind: TouchpointKind,
    /// When, in the program's zone; of what was said yes to and then completed, the first of those days.
    pub on: NaiveDate,
    /// The later ones of those days, oldest first.
    pub later: Vec<NaiveDate>,
    /// Whether it came about: a reference that is accepted or completed, a referral that was made. The use of an
    /// asset is a fact by itself, whatever stands here.
    pub completed: bool,
    /// Where it is recorded, such as `tap 12`.
    pub source: String,
}

/// Why a touch does not count for a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotQualified {
    /// It is linked to another deal.
    OtherDeal,
    /// The reference was not accepted, or the referral not made.
    NotCompleted,
    /// Nobody said what the deal's stage comes to.
    UnmappedStage,
    /// The deal's opening day is not known.
    NoOpeningDate,
    /// The deal is closed, on a day that is not known.
    NoClosingDate,
    /// More than 90 days before the deal's opening.
    TooEarly,
    /// After the deal's close.
    AfterClose,
    /// After the end of the period that is reported.
    AfterPeriod,
}

impl fmt::Display for NotQualified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            NotQualified::OtherDeal => "linked to another deal",
            NotQualified::NotCompleted => "not accepted or completed",
            NotQualified::UnmappedStage => "the deal's stage is not mapped to open, won or lost",
            NotQualified::NoOpeningDate => "the deal has no opening date",
            NotQualified::NoClosingDate => "the deal is closed without a closing date",
            NotQualified::TooEarly => "more than 90 days before the deal's opening",
            NotQualified::AfterClose => "after the deal's close",
            NotQualified::AfterPeriod => "after the end of the period",
        })
    }
}

/// The day on which a touch counts for a deal, or else its first day with the reason why it does not: each of its days
/// is looked at, not the first alone.
pub fn judged(touch: &TouchpointFacts, deal: &DealFacts) -> (NaiveDate, Result<(), NotQualified>) {
    let mut days = [touch.on].into_iter().chain(touch.later.iter().copied());
    let counts = days.find(|on| qualifies(touch, *on, deal).is_ok());
    match counts {
        Some(on) => (on, Ok(())),
        None => (touch.on, qualifies(touch, touch.on, deal)),
    }
}

/// Whether a touch on a day counts as having influenced a deal: it came about, is linked to the deal, is not
/// more than 90 days before the deal's opening (the 90th day before counts, the 91st does not) and not after its
/// close (the day of the close counts). A deal without a mapped stage, an opening day or, once closed, a closing day
/// cannot be checked and counts nothing.
///
/// # Errors
/// The first reason why not, in the order of [`NotQualified`]; never [`NotQualified::AfterPeriod`].
fn qualifies(touch: &TouchpointFacts, on: NaiveDate, deal: &DealFacts) -> Result<(), NotQualified> {
    let came_about = touch.completed || matches!(touch.kind, TouchpointKind::AssetUse(_));
    if touch.deal != deal.id {
        return Err(NotQualified::OtherDeal);
    }
    if !came_about {
        return Err(NotQualified::NotCompleted);
    }
    let status = deal.status.ok_or(NotQualified::UnmappedStage)?;
    let opened_on = deal.opened_on.ok_or(NotQualified::NoOpeningDate)?;
    if status != DealStatus::Open && deal.closed_on.is_none() {
        return Err(NotQualified::NoClosingDate);
    }
    if (opened_on - on).num_days() > LOOKBACK_DAYS {
        return Err(NotQualified::TooEarly);
    }
    if deal.decided_on().is_some_and(|closed| on > closed) {
        return Err(NotQualified::AfterClose);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn deal(status: DealStatus, opened_on: &str, closed_on: &str) -> DealFacts {
        let some = |text: &str| (!text.is_empty()).then(|| day(text));
        DealFacts {
            id: DealId(1),
            name: "Acme".to_owned(),
            status: Some(status),
            amount: None,
            opened_on: some(opened_on),
            closed_on: some(closed_on),
        }
    }

    fn reference(on: &str) -> TouchpointFacts {
        TouchpointFacts {
            deal: DealId(1),
            kind: TouchpointKind::Reference,
            on: day(on),
            later: Vec::new(),
            completed: true,
            source: "tap 1".to_owned(),
        }
    }

    #[test]
    fn both_sides_of_every_edge() {
        use DealStatus::{Lost, Open, Won};
        use NotQualified::{AfterClose, NoClosingDate, NoOpeningDate, TooEarly};
        // 2026-04-01 is 90 days after 2026-01-01.
        for (status, opened, closed, on, expected) in [
            (Won, "2026-04-01", "2026-06-30", "2025-12-31", Err(TooEarly)),
            (Won, "2026-04-01", "2026-06-30", "2026-01-01", Ok(())),
            (Won, "2026-04-01", "2026-06-30", "2026-01-02", Ok(())),
            (Won, "2026-04-01", "2026-06-30", "2026-04-01", Ok(())),
            (Won, "2026-04-01", "2026-06-30", "2026-06-29", Ok(())),
            (Won, "2026-04-01", "2026-06-30", "2026-06-30", Ok(())),
            (
                Won,
                "2026-04-01",
                "2026-06-30",
                "2026-07-01",
                Err(AfterClose),
            ),
            (
                Lost,
                "2026-04-01",
                "2026-06-30",
                "2026-07-01",
                Err(AfterClose),
            ),
            // What the CRM expects is no close.
            (Open, "2026-04-01", "2026-06-30", "2026-07-01", Ok(())),
            (Open, "2026-04-01", "", "2026-07-01", Ok(())),
            (Open, "2026-04-01", "", "2025-12-31", Err(TooEarly)),
            (Open, "", "", "2026-07-01", Err(NoOpeningDate)),
            (Won, "", "2026-06-30", "2026-05-01", Err(NoOpeningDate)),
            (Won, "2026-04-01", "", "2026-05-01", Err(NoClosingDate)),
            (Lost, "2026-04-01", "", "2026-05-01", Err(NoClosingDate)),
        ] {
            assert_eq!(
                judged(&reference(on), &deal(status, opened, closed)).1,
                expected,
                "{status} {opened} {closed}, touched {on}"
            );
        }
    }

    #[test]
    fn each_day_of_a_touch_is_looked_at() {
        // 90 days before 2026-04-20 is 2026-01-20.
        let deal = deal(DealStatus::Open, "2026-04-20", "");
        for (days, on, expected) in [
            (
                &["2026-01-10", "2026-01-19"][..],
                "2026-01-10",
                Err(NotQualified::TooEarly),
            ),
            (&["2026-01-10", "2026-02-01"], "2026-02-01", Ok(())),
            (&["2026-01-20", "2026-02-01"], "2026-01-20", Ok(())),
        ] {
            let touch = TouchpointFacts {
                later: days[1..].iter().map(|on| day(on)).collect(),
                ..reference(days[0])
            };
            assert_eq!(judged(&touch, &deal), (day(on), expected), "{days:?}");
        }
    }

    #[test]
    fn links_stages_and_what_came_about() {
        let open = deal(DealStatus::Open, "2026-04-01", "");
        let touch = reference("2026-04-02");
        let other = TouchpointFacts {
            deal: DealId(2),
            ..touch.clone()
        };
        assert_eq!(judged(&other, &open).1, Err(NotQualified::OtherDeal));
        let unmapped = DealFacts {
            status: None,
            ..open.clone()
        };
        assert_eq!(
            judged(&touch, &unmapped).1,
            Err(NotQualified::UnmappedStage)
        );
        for (kind, expected) in [
            (TouchpointKind::Reference, Err(NotQualified::NotCompleted)),
            (TouchpointKind::Referral, Err(NotQualified::NotCompleted)),
            (TouchpointKind::AssetUse(AssetKind::CaseStudy), Ok(())),
        ] {
            let touch = TouchpointFacts {
                kind,
                completed: false,
                ..touch.clone()
            };
            assert_eq!(judged(&touch, &open).1, expected, "{kind}");
        }
    }
}
