//! The item of the menu that is meant.

use super::unknown_word;
use crate::domain::policy::Policy;
use crate::domain::value_back::MenuItem;
use crate::failure::Result;

/// The item of the menu that is meant, and what the menu says of it.
///
/// # Errors
/// Exit code 2 with the nearest name, where there is none of this name.
pub(crate) fn menu_item<'a>(policy: &'a Policy, words: &str) -> Result<(&'a String, MenuItem)> {
    policy.menu.item(words).ok_or_else(|| {
        let known: Vec<&String> = policy.menu.items().map(|(name, _)| name).collect();
        unknown_word("item", words, &words.to_lowercase(), &known)
    })
}
