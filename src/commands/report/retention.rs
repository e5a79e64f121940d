//! `report retention`: renewals of accounts with an advocate beside those of the others.

use std::collections::HashMap;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{Groupings, by_group, in_groups, names};
use super::kind::{Kind, Report};
use super::people::Program;
use super::source::Source;
use crate::domain::group::{By, Traits};
use crate::domain::ids::AccountId;
use crate::domain::period::Period;
use crate::domain::rate::Rate;
use crate::domain::retention::{AtStart, Renewal, Retention, StatusSince, renewals, retention};
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::output::{Chart, ChartKind, Document, Figure, Names, Record, Series, Sheet, Table};

pub(super) const KIND: Kind = Kind {
    name: "retention",
    title: "Retention",
    question: "Do accounts with an advocate renew more often?",
    schema: "report-retention/1",
    by: Groupings::of(|| names(GROUPS)),
    pack_by: None,
    at_end: true,
    load: |source, periods| Ok(Box::new(Renewals::of(source, periods)?)),
};

/// What the rows may be grouped by: what describes the account today.
const GROUPS: &[(&str, By)] = &[
    (By::Industry.name(), By::Industry),
    (By::Segment.name(), By::Segment),
    (By::Region.name(), By::Region),
];

/// What is said below the figures, whatever they are.
const NO_CAUSE: &str = "A comparison, not a cause: accounts that are well look after both.";

/// The renewals of each period that is asked about, in its order, and what the accounts are called.
struct Renewals {
    periods: Vec<(Period, Vec<Renewal>)>,
    accounts: HashMap<AccountId, Account>,
}

/// What an account is called, and what it is grouped by.
struct Account {
    name: Option<String>,
    traits: Traits,
}

impl Renewals {
    fn of(source: &Source, periods: &[Period]) -> Result<Self> {
        let today = source.present.today;
        let statuses = source.read(statuses)?;
        let found = periods.iter().map(|period| {
            let start = source.before(period, at_start)?;
            Ok((*period, renewals(&start, &statuses, period, today)))
        });
        Ok(Self {
            periods: found.collect::<Result<_>>()?,
            accounts: source.read(accounts)?,
        })
    }

    fn within(&self, period: &Period) -> &[Renewal] {
        let mut all = self.periods.iter();
        all.find(|(one, _)| one == period)
            .map_or(&[][..], |(_, renewals)| renewals)
    }

    fn retention(&self, period: &Period) -> Retention {
        retention(self.within(period))
    }

    fn groups(&self, period: &Period, by: By) -> Sheet {
        let group = |one: &&Renewal| self.accounts.get(&one.account)?.traits.group(by);
        let report = |renewals: Vec<&Renewal>| retention(renewals);
        let groups = in_groups(self.within(period), group, report);
        by_group(&groups)
            .rate("with_advocate", "With an advocate", |(_, one)| {
                one.with_advocate
            })
            .rate("without", "Without", |(_, one)| one.without)
            .empty("No renewal was due in this period.")
    }

    fn rows(&self, period: &Period) -> Sheet {
        Table::of(self.within(period))
            .left("account", "Account", |one| {
                self.accounts
                    .get(&one.account)
                    .and_then(|one| one.name.as_ref())
            })
            .names(Names::Accounts)
            .left("renewal_on", "Renewal", |one| one.on)
            .left("with_advocate", "Advocate", |one| one.with_advocate)
            .left("renewed", "Renewed", |one| one.churned_on.is_none())
            .always()
            .left("churned_on", "Left", |one| one.churned_on)
            .empty("No renewal was due in this period.")
    }
}

impl Followed for Renewals {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        // Where no renewal is due in any of the periods, there is nothing to follow.
        if self.periods.iter().all(|(_, due)| due.is_empty()) {
            return Vec::new();
        }
        let report = self.retention(period);
        vec![
            Figure::new(
                "with_advocate",
                "Renewed, with an advocate",
                report.with_advocate,
            )
            .more_is_better(),
            Figure::new("without", "Renewed, without", report.without),
        ]
    }
}

impl Report for Renewals {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = asked.now();
        Document {
            details: asked.groups(GROUPS, |by| self.groups(now, by)),
            facts: asked.facts("Renewals", || self.rows(now)),
            notes: vec![NO_CAUSE.into()],
            ..asked.document(|period| figures(&self.retention(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let of = |part: fn(&Retention) -> Rate| {
            let periods = way.periods.iter();
            periods.map(move |period| part(&self.retention(period)).into())
        };
        let chart = way.chart(
            "retention-trend",
            "Renewal rate, period by period",
            ChartKind::Lines,
        );
        vec![
            chart
                .with(Series::new("With an advocate", of(|one| one.with_advocate)))
                .with(Series::new("Without", of(|one| one.without)).muted()),
        ]
    }
}

fn accounts(program: &Program<'_>) -> Result<HashMap<AccountId, Account>> {
    let rows = program.tx.accounts()?.into_iter();
    let accounts = rows.map(|row| {
        let traits = Traits {
            industry: program.industry(row.industry.as_deref()),
            segment: row.segment,
            region: row.region,
            ..Traits::default()
        };
        let name = row.name.or(row.domain);
        (row.id, Account { name, traits })
    });
    Ok(accounts.collect())
}

fn statuses(program: &Program<'_>) -> Result<Vec<StatusSince>> {
    let rows = program.tx.account_statuses()?.into_iter();
    let day = |at| program.present.day(at);
    Ok(rows
        .map(|row| (row.account, row.status, day(row.at)))
        .collect())
}

fn at_start(program: &Program<'_>) -> Result<AtStart> {
    let today = program.present.today;
    let standings = program.tx.standings()?.into_iter();
    let advocates = standings.filter(|(_, one)| one.on(today).is_some_and(Stage::is_advocate));
    let accounts = program.tx.accounts()?.into_iter();
    Ok(AtStart {
        renewals: accounts
            .filter_map(|one| Some((one.id, one.renewal_on?)))
            .collect(),
        with_advocate: advocates.filter_map(|(account, _)| account).collect(),
    })
}

fn figures(report: &Retention) -> Record {
    Record::new()
        .with(
            "with_advocate",
            "Renewed, with an advocate",
            report.with_advocate,
        )
        .with("without", "Renewed, without", report.without)
}
