//! Who somebody is, in the columns of a table: one name for people, address and name for programs.

use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::output::{Names, Shown, Table};
use crate::store::PersonRow;

/// The industry of somebody's account, by its one name.
pub(crate) fn industry(card: &PersonRow, present: &Present) -> Option<String> {
    let words = card.industry.as_deref()?;
    Some(present.policy.industries.name_of(words))
}

/// The columns that name somebody who is a part of the row.
pub(crate) trait WhoseColumns<'a, T: 'a> {
    /// What to read, and address and name for programs.
    #[must_use]
    fn who_of<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self;

    /// The same with the account that they belong to.
    #[must_use]
    fn who_and_account_of<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self;
}

impl<'a, T> WhoseColumns<'a, T> for Table<'a, T> {
    fn who_of<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self {
        self.left("who", "Name", |row| whom(row).shown_name())
            .only(Shown::ToPeople)
            .names(Names::Others)
            .data("email", |row| whom(row).email())
            .names(Names::People)
            .data("name", |row| whom(row).name())
            .names(Names::Others)
    }

    fn who_and_account_of<P: Named + 'a>(self, whom: impl Fn(&'a T) -> &'a P) -> Self {
        self.who_of(&whom)
            .left("account", "Account", |row| whom(row).account())
            .names(Names::Accounts)
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
        self.who_of(|row| row)
    }

    fn who_and_account(self) -> Self {
        self.who_and_account_of(|row| row)
    }
}
