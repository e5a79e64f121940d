//! Who may be asked today: `docs/rules.md`, told once more.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::facts::{Account, Facts, Hold, Nomination, Person, Stage, Tap, day, later};

/// Kinds of ask, with their effort: low, medium, high.
pub(crate) const KINDS: [(&str, usize); 12] = [
    ("review", 0),
    ("testimonial", 0),
    ("logo", 0),
    ("community", 0),
    ("feedback", 0),
    ("reference", 1),
    ("video", 1),
    ("referral", 1),
    ("beta", 1),
    ("case-study", 2),
    ("speaking", 2),
    ("advisory-board", 2),
];

const EFFORTS: [&str; 3] = ["low", "medium", "high"];

/// What no day clears.
const STAYS: [&str; 7] = [
    "do-not-contact",
    "willingness",
    "score",
    "unproven",
    "account-risk",
    "conflict",
    "moved",
];

/// No rest of the programs here is longer.
const DAYS_AHEAD: usize = 300;

/// The facts, and the day on which they are looked at.
pub(crate) struct Today<'f> {
    pub(crate) facts: &'f Facts,
    pub(crate) today: NaiveDate,
}

/// Something good that is known of somebody.
struct Moment {
    on: NaiveDate,
    own: bool,
}

impl Today<'_> {
    /// Every rule that refuses to ask somebody for something.
    pub(crate) fn refusals(
        &self,
        who: &Person,
        (kind, effort): (&str, usize),
        prospect: Option<&str>,
    ) -> BTreeSet<&'static str> {
        let facts = self.facts;
        let refuses = [
            ("do-not-contact", self.stage(who.id) == "do-not-contact"),
            (
                "stage",
                !["active", "do-not-contact"].contains(&self.stage(who.id)),
            ),
            ("willingness", !self.is_willing(who.id, kind)),
            ("cap", self.is_capped(who, effort)),
            ("account-cap", self.account_is_capped(who)),
            ("decline-rest", self.was_declined(who, kind)),
            (
                "score",
                facts.on("brake") && self.score_refuses(who, effort),
            ),
            (
                "freshness",
                facts.on("freshness") && !self.is_fresh(who, kind, effort),
            ),
            (
                "unproven",
                facts.on("proven") && effort == 2 && !self.is_proven(who),
            ),
            (
                "rating-rest",
                facts.on("bad-rating") && self.was_rated_badly(who, kind),
            ),
            (
                "account-risk",
                facts.on("account-risk") && self.account_is_at_risk(who),
            ),
            (
                "renewal",
                facts.on("renewal") && effort > 0 && self.renews_soon(who),
            ),
            (
                "conflict",
                facts.on("conflict") && prospect.is_some_and(|name| self.competes(who, name)),
            ),
            (
                "unanswered",
                facts.on("unanswered") && self.goes_unanswered(who, effort),
            ),
            ("moved", facts.on("moved") && self.speaks_for_nobody(who)),
        ];
        let names = refuses.into_iter().filter(|(_, refuses)| *refuses);
        names.map(|(name, _)| name).collect()
    }

    /// The first day, from today on, on which somebody can be asked if nothing else happens.
    pub(crate) fn clears_on(
        &self,
        who: &Person,
        kind: (&str, usize),
        prospect: Option<&str>,
    ) -> Option<NaiveDate> {
        let refusals = self.refusals(who, kind, prospect);
        if refusals.iter().any(|name| STAYS.contains(name)) {
            return None;
        }
        let days = self.today.iter_days().take(DAYS_AHEAD);
        let mut days = days.map(|today| Today { today, ..*self });
        let first = days.find(|then| then.refusals(who, kind, prospect).is_empty());
        first.map(|then| then.today)
    }

    fn account(&self, who: &Person) -> Option<&Account> {
        let mut accounts = self.facts.accounts.iter();
        accounts.find(|one| Some(one.id) == who.account)
    }

    fn taps(&self, who: i64) -> impl Iterator<Item = &Tap> {
        let taps = self.facts.taps.iter();
        taps.filter(move |tap| tap.person == who)
    }

    /// Where somebody stands today; empty where nothing was decided.
    pub(crate) fn stage(&self, who: i64) -> &str {
        let last = self.facts.stages.iter().rfind(|one| one.person == who);
        last.map_or("", |last| stands(last, self.today))
    }

    pub(crate) fn is_willing(&self, who: i64, kind: &str) -> bool {
        let said = self.facts.willing.iter();
        let mut said = said.filter(|one| one.person == who && one.kind == kind);
        said.next_back().is_some_and(|last| last.yes)
    }

    fn is_capped(&self, who: &Person, effort: usize) -> bool {
        (0..=effort).any(|size| {
            let max = self.facts.number(&format!("cap.{}.max", EFFORTS[size]), 1);
            let months = self
                .facts
                .number(&format!("cap.{}.months", EFFORTS[size]), [1, 2, 3][size]);
            let taps = self.taps(who.id).filter(|tap| tap.effort >= size);
            let taps = taps.filter(|tap| tap.counts() && self.within(tap, months));
            let holds = self.facts.holds.iter().filter(|hold| hold.person == who.id);
            let holds = holds.filter(|hold| hold.effort >= size && self.lasts(hold));
            (taps.count() + holds.count()) as i64 >= max
        })
    }

    fn account_is_capped(&self, who: &Person) -> bool {
        let Some(account) = who.account else {
            return false;
        };
        let max = self.facts.number("cap.account.max", 3);
        let months = self.facts.number("cap.account.months", 3);
        let taps = self.facts.taps.iter();
        let taps = taps.filter(|tap| tap.account == Some(account));
        let taps = taps.filter(|tap| tap.counts() && self.within(tap, months));
        let holds = self.facts.holds.iter();
        let holds = holds.filter(|hold| hold.account == Some(account) && self.lasts(hold));
        (taps.count() + holds.count()) as i64 >= max
    }

    /// Whether an ask of today would be in one window with an earlier one.
    fn within(&self, tap: &Tap, months: i64) -> bool {
        self.today < later(day(tap.at), months)
    }

    /// Whether a hold is there today: it lapses at the beginning of its day.
    fn lasts(&self, hold: &Hold) -> bool {
        hold.released.is_none() && day(hold.placed) <= self.today && self.today < day(hold.lapses)
    }

    fn was_declined(&self, who: &Person, kind: &str) -> bool {
        let months = self.facts.number("decline-rest.months", 6);
        let mut taps = self.taps(who.id);
        taps.any(|tap| {
            tap.kind == kind
                && tap.outcome() == "declined"
                && self.today < later(tap.settled(), months)
        })
    }

    fn score_refuses(&self, who: &Person, effort: usize) -> bool {
        let latest = self.latest_score(who);
        latest.is_some_and(|score| score <= 6 || (score <= 8 && effort > 0))
    }

    fn latest_score(&self, who: &Person) -> Option<i64> {
        let mut responses = self.facts.responses.iter();
        let latest = responses.rfind(|one| one.person == Some(who.id));
        latest.map(|latest| latest.score)
    }

    /// Whether goodwill is known of somebody about whom nothing was decided.
    pub(crate) fn is_candidate(&self, who: &Person) -> bool {
        let liked = self.latest_score(who).is_none_or(|score| score > 6);
        ["", "candidate"].contains(&self.stage(who.id)) && liked && !self.goodwill(who).is_empty()
    }

    /// What carries an ask: for more than low effort it must be their own.
    fn moments(&self, who: &Person, effort: usize) -> Vec<NaiveDate> {
        let all = self.goodwill(who).into_iter();
        let carry = all.filter(|one| one.own || effort == 0);
        carry.map(|one| one.on).collect()
    }

    fn is_fresh(&self, who: &Person, kind: &str, effort: usize) -> bool {
        let months = match kind {
            "reference" => self.facts.number("freshness.reference.months", 3),
            _ => self.facts.number(
                &format!("freshness.{}.months", EFFORTS[effort]),
                [12, 6, 3][effort],
            ),
        };
        let moments = self.moments(who, effort);
        moments
            .into_iter()
            .any(|on| self.today <= later(on, months))
    }

    /// Every positive moment.
    fn goodwill(&self, who: &Person) -> Vec<Moment> {
        let facts = self.facts;
        let mut moments = Vec::new();
        let mut add = |at, own| moments.push(Moment { on: day(at), own });
        for one in &facts.responses {
            if one.person == Some(who.id) && one.score >= 9 {
                add(one.at, true);
            }
        }
        for one in &facts.willing {
            if one.person == who.id && one.yes {
                add(one.at, true);
            }
        }
        for one in &facts.verified {
            if one.person == who.id && one.still_willing {
                add(one.at, true);
            }
        }
        for tap in self.taps(who.id) {
            if tap.outcome() == "completed" && !self.is_bad(tap) {
                add(tap.steps.last().unwrap().at, true);
            }
        }
        for one in &facts.touches {
            if one.person == who.id && one.kind == "business-review" && one.good {
                add(one.at, true);
            }
        }
        for one in &facts.signals {
            let of_account = ["health", "renewal", "expansion"].contains(&one.kind.as_str());
            if one.person == Some(who.id) {
                add(one.at, !of_account);
            }
            if one.account.is_some() && self.was_at(who, day(one.at)) == one.account {
                add(one.at, false);
            }
        }
        for one in &facts.nominations {
            if one.person == who.id && !self.is_declined(one) {
                let by = one.by.to_lowercase();
                let name = who.name.as_ref().map(|name| name.to_lowercase());
                add(one.at, by == who.email || Some(by) == name);
            }
        }
        moments
    }

    /// Whether the last word about a nomination is no: the last answer to it, or the first thing that was decided about the
    /// person since, where nothing was before.
    fn is_declined(&self, one: &Nomination) -> bool {
        if let Some((word, _)) = &one.decision {
            return word == "declined";
        }
        let facts = self.facts;
        let own = facts
            .stages
            .iter()
            .filter(|stage| stage.person == one.person);
        let own: Vec<_> = own.collect();
        let is_since = |at, operation| (at, operation) >= (one.at, one.operation);
        let before = own
            .iter()
            .rfind(|stage| !is_since(stage.at, stage.operation));
        if before.is_some_and(|stage| stage.word != "candidate") {
            return false;
        }
        let since = own
            .iter()
            .filter(|stage| is_since(stage.at, stage.operation));
        let mut decided = since.filter(|stage| stage.word != "candidate");
        let yes = ["invited", "active", "paused"];
        decided
            .next()
            .is_some_and(|stage| !yes.contains(&stage.word.as_str()))
    }

    /// The account at which somebody was on record on a day.
    fn was_at(&self, who: &Person, on: NaiveDate) -> Option<i64> {
        let moves = self.facts.moves.iter().filter(|one| one.person == who.id);
        let moves: Vec<_> = moves.collect();
        if let Some(last) = moves.iter().rfind(|one| day(one.at) <= on) {
            return Some(last.to);
        }
        match moves.first() {
            _ if on < self.known_since(who) => None,
            Some(first) => first.from,
            None => who.account,
        }
    }

    /// The day of the first fact that is known of somebody.
    pub(crate) fn known_since(&self, who: &Person) -> NaiveDate {
        let facts = self.facts;
        let mut first = who.written;
        let mut add = |person: i64, at| {
            if person == who.id {
                first = first.min(at);
            }
        };
        facts.stages.iter().for_each(|one| add(one.person, one.at));
        facts.willing.iter().for_each(|one| add(one.person, one.at));
        facts
            .verified
            .iter()
            .for_each(|one| add(one.person, one.at));
        facts.taps.iter().for_each(|one| add(one.person, one.at));
        facts.touches.iter().for_each(|one| add(one.person, one.at));
        facts.gives.iter().for_each(|one| add(one.person, one.at));
        facts
            .nominations
            .iter()
            .for_each(|one| add(one.person, one.at));
        for one in &facts.responses {
            add(one.person.unwrap_or_default(), one.at);
        }
        for one in &facts.signals {
            add(one.person.unwrap_or_default(), one.at);
        }
        day(first)
    }

    /// Whether a bad rating follows an ask.
    fn is_bad(&self, tap: &Tap) -> bool {
        let most = self.facts.number("bad-rating.most", 2);
        self.facts.on("bad-rating") && tap.went_badly(most)
    }

    fn is_proven(&self, who: &Person) -> bool {
        let done = self.taps(who.id).filter(|tap| tap.outcome() == "completed");
        let done: Vec<&Tap> = done.filter(|tap| !self.is_bad(tap)).collect();
        let larger = done.iter().filter(|tap| tap.effort > 0).count();
        larger as i64 >= self.facts.number("proven.medium", 1)
            || done.len() as i64 >= self.facts.number("proven.low", 2)
    }

    fn was_rated_badly(&self, who: &Person, kind: &str) -> bool {
        let months = self.facts.number("bad-rating.months", 6);
        let mut taps = self.taps(who.id);
        taps.any(|tap| {
            tap.kind == kind && self.is_bad(tap) && self.today < later(tap.settled(), months)
        })
    }

    fn account_is_at_risk(&self, who: &Person) -> bool {
        let account = self.account(who);
        account.is_some_and(|one| one.escalated || one.health.as_deref() == Some("red"))
    }

    fn renews_soon(&self, who: &Person) -> bool {
        let days = Days::new(self.facts.number("renewal.days", 60) as u64);
        let renewal = self.account(who).and_then(|one| one.renewal);
        renewal.is_some_and(|on| on - days <= self.today && self.today <= on)
    }

    fn competes(&self, who: &Person, prospect: &str) -> bool {
        let account = self.account(who);
        account.is_some_and(|one| one.competitors.iter().any(|name| same(name, prospect)))
    }

    fn goes_unanswered(&self, who: &Person, effort: usize) -> bool {
        let asks = self.facts.number("unanswered.asks", 3) as usize;
        let months = self.facts.number("unanswered.months", 6);
        let said = self.taps(who.id);
        let said = said.filter(|tap| !["pending", "withdrawn"].contains(&tap.outcome()));
        let said: Vec<&Tap> = said.collect();
        if said.len() < asks {
            return false;
        }
        let last = &said[said.len() - asks..];
        let in_vain = last.iter().all(|tap| {
            ["declined", "no-reply"].contains(&tap.outcome())
                && tap.steps.iter().all(|step| step.outcome != "accepted")
        });
        let since = last.iter().map(|tap| day(tap.at)).max().unwrap();
        let settled = last[asks - 1].settled();
        let mut touches = self.facts.touches.iter();
        let heard = touches.any(|one| one.person == who.id && one.answered && day(one.at) >= since)
            || self.moments(who, effort).into_iter().any(|on| on >= since);
        in_vain && !heard && self.today < later(settled, months)
    }

    /// Whether somebody moved to a company of which nothing says that it is a customer.
    fn speaks_for_nobody(&self, who: &Person) -> bool {
        let facts = self.facts;
        let Some(moved) = facts.moves.iter().rfind(|one| one.person == who.id) else {
            return false;
        };
        let mut verified = facts.verified.iter();
        if verified.any(|one| {
            let since = (day(one.at), one.operation) > (day(moved.at), moved.operation);
            one.person == who.id && since
        }) {
            return false;
        }
        let Some(account) = self.account(who) else {
            return false;
        };
        let described =
            account.marked || account.uses || account.renewal.is_some() || account.health.is_some();
        let bought = facts.deals.iter().any(|deal| {
            let name = deal.prospect.as_ref().zip(account.name.as_ref());
            let domain = deal.prospect_domain.as_ref().zip(account.domain.as_ref());
            self.comes_to(deal.stage.as_deref()) == Some("won")
                && (name.is_some_and(|(one, other)| same(one, other))
                    || domain.is_some_and(|(one, other)| one == other))
        });
        let signalled = facts.signals.iter().any(|one| {
            one.account == Some(account.id)
                || (one.person == Some(who.id)
                    && one.kind == "repeat-customer"
                    && day(one.at) >= day(moved.at))
        });
        let others = facts.people.iter();
        let mut others = others.filter(|one| one.id != who.id && one.account == who.account);
        let heard = others.any(|one| {
            let answered = facts
                .responses
                .iter()
                .any(|answer| answer.person == Some(one.id));
            let moved = facts.moves.iter().any(|moved| moved.person == one.id);
            answered || (!moved && ["active", "paused"].contains(&self.stage(one.id)))
        });
        !(described || bought || signalled || heard)
    }

    /// What a deal's stage comes to; the programs here name no stages of their own.
    pub(crate) fn comes_to(&self, stage: Option<&str>) -> Option<&'static str> {
        let stage = stage?;
        let words = [
            ("Prospecting", "open"),
            ("Closed Won", "won"),
            ("Won", "won"),
            ("Closed Lost", "lost"),
        ];
        let found = words.into_iter().find(|(word, _)| same(word, stage));
        found.map(|(_, status)| status)
    }
}

/// Where a decision leaves somebody on a day: a pause can have an end.
pub(crate) fn stands(last: &Stage, on: NaiveDate) -> &str {
    match last.until {
        Some(until) if last.word == "paused" && until <= on => "active",
        _ => &last.word,
    }
}

/// Whether two names are one, whatever the case and punctuation.
fn same(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    words(one) == words(other)
}
