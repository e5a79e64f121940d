//! What the library of assets holds and where it was used, written by hand. All days are counted back from today.

use super::deals::Fate;
use crate::domain::asset::AssetKind::{self, CaseStudy, Talk, Testimonial, Video};
use crate::domain::asset::AssetStatus::{
    self, Approved, Asked, Drafting, Expired, InReview, Published,
};

/// A review: when it was published, where, its stars times ten, and who of the cast wrote it.
pub(super) type Opinion = (i64, &'static str, u8, Option<&'static str>);

/// Those of the cast appear the day after they were completed; the others were published without a name.
pub(super) const REVIEWS: &[Opinion] = &[
    (9, "G2", 50, None),
    (27, "Capterra", 45, None),
    (46, "G2", 40, None),
    (71, "TrustRadius", 45, None),
    (104, "G2", 45, Some("Mei Takeda")),
    (107, "Capterra", 50, Some("Priscilla Nkemelu")),
    (150, "G2", 35, None),
    (182, "TrustRadius", 40, Some("Rafael Quintero")),
    (215, "G2", 50, None),
    (243, "Capterra", 40, Some("Tomasz Wilk")),
    (280, "G2", 45, None),
    (329, "TrustRadius", 45, Some("Judith Amsel")),
    (400, "Capterra", 25, None),
];

/// Anything that is no review.
pub(super) struct Piece {
    pub kind: AssetKind,
    pub title: &'static str,
    pub industry: &'static str,
    /// What may be shown, and the days since that ended.
    pub permission: Option<(&'static str, i64)>,
    pub course: &'static [(i64, AssetStatus)],
    /// The deals it was used in, by their place among [`TOUCHED`], and when.
    pub uses: &'static [(usize, i64)],
}

#[rustfmt::skip]
pub(super) const PIECES: &[Piece] = &[
    Piece { kind: CaseStudy, title: "From nine spreadsheets to one board", industry: "manufacturing",
        permission: Some(("name, logo and figures", 31)), uses: &[(3, 170), (5, 175)],
        course: &[(460, Asked), (452, Drafting), (431, InReview), (424, Approved), (418, Published), (30, Expired)] },
    Piece { kind: CaseStudy, title: "How a parcel line plans its peaks", industry: "logistics",
        permission: Some(("name and logo", -190)), uses: &[(5, 150), (5, 104), (0, 100), (6, 80), (4, 55)],
        course: &[(205, Asked), (198, Drafting), (180, InReview), (169, Approved), (163, Published)] },
    Piece { kind: CaseStudy, title: "Audits in a day", industry: "financial-services",
        permission: Some(("name and figures", -330)), uses: &[(7, 20), (8, 9)],
        course: &[(66, Asked), (60, Drafting), (39, InReview), (30, Approved), (26, Published)] },
    Piece { kind: CaseStudy, title: "Two night shifts fewer a month", industry: "healthcare",
        permission: None, uses: &[],
        course: &[(34, Asked), (27, Drafting), (8, InReview)] },
    Piece { kind: CaseStudy, title: "One calendar for six campuses", industry: "education",
        permission: None, uses: &[], course: &[(19, Asked), (12, Drafting)] },
    Piece { kind: Testimonial, title: "Support answers before lunch", industry: "retail",
        permission: Some(("quote with name", -12)), uses: &[(4, 50)], course: &[(150, Asked), (141, Approved)] },
    Piece { kind: Video, title: "A day on the planning floor", industry: "technology",
        permission: Some(("whole recording", -120)), uses: &[(2, 70), (1, 60), (7, 40)],
        course: &[(165, Asked), (140, InReview), (132, Approved), (128, Published)] },
    Piece { kind: Talk, title: "What we measure on Mondays", industry: "energy",
        permission: None, uses: &[], course: &[(9, Asked)] },
];

/// The first of the reviews without a name that is used in deals, and where.
pub(super) const QUOTED: (usize, &[(usize, i64)]) = (6, &[(9, 60), (6, 25)]);

/// Deals in which assets were used, some of them in ways that do not count.
pub(super) const TOUCHED: [(&str, Fate); 10] = [
    ("logistics", Fate::open(130, "Nurture")),
    (
        "technology",
        Fate {
            opened: None,
            known: 90,
            ..Fate::open(90, "Proposal/Price Quote")
        },
    ),
    (
        "technology",
        Fate {
            closed: None,
            ..Fate::open(120, "Closed Won")
        },
    ),
    // The CRM opened it anew: what was shown before has little to do with it.
    (
        "manufacturing",
        Fate {
            known: 200,
            ..Fate::open(60, "Negotiation/Review")
        },
    ),
    ("retail", Fate::over(70, 12, "Closed Won")),
    ("logistics", Fate::over(190, 112, "Closed Won")),
    ("logistics", Fate::over(100, 30, "Closed Lost")),
    ("financial-services", Fate::open(50, "Proposal/Price Quote")),
    ("energy", Fate::open(33, "Discovery")),
    (
        "education",
        Fate {
            valued: false,
            ..Fate::over(95, 24, "Closed Won")
        },
    ),
];
