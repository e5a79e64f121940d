//! The only reader of the clock. `ADVOCATE_NOW` replaces it, for tests and reproduction.

use chrono::{DateTime, NaiveDate};

use crate::domain::calendar::{Timestamp, Zone};

/// One instant, read once when the program starts, so that a command sees a single "now".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    now: Timestamp,
}

impl Clock {
    /// The machine's clock.
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    pub fn system() -> Self {
        Self {
            now: Timestamp(chrono::Utc::now().timestamp()),
        }
    }

    /// A clock that stands at an RFC 3339 instant.
    ///
    /// # Errors
    /// Says what the form is, when `text` has another.
    pub fn fixed(text: &str) -> Result<Self, String> {
        DateTime::parse_from_rfc3339(text)
            .map(|at| Self {
                now: Timestamp(at.timestamp()),
            })
            .map_err(|_| {
                format!("ADVOCATE_NOW is `{text}`; it must look like 2026-11-21T08:30:00Z")
            })
    }

    /// Now.
    pub const fn now(self) -> Timestamp {
        self.now
    }

    /// The program's today.
    pub fn today(self, zone: Zone) -> NaiveDate {
        zone.day(self.now)
    }
}
