//! The cast: people whom the tour needs, written by hand. Whoever they are asked with, the rules answer the same way on
//! every day and with every seed. All days are counted back from today.

use super::RIVAL;
use crate::domain::ask::AskKind::{
    self, CaseStudy, Feedback, Logo, Reference, Review, Speaking, Testimonial, Video,
};
use crate::domain::tap::Outcome::{self, Accepted, Completed, Declined, NoReply, NoShow};

/// An account of the cast.
pub(super) struct Place {
    pub name: &'static str,
    pub industry: &'static str,
    pub spelt: &'static str,
    pub country: &'static str,
    pub health: &'static str,
    pub escalated: bool,
    /// Days until the renewal.
    pub renews_in: i64,
    pub rival: Option<&'static str>,
}

/// Somebody of the cast.
pub(super) struct Role {
    pub name: &'static str,
    pub title: &'static str,
    pub persona: &'static str,
    pub place: &'static str,
    pub scores: &'static [(i64, u8)],
    pub quote: Option<&'static str>,
    pub stands: Stands,
    pub will: &'static [AskKind],
    pub wont: &'static [AskKind],
    pub asks: &'static [Scene],
}

/// Where somebody of the cast stands, with the days on which they came there.
pub(super) enum Stands {
    Undecided,
    Invited(i64),
    Declined(i64),
    Silent(i64),
    Advocate(i64),
    /// Joined, paused, and back in so many days; fewer than none have passed since.
    Paused(i64, i64, Option<i64>),
    Retired(i64, i64),
}

/// An ask of somebody of the cast: when, what, what became of it, with ratings from 1 to 5.
pub(super) struct Scene {
    pub ago: i64,
    pub kind: AskKind,
    pub how: Telling,
    pub course: &'static [(i64, Outcome, u8)],
}

/// How an ask of the cast came into the program.
pub(super) enum Telling {
    Allowed,
    Overridden(&'static str),
    Imported,
}

use Stands::{Advocate, Invited, Paused, Retired, Silent, Undecided};
use Telling::{Allowed, Imported, Overridden};

const PLACE: Place = Place {
    name: "",
    industry: "healthcare",
    spelt: "Hospital & Health Care",
    country: "Germany",
    health: "green",
    escalated: false,
    renews_in: 210,
    rival: None,
};

const ROLE: Role = Role {
    name: "",
    title: "Operations Manager",
    persona: "champion",
    place: "",
    scores: &[],
    quote: None,
    stands: Undecided,
    will: &[Review, Testimonial, Reference],
    wont: &[],
    asks: &[],
};

const fn asked(ago: i64, kind: AskKind, course: &'static [(i64, Outcome, u8)]) -> Scene {
    let how = Allowed;
    Scene {
        ago,
        kind,
        how,
        course,
    }
}

const fn in_history(ago: i64, kind: AskKind, course: &'static [(i64, Outcome, u8)]) -> Scene {
    let how = Imported;
    Scene {
        ago,
        kind,
        how,
        course,
    }
}

const fn over(
    ago: i64,
    kind: AskKind,
    reason: &'static str,
    course: &'static [(i64, Outcome, u8)],
) -> Scene {
    let how = Overridden(reason);
    Scene {
        ago,
        kind,
        how,
        course,
    }
}

#[rustfmt::skip]
pub(super) const PLACES: &[Place] = &[
    Place { name: "Larkfield Clinics", country: "Spain", ..PLACE },
    Place { name: "Saint Orrin Hospitals", spelt: "healthcare", country: "Kenya", ..PLACE },
    Place { name: "Halcyon Fen Diagnostics", spelt: "Medical Devices", country: "Japan", rival: Some(RIVAL), ..PLACE },
    Place { name: "Vinterdal Care", spelt: "Health Care", country: "Sweden", ..PLACE },
    Place { name: "Cedar Row Clinics", spelt: "healthcare", country: "United States", ..PLACE },
    Place { name: "Torre Alba Hospital", country: "Italy", ..PLACE },
    Place { name: "Poldergate Clinics", country: "Netherlands", renews_in: 25, ..PLACE },
    Place { name: "Greenhollow Hospital", spelt: "healthcare", country: "United Kingdom", health: "red", ..PLACE },
    Place { name: "Quillwater Hospital Group", country: "Brazil", ..PLACE },
    Place { name: "Northlight Physio", spelt: "Health Care", country: "Canada", ..PLACE },
    Place { name: "Fernbank Dental", spelt: "Medical Devices", country: "Australia", health: "yellow", ..PLACE },
    Place { name: "Old Harbour Savings", industry: "financial-services", spelt: "Banking", country: "Poland", ..PLACE },
    Place { name: "Cloudmarrow Systems", industry: "technology", spelt: "Computer Software", country: "United States", ..PLACE },
    Place { name: "Hammerfen Machines", industry: "manufacturing", spelt: "Machinery", country: "Sweden", ..PLACE },
    Place { name: "Papillon Blue Trading", industry: "retail", spelt: "Consumer Goods", country: "France", ..PLACE },
    Place { name: "Cóndor Pass Freight", industry: "logistics", spelt: "Transportation", country: "Chile", escalated: true, ..PLACE },
];

#[rustfmt::skip]
pub(super) const ROLES: &[Role] = &[
    // Ready for a reference call.
    Role { name: "Nina Alvarez", title: "Director of Clinical Operations", persona: "executive", place: "Larkfield Clinics",
        scores: &[(5, 10), (130, 10), (250, 10), (330, 9), (460, 9)],
        quote: Some("Every ward plans on one board now. I would show it to any clinic that asks."),
        stands: Advocate(450), will: &[Review, Testimonial, Reference, CaseStudy, Speaking],
        asks: &[asked(430, Reference, &[(428, Accepted, 0), (420, Completed, 5)])], ..ROLE },
    Role { name: "Kwame Boateng", title: "Chief Information Officer", persona: "executive", place: "Saint Orrin Hospitals",
        scores: &[(48, 9), (300, 9)], stands: Advocate(140), will: &[Reference, CaseStudy, Review], wont: &[Video], ..ROLE },
    Role { name: "Mei Takeda", title: "Platform Owner", persona: "admin", place: "Halcyon Fen Diagnostics",
        scores: &[(40, 10), (260, 9)], stands: Advocate(240),
        asks: &[asked(110, Review, &[(105, Completed, 4)])], ..ROLE },
    Role { name: "Ruth Lindqvist", place: "Vinterdal Care", scores: &[(60, 9), (280, 10)],
        stands: Paused(320, 100, Some(-12)),
        asks: &[asked(240, Reference, &[(238, Accepted, 0), (230, Completed, 4)])], ..ROLE },
    // Blocked, each by one rule.
    Role { name: "Omar Farouk", title: "Head of Patient Services", place: "Cedar Row Clinics",
        scores: &[(30, 10), (220, 9)], stands: Advocate(260),
        asks: &[asked(180, Testimonial, &[(176, Completed, 5)]), asked(10, Reference, &[(8, Accepted, 0)])], ..ROLE },
    Role { name: "Sofia Moretti", place: "Torre Alba Hospital", scores: &[(75, 9)], stands: Advocate(90),
        will: &[Review, Testimonial], wont: &[Reference, Video], ..ROLE },
    Role { name: "Pieter van Aalst", title: "Finance Director", persona: "buyer", place: "Poldergate Clinics",
        scores: &[(20, 9), (210, 9)], stands: Advocate(200), ..ROLE },
    Role { name: "Aisha Bello", place: "Greenhollow Hospital", scores: &[(50, 9), (280, 10)], stands: Advocate(230), ..ROLE },
    Role { name: "Dilnoza Karimova", title: "IT Project Lead", persona: "admin", place: "Vinterdal Care",
        scores: &[(35, 9)], stands: Advocate(150), asks: &[asked(80, Reference, &[(77, Declined, 0)])], ..ROLE },
    Role { name: "Graham Osei", place: "Saint Orrin Hospitals", scores: &[(9, 5), (160, 9)],
        quote: Some("Two tickets about the rota export are open since spring. Fix those first, please."),
        stands: Advocate(150), ..ROLE },
    Role { name: "Ingrid Solheim", place: "Torre Alba Hospital", scores: &[(85, 10)], stands: Paused(200, 30, Some(45)), ..ROLE },
    Role { name: "Hana Novak", place: "Halcyon Fen Diagnostics", scores: &[(290, 9), (500, 10)], stands: Advocate(480),
        asks: &[asked(440, Review, &[(434, Completed, 4)])], ..ROLE },
    // An account that was asked three times in a quarter.
    Role { name: "Lucia Ferraz", place: "Quillwater Hospital Group", scores: &[(90, 9), (330, 9)], stands: Advocate(300),
        asks: &[asked(75, Reference, &[(73, Accepted, 0), (64, Completed, 5)])], ..ROLE },
    Role { name: "Bram Hoekstra", place: "Quillwater Hospital Group", scores: &[(110, 10)], stands: Advocate(200),
        asks: &[asked(50, Review, &[(36, NoReply, 0)])], ..ROLE },
    Role { name: "Chidi Eze", place: "Quillwater Hospital Group", scores: &[(25, 9)], stands: Advocate(160),
        asks: &[asked(20, Testimonial, &[])], ..ROLE },
    Role { name: "Yara Campos", title: "Nursing Director", persona: "executive", place: "Quillwater Hospital Group",
        scores: &[(15, 10)], stands: Advocate(100), ..ROLE },
    // No advocates, or no longer.
    Role { name: "Walter Grimsby", title: "Managing Director", persona: "executive", place: "Greenhollow Hospital",
        scores: &[(200, 9), (420, 10)], stands: Silent(120), ..ROLE },
    Role { name: "Leila Sadeghi", place: "Northlight Physio", scores: &[(28, 10)], stands: Invited(18), ..ROLE },
    Role { name: "Edgar Pohlmann", place: "Poldergate Clinics", scores: &[(100, 9)], stands: Stands::Declined(80), ..ROLE },
    Role { name: "Judith Amsel", place: "Fernbank Dental", scores: &[(150, 9), (400, 9)], stands: Retired(380, 70),
        asks: &[asked(340, Review, &[(330, Completed, 4)]), asked(200, Reference, &[(198, Accepted, 0), (190, NoShow, 0)])], ..ROLE },
    // Promoters whom nobody has asked to take part.
    Role { name: "Marisol Vega", place: "Northlight Physio", scores: &[(1, 10), (190, 9)],
        quote: Some("Nine sites, one calendar. When can we talk about your user day?"), ..ROLE },
    Role { name: "Tendai Moyo", title: "Head of Procurement", persona: "buyer", place: "Saint Orrin Hospitals", scores: &[(4, 9)], ..ROLE },
    Role { name: "Annika Rask", place: "Vinterdal Care", scores: &[(11, 10), (230, 10)], ..ROLE },
    Role { name: "Hyun-woo Bae", title: "Business Systems Analyst", persona: "admin", place: "Halcyon Fen Diagnostics", scores: &[(17, 9)], ..ROLE },
    Role { name: "Colette Marchand", place: "Cedar Row Clinics", scores: &[(33, 10)], ..ROLE },
    Role { name: "Darragh Quill", place: "Fernbank Dental", scores: &[(58, 9), (270, 8)], ..ROLE },
    // Other industries: history that broke a cap, overrides, an escalation.
    Role { name: "Tomasz Wilk", title: "Programme Director", persona: "buyer", place: "Old Harbour Savings",
        scores: &[(70, 9), (300, 10), (690, 9)], stands: Advocate(700), will: &[Review, Reference, Logo, CaseStudy],
        asks: &[in_history(600, Reference, &[(590, Completed, 5)]), in_history(585, Review, &[(580, Completed, 4)]),
            in_history(570, Reference, &[(560, Completed, 4)]), in_history(555, CaseStudy, &[(541, NoReply, 0)]),
            in_history(540, Reference, &[(538, Declined, 0)]),
            asked(250, Review, &[(244, Completed, 4)])], ..ROLE },
    Role { name: "Priscilla Nkemelu", title: "VP Operations", persona: "executive", place: "Cloudmarrow Systems",
        scores: &[(45, 10), (250, 10)], stands: Advocate(280), will: &[Review, Reference, Speaking, Logo],
        asks: &[asked(130, Reference, &[(128, Accepted, 0), (120, Completed, 5)]),
            over(112, Review, "She offered it herself on the call", &[(108, Completed, 5)]),
            asked(6, Logo, &[])], ..ROLE },
    Role { name: "Viktor Hallgren", place: "Hammerfen Machines", scores: &[(65, 9), (270, 9)], stands: Advocate(310),
        will: &[Review, Reference, Video, Feedback],
        asks: &[asked(160, Video, &[(155, Accepted, 0), (140, Completed, 3)]),
            over(125, Reference, "Last call before a deal closes; his owner agreed", &[(124, Accepted, 0), (119, Completed, 4)]),
            asked(12, Feedback, &[])], ..ROLE },
    Role { name: "Anouk Lefebvre", place: "Papillon Blue Trading", scores: &[(320, 9)], stands: Advocate(315),
        will: &[Review, Reference],
        asks: &[over(22, Reference, "Met her at the fair; she is as keen as ever", &[(19, Accepted, 0)])], ..ROLE },
    Role { name: "Rafael Quintero", place: "Cóndor Pass Freight", scores: &[(55, 9), (240, 10)], stands: Advocate(220),
        asks: &[asked(190, Review, &[(183, Completed, 4)])], ..ROLE },
];
