//! What happens in the plan: every event is one operation, with the command that somebody would have typed.

use anyhow::bail;
use chrono::NaiveDate;

use super::demand::Step;
use super::goodwill;
use super::plan::{Plan, Tap};
use super::value;
use super::words::address;
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::readiness::{self, Willingness};
use crate::domain::refusal::Refusal;
use crate::domain::score::Score;
use crate::domain::stage::{Stage, Standing};
use crate::domain::tap::{Outcome, Rating};

/// One operation.
pub(super) struct Event {
    pub at: Timestamp,
    pub actor: String,
    /// The command; `{tap}`, `{request}`, `{asset}` or `{nomination}` stands for the number of what it speaks of.
    pub command: String,
    pub facts: Vec<Fact>,
}

/// One row to write.
pub(super) enum Fact {
    Answer {
        person: usize,
        score: Score,
        comment: &'static str,
        at: Timestamp,
    },
    Stage {
        person: usize,
        standing: (Stage, Option<NaiveDate>),
        reason: Option<&'static str>,
        by: &'static str,
    },
    Said {
        person: usize,
        kind: AskKind,
        willing: bool,
        note: Option<&'static str>,
        by: &'static str,
    },
    Verified {
        person: usize,
        by: &'static str,
    },
    Tap(usize),
    Outcome {
        tap: usize,
        outcome: Outcome,
        rating: Option<Rating>,
        at: Timestamp,
    },
    Demand(Step),
    Goodwill(goodwill::Step),
    Value(value::Step),
}

/// How an ask came into the program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// With `tap`, as every rule allowed.
    Allowed,
    /// With `tap --override`.
    Overridden(&'static str),
    /// From the history of asks that was imported so many days ago.
    Imported(i64),
}

/// An ask and what becomes of it: each step with the day and perhaps a rating.
pub(super) struct Ask {
    pub person: usize,
    pub kind: AskKind,
    pub on: NaiveDate,
    pub how: How,
    pub note: Option<&'static str>,
    pub course: Vec<(NaiveDate, Outcome, Option<Rating>)>,
}

impl Plan<'_> {
    /// A person says what they are willing to do, and so becomes an advocate.
    pub(super) fn register(
        &mut self,
        person: usize,
        ago: i64,
        (will, wont): (&[AskKind], &[AskKind]),
        note: Option<&'static str>,
    ) {
        let (on, by) = (self.day(ago), self.owner(person));
        let email = self.people[person].email.key().to_owned();
        let mut command = format!("advocate register {email} --will {}", listed(will));
        if !wont.is_empty() {
            command += &format!(" --wont {}", listed(wont));
        }
        let mut facts = vec![self.moved(person, on, (Stage::Active, None), None)];
        let yes = will.iter().map(|kind| (*kind, true));
        for (kind, willing) in yes.chain(wont.iter().map(|kind| (*kind, false))) {
            self.people[person]
                .said
                .push(Willingness { kind, willing, on });
            facts.push(Fact::Said {
                person,
                kind,
                willing,
                note: note.filter(|_| willing),
                by,
            });
        }
        self.happens(on, 10, by, command, facts);
    }

    /// A decision about a person's stage.
    pub(super) fn decide(
        &mut self,
        person: usize,
        ago: i64,
        standing: (Stage, Option<NaiveDate>),
        reason: Option<&'static str>,
    ) {
        let (on, by) = (self.day(ago), self.owner(person));
        let email = self.people[person].email.key();
        let verb = match standing.0 {
            Stage::Invited => "invite",
            Stage::Paused => "pause",
            Stage::Retired => "retire",
            Stage::Declined => "decline",
            Stage::DoNotContact => "do-not-contact",
            Stage::Active | Stage::Candidate => "resume",
        };
        let mut command = format!("advocate {verb} {email}");
        if let Some(until) = standing.1 {
            command += &format!(" --until {until}");
        }
        if let Some(reason) = reason {
            command += &format!(" --reason {reason:?}");
        }
        let fact = self.moved(person, on, standing, reason);
        self.happens(on, 11, by, command, vec![fact]);
    }

    fn moved(
        &mut self,
        person: usize,
        on: NaiveDate,
        standing: (Stage, Option<NaiveDate>),
        reason: Option<&'static str>,
    ) -> Fact {
        let kept = Standing {
            stage: Some(standing.0),
            until: standing.1,
        };
        self.people[person].stages.push((on, kept));
        Fact::Stage {
            person,
            standing,
            reason,
            by: self.owner(person),
        }
    }

    /// Somebody checks a profile.
    pub(super) fn verify(&mut self, person: usize, ago: i64) {
        let (on, by) = (self.day(ago), self.owner(person));
        let command = format!("advocate verify {}", self.people[person].email.key());
        let verified = &mut self.people[person].verified;
        *verified = (*verified).max(Some(on));
        self.happens(on, 15, by, command, vec![Fact::Verified { person, by }]);
    }

    /// Makes an ask, after the same check as `advocate tap`; an imported one is fact whatever the rules say.
    ///
    /// # Errors
    /// When a rule refuses what was to be allowed, or allows what was to be overridden.
    pub(super) fn ask(&mut self, ask: Ask) -> anyhow::Result<()> {
        let refusals = self.refusals(ask.person, ask.kind, ask.on);
        let names: Vec<&str> = refusals.iter().map(Refusal::name).collect();
        let expected = match ask.how {
            How::Allowed => refusals.is_empty(),
            How::Overridden(_) => !refusals.is_empty(),
            How::Imported(_) => true,
        };
        if !expected {
            let who = &self.people[ask.person].name;
            bail!("{who}, {} on {}: {names:?}", ask.kind, ask.on);
        }
        let over = |one: &Refusal| matches!(one, Refusal::Cap(_) | Refusal::AccountCap { .. });
        let tap = Tap {
            person: ask.person,
            kind: ask.kind,
            effort: self.present.policy.effort(ask.kind),
            on: ask.on,
            at: self.at(ask.on, 12),
            by: self.owner(ask.person),
            note: ask.note,
            over_cap: refusals.iter().any(over),
            overridden: match ask.how {
                How::Overridden(reason) => Some((names.join(", "), reason)),
                _ => None,
            },
            imported: matches!(ask.how, How::Imported(_)),
            course: ask.course.iter().map(|(on, to, _)| (*on, *to)).collect(),
            request: None,
        };
        self.people[ask.person].taps.push(self.taps.len());
        self.taps.push(tap);
        self.tell(self.taps.len() - 1, &ask);
        Ok(())
    }

    /// Every refusal of an ask on a day.
    pub(super) fn refusals(&self, person: usize, kind: AskKind, on: NaiveDate) -> Vec<Refusal> {
        let facts = self.facts(person, on);
        let checked = readiness::check(&facts, kind, None, &self.present.policy, on);
        checked.err().unwrap_or_default()
    }

    /// The operations of an ask: one for the tap and one for each outcome, or one import of them all.
    fn tell(&mut self, tap: usize, ask: &Ask) {
        let by = self.taps[tap].by;
        let mut outcomes = Vec::new();
        for (on, outcome, rating) in &ask.course {
            let fact = Fact::Outcome {
                tap,
                outcome: *outcome,
                rating: *rating,
                at: self.at(*on, 14),
            };
            outcomes.push((*on, *outcome, *rating, fact));
        }
        if let How::Imported(ago) = ask.how {
            let facts = std::iter::once(Fact::Tap(tap));
            let facts = facts.chain(outcomes.into_iter().map(|(.., fact)| fact));
            let command = "advocate import taps asks-before-advocate.csv".to_owned();
            return self.happens(self.day(ago), 9, by, command, facts.collect());
        }
        let email = self.people[ask.person].email.key();
        let mut command = format!("advocate tap {email} --ask {}", ask.kind);
        if let How::Overridden(reason) = ask.how {
            command += &format!(" --override {reason:?}");
        }
        let at = self.taps[tap].at;
        self.push(at, by, command, vec![Fact::Tap(tap)]);
        for (_, outcome, rating, fact) in outcomes {
            let mut command = format!("advocate outcome {{tap}} {outcome}");
            if let Some(rating) = rating {
                command += &format!(" --rating {}", rating.get());
            }
            if let Fact::Outcome { at, .. } = fact {
                self.push(at, by, command, vec![fact]);
            }
        }
    }

    pub(super) fn happens(
        &mut self,
        on: NaiveDate,
        hour: i64,
        by: &str,
        command: String,
        facts: Vec<Fact>,
    ) {
        let at = self.at(on, hour);
        self.push(at, by, command, facts);
    }

    pub(super) fn push(&mut self, at: Timestamp, by: &str, command: String, facts: Vec<Fact>) {
        let actor = address(by, ".");
        self.events.push(Event {
            at,
            actor,
            command,
            facts,
        });
    }
}

fn listed(kinds: &[AskKind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    names.join(",")
}
