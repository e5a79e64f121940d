//! What a profile says.

use crate::domain::profile::{Profile, ProfileField};
use crate::output::{Cell, Record};

/// The fields of a profile; people see those that say something.
pub(crate) fn record(profile: &Profile) -> Record {
    let text = |field| profile.field(field);
    Record::new()
        .with_any("story", "Story", text(ProfileField::Story))
        .with_any("outcomes", "Outcomes", text(ProfileField::Outcomes))
        .with_any("interests", "Interests", text(ProfileField::Interests))
        .with_any("values", "Values", Cell::list(profile.values().0))
        .with_any("avoid", "Avoids", Cell::list(profile.avoided()))
}
