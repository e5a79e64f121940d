//! `report nps`: NPS in both its forms, with how sure it is.

use crate::failure::Result;
use chrono::NaiveDate;

use super::people::who_columns;
use super::{Asked, Figure, Followed, Kind, Report, follow, group, group_name, number};
use crate::domain::group::{By, Group, Traits, grouped};
use crate::domain::nps::{Answer, Nps, Respondent, latest};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::output::{Cell, Chart, ChartKind, Column, Entry, Record, Sheet, Shown};
use crate::store::{AnswerRow, Tx};

/// What answers are grouped by.
#[derive(Clone, Copy)]
enum AnswerBy {
    Month,
    Quarter,
    Source,
    Trait(By),
}

const GROUPS: &[(&str, AnswerBy)] = &[
    ("month", AnswerBy::Month),
    ("quarter", AnswerBy::Quarter),
    ("source", AnswerBy::Source),
    ("industry", AnswerBy::Trait(By::Industry)),
    ("segment", AnswerBy::Trait(By::Segment)),
    ("region", AnswerBy::Trait(By::Region)),
    ("owner", AnswerBy::Trait(By::Owner)),
];

/// An answer with the row that it comes from.
type Answered = (AnswerRow, Answer);

pub(super) const KIND: Kind = Kind {
    name: "nps",
    title: "NPS",
    question: "How many would recommend us, and how sure is that?",
    schema: "report-nps/1",
    by: Some("industry"),
    load: |source, periods| {
        source.read::<Box<dyn Report>>(|tx, present| {
            let read = |period: &Period| Ok((*period, answers(tx, present, period)?));
            Ok(Box::new(Answers {
                answers: periods.iter().map(read).collect::<Result<_>>()?,
                today: present.today,
            }))
        })
    },
};

/// The answers of each period.
struct Answers {
    answers: Vec<(Period, Vec<Answered>)>,
    today: NaiveDate,
}

impl Answers {
    fn of(&self, period: &Period) -> &[Answered] {
        let found = self.answers.iter().find(|(one, _)| one == period);
        found.map_or(&[], |(_, answers)| answers)
    }

    /// NPS of all responses, and of the latest of each person.
    fn scores(&self, period: &Period) -> [Cell; 2] {
        both(self.of(period).iter().map(|(_, answer)| answer)).map(|nps| score(&nps))
    }
}

impl Followed for Answers {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let [all, latest] = self.scores(period);
        vec![
            Figure::new("nps_latest_per_person", "NPS, latest per person", latest).leading(),
            Figure::new("nps_all_responses", "NPS, all responses", all),
        ]
    }
}

impl Report for Answers {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let by = group(asked, GROUPS)?;
        let now = self.of(&asked.periods.now);
        let mut record = figures(asked.heading(), now);
        record = asked.beside(record, |beside| figures(Record::new(), self.of(beside)));
        if let Some((name, by)) = by {
            record = record.with("groups", format!("By {name}"), groups(now, by));
        }
        if asked.rows {
            record = record.with("rows", "Responses", rows(now));
        }
        Ok(record.say(
            "The range is the adjusted Wald interval of 95 %: docs/metrics.md. With ~ it rests on fewer than 30 responses.",
        ))
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("nps-trend", "NPS, latest per person");
        let latest = |period: &Period| {
            let [_, latest] = self.scores(period);
            latest
        };
        vec![follow::trend(
            words,
            ChartKind::Lines,
            periods,
            self.today,
            latest,
        )]
    }
}

fn answers(tx: &Tx<'_>, present: &Present, period: &Period) -> Result<Vec<Answered>> {
    let zone = present.policy.time_zone;
    let rows = tx.answers(zone.start_of(period.from()), zone.start_of(period.until()))?;
    let answered = |row: AnswerRow| {
        let industries = &present.policy.industries;
        let answer = Answer {
            id: row.id,
            respondent: match (row.person, &row.respondent) {
                (Some(person), _) => Respondent::Person(person),
                (None, Some(key)) => Respondent::Elsewhere(row.source.clone(), key.clone()),
                (None, None) => Respondent::Unknown(row.id),
            },
            score: row.score,
            at: row.at,
            on: present.day(row.at),
            source: row.source.clone(),
            traits: Traits {
                industry: row
                    .industry
                    .as_deref()
                    .map(|words| industries.name_of(words)),
                segment: row.segment.clone(),
                region: row.region.clone(),
                owner: row.owner.clone(),
                tier: None,
            },
        };
        (row, answer)
    };
    Ok(rows.into_iter().map(answered).collect())
}

fn both<'a>(answers: impl Iterator<Item = &'a Answer> + Clone) -> [Nps; 2] {
    [Nps::of(answers.clone()), Nps::of(latest(answers))]
}

fn figures(record: Record, answers: &[Answered]) -> Record {
    let [all, per_person] = both(answers.iter().map(|(_, answer)| answer));
    record
        .with("all_responses", "All responses", form(&all))
        .with("latest_per_person", "Latest per person", form(&per_person))
}

/// One form of the figure, with what it is computed from.
fn form(nps: &Nps) -> Record {
    let interval = nps.interval();
    let end = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::decimal(value, 1));
    Record::new()
        .with("nps", "NPS", score(nps))
        .data("low", end(interval.map(|one| one.low)))
        .data("high", end(interval.map(|one| one.high)))
        .data("rough", nps.is_rough())
        .entry(Entry::new("range", "range", range(nps)).only(Shown::Reading))
        .with("promoters", "promoters", number(nps.promoters))
        .with("passives", "passives", number(nps.passives))
        .with("detractors", "detractors", number(nps.detractors))
        .with("responses", "responses", number(nps.responses()))
        .data("small_n", nps.is_small())
}

fn score(nps: &Nps) -> Cell {
    nps.value()
        .map_or(Cell::Empty, |value| Cell::decimal(value, 1))
}

/// The interval in words, such as `14.1..44.2`.
fn range(nps: &Nps) -> Cell {
    let mark = if nps.is_rough() { "~" } else { "" };
    Cell::opt(
        nps.interval()
            .map(|one| format!("{mark}{:.1}..{:.1}", one.low, one.high)),
    )
}

fn groups(answers: &[Answered], by: AnswerBy) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::right("nps", "NPS"),
        Column::right("low", "Low").only(Shown::Data),
        Column::right("high", "High").only(Shown::Data),
        Column::right("range", "Range").only(Shown::Reading),
        Column::right("promoters", "Promoters"),
        Column::right("passives", "Passives"),
        Column::right("detractors", "Detractors"),
        Column::right("responses", "Responses"),
        Column::right("nps_latest", "NPS, latest"),
        Column::right("people", "People"),
        Column::left("small_n", "Small n").only(Shown::Data),
        Column::left("mark", "Mark").only(Shown::Reading),
    ])
    .empty("Nobody answered in this period.");
    let answers = answers.iter().map(|(_, answer)| answer);
    for (name, answers) in grouped(answers, |answer| named(answer, by)) {
        let [all, per_person] = both(answers.into_iter());
        let interval = all.interval();
        let end = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::decimal(value, 1));
        sheet.push(vec![
            group_name(&name),
            score(&all),
            end(interval.map(|one| one.low)),
            end(interval.map(|one| one.high)),
            range(&all),
            number(all.promoters),
            number(all.passives),
            number(all.detractors),
            number(all.responses()),
            score(&per_person),
            number(per_person.responses()),
            all.is_small().into(),
            if all.is_small() { "small n" } else { "" }.into(),
        ]);
    }
    sheet
}

fn named(answer: &Answer, by: AnswerBy) -> Option<Group> {
    match by {
        AnswerBy::Month => Some(Group::named(&answer.on.format("%Y-%m").to_string())),
        AnswerBy::Quarter => Some(Group::named(&answer.on.format("%Y-Q%q").to_string())),
        AnswerBy::Source => Some(Group::named(&answer.source)),
        AnswerBy::Trait(by) => answer.traits.group(by),
    }
}

fn rows(answers: &[Answered]) -> Sheet {
    let mut sheet = Sheet::new(
        [
            vec![
                Column::right("response_id", "Response").only(Shown::Data),
                Column::left("responded_on", "On"),
            ],
            who_columns(),
            vec![
                Column::left("industry", "Industry"),
                Column::left("source", "Source"),
                Column::right("score", "Score"),
                Column::left("group", "Group"),
                Column::left("latest", "Latest"),
            ],
        ]
        .concat(),
    )
    .empty("Nobody answered in this period.");
    let counted = latest(answers.iter().map(|(_, answer)| answer));
    let counted: std::collections::HashSet<_> = counted.iter().map(|one| one.id).collect();
    for (row, answer) in answers {
        sheet.push(vec![
            row.id.0.into(),
            answer.on.into(),
            row.name.as_deref().or(row.email.as_deref()).into(),
            row.email.as_deref().into(),
            row.name.as_deref().into(),
            row.account.as_deref().into(),
            answer.traits.industry.as_deref().into(),
            answer.source.as_str().into(),
            answer.score.get().into(),
            Cell::text(answer.score.group()),
            counted.contains(&row.id).into(),
        ]);
    }
    sheet
}
