//! Domains that several accounts share: they assign nobody by themselves, and the import says so.

/// Whom such domains left without an account.
#[derive(Debug, Default)]
pub(super) struct SharedDomains {
    rows: u64,
    first: Option<String>,
}

impl SharedDomains {
    /// Counts a row.
    pub(super) fn add(&mut self, domain: Option<&str>) {
        self.rows += 1;
        if self.first.is_none() {
            self.first = domain.map(str::to_owned);
        }
    }

    /// What should be said of them.
    pub(super) fn note(&self) -> Option<String> {
        let first = self.first.as_deref()?;
        let rows = match self.rows {
            1 => "1 row was".to_owned(),
            rows => format!("{rows} rows were"),
        };
        Some(format!(
            "several accounts share a domain, such as {first}: {rows} assigned to none of them; a column with \
             the id or the name of the account tells which"
        ))
    }
}
