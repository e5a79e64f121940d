//! `report reviews`: how many are published, where, and how long case studies take.

use crate::failure::Result;
use chrono::NaiveDate;

use super::{Asked, Figure, Followed, Kind, Periods, Report, group, number, summary};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::calendar::months_before;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::velocity::{
    CaseStudyFacts, PublishedReview, Velocity, VelocityReport, case_study_clock, velocity,
};
use crate::output::{Cell, Chart, ChartKind, Column, Names, Record, Series, Sheet};
use crate::store::AssetRow;

/// What the rows may be grouped by.
#[derive(Clone, Copy)]
enum Group {
    Platform,
    Month,
}

const GROUPS: &[(&str, Group)] = &[("platform", Group::Platform), ("month", Group::Month)];

pub(super) const KIND: Kind = Kind {
    name: "reviews",
    title: "Reviews",
    question: "How many reviews are published, where, and how long do case studies take?",
    schema: "report-reviews/1",
    by: Some("platform"),
    load: |source, _| {
        source.read::<Box<dyn Report>>(|tx, present| {
            let assets = tx.assets()?;
            Ok(Box::new(Reviews {
                published: reviews(&assets, present),
                studies: studies(&assets, present),
                assets,
                today: present.today,
            }))
        })
    },
};

/// Every asset, and what is published of them.
struct Reviews {
    assets: Vec<AssetRow>,
    published: Vec<PublishedReview>,
    studies: Vec<CaseStudyFacts>,
    today: NaiveDate,
}

impl Followed for Reviews {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = velocity(&self.published, period);
        let clock = case_study_clock(&self.studies, period);
        let per_month = Cell::decimal(report.total.per_month, 2);
        vec![
            Figure::new("reviews_per_month", "Reviews per month", per_month).leading(),
            Figure::new(
                "case_studies_published",
                "Case studies published",
                number(clock.published),
            ),
        ]
    }
}

impl Report for Reviews {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let group = group(asked, GROUPS)?;
        let periods = &asked.periods;
        let report = velocity(&self.published, &periods.now);
        let mut record = total(periods.heading(asked.present), &report.total);
        record = asked.beside(record, |beside| {
            let other = velocity(&self.published, beside);
            total(Record::new(), &other.total)
        });
        record = match group {
            Some((_, Group::Month)) => {
                record.with("groups", "By month", months(&self.published, periods))
            }
            _ => record.with("platforms", "By platform", platforms(&report)),
        };
        let clock = case_study_clock(&self.studies, &periods.now);
        record = record
            .with(
                "case_studies_published",
                "Case studies published",
                number(clock.published),
            )
            .with("case_study_weeks", "Weeks to publish", summary(clock.weeks));
        if asked.rows {
            record = record.with(
                "rows",
                "Reviews",
                rows(&self.assets, periods, asked.present),
            );
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let Some(now) = periods.last() else {
            return Vec::new();
        };
        let report = velocity(&self.published, now);
        let (months, counts): (Vec<String>, Vec<u64>) = by_month(&self.published, now, self.today)
            .into_iter()
            .unzip();
        let platforms = report.platforms.iter();
        let before = |one: &Velocity| Cell::decimal(one.per_month_before, 2);
        vec![
            Chart::new(
                "reviews-by-month",
                "Reviews published each month",
                ChartKind::Columns,
                "Month",
                months,
            )
            .with(Series::new("Reviews", counts.into_iter().map(number))),
            Chart::new(
                "reviews-by-platform",
                "Reviews per month by platform",
                ChartKind::Bars,
                "Platform",
                platforms.clone().map(|(name, _)| name.as_str()),
            )
            .with(Series::new(
                now.name(),
                platforms
                    .clone()
                    .map(|(_, one)| Cell::decimal(one.per_month, 2)),
            ))
            .with(Series::new("12 months before", platforms.map(|(_, one)| before(one))).muted()),
        ]
    }
}

/// How many months a picture of reviews goes back.
const MONTHS: u32 = 12;

/// The reviews of each of the twelve months that end with the period or today, those without one as well.
fn by_month(reviews: &[PublishedReview], period: &Period, today: NaiveDate) -> Vec<(String, u64)> {
    let last = period
        .until()
        .pred_opt()
        .unwrap_or(period.until())
        .min(today);
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    let one = |back: u32| {
        let name = month(months_before(last, back));
        let count = reviews
            .iter()
            .filter(|review| month(review.published_on) == name);
        let count = count.count() as u64;
        (name, count)
    };
    (0..MONTHS).rev().map(one).collect()
}

fn reviews(assets: &[AssetRow], present: &Present) -> Vec<PublishedReview> {
    let published = |asset: &AssetRow| {
        Some(PublishedReview {
            platform: asset
                .words
                .platform
                .clone()
                .unwrap_or_else(|| "(none)".to_owned()),
            published_on: present.day(asset.reached(AssetStatus::Published)?),
        })
    };
    assets
        .iter()
        .filter(|asset| asset.words.kind == AssetKind::Review)
        .filter_map(published)
        .collect()
}

fn studies(assets: &[AssetRow], present: &Present) -> Vec<CaseStudyFacts> {
    let day = |asset: &AssetRow, status| asset.reached(status).map(|at| present.day(at));
    assets
        .iter()
        .filter(|asset| asset.words.kind == AssetKind::CaseStudy)
        .map(|asset| CaseStudyFacts {
            asked_on: day(asset, AssetStatus::Asked),
            published_on: day(asset, AssetStatus::Published),
        })
        .collect()
}

fn total(record: Record, total: &Velocity) -> Record {
    record
        .with("published", "Reviews", number(total.published))
        .with("per_month", "Per month", Cell::decimal(total.per_month, 2))
        .with(
            "per_month_before",
            "Per month in the 12 months before",
            Cell::decimal(total.per_month_before, 2),
        )
}

fn platforms(report: &VelocityReport) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("platform", "Platform"),
        Column::right("published", "Reviews"),
        Column::right("per_month", "Per month"),
        Column::right("per_month_before", "12 months before"),
    ])
    .empty("");
    for (platform, one) in &report.platforms {
        sheet.push(vec![
            platform.as_str().into(),
            number(one.published),
            Cell::decimal(one.per_month, 2),
            Cell::decimal(one.per_month_before, 2),
        ]);
    }
    sheet
}

fn months(reviews: &[PublishedReview], periods: &Periods) -> Sheet {
    let mut counts = std::collections::BTreeMap::<String, u64>::new();
    for review in reviews
        .iter()
        .filter(|review| periods.now.contains(review.published_on))
    {
        *counts
            .entry(review.published_on.format("%Y-%m").to_string())
            .or_default() += 1;
    }
    let mut sheet = Sheet::new(vec![
        Column::left("month", "Month"),
        Column::right("published", "Reviews"),
    ])
    .empty("");
    for (month, count) in counts {
        sheet.push(vec![month.into(), number(count)]);
    }
    sheet
}

fn rows(assets: &[AssetRow], periods: &Periods, present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("asset_id", "Asset"),
        Column::left("title", "Title").names(Names::Others),
        Column::left("platform", "Platform"),
        Column::left("published_on", "Published"),
        Column::left("email", "Person").names(Names::People),
    ])
    .empty("No reviews were published in this period.");
    for asset in assets
        .iter()
        .filter(|asset| asset.words.kind == AssetKind::Review)
    {
        let Some(on) = asset
            .reached(AssetStatus::Published)
            .map(|at| present.day(at))
        else {
            continue;
        };
        if periods.now.contains(on) {
            sheet.push(vec![
                asset.id.0.into(),
                asset.words.title.as_str().into(),
                asset.words.platform.as_deref().into(),
                on.into(),
                asset.email.as_deref().into(),
            ]);
        }
    }
    sheet
}
