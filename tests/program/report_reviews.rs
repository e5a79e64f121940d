//! `report reviews` on an example computed by hand.

use std::sync::OnceLock;

use serde_json::json;

use crate::common::{Program, column, keys};

/// Reviews: 3 on G2 and 1 each on Capterra and nowhere in the quarter; 6 on G2 and 3 on TrustRadius in the year before.
fn library() -> Program {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Program::copy(MADE.get_or_init(|| made_library().bytes()), "2026-06-30")
}

fn made_library() -> Program {
    let mut program = Program::on("2026-06-30");
    let review = |platform: &str, day: &str| {
        let on = if platform.is_empty() {
            String::new()
        } else {
            format!("--platform '{platform}'")
        };
        program
            .run(&format!(
                "asset add 'A review' --kind review {on} --status published --on {day}"
            ))
            .ok();
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
    program
        .run("asset add 'Not there yet' --kind review --platform G2")
        .ok();
    for (asked, published) in [("2026-01-05", "2026-04-06"), ("2026-03-02", "2026-04-13")] {
        program.at(asked);
        let id = program.data("asset add 'A story' --kind case-study")["asset_id"].clone();
        program
            .at(published)
            .run(&format!("asset edit {id} --status published"))
            .ok();
    }
    program.at("2026-06-30");
    program
        .run("asset add 'Found published' --kind case-study --status published --on 2026-05-01")
        .ok();
    program
        .run("asset add 'Still asked' --kind case-study")
        .ok();
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
            "at",
            "published",
            "per_month",
            "per_month_before",
            "case_studies_published",
            "case_study_weeks",
            "platforms"
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
    let csv = program
        .run("--format csv report reviews --period 2026-Q2")
        .ok()
        .out;
    assert!(
        csv.contains("g2,3,1.00,0.50") || csv.contains("g2,3,1.0,0.5"),
        "{csv}"
    );
    let markdown = program
        .run("--format markdown report reviews --period 2026-Q2")
        .ok()
        .out;
    assert!(
        markdown.lines().any(|line| line.starts_with("| g2 ")),
        "{markdown}"
    );
    program.run("report reviews --by ask").code(2);
}
