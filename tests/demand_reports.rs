//! The three reports through the binary, each on an example computed by hand (issue 3; `domain.md` §8).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod demand_common;

use std::sync::OnceLock;

use demand_common::{Program, column};
use serde_json::{Value, json};

fn rate(numerator: u64, denominator: u64) -> Value {
    let value = (denominator > 0).then(|| numerator as f64 / denominator as f64);
    json!({
        "numerator": numerator, "denominator": denominator, "value": value, "small_n": denominator < 5
    })
}

fn keys(record: &Value) -> Vec<&str> {
    record
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// Says yes to the request on that day.
fn filled(program: &Program, who: usize, request: i64, day: &str) -> i64 {
    let tap = program.tap(&format!("p{who}@a{who}.example"), request);
    program.at(day).ok(&format!("outcome {tap} accepted"));
    tap
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
    let program = Program::on("2026-03-30");
    for who in 1..=11 {
        program.advocate(
            &format!("p{who}@a{who}.example"),
            &format!("Account {who}"),
            "media",
            "reference,review",
        );
    }
    let open = |day: &str, options: &str| {
        program.at(day);
        program.request(options)
    };
    let at = |day: &str, line: &str| program.at(day).ok(line);
    let one = open(
        "2026-04-01",
        "--ask reference --industry healthcare --by Dana --needed-by 2026-04-10",
    );
    filled(&program, 1, one, "2026-04-02");
    let two = open(
        "2026-04-01",
        "--ask reference --industry healthcare --by Dana --needed-by 2026-04-03",
    );
    filled(&program, 2, two, "2026-04-06");
    let three = open("2026-04-10", "--ask reference --industry retail --by Omar");
    filled(&program, 3, three, "2026-04-12");
    let four = open(
        "2026-04-10",
        "--ask review --wanted 2 --industry retail --by Omar --needed-by 2026-04-30",
    );
    filled(&program, 4, four, "2026-04-11");
    filled(&program, 5, four, "2026-04-14");
    let five = open(
        "2026-05-01",
        "--ask reference --industry healthcare --by Omar --needed-by 2026-05-10",
    );
    let tap = filled(&program, 6, five, "2026-05-02");
    at("2026-05-05", &format!("outcome {tap} no-show"));
    at(
        "2026-05-05",
        &format!("request reopen {five} --reason no-show"),
    );
    filled(&program, 7, five, "2026-05-06");
    let six = open(
        "2026-05-01",
        "--ask reference --industry retail --by Dana --needed-by 2026-05-20",
    );
    let tap = filled(&program, 8, six, "2026-05-04");
    at("2026-05-05", &format!("outcome {tap} no-show"));
    at(
        "2026-05-05",
        &format!("request reopen {six} --reason no-show"),
    );
    let seven = open("2026-05-05", "--ask reference --industry retail --by Dana");
    at(
        "2026-05-20",
        &format!("request close {seven} --unfilled nobody-fits"),
    );
    let eight = open(
        "2026-05-06",
        "--ask review --wanted 3 --industry healthcare --by Omar --needed-by 2026-05-30",
    );
    filled(&program, 9, eight, "2026-05-07");
    at(
        "2026-05-31",
        &format!("request close {eight} --unfilled all-resting"),
    );
    open(
        "2026-06-01",
        "--ask reference --industry retail --by Omar --needed-by 2026-06-10",
    );
    open(
        "2026-06-20",
        "--ask reference --industry healthcare --by Dana --needed-by 2026-07-15",
    );
    let eleven = open("2026-06-21", "--ask review --by Dana");
    at(
        "2026-06-22",
        &format!("request close {eleven} --withdrawn 'deal died'"),
    );
    let twelve = open("2026-03-31", "--ask reference --by Dana");
    filled(&program, 10, twelve, "2026-04-01");
    let thirteen = open("2026-06-02", "--ask reference --by Omar");
    filled(&program, 11, thirteen, "2026-06-03");
    at(
        "2026-06-04",
        &format!("request reopen {thirteen} --reason 'another one'"),
    );
    at(
        "2026-06-05",
        &format!("request close {thirteen} --withdrawn 'deal died'"),
    );
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
        assert_eq!(
            program.run(&format!("report fill --period {period}")).code,
            2,
            "{period}"
        );
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
    let csv = program.ok("--format csv report fill --period 2026-Q2");
    assert!(csv.contains(",7,10,0.7,8,13,"), "{csv}");
    let csv = program.ok("--format csv report fill --period 2026-Q2 --by ask");
    assert!(csv.contains("\nreference,6,8,0.75,"), "{csv}");
    let markdown = program.ok("--format markdown report fill --period 2026-Q2 --by ask");
    assert!(markdown.contains("7/10 (70.0 %)"), "{markdown}");
    assert!(
        markdown
            .lines()
            .any(|line| line.starts_with("| review ") && line.contains("small n")),
        "{markdown}"
    );
    let table = program.ok("report fill --period 2026-05");
    assert!(table.contains("2/4 (50.0 %) small n"), "{table}");
    assert!(table.contains("Under 70 %"), "{table}");
}

/// Twelve deals; the asset was published on 1 January, and everything else stands in [`influence_by_hand`].
fn sales() -> Program {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Program::copy(MADE.get_or_init(|| made_sales().bytes()), "2026-06-30")
}

fn made_sales() -> Program {
    let program = Program::on("2026-01-01");
    program.ok("asset add 'How Aster halved waiting' --kind case-study --status published");
    program.at("2026-03-30");
    for who in 1..=8 {
        let kinds = if who == 8 { "referral" } else { "reference" };
        program.advocate(
            &format!("p{who}@a{who}.example"),
            &format!("Account {who}"),
            "media",
            kinds,
        );
    }
    let deals = "\
        Deal ID,Deal name,Account,Amount,Currency,Stage,Opened,Close date\n\
        D1,Won and touched twice,One,10000.00,EUR,Closed Won,2026-02-01,2026-05-15\n\
        D2,Open in dollars,Two,5000.50,USD,Prospecting,2026-04-20,\n\
        D3,Sourced,Three,2500,EUR,Prospecting,2026-05-01,\n\
        D4,Used too late,Four,7000,EUR,Closed Won,2026-04-01,2026-04-30\n\
        D5,No opening day,Five,900,EUR,Prospecting,,\n\
        D6,No closing day,Six,100,GBP,Closed Won,2026-04-01,\n\
        D7,Lost,Seven,300,USD,Closed Lost,2026-03-01,2026-06-01\n\
        D8,91 days before,Eight,50,EUR,Prospecting,2026-06-29,\n\
        D9,90 days before,Nine,60,EUR,Prospecting,2026-06-28,\n\
        D10,Unmapped,Ten,1,EUR,Verbal yes,2026-05-01,\n\
        D11,No amount,Eleven,,,Prospecting,2026-05-01,\n\
        D12,Before the quarter,Twelve,1500,JPY,Closed Won,2026-01-01,2026-03-01\n";
    let file = program.file("deals.csv", deals);
    program.at("2026-06-30").ok(&format!("import deals {file}"));
    let reference = |who: usize, deal: &str, day: &str, outcome: &str| {
        program.at(day);
        let request = program.request(&format!("--ask reference --deal {deal} --by Dana"));
        let tap = program.tap(&format!("p{who}@a{who}.example"), request);
        program.ok(&format!("outcome {tap} {outcome}"));
    };
    reference(1, "D1", "2026-04-10", "completed");
    reference(2, "D2", "2026-05-02", "accepted");
    reference(3, "D2", "2026-05-03", "declined");
    reference(4, "D5", "2026-05-04", "accepted");
    reference(5, "D6", "2026-05-05", "completed");
    reference(6, "D7", "2026-04-20", "completed");
    reference(7, "D10", "2026-05-06", "completed");
    program.at("2026-04-14");
    let tap = program.data("tap p8@a8.example --ask referral")["tap_id"].clone();
    program.at("2026-04-15").ok(&format!(
        "outcome {tap} completed --introduced Three --deal D3"
    ));
    program.at("2026-06-30");
    for (deal, day) in [
        ("D1", "2026-05-01"),
        ("D4", "2026-05-05"),
        ("D8", "2026-03-30"),
        ("D9", "2026-03-30"),
        ("D11", "2026-05-10"),
        ("D12", "2026-02-10"),
    ] {
        program.ok(&format!("asset use 1 --deal {deal} --on {day}"));
    }
    program
}

fn worth(currency: Option<&str>, pipeline: i64, revenue: i64, open: u64, won: u64) -> Value {
    json!({
        "currency": currency, "pipeline_minor": pipeline, "revenue_minor": revenue,
        "deals_open": open, "deals_won": won
    })
}

#[test]
fn influence_by_hand() {
    let program = sales();
    let report = program.data("report influence --period 2026-Q2");
    assert_eq!(
        keys(&report),
        [
            "period",
            "running",
            "from",
            "to",
            "totals",
            "sourced",
            "assisted",
            "influenced",
            "not_influenced"
        ]
    );
    // Open: D3 and D9 in euro, D2 in dollars, D11 without an amount. Won: D1, once, though it was touched twice.
    assert_eq!(
        report["totals"],
        json!([
            worth(Some("EUR"), 256_000, 1_000_000, 2, 1),
            worth(Some("USD"), 500_050, 0, 1, 0),
            worth(None, 0, 0, 1, 0)
        ])
    );
    assert_eq!(
        report["sourced"],
        json!([worth(Some("EUR"), 250_000, 0, 1, 0)])
    );
    assert_eq!(
        report["assisted"],
        json!([
            worth(Some("EUR"), 6_000, 1_000_000, 1, 1),
            worth(Some("USD"), 500_050, 0, 1, 0),
            worth(None, 0, 0, 1, 0)
        ])
    );
    // D1 won after 103 days and D7 lost; beside them D4, won after 29 days.
    assert_eq!(report["influenced"]["win_rate"], rate(1, 2));
    assert_eq!(
        report["influenced"]["cycle_days"],
        json!({ "median": 103.0, "p90": 103.0, "mean": 103.0, "n": 1 })
    );
    assert_eq!(report["not_influenced"]["win_rate"], rate(1, 1));
    assert_eq!(report["not_influenced"]["cycle_days"]["median"], 29.0);
}

#[test]
fn influence_row_by_row_with_the_reason() {
    let program = sales();
    let report = program.data("report influence --period 2026-Q2 --rows");
    let rows: Vec<(&str, &str, &str)> = report["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            assert_eq!(row["qualifies"], row["reason"].is_null());
            (
                row["name"].as_str().unwrap(),
                row["touch"].as_str().unwrap(),
                row["reason"].as_str().unwrap_or("qualifies"),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Won and touched twice", "reference", "qualifies"),
            ("Won and touched twice", "case-study used", "qualifies"),
            ("Open in dollars", "reference", "qualifies"),
            ("Open in dollars", "reference", "not accepted or completed"),
            ("Sourced", "referral", "qualifies"),
            ("Used too late", "case-study used", "after the deal's close"),
            (
                "No opening day",
                "reference",
                "the deal has no opening date"
            ),
            (
                "No closing day",
                "reference",
                "the deal is closed without a closing date"
            ),
            ("Lost", "reference", "qualifies"),
            (
                "91 days before",
                "case-study used",
                "more than 90 days before the deal's opening"
            ),
            ("90 days before", "case-study used", "qualifies"),
            (
                "Unmapped",
                "reference",
                "the deal's stage is not mapped to open, won or lost"
            ),
            ("No amount", "case-study used", "qualifies"),
            ("Before the quarter", "case-study used", "qualifies"),
        ]
    );
    let places = column(&report["rows"], "counts_as");
    assert_eq!(
        (places[0], places[2], places[8]),
        (&json!("won"), &json!("pipeline"), &json!("lost"))
    );
    assert_eq!(places[13], &Value::Null);
    assert_eq!(
        report["rows"][0]["amount"],
        json!({ "amount_minor": 1_000_000, "currency": "EUR" })
    );
    // The totals follow from the rows.
    let won: i64 = 1_000_000;
    assert_eq!(report["totals"][0]["revenue_minor"], won);
}

#[test]
fn influence_by_ask_says_that_rows_overlap() {
    let program = sales();
    let report = program.data("report influence --period 2026-Q2 --by ask");
    let groups: Vec<_> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            json!([
                row["ask"],
                row["currency"],
                row["pipeline"]["amount_minor"],
                row["revenue"]["amount_minor"],
                row["deals_open"],
                row["deals_won"]
            ])
        })
        .collect();
    assert_eq!(
        groups,
        [
            json!(["reference", "EUR", 0, 1_000_000, 0, 1]),
            json!(["reference", "USD", 500_050, 0, 1, 0]),
            json!(["referral", "EUR", 250_000, 0, 1, 0]),
            json!(["case-study", "EUR", 6_000, 1_000_000, 1, 1]),
            json!(["case-study", null, null, null, 1, 0]),
        ]
    );
    let table = program.ok("report influence --period 2026-Q2 --by ask");
    assert!(table.contains("1 deal is in more than one row"), "{table}");
    assert!(table.contains("1 deal left out"), "{table}");
}

#[test]
fn influence_beside_another_period_and_in_one_currency_by_rates_only() {
    let program = sales();
    let report = program.data("report influence --period 2026-Q2 --compare previous");
    assert!(report.get("pipeline_converted").is_none());
    assert_eq!(
        report["beside"]["totals"],
        json!([worth(Some("JPY"), 0, 1_500, 0, 1)])
    );
    assert_eq!(report["beside"]["influenced"]["win_rate"], rate(1, 1));

    program.ok("policy set exchange.into EUR");
    assert!(
        program
            .data("report influence --period 2026-Q2")
            .get("pipeline_converted")
            .is_none()
    );
    program.ok("policy set exchange.rates 'USD 0.92'");
    let report = program.data("report influence --period 2026-Q2");
    // 2,560.00 + 5,000.50 x 0.92 = 7,160.46
    assert_eq!(
        report["pipeline_converted"],
        json!({ "amount_minor": 716_046, "currency": "EUR" })
    );
    assert_eq!(
        report["revenue_converted"],
        json!({ "amount_minor": 1_000_000, "currency": "EUR" })
    );
    assert_eq!(report["totals"].as_array().unwrap().len(), 3);
}

#[test]
fn influence_as_csv_and_markdown() {
    let program = sales();
    let csv = program.ok("--format csv report influence --period 2026-Q2");
    assert!(csv.contains("EUR,256000,1000000,2,1"), "{csv}");
    let markdown = program.ok("--format markdown report influence --period 2026-Q2 --rows");
    assert!(markdown.contains("EUR 2,560.00"), "{markdown}");
    assert!(markdown.contains("after the deal's close"), "{markdown}");
    assert_eq!(program.run("report influence --by industry").code, 2);
}

/// Reviews: 3 on G2 and 1 each on Capterra and nowhere in the quarter; 6 on G2 and 3 on TrustRadius in the year before.
fn library() -> Program {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Program::copy(MADE.get_or_init(|| made_library().bytes()), "2026-06-30")
}

fn made_library() -> Program {
    let program = Program::on("2026-06-30");
    let review = |platform: &str, day: &str| {
        let on = if platform.is_empty() {
            String::new()
        } else {
            format!("--platform '{platform}'")
        };
        program.ok(&format!(
            "asset add 'A review' --kind review {on} --status published --on {day}"
        ));
    };
    for day in ["2026-04-01", "2026-04-20", "2026-06-30"] {
        review("G2", day);
    }
    review("capterra.com", "2026-05-01");
    review("", "2026-05-05");
    for day in [
        "2025-04-01",
        "2025-06-01",
        "2025-09-01",
        "2025-12-01",
        "2026-01-01",
        "2026-03-31",
    ] {
        review("g2.com", day);
    }
    for day in ["2025-10-01", "2025-10-02", "2025-10-03"] {
        review("TrustRadius", day);
    }
    review("G2", "2025-03-31");
    program.ok("asset add 'Not there yet' --kind review --platform G2");
    for (asked, published) in [("2026-01-05", "2026-04-06"), ("2026-03-02", "2026-04-13")] {
        program.at(asked);
        let id = program.data("asset add 'A story' --kind case-study")["asset_id"].clone();
        program
            .at(published)
            .ok(&format!("asset edit {id} --status published"));
    }
    program.at("2026-06-30");
    program.ok("asset add 'Found published' --kind case-study --status published --on 2026-05-01");
    program.ok("asset add 'Still asked' --kind case-study");
    program
}

#[test]
fn reviews_by_hand() {
    let program = library();
    let report = program.data("report reviews --period 2026-Q2");
    assert_eq!(
        keys(&report),
        [
            "period",
            "running",
            "from",
            "to",
            "published",
            "per_month",
            "per_month_before",
            "platforms",
            "case_studies_published",
            "case_study_weeks"
        ]
    );
    assert_eq!(
        (&report["published"], &report["per_month"]),
        (&json!(5), &json!(1.67))
    );
    assert_eq!(report["per_month_before"], 0.75);
    let rows: Vec<_> = report["platforms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            json!([
                row["platform"],
                row["published"],
                row["per_month"],
                row["per_month_before"]
            ])
        })
        .collect();
    assert_eq!(
        rows,
        [
            json!(["(none)", 1, 0.33, 0.0]),
            json!(["capterra", 1, 0.33, 0.0]),
            json!(["g2", 3, 1.0, 0.5]),
            json!(["trustradius", 0, 0.0, 0.25]),
        ]
    );
    // 91 and 42 days; the one that was found published has no clock.
    assert_eq!(report["case_studies_published"], 3);
    assert_eq!(
        report["case_study_weeks"],
        json!({ "median": 9.5, "p90": 13.0, "mean": 9.5, "n": 2 })
    );
}

#[test]
fn reviews_by_month_beside_another_period_and_row_by_row() {
    let program = library();
    let report =
        program.data("report reviews --period 2026-Q2 --by month --compare previous --rows");
    assert_eq!(
        report["groups"],
        json!([
            { "month": "2026-04", "published": 2 },
            { "month": "2026-05", "published": 2 },
            { "month": "2026-06", "published": 1 }
        ])
    );
    assert_eq!(
        (&report["compared_with"], &report["beside"]["published"]),
        (&json!("2026-Q1"), &json!(2))
    );
    assert_eq!(
        json!(column(&report["rows"], "platform")),
        json!(["g2", "g2", "g2", "capterra", null])
    );
    let then = program.data("report reviews --period 2026-Q2 --as-of 2026-05-01");
    assert_eq!(
        (&then["published"], &then["case_studies_published"]),
        (&json!(3), &json!(3))
    );
    let csv = program.ok("--format csv report reviews --period 2026-Q2");
    assert!(
        csv.contains("g2,3,1.00,0.50") || csv.contains("g2,3,1.0,0.5"),
        "{csv}"
    );
    let markdown = program.ok("--format markdown report reviews --period 2026-Q2");
    assert!(
        markdown.lines().any(|line| line.starts_with("| g2 ")),
        "{markdown}"
    );
    assert_eq!(program.run("report reviews --by ask").code, 2);
}
