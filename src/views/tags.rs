//! The tags of somebody, as a part of what is said about them.

use crate::failure::Result;
use crate::output::{Cell, Record};
use crate::store::{PersonRow, Tx, Whose};

/// The words that were put on them, and those on their account.
pub(crate) fn tags(tx: &Tx<'_>, person: &PersonRow) -> Result<Record> {
    let own = tx.tags_of(Whose::Person(person.id))?;
    let of_account = person.account_id.map(|id| tx.tags_of(Whose::Account(id)));
    let of_account = of_account.transpose()?.unwrap_or_default();
    Ok(Record::new()
        .with_any("tags", "Tags", Cell::list(own))
        .with_any("account_tags", "Account tags", Cell::list(of_account)))
}
