//! Assets: what lasts after an ask, such as a published review or a case study (`docs/rules.md`, words).

use chrono::NaiveDate;

use super::ask::AskKind;
use super::words::words;

words! {
    /// What an asset is.
    pub enum AssetKind is "a kind of asset" {
        /// A public review.
        Review = "review",
        /// A case study.
        CaseStudy = "case-study",
        /// A written quote.
        Testimonial = "testimonial",
        /// A recorded statement.
        Video = "video",
        /// A recorded talk.
        Talk = "talk",
    }
}

words! {
    /// How far an asset has come. The order is the way it goes.
    pub enum AssetStatus is "a status of an asset" {
        /// Asked for.
        Asked = "asked",
        /// Being written.
        Drafting = "drafting",
        /// With the customer.
        InReview = "in-review",
        /// Allowed to go out.
        Approved = "approved",
        /// Out.
        Published = "published",
        /// No longer to be used.
        Expired = "expired",
    }
}

impl AssetStatus {
    /// The next one on the way; the last stays.
    pub const fn next(self) -> AssetStatus {
        match self {
            AssetStatus::Asked => AssetStatus::Drafting,
            AssetStatus::Drafting => AssetStatus::InReview,
            AssetStatus::InReview => AssetStatus::Approved,
            AssetStatus::Approved => AssetStatus::Published,
            AssetStatus::Published | AssetStatus::Expired => AssetStatus::Expired,
        }
    }
}

impl AssetKind {
    /// What a completed ask of this kind leaves behind, where it leaves something that we make; a review is made by the
    /// one who writes it.
    pub const fn left_by(ask: AskKind) -> Option<AssetKind> {
        match ask {
            AskKind::Video => Some(AssetKind::Video),
            AskKind::CaseStudy => Some(AssetKind::CaseStudy),
            AskKind::Testimonial => Some(AssetKind::Testimonial),
            AskKind::Speaking => Some(AssetKind::Talk),
            _ => None,
        }
    }
}

/// What is known of the permission to show an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Nobody gave one.
    Missing,
    /// Without an end.
    Lasting,
    /// Through this day.
    Until(NaiveDate),
}

impl Permission {
    /// From what may be shown, in words, and until when: either says that there is one.
    pub fn of(words: Option<&str>, until: Option<NaiveDate>) -> Self {
        match (words.map(str::trim), until) {
            (_, Some(until)) => Permission::Until(until),
            (None | Some(""), None) => Permission::Missing,
            (Some(_), None) => Permission::Lasting,
        }
    }

    /// Whether the asset may be shown on a day; the last day counts.
    pub fn holds(self, on: NaiveDate) -> bool {
        match self {
            Permission::Missing => false,
            Permission::Lasting => true,
            Permission::Until(until) => on <= until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_permission_is_given_in_words_or_by_its_last_day() {
        let june = Some(day("2026-06-30"));
        for (words, until, on_its_last_day, after) in [
            (None, None, false, false),
            (Some(" "), None, false, false),
            (Some("name, logo"), None, true, true),
            (None, june, true, false),
            (Some("name, logo"), june, true, false),
        ] {
            let permission = Permission::of(words, until);
            let holds = |on| permission.holds(day(on));
            let found = (holds("2026-06-30"), holds("2026-07-01"));
            assert_eq!(found, (on_its_last_day, after), "{words:?} {until:?}");
        }
    }
}
