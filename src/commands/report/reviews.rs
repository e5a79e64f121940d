//! `report reviews`: how many are published, where, and how long case studies take.

use super::super::{Context, Done, Present};
use super::{Periods, group, number, summary};
use crate::cli::ReportArgs;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::velocity::{
    CaseStudyFacts, PublishedReview, Velocity, VelocityReport, case_study_clock, velocity,
};
use crate::output::{Cell, Column, Record, Sheet};
use crate::store::AssetRow;

/// What the rows may be grouped by.
#[derive(Clone, Copy)]
enum Group {
    Platform,
    Month,
}

const GROUPS: &[(&str, Group)] = &[("platform", Group::Platform), ("month", Group::Month)];

pub(super) fn run(args: &ReportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let group = group(args, GROUPS)?;
    let (assets, periods, present) = context.read(args.as_of.as_of, |tx, present| {
        Ok((tx.assets()?, Periods::read(args, present)?, present.clone()))
    })?;
    let published = reviews(&assets, &present);
    let report = velocity(&published, &periods.now);
    let mut record = total(periods.heading(&present), &report.total);
    if let Some(beside) = &periods.beside {
        let other = velocity(&published, beside);
        record = record.with("beside", beside.name(), total(Record::new(), &other.total));
    }
    record = match group {
        Some((_, Group::Month)) => record.with("groups", "By month", months(&published, &periods)),
        _ => record.with("platforms", "By platform", platforms(&report)),
    };
    let clock = case_study_clock(&studies(&assets, &present), &periods.now);
    record = record
        .with(
            "case_studies_published",
            "Case studies published",
            number(clock.published),
        )
        .with("case_study_weeks", "Weeks to publish", summary(clock.weeks));
    if args.rows {
        record = record.with("rows", "Reviews", rows(&assets, &periods, &present));
    }
    context.show("report-reviews/1", present.today, record)?;
    Ok(Done::Fully)
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
        Column::left("title", "Title"),
        Column::left("platform", "Platform"),
        Column::left("published_on", "Published"),
        Column::left("email", "Person"),
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
