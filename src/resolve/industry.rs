//! The industry that is meant, through the aliases of the policy.

use super::nearest::unknown_word;
use crate::domain::policy::Policy;
use crate::failure::Result;
use crate::store::Tx;

/// An industry asked for: its one name, and every way in which it is spelt in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Industry {
    /// The name.
    pub name: String,
    /// The spellings.
    pub spellings: Vec<String>,
}

/// The industry meant by the words typed, where some were.
///
/// # Errors
/// As [`industry`].
pub(crate) fn typed_industry(
    tx: &Tx<'_>,
    policy: &Policy,
    words: Option<&str>,
) -> Result<Option<Industry>> {
    words.map(|words| industry(tx, policy, words)).transpose()
}

/// The industry meant by the words typed, through the aliases of the policy.
///
/// # Errors
/// Exit code 2 with the nearest name, where neither the policy nor any account knows it.
pub(crate) fn industry(tx: &Tx<'_>, policy: &Policy, words: &str) -> Result<Industry> {
    let name = policy.industries.name_of(words);
    let on_record: Vec<(String, String)> = tx
        .industries()?
        .into_iter()
        .map(|spelt| (policy.industries.name_of(&spelt), spelt))
        .collect();
    let spellings: Vec<String> = on_record
        .iter()
        .filter(|(known, _)| *known == name)
        .map(|(_, spelt)| spelt.clone())
        .collect();
    if spellings.is_empty() && !policy.industries.0.contains_key(&name) {
        let mut known: Vec<&String> = on_record.iter().map(|(known, _)| known).collect();
        known.extend(policy.industries.0.keys());
        known.sort();
        known.dedup();
        return Err(unknown_word("industry", words, &name, &known));
    }
    Ok(Industry { name, spellings })
}

/// Words that ask back about an industry which is new, and a letter or two away from one that is known.
pub(crate) fn slip_of_industry(tx: &Tx<'_>, words: Option<&str>) -> Result<Option<String>> {
    let Some(words) = words else { return Ok(None) };
    let aliases = tx.policy()?.industries;
    let name = aliases.name_of(words);
    let on_record = tx.industries()?;
    let mut known = on_record.iter().map(|spelt| aliases.name_of(spelt));
    if name.is_empty() || aliases.0.contains_key(&name) || known.any(|known| known == name) {
        return Ok(None);
    }
    let is_like = |known: &&String| strsim::damerau_levenshtein(&name, known) <= 2;
    let like = aliases.0.keys().find(is_like);
    Ok(like.map(|like| format!("the industry `{words}` is new; did you mean {like}?")))
}
