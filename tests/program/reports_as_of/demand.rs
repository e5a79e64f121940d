//! Fill, reviews and influence.

use super::{History, answers, assert_moved, assert_same, in_berlin, live};

const REPORTS: [&str; 3] = [
    "report fill --period 2026-Q2 --rows --by ask --compare previous",
    "report reviews --period 2026-Q2 --rows --compare previous",
    "report influence --period 2026-Q2 --rows --by ask --compare previous",
];

const HISTORY: &History = &[
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
            "deal edit 1 --amount 1200 --currency EUR",
        ],
    ),
    (
        5,
        &[
            "hold p3@a3.example --request 1",
            "tap p4@a4.example --request 3",
            "asset edit 1 --status drafting --permission name",
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
    (33, &["outcome 8 no-show"]),
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

#[test]
fn each_day_is_reported_as_it_was() {
    let mut program = in_berlin();
    for who in 1..=10 {
        program.advocate(
            &format!("p{who}@a{who}.example"),
            &format!("Account {who}"),
            "media",
            "reference,review,referral",
        );
    }
    let days = (0..=40).chain([45, 47]);
    let said = live(&mut program, HISTORY, days, |program| {
        answers(program, &REPORTS, "")
    });
    for (day, then) in &said {
        let options = format!("--as-of {day}");
        let now = answers(&program, &REPORTS, &options);
        assert_same(&REPORTS, then, &now, &options);
    }
    for (index, report) in REPORTS.iter().enumerate() {
        let data = said.values().map(|all| all[index]["data"].clone());
        assert_moved(report, data, 5);
    }
    program.healthy();
}
