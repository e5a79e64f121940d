//! `report reviews`: how many are published, where, and how long case studies take.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::asked::{Asked, titled};
use super::follow::{Followed, Way};
use super::groups::{Groupings, names};
use super::kind::{Kind, Report};
use super::people::Program;
use super::source::AtEnds;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::calendar::months_before;
use crate::domain::period::Period;
use crate::domain::velocity::{
    CaseStudyFacts, PublishedReview, Velocity, VelocityReport, case_study_clock, velocity,
};
use crate::failure::Result;
use crate::output::{
    Cell, Chart, ChartKind, Document, Figure, Names, Record, Series, Sheet, Table, count,
};
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
    by: Groupings {
        without: Some("platform"),
        ..Groupings::of(|| names(GROUPS))
    },
    pack_by: Some("platform"),
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Reviews {
            today: source.present.today,
            found: source.at_ends(periods, |program, _| load(program))?,
        }))
    },
};

/// What was published at the end of each period.
struct Reviews {
    found: AtEnds<Published>,
    today: NaiveDate,
}

/// Everything that is published.
struct Published {
    /// The assets that are published reviews, one for each of `published`.
    assets: Vec<AssetRow>,
    published: Vec<PublishedReview>,
    studies: Vec<CaseStudyFacts>,
}

impl Followed for Reviews {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let found = self.of(period);
        let per_month = velocity(&found.published, period).total.per_month;
        let per_month = Cell::decimal(per_month, 2);
        let studies = case_study_clock(&found.studies, period).published;
        vec![
            Figure::new("reviews_per_month", "Reviews per month", per_month).more_is_better(),
            Figure::new("case_studies_published", "Case studies published", studies)
                .more_is_better(),
        ]
    }
}

impl Report for Reviews {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = asked.now();
        let found = self.of(now);
        let details = match asked.grouping(GROUPS) {
            Some((name, Group::Month)) => titled(name, months(&found.published, now)),
            _ => {
                let platforms = platforms(&velocity(&found.published, now));
                Record::new().with("platforms", "By platform", platforms)
            }
        };
        Document {
            details,
            facts: asked.facts("Reviews", || found.reviews(now)),
            ..asked.document(|period| figures(self.of(period), period))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let now = &way.now;
        let published = &self.of(now).published;
        let by_month = by_month(published, now, self.today).into_iter();
        let (months, counts): (Vec<String>, Vec<Cell>) = by_month.unzip();
        let report = velocity(published, now);
        let platforms = || report.platforms.iter();
        let per_month = |(_, one): &(String, Velocity)| Cell::decimal(one.per_month, 2);
        let before = |(_, one): &(String, Velocity)| Cell::decimal(one.per_month_before, 2);
        let columns = ("reviews-by-month", "Reviews published each month");
        let bars = ("reviews-by-platform", "Reviews per month by platform");
        let names = platforms().map(|(name, _)| name);
        vec![
            Chart::new(columns.0, columns.1, ChartKind::Columns, "Month", months)
                .finding(format!(
                    "{} in {}",
                    count(report.total.published, "review"),
                    now.spoken()
                ))
                .with(Series::new("Reviews", counts)),
            Chart::new(bars.0, bars.1, ChartKind::Bars, "Platform", names)
                .finding(most(&report.platforms))
                .with(Series::new(now.name(), platforms().map(per_month)))
                .with(Series::new("12 months before", platforms().map(before)).muted()),
        ]
    }
}

impl Reviews {
    fn of(&self, period: &Period) -> &Published {
        &self.found.of(period).facts
    }
}

impl Published {
    fn reviews(&self, period: &Period) -> Sheet {
        let rows = self.assets.iter().zip(&self.published);
        let rows: Vec<_> = rows
            .filter(|(_, review)| period.contains(review.published_on))
            .collect();
        Table::of(&rows)
            .right("asset_id", "Asset", |(asset, _)| asset.id)
            .left("title", "Title", |(asset, _)| &asset.words.title)
            .names(Names::Others)
            .always()
            .left("platform", "Platform", |(asset, _)| {
                asset.words.platform.as_ref()
            })
            .left("published_on", "Published", |(_, review)| {
                review.published_on
            })
            .left("email", "Person", |(asset, _)| asset.email.as_ref())
            .names(Names::People)
            .cut()
            .empty("No reviews were published in this period.")
    }
}

fn load(program: &Program<'_>) -> Result<Published> {
    let present = program.present;
    let mut assets = program.tx.assets()?;
    let published_on = |asset: &AssetRow| asset.published_on(present);
    let studies = assets
        .iter()
        .filter(|asset| asset.words.kind == AssetKind::CaseStudy);
    let studies = studies.map(|asset| CaseStudyFacts {
        asked_on: asset.reached_on(AssetStatus::Asked, present),
        published_on: published_on(asset),
    });
    let studies = studies.collect();
    assets.retain(|asset| asset.words.kind == AssetKind::Review);
    assets.retain(|asset| published_on(asset).is_some());
    let published = assets.iter().filter_map(|asset| {
        let platform = asset.words.platform.as_deref();
        Some(PublishedReview {
            platform: platform.unwrap_or("(none)").to_owned(),
            published_on: published_on(asset)?,
        })
    });
    Ok(Published {
        published: published.collect(),
        assets,
        studies,
    })
}

/// How many months a picture of reviews goes back.
const MONTHS: u32 = 12;

fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// The reviews of each of the twelve months that end with the period or today, those without one as well.
fn by_month(reviews: &[PublishedReview], period: &Period, today: NaiveDate) -> Vec<(String, Cell)> {
    let last = period.last().min(today);
    let one = |back: u32| {
        let name = month(months_before(last, back));
        let published = reviews.iter();
        let published = published.filter(|review| month(review.published_on) == name);
        let count = published.count();
        let spoken = months_before(last, back).format("%b %Y").to_string();
        (spoken, count.into())
    };
    (0..MONTHS).rev().map(one).collect()
}

/// Where most reviews are published.
fn most(platforms: &[(String, Velocity)]) -> String {
    let most = platforms.iter().filter(|(_, one)| one.published > 0);
    let most = most.max_by_key(|(_, one)| one.published);
    most.map_or_else(String::new, |(name, one)| {
        format!("Most reviews on {name}: {} of {}", one.published, {
            platforms.iter().map(|(_, one)| one.published).sum::<u64>()
        })
    })
}

fn figures(found: &Published, period: &Period) -> Record {
    let total = velocity(&found.published, period).total;
    let clock = case_study_clock(&found.studies, period);
    let before = "Per month in the 12 months before";
    Record::new()
        .with("published", "Reviews", total.published)
        .with("per_month", "Per month", Cell::decimal(total.per_month, 2))
        .with(
            "per_month_before",
            before,
            Cell::decimal(total.per_month_before, 2),
        )
        .with(
            "case_studies_published",
            "Case studies published",
            clock.published,
        )
        .with("case_study_weeks", "Weeks to publish", clock.weeks)
}

fn platforms(report: &VelocityReport) -> Sheet {
    Table::of(&report.platforms)
        .left("platform", "Platform", |(platform, _)| platform)
        .right("published", "Reviews", |(_, one)| one.published)
        .right("per_month", "Per month", |(_, one)| {
            Cell::decimal(one.per_month, 2)
        })
        .right("per_month_before", "12 months before", |(_, one)| {
            Cell::decimal(one.per_month_before, 2)
        })
        .empty("")
}

fn months(reviews: &[PublishedReview], period: &Period) -> Sheet {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let on = reviews.iter().map(|review| review.published_on);
    for on in on.filter(|on| period.contains(*on)) {
        *counts.entry(month(on)).or_default() += 1;
    }
    let counts: Vec<(String, u64)> = counts.into_iter().collect();
    Table::of(&counts)
        .left("month", "Month", |(month, _)| month)
        .right("published", "Reviews", |(_, count)| *count)
        .empty("")
}
