//! `report fill` on an example computed by hand.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::common::{Program, column, keys, rate};

/// Says yes to the request on that day.
fn filled(program: &mut Program, who: usize, request: i64, day: &str) -> i64 {
    let tap = program.tap(&format!("p{who}@a{who}.example"), request);
    program.at(day).run(&format!("outcome {tap} accepted")).ok();
    tap
}

/// Opens a request on that day.
fn open(program: &mut Program, day: &str, options: &str) -> i64 {
    program.at(day).request(options)
}

/// Thirteen requests, twelve of them opened in the second quarter:
///
/// | request | ask | industry | by | opened | needed by | what became of it |
/// |---|---|---|---|---|---|---|
/// | 1 | reference | healthcare | Dana | 1 Apr | 10 Apr | filled after 24 h |
/// | 2 | reference | healthcare | Dana | 1 Apr | 3 Apr | filled after 120 h: late |
/// | 3 | reference | retail | Omar | 10 Apr | | filled after 48 h |
/// | 4 | 2 reviews | retail | Omar | 10 Apr | 30 Apr | the second yes after 96 h |
/// | 5 | reference | healthcare | Omar | 1 May | 10 May | filled after 24 h; no-show, reopened, filled again |
/// | 6 | reference | retail | Dana | 1 May | 20 May | filled after 72 h; no-show, reopened, not filled again |
/// | 7 | reference | retail | Dana | 5 May | | unfilled |
/// | 8 | 3 reviews | healthcare | Omar | 6 May | 30 May | one yes, then unfilled |
/// | 9 | reference | retail | Omar | 1 Jun | 10 Jun | overdue |
/// | 10 | reference | healthcare | Dana | 20 Jun | 15 Jul | open in time |
/// | 11 | review | | Dana | 21 Jun | | withdrawn |
/// | 12 | reference | | Dana | 31 Mar | | filled after 24 h |
/// | 13 | reference | | Omar | 2 Jun | | filled after 24 h; reopened, then withdrawn |
fn demand() -> Program {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Program::copy(MADE.get_or_init(|| made_demand().bytes()), "2026-06-30")
}

fn made_demand() -> Program {
    let mut program = Program::on("2026-03-30");
    for who in 1..=11 {
        program.advocate(
            &format!("p{who}@a{who}.example"),
            &format!("Account {who}"),
            "media",
            "reference,review",
        );
    }
    let one = open(
        &mut program,
        "2026-04-01",
        "--ask reference --industry healthcare --by Dana --needed-by 2026-04-10",
    );
    filled(&mut program, 1, one, "2026-04-02");
    let two = open(
        &mut program,
        "2026-04-01",
        "--ask reference --industry healthcare --by Dana --needed-by 2026-04-03",
    );
    filled(&mut program, 2, two, "2026-04-06");
    let three = open(
        &mut program,
        "2026-04-10",
        "--ask reference --industry retail --by Omar",
    );
    filled(&mut program, 3, three, "2026-04-12");
    let four = open(
        &mut program,
        "2026-04-10",
        "--ask review --wanted 2 --industry retail --by Omar --needed-by 2026-04-30",
    );
    filled(&mut program, 4, four, "2026-04-11");
    filled(&mut program, 5, four, "2026-04-14");
    let five = open(
        &mut program,
        "2026-05-01",
        "--ask reference --industry healthcare --by Omar --needed-by 2026-05-10",
    );
    let tap = filled(&mut program, 6, five, "2026-05-02");
    program
        .at("2026-05-05")
        .run(&format!("outcome {tap} no-show"))
        .ok();
    filled(&mut program, 7, five, "2026-05-06");
    let six = open(
        &mut program,
        "2026-05-01",
        "--ask reference --industry retail --by Dana --needed-by 2026-05-20",
    );
    let tap = filled(&mut program, 8, six, "2026-05-04");
    program
        .at("2026-05-05")
        .run(&format!("outcome {tap} no-show"))
        .ok();
    let seven = open(
        &mut program,
        "2026-05-05",
        "--ask reference --industry retail --by Dana",
    );
    program
        .at("2026-05-20")
        .run(&format!("request close {seven} --unfilled nobody-fits"))
        .ok();
    let eight = open(
        &mut program,
        "2026-05-06",
        "--ask review --wanted 3 --industry healthcare --by Omar --needed-by 2026-05-30",
    );
    filled(&mut program, 9, eight, "2026-05-07");
    program
        .at("2026-05-31")
        .run(&format!("request close {eight} --unfilled all-resting"))
        .ok();
    open(
        &mut program,
        "2026-06-01",
        "--ask reference --industry retail --by Omar --needed-by 2026-06-10",
    );
    open(
        &mut program,
        "2026-06-20",
        "--ask reference --industry healthcare --by Dana --needed-by 2026-07-15",
    );
    let eleven = open(&mut program, "2026-06-21", "--ask review --by Dana");
    program
        .at("2026-06-22")
        .run(&format!("request close {eleven} --withdrawn 'deal died'"))
        .ok();
    let twelve = open(&mut program, "2026-03-31", "--ask reference --by Dana");
    filled(&mut program, 10, twelve, "2026-04-01");
    let thirteen = open(&mut program, "2026-06-02", "--ask reference --by Omar");
    filled(&mut program, 11, thirteen, "2026-06-03");
    program
        .at("2026-06-04")
        .run(&format!("request reopen {thirteen} --reason 'another one'"))
        .ok();
    program
        .at("2026-06-05")
        .run(&format!("request close {thirteen} --withdrawn 'deal died'"))
        .ok();
    program.at("2026-06-30");
    program
}

#[test]
fn fill_by_hand() {
    let program = demand();
    let report = program.data("report fill --period 2026-Q2");
    assert_eq!(
        keys(&report),
        [
            "period",
            "running",
            "from",
            "to",
            "fill_rate",
            "slot_fill",
            "on_time",
            "time_to_fill_hours",
            "filled",
            "unfilled",
            "overdue",
            "open",
            "withdrawn",
            "below_target"
        ]
    );
    assert_eq!(
        (&report["from"], &report["to"]),
        (&json!("2026-04-01"), &json!("2026-06-30"))
    );
    // Filled 1-6 and 13; unfilled 7 and 8; overdue 9. Ten is open in time, eleven withdrawn, twelve of March.
    assert_eq!(report["fill_rate"], rate(7, 10));
    assert_eq!(
        ["filled", "unfilled", "overdue", "open", "withdrawn"].map(|key| &report[key]),
        [7, 2, 1, 1, 1]
    );
    // 1+1+1+2+1+0+1 of the filled, 0+1 of the unfilled, 0 of the overdue.
    assert_eq!(report["slot_fill"], rate(8, 13));
    assert_eq!(report["on_time"], rate(4, 5));
    // 24 24 24 48 72 96 120
    assert_eq!(
        report["time_to_fill_hours"],
        json!({ "median": 48.0, "p90": 120.0, "mean": 58.3, "n": 7 })
    );
    // Exactly 70 % is on target.
    assert_eq!(report["below_target"], false);
}

#[test]
fn fill_in_every_form_of_a_period() {
    let program = demand();
    for (period, name, of, small) in [
        ("2026-Q1", "2026-Q1", (1, 1), true),
        ("2026-06", "2026-06", (1, 2), true),
        ("2026", "2026", (8, 11), false),
        ("last-90d", "2026-04-02..2026-06-30", (5, 8), false),
        (
            "2026-04-01..2026-04-10",
            "2026-04-01..2026-04-10",
            (4, 4),
            true,
        ),
    ] {
        let report = program.data(&format!("report fill --period {period}"));
        assert_eq!(report["period"], name);
        assert_eq!(report["fill_rate"], rate(of.0, of.1), "{period}");
        assert_eq!(report["fill_rate"]["small_n"], small, "{period}");
        assert_eq!(
            report["running"],
            !period.contains("Q1") && !period.contains("04-10"),
            "{period}"
        );
    }
    assert_eq!(
        program.data("report fill")["period"],
        "2026-04-02..2026-06-30"
    );
    for period in ["2026-Q3", "2026-13", "yesterday", "2026-06-30..2026-06-01"] {
        program
            .run(&format!("report fill --period {period}"))
            .code(2);
    }
}

#[test]
fn fill_by_each_group() {
    let program = demand();
    for (by, groups) in [
        (
            "ask",
            vec![
                ("reference", rate(6, 8), 1, false),
                ("review", rate(1, 2), 0, true),
            ],
        ),
        (
            "industry",
            vec![
                ("healthcare", rate(3, 4), 1, false),
                ("retail", rate(3, 5), 0, true),
                ("(none)", rate(1, 1), 0, false),
            ],
        ),
        (
            "requester",
            vec![
                ("Dana", rate(3, 4), 1, false),
                ("Omar", rate(4, 6), 0, true),
            ],
        ),
        (
            "month",
            vec![
                ("2026-04", rate(4, 4), 0, false),
                ("2026-05", rate(2, 4), 0, true),
                ("2026-06", rate(1, 2), 1, true),
            ],
        ),
    ] {
        let report = program.data(&format!("report fill --period 2026-Q2 --by {by}"));
        assert_eq!(report["fill_rate"], rate(7, 10));
        let found: Vec<_> = report["groups"].as_array().unwrap().iter().collect();
        assert_eq!(found.len(), groups.len(), "{by}");
        for (found, (group, rate, open, below)) in found.iter().zip(groups) {
            assert_eq!(found["group"], group, "{by}");
            assert_eq!(found["fill_rate"], rate, "{by} {group}");
            assert_eq!(
                (&found["open"], &found["below_target"]),
                (&json!(open), &json!(below)),
                "{by} {group}"
            );
        }
    }
    let wrong = program.fails("report fill --by tier", 2);
    assert!(
        wrong["message"].as_str().unwrap().contains("requester"),
        "{wrong}"
    );
}

#[test]
fn fill_beside_another_period_and_row_by_row() {
    let program = demand();
    let report = program.data("report fill --period 2026-Q2 --compare previous --rows");
    assert_eq!(report["compared_with"], "2026-Q1");
    assert_eq!(report["beside"]["fill_rate"], rate(1, 1));
    assert_eq!(report["beside"]["time_to_fill_hours"]["mean"], 24.0);
    let rows = &report["rows"];
    assert_eq!(
        column(rows, "request_id"),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]
    );
    assert_eq!(
        column(rows, "counts_as"),
        [
            "filled",
            "filled",
            "filled",
            "filled",
            "filled",
            "filled",
            "unfilled",
            "unfilled",
            "overdue",
            "open",
            "withdrawn",
            "filled"
        ]
    );
    assert_eq!(
        column(rows, "supplied"),
        [1, 1, 1, 2, 1, 0, 0, 1, 0, 0, 0, 1]
    );
    let hours = column(rows, "hours_to_fill");
    assert_eq!(hours[..6], [24.0, 120.0, 48.0, 96.0, 24.0, 72.0]);
    assert_eq!(hours[6], &Value::Null);
    assert_eq!(column(rows, "on_time")[1], false);
    let other = program.data("report fill --period 2026-05 --compare 2026-04");
    assert_eq!(
        (&other["fill_rate"], &other["beside"]["fill_rate"]),
        (&rate(2, 4), &rate(4, 4))
    );
}

#[test]
fn fill_as_of_an_earlier_day() {
    let program = demand();
    // On 5 June request 9 was open in time, and 10 and 11 had not been opened.
    let then = program.data("report fill --period 2026-Q2 --as-of 2026-06-05");
    assert_eq!(then["fill_rate"], rate(7, 9));
    assert_eq!(
        ["open", "withdrawn", "overdue"].map(|key| &then[key]),
        [1, 0, 0]
    );
    // On 3 April only request 1 was filled; 2 and nothing else was open, on its last day.
    let then = program.data("report fill --period 2026-Q2 --as-of 2026-04-03");
    assert_eq!(
        (&then["fill_rate"], &then["open"]),
        (&rate(1, 1), &json!(1))
    );
    assert_eq!(
        program.data("report fill --period 2026-Q2 --as-of 2026-04-04")["fill_rate"],
        rate(1, 2)
    );
}

#[test]
fn fill_as_csv_and_markdown() {
    let program = demand();
    let csv = program
        .run("--format csv report fill --period 2026-Q2")
        .ok()
        .out;
    assert!(csv.contains(",7,10,0.7,8,13,"), "{csv}");
    let csv = program
        .run("--format csv report fill --period 2026-Q2 --by ask")
        .ok()
        .out;
    assert!(csv.contains("\nreference,6,8,0.75,"), "{csv}");
    let markdown = program
        .run("--format markdown report fill --period 2026-Q2 --by ask")
        .ok()
        .out;
    assert!(markdown.contains("7/10 (70.0 %)"), "{markdown}");
    assert!(
        markdown
            .lines()
            .any(|line| line.starts_with("| review ") && line.contains("small n")),
        "{markdown}"
    );
    let table = program.run("report fill --period 2026-05").ok().out;
    assert!(table.contains("2/4 (50.0 %) small n"), "{table}");
    assert!(table.contains("Under 70 %"), "{table}");
}
