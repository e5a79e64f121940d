//! What is followed of influence, and its pictures: each currency by itself, since two are never added together.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::{Figure, follow, rate};
use crate::domain::influence::{InfluenceReport, Worth};
use crate::domain::money::{Currency, Money};
use crate::domain::period::Period;
use crate::output::{Cell, Chart, ChartKind, Series};

/// The figures that are followed: pipeline and revenue by currency, in one currency where there is a rate, and the
/// win rate.
pub(super) fn followed(report: &InfluenceReport) -> Vec<Figure> {
    let mut figures = Vec::new();
    for currency in currencies(report) {
        let key = currency.code().to_lowercase();
        figures.push(Figure::new(
            format!("pipeline_{key}"),
            format!("Influenced pipeline, {currency}"),
            worth(report, currency, |worth| worth.pipeline_minor),
        ));
        let revenue = worth(report, currency, |worth| worth.revenue_minor);
        let label = format!("Influenced revenue, {currency}");
        figures.push(Figure::new(format!("revenue_{key}"), label, revenue).leading());
    }
    if let Some(converted) = &report.total.converted {
        let (pipeline, revenue) = (Some(converted.pipeline), Some(converted.revenue));
        figures.push(Figure::new(
            "pipeline_converted",
            "Influenced pipeline in all",
            Cell::from(pipeline),
        ));
        let label = "Influenced revenue in all";
        figures.push(Figure::new("revenue_converted", label, Cell::from(revenue)));
    }
    let win_rate = rate(report.influenced.win_rate);
    figures.push(Figure::new(
        "influenced_win_rate",
        "Win rate of influenced deals",
        win_rate,
    ));
    figures
}

/// Every currency in which a deal was ever touched, so that a figure is followed through periods without it.
fn currencies(report: &InfluenceReport) -> BTreeSet<Currency> {
    let amounts = report.rows.iter().filter_map(|row| row.amount);
    amounts.map(|amount| amount.currency).collect()
}

fn worth(report: &InfluenceReport, currency: Currency, part: fn(&Worth) -> i64) -> Cell {
    let amount_minor = report.total.currencies.get(&currency).map_or(0, part);
    Cell::from(Some(Money {
        amount_minor,
        currency,
    }))
}

/// Pipeline and revenue of each currency, period by period, and how influenced deals went beside the others.
pub(super) fn charts(reports: &[(&Period, InfluenceReport)], today: NaiveDate) -> Vec<Chart> {
    let Some((now, last)) = reports.last() else {
        return Vec::new();
    };
    let named = reports
        .iter()
        .map(|(period, _)| follow::column(period, today));
    let names: Vec<String> = named.collect();
    let mut charts = Vec::new();
    for currency in currencies(last) {
        let of = |part: fn(&Worth) -> i64| {
            let cells = reports
                .iter()
                .map(move |(_, one)| worth(one, currency, part));
            cells.collect::<Vec<Cell>>()
        };
        charts.push(
            Chart::new(
                format!("influence-{}", currency.code().to_lowercase()),
                format!("Influenced pipeline and revenue, {currency}"),
                ChartKind::Columns,
                "Period",
                names.clone(),
            )
            .with(Series::new(
                "Pipeline at the end",
                of(|worth| worth.pipeline_minor),
            ))
            .with(Series::new("Revenue won", of(|worth| worth.revenue_minor))),
        );
    }
    charts.push(
        Chart::new(
            "influence-win-rate",
            format!("Win rate, {}", now.name()),
            ChartKind::Bars,
            "Deals",
            ["With an advocate", "Without"],
        )
        .with(Series::new(
            "Win rate",
            [
                rate(last.influenced.win_rate),
                rate(last.not_influenced.win_rate),
            ],
        )),
    );
    charts
}
