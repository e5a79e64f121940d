//! The reports about people. What one says of a past period is what it said on the period's last day.

use chrono::Days;

use super::{History, answers, assert_moved, assert_same, in_berlin, live};

const REPORTS: [&str; 7] = [
    "report pool --by industry --rows",
    "report activation --by tier --rows",
    "report load --by owner --rows",
    "report acceptance --rows",
    "report flywheel --by industry --rows",
    "report nps --by industry --rows",
    "report coverage --rows",
];

/// Those of them that tell how things stood at the period's end.
const STANDING: [&str; 5] = [REPORTS[0], REPORTS[1], REPORTS[2], REPORTS[4], REPORTS[6]];

const HISTORY: &History = &[
    (
        0,
        &[
            "register p1@a1.example --industry healthcare --owner Ines --will review,reference,referral",
            "register p2@a2.example --industry retail --owner Priya --will review,reference",
            "import people people.csv",
            "invite p3@a3.example",
        ],
    ),
    (
        2,
        &[
            "import nps answers-1.csv --source spring",
            "policy targets set healthcare reference 2",
        ],
    ),
    (
        4,
        &[
            "tap p1@a1.example --ask referral",
            "register p3@a3.example --will review",
        ],
    ),
    (
        6,
        &[
            "outcome 1 completed --introduced Linden",
            "tap p2@a2.example --ask review",
        ],
    ),
    (
        9,
        &[
            "request open --ask reference --industry healthcare --by Dana --wanted 2",
            "pause p2@a2.example --until 2026-06-20",
        ],
    ),
    (
        11,
        &[
            "outcome 2 declined",
            "import nps answers-2.csv --source spring",
        ],
    ),
    (
        13,
        &[
            "register p4@linden.example --account Linden --industry retail --will review,reference",
            "policy targets set healthcare reference 4",
        ],
    ),
    (
        16,
        &[
            "tap p4@linden.example --ask review",
            "tap p4@linden.example --ask reference --override 'they offered'",
        ],
    ),
    (
        18,
        &[
            "outcome 3 withdrawn",
            "request open --ask review --industry retail --by Omar",
        ],
    ),
    (
        20,
        &[
            "retire p1@a1.example --reason left",
            "do-not-contact p3@a3.example --reason 'asked us to stop'",
        ],
    ),
    (
        22,
        &[
            "outcome 4 completed",
            "request close 2 --withdrawn 'deal died'",
        ],
    ),
    (
        24,
        &[
            "policy set tier.silver 2",
            "import nps answers-3.csv --source spring",
        ],
    ),
    (
        26,
        &[
            "register p1@a1.example --will review",
            "policy targets set healthcare reference 0",
        ],
    ),
];

const FILES: [(&str, &str); 4] = [
    // What describes people is known from the first day: what is first filled in later counts from the beginning.
    (
        "people.csv",
        "email,name,industry,owner\np3@a3.example,Pia,retail,Ines\n",
    ),
    (
        "answers-1.csv",
        "id,email,score,date\n1,ann@a1.example,10,2026-05-22\n2,bob@a2.example,9,2026-05-22\n3,p1@a1.example,9,2026-05-22\n",
    ),
    (
        "answers-2.csv",
        "id,email,score,date\n4,ann@a1.example,3,2026-05-31\n5,cai@a3.example,8,2026-05-31\n",
    ),
    (
        "answers-3.csv",
        "id,email,score,date\n6,bob@a2.example,7,2026-06-13\n7,dee@linden.example,10,2026-06-13\n",
    ),
];

#[test]
fn each_day_is_reported_as_it_was() {
    let mut program = in_berlin();
    for (name, text) in FILES {
        program.file(name, text);
    }
    let days = HISTORY.iter().map(|(day, _)| *day).chain([32]);
    let said = live(&mut program, HISTORY, days, |program| {
        let quarter = answers(program, &REPORTS, "--period 2026-Q2 --compare previous");
        (quarter, answers(program, &STANDING, "--period last-10d"))
    });
    for (day, (quarter, ten_days)) in &said {
        let options = format!("--period 2026-Q2 --compare previous --as-of {day}");
        let now = answers(&program, &REPORTS, &options);
        assert_same(&REPORTS, quarter, &now, &options);
        // A past period asked for today, without looking back.
        let options = format!("--period {}..{day}", *day - Days::new(9));
        let now = answers(&program, &STANDING, &options);
        for ((then, now), report) in ten_days.iter().zip(&now).zip(STANDING) {
            let mut then = then["data"].clone();
            then["running"] = false.into();
            assert_eq!(now["data"], then, "{report} {options}");
        }
    }
    for (index, report) in REPORTS.iter().enumerate() {
        let figures = said.values().map(|(quarter, _)| {
            let mut data = quarter[index]["data"].clone();
            let head = data.as_object_mut().unwrap();
            for key in [
                "at",
                "completed_from",
                "completed_to",
                "demand_since",
                "rows",
            ] {
                head.remove(key);
            }
            data
        });
        assert_moved(report, figures, 3);
    }
    program.healthy();
}
