//! The people that the reports are about, with what they are grouped by.

use crate::failure::Result;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::group::Traits;
use crate::domain::ids::PersonId;
use crate::domain::matching;
use crate::domain::pool::Member;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::output::{Cell, Column, Names, Shown};
use crate::store::{PersonRow, Scope, Tx};

/// Somebody with their card.
pub(super) struct Someone {
    pub(super) card: PersonRow,
    pub(super) member: Member,
    /// What the rules look at; empty for whoever is no more than a candidate.
    pub(super) person: Option<matching::Person>,
}

/// Everyone about whom something was decided.
pub(super) fn decided(tx: &Tx<'_>, present: &Present) -> Result<Vec<Someone>> {
    let facts = tx.facts(
        &Scope::Decided,
        &present.policy,
        present.today,
        present.today,
    )?;
    let by_hand = tx.tiers_by_hand()?;
    let mut everyone: Vec<Someone> = facts
        .into_iter()
        .map(|(card, person)| {
            let stage = card.standing.on(present.today);
            let mut one = someone(card, stage, present);
            if one.member.is_advocate() {
                let set = by_hand.get(&one.card.id);
                let by_hand = set.and_then(|row| row.tier);
                one.member.traits.tier = Some(present.tier(by_hand, &person.completed).tier);
            }
            one.member.completed.clone_from(&person.completed);
            one.person = Some(person);
            one
        })
        .collect();
    add_changes(tx, present, &mut everyone)?;
    Ok(everyone)
}

/// Everyone who could be confirmed.
pub(super) fn undecided(tx: &Tx<'_>, present: &Present) -> Result<Vec<Someone>> {
    let found = tx.candidates(present.policy.time_zone, None, None, usize::MAX)?;
    let candidates = found.warmest.into_iter();
    Ok(candidates
        .map(|row| someone(row.person, Some(Stage::Candidate), present))
        .collect())
}

/// Everyone in the program or near it, and whoever was once.
pub(super) fn everyone(tx: &Tx<'_>, present: &Present) -> Result<Vec<Someone>> {
    let mut everyone = decided(tx, present)?;
    everyone.extend(undecided(tx, present)?);
    // Somebody may have gone back to being nothing in particular.
    let known: HashSet<PersonId> = everyone.iter().map(|one| one.card.id).collect();
    let changed: BTreeSet<PersonId> = tx.stage_changes()?.iter().map(|(id, ..)| *id).collect();
    for id in changed.into_iter().filter(|id| !known.contains(id)) {
        let card = tx.person(id)?;
        everyone.extend(card.map(|card| someone(card, None, present)));
    }
    add_changes(tx, present, &mut everyone)?;
    Ok(everyone)
}

fn someone(card: PersonRow, stage: Option<Stage>, present: &Present) -> Someone {
    Someone {
        member: Member {
            person: card.id,
            account: card.account_id,
            traits: traits(&card, present),
            stage,
            changes: Vec::new(),
            completed: Vec::new(),
        },
        person: None,
        card,
    }
}

/// What people are grouped by, but for the tier.
pub(super) fn traits(card: &PersonRow, present: &Present) -> Traits {
    let industries = &present.policy.industries;
    Traits {
        industry: card
            .industry
            .as_deref()
            .map(|words| industries.name_of(words)),
        segment: card.segment.clone(),
        region: card.region.clone(),
        owner: card.owner.clone(),
        tier: None,
    }
}

fn add_changes(tx: &Tx<'_>, present: &Present, everyone: &mut [Someone]) -> Result<()> {
    let mut changes: HashMap<PersonId, Vec<_>> = HashMap::new();
    for (person, stage, at) in tx.stage_changes()? {
        let change = (present.day(at), stage);
        changes.entry(person).or_default().push(change);
    }
    for one in everyone {
        one.member.changes = changes.remove(&one.card.id).unwrap_or_default();
    }
    Ok(())
}

/// The columns that say who somebody is, to readers and to programs.
pub(super) fn name_columns() -> Vec<Column> {
    vec![
        Column::left("who", "Name")
            .only(Shown::Reading)
            .names(Names::Others),
        Column::left("email", "E-mail")
            .only(Shown::Data)
            .names(Names::People),
        Column::left("name", "Name")
            .only(Shown::Data)
            .names(Names::Others),
    ]
}

/// The same with the account that they belong to.
pub(super) fn who_columns() -> Vec<Column> {
    let account = Column::left("account", "Account").names(Names::Accounts);
    [name_columns(), vec![account]].concat()
}

/// Their cells.
pub(super) fn who_cells(card: &PersonRow) -> Vec<Cell> {
    vec![
        card.shown_name().into(),
        card.email.as_str().into(),
        card.name.as_deref().into(),
        card.account.as_deref().into(),
    ]
}
