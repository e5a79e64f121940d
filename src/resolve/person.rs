//! From the words typed to the one person that is meant; "did you mean" where there is none.

use crate::domain::ids::PersonId;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence};
use crate::store::{PersonRow, Tx};

/// How many names are listed where several could be meant.
const LISTED: usize = 8;

/// The one person meant by an e-mail address, an id, or an unambiguous part of a name or address.
///
/// # Errors
/// Exit code 2: nobody, with the nearest names; or several, with their addresses.
pub(crate) fn person(tx: &Tx<'_>, who: &str) -> Result<PersonRow> {
    let id = match find(tx, who)? {
        Found::One(id) => id,
        Found::Several(ids) => return Err(ambiguous(tx, who, &ids)?),
        Found::Nobody(nearest) => return Err(unknown(who, &nearest)),
    };
    tx.person(id)?.ok_or_else(|| unknown(who, &[]))
}

/// What a search for a person found.
pub(crate) enum Found {
    /// Exactly one.
    One(PersonId),
    /// More than one.
    Several(Vec<PersonId>),
    /// Nobody; the nearest addresses.
    Nobody(Vec<String>),
}

/// Looks for a person by id, address, name, then part of a name or address.
pub(crate) fn find(tx: &Tx<'_>, who: &str) -> Result<Found> {
    let words = who.trim().to_lowercase();
    if let Ok(id) = words.parse::<i64>()
        && let Some(person) = tx.person(PersonId(id))?
    {
        return Ok(Found::One(tx.kept(person.id)?));
    }
    if let Some(id) = tx.person_by_email(&words)? {
        return Ok(Found::One(id));
    }
    let mut everyone = tx.names()?;
    // A record that became part of another finds that one by its own name and address.
    everyone.extend(tx.aliases()?);
    let everyone: Vec<(PersonId, String, String)> = everyone
        .into_iter()
        .map(|(id, name, email)| (id, name.unwrap_or_default().to_lowercase(), email))
        .collect();
    let whole = ids(everyone.iter().filter(|(_, name, _)| *name == words));
    if let [one] = whole[..] {
        return Ok(Found::One(one));
    }
    // Mei is the one with that name, not part of everybody's whose name is Almeida.
    let word = ids(everyone
        .iter()
        .filter(|(_, name, _)| name.split_whitespace().any(|one| one == words)));
    if let [one] = word[..] {
        return Ok(Found::One(one));
    }
    let part = ids(everyone.iter().filter(|(_, name, email)| {
        !words.is_empty() && (name.contains(&words) || email.contains(&words))
    }));
    Ok(match part[..] {
        [one] => Found::One(one),
        [] => Found::Nobody(nearest(
            &words,
            everyone.iter().map(|(_, name, email)| (name, email)),
        )),
        _ => Found::Several(part),
    })
}

/// The ids of the people, each once.
fn ids<'a>(people: impl Iterator<Item = &'a (PersonId, String, String)>) -> Vec<PersonId> {
    let mut ids: Vec<PersonId> = people.map(|(id, ..)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The addresses of the people whose name or address is most like the words.
fn nearest<'a>(
    words: &str,
    everyone: impl Iterator<Item = (&'a String, &'a String)>,
) -> Vec<String> {
    let mut scored: Vec<(f64, &String)> = everyone
        .map(|(name, email)| {
            let local = email.split('@').next().unwrap_or(email);
            let likeness = [name.as_str(), local, email.as_str()]
                .into_iter()
                .map(|text| strsim::jaro_winkler(words, text))
                .fold(0.0, f64::max);
            (likeness, email)
        })
        .filter(|(likeness, _)| *likeness >= 0.85)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored
        .into_iter()
        .take(3)
        .map(|(_, email)| email.clone())
        .collect()
}

/// The known address that an unknown one is probably meant to be: two letters differ at most. Short words with a letter
/// changed are other words, and other digits are another person.
pub(crate) fn like_address<'a>(typed: &str, nearest: &'a [String]) -> Option<&'a String> {
    let typed = typed.trim().to_lowercase();
    nearest.iter().find(|known| is_a_slip(&typed, known))
}

fn is_a_slip(typed: &str, known: &str) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let (Some((name, domain)), Some((its_name, its_domain))) =
        (typed.split_once('@'), known.split_once('@'))
    else {
        return false;
    };
    let slips = |one: &str, other: &str| {
        let slips = strsim::damerau_levenshtein(one, other);
        (slips * slips * 5 <= other.chars().count()).then_some(slips)
    };
    let all = slips(name, its_name).zip(slips(domain, its_domain));
    all.is_some_and(|(one, other)| one + other <= 2) && digits(typed) == digits(known)
}

fn unknown(who: &str, nearest: &[String]) -> Failure {
    let hint = match nearest {
        [] => Sentence::from(CommandLine::of("list --stage candidate"))
            .then(", or ")
            .then(CommandLine::of("register EMAIL"))
            .then(" to add somebody"),
        near => format!("did you mean {}?", near.join(" or ")).into(),
    };
    Failure::usage_hint(format!("nobody is called `{who}`"), hint)
}

fn ambiguous(tx: &Tx<'_>, who: &str, ids: &[PersonId]) -> Result<Failure> {
    let mut shown = Vec::new();
    for id in ids.iter().take(LISTED) {
        if let Some(person) = tx.person(*id)? {
            shown.push(match &person.name {
                Some(name) => format!("{name} <{}>", person.email),
                None => person.email,
            });
        }
    }
    if ids.len() > LISTED {
        shown.push(format!("and {} more", ids.len() - LISTED));
    }
    Ok(
        Failure::usage(format!("`{who}` could be {} people", ids.len()))
            .cause(shown.join(", "))
            .hint("name one by e-mail address"),
    )
}

#[cfg(test)]
mod tests {
    use super::is_a_slip;

    #[test]
    fn a_slip_of_the_fingers_and_another_person() {
        let known = "jonas.weber@northwind.example";
        for typed in [
            "jonas.webber@northwind.example",
            "jonas.weber@nothwind.example",
            "jonsa.weber@northwind.exmaple",
        ] {
            assert!(is_a_slip(typed, known), "{typed}");
        }
        for (typed, known) in [
            ("jonas.meier@northwind.example", known),
            ("jonas.weber@southwind-clinics.example", known),
            ("tom@northwind.example", "tim@northwind.example"),
            ("person12@northwind.example", "person13@northwind.example"),
        ] {
            assert!(!is_a_slip(typed, known), "{typed}");
        }
    }
}
