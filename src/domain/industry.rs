//! Industries under one name: "Hospital & Health Care" is healthcare (`docs/rules.md`, matching). What a source wrote
//! is kept; the name it stands for is looked up when a question is asked, so that a new alias serves old rows as well.

use std::collections::BTreeMap;

use super::words::word_lists;

/// For each industry's name, the other words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndustryAliases(pub BTreeMap<String, Vec<String>>);

const DEFAULTS: &[(&str, &[&str])] = word_lists! {
    "healthcare": "Hospital & Health Care", "Health Care", "Health", "Healthcare Services",
        "Health, Wellness and Fitness", "Medical Devices", "Medical Practice", "Hospitals";
    "financial-services": "Finance", "Banking", "Financial", "Fintech", "Insurance", "Capital Markets",
        "Investment Banking";
    "technology": "Software", "Information Technology", "Information Technology & Services",
        "Information Technology and Services", "IT", "SaaS", "Computer Software", "Internet", "Tech";
    "manufacturing": "Industrial", "Machinery", "Automotive", "Industrial Automation",
        "Mechanical or Industrial Engineering";
    "retail": "E-commerce", "Ecommerce", "Consumer Goods", "Apparel & Fashion";
    "education": "Higher Education", "E-Learning", "Education Management", "Primary/Secondary Education";
    "public-sector": "Government", "Government Administration", "Non-profit", "Nonprofit Organization Management",
        "Public Administration";
    "logistics": "Transportation", "Logistics and Supply Chain", "Logistics & Supply Chain", "Shipping",
        "Transportation/Trucking/Railroad";
    "energy": "Utilities", "Oil & Energy", "Renewables & Environment", "Oil and Gas";
    "media": "Entertainment", "Publishing", "Marketing and Advertising", "Online Media";
    "professional-services": "Consulting", "Management Consulting", "Legal Services", "Law Practice", "Accounting";
    "telecommunications": "Telecom", "Telco", "Wireless";
};

impl Default for IndustryAliases {
    fn default() -> Self {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let named = DEFAULTS.iter();
        Self(
            named
                .map(|(name, words)| ((*name).to_owned(), own(words)))
                .collect(),
        )
    }
}

impl IndustryAliases {
    /// The industry's one name: the alias it matches, or else its own words, lower case and joined by `-`. An "and"
    /// more or less makes no other industry: HubSpot writes `HOSPITAL_HEALTH_CARE`.
    pub fn name_of(&self, words: &str) -> String {
        let key = slug(words);
        if self.0.contains_key(&key) {
            return key;
        }
        let bare = |slug: &str| slug.replace("-and-", "-");
        let wanted = bare(&key);
        self.0
            .iter()
            .find(|(_, aliases)| aliases.iter().any(|alias| bare(&slug(alias)) == wanted))
            .map_or(key, |(name, _)| name.clone())
    }
}

/// Letters and digits in lower case, everything else as single dashes, `&` read as "and".
pub fn slug(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.replace('&', " and ").chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// Whether a value is the one that is wanted, however it is spelt; where none is wanted, any is.
pub fn names_the_same(value: Option<&str>, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| value.is_some_and(|value| slug(value) == slug(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_one_name() {
        let aliases = IndustryAliases::default();
        for words in [
            "healthcare",
            "Hospital & Health Care",
            " hospital and health care",
            "HEALTH CARE",
            "HOSPITAL_HEALTH_CARE",
        ] {
            assert_eq!(aliases.name_of(words), "healthcare", "{words}");
        }
        assert_eq!(aliases.name_of("Space Mining"), "space-mining");
        assert_eq!(aliases.name_of(""), "");
    }
}
