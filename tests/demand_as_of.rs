//! What a report says of an earlier day is what it said on that day (issue 3; `domain.md` §8).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod demand_common;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use demand_common::Program;
use serde_json::Value;

const REPORTS: [&str; 3] = [
    "report fill --period 2026-Q2 --rows --by ask --compare previous",
    "report reviews --period 2026-Q2 --rows --compare previous",
    "report influence --period 2026-Q2 --rows --by ask --compare previous",
];

/// What happens on which day of the history, in the order of the day. Requests, taps, deals and assets are numbered
/// as they come.
const HISTORY: &[(u64, &[&str])] = &[
    (
        0,
        &[
            "request open --ask reference --industry healthcare --by Dana --needed-by 2026-05-28",
            "deal add 'One' --prospect Alder --amount 1000 --currency EUR --stage Prospecting --opened 2026-05-18",
            "deal add 'Two' --prospect Beech --amount 250.50 --currency USD --stage 'Verbal yes' --opened 2026-05-01",
        ],
    ),
    (
        1,
        &[
            "request open --ask reference --deal 1 --by Omar --needed-by 2026-06-01",
            "tap p1@a1.example --request 1",
            "asset add 'A story' --kind case-study --person p2@a2.example",
        ],
    ),
    (2, &["outcome 1 accepted", "tap p2@a2.example --request 2"]),
    (
        3,
        &[
            "asset add 'Kind words' --kind review --platform G2 --status published",
            "outcome 2 accepted",
            "request open --ask review --wanted 2 --industry retail --by Dana",
        ],
    ),
    (
        4,
        &[
            "outcome 1 no-show",
            "request reopen 1 --reason no-show",
            "deal edit 1 --amount 1200 --currency EUR",
        ],
    ),
    (
        5,
        &[
            "hold p3@a3.example --request 1",
            "tap p4@a4.example --request 3",
            "asset edit 1 --status drafting",
        ],
    ),
    (6, &["tap p3@a3.example --request 1", "outcome 3 accepted"]),
    (8, &["outcome 4 accepted", "outcome 2 completed --rating 5"]),
    (
        9,
        &["policy set deal.open 'Prospecting; Negotiation/Review; Verbal yes'"],
    ),
    (
        10,
        &[
            "request open --ask referral --by Omar",
            "tap p5@a5.example --request 4",
            "deal edit 2 --stage 'Negotiation/Review'",
            "deal edit 2 --amount 300 --currency USD",
        ],
    ),
    (
        11,
        &[
            "tap p6@a6.example --request 3",
            "request open --ask reference --deal 2 --by Dana --needed-by 2026-06-04",
        ],
    ),
    (
        13,
        &[
            "deal add 'Three' --prospect Cherry --amount 5000 --currency GBP --stage Prospecting --opened 2026-06-01",
            "outcome 5 completed --introduced Cherry --deal 3",
            "outcome 6 declined",
        ],
    ),
    (
        15,
        &[
            "asset edit 1 --status approved",
            "asset use 1 --deal 2",
            "tap p7@a7.example --request 5",
        ],
    ),
    (
        16,
        &["deal edit 1 --stage 'Closed Won' --closed 2026-06-05"],
    ),
    (
        17,
        &[
            "outcome 7 withdrawn",
            "tap p8@a8.example --request 5",
            "asset edit 1 --status published",
        ],
    ),
    (
        18,
        &[
            "asset add 'Star' --kind review --platform Capterra --status published",
            "asset use 3 --deal 3",
        ],
    ),
    (
        20,
        &[
            "outcome 8 accepted",
            "request close 3 --unfilled all-declined",
        ],
    ),
    (
        21,
        &[
            "policy set exchange.into EUR",
            "policy set exchange.rates 'USD 0.9; GBP 1.15'",
        ],
    ),
    (
        22,
        &[
            "request reopen 3 --reason 'one more month'",
            "request open --ask video --by Omar --needed-by 2026-06-15",
        ],
    ),
    (
        24,
        &[
            "deal edit 2 --stage 'Closed Lost' --closed 2026-06-13",
            "asset edit 3 --status expired",
        ],
    ),
    (
        25,
        &[
            "deal edit 2 --stage 'Negotiation/Review' --closed 2026-07-30",
            "tap p9@a9.example --request 3",
        ],
    ),
    (
        27,
        &[
            "policy set exchange.rates 'USD 0.95; GBP 1.15'",
            "outcome 9 accepted",
        ],
    ),
    (
        28,
        &[
            "deal edit 1 --amount 1150.75 --currency EUR",
            "deal edit 1 --closed 2026-06-04",
        ],
    ),
    (
        30,
        &[
            "request close 6 --withdrawn 'deal died'",
            "asset add 'More' --kind review --status published",
            "deal add 'Late' --amount 70 --currency EUR --stage 'Closed Won' --opened 2026-05-01 --closed 2026-06-10",
        ],
    ),
    (
        33,
        &["outcome 8 no-show", "request reopen 5 --reason no-show"],
    ),
    (
        35,
        &[
            "policy set deal.won 'Closed Won; Signed'",
            "deal edit 3 --stage Signed --closed 2026-06-24",
        ],
    ),
    (
        37,
        &[
            "tap p10@a10.example --request 5",
            "outcome 10 accepted",
            "outcome 10 completed",
        ],
    ),
    (
        40,
        &[
            "request open --ask reference --by Dana",
            "request close 7 --unfilled too-late",
        ],
    ),
    // After the quarter.
    (
        45,
        &[
            "deal edit 2 --stage 'Closed Won' --closed 2026-07-04",
            "asset edit 2 --status expired",
        ],
    ),
    (
        47,
        &[
            "request open --ask review --by Omar",
            "asset add 'July' --kind review --platform G2 --status published",
        ],
    ),
];

fn answers(program: &Program, options: &str) -> Vec<Value> {
    REPORTS
        .iter()
        .map(|report| {
            let said = program.run(&format!("--json {report}{options}"));
            assert_eq!(said.code, 0, "{report}{options}: {}", said.err);
            said.json()
        })
        .collect()
}

#[test]
fn each_day_is_reported_as_it_was() {
    let first: NaiveDate = "2026-05-20".parse().unwrap();
    let program = Program::empty("2026-05-18");
    // Days begin and end in Berlin, two hours before UTC's.
    program.ok("init --time-zone Europe/Berlin");
    for who in 1..=10 {
        program.advocate(
            &format!("p{who}@a{who}.example"),
            &format!("Account {who}"),
            "media",
            "reference,review,referral",
        );
    }
    let mut said = BTreeMap::new();
    for number in (0..=40).chain([45, 47]) {
        let day = first + Days::new(number);
        for (moment, line) in HISTORY
            .iter()
            .filter(|(on, _)| *on == number)
            .flat_map(|(_, lines)| lines.iter())
            .enumerate()
        {
            // The last thing of a day comes a moment before it ends.
            let last = HISTORY
                .iter()
                .any(|(on, lines)| *on == number && lines.len() == moment + 1);
            let time = if last {
                "21:59:58".to_owned()
            } else {
                format!("1{moment}:00:00")
            };
            program.at(&format!("{day}T{time}Z")).ok(line);
        }
        program.at(&format!("{day}T21:59:59Z"));
        said.insert(day, answers(&program, ""));
    }
    program.at("2026-08-01");
    for (day, then) in &said {
        let now = answers(&program, &format!(" --as-of {day}"));
        for ((then, now), report) in then.iter().zip(&now).zip(REPORTS) {
            assert_eq!(now, then, "{report} --as-of {day}");
        }
    }
    // The history did move the figures.
    for index in 0..REPORTS.len() {
        let mut different: Vec<&Value> = said.values().map(|all| &all[index]["data"]).collect();
        different.dedup();
        assert!(
            different.len() > 5,
            "{}: {}",
            REPORTS[index],
            different.len()
        );
    }
    assert_eq!(program.run("check").code, 0);
}
