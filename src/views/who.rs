//! Who somebody is, in the columns of a table: one name for people, address and name for programs.

use crate::output::{Names, Shown, Table};
use crate::store::{PersonRow, TapRow};

/// Somebody who can be named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who<'a> {
    /// Their e-mail address, in the spelling received.
    email: &'a str,
    /// Their name, where it is known.
    name: Option<&'a str>,
    /// The account that they belong to.
    account: Option<&'a str>,
}

impl<'a> Who<'a> {
    /// The name, or else the address.
    pub(crate) fn shown_name(self) -> &'a str {
        self.name.unwrap_or(self.email)
    }
}

impl<'a> From<&'a PersonRow> for Who<'a> {
    fn from(card: &'a PersonRow) -> Self {
        Self {
            email: &card.email,
            name: card.name.as_deref(),
            account: card.account.as_deref(),
        }
    }
}

impl<'a> From<&'a TapRow> for Who<'a> {
    fn from(tap: &'a TapRow) -> Self {
        Self {
            email: &tap.email,
            name: tap.name.as_deref(),
            account: tap.account.as_deref(),
        }
    }
}

/// The columns that name somebody.
pub(crate) trait WhoColumns<'a, T: 'a> {
    /// What to read, and address and name for programs.
    #[must_use]
    fn who<W: Into<Who<'a>>>(self, whom: impl Fn(&'a T) -> W) -> Self;

    /// The same with the account that they belong to.
    #[must_use]
    fn who_and_account<W: Into<Who<'a>>>(self, whom: impl Fn(&'a T) -> W) -> Self;
}

impl<'a, T> WhoColumns<'a, T> for Table<'a, T> {
    fn who<W: Into<Who<'a>>>(self, whom: impl Fn(&'a T) -> W) -> Self {
        self.left("who", "Name", |row| whom(row).into().shown_name())
            .only(Shown::Reading)
            .names(Names::Others)
            .data("email", |row| whom(row).into().email)
            .names(Names::People)
            .data("name", |row| whom(row).into().name)
            .names(Names::Others)
    }

    fn who_and_account<W: Into<Who<'a>>>(self, whom: impl Fn(&'a T) -> W) -> Self {
        self.who(&whom)
            .left("account", "Account", |row| whom(row).into().account)
            .names(Names::Accounts)
    }
}
