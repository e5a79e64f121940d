//! `--as-of`: an earlier day is answered as it was answered on that day.

use serde_json::Value;

use crate::common::Program;

/// What each day brings.
const DAYS: &[(&str, &[&str])] = &[
    (
        "2026-01-05",
        &[
            "import nps day1.csv",
            "register nina --will reference,review",
        ],
    ),
    (
        "2026-01-20",
        &[
            "tap nina --ask reference",
            "nominate oliver --by Dana --reason 'spoke well of us'",
            "nominate new@northwind.example --by Dana --reason keen",
            "invite oliver --reason 'a promoter'",
        ],
    ),
    (
        "2026-01-22",
        &[
            "outcome 1 accepted",
            "register oliver --will review --wont speaking",
        ],
    ),
    (
        "2026-01-28",
        &["outcome 1 completed --rating 4", "tap oliver --ask review"],
    ),
    (
        "2026-02-10",
        &[
            "outcome 2 withdrawn",
            "pause nina --until 2026-03-01 --reason holiday",
            "signal add --account Fernhill --kind expansion",
            "signal add bea --kind community",
            "nominations decline 2 --reason 'not now'",
        ],
    ),
    (
        "2026-02-20",
        &["import nps day6.csv", "policy set cap.low.months 2"],
    ),
    (
        "2026-03-25",
        &[
            "tap nina --ask review --on 2026-03-24",
            "tap oliver --ask review",
            "nominations accept 2",
        ],
    ),
    (
        "2026-03-28",
        &[
            "outcome 4 declined",
            "verify oliver",
            "register bea --will review,logo",
        ],
    ),
    (
        "2026-04-15",
        &[
            "do-not-contact oliver --reason 'asked to stop'",
            "retire bea --reason left",
        ],
    ),
    (
        "2026-05-30",
        &["tap nina --ask review", "policy set cap.low.months 1"],
    ),
];

const QUESTIONS: &[&str] = &[
    "list",
    "list --stage do-not-contact",
    "candidates",
    "show nina",
    "show oliver",
    "show bea",
    "taps",
    "match --ask review --why-not",
    "match --ask reference --industry healthcare --why-not",
    "policy show cap",
    "signal list",
    "nominations --all",
    "report nominations --period 2026 --rows",
];

#[test]
fn every_earlier_day_is_answered_as_it_was() {
    let mut program = Program::new();
    program.at("2026-01-02");
    program.file(
        "day1.csv",
        "Response ID,Email,Name,Score,Created at,Updated at,Company,Industry\n\
         1,nina@northwind.example,Nina Albrecht,10,2026-01-05 07:00:00,,Northwind,Healthcare\n\
         2,oliver@fernhill.example,Oliver Penrose,9,2026-01-05 07:30:00,,Fernhill,Banking\n\
         3,bea@northwind.example,Bea Thorn,8,2026-01-05 08:00:00,,Northwind,Healthcare\n",
    );
    // Bea changes her mind, and Oliver answers again.
    program.file(
        "day6.csv",
        "Response ID,Email,Name,Score,Created at,Updated at,Company,Industry\n\
         3,bea@northwind.example,Bea Thorn,9,2026-01-05 08:00:00,2026-02-20 08:00:00,Northwind,Healthcare\n\
         4,oliver@fernhill.example,Oliver Penrose,10,2026-02-20 07:30:00,,Fernhill,Banking\n",
    );
    let mut asked: Vec<(&str, &str, Value)> = Vec::new();
    for (day, deeds) in DAYS {
        program.at(day);
        for deed in *deeds {
            program.run(deed).ok();
        }
        // The end of the day, as `--as-of` has it.
        program.at(&format!("{day}T23:59:59Z"));
        for question in QUESTIONS {
            let answer = program.run(&format!("{question} --json")).ok().json();
            assert_eq!(answer["as_of"], *day);
            asked.push((day, question, answer));
        }
    }
    program.at("2026-08-01");
    for (day, question, then) in asked {
        let now = program
            .run(&format!("{question} --as-of {day} --json"))
            .ok()
            .json();
        assert_eq!(now, then, "{question} --as-of {day}");
    }
    program.healthy();
}

#[test]
fn today_is_now_and_tomorrow_is_refused() {
    let program = Program::new();
    crate::nina(&program);
    for question in ["list", "taps", "show nina", "match --ask review"] {
        let plain = program.run(&format!("{question} --json")).ok().out;
        let today = program
            .run(&format!("{question} --json --as-of 2026-06-15"))
            .ok()
            .out;
        assert_eq!(plain, today);
        program
            .run(&format!("{question} --as-of 2026-06-16"))
            .code(2)
            .says("is in the future");
    }
    assert_eq!(
        program
            .data("list --as-of 2026-06-14")
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[test]
fn a_day_ends_at_the_programs_midnight() {
    let mut program = Program::new();
    program.run("policy set time-zone America/New_York").ok();
    // 23:30 in New York is the next day in UTC.
    program.at("2026-06-17T03:30:00Z");
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    program.at("2026-06-20");
    let taps = |day: &str| {
        program
            .data(&format!("taps --as-of {day}"))
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((taps("2026-06-15"), taps("2026-06-16")), (0, 1));
    assert_eq!(program.data("taps")[0]["tapped_on"], "2026-06-16");
}
