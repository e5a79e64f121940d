//! What an import knows again by the cells of its row, whatever was made of them (`docs/import.md`, repair).

use rusqlite::ToSql;
use rusqlite::types::FromSql;

use super::{Result, Tx, Writing};
use crate::domain::ids::{AccountId, AssetId, DealId, NominationId, PersonId, SignalId};
use crate::domain::responses::CellsDigest;

/// Something that a row of a list says.
pub(crate) trait OfRow: ToSql + FromSql + Copy {
    /// Where it is kept.
    const TABLE: &'static str;
}

macro_rules! of_row {
    ($($id:ident: $table:literal;)+) => {$(
        impl OfRow for $id {
            const TABLE: &'static str = $table;
        }
    )+};
}

of_row! {
    AccountId: "accounts";
    PersonId: "people";
    DealId: "deals";
    AssetId: "assets";
    SignalId: "signals";
    NominationId: "nominations";
}

impl Tx<'_> {
    /// What a row of these cells said, by id.
    pub(crate) fn said_by<I: OfRow>(&self, cells: CellsDigest) -> Result<Vec<I>> {
        let sql = format!(
            "SELECT id FROM {} WHERE cells_digest = ?1 ORDER BY id",
            I::TABLE
        );
        self.values(&sql, [cells])
    }

    /// The cells of the row that said it last, where they are known.
    pub(crate) fn cells_of<I: OfRow>(&self, id: I) -> Result<Option<CellsDigest>> {
        let sql = format!("SELECT cells_digest FROM {} WHERE id = ?1", I::TABLE);
        Ok(self.found(&sql, [id])?.flatten())
    }
}

impl Writing<'_> {
    /// Whether a row of these cells said it last, which is noted from now on.
    pub(crate) fn is_same_row<I: OfRow>(&self, id: I, cells: CellsDigest) -> Result<bool> {
        let is_same = self.cells_of(id)? == Some(cells);
        if !is_same {
            self.note_cells(id, cells)?;
        }
        Ok(is_same)
    }

    /// Notes the cells of the row that says it.
    pub(crate) fn note_cells<I: OfRow>(&self, id: I, cells: CellsDigest) -> Result<()> {
        self.update(I::TABLE, &id, &[("cells_digest", &cells)])
    }
}
