//! What a row says about the account it belongs to; surveys, people and accounts share these columns.

use std::borrow::Cow;

use super::cells;
use super::columns::Assignment;
use super::table::Row;

/// The account as a row describes it. Texts are as received, the domain is bare and lower-case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountTraits<'a> {
    /// The company's name.
    pub name: Option<Cow<'a, str>>,
    /// Its web domain, never a mailbox provider's.
    pub domain: Option<Cow<'a, str>>,
    /// Its industry in the source's spelling.
    pub industry: Option<Cow<'a, str>>,
    /// Its country.
    pub country: Option<Cow<'a, str>>,
    /// Its region.
    pub region: Option<Cow<'a, str>>,
    /// Its segment, such as enterprise.
    pub segment: Option<Cow<'a, str>>,
    /// The colleague who owns the relationship.
    pub owner: Option<Cow<'a, str>>,
}

/// Whether a value says nothing beside what was said before.
pub(crate) fn adds_nothing<T: PartialEq>(value: &Option<T>, before: &Option<T>) -> bool {
    value.is_none() || value == before
}

impl AccountTraits<'_> {
    /// Whether it says nothing beside what was said before.
    pub(crate) fn adds_nothing_to(&self, before: &Self) -> bool {
        [
            (&self.name, &before.name),
            (&self.domain, &before.domain),
            (&self.industry, &before.industry),
            (&self.country, &before.country),
            (&self.region, &before.region),
            (&self.segment, &before.segment),
            (&self.owner, &before.owner),
        ]
        .into_iter()
        .all(|(value, before)| adds_nothing(value, before))
    }

    /// The same with texts of its own.
    pub fn into_owned(self) -> AccountTraits<'static> {
        let own = |text: Option<Cow<'_, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        AccountTraits {
            name: own(self.name),
            domain: own(self.domain),
            industry: own(self.industry),
            country: own(self.country),
            region: own(self.region),
            segment: own(self.segment),
            owner: own(self.owner),
        }
    }
}

/// The columns that describe the account.
#[derive(Debug)]
pub(crate) struct TraitColumns {
    name: Option<usize>,
    domain: Option<usize>,
    industry: Option<usize>,
    country: Option<usize>,
    region: Option<usize>,
    segment: Option<usize>,
    owner: Option<usize>,
}

impl TraitColumns {
    /// The columns of the fields `company` (or, in a file of accounts, `name`), `domain`, `industry` and so on.
    pub(crate) fn of(columns: &Assignment, name: &str) -> Self {
        Self {
            name: columns.first(name),
            domain: columns.first("domain"),
            industry: columns.first("industry"),
            country: columns.first("country"),
            region: columns.first("region"),
            segment: columns.first("segment"),
            owner: columns.first("owner"),
        }
    }

    /// What the row says.
    pub(crate) fn read<'a>(&self, row: &Row<'a>) -> AccountTraits<'a> {
        let value = |column| row.value(column).map(Cow::Borrowed);
        AccountTraits {
            name: value(self.name),
            domain: self
                .domain
                .and_then(|column| cells::domain(row.raw(column))),
            industry: value(self.industry),
            country: value(self.country),
            region: value(self.region),
            segment: value(self.segment),
            owner: value(self.owner),
        }
    }
}
