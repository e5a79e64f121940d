//! The fields that describe accounts and people, and who may change them: a survey fills what is empty, a CRM export
//! updates, and neither touches what a person confirmed by hand (`docs/rules.md`, describing).

use super::words::words;

words! {
    /// What describes an account.
    pub enum AccountField is "a field of an account" {
        /// Its name.
        Name = "name",
        /// Its e-mail domain.
        Domain = "domain",
        /// Its id in the CRM.
        CrmId = "crm-id",
        /// Its industry, in the words received.
        Industry = "industry",
        /// Its segment.
        Segment = "segment",
        /// Its region.
        Region = "region",
        /// Its country.
        Country = "country",
        /// The colleague who owns the relationship.
        Owner = "owner",
        /// The next renewal, an ISO date.
        RenewalOn = "renewal-on",
        /// green, yellow or red.
        Health = "health",
        /// 1 while an escalation is open, else 0.
        Escalated = "escalated",
        /// Customer since, an ISO date.
        CustomerSince = "customer-since",
        /// Its telephone number.
        Phone = "phone",
    }
}

words! {
    /// What describes a person.
    pub enum PersonField is "a field of a person" {
        /// Their name.
        Name = "name",
        /// Their job title.
        Title = "title",
        /// Their role in a purchase.
        Persona = "persona",
        /// A language they speak.
        Language = "language",
        /// The colleague who owns the relationship.
        Owner = "owner",
        /// Their id in the CRM.
        CrmId = "crm-id",
        /// Their telephone number.
        Phone = "phone",
    }
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

words! {
    /// How an account is doing, in the words that are stored.
    pub enum Health is "a health" {
        /// All is well.
        Green = "green",
        /// Needs attention.
        Yellow = "yellow",
        /// In danger.
        Red = "red",
    }
}

words! {
    /// Whether an account is a customer, in the words that are stored.
    pub enum AccountStatus is "a status of an account" {
        /// It is.
        Customer = "customer",
        /// It was, until the day on which it left.
        Churned = "churned",
    }
}

impl AccountStatus {
    /// Reads the word or one of its usual synonyms in CRM exports; `None` where it says nothing known.
    pub fn from_words(words: &str) -> Option<Self> {
        Some(match words.trim().to_lowercase().as_str() {
            "customer" | "active" | "active customer" | "live" => AccountStatus::Customer,
            "churned" | "churn" | "lost" | "former customer" | "cancelled" | "canceled" => {
                AccountStatus::Churned
            }
            _ => return None,
        })
    }
}

impl Health {
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
