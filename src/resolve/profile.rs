//! What is typed about a profile, saved where it is new.

use super::instant;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::profile::{Profile, ProfileField};
use crate::domain::typed_day::TypedDay;
use crate::failure::Result;
use crate::store::{NewProfileWord, PersonRow, Writing};

/// Records what somebody said on a day about these fields; no words clear one. Says how many of them changed.
///
/// # Errors
/// Exit code 2 for a day in the future, or before the one of the words that it would replace.
pub(crate) fn tell(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    said: &[(ProfileField, String)],
    on: Option<TypedDay>,
) -> Result<usize> {
    let known = writing.profile_words_of(person.id)?;
    let profile = Profile::after(known.iter().map(|row| (row.field, row.words.clone())));
    let mut changed = 0;
    for (field, words) in said {
        let words = Some(words.trim()).filter(|words| !words.is_empty());
        if profile.field(*field) == words {
            continue;
        }
        let last = known.iter().rev().find(|row| row.field == *field);
        let at = instant::replacing(present, on, last.map(|row| (row.at, ())), |(), since| {
            let who = person.shown_name();
            format!("the {field} in the profile of {who} stand there since {since}")
        })?;
        writing.add_profile_word(&NewProfileWord {
            person: person.id,
            field: *field,
            words,
            at,
        })?;
        changed += 1;
    }
    Ok(changed)
}
