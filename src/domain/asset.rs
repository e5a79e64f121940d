//! Assets: what lasts after an ask, such as a published review or a case study (`domain.md` §2).

use super::ask::words;

/// What an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssetKind {
    /// A public review.
    Review,
    /// A case study.
    CaseStudy,
    /// A written quote.
    Testimonial,
    /// A recorded statement.
    Video,
    /// A recorded talk.
    Talk,
}

impl AssetKind {
    /// All of them.
    pub const ALL: [AssetKind; 5] = [
        AssetKind::Review,
        AssetKind::CaseStudy,
        AssetKind::Testimonial,
        AssetKind::Video,
        AssetKind::Talk,
    ];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            AssetKind::Review => "review",
            AssetKind::CaseStudy => "case-study",
            AssetKind::Testimonial => "testimonial",
            AssetKind::Video => "video",
            AssetKind::Talk => "talk",
        }
    }
}

words!(AssetKind, "a kind of asset");

/// How far an asset has come. The order is the way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssetStatus {
    /// Asked for.
    Asked,
    /// Being written.
    Drafting,
    /// With the customer.
    InReview,
    /// Allowed to go out.
    Approved,
    /// Out.
    Published,
    /// No longer to be used.
    Expired,
}

impl AssetStatus {
    /// All of them.
    pub const ALL: [AssetStatus; 6] = [
        AssetStatus::Asked,
        AssetStatus::Drafting,
        AssetStatus::InReview,
        AssetStatus::Approved,
        AssetStatus::Published,
        AssetStatus::Expired,
    ];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            AssetStatus::Asked => "asked",
            AssetStatus::Drafting => "drafting",
            AssetStatus::InReview => "in-review",
            AssetStatus::Approved => "approved",
            AssetStatus::Published => "published",
            AssetStatus::Expired => "expired",
        }
    }

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

words!(AssetStatus, "a status of an asset");
