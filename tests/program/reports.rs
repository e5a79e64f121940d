//! The reports about people through the binary, each on an example computed by hand.

use serde_json::{Value, json};

use crate::common::{Program, rate};

/// Runs a command on a day.
fn on(program: &mut Program, day: &str, line: &str) {
    program.at(day);
    program.run(line).ok();
}

const PEOPLE: &str = "email,name
p6@a6.example,Pia
p8@a8.example,Pim
p9@a9.example,Pam
";

/// Seven people who were registered, two who were not, and a quarter in which things happened:
///
/// | person | industry | joined | then |
/// |---|---|---|---|
/// | p1 | healthcare | 5 Jan | review asked 20 Apr, completed 25 Apr; reference asked 1 Jun, completed 10 Jun |
/// | p2 | healthcare | 5 Jan | paused 1 May |
/// | p3 | healthcare | 5 Jan | review asked 6 Apr, declined 8 Apr |
/// | p4 | retail | 10 Apr | review asked 12 Apr, completed 20 Apr |
/// | p5 | retail | 5 Jan | review asked 1 Feb, completed 3 Feb; retired 2 May |
/// | p6 | retail | 11 May, invited 1 May | referral asked 12 May, completed 1 Jun: introduced Linden |
/// | p7 | retail | 20 Jun, at Linden | |
/// | p8 | | | invited 2 Jun |
/// | p9 | | | declined 3 Jun |
fn program() -> Program {
    let mut program = Program::new();
    program.file("people.csv", PEOPLE);
    on(&mut program, "2026-01-02", "import people people.csv");
    let register = |program: &mut Program, day: &str, who: u8, industry: &str| {
        on(
            program,
            day,
            &format!(
                "register p{who}@a{who}.example --account 'Account {who}' --industry {industry} --owner Ines \
                 --will review,reference,referral"
            ),
        );
    };
    for who in [1, 2, 3] {
        register(&mut program, "2026-01-05", who, "healthcare");
    }
    register(&mut program, "2026-01-05", 5, "retail");
    let story = [
        ("2026-02-01", "tap p5@a5.example --ask review"),
        ("2026-02-03", "outcome 1 completed"),
        ("2026-04-06", "tap p3@a3.example --ask review"),
        ("2026-04-08", "outcome 2 declined"),
    ];
    for (day, line) in story {
        on(&mut program, day, line);
    }
    register(&mut program, "2026-04-10", 4, "retail");
    let story = [
        ("2026-04-12", "tap p4@a4.example --ask review"),
        ("2026-04-20", "outcome 3 completed"),
        ("2026-04-20", "tap p1@a1.example --ask review"),
        ("2026-04-25", "outcome 4 completed"),
        ("2026-05-01", "pause p2@a2.example --until 2026-08-01"),
        ("2026-05-01", "invite p6@a6.example"),
        (
            "2026-05-02",
            "retire p5@a5.example --reason 'left the company'",
        ),
    ];
    for (day, line) in story {
        on(&mut program, day, line);
    }
    register(&mut program, "2026-05-11", 6, "retail");
    let story = [
        ("2026-05-12", "tap p6@a6.example --ask referral"),
        (
            "2026-06-01",
            "outcome 5 completed --introduced Linden --introduced-domain linden.example",
        ),
        ("2026-06-01", "tap p1@a1.example --ask reference"),
        ("2026-06-02", "invite p8@a8.example"),
        ("2026-06-03", "decline p9@a9.example"),
        ("2026-06-10", "outcome 6 completed --rating 5"),
        (
            "2026-06-20",
            "register p7@linden.example --account Linden --industry retail --owner Priya --will review",
        ),
    ];
    for (day, line) in story {
        on(&mut program, day, line);
    }
    program.at("2026-07-15");
    program
}

#[test]
fn pool_by_hand() {
    let program = program();
    let report = program.data("report pool --period 2026-Q2 --by industry --compare previous");
    // In it: p1 to p4, p6 and p7.
    let figures = [
        "pool",
        "active",
        "paused",
        "accounts",
        "candidates",
        "invited",
        "pool_before",
        "joined",
        "retired",
        "left",
    ]
    .map(|key| report[key].as_u64().unwrap());
    assert_eq!(figures, [6, 5, 1, 6, 0, 1, 4, 3, 1, 0]);
    assert_eq!(report["at"], "2026-06-30");
    assert_eq!(
        (&report["beside"]["pool"], &report["beside"]["joined"]),
        (&json!(4), &json!(4))
    );
    let groups: Vec<_> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["group"].as_str().unwrap(),
                one["pool"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(groups, [("healthcare", 3), ("retail", 3), ("(none)", 0)]);
    let rows = program.data("report pool --period 2026-Q2 --rows")["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 6);
    // A rest that was over by then is over, one that was not is not.
    program_at(&program, "pause p3@a3.example --until 2026-07-20");
    assert_eq!(program.data("report pool --period 2026-Q2")["paused"], 1);
    assert_eq!(program.data("report pool")["paused"], 2);
}

fn program_at(program: &Program, line: &str) {
    program.run(line).ok();
}

#[test]
fn activation_by_hand() {
    let program = program();
    let report = program.data("report activation --period 2026-Q2 --by tier");
    // p1, p4 and p6 of six.
    assert_eq!(report["activation_rate"], rate(3, 6));
    assert_eq!(
        (&report["completed_from"], &report["completed_to"]),
        (&json!("2026-04-02"), &json!("2026-06-30"))
    );
    // A review is a point, a reference or a referral two: all three silver.
    let groups = report["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert_eq!(
        (&groups[0]["group"], &groups[0]["activation_rate"]),
        (&json!("silver"), &rate(3, 3))
    );
    assert_eq!(
        (&groups[1]["group"], &groups[1]["activation_rate"]),
        (&json!("community"), &rate(0, 3))
    );
    // 30 June and the 89 days before it have no completion of the first quarter.
    let first = program.data("report activation --period 2026-Q1");
    assert_eq!(first["activation_rate"], rate(1, 4));
}

#[test]
fn load_by_hand() {
    let program = program();
    let report = program.data("report load --period 2026-Q2 --by industry --rows");
    // Five taps on six advocates; the top one was asked twice. p2 and p7 never, p5 is not in the pool.
    assert_eq!(report["concentration"], rate(2, 5));
    assert_eq!(report["not_asked"], rate(2, 6));
    assert_eq!(report["never_asked"], rate(2, 6));
    let figures = ["taps", "advocates", "most", "top", "over_cap", "overridden"]
        .map(|key| report[key].as_u64().unwrap());
    assert_eq!(figures, [5, 6, 2, 1, 0, 0]);
    assert_eq!(report["taps_per_advocate"], json!(0.83));
    let first = &report["rows"][0];
    assert_eq!(
        (
            &first["email"],
            &first["taps"],
            &first["low"],
            &first["medium"]
        ),
        (&json!("p1@a1.example"), &json!(2), &json!(1), &json!(1))
    );
    // Overridden taps are counted, withdrawn ones are not.
    program.run("tap p4@a4.example --ask review").ok();
    program
        .run("tap p4@a4.example --ask testimonial --override 'they offered'")
        .ok();
    program.run("outcome 7 withdrawn").ok();
    let later = program.data("report load --period 2026-Q3");
    assert_eq!(
        (&later["taps"], &later["overridden"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn acceptance_by_hand() {
    let program = program();
    let report = program.data("report acceptance --period 2026-Q2");
    assert_eq!(report["acceptance_rate"], rate(4, 5));
    assert_eq!(report["completion_rate"], rate(4, 4));
    let asks: Vec<_> = report["asks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["group"].as_str().unwrap(),
                one["acceptance_rate"].clone(),
            )
        })
        .collect();
    assert_eq!(
        asks,
        [
            ("review", rate(2, 3)),
            ("reference", rate(1, 1)),
            ("referral", rate(1, 1))
        ]
    );
    // p1 had completed a review by 1 June; everybody else was asked with nothing done.
    let tiers: Vec<_> = report["tiers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["group"].as_str().unwrap(),
                one["acceptance_rate"].clone(),
            )
        })
        .collect();
    assert_eq!(tiers, [("silver", rate(1, 1)), ("community", rate(3, 4))]);
}

#[test]
fn the_flywheel_by_hand() {
    let program = program();
    let report = program.data("report flywheel --period 2026-Q2");
    let steps: Vec<_> = report["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["step"].as_str().unwrap(),
                one["people"].as_u64().unwrap(),
                one["in_period"].as_u64().unwrap(),
                one["conversion"].clone(),
                one["median_days"].clone(),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("promoter", 0, 0, Value::Null, Value::Null),
            ("candidate", 8, 4, Value::Null, Value::Null),
            ("invited", 8, 4, rate(8, 8), json!(0.0)),
            // p6 took ten days, the others none.
            ("confirmed", 7, 3, rate(7, 8), json!(0.0)),
            // 110, 10, 29 and 21 days.
            ("low-ask", 4, 3, rate(4, 7), json!(25.0)),
            // p1 46 days later, p6 began with it.
            ("medium-ask", 2, 2, rate(2, 4), json!(23.0)),
            ("high-ask", 0, 0, rate(0, 2), Value::Null),
            ("referral", 1, 1, rate(1, 2), json!(0.0)),
            ("new-customer", 1, 1, rate(1, 1), json!(19.0)),
        ]
    );
    assert_eq!(report["weakest"], "low-ask");
    assert_eq!(report["repeaters"], rate(1, 4));
    assert_eq!(report["introductions_closed"], rate(1, 1));
    assert_eq!(report["closed_loops"], rate(1, 6));
    assert_eq!(
        report["stages"],
        json!({
            "candidate": 0, "invited": 1, "active": 5, "paused": 1, "retired": 1, "declined": 1, "do_not_contact": 0
        })
    );
    // On the day before Linden became an account the loop was open.
    let earlier = program.data("report flywheel --period 2026-01-01..2026-06-19");
    assert_eq!(earlier["introductions_closed"], rate(0, 1));
    assert_eq!(earlier["steps"][8]["people"], 0);
}

const ANSWERS: &str = "email,score,date,company,industry
ann@a1.example,10,2026-04-02,Account 1,Health Care
ann@a1.example,6,2026-06-02,Account 1,Health Care
bob@a1.example,9,2026-05-02,Account 1,Health Care
cai@a4.example,8,2026-05-03,Account 4,Retail
dee@a4.example,9,2026-06-30,Account 4,Retail
eve@a4.example,0,2026-07-01,Account 4,Retail
";

#[test]
fn nps_by_hand() {
    let program = program();
    program.file("answers.csv", ANSWERS);
    program.run("import nps answers.csv --source spring").ok();
    let report = program.data("report nps --period 2026-Q2 --by industry --rows");
    // Three promoters, a passive and a detractor; Ann's second answer takes the place of her first.
    let all = &report["all_responses"];
    assert_eq!(
        (&all["nps"], &all["responses"], &all["small_n"]),
        (&json!(40.0), &json!(5), &json!(false))
    );
    // (3.75 − 1.75) / 8 = 0.25; variance 5.5/8 − 0.0625 = 0.625; margin 1.96 × √(0.625 / 8) = 0.5478
    assert_eq!((&all["low"], &all["high"]), (&json!(-29.8), &json!(79.8)));
    let latest = &report["latest_per_person"];
    assert_eq!(
        (&latest["nps"], &latest["responses"], &latest["small_n"]),
        (&json!(25.0), &json!(4), &json!(true))
    );
    let groups: Vec<_> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["group"].as_str().unwrap(),
                &one["nps"],
                &one["nps_latest"],
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            ("healthcare", &json!(33.3), &json!(0.0)),
            ("retail", &json!(50.0), &json!(50.0))
        ]
    );
    assert_eq!(report["rows"].as_array().unwrap().len(), 5);
    for (by, names) in [
        ("month", vec!["2026-04", "2026-05", "2026-06"]),
        ("quarter", vec!["2026-Q2"]),
        ("source", vec!["spring"]),
    ] {
        let report = program.data(&format!("report nps --period 2026-Q2 --by {by}"));
        let found: Vec<_> = report["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["group"])
            .collect();
        assert_eq!(found, names);
    }
}

#[test]
fn coverage_by_hand() {
    let mut program = program();
    program
        .run("policy targets set 'Health Care' reference 3")
        .ok();
    program.run("policy targets set retail review 2").ok();
    let requests = [
        (
            "2026-03-01",
            "request open --ask reference --industry retail --by Dana --wanted 2",
        ),
        (
            "2026-07-01",
            "request open --ask reference --industry healthcare --by Dana",
        ),
        ("2026-07-02", "request open --ask review --by Dana"),
        (
            "2026-07-02",
            "request open --ask speaking --industry energy --by Dana",
        ),
        (
            "2026-07-02",
            "request open --ask video --industry energy --by Dana",
        ),
        ("2026-07-03", "request close 5 --withdrawn 'deal died'"),
    ];
    for (day, line) in requests {
        on(&mut program, day, line);
    }
    program.at("2026-07-15");
    let report = program.data("report coverage");
    let cells: Vec<_> = report["cells"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["demand"] != 0 || !one["target"].is_null())
        .map(|one| {
            let number = |key: &str| one[key].as_u64();
            (
                one["row"].as_str().unwrap(),
                one["column"].as_str().unwrap(),
                [
                    number("advocates"),
                    number("available"),
                    number("demand"),
                    number("target"),
                    number("gap"),
                ],
            )
        })
        .collect();
    let some = |numbers: [u64; 3], target: Option<u64>, gap: u64| {
        [
            Some(numbers[0]),
            Some(numbers[1]),
            Some(numbers[2]),
            target,
            Some(gap),
        ]
    };
    // For a reference p1 rests until August, p2 is paused, and p3's last good word is too old; p6 rests from the
    // referral of 12 May until 12 July and p4 from the review until May. For a review p7 has never been asked.
    assert_eq!(
        cells,
        [
            ("healthcare", "reference", some([3, 0, 1], Some(3), 3)),
            ("energy", "speaking", some([0, 0, 1], None, 1)),
            ("retail", "review", some([3, 3, 0], Some(2), 0)),
            ("retail", "reference", some([2, 2, 2], None, 0)),
            ("(any)", "review", some([6, 4, 1], None, 0)),
        ]
    );
    assert_eq!(report["covered"], rate(3, 5));
    // What match says is what coverage counts.
    let matched = program.data("match --ask review --industry retail");
    assert_eq!(matched["ready"].as_array().unwrap().len(), 3);
    program
        .run("report coverage --by region,region")
        .code(2)
        .says("two of");
    program
        .run("report pool --by ask")
        .code(2)
        .says("industry, segment");
}

#[test]
fn targets_are_set_imported_and_listed() {
    let mut program = Program::new();
    program.tell("policy targets list");
    program.tell("policy targets set 'Hospital & Health Care' reference 5");
    program.tell("policy targets set helthcare reference 5");
    program.tell("policy targets set healthcare reference 1001");
    program.file(
        "targets.csv",
        "industry,ask,target\nHealth Care,reference call,6\nretail,review,4\nmining,review,3\nretail,logo,many\n",
    );
    program.tell("policy targets import targets.csv --dry-run");
    program.tell("policy targets import targets.csv");
    program.tell("policy targets import targets.csv --quiet");
    program.at("2026-06-16");
    program.tell("policy targets set retail review 0");
    program.tell("policy targets list");
    program.tell("policy targets list --as-of 2026-06-15");
    program.tell("policy show target");
    insta::assert_snapshot!(program.story());
}
