//! `report experience`: how completed asks were liked, by those who were asked and by the prospects.

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::Groupings;
use super::kind::{Kind, Report};
use super::people::Program;
use super::source::AtEnds;
use crate::domain::experience::{CompletedAsk, Experience, Ratings, experience};
use crate::domain::period::Period;
use crate::domain::tap::{Outcome, Rating};
use crate::failure::Result;
use crate::output::{Cell, Chart, ChartKind, Document, Figure, Record, Sheet, Table};
use crate::store::{TapFilter, TapRow};
use crate::views::who::WhoColumns;

pub(super) const KIND: Kind = Kind {
    name: "experience",
    title: "Experience",
    question: "How did they like it, and how did the prospects?",
    schema: "report-experience/1",
    by: Groupings {
        without: Some("ask"),
        ..Groupings::of(|| vec!["ask"])
    },
    pack_by: None,
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Liked(
            source.at_ends(periods, |program, period| {
                completed(program, source.shows(period))
            })?,
        )))
    },
};

/// The completed asks, as they were rated at the end of each period.
struct Liked(AtEnds<Completed>);

struct Completed {
    asks: Vec<CompletedAsk>,
    /// What is shown of them, where that is asked for.
    rows: Vec<(TapRow, CompletedAsk)>,
    /// The best rating that is still a bad one.
    most: u32,
}

impl Completed {
    fn of(&self, period: &Period) -> (Experience, Vec<(String, Experience)>) {
        let (all, kinds) = experience(&self.asks, period, self.most);
        let kinds = kinds.into_iter().map(|(kind, one)| (kind.to_string(), one));
        (all, kinds.collect())
    }

    fn asked_prospects(&self) -> bool {
        self.asks.iter().any(|ask| ask.prospect_rating.is_some())
    }

    fn rows(&self, period: &Period, which: impl Fn(&CompletedAsk) -> bool) -> Sheet {
        let asks = self.rows.iter();
        let asks = asks.filter(|(_, ask)| period.contains(ask.on) && which(ask));
        let asks: Vec<&(TapRow, CompletedAsk)> = asks.collect();
        Table::of(&asks)
            .right("tap_id", "Tap", |(tap, _)| tap.id)
            .left("completed_on", "On", |(_, ask)| ask.on)
            .who_and_account(|(tap, _)| tap)
            .left("ask", "Ask", |(tap, _)| tap.kind)
            .right("rating", "Rating", |(tap, _)| tap.rating)
            .right("prospect_rating", "The prospect's", |(tap, _)| {
                tap.prospect_rating
            })
            .spare()
            .left("note", "Note", |(tap, _)| tap.outcome_note.as_ref())
            .always()
            .left("prospect_note", "The prospect said", |(tap, _)| {
                tap.prospect_note.as_ref()
            })
            .spare()
            .empty("none")
    }
}

impl Followed for Liked {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let (all, _) = self.0.of(period).facts.of(period);
        let advocates = Figure::new("advocates_mean", "Advocates' rating", mean(&all.advocates));
        let advocates = advocates.more_is_better();
        let prospects = Figure::new("prospects_mean", "Prospects' rating", mean(&all.prospects))
            .more_is_better();
        // Most programs never ask the prospects.
        let asked = self.0.iter().any(Completed::asked_prospects);
        let prospects = asked.then_some(prospects);
        std::iter::once(advocates).chain(prospects).collect()
    }
}

impl Report for Liked {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = asked.now();
        let found = &self.0.of(now).facts;
        let (_, kinds) = found.of(now);
        let key = asked.by.map_or("asks", |_| "groups");
        let low = found.rows(now, |ask| ask.is_low(found.most));
        Document {
            details: Record::new().with(key, "By ask", groups(&kinds)).with(
                "low_asks",
                "Liked little",
                low,
            ),
            facts: asked.facts("Completed asks", || found.rows(now, |_| true)),
            ..asked.document(|period| {
                let (all, _) = self.0.of(period).facts.of(period);
                figures(&all)
            })
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let of = |period: &Period| {
            let (all, _) = self.0.of(period).facts.of(period);
            (mean(&all.advocates), Some(all.advocates.n))
        };
        vec![way.trend_of(
            "experience-trend",
            "Advocates' rating",
            ChartKind::Lines,
            of,
        )]
    }
}

/// The completed asks, with the rows of those of a period that are to be shown.
fn completed(program: &Program<'_>, shown: Option<&Period>) -> Result<Completed> {
    let day = |at| program.present.day(at);
    let asks = program.asks()?;
    let asks = asks.iter().filter(|ask| ask.outcome == Outcome::Completed);
    let asks = asks.map(|ask| CompletedAsk {
        tap: ask.tap,
        kind: ask.kind,
        on: day(ask.outcome_at),
        rating: ask.rating,
        prospect_rating: ask.prospect_rating,
    });
    let zone = program.present.policy.time_zone;
    let taps = |period: &Period| {
        program.tx.taps(&TapFilter {
            outcome: Some(Outcome::Completed),
            settled: Some((zone.start_of(period.from()), zone.start_of(period.until()))),
            ..TapFilter::default()
        })
    };
    let taps = shown.map(taps).transpose()?.unwrap_or_default();
    let rows = taps.into_iter().map(|tap| {
        let ask = CompletedAsk {
            tap: tap.id,
            kind: tap.kind,
            on: day(tap.outcome_at),
            rating: tap.rating.and_then(Rating::new),
            prospect_rating: tap.prospect_rating.and_then(Rating::new),
        };
        (tap, ask)
    });
    Ok(Completed {
        asks: asks.collect(),
        rows: rows.collect(),
        most: program.present.policy.bad_rating.most,
    })
}

fn mean(ratings: &Ratings) -> Option<Cell> {
    ratings.mean().map(|mean| Cell::decimal(mean, 2))
}

fn figures(all: &Experience) -> Record {
    let side = |ratings: &Ratings| {
        Record::new()
            .with("mean", "mean", mean(ratings))
            .with("n", "n", ratings.n)
    };
    Record::new()
        .with("completed", "Completed asks", all.completed)
        .with("advocates", "Advocates' ratings", side(&all.advocates))
        .with("prospects", "Prospects' ratings", side(&all.prospects))
        .with("low", "Low ratings", all.low)
}

fn groups(kinds: &[(String, Experience)]) -> Sheet {
    Table::of(kinds)
        .left("group", "Ask", |(kind, _)| kind)
        .right("completed", "Completed", |(_, one)| one.completed)
        .right("advocates_mean", "Advocates", |(_, one)| {
            mean(&one.advocates)
        })
        .right("advocates_n", "n", |(_, one)| one.advocates.n)
        .right("prospects_mean", "Prospects", |(_, one)| {
            mean(&one.prospects)
        })
        .right("prospects_n", "n", |(_, one)| one.prospects.n)
        .right("low", "Low", |(_, one)| one.low)
        .empty("No ask was completed in this period.")
}
