//! Requests: those of the story, those around asks that chance has made, and one with somebody held for it.

use super::super::cast::{ROLES, Role};
use super::super::plan::{Plan, Tap};
use super::deals::Fate;
use super::story::{SCENES, Scene};
use super::{Request, Step};
use crate::domain::ask::AskKind;
use crate::domain::calendar::{Timestamp, days_after};
use crate::domain::request::{Event, supplies};
use crate::domain::tap::Outcome;

/// How many requests are found around asks that chance has made: those that were met, and the others.
const MET: usize = 10;
const UNMET: usize = 3;
/// How many days ago somebody was held: with the days of the default policy the hold ends with today.
const HELD: i64 = 4;

impl Plan<'_> {
    /// Opens the requests of the story.
    pub(super) fn add_scenes(&mut self) -> anyhow::Result<()> {
        for scene in SCENES {
            let deal = scene.deal.map(|fate| self.add_deal(scene.industry, fate));
            let request = self.open(scene, deal);
            for (name, ago) in scene.asks {
                let tap = self.tap_of(name, *ago);
                let tap =
                    tap.ok_or_else(|| anyhow::anyhow!("{name} was not asked {ago} days ago"))?;
                self.link(tap, request);
            }
            for (ago, event, reason) in scene.then {
                self.settle_request(request, *ago, (*event, reason));
            }
        }
        Ok(())
    }

    fn tap_of(&self, name: &str, ago: i64) -> Option<usize> {
        let person = ROLES.iter().position(|role: &Role| role.name == name)?;
        let taps = self.people[person].taps.iter();
        let mut taps = taps.filter(|tap| self.ago(self.taps[**tap].on) == ago);
        taps.next().copied()
    }

    fn open(&mut self, scene: &Scene, deal: Option<usize>) -> usize {
        let by = self.words.sellers.get(scene.by).copied();
        let request = Request {
            kind: scene.kind,
            wanted: scene.wanted,
            industry: scene.industry,
            deal,
            by: by.unwrap_or("sales"),
            needed_by: scene.needed.map(|ago| self.day(ago)),
        };
        let mut command = format!(
            "advocate request open --ask {} --industry {} --by {:?}",
            request.kind, request.industry, request.by
        );
        if request.wanted > 1 {
            command += &format!(" --wanted {}", request.wanted);
        }
        if let Some(deal) = deal {
            command += &format!(" --deal OPP-{}", 3001 + deal);
        }
        if let Some(day) = request.needed_by {
            command += &format!(" --needed-by {day}");
        }
        let (by, index) = (request.by, self.demand.requests.len());
        self.demand.requests.push(request);
        self.typed((scene.opened, 9), by, command, Step::Opened(index));
        index
    }

    /// An ask turns out to be made for a request; of some, because the person was proposed.
    fn link(&mut self, tap: usize, request: usize) {
        self.taps[tap].request = Some(request);
        if request.is_multiple_of(2) {
            let Tap { person, at, by, .. } = self.taps[tap];
            let command = "advocate request fill {request}".to_owned();
            let step = Step::Moved {
                request,
                event: Event::Proposed,
                person: Some(person),
                reason: None,
            };
            let facts = vec![super::super::events::Fact::Demand(step)];
            self.push(Timestamp(at.0 - 1200), by, command, facts);
        }
    }

    fn settle_request(&mut self, request: usize, ago: i64, (event, reason): (Event, &'static str)) {
        let by = self.demand.requests[request].by;
        let command = match event {
            Event::Reopened => format!("advocate request reopen {{request}} --reason {reason:?}"),
            Event::Unfilled => format!("advocate request close {{request}} --unfilled {reason}"),
            _ => format!("advocate request close {{request}} --withdrawn {reason:?}"),
        };
        let step = Step::Moved {
            request,
            event,
            person: None,
            reason: Some(reason),
        };
        self.typed((ago, 16), by, command, step);
    }

    /// Gives some asks of the last two quarters the request that they were made for.
    pub(super) fn add_requests_for_asks(&mut self) {
        let (mut met, mut unmet) = (self.asks_for_sales(true), self.asks_for_sales(false));
        met.truncate(MET);
        unmet.truncate(UNMET);
        for (turn, tap) in met.into_iter().enumerate() {
            self.request_met(turn, tap);
        }
        for tap in unmet {
            self.request_unmet(tap);
        }
    }

    /// Asks outside the cast that may have been made for a request, what sales wants most first.
    fn asks_for_sales(&self, met: bool) -> Vec<usize> {
        let rank = |kind| match kind {
            AskKind::Reference => Some(0),
            AskKind::Video | AskKind::Speaking | AskKind::CaseStudy => Some(1),
            AskKind::Testimonial | AskKind::Review | AskKind::Logo => Some(2),
            _ => None,
        };
        let taps = self.taps.iter().enumerate();
        let taps = taps.filter(|(_, tap)| tap.person >= ROLES.len() && tap.request.is_none());
        let taps = taps.filter(|(_, tap)| (20..=170).contains(&self.ago(tap.on)));
        let taps = taps.filter(|(_, tap)| tap.course.iter().any(|(_, to)| supplies(*to)) == met);
        let mut found: Vec<(i32, i64, usize)> = taps
            .filter_map(|(index, tap)| Some((rank(tap.kind)?, self.ago(tap.on), index)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(.., index)| index).collect()
    }

    fn around(&mut self, tap: usize, needed: i64, deal: Option<Fate>) -> usize {
        let Tap { person, kind, .. } = self.taps[tap];
        let scene = Scene {
            kind,
            industry: self.accounts[self.people[person].account].industry,
            by: self.rng.usize(0..self.words.sellers.len().max(1)),
            opened: self.ago(self.taps[tap].on) + self.rng.i64(0..4),
            needed: Some(needed),
            wanted: 1,
            deal,
            asks: &[],
            then: &[],
        };
        let deal = deal.map(|fate| self.add_deal(scene.industry, fate));
        let request = self.open(&scene, deal);
        self.link(tap, request);
        request
    }

    fn request_met(&mut self, turn: usize, tap: usize) {
        let course = self.taps[tap].course.iter();
        let filled = course
            .filter(|(_, to)| supplies(*to))
            .map(|(on, _)| *on)
            .min();
        let filled = filled.map_or(1, |on| self.ago(on));
        let needed = match turn % 4 {
            // Too late by a day, where there was time for that.
            1 => (filled + 1).min(self.ago(self.taps[tap].on)),
            _ => filled - self.rng.i64(1..12),
        };
        let opened = self.ago(self.taps[tap].on) + self.rng.i64(9..40);
        let closed = (filled - self.rng.i64(4..40)).max(2);
        let fate = match turn % 4 {
            0 => Fate::over(opened, closed, "Closed Won"),
            1 => Fate::open(opened, "Negotiation/Review"),
            _ => Fate::over(opened, closed, "Closed Lost"),
        };
        let reference = self.taps[tap].kind == AskKind::Reference;
        self.around(tap, needed, reference.then_some(fate));
    }

    fn request_unmet(&mut self, tap: usize) {
        let Some((on, outcome)) = self.taps[tap].course.last().copied() else {
            let asked = self.ago(self.taps[tap].on);
            self.around(tap, asked - 12, None);
            return;
        };
        let settled = self.ago(on);
        let opened = self.ago(self.taps[tap].on) + self.rng.i64(9..30);
        let fate = Fate::open(opened, "Proposal/Price Quote");
        let reference = self.taps[tap].kind == AskKind::Reference;
        let request = self.around(tap, settled - 2, reference.then_some(fate));
        let closing = match outcome {
            Outcome::Declined => (Event::Unfilled, "all-declined"),
            Outcome::Withdrawn => (Event::Withdrawn, "Found it in the library"),
            _ => (Event::Unfilled, "too-late"),
        };
        self.settle_request(request, (settled - 1).max(1), closing);
    }

    /// Reserves an advocate outside the cast and healthcare who may be asked, for a request that is open.
    pub(super) fn hold_somebody(&mut self) {
        use AskKind::{Logo, Reference, Review, Testimonial, Video};
        let kinds = [Reference, Testimonial, Review, Video, Logo];
        let people = || (ROLES.len()..self.people.len()).rev();
        let free = |kind: AskKind, person: usize| {
            let account = &self.accounts[self.people[person].account];
            let on = |ago| self.refusals(person, kind, self.day(ago)).is_empty();
            account.industry != "healthcare" && !account.told && on(HELD) && on(0)
        };
        let found = kinds.into_iter().find_map(|kind| {
            let person = people().find(|person| free(kind, *person))?;
            Some((kind, person))
        });
        let Some((kind, person)) = found else { return };
        let industry = self.accounts[self.people[person].account].industry;
        let deal = self.add_deal(industry, Fate::open(25, "Negotiation/Review"));
        let scene = Scene {
            kind,
            industry,
            by: 2,
            opened: HELD + 1,
            needed: Some(-9),
            wanted: 1,
            deal: None,
            asks: &[],
            then: &[],
        };
        let request = self.open(&scene, Some(deal));
        let policy = &self.present.policy;
        let step = Step::Held {
            request,
            person,
            effort: policy.effort(kind),
            lapses_on: days_after(self.day(HELD), policy.hold_days),
        };
        let email = self.people[person].email.key();
        let command = format!("advocate hold {email} --request {{request}}");
        self.typed((HELD, 11), self.owner(person), command, step);
    }
}
