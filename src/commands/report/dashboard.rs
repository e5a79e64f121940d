//! `report`: the program on one screen, each figure beside last period's and on its way there.

use super::follow::{self, PERIODS, headlines};
use super::watch::Watch;
use super::{Periods, REPORTS, Source};
use crate::commands::report::DashboardArgs;
use crate::failure::Result;
use crate::output::{Cell, Column, Headline, Sheet, Shown};
use crate::session::{Done, Session};

pub(super) fn run(args: &DashboardArgs, session: &mut Session<'_>) -> Result<Done> {
    let source = Source::of(session, args.as_of)?;
    let present = source.present.clone();
    let periods = Periods::read(&args.period, Some(&args.compare), &present)?;
    let every = follow::every(&periods);
    let mut figures = Vec::new();
    for kind in REPORTS {
        let report = (kind.load)(&source, &every)?;
        let followed = headlines(report.as_ref(), &periods);
        figures.extend(followed.into_iter().map(|one| (kind.name, one)));
    }
    let watch = source.read(Watch::load)?;
    let watched = headlines(&watch, &periods);
    figures.extend(watched.into_iter().map(|one| ("watch", one)));
    let record = periods
        .heading(&present)
        .with("figures", "", sheet(&figures))
        .say(format!(
            "Trend: {PERIODS} periods of this length, each between its own lowest and highest."
        ))
        .say("More on each: advocate report NAME --compare previous --rows");
    session.show("report/1", present.today, record)?;
    Ok(Done::Fully)
}

fn sheet(figures: &[(&'static str, Headline)]) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("report", "Report").only(Shown::Data),
        Column::left("figure", "Figure").only(Shown::Data),
        Column::left("label", "Figure").only(Shown::Reading),
        Column::right("now", "Now"),
        Column::right("before", "Before"),
        Column::left("trend", "Trend"),
        Column::left("mark", "Mark"),
    ]);
    for (report, one) in figures {
        sheet.push(vec![
            (*report).into(),
            one.key.as_str().into(),
            one.label.as_str().into(),
            one.now.clone(),
            one.before.clone(),
            one.trend.clone(),
            Cell::opt(one.mark.as_deref()),
        ]);
    }
    sheet
}
