//! Headers as they are compared: without case, accents, spaces and punctuation, and, for the names that a form or a
//! CRM dresses up, without numbering, namespace and remarks in brackets (`docs/import.md`, columns).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use crate::domain::characters::plain_word;

/// What stands before a name, with a sign between them, and says only where it is kept.
const NAMESPACES: &[&str] = &[
    "properties",
    "property",
    "custom",
    "customfields",
    "customfield",
    "fields",
    "field",
    "data",
    "attributes",
    "attribute",
    "traits",
    "metadata",
    "values",
    "hidden",
    "answers",
    "recipient",
    "respondent",
    "contact",
    "person",
    "participant",
    "enduser",
    "user",
    "customer",
    "member",
    "lead",
];

/// A header as it is compared: lower-case letters without accents and digits, or the sign itself where there are none (`#`).
pub(crate) fn plain(header: &str) -> String {
    let letters: String = header.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() {
        header.trim().to_owned()
    } else {
        plain_word(&letters)
    }
}

/// An alias as it is compared: like a header, with its stars.
pub(crate) fn plain_pattern(pattern: &str) -> String {
    pattern.split('*').map(plain).collect::<Vec<_>>().join("*")
}

/// Whether the name fits the pattern, in which `*` stands for anything.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return name.ends_with(part);
        }
        match name.find(part) {
            Some(at) => name = &name[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// The header without what is not part of its name, ready to compare: `1. Email (optional) *`, `properties.email`,
/// `Recipient: Email` and `Email__c` are all `email`.
pub(crate) fn bare(header: &str) -> String {
    let name = without_numbering(without_brackets(header.trim()).trim());
    let name = name.trim_end_matches(['*', ':', '?', '↑', '↓', ' ']);
    let lower = name.to_lowercase();
    let cut = lower
        .strip_suffix("__c")
        .or_else(|| lower.strip_suffix("__pc"));
    let name = cut.map_or(name, |cut| name.get(..cut.len()).unwrap_or(name));
    plain(without_namespace(name))
}

/// Without the remarks in brackets at the end, unless nothing else is left.
fn without_brackets(header: &str) -> &str {
    let mut name = header.trim_end_matches(['*', ':', ' ']);
    while let Some(open) = name
        .ends_with([')', ']', '）', '】'])
        .then(|| name.rfind(['(', '[', '（', '【']))
        .flatten()
        // `end_user[email]` is a name.
        .filter(|open| !name[*open..].starts_with('[') || name[..*open].ends_with(' '))
    {
        let before = name[..open].trim_end_matches(['*', ' ', ':']);
        // An amount that was converted is another amount.
        if before.is_empty() || name[open..].to_lowercase().contains("convert") {
            break;
        }
        name = before;
    }
    if name.is_empty() { header } else { name }
}

/// Without `1.`, `Q1:`, `Question 3 -` and the like.
fn without_numbering(header: &str) -> &str {
    let lower = header.to_ascii_lowercase();
    let word = ["question ", "question", "q", "frage ", "no. ", "#"]
        .iter()
        .find(|word| {
            let rest = lower.strip_prefix(**word);
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map_or("", |word| word);
    let rest = &header[word.len()..];
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - after.len();
    let name = after.trim_start_matches(['.', ':', ')', '-', '–', '_', ' ']);
    let is_number = (1..=3).contains(&digits) && name.len() < after.len();
    if is_number && !name.is_empty() {
        name
    } else {
        header
    }
}

/// Without `properties.`, `Recipient:`, `end_user[…]`.
fn without_namespace(header: &str) -> &str {
    let header = header.trim_end_matches(']');
    let Some(at) = header
        .find(['.', ':', '/', '[', '>'])
        .or_else(|| header.find(" - "))
    else {
        return header;
    };
    let (space, name) = (&header[..at], &header[at + 1..]);
    let name = name.trim_start_matches(['.', ':', '/', '[', '>', '-', ' ']);
    let is_known = NAMESPACES.contains(&plain(space).as_str());
    match is_known && !name.is_empty() {
        true => without_namespace(name),
        false => header,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_a_person_would() {
        for (pattern, name, fits) in [
            ("e-mail", "E_Mail", true),
            (
                "how likely * recommend *",
                "How likely are you to recommend us?",
                true,
            ),
            (
                "how likely * recommend *",
                "Why would you recommend us?",
                false,
            ),
            ("* reason *", "What is the main reason?", true),
            ("end user * email", "end_user[email]", true),
            ("#", "#", true),
            ("#", "##", false),
            ("delighted *", "Delighted Source", true),
        ] {
            assert_eq!(
                matches(&plain_pattern(pattern), &plain(name)),
                fits,
                "{pattern} {name}"
            );
        }
    }

    #[test]
    fn what_dresses_a_name_up_is_left_out() {
        for (header, name) in [
            ("1. Email (optional) *", "email"),
            ("Email address:", "emailaddress"),
            ("properties.email", "email"),
            ("contact.properties.email", "email"),
            ("Recipient: Email", "email"),
            ("end_user[email]", "email"),
            ("NPS_Score__c", "npsscore"),
            ("NPS Score (0-10)", "npsscore"),
            ("Net Promoter Score (NPS)", "netpromoterscore"),
            ("Q1: How likely are you?", "howlikelyareyou"),
            ("Q12. Why", "why"),
            ("Account Name  ↑", "accountname"),
            ("Manager: Email", "manageremail"),
            ("account.name", "accountname"),
            ("(unnamed)", "unnamed"),
            ("Amount (EUR)", "amount"),
            ("Amount (converted)", "amountconverted"),
            ("Person - Email - Work", "emailwork"),
            ("#", "#"),
            ("1", "1"),
            ("2nd comment", "2ndcomment"),
            ("Prénom", "prenom"),
            ("メールアドレス（任意）", "メールアドレス"),
            ("", ""),
        ] {
            assert_eq!(bare(header), name, "{header}");
        }
    }
}
