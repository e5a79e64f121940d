//! What takes room in the caps: asks that count, and holds while they last.

use chrono::NaiveDate;
use rusqlite::params;

use super::rows::Row;
use super::{Result, Tx, holds};
use crate::domain::calendar::{Zone, months_before};
use crate::domain::caps::{Claim, Hold};
use crate::domain::ids::AccountId;
use crate::domain::policy::Policy;

/// The claim of an ask, from its `tapped_at` and `effort`.
pub(super) fn of_tap(row: &Row<'_>, zone: Zone) -> rusqlite::Result<Claim> {
    Ok(Claim::tap(
        zone.day(row.get("tapped_at")?),
        row.get("effort")?,
    ))
}

/// The claim of a hold, from its `placed_at`, `effort`, `lapses_at` and `request_id`.
pub(super) fn of_hold(row: &Row<'_>, zone: Zone) -> rusqlite::Result<Claim> {
    let placed_on = zone.day(row.get("placed_at")?);
    let effort = row.get("effort")?;
    let hold = Hold {
        lapses_on: zone.day(row.get("lapses_at")?),
        request: row.get("request_id")?,
    };
    Ok(Claim::hold(placed_on, effort, hold))
}

impl Tx<'_> {
    /// What takes room in the cap of an account for an ask on `day`.
    pub(crate) fn claims_on(
        &self,
        account: AccountId,
        policy: &Policy,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<Vec<Claim>> {
        let zone = policy.time_zone;
        let since = zone.start_of(months_before(day, policy.account_cap.months + 1));
        let mut claims = self.rows(
            "SELECT tapped_at, effort FROM taps WHERE account_id = ?1 AND counts = 1 AND tapped_at >= ?2",
            params![account, since],
            |row| of_tap(row, zone),
        )?;
        let sql = format!(
            "SELECT placed_at, effort, lapses_at, request_id FROM holds WHERE account_id = ?1 AND {}",
            holds::lasts("?2")
        );
        let from_today = params![account, zone.start_of(today)];
        claims.extend(self.rows(&sql, from_today, |row| of_hold(row, zone))?);
        Ok(claims)
    }
}
