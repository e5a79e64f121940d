//! What the reports say: `docs/metrics.md`, told once more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::facts::{Request, Second, Tap, day};
use super::rules::{KINDS, Today, stands};

/// What stands at a place of an answer: a number, or nothing where there is none; with its decimals.
pub(crate) struct Figure {
    pub(crate) place: String,
    pub(crate) value: Option<f64>,
    pub(crate) decimals: i32,
}

pub(crate) type Figures = Vec<Figure>;

/// The days of a period, both included.
#[derive(Clone, Copy)]
pub(crate) struct Period {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

impl Period {
    pub(crate) fn has(&self, at: Second) -> bool {
        self.includes(day(at))
    }

    pub(crate) fn includes(&self, on: NaiveDate) -> bool {
        self.first <= on && on <= self.last
    }
}

#[derive(Default)]
pub(crate) struct Said(pub(crate) Figures);

impl Said {
    pub(crate) fn number(&mut self, place: &str, value: Option<f64>, decimals: i32) {
        self.0.push(Figure {
            place: place.to_owned(),
            value,
            decimals,
        });
    }

    pub(crate) fn count(&mut self, place: &str, count: usize) {
        self.number(place, Some(count as f64), 0);
    }

    /// A part of a whole; a whole of none has no rate.
    pub(crate) fn rate(&mut self, place: &str, part: usize, whole: usize) {
        self.count(&format!("{place}/numerator"), part);
        self.count(&format!("{place}/denominator"), whole);
        let value = (whole > 0).then(|| part as f64 / whole as f64);
        self.number(&format!("{place}/value"), value, 9);
        self.count(&format!("{place}/small_n"), usize::from(whole < 5));
    }

    /// Median, p90 by nearest rank, and mean.
    pub(crate) fn summary(&mut self, place: &str, mut values: Vec<f64>) {
        values.sort_by(f64::total_cmp);
        let n = values.len();
        let median = (n > 0).then(|| f64::midpoint(values[(n - 1) / 2], values[n / 2]));
        let p90 = values.iter().find(|value| {
            let within = values.iter().filter(|one| one <= value);
            within.count() * 10 >= n * 9
        });
        let mean = (n > 0).then(|| values.iter().sum::<f64>() / n as f64);
        for (name, value) in [("median", median), ("p90", p90.copied()), ("mean", mean)] {
            self.number(&format!("{place}/{name}"), value, 1);
        }
        self.count(&format!("{place}/n"), n);
    }
}

impl Today<'_> {
    pub(crate) fn nps(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let all = self.facts.responses.iter().filter(|one| period.has(one.at));
        let mut latest = BTreeMap::new();
        let mut scores = Vec::new();
        for one in all {
            let who = match (one.person, &one.respondent) {
                (Some(person), _) => format!("person {person}"),
                (None, Some(respondent)) => format!("{} {respondent}", one.source),
                (None, None) => format!("response {}", one.id),
            };
            latest.insert(who, one.score);
            scores.push(one.score);
        }
        for (form, scores) in [
            ("all_responses", scores),
            ("latest_per_person", latest.into_values().collect()),
        ] {
            let promoters = scores.iter().filter(|score| **score >= 9).count();
            let detractors = scores.iter().filter(|score| **score <= 6).count();
            let n = scores.len();
            said.count(&format!("/{form}/promoters"), promoters);
            said.count(&format!("/{form}/detractors"), detractors);
            said.count(&format!("/{form}/passives"), n - promoters - detractors);
            said.count(&format!("/{form}/responses"), n);
            let nps = (n > 0).then(|| 100.0 * (promoters as f64 - detractors as f64) / n as f64);
            said.number(&format!("/{form}/nps"), nps, 1);
            let (p, d) = (
                (promoters as f64 + 0.75) / (n as f64 + 3.0),
                (detractors as f64 + 0.75) / (n as f64 + 3.0),
            );
            let wide = 1.96 * ((p + d - (p - d) * (p - d)) / (n as f64 + 3.0)).sqrt();
            for (end, value) in [("low", p - d - wide), ("high", p - d + wide)] {
                let value = (n > 0).then_some((100.0 * value).clamp(-100.0, 100.0));
                said.number(&format!("/{form}/{end}"), value, 1);
            }
        }
        said.0
    }

    pub(crate) fn acceptance(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let taps = self.facts.taps.iter().filter(|tap| period.has(tap.at));
        let taps: Vec<&Tap> = taps.collect();
        accepted(&mut said, "", &taps);
        let mut place = 0;
        for (kind, _) in KINDS {
            let own = taps.iter().filter(|tap| tap.kind == kind);
            let own: Vec<&Tap> = own.copied().collect();
            if !own.is_empty() {
                accepted(&mut said, &format!("/asks/{place}"), &own);
                place += 1;
            }
        }
        said.0
    }

    /// How the asks of a period that includes today are spread.
    pub(crate) fn load(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let counting = self.facts.taps.iter().filter(|tap| tap.counts());
        let ever: BTreeSet<i64> = counting.clone().map(|tap| tap.person).collect();
        let taps: Vec<&Tap> = counting.filter(|tap| period.has(tap.at)).collect();
        let pool = self.pool_on(self.today);
        let mut each: BTreeMap<i64, usize> = pool.iter().map(|who| (*who, 0)).collect();
        for tap in &taps {
            *each.entry(tap.person).or_default() += 1;
        }
        let mut most: Vec<usize> = each.values().copied().collect();
        most.sort_unstable();
        most.reverse();
        let tenth = most.len().div_ceil(10);
        let on_top = most.iter().take(tenth).sum();
        said.rate("/concentration", on_top, taps.len());
        let idle = pool.iter().filter(|who| each[who] == 0).count();
        said.rate("/not_asked", idle, pool.len());
        let never = pool.iter().filter(|who| !ever.contains(who)).count();
        said.rate("/never_asked", never, pool.len());
        said.count("/taps", taps.len());
        said.count("/advocates", most.len());
        let per_head = (!most.is_empty()).then(|| taps.len() as f64 / most.len() as f64);
        said.number("/taps_per_advocate", per_head, 2);
        said.count("/most", most.first().copied().unwrap_or_default());
        said.count("/top", tenth);
        said.count("/over_cap", taps.iter().filter(|tap| tap.over_cap).count());
        let overridden = taps.iter().filter(|tap| tap.overridden);
        said.count("/overridden", overridden.count());
        said.0
    }

    /// Who is active or paused on a day.
    pub(crate) fn pool_on(&self, on: NaiveDate) -> BTreeSet<i64> {
        let people = self.facts.people.iter().map(|who| who.id);
        let stage = |who: i64| {
            let mut decided = self.facts.stages.iter();
            let last = decided.rfind(|one| one.person == who && day(one.at) <= on);
            last.map_or("", |last| stands(last, on))
        };
        let pool = people.filter(|who| ["active", "paused"].contains(&stage(*who)));
        pool.collect()
    }

    /// The pool of a period that includes today.
    pub(crate) fn pool(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let pool = self.pool_on(self.today);
        let stands = |word: &str| {
            let people = self.facts.people.iter();
            people.filter(|who| self.stage(who.id) == word).count()
        };
        said.count("/pool", pool.len());
        said.count("/active", stands("active"));
        said.count("/paused", stands("paused"));
        said.count("/invited", stands("invited"));
        let people = self.facts.people.iter();
        let accounts = people.filter(|who| pool.contains(&who.id));
        let accounts: BTreeSet<i64> = accounts.filter_map(|who| who.account).collect();
        said.count("/accounts", accounts.len());
        let people = self.facts.people.iter();
        let candidates = people.filter(|who| self.is_candidate(who));
        said.count("/candidates", candidates.count());
        let before = self.pool_on(period.first - Days::new(1));
        said.count("/pool_before", before.len());
        let (mut joined, mut retired, mut left) = (0, 0, 0);
        for who in &self.facts.people {
            let mut inside = before.contains(&who.id);
            let decided = self.facts.stages.iter();
            for one in decided.filter(|one| one.person == who.id && period.has(one.at)) {
                let now = ["active", "paused"].contains(&one.word.as_str());
                match (inside, now) {
                    (false, true) => joined += 1,
                    (true, false) if one.word == "retired" => retired += 1,
                    (true, false) => left += 1,
                    _ => (),
                }
                inside = now;
            }
        }
        said.count("/joined", joined);
        said.count("/retired", retired);
        said.count("/left", left);
        said.0
    }

    /// What those who ask for somebody get.
    pub(crate) fn fill(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let (mut filled, mut unfilled, mut overdue, mut open, mut withdrawn) = (0, 0, 0, 0, 0);
        let (mut supplied, mut wanted, mut in_time, mut with_day) = (0, 0, 0, 0);
        let mut hours = Vec::new();
        for request in &self.facts.requests {
            if !period.has(request.opened) {
                continue;
            }
            let taps = self.facts.taps.iter();
            let taps: Vec<&Tap> = taps.filter(|tap| tap.request == Some(request.id)).collect();
            let last = request.events.iter().rfind(|(event, _)| {
                ["opened", "reopened", "unfilled", "withdrawn"].contains(&event.as_str())
            });
            let closed = last.map_or("opened", |(event, _)| event.as_str());
            let due = request.needed_by.unwrap_or_else(|| {
                day(request.opened) + Days::new(self.facts.number("request.days", 30) as u64)
            });
            match (first_fill(&taps, request), closed) {
                (Some(at), _) => {
                    filled += 1;
                    hours.push((at - request.opened) as f64 / 3600.0);
                    if let Some(needed_by) = request.needed_by {
                        with_day += 1;
                        in_time += usize::from(day(at) <= needed_by);
                    }
                }
                (None, "withdrawn") => {
                    withdrawn += 1;
                    continue;
                }
                (None, "unfilled") => unfilled += 1,
                _ if due < self.today => overdue += 1,
                _ => {
                    open += 1;
                    continue;
                }
            }
            let yes = taps.iter().filter(|tap| tap.said_yes()).count();
            supplied += yes.min(request.wanted);
            wanted += request.wanted;
        }
        let all = filled + unfilled + overdue;
        said.rate("/fill_rate", filled, all);
        said.rate("/slot_fill", supplied, wanted);
        said.rate("/on_time", in_time, with_day);
        said.summary("/time_to_fill_hours", hours);
        said.count("/filled", filled);
        said.count("/unfilled", unfilled);
        said.count("/overdue", overdue);
        said.count("/open", open);
        said.count("/withdrawn", withdrawn);
        said.count("/below_target", usize::from(filled * 10 < all * 7));
        said.0
    }

    /// What was published, of a period that includes today and has so many months.
    pub(crate) fn reviews(&self, period: Period, months: f64) -> Figures {
        let mut said = Said::default();
        let year = Period {
            first: period.first - chrono::Months::new(12),
            last: period.first - Days::new(1),
        };
        // Both as it stood at the end of the period.
        let out = |kind: &str, within: Period| {
            let assets = self.facts.assets.iter().filter(|one| one.kind == kind);
            let came_out = assets.filter_map(|one| came_out(&one.events, period.last));
            came_out.filter(|on| within.includes(*on)).count()
        };
        let published = out("review", period);
        said.count("/published", published);
        said.number("/per_month", Some(published as f64 / months), 2);
        let before = out("review", year) as f64 / 12.0;
        said.number("/per_month_before", Some(before), 2);
        said.count("/case_studies_published", out("case-study", period));
        said.0
    }

    /// What was given against what was taken; the twelve months end today.
    pub(crate) fn reciprocity(&self, period: Period) -> Figures {
        let mut said = Said::default();
        let tomorrow = self.today + Days::new(1);
        let year = Period {
            first: tomorrow - chrono::Months::new(12),
            last: self.today,
        };
        let facts = self.facts;
        let asked = facts.taps.iter().filter(|tap| tap.counts());
        let asked = asked.filter(|tap| period.has(tap.at)).count();
        let done = |who: Option<i64>, period: Period| {
            let taps = facts.taps.iter().filter(|tap| tap.outcome() == "completed");
            let taps = taps.filter(|tap| who.is_none_or(|who| tap.person == who));
            taps.filter(|tap| period.includes(tap.settled())).count()
        };
        let gives = |who: Option<i64>, period: Period| {
            let gives = facts.gives.iter().filter(|one| period.has(one.at));
            gives
                .filter(|one| who.is_none_or(|who| one.person == who))
                .count()
        };
        let touches = |who: Option<i64>, period: Period| {
            let touches = facts.touches.iter().filter(|one| period.has(one.at));
            touches
                .filter(|one| who.is_none_or(|who| one.person == who))
                .count()
        };
        let given = gives(None, period) + touches(None, period);
        said.count("/taken", asked);
        said.count("/completed", done(None, period));
        said.count("/gives", gives(None, period));
        said.count("/touches", touches(None, period));
        said.rate("/per_tap", given, asked);
        let balances = facts.people.iter().map(|who| {
            let given = gives(Some(who.id), year) + touches(Some(who.id), year);
            given as i64 - done(Some(who.id), year) as i64
        });
        let balances: Vec<i64> = balances.collect();
        let balance = balances.iter().sum::<i64>() as f64;
        said.number("/balance", Some(balance), 0);
        let overdrawn = balances.iter().filter(|balance| **balance < 0);
        said.count("/overdrawn", overdrawn.count());
        said.0
    }

    /// How much of the pool did something in the 90 days to today.
    pub(crate) fn activation(&self) -> Figures {
        let mut said = Said::default();
        let window = Period {
            first: self.today - Days::new(89),
            last: self.today,
        };
        let pool = self.pool_on(self.today);
        let taps = self
            .facts
            .taps
            .iter()
            .filter(|tap| tap.outcome() == "completed");
        let done = taps.filter(|tap| window.includes(tap.settled()) && pool.contains(&tap.person));
        let done: BTreeSet<i64> = done.map(|tap| tap.person).collect();
        said.rate("/activation_rate", done.len(), pool.len());
        said.0
    }
}

fn accepted(said: &mut Said, place: &str, taps: &[&Tap]) {
    let with = |outcome: &str| taps.iter().filter(|tap| tap.outcome() == outcome).count();
    let (pending, withdrawn) = (with("pending"), with("withdrawn"));
    let yes = with("accepted") + with("completed") + with("no-show");
    let rate = format!("{place}/acceptance_rate");
    said.rate(&rate, yes, taps.len() - pending - withdrawn);
    said.rate(&format!("{place}/completion_rate"), with("completed"), yes);
    said.count(&format!("{place}/taps"), taps.len());
    said.count(&format!("{place}/declined"), with("declined"));
    said.count(&format!("{place}/no_reply"), with("no-reply"));
    said.count(&format!("{place}/no_show"), with("no-show"));
    said.count(&format!("{place}/pending"), pending);
    said.count(&format!("{place}/withdrawn"), withdrawn);
}

/// The first moment at which as many say yes as are wanted; what is withdrawn stays so until it is reopened.
fn first_fill(taps: &[&Tap], request: &Request) -> Option<Second> {
    let steps = || taps.iter().flat_map(|tap| &tap.steps);
    let reopened = request
        .events
        .iter()
        .filter(|(event, _)| event == "reopened");
    let mut moments: Vec<Second> = reopened.map(|(_, at)| *at).collect();
    moments.extend(steps().map(|step| step.at));
    moments.sort_unstable();
    moments.into_iter().find(|now| {
        let mut events = request.events.iter();
        let closed = events
            .rfind(|(event, at)| at <= now && ["withdrawn", "reopened"].contains(&event.as_str()));
        let yes = taps.iter().filter(|tap| {
            let last = tap.steps.iter().rfind(|step| step.at <= *now);
            last.is_some_and(|step| ["accepted", "completed"].contains(&step.outcome.as_str()))
        });
        closed.is_none_or(|(event, _)| event == "reopened") && yes.count() >= request.wanted
    })
}

/// The day on which something came out that is out at the end of a day.
fn came_out(events: &[(String, Second)], end: NaiveDate) -> Option<NaiveDate> {
    let mut out = None;
    for (status, at) in events {
        if day(*at) > end {
            break;
        }
        out = match status.as_str() {
            "published" => out.or(Some(day(*at))),
            _ => None,
        };
    }
    out
}
