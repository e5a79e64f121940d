//! Nominations: a colleague, or a customer, proposes somebody for the program (`docs/rules.md`, nominations). Whether
//! one still waits for an answer is derived from what was decided about it and about the person.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::calendar::{Timestamp, days_after};
use super::group::grouped;
use super::ids::{NominationId, PersonId};
use super::period::Period;
use super::rate::Rate;
use super::stage::{Move, Stage};
use super::statistics::Summary;
use super::words::words;

words! {
    /// What was decided about a nomination.
    pub enum Decision is "a decision about a nomination" {
        /// We would like to have them.
        Accepted = "accepted",
        /// Not now, or not at all.
        Declined = "declined",
    }
}

words! {
    /// What became of a nomination.
    pub enum Status {
        /// Nothing was decided yet.
        Waiting = "waiting",
        /// We would like to have them, or asked them already.
        Accepted = "accepted",
        /// We said no, or they did.
        Declined = "declined",
        /// Something was decided about the person before: the nomination is a positive moment and asks for nothing.
        Noted = "noted",
    }
}

/// What is on record about one nomination and its person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// The last decision about the nomination itself.
    pub decision: Option<(Decision, Timestamp)>,
    /// Where the person stood when they were nominated.
    pub stage_before: Option<Stage>,
    /// What was decided about the person since, oldest first.
    pub stages_since: Vec<(Stage, Timestamp)>,
}

/// What became of a nomination, when, and by which stage of the person where no word was said about it itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// What became of it.
    pub status: Status,
    /// Since when; `None` while it waits, and where there was nothing to decide.
    pub settled_at: Option<Timestamp>,
    /// The stage that settled it.
    pub by_stage: Option<Stage>,
}

impl Course {
    /// What became of it: the last decision about it; or else the first thing decided about the person
    /// since. Inviting and registering them accept it; a no of theirs, "never ask" and retiring decline it. It waits
    /// only while nobody has decided anything about the person, neither before nor since.
    pub fn verdict(&self) -> Verdict {
        let settled = |status, at, by_stage| Verdict {
            status,
            settled_at: Some(at),
            by_stage,
        };
        let unsettled = |status| Verdict {
            status,
            settled_at: None,
            by_stage: None,
        };
        if let Some((decision, at)) = self.decision {
            return match decision {
                Decision::Accepted => settled(Status::Accepted, at, None),
                Decision::Declined => settled(Status::Declined, at, None),
            };
        }
        if self.stage_before.is_some_and(is_decided) {
            return unsettled(Status::Noted);
        }
        match self
            .stages_since
            .iter()
            .find(|(stage, _)| is_decided(*stage))
        {
            None => unsettled(Status::Waiting),
            Some((stage, at)) if *stage == Stage::Invited || stage.is_advocate() => {
                settled(Status::Accepted, *at, Some(*stage))
            }
            Some((stage, at)) => settled(Status::Declined, *at, Some(*stage)),
        }
    }

    /// Whether it still waits for an answer.
    pub fn is_waiting(&self) -> bool {
        self.verdict().status == Status::Waiting
    }

    /// When the person became an advocate after the nomination; `None` for whoever was one before.
    pub fn advocate_at(&self) -> Option<Timestamp> {
        if self.stage_before.is_some_and(Stage::is_advocate) {
            return None;
        }
        let mut since = self.stages_since.iter();
        since
            .find(|(stage, _)| stage.is_advocate())
            .map(|(_, at)| *at)
    }
}

const fn is_decided(stage: Stage) -> bool {
    !matches!(stage, Stage::Candidate)
}

/// Whether somebody may be nominated: not where they said no themselves.
///
/// # Errors
/// The sentence with which an invitation is refused.
pub fn may_nominate(stage: Option<Stage>) -> Result<(), String> {
    match stage {
        Some(Stage::Declined | Stage::DoNotContact) => Move::Invite.from(stage).map(|_| ()),
        _ => Ok(()),
    }
}

/// The day by which a nomination is to be answered.
pub fn due_on(nominated_on: NaiveDate, days: u32) -> NaiveDate {
    days_after(nominated_on, days)
}

/// How many days a waiting nomination is late; 0 on the day it is due.
pub fn days_overdue(nominated_on: NaiveDate, days: u32, today: NaiveDate) -> u32 {
    let late = (today - due_on(nominated_on, days)).num_days();
    u32::try_from(late).unwrap_or(0)
}

/// What the nominator can be told, ready to send; `own` says that they nominated themselves.
pub fn answer(
    nominator: &str,
    nominee: &str,
    own: bool,
    decision: Decision,
    reason: Option<&str>,
) -> String {
    let sentence = match (decision, own) {
        (Decision::Accepted, false) => {
            "We would like to have them in the program and will ask them"
        }
        (Decision::Declined, false) => "We will not ask them now",
        (Decision::Accepted, true) => {
            "We would like to have you in the program and will tell you what it is about"
        }
        (Decision::Declined, true) => "We have nothing for you now",
    };
    let reason = reason.map(|reason| reason.trim_end_matches('.'));
    let reason = reason.map_or(String::new(), |reason| format!(": {reason}"));
    let thanks = match own {
        true => thanks_for_coming_forward(nominee),
        false => format!(
            "{}, thank you for nominating {nominee}.",
            greeting(nominator)
        ),
    };
    format!("{thanks} {sentence}{reason}.")
}

/// What somebody can be told who put themselves forward, ready to send.
pub fn thanks_for_coming_forward(name: &str) -> String {
    format!(
        "{}, thank you for putting yourself forward.",
        greeting(name)
    )
}

fn greeting(name: &str) -> String {
    match name.split_whitespace().next() {
        Some(first) if !first.contains('@') => format!("Hi {first}"),
        _ => "Hello".to_owned(),
    }
}

/// One nomination as the report looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NominationFacts {
    /// Its number.
    pub id: NominationId,
    /// Who was nominated.
    pub person: PersonId,
    /// By whom.
    pub by: String,
    /// The industry of the person's account.
    pub industry: Option<String>,
    /// When.
    pub nominated_on: NaiveDate,
    /// What became of it.
    pub status: Status,
    /// Since when.
    pub settled_on: Option<NaiveDate>,
    /// When the person became an advocate, after it.
    pub advocate_on: Option<NaiveDate>,
}

impl NominationFacts {
    /// Groups by who nominates.
    pub fn by_nominator(&self) -> Option<String> {
        Some(self.by.clone())
    }

    /// Groups by industry.
    pub fn by_industry(&self) -> Option<String> {
        self.industry.clone()
    }

    /// Groups by the month of the nomination, as `2026-09`.
    pub fn by_month(&self) -> Option<String> {
        Some(self.nominated_on.format("%Y-%m").to_string())
    }
}

/// Who was nominated, and what became of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NominationReport {
    /// All nominations.
    pub nominations: u64,
    /// Accepted / (accepted + declined + waiting).
    pub accepted: Rate,
    /// Declined of the same.
    pub declined: Rate,
    /// Waiting of the same.
    pub waiting: Rate,
    /// Waiting for longer than the policy allows.
    pub overdue: u64,
    /// Nominations of people about whom something was decided before; in no rate.
    pub noted: u64,
    /// People who became advocates after they were nominated / people nominated about whom nothing was decided before.
    pub became_advocates: Rate,
    /// Days from the nomination to what settled it.
    pub days_to_answer: Summary,
}

impl NominationReport {
    fn of(nominations: &[&NominationFacts], days: u32, today: NaiveDate) -> Self {
        let with = |status| {
            let found = nominations.iter().filter(|one| one.status == status);
            found.count() as u64
        };
        let noted = with(Status::Noted);
        let to_answer = nominations.len() as u64 - noted;
        let rate = |status| Rate::new(with(status), to_answer);
        let new = || nominations.iter().filter(|one| one.status != Status::Noted);
        let people: BTreeSet<PersonId> = new().map(|one| one.person).collect();
        let advocates: BTreeSet<PersonId> = new()
            .filter(|one| one.advocate_on.is_some())
            .map(|one| one.person)
            .collect();
        let late = |one: &&&NominationFacts| {
            one.status == Status::Waiting && days_overdue(one.nominated_on, days, today) > 0
        };
        Self {
            nominations: nominations.len() as u64,
            accepted: rate(Status::Accepted),
            declined: rate(Status::Declined),
            waiting: rate(Status::Waiting),
            overdue: nominations.iter().filter(late).count() as u64,
            noted,
            became_advocates: Rate::new(advocates.len() as u64, people.len() as u64),
            days_to_answer: Summary::of_whole(new().filter_map(|one| {
                let settled_on = one.settled_on?;
                Some((settled_on - one.nominated_on).num_days().max(0))
            })),
        }
    }
}

/// What became, by `today`, of the nominations made in the period; `days` is within how many they are to be answered.
pub fn report(
    facts: &[NominationFacts],
    period: &Period,
    days: u32,
    today: NaiveDate,
) -> NominationReport {
    let made: Vec<&NominationFacts> = made_in(facts, period).collect();
    NominationReport::of(&made, days, today)
}

/// The same for each group, such as [`NominationFacts::by_nominator`]: in the order of the groups' names, those
/// without one last.
pub fn report_by(
    facts: &[NominationFacts],
    period: &Period,
    (days, today): (u32, NaiveDate),
    group: fn(&NominationFacts) -> Option<String>,
) -> Vec<(Option<String>, NominationReport)> {
    grouped(made_in(facts, period), |one| group(one))
        .into_iter()
        .map(|(name, made)| (name, NominationReport::of(&made, days, today)))
        .collect()
}

fn made_in<'a>(
    facts: &'a [NominationFacts],
    period: &Period,
) -> impl Iterator<Item = &'a NominationFacts> {
    let period = *period;
    facts
        .iter()
        .filter(move |one| period.contains(one.nominated_on))
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;

    /// The decision, the stage before, the stages since; what became of it, by which stage, and whether the person
    /// became an advocate.
    type Case = (
        Option<Decision>,
        Option<Stage>,
        &'static [Stage],
        (Status, Option<Stage>, bool),
    );

    #[test]
    fn what_became_of_a_nomination() {
        use Stage::{Active, Candidate, Declined, DoNotContact, Invited, Paused, Retired};
        let table: &[Case] = &[
            (None, None, &[], (Status::Waiting, None, false)),
            (None, Some(Candidate), &[], (Status::Waiting, None, false)),
            (None, None, &[Candidate], (Status::Waiting, None, false)),
            (
                None,
                None,
                &[Invited],
                (Status::Accepted, Some(Invited), false),
            ),
            (
                None,
                None,
                &[Invited, Active],
                (Status::Accepted, Some(Invited), true),
            ),
            (
                None,
                Some(Candidate),
                &[Active, Retired],
                (Status::Accepted, Some(Active), true),
            ),
            (
                None,
                None,
                &[Invited, Declined],
                (Status::Accepted, Some(Invited), false),
            ),
            (
                None,
                None,
                &[Declined],
                (Status::Declined, Some(Declined), false),
            ),
            // "Never ask" was taken back: the nomination does not come back with the person.
            (
                None,
                None,
                &[DoNotContact, Candidate],
                (Status::Declined, Some(DoNotContact), false),
            ),
            (None, Some(Active), &[], (Status::Noted, None, false)),
            (None, Some(Paused), &[Active], (Status::Noted, None, false)),
            (None, Some(Invited), &[Active], (Status::Noted, None, true)),
            (None, Some(Retired), &[], (Status::Noted, None, false)),
            (
                Some(Decision::Accepted),
                None,
                &[Declined],
                (Status::Accepted, None, false),
            ),
            (
                Some(Decision::Declined),
                None,
                &[Active],
                (Status::Declined, None, true),
            ),
        ];
        for (decision, stage_before, since, (status, by_stage, advocate)) in table {
            let at = (10..).map(Timestamp);
            let course = Course {
                decision: decision.map(|decision| (decision, Timestamp(5))),
                stage_before: *stage_before,
                stages_since: since.iter().copied().zip(at).collect(),
            };
            let found = course.verdict();
            assert_eq!(
                (found.status, found.by_stage),
                (*status, *by_stage),
                "{course:?}"
            );
            let settled = matches!(status, Status::Accepted | Status::Declined);
            assert_eq!(found.settled_at.is_some(), settled, "{course:?}");
            assert_eq!(course.advocate_at().is_some(), *advocate, "{course:?}");
        }
    }

    #[test]
    fn whoever_said_no_is_not_nominated() {
        for (stage, allowed) in [
            (None, true),
            (Some(Stage::Candidate), true),
            (Some(Stage::Invited), true),
            (Some(Stage::Active), true),
            (Some(Stage::Paused), true),
            (Some(Stage::Retired), true),
            (Some(Stage::Declined), false),
            (Some(Stage::DoNotContact), false),
        ] {
            assert_eq!(may_nominate(stage).is_ok(), allowed, "{stage:?}");
        }
    }

    #[test]
    fn a_nomination_is_overdue_from_the_day_after_it_was_due() {
        for (nominated, today, overdue) in [
            ("2026-06-24", "2026-07-01", 0),
            ("2026-06-23", "2026-07-01", 1),
            ("2026-06-01", "2026-07-01", 23),
            ("2026-07-01", "2026-07-01", 0),
        ] {
            let found = days_overdue(day(nominated), 7, day(today));
            assert_eq!(found, overdue, "{nominated}");
        }
        assert_eq!(due_on(day("2026-06-24"), 7), day("2026-07-01"));
    }

    #[test]
    fn the_nominator_is_told_in_one_line() {
        use Decision::{Accepted, Declined};
        let reason = Some("they went live last week.");
        for (nominator, decision, reason, told) in [
            (
                "Dana Ruiz",
                Accepted,
                None,
                "Hi Dana, thank you for nominating Priya Rao. We would like to have them in the program and will ask \
                 them.",
            ),
            (
                "Dana",
                Declined,
                reason,
                "Hi Dana, thank you for nominating Priya Rao. We will not ask them now: they went live last week.",
            ),
            (
                "dana@us.example",
                Declined,
                None,
                "Hello, thank you for nominating Priya Rao. We will not ask them now.",
            ),
        ] {
            assert_eq!(
                answer(nominator, "Priya Rao", false, decision, reason),
                told
            );
        }
    }

    fn fact(id: i64, person: i64, by: &str, on: &str, status: Status) -> NominationFacts {
        NominationFacts {
            id: NominationId(id),
            person: PersonId(person),
            by: by.into(),
            industry: None,
            nominated_on: day(on),
            status,
            settled_on: None,
            advocate_on: None,
        }
    }

    #[test]
    fn the_report_counts_answers_by_nomination_and_advocates_by_person() {
        let joined = |fact| NominationFacts {
            settled_on: Some(day("2026-07-12")),
            advocate_on: Some(day("2026-07-20")),
            ..fact
        };
        let facts = [
            joined(fact(1, 1, "Dana", "2026-07-10", Status::Accepted)),
            joined(fact(2, 1, "Sam", "2026-07-08", Status::Accepted)),
            fact(3, 2, "Dana", "2026-07-11", Status::Waiting),
            fact(4, 3, "Dana", "2026-08-30", Status::Waiting),
            fact(5, 4, "Dana", "2026-08-01", Status::Declined),
            fact(6, 5, "Sam", "2026-08-01", Status::Noted),
            fact(7, 6, "Sam", "2026-06-30", Status::Waiting),
        ];
        let today = day("2026-09-01");
        let quarter = Period::parse("2026-Q3", today).unwrap();
        let all = report(&facts, &quarter, 7, today);
        assert_eq!((all.nominations, all.noted, all.overdue), (6, 1, 1));
        assert_eq!(all.accepted, Rate::new(2, 5));
        assert_eq!(all.declined, Rate::new(1, 5));
        assert_eq!(all.waiting, Rate::new(2, 5));
        assert_eq!(all.became_advocates, Rate::new(1, 4));
        assert_eq!(all.days_to_answer.median, Some(3.0));
        let groups = report_by(&facts, &quarter, (7, today), NominationFacts::by_nominator);
        let found: Vec<(Option<&str>, Rate, u64)> = groups
            .iter()
            .map(|(name, one)| (name.as_deref(), one.became_advocates, one.nominations))
            .collect();
        assert_eq!(
            found,
            [
                (Some("Dana"), Rate::new(1, 4), 4),
                (Some("Sam"), Rate::new(1, 1), 2)
            ]
        );
    }
}
