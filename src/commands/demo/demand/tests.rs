//! Demand is alive on any day: every status and every reason occurs, and the reports have something to say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::cli::{AsOf, ReportArgs, ReportCommand};
use crate::clock::Clock;
use crate::commands::demo::{Loaded, generate};
use crate::commands::{Context, Present, report};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::influence::influence;
use crate::domain::period::Period;
use crate::domain::policy::Policy;
use crate::domain::request::{self, Event, Status, UnfilledReason};
use crate::domain::touchpoint::NotQualified;
use crate::output::{Format, Style};
use crate::store::{NewOperation, Store, StoreError, TapFilter, Tx};

const DAYS: &[&str] = &[
    "2026-11-21T00:00:20Z",
    "2028-02-29T09:30:00Z",
    "2027-01-01T23:59:59Z",
    "2030-06-15T12:00:00Z",
];
const SEEDS: [u64; 4] = [1, 2, 5, 77];

fn generated(store: &mut Store, now: &str, seed: u64) -> (Loaded, Present) {
    let now = Clock::fixed(now).unwrap().now();
    let present = Present::new(Policy::default(), now);
    let operation = NewOperation {
        at: present.now,
        actor: "test",
        command: "advocate demo",
    };
    let loaded = store.write(&operation, |writing| {
        let zone = Zone::UTC.to_string();
        writing.put_setting("time-zone", &zone)?;
        generate(writing, seed, &present)
    });
    (loaded.unwrap(), present)
}

#[test]
fn demand_is_alive_on_any_day_and_with_any_seed() {
    for now in DAYS {
        for seed in SEEDS {
            let mut store = Store::in_memory().unwrap();
            let (loaded, present) = generated(&mut store, now, seed);
            let looked = store.read(|tx| {
                assert!((40..=48).contains(&loaded.deals), "{loaded:?}");
                assert!((30..=38).contains(&loaded.requests), "{loaded:?}");
                assert_eq!(loaded.assets, 21);
                every_way_a_request_can_go(tx, &present);
                asks_come_after_their_requests(tx, &present);
                every_reason_not_to_qualify(tx, &present);
                the_library_is_filled(tx);
                referrals_came_to_something(tx, &present);
                Ok::<_, StoreError>(())
            });
            looked.unwrap();
        }
    }
}

fn every_way_a_request_can_go(tx: &Tx<'_>, present: &Present) {
    let (mut stands, mut reasons, mut late, mut again) = (BTreeSet::new(), BTreeSet::new(), 0, 0);
    let (mut held, mut sellers) = (0, BTreeSet::new());
    for row in tx.requests().unwrap() {
        let status = request::status(row.events.iter().map(|one| one.event));
        let overdue = request::is_overdue(status, row.needed_by, present.today);
        stands.insert((status, overdue));
        if status == Status::Unfilled {
            reasons.extend(row.events.last().unwrap().reason.clone());
        }
        let filled = request::first_filled(row.events.iter().map(|one| (one.event, one.at)));
        late += u32::from(filled.is_some_and(|at| Some(present.day(at)) > row.needed_by));
        let reopened = |one: &&crate::store::EventRow| one.event == Event::Reopened;
        again += row.events.iter().filter(reopened).count();
        let holds = tx.holds_for(row.id).unwrap();
        held += holds
            .iter()
            .filter(|hold| hold.lapses_at > present.now)
            .count();
        sellers.insert(row.requested_by);
    }
    assert_eq!(stands.len(), 5, "{stands:?}");
    let every: BTreeSet<String> = UnfilledReason::ALL
        .map(|reason| reason.name().to_owned())
        .into();
    assert_eq!(reasons, every);
    assert!(late >= 2 && again == 2, "{late} late, {again} reopened");
    assert_eq!((held, sellers.len()), (1, 4));
}

/// What the commands would have refused did not happen, and a fill is where its last yes is.
fn asks_come_after_their_requests(tx: &Tx<'_>, present: &Present) {
    for row in tx.requests().unwrap() {
        let deal = row.deal.map(|deal| tx.deal(deal).unwrap().unwrap().words);
        assert_eq!(row.prospect, deal.and_then(|words| words.prospect));
        let mut status = Status::Open;
        for (index, one) in row.events.iter().enumerate() {
            assert!(index == 0 || one.event.check(status).is_ok(), "{row:?}");
            status = one.event.leads_to().unwrap_or(status);
            assert!(one.at < present.now);
        }
        let taps = tx.taps(&TapFilter {
            request: Some(row.id),
            ..TapFilter::default()
        });
        for tap in taps.unwrap() {
            assert_eq!(tap.kind, row.kind);
            assert!(tap.at > row.opened_at && !tap.imported, "{tap:?} {row:?}");
            let before = row.events.iter().filter(|one| one.at < tap.at);
            assert_eq!(request::status(before.map(|one| one.event)), Status::Open);
            let filled = row.events.iter().any(|one| one.event == Event::Filled);
            assert!(filled || row.wanted > 1 || !request::supplies(tap.outcome));
        }
    }
}

fn every_reason_not_to_qualify(tx: &Tx<'_>, present: &Present) {
    let facts = tx.deals().unwrap();
    let deals: Vec<_> = facts
        .iter()
        .map(|row| report::deal_facts(row, present))
        .collect();
    let touches = report::touches(tx, present).unwrap();
    let period = Period::parse("last-90d", present.today).unwrap();
    let mut reasons = BTreeSet::new();
    for period in [period.previous(), period] {
        let report = influence(&deals, &touches, &period, None);
        let bad = report.rows.iter().filter_map(|row| row.verdict.err());
        reasons.extend(bad);
        assert_eq!(report.total.currencies.len(), 2, "{:?}", report.total);
        assert!(report.influenced.win_rate.denominator >= 3);
        assert!(report.not_influenced.win_rate.denominator >= 1);
    }
    let expected = [
        NotQualified::NotCompleted,
        NotQualified::UnmappedStage,
        NotQualified::NoOpeningDate,
        NotQualified::NoClosingDate,
        NotQualified::TooEarly,
        NotQualified::AfterClose,
        NotQualified::AfterPeriod,
    ];
    assert_eq!(reasons.into_iter().collect::<Vec<_>>(), expected);
    let report = influence(&deals, &touches, &period, None);
    assert!(report.deals_in_several_kinds >= 1);
    let sourced = report
        .sourced
        .currencies
        .values()
        .map(|worth| worth.deals_won);
    assert!(sourced.sum::<u64>() + report.sourced.without_amount.deals_won >= 1);
}

fn the_library_is_filled(tx: &Tx<'_>) {
    let assets = tx.assets().unwrap();
    let statuses: BTreeSet<_> = assets.iter().map(|asset| asset.status()).collect();
    assert_eq!(statuses.len(), AssetStatus::ALL.len());
    let kinds: BTreeSet<_> = assets.iter().map(|asset| asset.words.kind).collect();
    assert_eq!(kinds.len(), AssetKind::ALL.len());
    for used in tx.asset_uses().unwrap() {
        let asset = tx.asset(used.asset).unwrap().unwrap();
        let before = asset
            .events
            .iter()
            .rfind(|(_, at)| *at <= used.at)
            .unwrap()
            .0;
        assert!(matches!(
            before,
            AssetStatus::Approved | AssetStatus::Published
        ));
        let until = asset.words.permission_until;
        assert!(
            until.is_none_or(|until| until >= Zone::UTC.day(used.at)),
            "{asset:?}"
        );
    }
}

fn referrals_came_to_something(tx: &Tx<'_>, present: &Present) {
    let referrals = tx.referrals().unwrap();
    assert_eq!(referrals.len(), 3, "{referrals:?}");
    let count = |of: fn(&crate::store::ReferralRow) -> bool| {
        referrals.iter().filter(|referral| of(referral)).count()
    };
    assert_eq!(count(|one| one.account.is_some()), 1);
    assert_eq!(count(|one| one.deal.is_some()), 1);
    assert!(referrals.iter().all(|one| one.at < present.now));
}

/// A report on a file, as a program reads it.
fn reported(
    path: &Path,
    now: &str,
    report: fn(ReportArgs) -> ReportCommand,
    period: &str,
) -> Value {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut context = Context {
        program: "advocate".to_owned(),
        clock: Clock::fixed(now).unwrap(),
        database: PathBuf::from(path),
        named_database: None,
        actor: "ada".into(),
        command: "advocate report".into(),
        lock_wait: Duration::from_secs(1),
        format: Format::Json,
        style: Style::default(),
        quiet: false,
        verbose: false,
        assume_yes: false,
        interactive: false,
        no_input: false,
        out: &mut out,
        err: &mut err,
    };
    let args = ReportArgs {
        period: period.to_owned(),
        by: None,
        compare: Some("previous".to_owned()),
        rows: true,
        as_of: AsOf { as_of: None },
    };
    let args = match report(args) {
        ReportCommand::Fill(args) => ReportCommand::Fill(ReportArgs {
            by: Some("industry".to_owned()),
            ..args
        }),
        other => other,
    };
    report::run(&args, &mut context).unwrap();
    let answer: Value = serde_json::from_slice(&out).unwrap();
    answer["data"].clone()
}

fn rows<'a>(answer: &'a Value, key: &str) -> &'a [Value] {
    answer[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn the_reports_have_something_to_say() {
    let folder = tempfile::tempdir().unwrap();
    for (index, now) in DAYS.iter().enumerate() {
        let path = folder.path().join(format!("{index}.db"));
        let mut store = Store::create(&path, Duration::from_secs(1)).unwrap();
        generated(&mut store, now, 1 + index as u64);
        drop(store);
        let today = Clock::fixed(now).unwrap().now();
        let today = Zone::UTC.day(today);
        let quarter = Period::parse("last-90d", today).unwrap().previous().name();
        for period in ["last-90d", quarter.as_str()] {
            let fill = reported(&path, now, ReportCommand::Fill, period);
            assert!(rows(&fill, "rows").len() >= 8, "{fill:#}");
            assert!(
                fill["on_time"]["denominator"].as_u64() >= Some(3),
                "{fill:#}"
            );
            let short = |one: &Value| one["below_target"] == Value::Bool(true);
            let groups = rows(&fill, "groups");
            assert!(
                groups.iter().any(short) && !groups.iter().all(short),
                "{fill:#}"
            );
            let reviews = reported(&path, now, ReportCommand::Reviews, period);
            assert!(reviews["published"].as_u64() >= Some(2), "{reviews:#}");
            assert_eq!(reviews["case_studies_published"], 1, "{reviews:#}");
            let worth = reported(&path, now, ReportCommand::Influence, period);
            assert!(rows(&worth, "totals").len() >= 2, "{worth:#}");
            assert!(rows(&worth, "rows").len() >= 20, "{worth:#}");
        }
        let store = Store::open_read(&path).unwrap();
        store.look_back(Timestamp(i64::MAX)).unwrap();
        assert_eq!(store.read(|tx| tx.discrepancies()).unwrap(), []);
    }
}
