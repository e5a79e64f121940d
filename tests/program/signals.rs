//! `signal`, `import signals`, and renewals seen by `import accounts`: goodwill beyond the survey.

use serde_json::{Value, json};

use crate::common::Program;

/// A usage export: two people above the threshold, one below, one without a figure, and one whom nobody knows.
const USAGE: &str = "User Email,Active Days,Seats,Date\n\
                     nina@northwind.example,24,3,2026-06-10\n\
                     oliver@fernhill.example,\"1,020\",3,2026-06-10\n\
                     bea@northwind.example,19,3,2026-06-10\n\
                     bea@northwind.example,,3,2026-06-10\n\
                     nobody@elsewhere.example,28,3,2026-06-10\n";

/// Three people at two accounts, none of whom has ever answered a survey.
fn people(program: &Program) {
    program.file(
        "people.csv",
        "Email,Name,Account Name,Account ID,Industry\n\
         nina@northwind.example,Nina Albrecht,Northwind,A-1,Healthcare\n\
         bea@northwind.example,Bea Thorn,Northwind,A-1,Healthcare\n\
         oliver@fernhill.example,Oliver Penrose,Fernhill,A-2,Banking\n",
    );
    program.run("import people people.csv").ok();
}

fn counts(data: &Value) -> [i64; 5] {
    ["rows", "new", "unchanged", "skipped", "rejected"].map(|key| data[key].as_i64().unwrap())
}

fn reasons(program: &Program, question: &str) -> Vec<String> {
    let rows = program.run(&format!("{question} --format csv")).ok().out;
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let at = |name: &str, reader: &mut csv::Reader<&[u8]>| {
        reader.headers().unwrap().iter().position(|one| one == name)
    };
    let (name, reason) = (at("name", &mut reader), at("reason", &mut reader));
    let shown =
        |row: csv::StringRecord| format!("{}: {}", &row[name.unwrap()], &row[reason.unwrap()]);
    reader.records().map(|row| shown(row.unwrap())).collect()
}

#[test]
fn signals_are_added_listed_and_shown() {
    let mut program = Program::new();
    people(&program);
    program
        .tell("signal add nina --kind community --on 2026-06-01 --note 'Answered three threads'")
        .ok();
    program
        .tell("signal add --account northwind.example --kind business-review --on 2026-06-03")
        .ok();
    program
        .tell("signal add --account northwnd --kind expansion")
        .code(2);
    program
        .tell("signal add --account A-1 --kind expansion --reading 'seats 40'")
        .ok();
    program.tell("signal add nina --kind wizard").code(2);
    program
        .tell("signal add nina --kind community --on 2026-06-16")
        .code(2);
    program.tell("signal list").ok();
    program.tell("signal list bea").ok();
    program.tell("signal list --kind renewal").ok();
    program.tell("show nina").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn a_signal_makes_a_candidate_and_an_accounts_counts_for_its_people() {
    let mut program = Program::new();
    program.at("2026-06-02");
    people(&program);
    program.at("2026-06-15");
    assert_eq!(reasons(&program, "candidates"), [""; 0]);
    program
        .run("signal add nina --kind power-user --on 2026-06-12")
        .ok();
    program
        .run("signal add --account Northwind --kind renewal --on 2026-06-05")
        .ok();
    assert_eq!(
        reasons(&program, "candidates"),
        [
            "Nina Albrecht: power user, 3 days ago; 2 positive moments",
            "Bea Thorn: renewed, 10 days ago; 1 positive moment",
        ]
    );
    // What was known of the account before they were on record is no moment of theirs.
    program
        .run("signal add --account Northwind --kind expansion --on 2026-06-01")
        .ok();
    assert_eq!(
        reasons(&program, "candidates")[1],
        "Bea Thorn: renewed, 10 days ago; 1 positive moment"
    );
    let names: Vec<String> = reasons(&program, "candidates --as-of 2026-06-11");
    assert_eq!(names.len(), 2);
    assert_eq!(reasons(&program, "candidates --as-of 2026-06-04"), [""; 0]);
    // A detractor's answer is no goodwill, whatever the account does.
    program.file(
        "nps.csv",
        "Email,Score,Date\nnina@northwind.example,3,2026-06-14\n",
    );
    program.run("import nps nps.csv").ok();
    assert_eq!(
        reasons(&program, "candidates"),
        ["Bea Thorn: renewed, 10 days ago; 1 positive moment"]
    );
}

#[test]
fn a_signal_keeps_goodwill_fresh() {
    let mut program = Program::new();
    program.at("2025-03-03");
    people(&program);
    program.run("register nina --will review,reference").ok();
    program.at("2026-06-15");
    program
        .run("match --ask review --why-not")
        .ok()
        .shows("positive moment");
    program
        .run("tap nina --ask review")
        .code(3)
        .says("positive moment");
    program
        .run("signal add --account A-1 --kind business-review --on 2025-12-20")
        .ok();
    let ready = |program: &Program, ask: &str| {
        let found = program.data(&format!("match --ask {ask}"));
        found["ready"].as_array().unwrap().len()
    };
    // What is known of the account alone carries small asks only.
    assert_eq!(
        (ready(&program, "review"), ready(&program, "reference")),
        (1, 0)
    );
    program
        .run("signal add nina --kind community --on 2026-03-25")
        .ok();
    assert_eq!(
        (ready(&program, "review"), ready(&program, "reference")),
        (1, 1)
    );
    program.at("2026-06-26");
    assert_eq!(
        (ready(&program, "review"), ready(&program, "reference")),
        (1, 0)
    );
    program.run("verify nina --still-willing").ok();
    assert_eq!(
        (ready(&program, "review"), ready(&program, "reference")),
        (1, 1)
    );
    program.run("signal add nina --kind community").ok();
    assert_eq!(ready(&program, "reference"), 1);
    let score = |as_of: &str| {
        let found = program.data(&format!("match --ask review --as-of {as_of}"));
        found["ready"][0]["score"].as_f64().unwrap()
    };
    assert!(score("2026-06-26") > score("2026-06-25"));
}

#[test]
fn a_usage_export_loads_once() {
    let mut program = Program::new();
    people(&program);
    program.file("usage.csv", USAGE);
    let line =
        "import signals usage.csv --kind power-user --when 'active_days>=20' --when 'seats>0'";
    let before = program.rows();
    program.tell(&format!("{line} --dry-run")).code(4);
    assert_eq!(program.rows(), before);
    program
        .tell(&format!(
            "{line} --rejects rejects.csv --save-profile usage --source gainsight"
        ))
        .code(4);
    program
        .tell("import signals usage.csv --profile usage")
        .code(4);
    program.tell("signal list").ok();
    insta::assert_snapshot!(program.story());
    let rejects = std::fs::read_to_string(program.path("rejects.csv")).unwrap();
    assert!(rejects.contains("nobody has the address nobody@elsewhere.example"));
    assert_eq!(program.count("people"), 3);
    // Another figure of the same day is another reading; another threshold asks for other rows.
    program.file("usage.csv", USAGE.replace(",24,", ",25,"));
    let data = program.run("import signals usage.csv --profile usage --json");
    assert_eq!(counts(&data.code(4).data()), [5, 1, 1, 2, 1]);
    let looser = "import signals usage.csv --profile usage --when 'active days>10' --json";
    assert_eq!(counts(&program.run(looser).code(4).data()), [5, 3, 0, 1, 1]);
    program.healthy();
}

#[test]
fn what_a_file_calls_a_signal_is_its_key() {
    let program = Program::new();
    people(&program);
    program.file(
        "health.csv",
        "Event ID,Account,Account ID,Score,Trend,Month\n\
         e1,Northwind,,92 %,up,2026-05-31\n\
         e2,,A-2,88 %,up,2026-05-31\n\
         e3,Nowhere Ltd,,99 %,up,2026-05-31\n\
         e4,Fernhill,,99 %,down,2026-05-31\n\
         e5,,,99 %,up,2026-05-31\n\
         e6,Fernhill,,high,up,2026-05-31\n\
         e7,Fernhill,,high,down,2026-05-31\n\
         e1,Northwind,,95 %,up,2026-05-31\n",
    );
    let line = "import signals health.csv --kind health --when 'score>=85' --when Trend=UP --map date=Month --json";
    let first = program.run(line).code(4).data();
    assert_eq!(counts(&first), [8, 2, 1, 2, 3], "{first}");
    let again = program.run(line).code(4).data();
    assert_eq!(counts(&again), [8, 0, 3, 2, 3], "{again}");
    let list = program.data("signal list");
    let told: Vec<[&Value; 4]> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            [
                &one["account"],
                &one["reading"],
                &one["happened_on"],
                &one["of"],
            ]
        })
        .collect();
    assert_eq!(
        told,
        [
            [
                &json!("Fernhill"),
                &json!("Score 88 %; Trend up"),
                &json!("2026-05-31"),
                &json!("account")
            ],
            [
                &json!("Northwind"),
                &json!("Score 92 %; Trend up"),
                &json!("2026-05-31"),
                &json!("account")
            ],
        ]
    );
}

#[test]
fn what_import_signals_cannot_follow_says_what_to_type() {
    let program = Program::new();
    people(&program);
    program.file("usage.csv", USAGE);
    for (options, hint) in [
        ("", "--kind power-user"),
        (
            "--kind power-user --when 'days>=20'",
            "headers seen: `User Email`",
        ),
        (
            "--kind power-user --when active",
            "such as \"active_days>=20\"",
        ),
        ("--kind power-user --when 'plan>gold'", "= and != only"),
        (
            "--kind power-user --map email=Mail",
            "no column is headed `Mail`",
        ),
    ] {
        let line = format!("import signals usage.csv {options}");
        program.run(&line).code(2).says(hint);
    }
    assert_eq!(program.count("signals"), 0);
}

#[test]
fn a_renewal_date_that_moves_later_is_a_renewal_of_the_account() {
    let mut program = Program::new();
    let import = |program: &Program, day: &str| {
        program.file(
            "accounts.csv",
            format!("Account ID,Account Name,Renewal Date\nA-1,Northwind,{day}\n"),
        );
        program.run("import accounts accounts.csv").ok();
    };
    let renewals = |program: &Program| -> Vec<(String, String)> {
        let list = program.data("signal list --account Northwind");
        let told = list.as_array().unwrap().iter().map(|one| {
            assert_eq!(one["kind"], "renewal");
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            (text("happened_on"), text("note"))
        });
        told.collect()
    };
    import(&program, "2026-06-01");
    import(&program, "2026-06-01");
    assert_eq!(renewals(&program), []);
    // The old day is past: it was renewed then.
    import(&program, "2027-06-01");
    import(&program, "2027-06-01");
    let first = (
        "2026-06-01".to_owned(),
        "from 2026-06-01 to 2027-06-01".to_owned(),
    );
    assert_eq!(renewals(&program), std::slice::from_ref(&first));
    // An older file, and the newer one again, renew nothing twice.
    import(&program, "2026-06-01");
    import(&program, "2027-06-01");
    assert_eq!(renewals(&program), std::slice::from_ref(&first));
    // Renewed early: the day is that of the import.
    program.at("2026-09-01");
    import(&program, "2028-06-01");
    let second = (
        "2026-09-01".to_owned(),
        "from 2027-06-01 to 2028-06-01".to_owned(),
    );
    assert_eq!(renewals(&program), [second, first]);
    program.healthy();
}
