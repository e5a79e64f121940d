//! Settings: only what differs from the defaults is stored, with its date.

use super::{Result, Tx, Writing};
use crate::domain::policy::Policy;

impl Tx<'_> {
    /// The policy in force. A setting that this version does not know is passed over.
    pub(crate) fn policy(&self) -> Result<Policy> {
        let mut policy = Policy::default();
        let sql = "SELECT key, value FROM settings ORDER BY set_at, operation_id";
        self.for_each(sql, [], |row| {
            let (key, value): (String, String) = (row.get("key")?, row.get("value")?);
            let _unknown_to_this_version = policy.set(&key, &value);
            Ok(())
        })?;
        Ok(policy)
    }
}

impl Tx<'_> {
    /// Whether a setting was ever said.
    pub(crate) fn is_said(&self, key: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM settings WHERE key = ?1)";
        Ok(self.found(sql, [key])?.unwrap_or_default())
    }
}

impl Writing<'_> {
    /// Records a setting; the value was validated by [`Policy::set`].
    pub(crate) fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        self.insert_or(
            "settings",
            &[("key", &key), ("value", &value), ("set_at", &self.at)],
            "ON CONFLICT (key, operation_id) DO UPDATE SET value = excluded.value",
        )
        .map(drop)
    }
}
