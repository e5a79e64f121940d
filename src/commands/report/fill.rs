//! `report fill`: how much of the demand was filled, and how fast.

use crate::failure::Result;
use chrono::NaiveDate;

use super::{Asked, Figure, Followed, Kind, Periods, Report, follow, group, number, rate, summary};
use crate::domain::decisions::Findings;
use crate::domain::fill::{FILL_TARGET, FillReport, RequestFacts, fill, fill_by};
use crate::domain::matching::Trait;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::rate::Rate;
use crate::domain::request;
use crate::output::{Cell, Chart, ChartKind, Column, Names, Record, Series, Sheet, Shown};
use crate::store::{RequestRow, TapFilter, Tx};

type Group = fn(&RequestFacts) -> Option<String>;

/// The group of what has none.
const NONE: &str = "(none)";

const GROUPS: &[(&str, Group)] = &[
    ("ask", RequestFacts::by_ask),
    ("industry", RequestFacts::by_industry),
    ("requester", RequestFacts::by_requester),
    ("region", RequestFacts::by_region),
    ("segment", RequestFacts::by_segment),
    ("month", RequestFacts::by_month),
];

pub(super) const KIND: Kind = Kind {
    name: "fill",
    title: "Fill",
    question: "How much of the demand was filled, and how fast?",
    schema: "report-fill/1",
    by: Some("industry"),
    load: |source, _| {
        source.read::<Box<dyn Report>>(|tx, present| {
            Ok(Box::new(Fill {
                facts: facts(tx, present)?,
                today: present.today,
            }))
        })
    },
};

/// Every request, as it stands today.
struct Fill {
    facts: Vec<RequestFacts>,
    today: NaiveDate,
}

impl Fill {
    fn of(&self, period: &Period) -> FillReport {
        fill(&self.facts, period, self.today)
    }

    /// The fill rate of each industry with requests that count, the lowest first.
    fn industries(&self, period: &Period) -> Vec<(String, Rate)> {
        let groups = fill_by(&self.facts, period, self.today, RequestFacts::by_industry);
        let mut rates: Vec<(String, Rate)> = groups
            .into_iter()
            .map(|(name, report)| (name.unwrap_or_else(|| NONE.to_owned()), report.fill_rate))
            .filter(|(_, rate)| rate.denominator > 0)
            .collect();
        let share = |rate: &Rate| rate.value().unwrap_or_default();
        rates.sort_by(|(_, one), (_, next)| share(one).total_cmp(&share(next)));
        rates
    }
}

impl Followed for Fill {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        let hours = |value: Option<f64>| value.map_or(Cell::Empty, |one| Cell::decimal(one, 1));
        vec![
            Figure::new("fill_rate", "Fill rate", rate(report.fill_rate))
                .leading()
                .marked(report.below_target, format!("under {FILL_TARGET} %")),
            Figure::new("on_time", "Filled on time", rate(report.on_time)),
            Figure::new(
                "median_hours_to_fill",
                "Median hours to fill",
                hours(report.time_to_fill_hours.median),
            )
            .leading(),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        found.fill_by_industry = self.industries(period);
    }
}

impl Report for Fill {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let group = group(asked, GROUPS)?;
        let periods = &asked.periods;
        let report = self.of(&periods.now);
        let mut record = figures(periods.heading(asked.present), &report);
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        if let Some((name, by)) = group {
            let groups = fill_by(&self.facts, &periods.now, self.today, by);
            record = record.with("groups", format!("By {name}"), groups_sheet(&groups));
        }
        if asked.rows {
            let rows = rows(&self.facts, periods, asked.present);
            record = record.with("rows", "Requests", rows);
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let Some(now) = periods.last() else {
            return Vec::new();
        };
        let industries = self.industries(now);
        let target = f64::from(FILL_TARGET as u32) / 100.0;
        let label = format!("target {FILL_TARGET} %");
        let names: Vec<String> = {
            let named = periods.iter().map(|one| follow::column(one, self.today));
            named.collect()
        };
        let hours = |period| self.of(period).time_to_fill_hours.median;
        vec![
            Chart::new(
                "fill-by-industry",
                format!("Fill rate by industry, {}", now.name()),
                ChartKind::Bars,
                "Industry",
                industries.iter().map(|(name, _)| name.as_str()),
            )
            .with(Series::new(
                "Fill rate",
                industries.iter().map(|(_, one)| rate(*one)),
            ))
            .reach(target, label.clone()),
            Chart::new(
                "fill-trend",
                "Fill rate, period by period",
                ChartKind::Lines,
                "Period",
                names.clone(),
            )
            .with(Series::new(
                "Fill rate",
                periods.iter().map(|one| rate(self.of(one).fill_rate)),
            ))
            .reach(target, label),
            Chart::new(
                "fill-hours",
                "Median hours to fill, period by period",
                ChartKind::Columns,
                "Period",
                names,
            )
            .with(Series::new(
                "Median hours to fill",
                periods
                    .iter()
                    .map(|one| hours(one).map_or(Cell::Empty, |one| Cell::decimal(one, 0))),
            )),
        ]
    }
}

/// What the domain needs to know of every request.
fn facts(tx: &Tx<'_>, present: &Present) -> Result<Vec<RequestFacts>> {
    let mut facts = Vec::new();
    for row in tx.requests()? {
        let taps = tx.taps(&TapFilter {
            request: Some(row.id),
            ..TapFilter::default()
        })?;
        let supplied = taps
            .iter()
            .filter(|tap| request::supplies(tap.outcome))
            .count();
        let first = request::first_filled(row.events.iter().map(|event| (event.event, event.at)));
        let asked = |wanted| trait_of(&row, wanted);
        facts.push(RequestFacts {
            id: row.id,
            ask: row.kind,
            industry: row
                .industry
                .as_deref()
                .map(|words| present.policy.industries.name_of(words)),
            requester: row.requested_by.clone(),
            region: asked(Trait::Region),
            segment: asked(Trait::Segment),
            opened_on: present.day(row.opened_at),
            opened_at: row.opened_at,
            needed_by: row.needed_by,
            wanted: row.wanted,
            supplied: u32::try_from(supplied).unwrap_or(u32::MAX),
            status: row.status(),
            first_filled_at: first,
            first_filled_on: first.map(|at| present.day(at)),
        });
    }
    Ok(facts)
}

fn trait_of(row: &RequestRow, wanted: Trait) -> Option<String> {
    row.traits
        .iter()
        .find(|(kind, ..)| *kind == wanted)
        .map(|(_, value, _)| value.clone())
}

fn figures(record: Record, report: &FillReport) -> Record {
    let record = record
        .with("fill_rate", "Fill rate", rate(report.fill_rate))
        .with("slot_fill", "Slot fill", rate(report.slot_fill))
        .with("on_time", "On time", rate(report.on_time))
        .with(
            "time_to_fill_hours",
            "Hours to fill",
            summary(report.time_to_fill_hours),
        )
        .with("filled", "Filled", number(report.filled))
        .with("unfilled", "Unfilled", number(report.unfilled))
        .with("overdue", "Overdue", number(report.overdue))
        .with("open", "Open in time", number(report.open))
        .with("withdrawn", "Withdrawn", number(report.withdrawn))
        .data("below_target", report.below_target);
    match report.below_target {
        true => record.say(format!("Under {FILL_TARGET} %: a sourcing problem.")),
        false => record,
    }
}

fn groups_sheet(groups: &[(Option<String>, FillReport)]) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::rate("fill_rate", "Fill rate"),
        Column::rate("slot_fill", "Slot fill").only(Shown::Data),
        Column::right("slots", "Slots").only(Shown::Reading),
        Column::rate("on_time", "On time").only(Shown::Data),
        Column::right("in_time", "On time").only(Shown::Reading),
        Column::right("median_hours", "Median hours"),
        Column::right("open", "Open"),
        Column::right("withdrawn", "Withdrawn"),
        Column::left("below_target", "Under target").only(Shown::Data),
        Column::left("mark", "Mark").only(Shown::Reading),
    ])
    .empty("No requests were opened in this period.");
    for (name, report) in groups {
        let median = report.time_to_fill_hours.median;
        sheet.push(vec![
            name.as_deref().unwrap_or(NONE).into(),
            rate(report.fill_rate),
            rate(report.slot_fill),
            parts(report.slot_fill),
            rate(report.on_time),
            parts(report.on_time),
            median.map_or(Cell::Empty, |hours| Cell::decimal(hours, 1)),
            number(report.open),
            number(report.withdrawn),
            report.below_target.into(),
            if report.below_target { "sourcing" } else { "" }.into(),
        ]);
    }
    sheet
}

/// A rate's two parts alone, where there is no room for more.
fn parts(rate: Rate) -> Cell {
    format!("{}/{}", rate.numerator, rate.denominator).into()
}

fn rows(facts: &[RequestFacts], periods: &Periods, present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("request_id", "Id"),
        Column::left("ask", "Ask"),
        Column::left("industry", "Industry"),
        Column::left("requested_by", "By").names(Names::Others),
        Column::left("opened_on", "Opened"),
        Column::left("needed_by", "Needed by"),
        Column::left("counts_as", "Counts as").only(Shown::Data),
        Column::left("reads_as", "Counts as").only(Shown::Reading),
        Column::right("supplied", "Said yes").only(Shown::Data),
        Column::right("wanted", "Wanted").only(Shown::Data),
        Column::right("slots", "Slots").only(Shown::Reading),
        Column::right("hours_to_fill", "Hours"),
        Column::left("on_time", "On time").only(Shown::Data),
    ])
    .empty("No requests were opened in this period.");
    for one in facts
        .iter()
        .filter(|one| periods.now.contains(one.opened_on))
    {
        sheet.push(vec![
            one.id.0.into(),
            one.ask.name().into(),
            one.industry.as_deref().into(),
            one.requester.as_str().into(),
            one.opened_on.into(),
            Cell::opt(one.needed_by),
            one.verdict(present.today).name().into(),
            match (one.verdict(present.today).name(), one.filled_on_time()) {
                (verdict, Some(false)) => format!("{verdict} late").into(),
                (verdict, _) => verdict.into(),
            },
            one.supplied.into(),
            one.wanted.into(),
            format!("{}/{}", one.supplied, one.wanted).into(),
            one.hours_to_fill()
                .map_or(Cell::Empty, |hours| Cell::decimal(hours, 1)),
            Cell::opt(one.filled_on_time()),
        ]);
    }
    sheet
}
