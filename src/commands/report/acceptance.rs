//! `report acceptance`: how often an ask gets a yes.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::asked::{Asked, titled};
use super::follow::{Followed, Way};
use super::groups::{Groupings, by_group, in_groups, names};
use super::kind::{Kind, Report};
use super::people::Program;
use crate::domain::acceptance::{Acceptance, AskedBy, AskedFacts, acceptance};
use crate::domain::ask::Effort;
use crate::domain::group::{By, Traits};
use crate::domain::ids::{PersonId, TapId};
use crate::domain::period::Period;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{Chart, ChartKind, Document, Figure, Record, Sheet, Table};
use crate::store::{AskRow, TapFilter, TapRow, TierRow};
use crate::views::who::WhoColumns;

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

/// An ask, and the tap that it is.
type MadeAsk = (TapId, AskedFacts);

pub(super) const KIND: Kind = Kind {
    name: "acceptance",
    title: "Acceptance",
    question: "How often does an ask get a yes?",
    schema: "report-acceptance/1",
    by: Groupings {
        without: Some("ask and tier"),
        ..Groupings::of(|| names(GROUPS))
    },
    pack_by: None,
    at_end: false,
    load: |source, periods| {
        let shown = periods.iter().find_map(|period| source.shows(period));
        Ok(Box::new(source.read(|program| {
            Ok(Asks {
                made: asks(program)?,
                rows: rows_of(program, shown)?,
            })
        })?))
    },
};

/// Every ask with whom it went to.
struct Asks {
    made: Vec<MadeAsk>,
    /// What is shown of them, where that is asked for, newest first.
    rows: Vec<TapRow>,
}

impl Asks {
    fn made_in(&self, period: &Period) -> impl Iterator<Item = &MadeAsk> {
        let period = *period;
        let asks = self.made.iter();
        asks.filter(move |(_, facts)| period.contains(facts.on))
    }

    fn of(&self, period: &Period) -> Acceptance {
        acceptance(self.made_in(period).map(|(_, facts)| facts))
    }
}

impl Followed for Asks {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let share = self.of(period).acceptance;
        vec![Figure::new("acceptance_rate", "Acceptance rate", share).more_is_better()]
    }
}

impl Report for Asks {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now: Vec<&MadeAsk> = self.made_in(asked.now()).collect();
        let details = match asked.grouping(GROUPS) {
            Some((name, by)) => titled(name, groups(&now, by)),
            None => Record::new()
                .with("asks", "By ask", groups(&now, AskedBy::Ask))
                .with("tiers", "By tier", groups(&now, AskedBy::Trait(By::Tier))),
        };
        Document {
            details,
            facts: asked.facts("Asks", || rows(&self.rows, &now)),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let share = |period: &Period| self.of(period).acceptance;
        vec![way.trend(
            "acceptance-trend",
            "Acceptance rate",
            ChartKind::Lines,
            share,
        )]
    }
}

/// Every ask, with whom it went to. The tier is that of the day of the ask: set by hand, or else from what was
/// completed by then.
fn asks(program: &Program<'_>) -> Result<Vec<MadeAsk>> {
    let (tx, present) = (program.tx, program.present);
    let taps = program.asks()?;
    let mut completed: HashMap<PersonId, Vec<(Effort, NaiveDate)>> = HashMap::new();
    for tap in &*taps {
        if tap.outcome == Outcome::Completed {
            let done = (tap.effort, present.day(tap.outcome_at));
            completed.entry(tap.person).or_default().push(done);
        }
    }
    let cards = program.cards()?;
    let people = cards.iter().map(|(id, card)| (*id, program.traits(card)));
    let people: HashMap<PersonId, Traits> = people.collect();
    let mut by_hand: HashMap<PersonId, Vec<TierRow>> = HashMap::new();
    for set in tx.every_tier_by_hand()? {
        by_hand.entry(set.person).or_default().push(set);
    }
    let asked = |tap: &AskRow| {
        let on = present.day(tap.at);
        let done = completed.get(&tap.person).map_or(&[][..], Vec::as_slice);
        let sets = by_hand.get(&tap.person).into_iter().flatten();
        let set_by_then = sets.rev().find(|set| set.at <= tap.at);
        let by_hand = set_by_then.and_then(|set| set.tier);
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
        (tap.tap, facts)
    };
    Ok(taps.iter().map(asked).collect())
}

/// The rows of the asks of a period.
fn rows_of(program: &Program<'_>, shown: Option<&Period>) -> Result<Vec<TapRow>> {
    let taps = |period: &Period| {
        let since = program.present.policy.time_zone.start_of(period.from());
        program.tx.taps(&TapFilter {
            since: Some(since),
            ..TapFilter::default()
        })
    };
    Ok(shown.map(taps).transpose()?.unwrap_or_default())
}

fn figures(report: &Acceptance) -> Record {
    Record::new()
        .with("acceptance_rate", "Acceptance rate", report.acceptance)
        .with("completion_rate", "Of those done", report.completion)
        .with("taps", "Taps", report.taps)
        .called("Taps, the withdrawn too")
        .with("declined", "Declined", report.declined)
        .with("no_reply", "No reply", report.no_reply)
        .with("no_show", "No-show", report.no_show)
        .with("pending", "Pending", report.pending)
        .with("withdrawn", "Withdrawn", report.withdrawn)
}

fn groups(asks: &[&MadeAsk], by: AskedBy) -> Sheet {
    let facts = asks.iter().map(|(_, facts)| facts);
    let groups = in_groups(facts, |one| one.group(by), acceptance);
    by_group(&groups)
        .rate("acceptance_rate", "Acceptance rate", |(_, one)| {
            one.acceptance
        })
        .rate("completion_rate", "Of those done", |(_, one)| {
            one.completion
        })
        .right("taps", "Taps", |(_, one)| one.taps)
        .called("Taps, the withdrawn too")
        .right("declined", "Declined", |(_, one)| one.declined)
        .right("no_reply", "No reply", |(_, one)| one.no_reply)
        .data("no_show", |(_, one)| one.no_show)
        .right("pending", "Pending", |(_, one)| one.pending)
        .data("withdrawn", |(_, one)| one.withdrawn)
        .empty("Nobody was asked in this period.")
}

fn rows(rows: &[TapRow], asks: &[&MadeAsk]) -> Sheet {
    let facts: HashMap<TapId, &AskedFacts> =
        asks.iter().map(|(tap, facts)| (*tap, facts)).collect();
    let asks = rows.iter();
    let asks = asks.filter_map(|row| Some((row, *facts.get(&row.id)?)));
    let asks: Vec<(&TapRow, &AskedFacts)> = asks.collect();
    Table::of(&asks)
        .right("tap_id", "Tap", |(tap, _)| tap.id)
        .left("tapped_on", "On", |(_, facts)| facts.on)
        .who_and_account(|(tap, _)| *tap)
        .left("tier", "Tier", |(_, facts)| facts.traits.tier)
        .spare()
        .left("ask", "Ask", |(tap, _)| tap.kind)
        .left("effort", "Effort", |(tap, _)| tap.effort)
        .spare()
        .left("outcome", "Outcome", |(tap, _)| tap.outcome)
        .always()
        .empty("Nobody was asked in this period.")
}
