//! Import options saved under a name.

use super::rows::record;
use super::{Result, Tx, Writing};

record! {
    /// Import options as saved: a name, and the options as JSON text.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct SavedProfile from "import_profiles" {
        /// The name given to them.
        name: String = "name",
        /// The options, serialised by the importer.
        options: String = "options",
    }
}

impl Tx<'_> {
    /// All saved profiles by name.
    pub(crate) fn saved_profiles(&self) -> Result<Vec<SavedProfile>> {
        self.all("ORDER BY name", [])
    }
}

impl Writing<'_> {
    /// Saves options under a name, replacing what stood there.
    pub(crate) fn save_profile(&self, profile: &SavedProfile) -> Result<()> {
        self.insert_or(
            "import_profiles",
            &[("name", &profile.name), ("options", &profile.options)],
            "ON CONFLICT (name) DO UPDATE SET options = excluded.options",
        )
        .map(drop)
    }
}
