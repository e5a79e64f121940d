//! Which describing fields an import of surveys may fill.

use crate::domain::describing::Origin;

/// Fields that an import may fill, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fillable(u16);

impl Fillable {
    /// Those of `fields` that a survey may fill. `is_there` says whether one has a value.
    pub(super) fn of<F: Copy + PartialEq>(
        fields: &[F],
        by_hand: &[F],
        is_there: impl Fn(F) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<Self> {
        let mut fillable = Self::default();
        for (at, field) in fields.iter().enumerate() {
            let current = is_there(*field)?.then_some("");
            if Origin::Survey.replaces(current, by_hand.contains(field), "something") {
                fillable.0 |= 1 << at;
            }
        }
        Ok(fillable)
    }

    /// What is empty in something that was just added with the fields `given`.
    pub(super) fn beside<F: PartialEq>(fields: &[F], given: &[(F, String)]) -> Self {
        let mut fillable = Self::default();
        for (at, field) in fields.iter().enumerate() {
            fillable.0 |= u16::from(!given.iter().any(|(one, _)| one == field)) << at;
        }
        fillable
    }

    /// Whether the field with this number may be filled; it is, from here on.
    pub(super) fn fill(&mut self, field: usize) -> bool {
        let before = self.0;
        self.0 &= !(1 << field);
        before != self.0
    }
}
