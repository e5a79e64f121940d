//! Value back: thanks, results, gifts, budgets and a tier by hand, on top of the asks that are there already. Chance
//! comes from a stream of its own, so that everything else stays what the seed made it.

use anyhow::anyhow;
use chrono::{Datelike, NaiveDate};
use fastrand::Rng;

use super::crowd::PAST;
use super::events::Fact;
use super::plan::Plan;
use super::write::Ids;
use crate::domain::tap::Outcome;
use crate::domain::tier::Tier;
use crate::domain::touch::TouchKind;
use crate::store::{NewGive, NewTier, NewTouch, Writing};

/// Sets the chance of value back apart from that of everything else.
const STREAM: u64 = 0x61_7E5;
/// What may be spent in a year.
const BUDGET: &str = "3000 USD; 800 EUR";

/// One thing to write.
#[derive(Clone)]
pub(super) enum Step {
    /// A year gets its budget.
    Budget(i32),
    /// Somebody is given something.
    Give {
        person: usize,
        item: &'static str,
        /// Where it is not the menu's.
        cost: Option<&'static str>,
        tap: Option<usize>,
    },
    /// Somebody is contacted without being asked for anything.
    Touch {
        person: usize,
        kind: TouchKind,
        tap: Option<usize>,
        note: Option<&'static str>,
    },
    /// A tier is set by hand.
    Tier {
        person: usize,
        tier: Tier,
        reason: &'static str,
    },
}

/// What one of the cast received, so many days ago.
enum Told {
    Touch(TouchKind, Option<&'static str>),
    Give(&'static str, Option<&'static str>),
    Tier(Tier, &'static str),
}

use Told::{Give, Touch};

/// Who received what, and when. Viktor Hallgren was asked twice, told the results of one, and never thanked.
#[rustfmt::skip]
const TOLD: &[(&str, i64, Told)] = &[
    ("Nina Alvarez", 419, Touch(TouchKind::ThankYou, None)),
    ("Nina Alvarez", 395, Touch(TouchKind::ResultsShared, Some("The prospect signed; she was glad to hear it."))),
    ("Nina Alvarez", 60, Touch(TouchKind::CheckIn, None)),
    ("Kwame Boateng", 50, Told::Tier(Tier::Silver, "Sits on the customer council")),
    ("Kwame Boateng", 20, Touch(TouchKind::BusinessReview, None)),
    ("Mei Takeda", 103, Touch(TouchKind::ThankYou, None)),
    ("Mei Takeda", 80, Touch(TouchKind::ResultsShared, Some("Forty people read the review in its first month"))),
    ("Ruth Lindqvist", 228, Touch(TouchKind::ThankYou, None)),
    ("Ruth Lindqvist", 210, Give("peer-networking", Some("120 EUR"))),
    ("Ruth Lindqvist", 205, Touch(TouchKind::ResultsShared, None)),
    ("Omar Farouk", 175, Touch(TouchKind::ThankYou, None)),
    ("Omar Farouk", 150, Touch(TouchKind::ResultsShared, None)),
    ("Sofia Moretti", 40, Touch(TouchKind::CheckIn, None)),
    ("Pieter van Aalst", 45, Touch(TouchKind::BusinessReview, None)),
    ("Aisha Bello", 30, Touch(TouchKind::CheckIn, Some("Her account is in trouble; she is not"))),
    ("Graham Osei", 70, Touch(TouchKind::CheckIn, None)),
    ("Hana Novak", 432, Touch(TouchKind::ThankYou, None)),
    ("Hana Novak", 410, Touch(TouchKind::ResultsShared, None)),
    ("Hana Novak", 95, Touch(TouchKind::CheckIn, None)),
    ("Lucia Ferraz", 62, Touch(TouchKind::ThankYou, None)),
    ("Lucia Ferraz", 55, Give("swag", None)),
    ("Lucia Ferraz", 40, Touch(TouchKind::ResultsShared, None)),
    ("Yara Campos", 52, Touch(TouchKind::CheckIn, None)),
    ("Judith Amsel", 328, Touch(TouchKind::ThankYou, None)),
    ("Priscilla Nkemelu", 118, Touch(TouchKind::ThankYou, None)),
    ("Priscilla Nkemelu", 110, Touch(TouchKind::ResultsShared, None)),
    ("Priscilla Nkemelu", 90, Give("early-access", None)),
    ("Priscilla Nkemelu", 85, Touch(TouchKind::ResultsShared, None)),
    ("Priscilla Nkemelu", 40, Give("peer-networking", None)),
    ("Tomasz Wilk", 215, Touch(TouchKind::ResultsShared, None)),
    ("Tomasz Wilk", 200, Give("recognition", None)),
    ("Tomasz Wilk", 55, Touch(TouchKind::CheckIn, None)),
    ("Viktor Hallgren", 98, Touch(TouchKind::ResultsShared, None)),
    ("Rafael Quintero", 181, Touch(TouchKind::ThankYou, None)),
    ("Rafael Quintero", 160, Touch(TouchKind::ResultsShared, None)),
    ("Rafael Quintero", 75, Touch(TouchKind::CheckIn, None)),
];

impl Plan<'_> {
    /// Adds what was given back to the people who were asked.
    ///
    /// # Errors
    /// When the story speaks of somebody who is not in the cast.
    pub(super) fn add_value_back(&mut self, seed: u64) -> anyhow::Result<()> {
        let before = std::mem::replace(&mut self.rng, Rng::with_seed(seed ^ STREAM));
        self.set_budgets();
        for (name, ago, told) in TOLD {
            let person = self.people.iter().position(|one| one.name == *name);
            let person = person.ok_or_else(|| anyhow!("{name} is not in the cast"))?;
            let tap = self.newest_completed(person, *ago);
            self.value(*ago, step(person, told, tap));
        }
        self.care();
        self.rng = before;
        Ok(())
    }

    /// The ask that somebody completed last before a day.
    fn newest_completed(&self, person: usize, ago: i64) -> Option<usize> {
        let taps = self.people[person].taps.iter().copied();
        let mut completed = taps.filter(|tap| match self.taps[*tap].course.last() {
            Some((on, Outcome::Completed)) => self.ago(*on) > ago,
            _ => false,
        });
        completed.next_back()
    }

    /// This year's budget and the last one's, each set in the December before.
    fn set_budgets(&mut self) {
        let year = self.present.today.year();
        for year in [year - 1, year] {
            let december = NaiveDate::from_ymd_opt(year - 1, 12, 20);
            let ago = december.map_or(PAST, |day| self.ago(day)).min(PAST);
            self.value(ago, Step::Budget(year));
        }
    }

    /// Somebody types a command, unless that is still to come.
    pub(super) fn value(&mut self, ago: i64, step: Step) {
        if ago < 1 {
            return;
        }
        let by = match step {
            Step::Budget(_) => self.accounts[0].owner,
            Step::Give { person, .. } | Step::Touch { person, .. } | Step::Tier { person, .. } => {
                self.owner(person)
            }
        };
        let command = self.value_command(&step);
        let on = self.day(ago);
        self.happens(on, 16, by, command, vec![Fact::Value(step)]);
    }

    fn value_command(&self, step: &Step) -> String {
        let email = |person: usize| self.people[person].email.key();
        let about = |tap: Option<usize>| if tap.is_some() { " --tap {tap}" } else { "" };
        match step {
            Step::Budget(year) => format!("advocate policy set budget.{year} {BUDGET:?}"),
            Step::Give {
                person,
                item,
                cost,
                tap,
            } => {
                let cost = cost
                    .map(|cost| format!(" --cost {cost:?}"))
                    .unwrap_or_default();
                let (email, about) = (email(*person), about(*tap));
                format!("advocate give {email} --item {item}{cost}{about}")
            }
            Step::Touch {
                person, kind, tap, ..
            } => {
                let (email, about) = (email(*person), about(*tap));
                format!("advocate touch {email} --kind {kind}{about}")
            }
            Step::Tier {
                person,
                tier,
                reason,
            } => {
                let email = email(*person);
                format!("advocate tier set {email} {tier} --reason {reason:?}")
            }
        }
    }
}

fn step(person: usize, told: &Told, tap: Option<usize>) -> Step {
    match *told {
        Touch(kind, note) => Step::Touch {
            person,
            kind,
            tap: tap.filter(|_| matches!(kind, TouchKind::ThankYou | TouchKind::ResultsShared)),
            note,
        },
        Give(item, cost) => Step::Give {
            person,
            item,
            cost,
            tap: None,
        },
        Told::Tier(tier, reason) => Step::Tier {
            person,
            tier,
            reason,
        },
    }
}

/// The command with the number of the tap that it speaks of.
///
/// # Errors
/// When the tap is not written yet.
pub(super) fn named(ids: &Ids, step: &Step, command: &str) -> anyhow::Result<String> {
    match step {
        Step::Give { tap: Some(tap), .. } | Step::Touch { tap: Some(tap), .. } => {
            Ok(command.replace("{tap}", &ids.tap(*tap)?.to_string()))
        }
        _ => Ok(command.to_owned()),
    }
}

/// Writes one step.
///
/// # Errors
/// When the file cannot be written, or a step comes before its ask.
pub(super) fn write(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &Ids,
    step: &Step,
) -> anyhow::Result<()> {
    let at = writing.at;
    let tap = |tap: Option<usize>| tap.map(|tap| ids.tap(tap)).transpose();
    match *step {
        Step::Budget(year) => {
            let mut policy = plan.present.policy.clone();
            let key = format!("budget.{year}");
            let value = policy.set(&key, BUDGET).map_err(|error| anyhow!(error))?;
            writing.put_setting(&key, &value)?;
        }
        Step::Give {
            person,
            item,
            cost,
            tap: of,
        } => {
            let on_menu = plan.present.policy.menu.item(item);
            let (_, on_menu) = on_menu.ok_or_else(|| anyhow!("{item} is not on the menu"))?;
            let cost = match cost {
                Some(cost) => cost.parse().map_err(|error: String| anyhow!(error))?,
                None => on_menu.cost,
            };
            writing.add_give(&NewGive {
                person: ids.person(person),
                item,
                cost: cost.0,
                tap: tap(of)?,
                by: plan.owner(person),
                note: None,
                at,
            })?;
        }
        Step::Touch {
            person,
            kind,
            tap: of,
            note,
        } => {
            writing.add_touch(&NewTouch {
                person: ids.person(person),
                kind,
                tap: tap(of)?,
                by: plan.owner(person),
                note,
                at,
            })?;
        }
        Step::Tier {
            person,
            tier,
            reason,
        } => writing.set_tier(&NewTier {
            person: ids.person(person),
            tier: Some(tier),
            reason,
            by: plan.owner(person),
            at,
        })?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Present, generate};
    use super::*;
    use crate::clock::Clock;
    use crate::domain::policy::Policy;
    use crate::domain::reciprocity::Balance;
    use crate::store::{NewOperation, Scope, Store, StoreError};

    #[test]
    fn value_back_is_alive_on_any_day_and_with_any_seed() {
        for now in [
            "2026-11-21T00:00:20Z",
            "2028-02-29T09:30:00Z",
            "2027-01-01T23:59:59Z",
        ] {
            for seed in [1, 2, 77] {
                let mut store = Store::in_memory().unwrap();
                let present = Present::new(Policy::default(), Clock::fixed(now).unwrap().now());
                let operation = NewOperation {
                    at: present.now,
                    actor: "test",
                    command: "advocate demo",
                };
                store
                    .write(&operation, |writing| generate(writing, seed, &present))
                    .unwrap();
                let looked = store.read(|tx| {
                    let (gives, touches) = (tx.gives()?, tx.touches()?);
                    let items: BTreeSet<&str> = gives.iter().map(|give| &*give.item).collect();
                    assert!(items.len() >= 4 && touches.len() >= 40, "{items:?}");
                    assert!(gives.iter().all(|give| give.at < present.now));
                    assert!(touches.iter().all(|touch| touch.at < present.now));
                    for (tap, at, person) in touches
                        .iter()
                        .filter_map(|one| Some((one.tap?, one.at, one.person)))
                    {
                        let tap = tx.tap(tap)?.unwrap();
                        assert!(tap.person == person && tap.outcome_at < at, "{tap:?}");
                    }
                    let budgets = tx.policy()?.budgets;
                    assert!(budgets.contains_key(&present.today.year()));
                    assert_eq!(tx.tiers_by_hand()?.len(), 1);
                    let today = present.today;
                    let facts = tx.facts(&Scope::Decided, &present.policy, today, today)?;
                    let overdrawn: Vec<_> = facts
                        .iter()
                        .filter(|(_, one)| {
                            Balance::of(one.given, &one.completed, today).is_overdrawn()
                        })
                        .map(|(card, _)| card.shown_name())
                        .collect();
                    assert!(overdrawn.contains(&"Viktor Hallgren"), "{overdrawn:?}");
                    assert!(overdrawn.len() < 15, "{overdrawn:?}");
                    Ok::<_, StoreError>(())
                });
                looked.unwrap();
            }
        }
    }
}
