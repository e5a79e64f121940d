//! `report reciprocity`: what was given to advocates against what was taken, per person and in all, and what it cost.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use chrono::Datelike;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{Groupings, by_group, in_groups, marked, names};
use super::kind::{Kind, Report};
use super::people::Program;
use crate::domain::calendar::Timestamp;
use crate::domain::decisions::{Case, Findings};
use crate::domain::ids::PersonId;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::reciprocity::{Account, Ledger};
use crate::domain::tap::Outcome;
use crate::domain::tier::Tier;
use crate::failure::Result;
use crate::output::{Cell, Chart, ChartKind, Document, Figure, Names, Plain, Record, Sheet, Table};
use crate::store::{AskRow, GiveRow, PersonRow, TouchRow};
use crate::views::budget::{self, Line};
use crate::views::who::WhoColumns;

/// What the rows may be grouped by.
type Group = fn(&Party) -> Option<String>;

const GROUPS: &[(&str, Group)] = &[
    ("owner", |party| party.card.owner.clone()),
    ("industry", |party| party.industry.clone()),
    ("tier", |party| Some(party.tier?.name().to_owned())),
];

/// A person with everything that was taken and given.
struct Party {
    card: Rc<PersonRow>,
    industry: Option<String>,
    tier: Option<Tier>,
    ledger: Ledger,
}

pub(super) const KIND: Kind = Kind {
    name: "reciprocity",
    title: "Reciprocity",
    question: "What was given to advocates against what was taken?",
    schema: "report-reciprocity/1",
    by: Groupings::of(|| names(GROUPS)),
    pack_by: Some("industry"),
    at_end: false,
    load: |source, _| Ok(Box::new(source.read(load)?)),
};

/// What was taken from everyone, and given to them.
struct Reciprocity {
    parties: Vec<Party>,
    asks: Vec<AskRow>,
    gives: Vec<GiveRow>,
    touches: Vec<TouchRow>,
    present: Present,
}

/// Somebody's ledger added up over a period.
type Accounted<'a> = (&'a Party, Account);

impl Reciprocity {
    fn accounts(&self, period: &Period) -> Vec<Accounted<'_>> {
        let account = |party: &Party| party.ledger.account(period, self.present.today);
        let parties = self.parties.iter();
        parties.map(|party| (party, account(party))).collect()
    }

    fn of(&self, period: &Period) -> Account {
        let accounts = self.accounts(period);
        Account::sum(accounts.iter().map(|(_, account)| account))
    }
}

impl Followed for Reciprocity {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let account = self.of(period);
        vec![
            Figure::new("per_tap", PER_TAP, per_tap(&account)).more_is_better(),
            Figure::new("overdrawn", OVERDRAWN, account.overdrawn)
                .marked(account.overdrawn > 0, "give something back")
                .less_is_better(),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        let mut accounts = self.accounts(period);
        // Nothing can be given to whoever was erased.
        accounts.retain(|(party, account)| account.overdrawn > 0 && !party.card.is_forgotten());
        accounts.sort_by_key(|(_, account)| account.balance.value());
        let case = |(party, account): &Accounted<'_>| Case {
            who: party.card.email.clone(),
            name: party
                .card
                .name
                .clone()
                .unwrap_or_else(|| party.card.email.clone()),
            owner: party.card.owner.clone(),
            what: owed(account),
        };
        found.overdrawn = accounts.iter().map(case).collect();
    }
}

impl Report for Reciprocity {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = asked.now();
        let accounts = self.accounts(now);
        let title = "Advocates, the overdrawn first";
        Document {
            details: asked
                .groups(GROUPS, |by| groups(&accounts, by))
                .with("advocates", title, advocates(&accounts))
                .with("spend", "Spent, by year and currency", spend(self, now)),
            facts: asked.facts("Taken and given", || facts(self, now)),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let given = |period: &Period| {
            let account = self.of(period);
            account.gives + account.touches
        };
        vec![way.trend(
            "reciprocity-trend",
            "Gives and touches",
            ChartKind::Columns,
            given,
        )]
    }
}

fn load(program: &Program<'_>) -> Result<Reciprocity> {
    let (tx, present) = (program.tx, program.present);
    let (gives, touches) = (tx.gives()?, tx.touches()?);
    let mut asks = program.asks()?.to_vec();
    asks.retain(|ask| ask.counts);
    let mut ledgers: HashMap<PersonId, Ledger> = HashMap::new();
    for ask in &asks {
        let ledger = ledgers.entry(ask.person).or_default();
        ledger.taps.push(present.day(ask.at));
        if ask.outcome == Outcome::Completed {
            ledger.completed.push(present.day(ask.outcome_at));
        }
    }
    for give in &gives {
        let ledger = ledgers.entry(give.person).or_default();
        ledger.gives.push(present.day(give.at));
    }
    for touch in &touches {
        let ledger = ledgers.entry(touch.person).or_default();
        ledger.touches.push(present.day(touch.at));
    }
    let decided = program.decided()?;
    let tiers: HashMap<PersonId, Option<Tier>> =
        decided.iter().map(|one| (one.card.id, one.tier)).collect();
    let (mut parties, cards) = (Vec::new(), program.cards()?);
    for (id, ledger) in ledgers {
        let Some(card) = cards.get(&id) else { continue };
        parties.push(Party {
            industry: program.industry(card.industry.as_deref()),
            tier: tiers.get(&id).copied().flatten(),
            card: Rc::clone(card),
            ledger,
        });
    }
    parties.sort_by_key(|party| party.card.id);
    Ok(Reciprocity {
        parties,
        asks,
        gives,
        touches,
        present: present.clone(),
    })
}

/// What somebody was given beside what was asked of them, in words that name nobody.
fn owed(account: &Account) -> String {
    let balance = account.balance.value();
    format!(
        "a balance of {} in 12 months",
        balance.to_string().replace('-', "−")
    )
}

/// Gives and touches by ask: a page says them as so many to one.
fn per_tap(account: &Account) -> Cell {
    Cell::from(account.per_tap()).told(Plain::PerOne)
}

const PER_TAP: &str = "Gives and touches per ask";
const OVERDRAWN: &str = "Overdrawn people";

fn figures(account: &Account) -> Record {
    Record::new()
        .with("taken", "Asked", account.taken)
        .with("completed", "Completed", account.completed)
        .with("gives", "Gives", account.gives)
        .with("touches", "Touches", account.touches)
        .with("per_tap", PER_TAP, per_tap(account))
        .with("balance", "Balance of 12 months", account.balance.value())
        .with("overdrawn", OVERDRAWN, account.overdrawn)
}

/// The years of the period with a budget or a cost, against the whole year's line.
fn spend(all: &Reciprocity, period: &Period) -> Sheet {
    let (present, budgets) = (&all.present, &all.present.policy.budgets);
    let day = |give: &GiveRow| present.day(give.at);
    let years = all.gives.iter().map(|give| day(give).year());
    let years: BTreeSet<i32> = years.chain(budgets.keys().copied()).collect();
    let mut lines: Vec<(Line, i64)> = Vec::new();
    for &year in years.range(period.from().year()..=period.last().year()) {
        let of_year = || budget::of_year(&all.gives, year, present);
        let inside = budget::spent(of_year().filter(|give| period.contains(day(give))));
        let of_year = budget::lines(year, budgets.get(&year), &budget::spent(of_year()));
        lines.extend(of_year.into_iter().map(|line| {
            let in_period = inside.of(line.currency);
            (line, in_period)
        }));
    }
    let table = Table::of(&lines)
        .right("year", "Year", |(line, _)| line.year)
        .left("currency", "Currency", |(line, _)| line.currency)
        .money("spent_in_period", "In the period", |(line, spent)| {
            line.money(*spent)
        });
    budget::columns(table, |(line, _)| line).empty("nothing, and there is no budget")
}

fn groups(accounts: &[Accounted<'_>], by: Group) -> Sheet {
    let sum = |all: Vec<&Accounted<'_>>| Account::sum(all.into_iter().map(|(_, account)| account));
    let mut groups = in_groups(accounts, |(party, _)| by(party), sum);
    // What has no name comes first among equals.
    groups.sort_by(|(one, a), (next, b)| (a.order(), one).cmp(&(b.order(), next)));
    by_group(&groups)
        .with(|table| columns(table, |(_, account)| account))
        .empty("Nothing was taken or given.")
}

fn advocates(accounts: &[Accounted<'_>]) -> Sheet {
    let mut sorted = accounts.to_vec();
    sorted.retain(|(_, account)| !account.is_quiet());
    sorted.sort_by_key(|(party, account)| (account.order(), party.card.id));
    Table::of(&sorted)
        .data("id", |(party, _)| party.card.id)
        .who(|(party, _)| &*party.card)
        .data("tier", |(party, _)| party.tier)
        .with(|table| columns(table, |(_, account)| account))
        .reading("Mark", |(_, account)| {
            marked(account.balance.is_overdrawn(), "overdrawn")
        })
        .always()
        .empty("Nothing was taken or given.")
}

/// The columns of an account.
fn columns<'a, T>(table: Table<'a, T>, of: fn(&T) -> &Account) -> Table<'a, T> {
    table
        .right("taken", "Asked", |row| of(row).taken)
        .right("completed", "Completed", |row| of(row).completed)
        .spare()
        .right("gives", "Gives", |row| of(row).gives)
        .right("touches", "Touches", |row| of(row).touches)
        .spare()
        .rate("per_tap", "Per ask", |row| per_tap(of(row)))
        .right("balance", "Balance", |row| of(row).balance.value())
        .always()
        .data("overdrawn", |row| of(row).overdrawn)
}

/// A tap, a give or a touch.
struct Fact {
    at: Timestamp,
    person: PersonId,
    kind: &'static str,
    id: i64,
    what: String,
    cost: Option<Money>,
}

/// Every tap, give and touch of the period, oldest first.
fn facts(all: &Reciprocity, period: &Period) -> Sheet {
    let asks = all.asks.iter().map(|ask| Fact {
        at: ask.at,
        person: ask.person,
        kind: "ask",
        id: ask.tap.0,
        what: format!("{} ({})", ask.kind, ask.outcome),
        cost: None,
    });
    let gives = all.gives.iter().map(|give| Fact {
        at: give.at,
        person: give.person,
        kind: "give",
        id: give.id.0,
        what: give.item.clone(),
        cost: give.cost,
    });
    let touches = all.touches.iter().map(|touch| Fact {
        at: touch.at,
        person: touch.person,
        kind: "touch",
        id: touch.id.0,
        what: touch.kind.name().to_owned(),
        cost: None,
    });
    let on = |fact: &Fact| all.present.day(fact.at);
    let mut facts: Vec<Fact> = asks.chain(gives).chain(touches).collect();
    facts.retain(|fact| period.contains(on(fact)));
    facts.sort_by_key(|fact| (fact.at, fact.kind, fact.id));
    let parties = all.parties.iter();
    let emails = parties.map(|party| (party.card.id, &party.card.email));
    let emails: HashMap<PersonId, &String> = emails.collect();
    Table::of(&facts)
        .left("on", "On", on)
        .left("email", "Person", |fact| emails.get(&fact.person).copied())
        .names(Names::People)
        .cut()
        .left("fact", "Fact", |fact| fact.kind)
        .right("fact_id", "Id", |fact| fact.id)
        .left("what", "What", |fact| &fact.what)
        .money("cost", "Cost", |fact| fact.cost)
        .empty("Nothing was taken or given in this period.")
}
