//! `report`: the program on one screen, each figure beside last period's and on its way there.

use clap::Args;

use super::asked::heading;
use super::follow::{PERIODS, Way};
use super::registry::REPORTS;
use super::source::{LOADING, Source};
use super::watch::Watch;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Compared, Document, Record, Sentence, Table, Tone};
use crate::resolve::arguments::{AsOf, words};
use crate::session::{Done, Session};

/// Arguments of the dashboard.
#[derive(Debug, Args)]
pub struct DashboardArgs {
    /// 2026-Q3, 2026-09, 2026, last-quarter, last-90d, ytd, or FROM..TO
    #[arg(long, value_name = "PERIOD", value_parser = words, default_value = "last-90d")]
    pub period: String,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", value_parser = words, default_value = "previous")]
    pub compare: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &DashboardArgs, session: &mut Session<'_>) -> Result<Done> {
    let progress = session.progress(LOADING);
    let source = Source::of_many_days(session, args.as_of)?;
    let today = source.present.today;
    let heading = heading(&args.period, Some(&args.compare), today)?;
    let way = Way::to(heading.period, today);
    let every = way.and(heading.beside);
    let mut figures = Vec::new();
    for kind in &REPORTS {
        progress.doing(kind.doing());
        let report = (kind.load)(&source, &every)?;
        let followed = way.figures(report.as_ref(), heading.beside.as_ref());
        figures.extend(followed.into_iter().map(|one| (kind.name, one)));
    }
    let watched = way.figures(&source.read(Watch::load)?, heading.beside.as_ref());
    figures.extend(watched.into_iter().map(|one| ("watch", one)));
    let figures = Record::new().with("figures", "", table(&figures));
    let more = CommandLine::of("report NAME --compare previous --rows");
    let document = Document {
        notes: vec![
            format!(
                "Trend: {PERIODS} periods of this length, each between its own lowest and highest."
            )
            .into(),
            Sentence::from("More on each: ").then(more),
        ],
        ..Document::new(heading, figures)
    };
    drop(progress);
    session.show("report/1", today, document)
}

fn table<'a>(figures: &'a [(&str, Compared)]) -> Table<'a, (&'a str, Compared)> {
    Table::of(figures)
        .data("report", |(report, _)| *report)
        .data("figure", |(_, one)| &one.figure.key)
        .reading("Figure", |(_, one)| &one.figure.label)
        .right("now", "Now", |(_, one)| one.figure.value.clone())
        .always()
        .right("before", "Before", |(_, one)| one.before.clone())
        .spare()
        .reading("Change", |(_, one)| one.changed())
        .figures()
        .left("trend", "Trend", |(_, one)| Cell::Trend(one.trend.clone()))
        .left("mark", "Mark", |(_, one)| one.figure.mark.as_ref())
        .always()
        .toned(|_| Tone::Bad)
}
