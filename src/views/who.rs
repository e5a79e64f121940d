//! Who somebody is, in the columns of a table: one name for people, address and name for programs.

use crate::domain::named::Named;
use crate::output::{Names, Shown, Table};

/// The columns that name somebody.
pub(crate) trait WhoColumns<'a, T: 'a> {
    /// What to read, and address and name for programs.
    #[must_use]
    fn who<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self;

    /// The same with the account that they belong to.
    #[must_use]
    fn who_and_account<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self;
}

impl<'a, T> WhoColumns<'a, T> for Table<'a, T> {
    fn who<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self {
        self.left("who", "Name", |row| whom(row).shown_name())
            .only(Shown::ToPeople)
            .names(Names::Others)
            .always()
            .cut()
            .data("email", |row| whom(row).email())
            .names(Names::People)
            .data("name", |row| whom(row).name())
            .names(Names::Others)
    }

    fn who_and_account<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self {
        self.who(&whom)
            .left("account", "Account", |row| whom(row).account())
            .names(Names::Accounts)
    }
}
