//! Who could have written a published review.

use crate::domain::industry::slug;
use crate::failure::Result;
use crate::store::{NewAsset, Tx};

/// The addresses of those who have the published name, at the published company where one is named. Only a suggestion: a
/// person has to confirm it.
pub(crate) fn authors(tx: &Tx<'_>, words: &NewAsset) -> Result<Vec<String>> {
    let reviewer = words.reviewer.as_deref().map(slug);
    let Some(reviewer) = reviewer.filter(|name| !name.is_empty()) else {
        return Ok(Vec::new());
    };
    let company = words.company.as_deref().map(slug);
    let mut found = Vec::new();
    for (id, name, _) in tx.names()? {
        if name.as_deref().map(slug).as_ref() != Some(&reviewer) {
            continue;
        }
        let Some(person) = tx.person(id)? else {
            continue;
        };
        if company.is_none() || person.account.as_deref().map(slug) == company {
            found.push(person.email);
        }
    }
    Ok(found)
}
