//! What advocacy was worth, what those who took part think of it, and who brought them in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::facts::{Deal, Nomination, Second, Stage, Tap, day};
use super::figures::{Figures, Period, Said};
use super::rules::{KINDS, Today};

/// Something that was done for a deal.
struct Help {
    on: NaiveDate,
    is_referral: bool,
}

/// What became of a nomination, and when.
enum Answer {
    /// Something was decided about the person before.
    Noted,
    Waiting,
    Accepted(Second),
    Declined(Second),
}

impl Today<'_> {
    /// All that was done for a deal.
    fn help(&self, deal: &Deal) -> Vec<Help> {
        let facts = self.facts;
        let mut help = Vec::new();
        let mut add = |at, is_referral| {
            let on = day(at);
            help.push(Help { on, is_referral });
        };
        for tap in &facts.taps {
            let mut requests = facts.requests.iter();
            let is_asked_for = requests
                .any(|request| Some(request.id) == tap.request && request.deal == Some(deal.id));
            if tap.outcome() == "completed" {
                // An introduction counts from the day on which it was said.
                for one in &facts.referrals {
                    if one.tap == tap.id && one.deal == Some(deal.id) {
                        add(one.at, true);
                    }
                }
                if tap.kind == "referral" && is_asked_for {
                    add(tap.steps.last().unwrap().at, true);
                }
            }
            if tap.kind == "reference" && is_asked_for && tap.said_yes() {
                for step in &tap.steps {
                    if ["accepted", "completed"].contains(&step.outcome.as_str()) {
                        add(step.at, false);
                    }
                }
            }
        }
        for (used_in, at) in &facts.uses {
            if *used_in == deal.id {
                add(*at, false);
            }
        }
        help
    }

    pub(crate) fn influence(&self, period: Period) -> Figures {
        let mut said = Said::default();
        // Of each currency: pipeline, revenue, open deals, won deals.
        let mut sums: BTreeMap<(&str, &str), [i64; 4]> = BTreeMap::new();
        let (mut won, mut lost) = ([0, 0], [0, 0]);
        let mut cycles = [Vec::new(), Vec::new()];
        for deal in &self.facts.deals {
            let status = self.comes_to(deal.stage.as_deref());
            let (Some(status), Some(opened)) = (status, deal.opened) else {
                continue;
            };
            let closed = deal.closed.filter(|_| status != "open");
            if status != "open" && closed.is_none() {
                continue;
            }
            let mut help = self.help(deal);
            help.retain(|one| {
                one.on >= opened - Days::new(90)
                    && closed.is_none_or(|closed| one.on <= closed)
                    && one.on <= period.last
            });
            let is_open = opened <= period.last && closed.is_none_or(|on| on > period.last);
            let is_decided = closed.is_some_and(|on| period.includes(on));
            let is_won = is_decided && status == "won";
            let other = usize::from(help.is_empty());
            if is_won {
                won[other] += 1;
                cycles[other].push((closed.unwrap() - opened).num_days() as f64);
            } else if is_decided {
                lost[other] += 1;
            }
            if help.is_empty() || !(is_open || is_won) {
                continue;
            }
            let currency = deal.currency.as_deref().unwrap_or("none");
            let part = match help.iter().any(|one| one.is_referral) {
                true => "sourced",
                false => "assisted",
            };
            for part in ["totals", part] {
                let sum = sums.entry((part, currency)).or_default();
                let at = usize::from(!is_open);
                sum[at] += deal.amount.unwrap_or_default();
                sum[2 + at] += 1;
            }
        }
        for ((part, currency), sum) in &sums {
            let names = ["pipeline_minor", "revenue_minor", "deals_open", "deals_won"];
            for (name, value) in names.into_iter().zip(sum) {
                let place = format!("/{part}/{currency}/{name}");
                said.number(&place, Some(*value as f64), 0);
            }
        }
        for part in ["totals", "sourced", "assisted"] {
            let currencies = sums.keys().filter(|(one, _)| *one == part).count();
            said.count(&format!("/{part}/currencies"), currencies);
        }
        for (at, name) in ["pipeline_converted", "revenue_converted"]
            .into_iter()
            .enumerate()
        {
            let totals = sums.iter().filter(|((part, _), _)| *part == "totals");
            let values = totals.map(|((_, currency), sum)| {
                let rate = self.rate(currency)?;
                Some(sum[at] as f64 * rate)
            });
            match self.facts.settings.get("exchange.into") {
                Some(into) if into != "none" => {
                    let sum: Option<f64> = values.sum();
                    match sum {
                        Some(sum) => {
                            let place = format!("/{name}/amount_minor");
                            said.number(&place, Some((sum + 1e-9).round()), 0);
                        }
                        None => said.number(&format!("/{name}"), None, 0),
                    }
                }
                _ => said.number(&format!("/{name}"), None, 0),
            }
        }
        for (at, name) in ["influenced", "not_influenced"].into_iter().enumerate() {
            said.rate(&format!("/{name}/win_rate"), won[at], won[at] + lost[at]);
            said.summary(&format!("/{name}/cycle_days"), cycles[at].clone());
        }
        said.0
    }

    /// What a currency is worth in the one of the policy.
    fn rate(&self, currency: &str) -> Option<f64> {
        if currency == "none" || self.facts.settings.get("exchange.into")? == currency {
            return Some(1.0);
        }
        let rates = self.facts.settings.get("exchange.rates")?;
        let mut rates = rates
            .split(';')
            .filter_map(|one| one.trim().split_once([' ', '=']));
        let found = rates.find(|(name, _)| *name == currency);
        found.map(|(_, rate)| rate.trim().parse().unwrap())
    }

    /// How they liked it, in a period that includes today.
    pub(crate) fn experience(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let most = self.facts.number("bad-rating.most", 2);
        let done = self
            .facts
            .taps
            .iter()
            .filter(|tap| tap.outcome() == "completed");
        let done: Vec<&Tap> = done.filter(|tap| period.includes(tap.settled())).collect();
        said.count("/completed", done.len());
        let last = |tap: &Tap| tap.steps.last().unwrap().clone();
        let own = done.iter().filter_map(|tap| last(tap).rating);
        let prospects = done.iter().filter_map(|tap| last(tap).prospect_rating);
        for (name, ratings) in [
            ("advocates", own.collect::<Vec<_>>()),
            ("prospects", prospects.collect()),
        ] {
            let n = ratings.len();
            let mean = (n > 0).then(|| ratings.iter().sum::<i64>() as f64 / n as f64);
            said.number(&format!("/{name}/mean"), mean, 2);
            said.count(&format!("/{name}/n"), n);
        }
        let low = done.iter().filter(|tap| {
            let last = last(tap);
            let mut ratings = [last.rating, last.prospect_rating].into_iter().flatten();
            ratings.any(|rating| rating <= most)
        });
        said.count("/low", low.count());
        said.0
    }

    fn answer(&self, one: &Nomination) -> Answer {
        if let Some((word, at)) = &one.decision {
            return match word.as_str() {
                "accepted" => Answer::Accepted(*at),
                _ => Answer::Declined(*at),
            };
        }
        let own = self
            .facts
            .stages
            .iter()
            .filter(|stage| stage.person == one.person);
        let own: Vec<&Stage> = own.collect();
        let is_since = |stage: &Stage| (stage.at, stage.operation) > (one.at, one.operation);
        if own.iter().any(|stage| !is_since(stage)) {
            return Answer::Noted;
        }
        match own.first() {
            None => Answer::Waiting,
            Some(stage) if ["invited", "active"].contains(&stage.word.as_str()) => {
                Answer::Accepted(stage.at)
            }
            Some(stage) => Answer::Declined(stage.at),
        }
    }

    /// Who was proposed, and what became of it.
    pub(crate) fn nominations(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let days = Days::new(self.facts.number("nomination.days", 7) as u64);
        let (mut accepted, mut declined, mut waiting) = (0, 0, 0);
        let (mut overdue, mut noted) = (0, 0);
        let (mut people, mut advocates) = (BTreeSet::new(), BTreeSet::new());
        let mut answered = Vec::new();
        let made = self
            .facts
            .nominations
            .iter()
            .filter(|one| period.has(one.at));
        for one in made.clone() {
            match self.answer(one) {
                Answer::Noted => {
                    noted += 1;
                    continue;
                }
                Answer::Waiting => {
                    waiting += 1;
                    overdue += usize::from(day(one.at) + days < self.today);
                }
                Answer::Accepted(at) => {
                    accepted += 1;
                    answered.push((day(at) - day(one.at)).num_days() as f64);
                }
                Answer::Declined(at) => {
                    declined += 1;
                    answered.push((day(at) - day(one.at)).num_days() as f64);
                }
            }
            people.insert(one.person);
            let mut stages = self.facts.stages.iter();
            if stages.any(|stage| {
                let is_since = (stage.at, stage.operation) > (one.at, one.operation);
                stage.person == one.person && stage.word == "active" && is_since
            }) {
                advocates.insert(one.person);
            }
        }
        let all = accepted + declined + waiting;
        said.count("/nominations", made.count());
        said.rate("/accepted", accepted, all);
        said.rate("/declined", declined, all);
        said.rate("/waiting", waiting, all);
        said.count("/overdue", overdue);
        said.count("/noted", noted);
        said.rate("/became_advocates", advocates.len(), people.len());
        said.summary("/days_to_answer", answered);
        said.0
    }

    /// Who of the pool may be asked for anything today, and who did so more than once.
    pub(crate) fn coverage(&self) -> Figures {
        let mut said = Said::default();
        let pool = self.pool_on(self.today);
        let people = self
            .facts
            .people
            .iter()
            .filter(|who| pool.contains(&who.id));
        let free = people.filter(|who| {
            let mut kinds = KINDS.iter();
            kinds.any(|kind| self.refusals(who, *kind, None).is_empty())
        });
        said.rate("/available", free.count(), pool.len());
        said.0
    }

    /// Where everybody stands, and who came back for more.
    pub(crate) fn flywheel(&self) -> Figures {
        let mut said = Said::default();
        for (word, place) in [
            ("invited", "invited"),
            ("active", "active"),
            ("paused", "paused"),
            ("retired", "retired"),
            ("declined", "declined"),
            ("do-not-contact", "do_not_contact"),
        ] {
            let people = self.facts.people.iter();
            let there = people.filter(|who| self.stage(who.id) == word);
            said.count(&format!("/stages/{place}"), there.count());
        }
        let mut done: BTreeMap<i64, usize> = BTreeMap::new();
        let taps = self.facts.taps.iter();
        for tap in taps.filter(|tap| tap.outcome() == "completed") {
            *done.entry(tap.person).or_default() += 1;
        }
        let more = done.values().filter(|count| **count > 1).count();
        said.rate("/repeaters", more, done.len());
        said.0
    }
}
