//! What is on record: the rows of facts.

use std::collections::HashMap;

use chrono::{DateTime, Months, NaiveDate};

/// A UTC second; the programs here live in UTC.
pub(crate) type Second = i64;

/// Somebody, as they are described.
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) account: Option<i64>,
    /// When the row was written.
    pub(crate) written: Second,
}

/// A company, as it is described.
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) renewal: Option<NaiveDate>,
    pub(crate) health: Option<String>,
    pub(crate) escalated: bool,
    /// It has a CRM id or a day since when.
    pub(crate) marked: bool,
    pub(crate) competitors: Vec<String>,
    /// It has a product or a use case.
    pub(crate) uses: bool,
}

/// A decision about somebody.
pub(crate) struct Stage {
    pub(crate) person: i64,
    pub(crate) word: String,
    pub(crate) until: Option<NaiveDate>,
    pub(crate) at: Second,
    pub(crate) operation: i64,
}

/// A yes or a no to a kind of ask.
pub(crate) struct Willing {
    pub(crate) person: i64,
    pub(crate) kind: String,
    pub(crate) yes: bool,
    pub(crate) at: Second,
}

/// A profile that somebody looked at.
pub(crate) struct Verified {
    pub(crate) person: i64,
    pub(crate) still_willing: bool,
    pub(crate) at: Second,
    pub(crate) operation: i64,
}

/// An ask, and what became of it.
pub(crate) struct Tap {
    pub(crate) id: i64,
    pub(crate) person: i64,
    pub(crate) account: Option<i64>,
    pub(crate) kind: String,
    pub(crate) effort: usize,
    pub(crate) at: Second,
    pub(crate) request: Option<i64>,
    pub(crate) over_cap: bool,
    pub(crate) overridden: bool,
    /// In the order of their days, and on one day as they were said.
    pub(crate) steps: Vec<Step>,
}

/// What became of an ask at one time.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) tap: i64,
    pub(crate) outcome: String,
    pub(crate) rating: Option<i64>,
    pub(crate) prospect_rating: Option<i64>,
    pub(crate) at: Second,
}

impl Tap {
    pub(crate) fn outcome(&self) -> &str {
        self.steps
            .last()
            .map_or("pending", |step| step.outcome.as_str())
    }

    /// The day of the outcome.
    pub(crate) fn settled(&self) -> NaiveDate {
        day(self.steps.last().map_or(self.at, |step| step.at))
    }

    pub(crate) fn counts(&self) -> bool {
        self.outcome() != "withdrawn"
    }

    pub(crate) fn said_yes(&self) -> bool {
        ["accepted", "completed"].contains(&self.outcome())
    }

    /// Whether it was completed and rated so low.
    pub(crate) fn went_badly(&self, most: i64) -> bool {
        let rating = self.steps.last().and_then(|step| step.rating);
        self.outcome() == "completed" && rating.is_some_and(|rating| rating <= most)
    }
}

/// An answer to a survey.
pub(crate) struct Response {
    pub(crate) id: i64,
    pub(crate) person: Option<i64>,
    pub(crate) respondent: Option<String>,
    pub(crate) source: i64,
    pub(crate) score: i64,
    pub(crate) at: Second,
}

/// Goodwill of a person or of an account.
pub(crate) struct Signal {
    pub(crate) person: Option<i64>,
    pub(crate) account: Option<i64>,
    pub(crate) kind: String,
    pub(crate) at: Second,
}

/// Contact.
pub(crate) struct Touch {
    pub(crate) person: i64,
    pub(crate) kind: String,
    pub(crate) answered: bool,
    pub(crate) good: bool,
    pub(crate) at: Second,
}

/// Something that was given.
pub(crate) struct Give {
    pub(crate) person: i64,
    pub(crate) at: Second,
}

/// Somebody was proposed.
pub(crate) struct Nomination {
    pub(crate) person: i64,
    pub(crate) by: String,
    pub(crate) at: Second,
    pub(crate) operation: i64,
    /// The last decision about it, and when it was made.
    pub(crate) decision: Option<(String, Second)>,
}

/// Somebody went to another account.
pub(crate) struct Move {
    pub(crate) person: i64,
    pub(crate) from: Option<i64>,
    pub(crate) to: i64,
    pub(crate) at: Second,
    pub(crate) operation: i64,
}

/// Somebody is kept free for a request.
pub(crate) struct Hold {
    pub(crate) person: i64,
    pub(crate) account: Option<i64>,
    pub(crate) effort: usize,
    pub(crate) placed: Second,
    pub(crate) lapses: Second,
    pub(crate) released: Option<Second>,
}

/// Demand.
pub(crate) struct Request {
    pub(crate) id: i64,
    pub(crate) wanted: usize,
    pub(crate) deal: Option<i64>,
    pub(crate) needed_by: Option<NaiveDate>,
    pub(crate) opened: Second,
    /// What happened to it, with the time.
    pub(crate) events: Vec<(String, Second)>,
}

/// A sales opportunity.
pub(crate) struct Deal {
    pub(crate) id: i64,
    pub(crate) prospect: Option<String>,
    pub(crate) prospect_domain: Option<String>,
    pub(crate) amount: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) stage: Option<String>,
    pub(crate) opened: Option<NaiveDate>,
    pub(crate) closed: Option<NaiveDate>,
}

/// A company that an ask introduced.
pub(crate) struct Referral {
    pub(crate) tap: i64,
    pub(crate) deal: Option<i64>,
    /// When that was said.
    pub(crate) at: Second,
}

/// Something that lasts.
pub(crate) struct Asset {
    pub(crate) kind: String,
    /// Its statuses, with the times.
    pub(crate) events: Vec<(String, Second)>,
}

/// Everything on record.
pub(crate) struct Facts {
    pub(crate) settings: HashMap<String, String>,
    pub(crate) people: Vec<Person>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) willing: Vec<Willing>,
    pub(crate) verified: Vec<Verified>,
    pub(crate) taps: Vec<Tap>,
    pub(crate) responses: Vec<Response>,
    pub(crate) signals: Vec<Signal>,
    pub(crate) touches: Vec<Touch>,
    pub(crate) gives: Vec<Give>,
    pub(crate) nominations: Vec<Nomination>,
    pub(crate) moves: Vec<Move>,
    pub(crate) holds: Vec<Hold>,
    pub(crate) requests: Vec<Request>,
    pub(crate) deals: Vec<Deal>,
    pub(crate) referrals: Vec<Referral>,
    pub(crate) uses: Vec<(i64, Second)>,
    pub(crate) assets: Vec<Asset>,
}

pub(crate) fn day(at: Second) -> NaiveDate {
    DateTime::from_timestamp(at, 0).unwrap().date_naive()
}

/// So many calendar months later, shortened to the end of the month.
pub(crate) fn later(from: NaiveDate, months: i64) -> NaiveDate {
    from + Months::new(months as u32)
}

impl Facts {
    /// A number of the policy.
    pub(crate) fn number(&self, key: &str, default: i64) -> i64 {
        let set = self.settings.get(key);
        set.map_or(default, |value| value.parse().unwrap())
    }

    /// Whether a rule is on.
    pub(crate) fn on(&self, key: &str) -> bool {
        self.settings.get(key).is_none_or(|value| value == "on")
    }
}
