//! Referrals that introduced companies: one is an account by now, one became a deal.

use anyhow::anyhow;

use super::super::cast::ROLES;
use super::super::events::{Ask, Fact, How};
use super::super::plan::Plan;
use super::super::words::address;
use super::deals::Fate;
use super::{Referral, Step};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::describing::AccountField;
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::domain::tap::{Outcome, Rating};

/// How many completed referrals there are at least.
const REFERRALS: usize = 3;
/// For how many days a referral is recent.
const RECENT: i64 = 200;

impl Plan<'_> {
    /// Says whom the completed referrals introduced, after adding some where chance made too few.
    ///
    /// # Errors
    /// When a referral is refused that was allowed a moment before.
    pub(super) fn add_referrals(&mut self) -> anyhow::Result<()> {
        while self.too_few() && self.add_ask()? {}
        let done = self.completed();
        let newest = done.iter().rposition(|(ago, _)| *ago >= 14);
        let other = if newest == Some(1) { 2 } else { 1 };
        for (turn, (ago, tap)) in done.iter().enumerate() {
            if turn == 0 {
                self.close_loop(*ago, *tap)?;
            } else if Some(turn) == newest {
                let fate = Fate::over(ago + 1, (ago - 60).clamp(3, 75), "Closed Won");
                let industry = self.accounts[self.people[self.taps[*tap].person].account].industry;
                let deal = self.add_deal(industry, fate);
                let company = self.demand.deals[deal].versions[0].prospect.clone();
                self.introduce(*tap, company.unwrap_or_default(), Some(deal))?;
            } else if turn == other {
                let company = self.prospect("retail").to_owned();
                self.introduce(*tap, company, None)?;
            }
        }
        Ok(())
    }

    /// One is to be old enough to have become an account, and two are to be of this year.
    fn too_few(&self) -> bool {
        let done = self.completed();
        let late = done.iter().filter(|(ago, _)| *ago <= RECENT).count();
        done.len() < REFERRALS || late < 2
    }

    /// The completed referrals with the days since, oldest first.
    fn completed(&self) -> Vec<(i64, usize)> {
        let taps = self.taps.iter().enumerate();
        let referrals = taps.filter(|(_, tap)| tap.kind == AskKind::Referral && !tap.imported);
        let mut done: Vec<(i64, usize)> = referrals
            .filter_map(|(index, tap)| match tap.course.last()? {
                (on, Outcome::Completed) => Some((self.ago(*on), index)),
                _ => None,
            })
            .collect();
        done.sort_unstable_by(|a, b| b.cmp(a));
        done
    }

    /// Asks somebody for a referral on a day on which the rules allow it; whether there was such a day.
    fn add_ask(&mut self) -> anyhow::Result<bool> {
        let days = || (90..130).chain(40..90).chain(130..RECENT);
        let people: Vec<usize> = (ROLES.len()..self.people.len())
            .filter(|person| self.can_refer(*person))
            .collect();
        let quiet = days().find_map(|ago| {
            let fits = |person: &&usize| {
                self.stays_listed(**person, ago) && self.refused(**person, ago).is_empty()
            };
            people.iter().find(fits).map(|person| (*person, ago))
        });
        match quiet {
            Some((person, ago)) => self.ask_referral(person, ago)?,
            None => {
                let Some((person, ago)) = self.leaver() else {
                    return Ok(false);
                };
                self.decide(person, ago + 9, (Stage::Invited, None), None);
                self.register(
                    person,
                    ago + 2,
                    (&[AskKind::Referral, AskKind::Review], &[]),
                    None,
                );
                self.ask_referral(person, ago)?;
                let reason = Some("Left for the company that they introduced");
                self.decide(person, ago - 20, (Stage::Retired, None), reason);
            }
        }
        Ok(true)
    }

    fn refused(&self, person: usize, ago: i64) -> Vec<Refusal> {
        self.refusals(person, AskKind::Referral, self.day(ago))
    }

    /// A promoter about whom nothing was decided and who might have joined, with the day for an ask.
    fn leaver(&self) -> Option<(usize, i64)> {
        let free = |person: &usize| {
            let who = &self.people[*person];
            let account = &self.accounts[who.account];
            who.stages.is_empty() && account.industry != "healthcare" && !account.told
        };
        let fits = |person: usize, ago: i64| {
            self.refused(person, ago)
                .iter()
                .all(|one| matches!(one, Refusal::Stage { .. } | Refusal::Willingness { .. }))
        };
        let mut people = (ROLES.len()..self.people.len()).filter(free);
        people.find_map(|person| {
            let praise = self.people[person].answers.iter();
            let praise = praise.filter(|answer| answer.score.is_promoter());
            let mut days = praise.map(|answer| self.ago(answer.on) - 16);
            let found = days.find(|ago| (60..150).contains(ago) && fits(person, *ago));
            found.map(|ago| (person, ago))
        })
    }

    fn ask_referral(&mut self, person: usize, ago: i64) -> anyhow::Result<()> {
        let done = ago - self.rng.i64(5..14);
        self.ask(Ask {
            person,
            kind: AskKind::Referral,
            on: self.day(ago),
            how: How::Allowed,
            note: Some("Offered to introduce a colleague at another company."),
            course: vec![
                (self.day(ago - 2), Outcome::Accepted, None),
                (self.day(done), Outcome::Completed, Rating::new(5)),
            ],
        })
    }

    fn can_refer(&self, person: usize) -> bool {
        let who = &self.people[person];
        let account = &self.accounts[who.account];
        let willing = |kind| who.said.iter().any(|one| one.willing && one.kind == kind);
        account.industry != "healthcare" && !account.told && willing(AskKind::Referral)
    }

    /// Whether the list of advocates stays the same with a further ask so many days ago: the last ask and the tier do,
    /// or the person has left.
    fn stays_listed(&self, person: usize, ago: i64) -> bool {
        let who = &self.people[person];
        let stage = who.stages.last().and_then(|(_, standing)| standing.stage);
        if !stage.is_some_and(Stage::is_advocate) {
            return true;
        }
        let taps = || who.taps.iter().map(|tap| &self.taps[*tap]);
        let counts = |to: &Outcome| to.counts();
        let asked_later = taps().any(|tap| {
            let kept = tap.course.last().is_none_or(|(_, to)| counts(to));
            kept && self.ago(tap.on) < ago
        });
        let mut completed: Vec<_> = taps()
            .filter_map(|tap| match tap.course.last()? {
                (on, Outcome::Completed) => Some((tap.effort, *on)),
                _ => None,
            })
            .collect();
        let (tiers, today) = (&self.present.policy.tiers, self.present.today);
        let before = tiers.tier(&completed, today);
        completed.push((Effort::Medium, self.day(ago)));
        asked_later && tiers.tier(&completed, today) == before
    }

    /// The company that was introduced is an account today: a quiet one, whose people began to answer last.
    fn close_loop(&mut self, ago: i64, tap: usize) -> anyhow::Result<()> {
        let referrer = self.people[self.taps[tap].person].account;
        let first = |account: usize| {
            let people = self.people.iter().filter(|one| one.account == account);
            people.flat_map(|one| &one.answers).map(|one| one.on).min()
        };
        let quiet = |account: &usize| {
            let people = self.people.iter().filter(|one| one.account == *account);
            let place = &self.accounts[*account];
            let advocates = people.filter(|one| !one.stages.is_empty()).count();
            !place.told && place.industry != "healthcare" && *account != referrer && advocates == 0
        };
        let accounts = (0..self.accounts.len()).filter(quiet);
        let account = accounts
            .max_by_key(|account| first(*account).unwrap_or(self.present.today))
            .ok_or_else(|| anyhow!("every account has advocates"))?;
        let since = self.day((ago - 45).max(1)).to_string();
        for (field, value) in &mut self.accounts[account].fields {
            if *field == AccountField::CustomerSince {
                value.clone_from(&since);
            }
        }
        let company = self.accounts[account].name.clone();
        self.introduce(tap, company, None)
    }

    /// The operation that completed the referral names the company.
    fn introduce(
        &mut self,
        tap: usize,
        company: String,
        deal: Option<usize>,
    ) -> anyhow::Result<()> {
        let domain = format!("{}.example", address(&company, "-"));
        let index = self.demand.referrals.len();
        let event = self.completion(tap);
        let event = event.ok_or_else(|| anyhow!("a referral was never completed"))?;
        event.facts.push(Fact::Demand(Step::Introduced(index)));
        event.command += &format!(" --introduced {company:?} --introduced-domain {domain}");
        if let Some(deal) = deal {
            event.command += &format!(" --deal OPP-{}", 3001 + deal);
        }
        self.demand.referrals.push(Referral {
            tap,
            company,
            domain,
            deal,
        });
        Ok(())
    }
}
