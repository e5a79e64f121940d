//! What describes people and their accounts: health, traits and tags.
#![allow(
    clippy::indexing_slicing,
    reason = "the places are those of the people and accounts that were loaded"
)]

use super::Gathering;
use crate::domain::describing::Health;
use crate::domain::matching::Trait;
use crate::domain::readiness::AccountState;
use crate::store::{Result, tags};

/// The tags of people or accounts, each with the place of whom it is about.
fn tags_among(column: &str) -> String {
    format!(
        "SELECT j.key AS place, t.tag AS tag FROM json_each(?1) j CROSS JOIN tags t ON t.{column} = j.value WHERE {}",
        tags::holds(column)
    )
}

impl Gathering<'_> {
    /// How each account is doing, and its traits.
    pub(super) fn read_accounts(&mut self) -> Result<()> {
        let mut known = vec![(AccountState::default(), Vec::new()); self.accounts.len()];
        let sql = "SELECT j.key AS place, a.health AS health, a.escalated AS escalated, a.renewal_on AS renewal_on,
                 a.region AS region, a.country AS country, a.segment AS segment
             FROM json_each(?1) j CROSS JOIN accounts a ON a.id = j.value";
        self.tx.each(sql, &self.account_ids, |place, row| {
            let (state, traits) = &mut known[place];
            state.red = row.get::<Option<Health>>("health")? == Some(Health::Red);
            state.escalated = row.get("escalated")?;
            state.renewal_on = row.get("renewal_on")?;
            for (column, kind) in [
                ("region", Trait::Region),
                ("country", Trait::Region),
                ("segment", Trait::Segment),
            ] {
                traits.extend(
                    row.get::<Option<String>>(column)?
                        .map(|value| (kind, value)),
                );
            }
            Ok(())
        })?;
        let sql = "SELECT j.key AS place, x.trait AS trait, x.value AS value
             FROM json_each(?1) j CROSS JOIN account_traits x ON x.account_id = j.value";
        self.tx.each(sql, &self.account_ids, |place, row| {
            let (state, traits) = &mut known[place];
            match row.text("trait")? {
                Some("product") => traits.push((Trait::Product, row.get("value")?)),
                Some("use-case") => traits.push((Trait::UseCase, row.get("value")?)),
                _ => state.competitors.push(row.get("value")?),
            }
            Ok(())
        })?;
        for (person, account) in self.people.iter_mut().zip(&self.account_of) {
            if let Some((state, traits)) = account.map(|place| &known[place]) {
                person.facts.account.clone_from(state);
                person.traits.extend_from_slice(traits);
            }
        }
        Ok(())
    }

    /// The tags of each, and of their account.
    pub(super) fn read_tags(&mut self) -> Result<()> {
        let sql = tags_among("person_id");
        self.tx.each(&sql, &self.person_ids, |place, row| {
            let tag: String = row.get("tag")?;
            self.people[place].traits.push((Trait::Tag, tag));
            Ok(())
        })?;
        let mut of_accounts: Vec<Vec<String>> = vec![Vec::new(); self.accounts.len()];
        let sql = tags_among("account_id");
        self.tx.each(&sql, &self.account_ids, |place, row| {
            of_accounts[place].push(row.get("tag")?);
            Ok(())
        })?;
        for (person, account) in self.people.iter_mut().zip(&self.account_of) {
            let tags = account.map_or(&[][..], |place| &of_accounts[place]);
            let tags = tags.iter().map(|tag| (Trait::Tag, tag.clone()));
            person.traits.extend(tags);
        }
        Ok(())
    }
}
