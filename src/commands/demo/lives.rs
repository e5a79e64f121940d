//! What becomes of people in the program: the cast as it is told, the others as chance and the rules have it.

use super::cast::{ROLES, Role, Scene, Stands, Telling};
use super::events::{Ask, How};
use super::plan::Plan;
use super::words::pick;
use crate::domain::ask::{AskKind, Effort};
use crate::domain::stage::Stage;
use crate::domain::tap::{Outcome, Rating};

/// How many advocates there are.
pub(super) const ADVOCATES: usize = 45;
/// How many days ago the history of asks was imported.
const HISTORY: i64 = 500;

/// Kinds to say yes to, the likelier ones more than once.
const LIKELY: &[AskKind] = &[
    AskKind::Review,
    AskKind::Review,
    AskKind::Testimonial,
    AskKind::Testimonial,
    AskKind::Logo,
    AskKind::Community,
    AskKind::Feedback,
    AskKind::Reference,
    AskKind::Reference,
    AskKind::Reference,
    AskKind::Video,
    AskKind::Referral,
    AskKind::Beta,
    AskKind::CaseStudy,
    AskKind::Speaking,
    AskKind::AdvisoryBoard,
];

impl Plan<'_> {
    /// Tells the cast's stories.
    ///
    /// # Errors
    /// When a story asks for what the rules refuse.
    pub(super) fn tell_cast(&mut self) -> anyhow::Result<()> {
        for (person, role) in ROLES.iter().enumerate() {
            self.place_role(person, role);
            for scene in role.asks {
                self.play(person, scene)?;
            }
        }
        Ok(())
    }

    fn place_role(&mut self, person: usize, role: &Role) {
        let words = (role.will, role.wont);
        match role.stands {
            Stands::Undecided => {}
            Stands::Invited(ago) => self.decide(person, ago, (Stage::Invited, None), None),
            Stands::Declined(ago) => {
                self.decide(person, ago + 9, (Stage::Invited, None), None);
                let reason = Some("No time beside the job");
                self.decide(person, ago, (Stage::Declined, None), reason);
            }
            Stands::Silent(ago) => {
                let reason = Some("Asked us in writing never to be contacted");
                self.decide(person, ago, (Stage::DoNotContact, None), reason);
            }
            Stands::Advocate(ago) => self.join(person, ago, words),
            Stands::Paused(joined, ago, back_in) => {
                self.join(person, joined, words);
                let until = back_in.map(|days| self.day(-days));
                let reason = Some("Parental leave");
                self.decide(person, ago, (Stage::Paused, until), reason);
            }
            Stands::Retired(joined, ago) => {
                self.join(person, joined, words);
                let reason = Some("Moved to another role");
                self.decide(person, ago, (Stage::Retired, None), reason);
            }
        }
    }

    fn join(&mut self, person: usize, ago: i64, words: (&[AskKind], &[AskKind])) {
        self.decide(person, ago + 7, (Stage::Invited, None), None);
        let limit = (self.rng.u8(0..5) == 0).then(|| pick(&self.words.limits, &mut self.rng));
        self.register(person, ago, words, limit);
        if ago > 40 && self.rng.u8(0..10) < 7 {
            let verified = self.rng.i64(3..ago.min(270));
            self.verify(person, verified);
        }
    }

    fn play(&mut self, person: usize, scene: &Scene) -> anyhow::Result<()> {
        let step = |(ago, outcome, rating): &(i64, Outcome, u8)| {
            (self.day(*ago), *outcome, Rating::new(*rating))
        };
        let course = scene.course.iter().map(step).collect();
        self.ask(Ask {
            person,
            kind: scene.kind,
            on: self.day(scene.ago),
            how: match scene.how {
                Telling::Allowed => How::Allowed,
                Telling::Overridden(reason) => How::Overridden(reason),
                Telling::Imported => How::Imported(HISTORY),
            },
            note: None,
            course,
        })
    }

    /// Makes advocates of promoters until there are enough, and decides about some others.
    ///
    /// # Errors
    /// When an ask is refused that was allowed a moment before.
    pub(super) fn live(&mut self) -> anyhow::Result<()> {
        let mut warm = self.promoters();
        self.rng.shuffle(&mut warm);
        let mut warm = warm.into_iter();
        let told = ROLES.iter().filter(|role| {
            let stands = &role.stands;
            matches!(stands, Stands::Advocate(_) | Stands::Paused(..))
        });
        for (index, (person, joined)) in warm.by_ref().take(ADVOCATES - told.count()).enumerate() {
            let left = match index {
                0 | 1 => self.rng.i64(4..joined.min(30)),
                _ => 1,
            };
            self.advocate(person, joined, left)?;
            if index < 2 {
                let until = (index == 0).then(|| self.day(-40));
                let reason = Some("Busy season");
                self.decide(person, left, (Stage::Paused, until), reason);
            }
        }
        for (person, joined) in warm.by_ref().take(6) {
            let left = self.rng.i64(2..joined.min(160));
            self.advocate(person, joined, left)?;
            let reason = Some("Left the company");
            self.decide(person, left, (Stage::Retired, None), reason);
        }
        for (index, (person, ago)) in warm.take(14).enumerate() {
            // Those who have not answered yet were invited lately: few wait for longer than is good.
            let ago = ago.min(40 - 3 * index as i64);
            self.decide(person, ago, (Stage::Invited, None), None);
            if index < 5 {
                let reason = Some("Prefers not to appear in public");
                self.decide(person, ago / 2, (Stage::Declined, None), reason);
            } else if index == 5 {
                let reason = Some("Asked us never to be contacted again");
                self.decide(person, ago / 2, (Stage::DoNotContact, None), reason);
            }
        }
        Ok(())
    }

    /// Promoters outside the cast's accounts and industry, each with a day, soon after praise, on which they join.
    fn promoters(&mut self) -> Vec<(usize, i64)> {
        let mut found = Vec::new();
        for person in ROLES.len()..self.people.len() {
            let account = &self.accounts[self.people[person].account];
            if account.told || account.industry == "healthcare" {
                continue;
            }
            let answers = self.people[person].answers.iter();
            let praise = answers.filter(|answer| answer.score.is_promoter());
            let days: Vec<i64> = praise.map(|answer| self.ago(answer.on)).collect();
            let days: Vec<i64> = days.into_iter().filter(|ago| *ago > 30).collect();
            if let Some(ago) = self.rng.choice(days) {
                found.push((person, ago - self.rng.i64(8..20)));
            }
        }
        found
    }

    /// Somebody joins and is asked now and then until they leave.
    fn advocate(&mut self, person: usize, joined: i64, left: i64) -> anyhow::Result<()> {
        let amount = self.rng.usize(3..8);
        let mut will = self.rng.choose_multiple(LIKELY.iter().copied(), amount);
        will.sort_unstable();
        will.dedup();
        let mut wont = self.rng.choose_multiple(AskKind::ALL, 2);
        wont.retain(|kind| !will.contains(kind));
        self.join(person, joined, (&will, &wont));
        let mut ago = joined - self.rng.i64(5..30);
        while ago > left {
            self.try_ask(person, &will, ago)?;
            ago -= self.rng.i64(15..55);
        }
        let latest = self.rng.i64(2..14);
        if left == 1 && latest < joined && self.rng.bool() {
            self.try_ask(person, &will, latest)?;
        }
        Ok(())
    }

    /// Asks for something that the person is willing to do, unless a rule refuses.
    fn try_ask(&mut self, person: usize, will: &[AskKind], ago: i64) -> anyhow::Result<()> {
        let (Some(kind), on) = (self.rng.choice(will).copied(), self.day(ago)) else {
            return Ok(());
        };
        if !self.refusals(person, kind, on).is_empty() {
            return Ok(());
        }
        let course = self.course(kind, ago);
        let noted = self.rng.u8(0..5) < 2;
        let note = noted.then(|| pick(&self.words.tap_notes, &mut self.rng));
        self.ask(Ask {
            person,
            kind,
            on,
            how: How::Allowed,
            note,
            course,
        })
    }

    /// What becomes of an ask; steps that would be today or later have not happened yet.
    fn course(
        &mut self,
        kind: AskKind,
        ago: i64,
    ) -> Vec<(chrono::NaiveDate, Outcome, Option<Rating>)> {
        let effort = self.present.policy.effort(kind);
        let answer = self.rng.i64(1..5);
        let work = match effort {
            Effort::Low => self.rng.i64(1..7),
            Effort::Medium => self.rng.i64(4..16),
            Effort::High => self.rng.i64(25..50),
        };
        let rating = Rating::new(self.rng.u8(3..6)).filter(|_| self.rng.u8(0..5) > 0);
        let accepted = (answer, Outcome::Accepted, None);
        let unanswered = ago < 14 && self.rng.u8(0..5) < 3;
        let steps = match self.rng.u8(0..100) {
            _ if unanswered => Vec::new(),
            0..=12 => vec![(answer, Outcome::Declined, None)],
            13..=26 => vec![(14, Outcome::NoReply, None)],
            27..=31 if effort > Effort::Low => {
                vec![accepted, (answer + work, Outcome::NoShow, None)]
            }
            32..=37 => vec![(1, Outcome::Withdrawn, None)],
            38..=44 => vec![accepted],
            _ => vec![accepted, (answer + work, Outcome::Completed, rating)],
        };
        let happened = steps.into_iter().filter(|(after, ..)| ago - after >= 1);
        happened
            .map(|(after, outcome, rating)| (self.day(ago - after), outcome, rating))
            .collect()
    }
}
