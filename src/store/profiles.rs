//! Import options saved under a name.

use rusqlite::params;

use super::{Result, Tx, Writing};

/// Import options as saved: a name, and the options as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedProfile {
    /// The name given to them.
    pub name: String,
    /// The options, serialised by the importer.
    pub options: String,
}

impl Tx<'_> {
    /// All saved profiles by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn saved_profiles(&self) -> Result<Vec<SavedProfile>> {
        self.rows(
            "SELECT name, options FROM import_profiles ORDER BY name",
            [],
            |row| {
                Ok(SavedProfile {
                    name: row.get(0)?,
                    options: row.get(1)?,
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Saves options under a name, replacing what stood there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_profile(&self, profile: &SavedProfile) -> Result<()> {
        self.execute(
            "INSERT INTO import_profiles (name, options, operation_id) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET options = excluded.options, operation_id = excluded.operation_id",
            params![profile.name, profile.options, self.operation.0],
        )?;
        Ok(())
    }
}
