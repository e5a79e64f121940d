//! Where reviews are published: the platforms' names, as people and addresses write them (`docs/assets.md`, reviews
//! from exports).

use super::cells;
use super::headers::plain;
use super::table::Header;

/// A platform: its name here, how else it is called, and the domains of its pages.
struct Platform {
    name: &'static str,
    words: &'static [&'static str],
    domains: &'static [&'static str],
}

const ALL: &[Platform] = &[
    Platform {
        name: "g2",
        words: &["g2", "g2com", "g2crowd", "g2crowdcom"],
        domains: &["g2.com", "g2crowd.com"],
    },
    Platform {
        name: "capterra",
        words: &["capterra", "capterracom"],
        domains: &[
            "capterra.com",
            "capterra.ca",
            "capterra.ch",
            "capterra.co.uk",
            "capterra.com.au",
            "capterra.com.br",
            "capterra.com.de",
            "capterra.de",
            "capterra.es",
            "capterra.fr",
            "capterra.ie",
            "capterra.in",
            "capterra.it",
            "capterra.mx",
            "capterra.nl",
        ],
    },
    Platform {
        name: "gartner",
        words: &[
            "gartner",
            "gartnercom",
            "gartnerpeerinsights",
            "peerinsights",
            "gpi",
        ],
        domains: &["gartner.com"],
    },
    Platform {
        name: "trustradius",
        words: &["trustradius", "trustradiuscom"],
        domains: &["trustradius.com"],
    },
    Platform {
        name: "software-advice",
        words: &["softwareadvice", "softwareadvicecom"],
        domains: &[
            "softwareadvice.com",
            "softwareadvice.co.uk",
            "softwareadvice.de",
        ],
    },
    Platform {
        name: "getapp",
        words: &["getapp", "getappcom"],
        domains: &["getapp.com", "getapp.co.uk", "getapp.de"],
    },
    Platform {
        name: "trustpilot",
        words: &["trustpilot", "trustpilotcom"],
        domains: &["trustpilot.com"],
    },
    Platform {
        name: "peerspot",
        words: &["peerspot", "peerspotcom", "itcentralstation"],
        domains: &["peerspot.com", "itcentralstation.com"],
    },
];

/// Headers that only G2 writes, as they are compared.
const G2_HEADERS: &[&str] = &[
    "whatdoyoulikebest",
    "whatdoyoudislike",
    "recommendationstoothers",
];

/// The platform that a word means, if it is a known one.
pub(crate) fn by_word(word: &str) -> Option<&'static str> {
    let word = plain(word);
    let meant = ALL.iter().find(|one| one.words.contains(&word.as_str()));
    meant.map(|one| one.name)
}

/// The platform on whose pages the address is, if it is a known one.
pub(crate) fn by_address(url: &str) -> Option<&'static str> {
    let host = cells::domain(url)?;
    let is_on = |domain: &str| {
        let before = host.strip_suffix(domain);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    let found = ALL
        .iter()
        .find(|one| one.domains.iter().copied().any(is_on));
    found.map(|one| one.name)
}

/// The platform that a header gives away.
pub(crate) fn by_header(header: &Header) -> Option<&'static str> {
    let is_g2 = |name: &String| {
        let first = name.split(|c: char| !c.is_alphanumeric()).next();
        let name_of_it = first.is_some_and(|word| word.eq_ignore_ascii_case("g2"));
        let plain = plain(name);
        name_of_it || G2_HEADERS.iter().any(|start| plain.starts_with(start))
    };
    header.names.iter().any(is_g2).then_some("g2")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_are_known_by_word_and_address() {
        for (word, name) in [
            ("G2", Some("g2")),
            ("G2.com", Some("g2")),
            ("Gartner Peer Insights", Some("gartner")),
            ("TrustRadius", Some("trustradius")),
            ("Software Advice", Some("software-advice")),
            ("nightly", None),
            ("", None),
        ] {
            assert_eq!(by_word(word), name, "{word}");
        }
        for one in ALL {
            assert_eq!(by_word(one.name), Some(one.name));
        }
        for (url, name) in [
            (
                "https://www.g2.com/survey_responses/pulse-review-1",
                Some("g2"),
            ),
            ("https://WWW.Capterra.co.uk/reviews/1", Some("capterra")),
            ("https://www.gartner.com/reviews/x", Some("gartner")),
            ("trustradius.com/reviews/1", Some("trustradius")),
            ("https://uk.trustpilot.com/reviews/1", Some("trustpilot")),
            ("https://notg2.com/", None),
            ("https://g2.com.example/", None),
            ("https://pulse.example/?from=g2.com", None),
            ("", None),
        ] {
            assert_eq!(by_address(url), name, "{url}");
        }
    }

    #[test]
    fn g2_is_known_by_its_headers() {
        for (names, is_g2) in [
            (&["Title", "What do you like best about Pulse?"][..], true),
            (&["G2 Review ID"], true),
            (&["G20 member"], false),
            (&["Title", "Rating"], false),
        ] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let found = by_header(&Header::of_one_row(&names));
            assert_eq!(found.is_some(), is_g2, "{names:?}");
        }
    }
}
