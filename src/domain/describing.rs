//! The fields that describe accounts and people, and who may change them: a survey fills what is empty, a CRM export
//! updates, and neither touches what a person confirmed by hand (`domain.md` §2).

use super::ask::words;

macro_rules! fields {
    ($(#[$doc:meta])* $name:ident, $what:literal: $($variant:ident = $word:literal, $meaning:literal;)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $meaning] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it, with dashes.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        words!($name, $what);
    };
}

fields! {
    /// What describes an account.
    AccountField, "a field of an account":
    Name = "name", "Its name.";
    Domain = "domain", "Its e-mail domain.";
    CrmId = "crm-id", "Its id in the CRM.";
    Industry = "industry", "Its industry, in the words received.";
    Segment = "segment", "Its segment.";
    Region = "region", "Its region.";
    Country = "country", "Its country.";
    Owner = "owner", "The colleague who owns the relationship.";
    RenewalOn = "renewal-on", "The next renewal, an ISO date.";
    Health = "health", "green, yellow or red.";
    Escalated = "escalated", "1 while an escalation is open, else 0.";
    CustomerSince = "customer-since", "Customer since, an ISO date.";
}

fields! {
    /// What describes a person.
    PersonField, "a field of a person":
    Name = "name", "Their name.";
    Title = "title", "Their job title.";
    Persona = "persona", "Their role in a purchase.";
    Language = "language", "A language they speak.";
    Owner = "owner", "The colleague who owns the relationship.";
    CrmId = "crm-id", "Their id in the CRM.";
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody typed it.
    Hand,
    /// A survey said it in passing: it fills what is empty.
    Survey,
    /// A CRM export: it updates.
    Crm,
}

impl Origin {
    /// Whether a value from here replaces `current`, which somebody may have confirmed by hand.
    pub fn replaces(self, current: Option<&str>, confirmed_by_hand: bool, incoming: &str) -> bool {
        let differs = current.unwrap_or_default() != incoming;
        match self {
            Origin::Hand => differs || !confirmed_by_hand,
            Origin::Survey => current.is_none() && !confirmed_by_hand && !incoming.is_empty(),
            Origin::Crm => differs && !confirmed_by_hand && !incoming.is_empty(),
        }
    }
}

/// How an account is doing, in the words that are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// All is well.
    Green,
    /// Needs attention.
    Yellow,
    /// In danger.
    Red,
}

impl Health {
    /// All of them.
    pub const ALL: [Health; 3] = [Health::Green, Health::Yellow, Health::Red];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Health::Green => "green",
            Health::Yellow => "yellow",
            Health::Red => "red",
        }
    }

    /// Reads the word or one of its usual synonyms in health exports; `None` where it says nothing known.
    pub fn from_words(words: &str) -> Option<Self> {
        Some(match words.trim().to_lowercase().as_str() {
            "green" | "good" | "healthy" | "g" => Health::Green,
            "yellow" | "amber" | "ok" | "neutral" | "at risk" | "y" => Health::Yellow,
            "red" | "bad" | "poor" | "critical" | "unhealthy" | "r" => Health::Red,
            _ => return None,
        })
    }
}

words!(Health, "a health");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_change_what() {
        for (origin, current, by_hand, incoming, replaces) in [
            (Origin::Survey, None, false, "a", true),
            (Origin::Survey, Some("b"), false, "a", false),
            (Origin::Survey, None, true, "a", false),
            (Origin::Survey, None, false, "", false),
            (Origin::Crm, Some("b"), false, "a", true),
            (Origin::Crm, Some("a"), false, "a", false),
            (Origin::Crm, Some("b"), true, "a", false),
            (Origin::Crm, Some("b"), false, "", false),
            (Origin::Hand, Some("b"), true, "a", true),
            (Origin::Hand, Some("a"), true, "a", false),
        ] {
            assert_eq!(
                origin.replaces(current, by_hand, incoming),
                replaces,
                "{origin:?} {current:?} {incoming}"
            );
        }
    }
}
