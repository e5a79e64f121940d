//! Settings: only what differs from the defaults is stored, with its date.

use rusqlite::params;

use super::{Result, Tx, Writing};
use crate::domain::policy::Policy;

impl Tx<'_> {
    /// The policy in force. A setting that this version does not know is passed over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn policy(&self) -> Result<Policy> {
        let settings = self.rows(
            "SELECT key, value FROM settings ORDER BY set_at, operation_id",
            [],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
        )?;
        let mut policy = Policy::default();
        for (key, value) in settings {
            let _unknown_to_this_version = policy.set(&key, &value);
        }
        Ok(policy)
    }
}

impl Writing<'_> {
    /// Records a setting; the value was validated by [`Policy::set`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        self.execute(
            "INSERT INTO settings (key, value, set_at, operation_id) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (key, operation_id) DO UPDATE SET value = excluded.value",
            params![key, value, self.at.0, self.operation.0],
        )?;
        Ok(())
    }
}
