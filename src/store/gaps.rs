//! Which describing fields an import of surveys may fill.

use crate::domain::describing::Origin;

/// Fields that an import may fill, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gaps(u16);

impl Gaps {
    /// Those of `fields` that a survey may fill. `is_there` says of the field with this number whether it has a value.
    pub(super) fn of<F: PartialEq>(
        fields: &[F],
        by_hand: &[F],
        mut is_there: impl FnMut(usize) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<Self> {
        let mut gaps = Self::default();
        for (at, field) in fields.iter().enumerate() {
            let current = is_there(at)?.then_some("");
            if Origin::Survey.replaces(current, by_hand.contains(field), "something") {
                gaps.0 |= 1 << at;
            }
        }
        Ok(gaps)
    }

    /// What is empty in something that was just added with the fields `given`.
    pub(super) fn beside<F: PartialEq>(fields: &[F], given: &[(F, String)]) -> Self {
        let mut gaps = Self::default();
        for (at, field) in fields.iter().enumerate() {
            gaps.0 |= u16::from(!given.iter().any(|(one, _)| one == field)) << at;
        }
        gaps
    }

    /// Whether the field with this number is a gap; it is none from here on.
    pub(super) fn fill(&mut self, field: usize) -> bool {
        let before = self.0;
        self.0 &= !(1 << field);
        before != self.0
    }
}
