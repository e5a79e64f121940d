//! What is followed of influence, and its pictures: each currency by itself, since two are never added together.

use std::collections::BTreeSet;

use super::super::follow::Way;
use crate::domain::influence::{InfluenceReport, Worth};
use crate::domain::money::{Currency, Money};
use crate::output::{Cell, Chart, ChartKind, Figure, Series};

/// The figures that are followed: pipeline and revenue by currency, in one currency where there is a rate, and the
/// win rate.
pub(super) fn followed(report: &InfluenceReport) -> Vec<Figure> {
    let mut figures = Vec::new();
    for currency in currencies(report) {
        let key = currency.code().to_lowercase();
        let figure = |name: &str, part: fn(&Worth) -> i64| {
            let label = format!("Influenced {name}, {currency}");
            Figure::new(
                format!("{name}_{key}"),
                label,
                worth(report, currency, part),
            )
        };
        figures.push(figure("pipeline", |worth| worth.pipeline_minor).more_is_better());
        let revenue = figure("revenue", |worth| worth.revenue_minor);
        figures.push(revenue.leading().more_is_better());
    }
    if let Some(converted) = &report.total.converted {
        let (pipeline, revenue) = (converted.pipeline, converted.revenue);
        figures.extend([
            Figure::new("pipeline_converted", "Influenced pipeline in all", pipeline),
            Figure::new("revenue_converted", "Influenced revenue in all", revenue),
        ]);
    }
    let label = "Win rate of influenced deals";
    let win_rate = report.influenced.win_rate;
    figures.push(Figure::new("influenced_win_rate", label, win_rate).more_is_better());
    figures
}

/// Every currency in which a deal was ever touched, so that a figure is followed through periods without it.
fn currencies(report: &InfluenceReport) -> BTreeSet<Currency> {
    let amounts = report.rows.iter().filter_map(|row| row.amount);
    amounts.map(|amount| amount.currency).collect()
}

fn worth(report: &InfluenceReport, currency: Currency, part: fn(&Worth) -> i64) -> Money {
    Money {
        amount_minor: report.total.currencies.get(&currency).map_or(0, part),
        currency,
    }
}

/// Pipeline and revenue of each currency, period by period, and how influenced deals went beside the others.
pub(super) fn charts(way: &Way, now: &InfluenceReport, reports: &[InfluenceReport]) -> Vec<Chart> {
    let of_currency = |currency: Currency| {
        let series = |name, part: fn(&Worth) -> i64| {
            let values = reports.iter().map(|one| worth(one, currency, part).into());
            Series::new(name, values)
        };
        let key = format!("influence-{}", currency.code().to_lowercase());
        let title = format!("Influenced pipeline and revenue, {currency}");
        let finding = reports.last().map(|one| finding(one, currency));
        way.chart(&key, &title, ChartKind::Columns)
            .finding(finding.unwrap_or_default())
            .with(series("Pipeline at the end", |worth| worth.pipeline_minor))
            .with(series("Revenue won", |worth| worth.revenue_minor))
    };
    let title = format!("Win rate, {}", way.now.name());
    let deals = ["With an advocate", "Without"];
    let rates = [now.influenced.win_rate, now.not_influenced.win_rate].map(Cell::from);
    let win_rate = Chart::new("influence-win-rate", title, ChartKind::Bars, "Deals", deals)
        .finding(compared(now))
        .beside(1)
        .with(Series::new("Win rate", rates));
    let currencies = currencies(now).into_iter();
    currencies.map(of_currency).chain([win_rate]).collect()
}

/// What deals of a currency come to: those that were won, or else those that are open.
fn finding(report: &InfluenceReport, currency: Currency) -> String {
    let of = |part: fn(&Worth) -> i64| worth(report, currency, part);
    let (won, open) = (
        of(|worth| worth.revenue_minor),
        of(|worth| worth.pipeline_minor),
    );
    match won.amount_minor {
        0 => format!(
            "{} of open deals touched by advocates",
            Cell::from(open).brief()
        ),
        _ => format!(
            "{} of won deals touched by advocates",
            Cell::from(won).brief()
        ),
    }
}

/// How often deals were won with an advocate and without.
fn compared(now: &InfluenceReport) -> String {
    let (with, without) = (now.influenced.win_rate, now.not_influenced.win_rate);
    let [with_words, without_words] = [with, without].map(|rate| Cell::from(rate).brief());
    match () {
        () if with.is_small() || without.is_small() => {
            format!("Won with an advocate: {with_words}, without: {without_words} (few)")
        }
        () => format!("Won with an advocate: {with_words}, without: {without_words}"),
    }
}
