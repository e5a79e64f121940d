//! `report influence` on an example computed by hand.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::common::{Program, column, keys, rate};

/// Twelve deals; the asset was published on 1 January, and everything else stands in [`influence_by_hand`].
fn sales() -> Program {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Program::copy(MADE.get_or_init(|| made_sales().bytes()), "2026-06-30")
}

fn made_sales() -> Program {
    let mut program = Program::on("2026-01-01");
    program
        .run("asset add 'How Aster halved waiting' --kind case-study --status published")
        .ok();
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
    program.file("deals.csv", deals);
    program.at("2026-06-30").run("import deals deals.csv").ok();
    let reference = |program: &mut Program, who: usize, deal: &str, day: &str, outcome: &str| {
        program.at(day);
        let request = program.request(&format!("--ask reference --deal {deal} --by Dana"));
        let tap = program.tap(&format!("p{who}@a{who}.example"), request);
        program.run(&format!("outcome {tap} {outcome}")).ok();
    };
    reference(&mut program, 1, "D1", "2026-04-10", "completed");
    reference(&mut program, 2, "D2", "2026-05-02", "accepted");
    reference(&mut program, 3, "D2", "2026-05-03", "declined");
    reference(&mut program, 4, "D5", "2026-05-04", "accepted");
    reference(&mut program, 5, "D6", "2026-05-05", "completed");
    reference(&mut program, 6, "D7", "2026-04-20", "completed");
    reference(&mut program, 7, "D10", "2026-05-06", "completed");
    program.at("2026-04-14");
    let tap = program.data("tap p8@a8.example --ask referral")["tap_id"].clone();
    program
        .at("2026-04-15")
        .run(&format!(
            "outcome {tap} completed --introduced Three --deal D3"
        ))
        .ok();
    program.at("2026-06-30");
    for (deal, day) in [
        ("D1", "2026-05-01"),
        ("D4", "2026-05-05"),
        ("D8", "2026-03-30"),
        ("D9", "2026-03-30"),
        ("D11", "2026-05-10"),
        ("D12", "2026-02-10"),
    ] {
        program
            .run(&format!("asset use 1 --deal {deal} --on {day}"))
            .ok();
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
    let table = program
        .run("report influence --period 2026-Q2 --by ask")
        .ok()
        .out;
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

    program.run("policy set exchange.into EUR").ok();
    assert!(
        program
            .data("report influence --period 2026-Q2")
            .get("pipeline_converted")
            .is_none()
    );
    program.run("policy set exchange.rates 'USD 0.92'").ok();
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
    let csv = program
        .run("--format csv report influence --period 2026-Q2")
        .ok()
        .out;
    assert!(csv.contains("EUR,256000,1000000,2,1"), "{csv}");
    let markdown = program
        .run("--format markdown report influence --period 2026-Q2 --rows")
        .ok()
        .out;
    assert!(markdown.contains("EUR 2,560.00"), "{markdown}");
    assert!(markdown.contains("after the deal's close"), "{markdown}");
    program.run("report influence --by industry").code(2);
}
