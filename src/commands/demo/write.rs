//! The plan, written down: people and accounts first, then every operation in the order of time.

use std::collections::BTreeMap;

use anyhow::anyhow;

use super::crowd::PAST;
use super::events::{Event, Fact};
use super::plan::{Person, Plan};
use super::{Loaded, SOURCE, demand, goodwill, value};
use crate::commands::outcome::settle;
use crate::domain::ids::{AccountId, NominationId, PersonId, ResponseId, SourceId, TapId};
use crate::domain::stage::Stage;
use crate::store::{
    NewOperation, NewOutcome, NewPerson, NewResponse, NewStage, NewTap, NewWillingness, StoreError,
    Writing,
};

/// What is known while writing: the first free ids, and the ids of taps as they are given.
pub(super) struct Ids {
    account: i64,
    person: i64,
    response: i64,
    source: SourceId,
    taps: Vec<Option<TapId>>,
    pub(super) nominations: BTreeMap<usize, NominationId>,
    pub(super) demand: demand::Ids,
}

impl Ids {
    pub(super) fn account(&self, index: usize) -> AccountId {
        AccountId(self.account + index as i64)
    }

    pub(super) fn person(&self, index: usize) -> PersonId {
        PersonId(self.person + index as i64)
    }

    pub(super) fn tap(&self, index: usize) -> anyhow::Result<TapId> {
        let id = self.taps.get(index).copied().flatten();
        id.ok_or_else(|| anyhow!("an outcome comes before its tap"))
    }

    pub(super) fn nomination(&self, index: usize) -> anyhow::Result<NominationId> {
        let id = self.nominations.get(&index).copied();
        id.ok_or_else(|| anyhow!("an answer comes before its nomination"))
    }
}

/// Writes everything and counts it.
pub(super) fn write(writing: &Writing<'_>, mut plan: Plan<'_>) -> anyhow::Result<Loaded> {
    let (account, person, response) = writing.next_ids()?;
    let mut ids = Ids {
        account: account.0,
        person: person.0,
        response: response.0,
        source: writing.ensure_source(SOURCE)?,
        taps: vec![None; plan.taps.len()],
        nominations: BTreeMap::new(),
        demand: demand::Ids::of(&plan.demand),
    };
    write_customers(writing, &mut plan, &ids)?;
    let mut events = std::mem::take(&mut plan.events);
    events.sort_by_key(|event| event.at);
    for event in events {
        write_event(writing, &plan, &mut ids, event)?;
    }
    for index in 0..plan.people.len() {
        if !plan.people[index].answers.is_empty() {
            writing.refresh_latest_response(ids.person(index))?;
        }
    }
    Ok(Loaded {
        accounts: plan.accounts.len(),
        people: plan.people.len(),
        responses: plan.people.iter().map(|one| one.answers.len()).sum(),
        advocates: plan.people.iter().filter(is_advocate).count(),
        taps: plan.taps.len(),
        deals: plan.demand.deals.len(),
        requests: plan.demand.requests.len(),
        assets: plan.demand.assets.len(),
        ..Loaded::default()
    })
}

fn is_advocate(person: &&Person) -> bool {
    let last = person.stages.last();
    last.and_then(|(_, standing)| standing.stage)
        .is_some_and(Stage::is_advocate)
}

fn write_customers(writing: &Writing<'_>, plan: &mut Plan<'_>, ids: &Ids) -> anyhow::Result<()> {
    let day = plan.day(PAST + 1);
    let mut operation = NewOperation {
        at: plan.at(day, 9),
        actor: "cron",
        command: "advocate import accounts crm-accounts.csv",
    };
    writing.also(&operation, |writing| {
        for (index, account) in plan.accounts.iter().enumerate() {
            writing.add_account_as(ids.account(index), &account.fields)?;
            writing.add_account_traits(ids.account(index), &account.traits)?;
        }
        Ok::<_, StoreError>(())
    })?;
    operation.at = plan.at(day, 10);
    operation.command = "advocate import people crm-contacts.csv";
    writing.also(&operation, |writing| {
        for (index, person) in plan.people.iter().enumerate() {
            let new = NewPerson {
                email: &person.email,
                account: Some(ids.account(person.account)),
                fields: &person.fields,
            };
            writing.add_person_as(ids.person(index), &new)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(())
}

fn write_event(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &mut Ids,
    mut event: Event,
) -> anyhow::Result<()> {
    event.facts.sort_by_key(|fact| match fact {
        Fact::Answer { at, .. } => *at,
        _ => event.at,
    });
    event.command = match event.facts.first() {
        Some(Fact::Outcome { tap, .. }) => {
            let number = ids.tap(*tap)?.to_string();
            event.command.replace("{tap}", &number)
        }
        Some(Fact::Tap(tap)) => match plan.taps[*tap].request {
            Some(request) => format!(
                "{} --request {}",
                event.command,
                ids.demand.request(request)?
            ),
            None => event.command,
        },
        Some(Fact::Demand(step)) => ids.demand.named(*step, &event.command)?,
        Some(Fact::Goodwill(step)) => goodwill::named(ids, step, &event.command)?,
        Some(Fact::Value(step)) => value::named(ids, step, &event.command)?,
        _ => event.command,
    };
    let operation = NewOperation {
        at: event.at,
        actor: &event.actor,
        command: &event.command,
    };
    writing.also(&operation, |writing| {
        event
            .facts
            .iter()
            .try_for_each(|fact| write_fact(writing, plan, ids, fact))
    })
}

/// One row of each kind; long only because a row has many columns.
fn write_fact(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &mut Ids,
    fact: &Fact,
) -> anyhow::Result<()> {
    match *fact {
        Fact::Answer {
            person,
            score,
            comment,
            at,
        } => {
            let id = ResponseId(ids.response);
            ids.response += 1;
            writing.add_response(&NewResponse {
                id,
                source: ids.source,
                key: &format!("demo-{id}"),
                person: Some(ids.person(person)),
                account: None,
                respondent: None,
                score,
                comment,
                responded_at: at,
                updated_at: None,
                row: None,
            })?;
        }
        Fact::Stage {
            person,
            standing: (stage, until),
            reason,
            by,
        } => {
            writing.change_stage(&NewStage {
                person: ids.person(person),
                stage,
                until,
                reason,
                decided_by: Some(by),
                at: writing.at,
            })?;
        }
        Fact::Said {
            person,
            kind,
            willing,
            note,
            by,
        } => {
            writing.add_willingness(&NewWillingness {
                person: ids.person(person),
                kind,
                willing,
                confirmed_by: Some(by),
                note,
                at: writing.at,
            })?;
        }
        Fact::Verified { person, by } => writing.verify(ids.person(person), by, writing.at)?,
        Fact::Tap(tap) => ids.taps[tap] = Some(write_tap(writing, plan, ids, tap)?),
        Fact::Outcome {
            tap,
            outcome,
            rating,
            at,
        } => {
            let new = NewOutcome {
                tap: ids.tap(tap)?,
                outcome,
                rating,
                note: None,
                at,
            };
            writing.add_outcome(ids.person(plan.taps[tap].person), &new)?;
            if let Some(tap) = writing.tap(new.tap)? {
                settle(writing, &tap, at)?;
            }
        }
        Fact::Demand(step) => demand::write(writing, plan, ids, step)?,
        Fact::Goodwill(ref step) => goodwill::write(writing, ids, step)?,
        Fact::Value(ref step) => value::write(writing, plan, ids, step)?,
    }
    Ok(())
}

fn write_tap(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &Ids,
    index: usize,
) -> anyhow::Result<TapId> {
    let tap = &plan.taps[index];
    let overridden = tap.overridden.as_ref();
    let new = NewTap {
        person: ids.person(tap.person),
        account: Some(ids.account(plan.people[tap.person].account)),
        kind: tap.kind,
        effort: tap.effort,
        at: tap.at,
        by: tap.by,
        note: tap.note,
        over_cap: tap.over_cap,
        overridden: overridden.map(|(refusals, reason)| (refusals.as_str(), *reason)),
        imported: tap.imported,
        request: tap
            .request
            .map(|request| ids.demand.request(request))
            .transpose()?,
    };
    Ok(writing.add_tap(&new)?)
}
