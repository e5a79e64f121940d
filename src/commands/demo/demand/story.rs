//! The requests that the tour needs, written by hand around the asks of the cast. All days are counted back from
//! today; fewer than none are still to come.

use super::deals::Fate;
use crate::domain::ask::AskKind::{
    self, CaseStudy, Logo, Reference, Review, Speaking, Testimonial, Video,
};
use crate::domain::request::Event::{self, Reopened, Unfilled, Withdrawn};

/// A request with what was done for it.
pub(super) struct Scene {
    pub kind: AskKind,
    pub industry: &'static str,
    /// Which of the sellers asks.
    pub by: usize,
    pub opened: i64,
    pub needed: Option<i64>,
    pub wanted: u32,
    pub deal: Option<Fate>,
    /// Asks of the cast that were made for it.
    pub asks: &'static [(&'static str, i64)],
    pub then: &'static [(i64, Event, &'static str)],
}

const SCENE: Scene = Scene {
    kind: Reference,
    industry: "healthcare",
    by: 0,
    opened: 0,
    needed: None,
    wanted: 1,
    deal: None,
    asks: &[],
    then: &[],
};

const WON: &str = "Closed Won";
const LOST: &str = "Closed Lost";

#[rustfmt::skip]
pub(super) const SCENES: &[Scene] = &[
    // Healthcare, where demand is larger than the pool.
    Scene { opened: 3, needed: Some(-7), deal: Some(Fate::open(31, "Proposal/Price Quote")), ..SCENE },
    Scene { by: 1, opened: 12, needed: Some(-3), deal: Some(Fate::open(40, "Negotiation/Review")),
        asks: &[("Omar Farouk", 10)], ..SCENE },
    Scene { opened: 79, needed: Some(74), deal: Some(Fate::over(120, 55, WON)), asks: &[("Lucia Ferraz", 75)], ..SCENE },
    Scene { by: 2, opened: 83, needed: Some(70), deal: Some(Fate::over(130, 60, LOST)), asks: &[("Dilnoza Karimova", 80)],
        then: &[(75, Unfilled, "all-declined")], ..SCENE },
    Scene { kind: Review, opened: 114, needed: Some(95), asks: &[("Mei Takeda", 110)], ..SCENE },
    Scene { kind: Review, by: 3, opened: 53, needed: Some(38), asks: &[("Bram Hoekstra", 50)],
        then: &[(34, Unfilled, "too-late")], ..SCENE },
    Scene { kind: Testimonial, by: 1, opened: 23, needed: Some(9), wanted: 2, asks: &[("Chidi Eze", 20)], ..SCENE },
    Scene { kind: CaseStudy, by: 2, opened: 44, needed: Some(8), ..SCENE },
    Scene { opened: 203, needed: Some(195), asks: &[("Judith Amsel", 200)], deal: Some(Fate::over(230, 170, LOST)),
        then: &[(188, Reopened, "She did not come to the call"), (176, Unfilled, "all-resting")], ..SCENE },
    // Other industries.
    Scene { industry: "retail", by: 1, opened: 24, needed: Some(17), deal: Some(Fate::over(66, 7, WON)),
        asks: &[("Anouk Lefebvre", 22)], ..SCENE },
    Scene { industry: "technology", by: 2, opened: 133, needed: Some(125), deal: Some(Fate::over(160, 110, WON)),
        asks: &[("Priscilla Nkemelu", 130)], ..SCENE },
    Scene { industry: "technology", kind: Review, by: 2, opened: 114, needed: Some(100), wanted: 2,
        asks: &[("Priscilla Nkemelu", 112)], then: &[(98, Unfilled, "too-late")], ..SCENE },
    Scene { industry: "technology", kind: Logo, by: 3, opened: 8, needed: Some(-10), asks: &[("Priscilla Nkemelu", 6)], ..SCENE },
    Scene { industry: "manufacturing", by: 3, opened: 127, needed: Some(123), deal: Some(Fate::over(190, 118, WON)),
        asks: &[("Viktor Hallgren", 125)], ..SCENE },
    Scene { industry: "manufacturing", kind: Video, by: 3, opened: 166, needed: Some(150), asks: &[("Viktor Hallgren", 160)], ..SCENE },
    Scene { industry: "manufacturing", by: 1, opened: 45, needed: Some(-14), deal: Some(Fate::open(70, "Proposal/Price Quote")),
        then: &[(38, Withdrawn, "The prospect froze its budget"), (6, Reopened, "The budget is back")], ..SCENE },
    Scene { industry: "education", kind: Speaking, by: 0, opened: 104, needed: Some(80), then: &[(82, Unfilled, "nobody-fits")], ..SCENE },
    Scene { industry: "education", by: 0, opened: 95, needed: Some(80), deal: Some(Fate::over(125, 89, LOST)),
        then: &[(88, Withdrawn, "The deal was lost on the price")], ..SCENE },
    Scene { industry: "retail", kind: Video, by: 1, opened: 30, needed: Some(10), then: &[(21, Withdrawn, "The prospect bought without it")], ..SCENE },
    Scene { industry: "energy", by: 3, opened: 33, needed: Some(15), deal: Some(Fate::open(52, "Demo")), ..SCENE },
    Scene { industry: "energy", kind: CaseStudy, by: 2, opened: 140, needed: Some(90), then: &[(120, Unfilled, "nobody-fits")], ..SCENE },
    Scene { industry: "logistics", by: 0, opened: 99, needed: Some(88), deal: Some(Fate::over(121, 72, LOST)),
        then: &[(90, Unfilled, "all-resting")], ..SCENE },
];
