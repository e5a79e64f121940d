//! E-mail addresses as keys of people (`docs/rules.md`, words): trimmed and lower-cased to match, `+tag` kept, and the
//! spelling that was received kept for display.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "an address with a character before the at sign is not empty"
)]

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

use super::characters::{is_invisible, is_steering};

/// A plausible e-mail address: its matching key and the spelling received.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email {
    shown: String,
    /// Only where it differs from the spelling: an import reads a million of them.
    key: Option<String>,
}

/// Characters that an address cannot have here: those that separate addresses, and those with which a command that is
/// copied into a shell would do something else. An apostrophe is part of a name.
const REFUSED: [char; 13] = [
    ',', ';', ':', '<', '>', '"', '\\', '$', '(', ')', '|', '&', '`',
];

/// Domains of mailbox providers: they never stand for an account (`docs/rules.md`, describing). The file says where they
/// are from.
static MAILBOX_PROVIDERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("mailbox_providers.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

impl Email {
    /// Reads an address, surrounding space ignored.
    ///
    /// # Errors
    /// Says what is wrong when there is no single `@`, an empty side, a space or control character, a character that
    /// means something to a shell, or a domain without a dot or with an empty label.
    pub fn parse(text: &str) -> Result<Self, String> {
        let shown = text.trim();
        if is_common(shown.as_bytes()) {
            let capital = shown.bytes().any(|byte| byte.is_ascii_uppercase());
            return Ok(Self {
                shown: shown.to_owned(),
                key: capital.then(|| shown.to_ascii_lowercase()),
            });
        }
        let problem = |what: &str| Err(format!("`{shown}` is not an e-mail address: {what}"));
        if shown
            .chars()
            .any(|c| c.is_whitespace() || is_steering(c) || is_invisible(c))
        {
            return problem("it contains a space or a character that cannot be seen");
        }
        if shown.len() > 254 {
            return problem("it is longer than 254 characters");
        }
        let Some((local, domain)) = shown.split_once('@') else {
            return problem("it has no @");
        };
        if domain.contains('@') {
            return problem("it has more than one @");
        }
        if local.is_empty() || domain.is_empty() {
            return problem("a side of the @ is empty");
        }
        if !domain.contains('.') || domain.split('.').any(str::is_empty) {
            return problem("its domain is not complete");
        }
        if let Some(refused) = shown.chars().find(|c| REFUSED.contains(c)) {
            return problem(&format!(
                "it contains `{refused}`, which an address here cannot have"
            ));
        }
        Ok(Self::on_record(shown))
    }

    /// An address that is on record already: what was accepted once stays readable.
    pub fn on_record(shown: &str) -> Self {
        let key = shown.to_lowercase();
        Self {
            shown: shown.to_owned(),
            key: (key != shown).then_some(key),
        }
    }

    /// The key that identifies the person: lower case, `+tag` kept.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.shown)
    }

    /// The spelling received.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The part after the `@`, lower case.
    pub fn domain(&self) -> &str {
        self.key().split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The domain where it can stand for a company; `None` for mailbox providers such as gmail.com.
    pub fn company_domain(&self) -> Option<&str> {
        let domain = self.domain();
        (!is_free_mail(domain)).then_some(domain)
    }
}

/// Whether this is an address of the commonest kind, of ASCII letters, digits and `. _ + -`: an import reads a million
/// of them, so one look at each byte has to do. Anything else is looked at closely.
fn is_common(address: &[u8]) -> bool {
    let mut ats = 0;
    let mut dots_in_domain = 0;
    let mut before = b'.';
    for byte in address {
        match byte {
            b'@' if before == b'@' || address[0] == b'@' => return false,
            b'@' => ats += 1,
            b'.' if ats == 1 && matches!(before, b'.' | b'@') => return false,
            b'.' => dots_in_domain += ats,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'+' | b'-' => {}
            _ => return false,
        }
        before = *byte;
    }
    ats == 1 && dots_in_domain > 0 && !matches!(before, b'.' | b'@') && address.len() <= 254
}

/// Whether `domain` belongs to a mailbox provider, which is never an account's domain (`docs/rules.md`, describing).
pub fn is_free_mail(domain: &str) -> bool {
    MAILBOX_PROVIDERS.contains(domain)
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_trimmed_and_lower_case_and_keeps_its_tag() {
        let email = Email::parse("  ADA+nps@Analytical.Example ").unwrap();
        assert_eq!(email.key(), "ada+nps@analytical.example");
        assert_eq!(email.shown(), "ADA+nps@Analytical.Example");
        assert_eq!(email.company_domain(), Some("analytical.example"));
    }

    #[test]
    fn the_quick_look_never_accepts_what_the_close_one_refuses() {
        for (address, common) in [
            ("ada+nps.x@sub.analytical.example", true),
            ("ADA_1-2@x.example", true),
            (".ada@x.example", true),
            ("ada@.example", false),
            ("ada@x..example", false),
            ("ada@x.example.", false),
            ("ada@example", false),
            ("a.da@example", false),
            ("ada@@x.example", false),
            ("a@da@x.example", false),
            ("@x.example", false),
            ("", false),
            ("@", false),
            ("zoë@x.example", false),
        ] {
            assert_eq!(is_common(address.as_bytes()), common, "{address}");
            assert!(
                !common || Email::parse(&address.replace('x', "é")).is_ok(),
                "{address}"
            );
        }
    }

    #[test]
    fn mailbox_providers_are_no_company() {
        for provider in [
            "GMAIL.com",
            "bluewin.ch",
            "docomo.ne.jp",
            "seznam.cz",
            "uol.com.br",
            "telenet.be",
            "proton.me",
        ] {
            let email = Email::parse(&format!("ada@{provider}")).unwrap();
            assert_eq!(email.company_domain(), None, "{provider}");
        }
        let plausible =
            |domain: &&&str| domain.contains('.') && **domain == domain.trim().to_lowercase();
        assert!(MAILBOX_PROVIDERS.iter().all(|domain| plausible(&domain)));
        assert!(MAILBOX_PROVIDERS.len() > 10_000);
    }

    #[test]
    fn what_is_not_an_address_is_refused_with_the_reason() {
        for (text, reason) in [
            ("ada", "no @"),
            ("@x.example", "empty"),
            ("ada@", "empty"),
            ("ada@@x.example", "more than one"),
            ("ada@example", "domain"),
            ("ada@x..example", "domain"),
            ("a da@x.example", "space"),
            ("Ada <ada@x.example>", "space"),
            ("<ada@x.example>", "cannot have"),
            ("mailto:ada@x.example", "cannot have"),
            ("ada\u{200b}@x.example", "cannot be seen"),
            ("a\u{ad}da@x.example", "cannot be seen"),
            ("\u{202e}ada@x.example", "cannot be seen"),
            ("ada\n@x.example", "cannot be seen"),
            ("ada\u{7f}@x.example", "cannot be seen"),
            ("ada\u{a0}l@x.example", "space"),
        ] {
            let error = Email::parse(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn what_a_shell_would_run_is_no_address() {
        for refused in REFUSED {
            for text in [
                format!("a{refused}da@x.example"),
                format!("{refused}ada@x.example"),
                format!("ada@x{refused}.example"),
                format!("ada@x.example{refused}"),
            ] {
                let error = Email::parse(&text).unwrap_err();
                let reason = format!("it contains `{refused}`, which an address here cannot have");
                assert!(error.contains(&reason), "{text}: {error}");
                assert_eq!(Email::on_record(&text).key(), text);
            }
        }
        for (text, key) in [
            ("O'Brien@X.example", "o'brien@x.example"),
            ("-dash@x.example", "-dash@x.example"),
            ("a*b?c!d#e{f}%@x.example", "a*b?c!d#e{f}%@x.example"),
        ] {
            assert_eq!(Email::parse(text).unwrap().key(), key);
        }
    }
}
