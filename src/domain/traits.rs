//! What people and their accounts are told apart by: for whom an ask is, and how reports and targets count.

use std::fmt;

use super::ask::AskKind;
use super::industry::slug;
use super::tier::Tier;
use super::words::words;

words! {
    /// A trait of people or their accounts, beside the industry, that a prospect may ask for.
    pub enum Trait is "a trait" {
        /// Where the account is.
        Region = "region",
        /// How large it is, or how it is served.
        Segment = "segment",
        /// What it uses.
        Product = "product",
        /// What it uses it for.
        UseCase = "use-case",
        /// The person's role.
        Persona = "persona",
        /// A language that the person speaks.
        Language = "language",
        /// A word that colleagues put on the person or the account.
        Tag = "tag",
    }
}

/// A trait that people are counted by. Two of them are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// The account's industry.
    Industry,
    /// The kind of ask.
    Ask,
    /// The tier; requests have none, so there is no demand by it.
    Tier,
    /// Another trait of the person or the account.
    Trait(Trait),
}

impl Axis {
    /// All of them.
    pub const ALL: [Axis; 10] = [
        Axis::Industry,
        Axis::Ask,
        Axis::Tier,
        Axis::Trait(Trait::Region),
        Axis::Trait(Trait::Segment),
        Axis::Trait(Trait::Product),
        Axis::Trait(Trait::UseCase),
        Axis::Trait(Trait::Persona),
        Axis::Trait(Trait::Language),
        Axis::Trait(Trait::Tag),
    ];

    /// The word for it, as typed.
    pub const fn name(self) -> &'static str {
        match self {
            Axis::Industry => "industry",
            Axis::Ask => "ask",
            Axis::Tier => "tier",
            Axis::Trait(kind) => kind.name(),
        }
    }

    /// The axis of a word.
    pub fn named(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|axis| axis.name() == word)
    }
}

/// A trait with its value, as settings spell it: such as `region=emea`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TraitValue {
    /// The trait.
    pub axis: Axis,
    /// The value, in lower case with dashes.
    pub value: String,
}

impl TraitValue {
    /// A trait with a value as typed.
    ///
    /// # Errors
    /// Says what cannot be meant.
    pub fn new(axis: Axis, value: &str) -> Result<Self, String> {
        let value = match axis {
            Axis::Ask => value.parse::<AskKind>()?.name().to_owned(),
            Axis::Tier => value.parse::<Tier>()?.name().to_owned(),
            Axis::Industry | Axis::Trait(_) => slug(value),
        };
        match value.is_empty() {
            true => Err(format!("the {} has no letter and no figure", axis.name())),
            false => Ok(Self { axis, value }),
        }
    }
}

impl fmt::Display for TraitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.axis.name(), self.value)
    }
}
