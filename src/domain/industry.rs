//! Industries under one name: "Hospital & Health Care" is healthcare (`docs/rules.md`, matching). What a source wrote
//! is kept; the name it stands for is looked up when a question is asked, so that a new alias serves old rows as well.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::words::word_lists;

/// What LinkedIn, HubSpot and Salesforce call industries; the file says which lists these are.
const LISTS: &str = include_str!("industries.txt");

/// The name of each industry of those lists.
static LISTED: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let lines = LISTS.lines().filter(|line| !line.starts_with('#'));
    let lines: Vec<&str> = lines.collect();
    let mut listed = HashMap::new();
    for list in lines.join("\n").split("\n\n") {
        let (head, words) = list.trim().split_once('\n').unwrap_or_default();
        let name = head.split(' ').next().unwrap_or_default();
        // Of the file itself, so that it lives as long.
        let name = LISTS.find(name).map(|at| &LISTS[at..at + name.len()]);
        let words = words.split(';').map(|word| bare(&slug(word)));
        listed.extend(words.filter_map(|word| Some((word, name?))));
    }
    listed
});

/// An "and" more or less makes no other industry.
fn bare(slug: &str) -> String {
    slug.replace("-and-", "-")
}

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
    /// The industry's one name: the alias it matches, or what it is called in the lists of LinkedIn, HubSpot and
    /// Salesforce, or else its own words, lower case and joined by `-`. HubSpot writes `HOSPITAL_HEALTH_CARE`.
    pub fn name_of(&self, words: &str) -> String {
        let key = slug(words);
        if self.0.contains_key(&key) {
            return key;
        }
        let wanted = bare(&key);
        self.0
            .iter()
            .find(|(_, aliases)| aliases.iter().any(|alias| bare(&slug(alias)) == wanted))
            .map(|(name, _)| name.clone())
            .or_else(|| LISTED.get(&wanted).map(|name| (*name).to_owned()))
            .unwrap_or(key)
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
            "Hospitals and Health Care",
            "Medical Equipment Manufacturing",
        ] {
            assert_eq!(aliases.name_of(words), "healthcare", "{words}");
        }
        for (words, name) in [
            ("INFORMATION_TECHNOLOGY_AND_SERVICES", "technology"),
            ("Technology, Information and Internet", "technology"),
            ("Software Development", "technology"),
            ("Not For Profit", "public-sector"),
            ("Non-profit Organizations", "public-sector"),
            ("Communications", "telecommunications"),
            ("Farming", "agriculture"),
            ("Agriculture", "agriculture"),
            ("Oil, Gas, and Mining", "energy"),
        ] {
            assert_eq!(aliases.name_of(words), name, "{words}");
        }
        assert_eq!(aliases.name_of("Space Mining"), "space-mining");
        assert_eq!(aliases.name_of(""), "");
    }

    /// Every list was read, each word stands under one name, and none contradicts the words of the policy.
    #[test]
    fn the_lists_agree_with_the_policy() {
        assert!(LISTED.len() > 500, "{}", LISTED.len());
        let aliases = IndustryAliases::default();
        for (name, words) in &aliases.0 {
            for word in words.iter().chain([name]) {
                let listed = LISTED.get(&bare(&slug(word)));
                assert!(listed.is_none_or(|listed| listed == name), "{word}");
            }
        }
        let words = LISTS.lines().filter(|line| line.starts_with(' '));
        let words: Vec<&str> = words.flat_map(|line| line.split(';')).collect();
        assert!(words.len() >= LISTED.len());
    }

    #[test]
    fn the_words_of_the_policy_come_first() {
        let mut aliases = IndustryAliases::default();
        let own = vec!["Pharmaceuticals".to_owned()];
        assert_eq!(aliases.name_of("Pharmaceuticals"), "life-sciences");
        aliases.0.insert("pharma".to_owned(), own);
        assert_eq!(aliases.name_of("Pharmaceuticals"), "pharma");
    }
}
