//! Who somebody is, in the columns of a table: one name for people, address and name for programs.

use crate::output::{Names, Shown, Table};
use crate::store::PersonRow;

/// Somebody who can be named.
pub(crate) trait Named {
    /// Their e-mail address, in the spelling received.
    fn email(&self) -> &str;

    /// Their name, where it is known.
    fn name(&self) -> Option<&str>;

    /// The account that they belong to.
    fn account(&self) -> Option<&str> {
        None
    }

    /// The name, or else the address.
    fn shown_name(&self) -> &str {
        self.name().unwrap_or_else(|| self.email())
    }
}

impl Named for PersonRow {
    fn email(&self) -> &str {
        &self.email
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }
}

/// The columns that name somebody.
pub(crate) trait WhoColumns {
    /// What to read, and address and name for programs.
    #[must_use]
    fn who(self) -> Self;

    /// The same with the account that they belong to.
    #[must_use]
    fn who_and_account(self) -> Self;
}

impl<T: Named> WhoColumns for Table<'_, T> {
    fn who(self) -> Self {
        self.left("who", "Name", Named::shown_name)
            .only(Shown::Reading)
            .names(Names::Others)
            .data("email", Named::email)
            .names(Names::People)
            .data("name", Named::name)
            .names(Names::Others)
    }

    fn who_and_account(self) -> Self {
        self.who()
            .left("account", "Account", Named::account)
            .names(Names::Accounts)
    }
}
