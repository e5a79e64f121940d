//! `report reciprocity`: what was given to advocates against what was taken, per person and in all, and what it cost.

use crate::failure::Result;
use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::people::name_columns;
use super::{Asked, Figure, Followed, Kind, Report, follow, group, number, rate};
use crate::domain::decisions::{Case, Findings};
use crate::domain::ids::PersonId;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::reciprocity::{Account, Ledger};
use crate::domain::tap::Outcome;
use crate::output::{Cell, Chart, ChartKind, Column, Names, Record, Sheet, Shown, Table};
use crate::store::{AskRow, GiveRow, PersonRow, Scope, TouchRow, Tx};
use crate::views::budget;

/// What the rows may be grouped by.
type Group = fn(&Party) -> Option<String>;

const GROUPS: &[(&str, Group)] = &[
    ("owner", |party| party.card.owner.clone()),
    ("industry", |party| party.industry.clone()),
    ("tier", |party| party.tier.clone()),
];

/// A person with everything that was taken and given.
struct Party {
    card: PersonRow,
    industry: Option<String>,
    tier: Option<String>,
    ledger: Ledger,
}

/// Everything that the report is made of.
struct Facts {
    parties: Vec<Party>,
    asks: Vec<AskRow>,
    gives: Vec<GiveRow>,
    touches: Vec<TouchRow>,
}

impl Facts {
    /// Everybody's ledger added up over a period.
    fn accounts(&self, period: &Period, today: NaiveDate) -> Vec<(&Party, Account)> {
        let all = self.parties.iter();
        all.map(|party| (party, party.ledger.account(period, today)))
            .collect()
    }
}

fn total(accounts: &[(&Party, Account)]) -> Account {
    Account::sum(accounts.iter().map(|(_, account)| account))
}

pub(super) const KIND: Kind = Kind {
    name: "reciprocity",
    title: "Reciprocity",
    question: "What was given to advocates against what was taken?",
    schema: "report-reciprocity/1",
    by: Some("industry"),
    load: |source, _| {
        source.read::<Box<dyn Report>>(|tx, present| {
            Ok(Box::new(Reciprocity {
                facts: load(tx, present)?,
                today: present.today,
            }))
        })
    },
};

/// What was taken from everyone, and given to them.
struct Reciprocity {
    facts: Facts,
    today: NaiveDate,
}

impl Reciprocity {
    fn of(&self, period: &Period) -> Account {
        total(&self.facts.accounts(period, self.today))
    }
}

impl Followed for Reciprocity {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let account = self.of(period);
        let overdrawn = Figure::new("overdrawn", "Overdrawn people", number(account.overdrawn));
        vec![
            Figure::new(
                "per_tap",
                "Gives and touches per ask",
                rate(account.per_tap()),
            ),
            overdrawn.marked(account.overdrawn > 0, "give something back"),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        let mut accounts = self.facts.accounts(period, self.today);
        accounts.retain(|(_, account)| account.overdrawn > 0);
        accounts.sort_by_key(|(_, account)| account.balance.value());
        let case = |(party, account): &(&Party, Account)| Case {
            who: party.card.email.clone(),
            what: format!("a balance of {} in 12 months", account.balance.value()),
        };
        found.overdrawn = accounts.iter().map(case).collect();
    }
}

impl Report for Reciprocity {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let group = group(asked, GROUPS)?;
        let (periods, present) = (&asked.periods, asked.present);
        let accounts = self.facts.accounts(&periods.now, self.today);
        let mut record = figures(asked.heading(), &total(&accounts));
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        if let Some((name, by)) = group {
            record = record.with("groups", format!("By {name}"), groups(&accounts, by));
        }
        let spent = spend(&self.facts.gives, &periods.now, present);
        record = record
            .with(
                "advocates",
                "Advocates, the overdrawn first",
                advocates(&accounts),
            )
            .with("spend", "Spent, by year and currency", spent);
        if asked.rows {
            let rows = rows(&self.facts, &periods.now, present);
            record = record.with("rows", "Taken and given", rows);
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("reciprocity-trend", "Gives and touches");
        let given = |period: &Period| {
            let account = self.of(period);
            number(account.gives + account.touches)
        };
        vec![follow::trend(
            words,
            ChartKind::Columns,
            periods,
            self.today,
            given,
        )]
    }
}

fn load(tx: &Tx<'_>, present: &Present) -> Result<Facts> {
    let (asks, gives, touches) = (tx.asks(None)?, tx.gives()?, tx.touches()?);
    let mut ledgers: HashMap<PersonId, Ledger> = HashMap::new();
    for ask in &asks {
        let ledger = ledgers.entry(ask.person).or_default();
        ledger.taps.push(present.day(ask.at));
        if ask.outcome == Outcome::Completed {
            ledger.completed.push(present.day(ask.outcome_at));
        }
    }
    for give in &gives {
        ledgers
            .entry(give.person)
            .or_default()
            .gives
            .push(present.day(give.at));
    }
    for touch in &touches {
        ledgers
            .entry(touch.person)
            .or_default()
            .touches
            .push(present.day(touch.at));
    }
    let by_hand = tx.tiers_by_hand()?;
    let decided = tx.facts(
        &Scope::Decided,
        &present.policy,
        present.today,
        present.today,
    )?;
    let mut tiers: HashMap<PersonId, String> = decided
        .iter()
        .map(|(card, person)| {
            let by_hand = by_hand.get(&card.id).and_then(|row| row.tier);
            let tier = present.tier(by_hand, &person.completed).tier;
            (card.id, tier.name().to_owned())
        })
        .collect();
    let mut parties = Vec::new();
    for (id, ledger) in ledgers {
        let Some(card) = tx.person(id)? else { continue };
        let industry = card.industry.as_deref();
        parties.push(Party {
            industry: industry.map(|words| present.policy.industries.name_of(words)),
            tier: tiers.remove(&id),
            card,
            ledger,
        });
    }
    parties.sort_by_key(|party| party.card.id);
    Ok(Facts {
        parties,
        asks,
        gives,
        touches,
    })
}

fn figures(record: Record, account: &Account) -> Record {
    record
        .with("taken", "Asked", number(account.taken))
        .with("completed", "Completed", number(account.completed))
        .with("gives", "Gives", number(account.gives))
        .with("touches", "Touches", number(account.touches))
        .with(
            "per_tap",
            "Gives and touches per ask",
            rate(account.per_tap()),
        )
        .with("balance", "Balance of 12 months", account.balance.value())
        .with("overdrawn", "Overdrawn people", number(account.overdrawn))
}

/// The years of the period with a budget or a cost, against the whole year's line.
fn spend(gives: &[GiveRow], period: &Period, present: &Present) -> Sheet {
    let last = period.until().pred_opt().unwrap_or(period.until());
    let mut years: BTreeMap<i32, Vec<&GiveRow>> = BTreeMap::new();
    for year in present.policy.budgets.keys() {
        years.entry(*year).or_default();
    }
    for give in gives {
        years
            .entry(present.day(give.at).year())
            .or_default()
            .push(give);
    }
    let mut rows = Vec::new();
    for (year, given) in years.range(period.from().year()..=last.year()) {
        let inside = given
            .iter()
            .filter(|give| period.contains(present.day(give.at)));
        let in_period = budget::spent(inside.copied());
        let spent = budget::spent(given.iter().copied());
        let lines = budget::lines(*year, present.policy.budgets.get(year), &spent);
        let lines = lines.into_iter();
        rows.extend(lines.map(|line| (line.money(in_period.of(line.currency)), line)));
    }
    let table = Table::of(&rows)
        .right("year", "Year", |(_, line)| line.year)
        .left("currency", "Currency", |(_, line)| line.currency)
        .money("spent_in_period", "In the period", |(part, _)| *part);
    budget::columns(table, |(_, line)| line)
        .empty("nothing, and there is no budget")
        .sheet()
}

fn groups(accounts: &[(&Party, Account)], by: Group) -> Sheet {
    let mut named: BTreeMap<Option<String>, Vec<&Account>> = BTreeMap::new();
    for (party, account) in accounts {
        named.entry(by(party)).or_default().push(account);
    }
    let mut summed: Vec<(Option<String>, Account)> = named
        .into_iter()
        .map(|(name, all)| (name, Account::sum(all)))
        .collect();
    summed.sort_by_key(|(_, account)| account.order());
    let mut sheet = Sheet::new([vec![Column::left("group", "Group")], columns()].concat())
        .empty("Nothing was taken or given.");
    for (name, account) in &summed {
        let name = name.as_deref().unwrap_or("(none)");
        sheet.push([vec![name.into()], cells(account)].concat());
    }
    sheet
}

fn advocates(accounts: &[(&Party, Account)]) -> Sheet {
    let heard_of = accounts.iter().filter(|(_, account)| !account.is_quiet());
    let mut sorted: Vec<&(&Party, Account)> = heard_of.collect();
    sorted.sort_by_key(|(party, account)| (account.order(), party.card.id));
    let id = vec![Column::right("id", "Id").only(Shown::Data)];
    let tier = vec![Column::left("tier", "Tier").only(Shown::Data)];
    let mark = vec![Column::left("mark", "Mark").only(Shown::Reading)];
    let mut sheet = Sheet::new([id, name_columns(), tier, columns(), mark].concat())
        .empty("Nothing was taken or given.");
    for (party, account) in sorted {
        let card = &party.card;
        let who = vec![
            card.id.0.into(),
            card.shown_name().into(),
            card.email.as_str().into(),
            card.name.as_deref().into(),
            party.tier.as_deref().into(),
        ];
        let mark = match account.balance.is_overdrawn() {
            true => "overdrawn",
            false => "",
        };
        sheet.push([who, cells(account), vec![mark.into()]].concat());
    }
    sheet
}

/// The columns of an account.
fn columns() -> Vec<Column> {
    vec![
        Column::right("taken", "Asked"),
        Column::right("completed", "Completed"),
        Column::right("gives", "Gives"),
        Column::right("touches", "Touches"),
        Column::rate("per_tap", "Per ask"),
        Column::right("balance", "Balance"),
        Column::right("overdrawn", "Overdrawn").only(Shown::Data),
    ]
}

fn cells(account: &Account) -> Vec<Cell> {
    vec![
        number(account.taken),
        number(account.completed),
        number(account.gives),
        number(account.touches),
        rate(account.per_tap()),
        account.balance.value().into(),
        number(account.overdrawn),
    ]
}

/// Every tap, give and touch of the period, oldest first.
fn rows(facts: &Facts, period: &Period, present: &Present) -> Sheet {
    let emails: HashMap<PersonId, &str> = facts
        .parties
        .iter()
        .map(|party| (party.card.id, party.card.email.as_str()))
        .collect();
    let asks = facts.asks.iter().map(|ask| {
        let what = format!("{} ({})", ask.kind, ask.outcome);
        (ask.at, ask.person, "ask", ask.tap.0, what, None)
    });
    let gives = facts.gives.iter().map(|give| {
        (
            give.at,
            give.person,
            "give",
            give.id.0,
            give.item.clone(),
            give.cost,
        )
    });
    let touches = facts.touches.iter().map(|touch| {
        let what = touch.kind.name().to_owned();
        (touch.at, touch.person, "touch", touch.id.0, what, None)
    });
    let mut all: Vec<_> = asks.chain(gives).chain(touches).collect();
    all.sort_by_key(|(at, _, fact, id, ..)| (*at, *fact, *id));
    let mut sheet = Sheet::new(vec![
        Column::left("on", "On"),
        Column::left("email", "Person").names(Names::People),
        Column::left("fact", "Fact"),
        Column::right("fact_id", "Id"),
        Column::left("what", "What"),
        Column::money("cost", "Cost"),
    ])
    .empty("Nothing was taken or given in this period.");
    for (at, person, fact, id, what, cost) in all {
        let on = present.day(at);
        if period.contains(on) {
            sheet.push(vec![
                on.into(),
                emails.get(&person).copied().into(),
                fact.into(),
                id.into(),
                what.into(),
                Cell::from(cost),
            ]);
        }
    }
    sheet
}
