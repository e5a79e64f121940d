//! `report acceptance`: how often an ask gets a yes.

use crate::failure::Result;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::people::{traits, who_columns};
use super::{Asked, Figure, Followed, Kind, Report, follow, group, group_name, number, rate};
use crate::domain::acceptance::{Acceptance, AskedBy, AskedFacts, acceptance};
use crate::domain::ask::Effort;
use crate::domain::group::{By, Traits, grouped};
use crate::domain::ids::PersonId;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::tap::Outcome;
use crate::domain::tier::Tier;
use crate::output::{Cell, Chart, ChartKind, Column, Record, Sheet, Shown};
use crate::store::{TapFilter, TapRow, Tx};

const GROUPS: &[(&str, AskedBy)] = &[
    ("ask", AskedBy::Ask),
    ("effort", AskedBy::Effort),
    ("month", AskedBy::Month),
    ("industry", AskedBy::Trait(By::Industry)),
    ("segment", AskedBy::Trait(By::Segment)),
    ("region", AskedBy::Trait(By::Region)),
    ("owner", AskedBy::Trait(By::Owner)),
    ("tier", AskedBy::Trait(By::Tier)),
];

/// An ask with the row that it comes from.
type MadeAsk = (TapRow, AskedFacts);

pub(super) const KIND: Kind = Kind {
    name: "acceptance",
    title: "Acceptance",
    question: "How often does an ask get a yes?",
    schema: "report-acceptance/1",
    by: None,
    load: |source, _| {
        source.read::<Box<dyn Report>>(|tx, present| {
            Ok(Box::new(Asks {
                asks: facts(tx, present)?,
                today: present.today,
            }))
        })
    },
};

/// Every ask with whom it went to.
struct Asks {
    asks: Vec<MadeAsk>,
    today: NaiveDate,
}

impl Asks {
    fn of(&self, period: &Period) -> Acceptance {
        acceptance(made_in(&self.asks, period).map(|(_, facts)| facts))
    }
}

impl Followed for Asks {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let share = rate(self.of(period).acceptance);
        vec![Figure::new("acceptance_rate", "Acceptance rate", share).leading()]
    }
}

impl Report for Asks {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let by = group(asked, GROUPS)?;
        let periods = &asked.periods;
        let now: Vec<&MadeAsk> = made_in(&self.asks, &periods.now).collect();
        let mut record = figures(asked.heading(), &self.of(&periods.now));
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        record = match by {
            Some((name, by)) => record.with("groups", format!("By {name}"), groups(&now, by)),
            None => record
                .with("asks", "By ask", groups(&now, AskedBy::Ask))
                .with("tiers", "By tier", groups(&now, AskedBy::Trait(By::Tier))),
        };
        if asked.rows {
            record = record.with("rows", "Asks", rows(&now));
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("acceptance-trend", "Acceptance rate");
        let share = |period: &Period| rate(self.of(period).acceptance);
        vec![follow::trend(
            words,
            ChartKind::Lines,
            periods,
            self.today,
            share,
        )]
    }
}

fn made_in<'a>(asks: &'a [MadeAsk], period: &Period) -> impl Iterator<Item = &'a MadeAsk> {
    let period = *period;
    asks.iter()
        .filter(move |(_, facts)| period.contains(facts.on))
}

/// Every ask, with whom it went to. The tier is that of the day of the ask: set by hand, or else from what was
/// completed by then.
fn facts(tx: &Tx<'_>, present: &Present) -> Result<Vec<MadeAsk>> {
    let taps = tx.taps(&TapFilter::default())?;
    let mut completed: HashMap<PersonId, Vec<(Effort, NaiveDate)>> = HashMap::new();
    for tap in &taps {
        if tap.outcome == Outcome::Completed {
            let done = (tap.effort, present.day(tap.outcome_at));
            completed.entry(tap.person).or_default().push(done);
        }
    }
    let people: HashMap<PersonId, Traits> = tx
        .everybody()?
        .iter()
        .map(|card| (card.id, traits(card, present)))
        .collect();
    let by_hand = tx.every_tier_by_hand()?;
    let asked = |tap: TapRow| {
        let on = present.day(tap.at);
        let done = completed.get(&tap.person).map_or(&[][..], Vec::as_slice);
        let mut set_by_then = by_hand
            .iter()
            .rev()
            .filter(|set| set.person == tap.person && set.at <= tap.at);
        let by_hand = set_by_then.next().and_then(|set| set.tier);
        let facts = AskedFacts {
            kind: tap.kind,
            effort: tap.effort,
            on,
            outcome: tap.outcome,
            traits: Traits {
                tier: Some(present.policy.tiers.current(by_hand, done, on).tier),
                ..people.get(&tap.person).cloned().unwrap_or_default()
            },
        };
        (tap, facts)
    };
    Ok(taps.into_iter().map(asked).collect())
}

fn figures(record: Record, report: &Acceptance) -> Record {
    record
        .with(
            "acceptance_rate",
            "Acceptance rate",
            rate(report.acceptance),
        )
        .with("completion_rate", "Of those done", rate(report.completion))
        .with("taps", "Taps", number(report.taps))
        .with("declined", "Declined", number(report.declined))
        .with("no_reply", "No reply", number(report.no_reply))
        .with("no_show", "No-show", number(report.no_show))
        .with("pending", "Pending", number(report.pending))
        .with("withdrawn", "Withdrawn", number(report.withdrawn))
}

fn groups(asks: &[&MadeAsk], by: AskedBy) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::rate("acceptance_rate", "Acceptance rate"),
        Column::rate("completion_rate", "Of those done"),
        Column::right("taps", "Taps"),
        Column::right("declined", "Declined"),
        Column::right("no_reply", "No reply"),
        Column::right("no_show", "No-show").only(Shown::Data),
        Column::right("pending", "Pending"),
        Column::right("withdrawn", "Withdrawn").only(Shown::Data),
    ])
    .empty("Nobody was asked in this period.");
    let facts = asks.iter().map(|(_, facts)| facts);
    for (group, asks) in grouped(facts, |one| one.group(by)) {
        let report = acceptance(asks);
        sheet.push(vec![
            group_name(&group),
            rate(report.acceptance),
            rate(report.completion),
            number(report.taps),
            number(report.declined),
            number(report.no_reply),
            number(report.no_show),
            number(report.pending),
            number(report.withdrawn),
        ]);
    }
    sheet
}

fn rows(asks: &[&MadeAsk]) -> Sheet {
    let mut sheet = Sheet::new(
        [
            vec![
                Column::right("tap_id", "Tap"),
                Column::left("tapped_on", "On"),
            ],
            who_columns(),
            vec![
                Column::left("tier", "Tier"),
                Column::left("ask", "Ask"),
                Column::left("effort", "Effort"),
                Column::left("outcome", "Outcome"),
            ],
        ]
        .concat(),
    )
    .empty("Nobody was asked in this period.");
    for (tap, facts) in asks {
        sheet.push(vec![
            tap.id.0.into(),
            facts.on.into(),
            tap.name.as_deref().unwrap_or(&tap.email).into(),
            tap.email.as_str().into(),
            tap.name.as_deref().into(),
            tap.account.as_deref().into(),
            Cell::opt(facts.traits.tier.map(Tier::name)),
            tap.kind.name().into(),
            tap.effort.name().into(),
            tap.outcome.name().into(),
        ]);
    }
    sheet
}
