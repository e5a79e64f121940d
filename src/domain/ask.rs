//! What can be asked for (`docs/rules.md`, asks): kinds, their effort, and the words that make an ask small and
//! specific.

use super::words::words;

words! {
    /// An ask's size. The order is the progression: low, then medium, then high.
    pub enum Effort is "an effort" {
        /// Minutes: a review, a quote, a logo.
        Low = "low",
        /// An hour or so: a call, a video, an introduction.
        Medium = "medium",
        /// Weeks or a stage: a case study, a talk, a board.
        High = "high",
    }
}

words! {
    /// What can be asked of an advocate.
    pub enum AskKind is "an ask kind" {
        /// A public review.
        Review = "review",
        /// A written quote.
        Testimonial = "testimonial" or "quote",
        /// Showing the company's logo.
        Logo = "logo",
        /// Helping in the community.
        Community = "community",
        /// Feedback on a plan or draft.
        Feedback = "feedback",
        /// One 30-minute call or e-mail introduction with a prospect.
        Reference = "reference" or "ref" or "reference-call",
        /// A short recorded statement.
        Video = "video",
        /// Introducing another company.
        Referral = "referral" or "introduction",
        /// Trying an early version.
        Beta = "beta",
        /// A written case study, 4-8 weeks.
        CaseStudy = "case-study" or "case",
        /// A talk, webinar, podcast or panel.
        Speaking = "speaking" or "talk" or "webinar",
        /// A seat on the advisory board.
        AdvisoryBoard = "advisory-board" or "cab",
    }
}

impl AskKind {
    /// How much this kind usually takes; policy can change it.
    pub(super) const fn default_effort(self) -> Effort {
        match self {
            AskKind::Review
            | AskKind::Testimonial
            | AskKind::Logo
            | AskKind::Community
            | AskKind::Feedback => Effort::Low,
            AskKind::Reference | AskKind::Video | AskKind::Referral | AskKind::Beta => {
                Effort::Medium
            }
            AskKind::CaseStudy | AskKind::Speaking | AskKind::AdvisoryBoard => Effort::High,
        }
    }
}
