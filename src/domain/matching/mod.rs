//! Who should be asked first (`docs/rules.md`, matching): everyone who may be asked, ranked by a score from 0 to 100
//! with its reasons; everyone who fits but may not, with the refusals.

mod facts;
mod weighing;

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::ask::AskKind;
use super::calendar::ago;
use super::policy::Policy;
use super::readiness::{self, ReadinessFacts};
use super::reciprocity::Balance;
use super::refusal::Refusal;
use super::told::Place;
use weighing::parts;

pub use super::traits::Trait;
pub use facts::{Ask, Person, TrackRecord, Wanted};
pub use weighing::Parts;

/// Somebody who may be asked now.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready<'a> {
    /// Who.
    pub person: &'a Person,
    /// The kind to ask for.
    pub kind: AskKind,
    /// 0 to 100.
    pub score: f64,
    /// What it is made of.
    pub parts: Parts,
    /// The traits asked for that the person has.
    pub found: Vec<(Trait, String)>,
    /// Topics that the words looked for meet, and that the person will not speak about.
    pub avoided: Vec<&'a str>,
}

/// Somebody who fits but may not be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocked<'a> {
    /// Who.
    pub person: &'a Person,
    /// Why, in the order of the rules; never empty.
    pub refusals: Vec<Refusal>,
    /// The first day on which the ask passes if nothing else happens; `None` where none can be promised.
    pub clears_on: Option<NaiveDate>,
}

/// Who may be asked, best first. The same people, policy and day give the same list.
pub fn ready<'a>(
    people: &'a [Person],
    ask: Ask,
    wanted: &Wanted,
    policy: &Policy,
    today: NaiveDate,
) -> Vec<Ready<'a>> {
    let kinds = ask.kinds(policy);
    let mut ready = Vec::new();
    for person in people {
        let Some(kind) = first_that_passes(&person.facts, &kinds, wanted, policy, today) else {
            continue;
        };
        let Some(found) = wanted.fitting(person) else {
            continue;
        };
        let parts = parts(person, wanted, &found, policy, today);
        ready.push(Ready {
            person,
            kind,
            score: parts.score(&policy.weights),
            parts,
            found,
            avoided: wanted.avoided(person),
        });
    }
    ready.sort_by(order);
    ready
}

/// Who fits but may not be asked, those who may be asked first at the top.
pub fn blocked<'a>(
    people: &'a [Person],
    ask: Ask,
    wanted: &Wanted,
    policy: &Policy,
    today: NaiveDate,
) -> Vec<Blocked<'a>> {
    let kinds = ask.kinds(policy);
    let mut blocked: Vec<Blocked<'a>> = people
        .iter()
        .filter(|person| wanted.fitting(person).is_some())
        .filter_map(|person| {
            let refusals = fewest_refusals(&person.facts, &kinds, wanted, policy, today)?;
            Some(Blocked {
                person,
                refusals,
                clears_on: clears_on(&person.facts, &kinds, wanted, policy, today),
            })
        })
        .collect();
    let order = |one: &Blocked<'_>| (one.clears_on.unwrap_or(NaiveDate::MAX), one.person.id);
    blocked.sort_by_key(order);
    blocked
}

/// The first day on which one of the kinds passes, where it can be promised.
fn clears_on(
    facts: &ReadinessFacts,
    kinds: &[AskKind],
    wanted: &Wanted,
    policy: &Policy,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let prospect = wanted.prospect.as_deref();
    let days = kinds
        .iter()
        .filter_map(|kind| readiness::allowed_from(facts, *kind, prospect, policy, today).ok());
    days.min()
}

/// The first of the kinds that passes every hard rule.
fn first_that_passes(
    facts: &ReadinessFacts,
    kinds: &[AskKind],
    wanted: &Wanted,
    policy: &Policy,
    today: NaiveDate,
) -> Option<AskKind> {
    let prospect = wanted.prospect.as_deref();
    let passes = |kind: &AskKind| readiness::passes(facts, *kind, prospect, policy, today);
    kinds.iter().copied().find(passes)
}

/// The refusals of the kind with the fewest, where none of the kinds passes.
fn fewest_refusals(
    facts: &ReadinessFacts,
    kinds: &[AskKind],
    wanted: &Wanted,
    policy: &Policy,
    today: NaiveDate,
) -> Option<Vec<Refusal>> {
    let prospect = wanted.prospect.as_deref();
    let mut fewest: Option<Vec<Refusal>> = None;
    for kind in kinds {
        let refusals = readiness::check(facts, *kind, prospect, policy, today).err()?;
        if fewest.as_ref().is_none_or(|few| refusals.len() < few.len()) {
            fewest = Some(refusals);
        }
    }
    Some(fewest.unwrap_or_default())
}

/// Who will not speak about it comes behind. Higher score first; ties: the longer-rested, then fewer taps in the last year, then the smaller id.
fn order(a: &Ready<'_>, b: &Ready<'_>) -> Ordering {
    let is_avoided = |one: &Ready<'_>| !one.avoided.is_empty();
    is_avoided(a)
        .cmp(&is_avoided(b))
        .then_with(|| b.score.total_cmp(&a.score))
        .then_with(|| a.person.last_tapped_at.cmp(&b.person.last_tapped_at))
        .then_with(|| a.person.taps_last_year.cmp(&b.person.taps_last_year))
        .then_with(|| a.person.id.cmp(&b.person.id))
}

impl Ready<'_> {
    /// Why this person stands where they stand, in words.
    pub fn reasons(&self, wanted: &Wanted, policy: &Policy, today: NaiveDate) -> Vec<String> {
        let person = self.person;
        let mut reasons: Vec<String> = Vec::new();
        if let Some(industry) = &wanted.industry {
            reasons.push(industry.clone());
        }
        let found = self.found.iter();
        reasons.extend(found.map(|(kind, value)| format!("{kind} {value}")));
        reasons.extend(self.speaks_of(wanted));
        reasons.extend(self.cautions());
        if let Some((score, on)) = person.facts.latest_score {
            reasons.push(format!("scored {score} {}", ago(today, on)));
        }
        let record = person.record;
        if record.answered > 0 {
            reasons.push(format!(
                "said yes {} of {}",
                record.accepted, record.answered
            ));
        }
        reasons.push(match person.last_tapped_at {
            None => "never asked".to_owned(),
            Some(at) => format!("last asked {}", ago(today, policy.time_zone.day(at))),
        });
        reasons.extend(Balance::of(person.given, &person.completed, today).reason());
        reasons
    }

    /// The words looked for, and where they were found.
    fn speaks_of(&self, wanted: &Wanted) -> Option<String> {
        let about = wanted.about.as_ref()?;
        let mut places: Vec<Place> = wanted
            .told(self.person)
            .iter()
            .map(|one| one.place)
            .collect();
        places.sort_unstable();
        places.dedup();
        let places: Vec<&str> = places.into_iter().map(Place::name).collect();
        Some(format!("speaks of: {about} ({})", places.join(", ")))
    }

    /// What is to be heeded before they are asked.
    pub fn cautions(&self) -> impl Iterator<Item = String> {
        let topics = self.avoided.iter();
        topics.map(|topic| format!("will not speak about {topic}"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ask::Effort;
    use super::super::caps::Claim;
    use super::super::ids::PersonId;
    use super::super::score::Score;
    use super::super::testing::{day, ready_for_all};
    use super::super::told::{Spoken, Told};
    use super::*;
    use proptest::prelude::*;

    const TODAY: &str = "2026-06-15";

    fn person(id: i64) -> Person {
        Person {
            id: PersonId(id),
            facts: ready_for_all(day(TODAY)),
            traits: vec![
                (Trait::Region, "EMEA".into()),
                (Trait::Product, "Ledger Pro".into()),
            ],
            record: TrackRecord::default(),
            last_tapped_at: None,
            taps_last_year: 0,
            moments_last_year: 1,
            given: 0,
            completed: Vec::new(),
            spoken: Spoken::default(),
        }
    }

    fn ids(ready: &[Ready<'_>]) -> Vec<i64> {
        ready.iter().map(|ready| ready.person.id.0).collect()
    }

    fn ready_for<'a>(people: &'a [Person], wanted: &Wanted) -> Vec<Ready<'a>> {
        ready(
            people,
            Ask::Kind(AskKind::Reference),
            wanted,
            &Policy::default(),
            day(TODAY),
        )
    }

    #[test]
    fn a_score_computed_by_hand() {
        let mut one = person(1);
        one.facts.latest_score = Some((Score::new(9).unwrap(), day("2025-12-17"))); // 180 days: one half-life
        one.record = TrackRecord {
            answered: 4,
            accepted: 3,
            completed: 2,
        };
        one.last_tapped_at = Some(Policy::default().time_zone.noon_of(day("2026-03-04"))); // 103 days ago
        one.taps_last_year = 2;
        one.moments_last_year = 2;
        one.given = 1;
        // The third was completed more than 12 months ago.
        one.completed = ["2026-03-10", "2025-11-01", "2025-06-15"]
            .map(|on| (Effort::Low, day(on)))
            .to_vec();
        let wanted = Wanted {
            traits: vec![
                (Trait::Region, "emea".into()),
                (Trait::Language, "de".into()),
            ],
            ..Wanted::default()
        };
        let ranking = ready_for(std::slice::from_ref(&one), &wanted);
        let parts = ranking[0].parts;
        let near =
            |got: f64, expected: f64| assert!((got - expected).abs() < 1e-9, "{got} {expected}");
        near(parts.fit, 0.5);
        near(parts.relationship, 0.6 * 0.9 * 0.5 + 0.4 * 0.75);
        near(parts.track_record, (4.0 / 6.0 + 3.0 / 5.0) / 2.0);
        near(parts.rest, 0.7 * 103.0 / 365.0 + 0.1);
        near(parts.reciprocity, 2.0 / 3.0);
        // 30×0.5 + 25×0.57 + 20×0.6333… + 15×0.297534… + 10×0.6666… = 53.0463…
        near(ranking[0].score, 53.0);
    }

    #[test]
    fn who_will_not_speak_about_it_comes_behind() {
        let told = |id, text: &str, avoided: &[&str]| Person {
            spoken: Spoken {
                told: vec![Told {
                    place: Place::Story,
                    text: text.to_owned(),
                }],
                avoided: avoided.iter().map(|topic| (*topic).to_owned()).collect(),
            },
            ..person(id)
        };
        let people = [
            told(1, "Waiting times fell", &["waiting"]),
            told(2, "Nothing of the sort", &[]),
            told(3, "No waiting, many times a day", &["prices"]),
        ];
        let wanted = Wanted {
            about: Some("waiting times".parse().unwrap()),
            ..Wanted::default()
        };
        let ranking = ready_for(&people, &wanted);
        assert_eq!(ids(&ranking), [3, 1]);
        let reasons = ranking[1].reasons(&wanted, &Policy::default(), day(TODAY));
        assert_eq!(
            reasons[..2],
            [
                "speaks of: waiting times (story)",
                "will not speak about waiting"
            ]
        );
    }

    #[test]
    fn ties_go_to_the_longer_rested_then_fewer_taps_then_the_smaller_id() {
        let zone = Policy::default().time_zone;
        let tapped = |id, at: Option<&str>, taps| Person {
            last_tapped_at: at.map(|at| zone.noon_of(day(at))),
            taps_last_year: taps,
            ..person(id)
        };
        // Both tapped over a year ago: the rest part is the same 0.7, the score ties.
        let people = [
            tapped(5, Some("2025-01-10"), 0),
            tapped(4, Some("2025-01-10"), 0),
            tapped(3, Some("2024-12-31"), 0),
            tapped(2, None, 0),
            tapped(1, None, 0),
        ];
        assert_eq!(
            ids(&ready_for(&people, &Wanted::default())),
            [1, 2, 3, 4, 5]
        );
        let mut policy = Policy::default();
        policy.set("weight.rest", "0").unwrap();
        let people = [
            tapped(1, Some("2026-01-10"), 3),
            tapped(2, Some("2026-01-10"), 2),
        ];
        let ranking = ready(
            &people,
            Ask::Kind(AskKind::Review),
            &Wanted::default(),
            &policy,
            day(TODAY),
        );
        assert_eq!(ids(&ranking), [2, 1]);
    }

    #[test]
    fn a_required_trait_filters_and_others_only_score() {
        let mut other = person(2);
        other.traits = vec![(Trait::Region, "APAC".into())];
        let people = [other, person(1)];
        let mut wanted = Wanted {
            traits: vec![(Trait::Region, "emea".into())],
            ..Wanted::default()
        };
        assert_eq!(ids(&ready_for(&people, &wanted)), [1, 2]);
        wanted.required = vec![Trait::Region];
        assert_eq!(ids(&ready_for(&people, &wanted)), [1]);
    }

    #[test]
    fn the_blocked_come_with_their_refusals_the_soonest_first() {
        let mut resting = person(1);
        resting.facts.claims = vec![Claim::tap(day("2026-06-01"), Effort::Medium)];
        let mut sooner = person(2);
        sooner.facts.claims = vec![Claim::tap(day("2026-05-20"), Effort::Low)];
        let mut never = person(3);
        never.facts.willingness.clear();
        let people = [never, resting, sooner];
        let (ask, wanted) = (Ask::Kind(AskKind::Reference), Wanted::default());
        let blocked: Vec<_> = blocked(&people, ask, &wanted, &Policy::default(), day(TODAY))
            .iter()
            .map(|one| (one.person.id.0, one.refusals[0].name(), one.clears_on))
            .collect();
        assert_eq!(
            blocked,
            [
                (2, "cap", Some(day("2026-06-20"))),
                (1, "cap", Some(day("2026-08-01"))),
                (3, "willingness", None),
            ]
        );
    }

    #[test]
    fn an_effort_takes_the_first_kind_that_passes() {
        let mut one = person(1);
        one.facts
            .willingness
            .retain(|said| said.kind == AskKind::Video);
        let people = [one];
        let ranking = ready(
            &people,
            Ask::Effort(Effort::Medium),
            &Wanted::default(),
            &Policy::default(),
            day(TODAY),
        );
        assert_eq!(ranking[0].kind, AskKind::Video);
    }

    #[test]
    fn who_the_prospect_is_keeps_some_out_and_moves_nobody() {
        let mut people = [4, 3, 2, 1].map(person);
        people[1].taps_last_year = 2;
        people[2].facts.account.competitors = vec!["Acme Corp.".into()];
        let wanted = Wanted {
            prospect: Some("acme corp".into()),
            ..Wanted::default()
        };
        let anybody = ready_for(&people, &Wanted::default());
        assert_eq!(ids(&anybody), [1, 2, 4, 3]);
        let ready = ready_for(&people, &wanted);
        assert_eq!(ids(&ready), [1, 4, 3]);
        // So the agenda searches once for all prospects.
        let (policy, today) = (Policy::default(), day(TODAY));
        let passes = |one: &Ready<'_>| {
            let prospect = wanted.prospect.as_deref();
            readiness::passes(&one.person.facts, one.kind, prospect, &policy, today)
        };
        let kept: Vec<Ready<'_>> = anybody.into_iter().filter(passes).collect();
        assert_eq!(kept, ready);
    }

    #[test]
    fn the_overdrawn_rank_lower_and_it_is_said_why() {
        let owed = |id, given| Person {
            given,
            completed: vec![(Effort::Low, day("2026-03-10")); 2],
            ..person(id)
        };
        let people = [owed(1, 0), owed(2, 1), owed(3, 2)];
        let wanted = Wanted::default();
        let ranking = ready_for(&people, &wanted);
        assert_eq!(ids(&ranking), [3, 2, 1]);
        let said: Vec<bool> = ranking
            .iter()
            .map(|ready| ready.reasons(&wanted, &Policy::default(), day(TODAY)))
            .map(|reasons| reasons.iter().any(|one| one.starts_with("overdrawn")))
            .collect();
        assert_eq!(said, [false, true, true]);
    }

    proptest! {
        #[test]
        fn giving_never_lowers_a_rank(
            people in proptest::collection::vec((0_u32..4, 0_usize..4, 0_u32..3), 1..8),
            lucky in 0_usize..8,
        ) {
            let people: Vec<Person> = people
                .into_iter()
                .zip(1..)
                .map(|((given, completed, taps_last_year), id)| Person {
                    given,
                    completed: vec![(Effort::Low, day("2026-02-01")); completed],
                    taps_last_year,
                    ..person(id)
                })
                .collect();
            let lucky = lucky % people.len();
            let mut richer = people.clone();
            richer[lucky].given += 1;
            let place = |people: &[Person]| {
                let ranked = ids(&ready_for(people, &Wanted::default()));
                ranked.iter().position(|id| *id == people[lucky].id.0)
            };
            prop_assert!(place(&richer) <= place(&people));
        }
    }
}
