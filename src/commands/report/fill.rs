//! `report fill`: how much of the demand was filled, and how fast.

use chrono::NaiveDate;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{Groupings, by_group, names};
use super::kind::{Kind, Report};
use super::people::Program;
use crate::domain::decisions::Findings;
use crate::domain::fill::{FILL_TARGET, FillReport, RequestFacts, fill, fill_by};
use crate::domain::matching::Trait;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::rate::Rate;
use crate::domain::request;
use crate::failure::Result;
use crate::output::{
    Cell, Chart, ChartKind, Document, Figure, Names, Plain, Record, Series, Sheet, Shown, Table,
    count_of,
};
use crate::store::RequestRow;

type Group = fn(&RequestFacts) -> Option<String>;

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
    by: Groupings::of(|| names(GROUPS)),
    pack_by: Some("industry"),
    at_end: false,
    load: |source, _| {
        Ok(Box::new(Fill {
            facts: source.read(facts)?,
            today: source.present.today,
        }))
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

    fn by(&self, period: &Period, by: Group) -> Vec<(Option<String>, FillReport)> {
        fill_by(&self.facts, period, self.today, by)
    }

    /// The fill rate of each industry with requests that count, the lowest first.
    fn industries(&self, period: &Period) -> Vec<(String, Rate)> {
        let mut rates: Vec<(String, Rate)> = self
            .by(period, RequestFacts::by_industry)
            .into_iter()
            .map(|(name, report)| {
                (
                    name.unwrap_or_else(|| "(none)".to_owned()),
                    report.fill_rate,
                )
            })
            .filter(|(_, rate)| rate.denominator > 0)
            .collect();
        let share = |rate: &Rate| rate.value().unwrap_or_default();
        rates.sort_by(|(_, one), (_, next)| share(one).total_cmp(&share(next)));
        rates
    }

    /// Why slots and fill differ, where a filled request lost somebody later.
    fn lost(&self, period: &Period) -> Option<String> {
        let opened = self
            .facts
            .iter()
            .filter(|one| period.contains(one.opened_on));
        let lost = opened.filter(|one| one.first_filled_at.is_some() && one.supplied < one.wanted);
        let lost = lost.count() as u64;
        (lost > 0).then(|| {
            let requests = count_of(lost, "request that was filled", "requests that were filled");
            format!("Later no-shows: {requests} lost somebody afterwards. The slots say so.")
        })
    }

    fn requests(&self, period: &Period) -> Sheet {
        let opened = self.facts.iter();
        let opened: Vec<&RequestFacts> = opened
            .filter(|one| period.contains(one.opened_on))
            .collect();
        let verdict = |one: &&RequestFacts| one.verdict(self.today).name();
        Table::of(&opened)
            .right("request_id", "Id", |one| one.id)
            .left("ask", "Ask", |one| one.ask)
            .left("industry", "Industry", |one| one.industry.as_ref())
            .cut()
            .left("requested_by", "By", |one| &one.requester)
            .names(Names::Others)
            .cut()
            .spare()
            .left("opened_on", "Opened", |one| one.opened_on)
            .left("needed_by", "Needed by", |one| one.needed_by)
            .data("counts_as", verdict)
            .reading("Counts as", |one| match one.filled_on_time() {
                Some(false) => format!("{} late", verdict(one)),
                _ => verdict(one).to_owned(),
            })
            .always()
            .data("supplied", |one| one.supplied)
            .data("wanted", |one| one.wanted)
            .reading("Slots", |one| format!("{}/{}", one.supplied, one.wanted))
            .figures()
            .right("hours_to_fill", "Hours", |one| {
                one.hours_to_fill().map(|hours| Cell::decimal(hours, 1))
            })
            .data("on_time", |one| one.filled_on_time())
            .empty("No requests were opened in this period.")
    }
}

impl Followed for Fill {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        let median = median_hours(&report, 1);
        vec![
            Figure::new("fill_rate", "Fill rate", report.fill_rate)
                .leading()
                .counting("requests")
                .more_is_better()
                .marked(report.below_target, format!("under {FILL_TARGET} %")),
            Figure::new("on_time", "Filled on time", report.on_time).more_is_better(),
            Figure::new("median_hours_to_fill", "Median hours to fill", median)
                .called("Time to fill, half within")
                .less_is_better(),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        found.fill_by_industry = self.industries(period);
    }
}

impl Report for Fill {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = asked.now();
        Document {
            notes: self.lost(now).into_iter().map(Into::into).collect(),
            details: asked.groups(GROUPS, |by| groups(&self.by(now, by))),
            facts: asked.facts("Requests", || self.requests(now)),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let now = &way.now;
        let target = FILL_TARGET as f64 / 100.0;
        let label = format!("target {FILL_TARGET} %");
        let (names, rates): (Vec<String>, Vec<Rate>) = self.industries(now).into_iter().unzip();
        let title = format!("Fill rate by industry, {}", now.name());
        let rate = |period: &Period| self.of(period).fill_rate;
        let finding = under(&rates, &names);
        let days = |period: &Period| {
            let hours = self.of(period).time_to_fill_hours;
            (
                hours.median.map(|hours| Cell::decimal(hours / 24.0, 1)),
                Some(hours.n),
            )
        };
        let title_of_days = "Days to fill, half of the requests within";
        vec![
            Chart::new(
                "fill-by-industry",
                title,
                ChartKind::Bars,
                "Industry",
                names,
            )
            .finding(finding)
            .with(Series::new("Fill rate", rates.into_iter().map(Cell::from)))
            .reach(target, label.clone()),
            way.trend("fill-trend", "Fill rate", ChartKind::Lines, rate)
                .reach(target, label),
            way.trend_of("fill-hours", title_of_days, ChartKind::Lines, days),
        ]
    }
}

/// What the domain needs to know of every request.
fn facts(program: &Program<'_>) -> Result<Vec<RequestFacts>> {
    let requests = program.tx.requests()?.into_iter();
    let facts = requests.map(|row| {
        let taps = program.tx.taps_for(row.id)?;
        let supplied = taps.iter().filter(|tap| request::supplies(tap.outcome));
        Ok(request_facts(&row, supplied.count(), program.present))
    });
    facts.collect()
}

fn request_facts(row: &RequestRow, supplied: usize, present: &Present) -> RequestFacts {
    let first = request::first_filled(row.events.iter().map(|event| (event.event, event.at)));
    let asked = |wanted| {
        let mut traits = row.traits.iter();
        let found = traits.find(|(kind, ..)| *kind == wanted);
        found.map(|(_, value, _)| value.clone())
    };
    RequestFacts {
        id: row.id,
        ask: row.kind,
        industry: present.industry(row.industry.as_deref()),
        requester: row.requested_by.clone(),
        region: asked(Trait::Region),
        segment: asked(Trait::Segment),
        opened_on: present.day(row.opened_at),
        opened_at: row.opened_at,
        needed_by: row.needed_by,
        due_on: row.due_on(present),
        wanted: row.wanted,
        supplied: u32::try_from(supplied).unwrap_or(u32::MAX),
        status: row.status(),
        first_filled_at: first,
        first_filled_on: first.map(|at| present.day(at)),
    }
}

fn median_hours(report: &FillReport, places: u8) -> Option<Cell> {
    let median = report.time_to_fill_hours.median;
    median.map(|hours| Cell::decimal(hours, places).told(Plain::Days))
}

/// What the rates of industries come to, the lowest first.
fn under(rates: &[Rate], names: &[String]) -> String {
    let enough = |(rate, _): &(&Rate, &String)| !rate.is_small();
    let mut lowest = rates.iter().zip(names).filter(enough);
    match lowest.next() {
        Some((rate, name)) => format!("The lowest: {name}, {} filled", Cell::from(*rate).brief()),
        None => "Too few requests in each industry to say more".to_owned(),
    }
}

fn figures(report: &FillReport) -> Record {
    let record = Record::new()
        .with("fill_rate", "Fill rate", report.fill_rate)
        .with("slot_fill", "Slot fill", report.slot_fill)
        .with("on_time", "On time", report.on_time)
        .with(
            "time_to_fill_hours",
            "Hours to fill",
            Record::of_hours(report.time_to_fill_hours),
        )
        .called("Time to fill")
        .with("filled", "Filled", report.filled)
        .with("unfilled", "Unfilled", report.unfilled)
        .with("overdue", "Overdue", report.overdue)
        .with("open", "Open in time", report.open)
        .with("withdrawn", "Withdrawn", report.withdrawn)
        .data("below_target", report.below_target);
    match report.below_target {
        true => record.say(format!("Under {FILL_TARGET} %: a sourcing problem.")),
        false => record,
    }
}

fn groups(groups: &[(Option<String>, FillReport)]) -> Sheet {
    by_group(groups)
        .rate("fill_rate", "Fill rate", |(_, one)| one.fill_rate)
        .rate("slot_fill", "", |(_, one)| one.slot_fill)
        .only(Shown::ToPrograms)
        .reading("Slots", |(_, one)| parts(one.slot_fill))
        .figures()
        .rate("on_time", "", |(_, one)| one.on_time)
        .only(Shown::ToPrograms)
        .reading("On time", |(_, one)| parts(one.on_time))
        .figures()
        .right("median_hours", "Median hours", |(_, one)| {
            median_hours(one, 1)
        })
        .called("Half within")
        .right("open", "Open", |(_, one)| one.open)
        .right("withdrawn", "Withdrawn", |(_, one)| one.withdrawn)
        .data("below_target", |(_, one)| one.below_target)
        .reading("Mark", |(_, one)| sourcing(one))
        .empty("No requests were opened in this period.")
}

/// What is wrong with a group: on a page nothing that rests on too few requests.
fn sourcing(report: &FillReport) -> Option<Cell> {
    let few = report.fill_rate.is_small();
    report.below_target.then(|| match few {
        true => Cell::text("sourcing").told(Plain::Words("too few to say".to_owned())),
        false => Cell::text("sourcing"),
    })
}

/// A rate's two parts alone, where there is no room for more.
fn parts(rate: Rate) -> Cell {
    let (part, whole) = (rate.numerator, rate.denominator);
    let said = match whole {
        0 => "none yet".to_owned(),
        _ => format!("{part} of {whole}"),
    };
    Cell::text(format!("{part}/{whole}")).told(Plain::Words(said))
}
