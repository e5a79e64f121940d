//! What is recorded later changes no earlier day, case by case; `tests/properties/past.rs` tries it at random.

use serde_json::{Value, json};

use crate::common::{Program, column};

#[test]
fn health_and_renewal_are_known_from_when_they_were_recorded() {
    let mut program = Program::on("2026-01-05");
    for who in ["a@x.example", "b@y.example", "c@z.example"] {
        program
            .run(&format!("register {who} --will review,reference"))
            .ok();
    }
    let free = |program: &Program| {
        program.data("report coverage --period 2026-01")["available"]["numerator"].clone()
    };
    program.at("2026-02-01");
    assert_eq!(free(&program), 3);
    program.at("2026-02-20");
    program.run("edit a@x.example --health red").ok();
    program.run("edit b@y.example --renewal-on 2026-03-10").ok();
    program.run("edit c@z.example --escalated yes").ok();
    program.at("2026-02-25");
    assert_eq!(free(&program), 3);
    let ready = |day: &str| {
        let matched = program.data(&format!("match --ask reference --as-of {day}"));
        matched["ready"].as_array().unwrap().len()
    };
    assert_eq!((ready("2026-02-01"), ready("2026-02-20")), (3, 0));
    let shown = program.data("show a@x.example --as-of 2026-02-19");
    assert_eq!(shown["health"], Value::Null);
}

#[test]
fn a_health_that_came_with_the_account_is_known_since_the_account_is() {
    let mut program = Program::on("2026-01-05");
    program.file(
        "accounts.csv",
        "account name,domain,industry,health\nAcme,acme.example,Retail,red\n",
    );
    program.file(
        "answers.csv",
        "email,score,date\na@acme.example,9,2026-01-04\n",
    );
    program
        .at("2026-02-10")
        .run("import accounts accounts.csv")
        .ok();
    program.at("2026-02-12").run("import nps answers.csv").ok();
    let shown = |day: &str| program.data(&format!("show a@acme.example --as-of {day}"));
    // The answer counts from its own day, and whoever gave it as well.
    let january = shown("2026-01-20");
    assert_eq!(january["responses"][0]["score"], 9);
    assert_eq!(january["industry"], "retail");
    assert_eq!(january["health"], Value::Null);
    assert_eq!(shown("2026-02-10")["health"], "red");
    program.fails("show a@acme.example --as-of 2026-01-03", 2);
}

#[test]
fn a_rating_is_the_one_that_was_on_record() {
    let mut program = Program::on("2026-01-05");
    program
        .run("register a@x.example --will review,reference")
        .ok();
    program.run("tap a@x.example --ask review").ok();
    program.run("outcome 1 completed --rating 5").ok();
    program.at("2026-02-20");
    let next = program.data("next a@x.example")[0]["ask"].clone();
    program.at("2026-03-05");
    program
        .run("outcome 1 completed --rating 1 --prospect-rating 2")
        .ok();
    let rated = |day: &str| program.data(&format!("taps --as-of {day}"))[0]["rating"].clone();
    assert_eq!(rated("2026-02-20"), 5);
    assert_eq!(rated("2026-03-05"), 1);
    let then = program.data("next a@x.example --as-of 2026-02-20");
    assert_eq!(then[0]["ask"], next);
    // Said for its own day, it counts from there.
    program
        .run("outcome 1 completed --rating 3 --on 2026-01-05")
        .ok();
    assert_eq!(rated("2026-02-20"), 3);
    program.healthy();
}

#[test]
fn a_second_introduction_is_added() {
    let mut program = Program::on("2026-01-05");
    program.run("register a@x.example --will referral").ok();
    for (name, amount) in [("P1", 100), ("P2", 999)] {
        program
            .run(&format!(
                "deal add D-{name} --prospect {name} --amount {amount} --currency EUR --stage Prospecting \
                 --opened 2026-01-01"
            ))
            .ok();
    }
    program.run("tap a@x.example --ask referral").ok();
    program.run("outcome 1 completed --introduced P1").ok();
    // The deal becomes known later.
    program.at("2026-01-20");
    program
        .run("outcome 1 completed --introduced P1 --deal 1")
        .ok();
    program.at("2026-02-20");
    program
        .run("outcome 1 completed --introduced P2 --deal 2")
        .ok();
    program
        .run("outcome 1 completed --introduced P2 --deal 2")
        .ok();
    assert_eq!(program.count("referrals"), 3);
    let pipeline = |day: &str| {
        let report = program.data(&format!("report influence --period 2026-01 --as-of {day}"));
        report["totals"][0]["pipeline_minor"].clone()
    };
    assert_eq!(pipeline("2026-01-19"), Value::Null);
    assert_eq!(pipeline("2026-01-31"), 10_000);
    let introduced =
        |day: &str| program.data(&format!("taps --as-of {day}"))[0]["introduced"].clone();
    assert_eq!(introduced("2026-01-31"), "P1");
    assert_eq!(introduced("2026-02-20"), "P1, P2");
    let quarter = program.data("report influence --period 2026-Q1");
    assert_eq!(quarter["totals"][0]["pipeline_minor"], 109_900);
}

#[test]
fn a_loop_is_closed_once_the_account_is_on_record() {
    let mut program = Program::on("2026-01-05");
    program.run("register a@x.example --will referral").ok();
    program.run("tap a@x.example --ask referral").ok();
    program.run("outcome 1 completed --introduced Newco").ok();
    program.at("2026-03-01");
    program
        .run("register n@newco.example --account Newco --will review")
        .ok();
    let closed = |day: &str| {
        program.data(&format!("taps a@x.example --as-of {day}"))[0]["loop_closed"].clone()
    };
    assert_eq!(
        (closed("2026-02-28"), closed("2026-03-01")),
        (json!(false), json!(true))
    );
}

#[test]
fn the_words_of_an_asset_are_those_of_the_day() {
    let mut program = Program::on("2026-01-05");
    program
        .run("asset add 'A story' --kind case-study --status published --permission name")
        .ok();
    program.at("2026-02-01");
    program
        .run("asset edit 1 --title 'Their story' --permission-until 2026-03-01 --platform G2")
        .ok();
    let asset = |day: &str| program.data(&format!("asset show 1 --as-of {day}"));
    let (then, now) = (asset("2026-01-31"), asset("2026-02-01"));
    assert_eq!(
        (&then["title"], &now["title"]),
        (&json!("A story"), &json!("Their story"))
    );
    assert_eq!(then["permission_until"], Value::Null);
    assert_eq!(now["permission_until"], "2026-03-01");
    assert_eq!(then["platform"], Value::Null);
    program.healthy();
}

#[test]
fn an_account_is_a_customer_until_it_leaves() {
    let mut program = Program::on("2026-01-05");
    program.run("register a@x.example --will review").ok();
    program.at("2026-03-10");
    program
        .run("edit a@x.example --status churned --since 2026-03-01")
        .ok();
    let left =
        |day: &str| program.data(&format!("show a@x.example --as-of {day}"))["churned_on"].clone();
    // It is dated back on purpose: it counts from its own day.
    assert_eq!(left("2026-02-28"), Value::Null);
    assert_eq!(left("2026-03-01"), "2026-03-01");
    assert_eq!(
        program.data("edit a@x.example --status churned")["changed"],
        "0 fields"
    );
    program.run("edit a@x.example --status customer").ok();
    assert_eq!(left("2026-03-10"), Value::Null);
    // What was said by hand no import takes back.
    program.file("accounts.csv", "domain,account status\nx.example,Churned\n");
    program.run("import accounts accounts.csv").ok();
    assert_eq!(
        program.data("show a@x.example")["account_status"],
        "customer"
    );
}

#[test]
fn retention_by_hand() {
    let mut program = Program::on("2026-01-05");
    program.file(
        "accounts.csv",
        "account name,domain,renewal date\n\
         A,a.example,2026-04-01\nB,b.example,2026-06-30\nC,c.example,2026-05-01\n\
         D,d.example,2026-05-15\nE,e.example,2026-07-01\n",
    );
    program.run("import accounts accounts.csv").ok();
    program.run("register nina@a.example --will review").ok();
    program.run("register otto@c.example --will review").ok();
    // Too late to have been an advocate when the quarter began.
    program
        .at("2026-04-10")
        .run("register bea@b.example --will review")
        .ok();
    program.file(
        "left.csv",
        "domain,account status,churn date\nc.example,Churned,2026-05-01\nd.example,churned,2026-05-20\n",
    );
    // A renewal date that moves on does not change what was known at the start.
    program
        .at("2026-06-01")
        .run("import accounts left.csv")
        .ok();
    program
        .run("edit nina@a.example --renewal-on 2027-04-01")
        .ok();
    program.at("2026-07-10");
    let report = program.data("report retention --period 2026-Q2 --rows");
    let rate = |key: &str| {
        (
            report[key]["numerator"].clone(),
            report[key]["denominator"].clone(),
        )
    };
    assert_eq!(rate("with_advocate"), (json!(1), json!(2)));
    assert_eq!(rate("without"), (json!(1), json!(2)));
    assert_eq!(column(&report["rows"], "account"), ["A", "C", "D", "B"]);
    assert_eq!(
        column(&report["rows"], "renewed"),
        [true, false, false, true]
    );
    assert_eq!(report["rows"][1]["churned_on"], "2026-05-01");
    let shown = program.run("report retention --period 2026-Q2").ok();
    assert!(shown.out.contains("not a cause"), "{}", shown.story());
}

#[test]
fn experience_by_hand() {
    let mut program = Program::on("2026-01-05");
    program.run("policy set freshness off").ok();
    let rated = [
        ("a", "reference", "--rating 5 --prospect-rating 2"),
        ("b", "reference", "--rating 4"),
        ("c", "review", "--rating 1"),
        ("d", "review", ""),
    ];
    for (number, (who, ask, rating)) in rated.into_iter().enumerate() {
        let who = format!("{who}@{who}.example");
        program.run(&format!("register {who} --will {ask}")).ok();
        program.run(&format!("tap {who} --ask {ask}")).ok();
        program
            .run(&format!("outcome {} completed {rating}", number + 1))
            .ok();
    }
    program.at("2026-02-05");
    let report = program.data("report experience --period 2026-01");
    assert_eq!(report["completed"], 4);
    assert_eq!(report["advocates"], json!({ "mean": 3.33, "n": 3 }));
    assert_eq!(report["prospects"], json!({ "mean": 2.0, "n": 1 }));
    assert_eq!(report["low"], 2);
    assert_eq!(column(&report["asks"], "group"), ["review", "reference"]);
    assert_eq!(column(&report["asks"], "advocates_mean"), [1.0, 4.5]);
    assert_eq!(column(&report["low_asks"], "ask").len(), 2);
}
