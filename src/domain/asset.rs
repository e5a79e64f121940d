//! Assets: what lasts after an ask, such as a published review or a case study (`docs/rules.md`, words).

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
