//! The word lists of the demonstration program, embedded from `fixtures/demo`. Everything in them is invented.

use fastrand::Rng;

use crate::domain::score::ScoreGroup;

macro_rules! list {
    ($name:literal) => {
        include_str!(concat!("../../../fixtures/demo/", $name, ".txt"))
    };
}

/// A list of words.
pub(super) type List = Vec<&'static str>;

/// Words under headings, in the order of the file.
pub(super) type Groups = Vec<(&'static str, List)>;

/// Every list.
pub(super) struct Words {
    pub first_names: List,
    pub last_names: List,
    pub stems: List,
    pub industries: Groups,
    pub suffixes: Groups,
    pub countries: Groups,
    pub titles: Groups,
    pub products: List,
    pub use_cases: List,
    pub rivals: List,
    pub owners: List,
    pub tap_notes: List,
    pub limits: List,
    pub sellers: List,
    pub prospects: Groups,
    pub review_titles: List,
    promoters: List,
    passives: List,
    detractors: List,
}

impl Words {
    /// Reads the embedded files.
    pub(super) fn load() -> Self {
        Self {
            first_names: lines(list!("first-names")),
            last_names: lines(list!("last-names")),
            stems: lines(list!("stems")),
            industries: groups(list!("industries")),
            suffixes: groups(list!("suffixes")),
            countries: groups(list!("countries")),
            titles: groups(list!("titles")),
            products: lines(list!("products")),
            use_cases: lines(list!("use-cases")),
            rivals: lines(list!("rivals")),
            owners: lines(list!("owners")),
            tap_notes: lines(list!("tap-notes")),
            limits: lines(list!("limits")),
            sellers: lines(list!("sellers")),
            prospects: groups(list!("prospects")),
            review_titles: lines(list!("review-titles")),
            promoters: lines(list!("promoters")),
            passives: lines(list!("passives")),
            detractors: lines(list!("detractors")),
        }
    }

    /// What people of a score group write.
    pub(super) fn comments(&self, group: ScoreGroup) -> &List {
        match group {
            ScoreGroup::Promoter => &self.promoters,
            ScoreGroup::Passive => &self.passives,
            ScoreGroup::Detractor => &self.detractors,
        }
    }

    /// The region and language of a country.
    pub(super) fn country(&self, name: &str) -> (&'static str, &'static str) {
        let known = self.countries.iter().find(|(country, _)| *country == name);
        match known.map(|(_, words)| words.as_slice()) {
            Some([region, language, ..]) => (region, language),
            _ => ("EMEA", "en"),
        }
    }

    /// One word under a heading.
    pub(super) fn under(list: &Groups, heading: &str, rng: &mut Rng) -> &'static str {
        let found = list.iter().find(|(name, _)| *name == heading);
        found.map_or("", |(_, words)| pick(words, rng))
    }
}

/// One of the words; an empty one where there are none.
pub(super) fn pick(words: &[&'static str], rng: &mut Rng) -> &'static str {
    rng.choice(words).copied().unwrap_or_default()
}

/// Some of the words, each once.
pub(super) fn some(words: &[&'static str], amount: usize, rng: &mut Rng) -> Vec<String> {
    let chosen = rng.choose_multiple(words.iter(), amount);
    chosen.into_iter().map(|word| (*word).to_owned()).collect()
}

/// A name as it stands in an e-mail address or a domain: ASCII, lower case, joined by `joint`.
pub(super) fn address(name: &str, joint: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let plain = words.filter(|word| !word.is_empty()).map(|word| {
        let letters = word.chars().flat_map(char::to_lowercase);
        letters.map(without_accent).collect::<String>()
    });
    plain.collect::<Vec<_>>().join(joint)
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'ã' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'ê' => 'e',
        'í' | 'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ó' | 'ö' | 'ø' => 'o',
        'ş' | 'ś' => 's',
        'ü' => 'u',
        other => other,
    }
}

fn lines(text: &'static str) -> List {
    let words = text.lines().map(str::trim);
    words
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

fn groups(text: &'static str) -> Groups {
    let split = |line: &'static str| line.split_once(':');
    let group = |(heading, words): (&'static str, &'static str)| {
        (heading, words.split(';').map(str::trim).collect())
    };
    lines(text)
        .into_iter()
        .filter_map(split)
        .map(group)
        .collect()
}
