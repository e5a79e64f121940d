//! `report nps`: NPS in both its forms, with how sure it is.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "an interval has two ends"
)]

use std::collections::HashSet;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{Groupings, by_group, in_groups, names};
use super::kind::{Kind, Report};
use super::people::Program;
use crate::domain::group::{By, Group, Traits};
use crate::domain::nps::{Answer, Nps, Respondent, latest};
use crate::domain::period::Period;
use crate::failure::Result;
use crate::output::{
    Cell, Chart, ChartKind, Document, Entry, Figure, Names, Plain, Record, Sheet, Shown, Table,
};
use crate::store::AnswerRow;

/// The group to which an answer belongs.
type AnswerBy = fn(&Answer) -> Option<Group>;

const GROUPS: &[(&str, AnswerBy)] = &[
    ("month", |one| {
        Some(Group::named(&one.on.format("%Y-%m").to_string()))
    }),
    ("quarter", |one| {
        Some(Group::named(&one.on.format("%Y-Q%q").to_string()))
    }),
    ("source", |one| Some(Group::named(&one.source))),
    ("industry", |one| one.traits.group(By::Industry)),
    ("segment", |one| one.traits.group(By::Segment)),
    ("region", |one| one.traits.group(By::Region)),
    ("owner", |one| one.traits.group(By::Owner)),
];

/// An answer with the row that it comes from.
type Answered = (AnswerRow, Answer);

pub(super) const KIND: Kind = Kind {
    name: "nps",
    title: "NPS",
    question: "How many would recommend us, and how sure is that?",
    schema: "report-nps/1",
    by: Groupings::of(|| names(GROUPS)),
    pack_by: Some("industry"),
    at_end: false,
    load: |source, periods| {
        let read = |program: &Program<'_>| {
            let read = |period: &Period| Ok((*period, answers(program, period)?));
            periods.iter().map(read).collect()
        };
        Ok(Box::new(Answers(source.read(read)?)))
    },
};

/// The answers of each period.
struct Answers(Vec<(Period, Vec<Answered>)>);

impl Answers {
    fn of(&self, period: &Period) -> &[Answered] {
        let found = self.0.iter().find(|(one, _)| one == period);
        found.map_or(&[], |(_, answers)| answers)
    }

    /// NPS of all responses, and of the latest of each person.
    fn both(&self, period: &Period) -> [Nps; 2] {
        both(self.of(period).iter().map(|(_, answer)| answer))
    }
}

impl Followed for Answers {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let [all, latest] = self.both(period).map(|nps| score(&nps));
        vec![
            Figure::new("nps_latest_per_person", "NPS, latest per person", latest)
                .leading()
                .called("NPS")
                .more_is_better(),
            Figure::new("nps_all_responses", "NPS, all responses", all).more_is_better(),
        ]
    }
}

impl Report for Answers {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = self.of(asked.now());
        let range = "The range is the adjusted Wald interval of 95 %: docs/metrics.md. \
                     With ~ it rests on fewer than 30 responses.";
        let figures = |period: &Period| {
            let [all, latest] = self.both(period).map(|nps| form(&nps));
            Record::new()
                .with("all_responses", "All responses", all)
                .with("latest_per_person", "Latest per person", latest)
        };
        Document {
            details: asked.groups(GROUPS, |by| groups(now, by)),
            facts: asked.facts("Responses", || responses(now)),
            typed: vec![range.into()],
            ..asked.document(figures)
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let latest = |period: &Period| self.both(period)[1];
        let value = |period: &Period| {
            let nps = latest(period);
            (score(&nps), Some(nps.responses()))
        };
        let ends = way.periods.iter().map(|period| latest(period).interval());
        let ends: Vec<_> = ends
            .map(|ends| ends.map(|ends| (ends.low, ends.high)))
            .collect();
        let title = "NPS, latest answer of each person";
        let mut chart = way.trend_of("nps-trend", title, ChartKind::Lines, value);
        for series in &mut chart.series {
            series.band.clone_from(&ends);
        }
        vec![chart]
    }
}

fn answers(program: &Program<'_>, period: &Period) -> Result<Vec<Answered>> {
    let zone = program.present.policy.time_zone;
    let (from, until) = (zone.start_of(period.from()), zone.start_of(period.until()));
    let rows = program.tx.answers(from, until)?.into_iter();
    Ok(rows
        .map(|row| {
            let answer = answer(&row, program);
            (row, answer)
        })
        .collect())
}

/// What the domain needs to know of an answer.
fn answer(row: &AnswerRow, program: &Program<'_>) -> Answer {
    Answer {
        id: row.id,
        respondent: match (row.person, &row.respondent) {
            (Some(person), _) => Respondent::Person(person),
            (None, Some(key)) => Respondent::Elsewhere(row.source.clone(), key.clone()),
            (None, None) => Respondent::Unknown(row.id),
        },
        score: row.score,
        at: row.at,
        on: program.present.day(row.at),
        source: row.source.clone(),
        traits: Traits {
            industry: program.industry(row.industry.as_deref()),
            segment: row.segment.clone(),
            region: row.region.clone(),
            owner: row.owner.clone(),
            tier: None,
        },
    }
}

fn both<'a>(answers: impl Iterator<Item = &'a Answer> + Clone) -> [Nps; 2] {
    [Nps::of(answers.clone()), Nps::of(latest(answers))]
}

/// One form of the figure, with what it is computed from.
fn form(nps: &Nps) -> Record {
    let [low, high] = ends(nps);
    Record::new()
        .with("nps", "NPS", score(nps))
        .data("low", low)
        .data("high", high)
        .data("rough", nps.is_rough())
        .entry(Entry::new("range", "range", range(nps)).only(Shown::ToPeople))
        .with("promoters", "promoters", nps.promoters)
        .with("passives", "passives", nps.passives)
        .with("detractors", "detractors", nps.detractors)
        .with("responses", "responses", nps.responses())
        .data("small_n", nps.is_small())
}

fn score(nps: &Nps) -> Option<Cell> {
    nps.value().map(|value| Cell::decimal(value, 1))
}

/// The two ends of the interval.
fn ends(nps: &Nps) -> [Option<Cell>; 2] {
    let interval = nps.interval().map(|one| [one.low, one.high]);
    let end = |place: usize| interval.map(|ends| Cell::decimal(ends[place], 1));
    [end(0), end(1)]
}

/// The interval in words, such as `14.1..44.2`.
fn range(nps: &Nps) -> Option<Cell> {
    let mark = if nps.is_rough() { "~" } else { "" };
    let interval = nps.interval()?;
    let whole = |end: f64| format!("{end:.0}").replace("-0", "0").replace('-', "−");
    let few = if nps.is_rough() { ": few answers" } else { "" };
    let said = format!(
        "between {} and {}{few}",
        whole(interval.low),
        whole(interval.high)
    );
    let typed = format!("{mark}{:.1}..{:.1}", interval.low, interval.high);
    Some(Cell::text(typed).told(Plain::Words(said)))
}

fn groups(answers: &[Answered], by: AnswerBy) -> Sheet {
    let answers = answers.iter().map(|(_, answer)| answer);
    let groups = in_groups(answers, |answer| by(answer), |all| both(all.into_iter()));
    by_group(&groups)
        .right("nps", "NPS", |(_, [all, _])| score(all))
        .data("low", |(_, [all, _])| ends(all)[0].clone())
        .data("high", |(_, [all, _])| ends(all)[1].clone())
        .reading("Range", |(_, [all, _])| range(all))
        .figures()
        .right("promoters", "Promoters", |(_, [all, _])| all.promoters)
        .right("passives", "Passives", |(_, [all, _])| all.passives)
        .right("detractors", "Detractors", |(_, [all, _])| all.detractors)
        .right("responses", "Responses", |(_, [all, _])| all.responses())
        .right("nps_latest", "NPS, latest", |(_, [_, latest])| {
            score(latest)
        })
        .right("people", "People", |(_, [_, latest])| latest.responses())
        .data("small_n", |(_, [all, _])| all.is_small())
        .reading("Mark", |(_, [all, _])| few(all))
        .empty("Nobody answered in this period.")
}

fn few(nps: &Nps) -> Option<Cell> {
    let said = Plain::Words("few answers".to_owned());
    nps.is_small().then(|| Cell::text("small n").told(said))
}

fn responses(answers: &[Answered]) -> Sheet {
    let counted = latest(answers.iter().map(|(_, answer)| answer));
    let counted: HashSet<_> = counted.iter().map(|one| one.id).collect();
    Table::of(answers)
        .data("response_id", |(row, _)| row.id)
        .left("responded_on", "On", |(_, answer)| answer.on)
        // Whoever answers may have left neither address nor name.
        .reading("Name", |(row, _)| row.name.as_ref().or(row.email.as_ref()))
        .names(Names::Others)
        .cut()
        .data("email", |(row, _)| row.email.as_ref())
        .names(Names::People)
        .data("name", |(row, _)| row.name.as_ref())
        .names(Names::Others)
        .left("account", "Account", |(row, _)| row.account.as_ref())
        .names(Names::Accounts)
        .left("industry", "Industry", |(_, answer)| {
            answer.traits.industry.as_ref()
        })
        .cut()
        .spare()
        .left("source", "Source", |(_, answer)| &answer.source)
        .spare()
        .right("score", "Score", |(_, answer)| answer.score)
        .always()
        .left("group", "Group", |(_, answer)| {
            answer.score.group().to_string()
        })
        .spare()
        .left("latest", "Latest", |(row, _)| counted.contains(&row.id))
        .spare()
        .empty("Nobody answered in this period.")
}
