//! What can be asked for (`domain.md` §3): kinds, their effort, and the words that make an ask small and specific.

use serde::{Deserialize, Serialize};

/// An ask's size (`domain.md` §3). The order is the progression: low, then medium, then high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// Minutes: a review, a quote, a logo.
    Low,
    /// An hour or so: a call, a video, an introduction.
    Medium,
    /// Weeks or a stage: a case study, a talk, a board.
    High,
}

impl Effort {
    /// All efforts, smallest first.
    pub const ALL: [Effort; 3] = [Effort::Low, Effort::Medium, Effort::High];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Effort::Low => "low",
            Effort::Medium => "medium",
            Effort::High => "high",
        }
    }
}

/// What can be asked of an advocate (`domain.md` §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskKind {
    /// A public review.
    Review,
    /// A written quote.
    Testimonial,
    /// Showing the company's logo.
    Logo,
    /// Helping in the community.
    Community,
    /// Feedback on a plan or draft.
    Feedback,
    /// One 30-minute call or e-mail introduction with a prospect.
    Reference,
    /// A short recorded statement.
    Video,
    /// Introducing another company.
    Referral,
    /// Trying an early version.
    Beta,
    /// A written case study, 4-8 weeks.
    CaseStudy,
    /// A talk, webinar, podcast or panel.
    Speaking,
    /// A seat on the advisory board.
    AdvisoryBoard,
}

impl AskKind {
    /// All kinds, in the order of `domain.md` §3.
    pub const ALL: [AskKind; 12] = [
        AskKind::Review,
        AskKind::Testimonial,
        AskKind::Logo,
        AskKind::Community,
        AskKind::Feedback,
        AskKind::Reference,
        AskKind::Video,
        AskKind::Referral,
        AskKind::Beta,
        AskKind::CaseStudy,
        AskKind::Speaking,
        AskKind::AdvisoryBoard,
    ];

    /// The word for it, as typed and stored.
    pub const fn name(self) -> &'static str {
        match self {
            AskKind::Review => "review",
            AskKind::Testimonial => "testimonial",
            AskKind::Logo => "logo",
            AskKind::Community => "community",
            AskKind::Feedback => "feedback",
            AskKind::Reference => "reference",
            AskKind::Video => "video",
            AskKind::Referral => "referral",
            AskKind::Beta => "beta",
            AskKind::CaseStudy => "case-study",
            AskKind::Speaking => "speaking",
            AskKind::AdvisoryBoard => "advisory-board",
        }
    }

    /// The effort that `domain.md` §3 gives this kind; policy can change it.
    pub const fn default_effort(self) -> Effort {
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

macro_rules! words {
    ($type:ty, $what:literal) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            /// Reads the word, in any case, with `_` or a space for `-`.
            fn from_str(text: &str) -> Result<Self, String> {
                if let Some(found) = Self::ALL.iter().find(|one| one.name() == text) {
                    return Ok(*found);
                }
                let word = text.trim().to_lowercase().replace(['_', ' '], "-");
                Self::ALL
                    .iter()
                    .copied()
                    .find(|one| one.name() == word)
                    .ok_or_else(|| {
                        let all: Vec<&str> = Self::ALL.iter().map(|one| one.name()).collect();
                        format!("`{text}` is not {}; one of: {}", $what, all.join(", "))
                    })
            }
        }
    };
}
pub(crate) use words;

words!(Effort, "an effort");
words!(AskKind, "an ask kind");
