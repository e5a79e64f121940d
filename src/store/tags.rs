//! Tags: words put on people and accounts, or taken off, a fact each; of each word the newest holds.

use std::collections::BTreeMap;

use super::signals::Whose;
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::tag::Tag;

/// Whether a row `t` is the newest of its word on whatever the column says, and puts it on.
pub(super) fn holds(column: &str) -> String {
    format!(
        "t.{column} IS NOT NULL AND t.has = 1 AND NOT EXISTS (
             SELECT 1 FROM tags n WHERE n.{column} = t.{column} AND n.tag = t.tag
                 AND (n.tagged_at, n.id) > (t.tagged_at, t.id))"
    )
}

/// How many people and accounts have a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TagCount {
    /// The tag.
    pub(crate) tag: Tag,
    /// How many people have it.
    pub(crate) people: u32,
    /// How many accounts.
    pub(crate) accounts: u32,
}

/// Everything that has a tag, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tagged {
    /// The tags of people.
    pub(crate) people: BTreeMap<PersonId, Vec<Tag>>,
    /// The tags of accounts.
    pub(crate) accounts: BTreeMap<AccountId, Vec<Tag>>,
}

impl Tagged {
    /// The tags of a person and of their account, in order.
    pub(crate) fn of(&self, person: PersonId, account: Option<AccountId>) -> Vec<&Tag> {
        let own = self.people.get(&person).into_iter().flatten();
        let of_account = account.and_then(|id| self.accounts.get(&id));
        let mut all: Vec<&Tag> = own.chain(of_account.into_iter().flatten()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Tx<'_> {
    /// The tags of somebody, or of an account, in order.
    pub(crate) fn tags_of(&self, whom: Whose) -> Result<Vec<Tag>> {
        let (column, id) = match whom {
            Whose::Person(id) => ("person_id", id.0),
            Whose::Account(id) => ("account_id", id.0),
        };
        let sql = format!(
            "SELECT t.tag FROM tags t WHERE t.{column} = ?1 AND {} ORDER BY t.tag",
            holds(column)
        );
        self.values(&sql, [id])
    }

    /// Every tag that was ever put on anything.
    pub(crate) fn tags_ever(&self) -> Result<Vec<Tag>> {
        self.values("SELECT DISTINCT tag FROM tags ORDER BY tag", [])
    }

    /// Everything that has a tag.
    pub(crate) fn tagged(&self) -> Result<Tagged> {
        let mut tagged = Tagged::default();
        for column in ["person_id", "account_id"] {
            let sql = format!(
                "SELECT t.person_id AS person_id, t.account_id AS account_id, t.tag AS tag FROM tags t WHERE {}
                 ORDER BY t.{column}, t.tag",
                holds(column)
            );
            self.for_each(&sql, [], |row| {
                let tag: Tag = row.get("tag")?;
                if let Some(person) = row.get("person_id")? {
                    tagged.people.entry(person).or_default().push(tag);
                } else if let Some(account) = row.get("account_id")? {
                    tagged.accounts.entry(account).or_default().push(tag);
                }
                Ok(())
            })?;
        }
        Ok(tagged)
    }

    /// Every tag that somebody or something has, with how many do.
    pub(crate) fn tag_counts(&self) -> Result<Vec<TagCount>> {
        let tagged = self.tagged()?;
        let mut counts: BTreeMap<Tag, TagCount> = BTreeMap::new();
        let mut count = |tag: &Tag, people: u32, accounts: u32| {
            let of_tag = counts.entry(tag.clone()).or_insert_with(|| TagCount {
                tag: tag.clone(),
                people: 0,
                accounts: 0,
            });
            of_tag.people += people;
            of_tag.accounts += accounts;
        };
        for tag in tagged.people.values().flatten() {
            count(tag, 1, 0);
        }
        for tag in tagged.accounts.values().flatten() {
            count(tag, 0, 1);
        }
        Ok(counts.into_values().collect())
    }
}

impl Writing<'_> {
    /// Puts a tag on somebody or an account, or takes it off.
    pub(crate) fn set_tag(&self, whom: Whose, tag: &Tag, has: bool, at: Timestamp) -> Result<()> {
        let (person, account) = whom.split();
        self.insert(
            "tags",
            &[
                ("person_id", &person),
                ("account_id", &account),
                ("tag", tag),
                ("has", &has),
                ("tagged_at", &at),
            ],
        )
    }
}
