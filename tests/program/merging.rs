//! `merge`: two records of one person become one, nothing is lost, and it can be undone.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::common::{Program, has_keys};
use crate::{nina, register};

/// Nina, and a second record of her that answered a survey.
fn twice() -> Program {
    let program = Program::new();
    nina(&program);
    program.file(
        "survey.csv",
        "Email,Name,Score,Date,Company,Title\nnina.albrecht@northwind.example,Nina Albrecht,10,2026-06-01,Northwind,CIO\n",
    );
    program.run("import nps survey.csv").ok();
    program
}

#[test]
fn two_records_become_one_and_two_again() {
    let mut program = twice();
    program.tell("merge --suggest").ok();
    program
        .tell("merge nina@northwind.example nina.albrecht@northwind.example --reason 'she told us'")
        .ok();
    program.tell("merge --suggest").ok();
    program.tell("show nina.albrecht@northwind.example").ok();
    program.healthy();
    program.tell("merge --undo nina").ok();
    program.tell("show nina@northwind.example").ok();
    program.tell("merge --suggest").ok();
    program.healthy();
    insta::assert_snapshot!(program.story());
}

#[test]
fn what_makes_no_sense_is_refused_with_the_way_on() {
    let mut program = twice();
    register(&program, "bea@else.example", "Bea Holt");
    for line in [
        "merge",
        "merge nina@northwind.example",
        "merge nina@northwind.example nina@northwind.example",
        "merge nina@northwind.example nobody@else.example",
        "merge --undo 1",
        "merge --undo bea nina",
        "merge nina bea",
    ] {
        program.tell(line).code(2);
    }
    program
        .run("merge nina@northwind.example nina.albrecht@northwind.example")
        .ok();
    let before = program.rows();
    for line in [
        "merge nina@northwind.example nina.albrecht@northwind.example",
        "merge nina.albrecht@northwind.example bea",
        "merge bea nina.albrecht@northwind.example",
        "merge 2 3",
    ] {
        program.tell(line).code(2);
    }
    assert_eq!(program.rows(), before);
    program.run("merge bea nina").ok();
    program.tell("merge --undo 1").code(2);
    program.run("merge --undo 2").ok();
    program.tell("merge --undo 2").code(2);
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn never_to_be_contacted_is_never_lost() {
    for (silent, kept) in [
        ("a@x.example", "a@x.example"),
        ("b@x.example", "a@x.example"),
        ("a@x.example", "b@x.example"),
    ] {
        let mut program = Program::new();
        program.at("2026-06-10");
        register(&program, "a@x.example", "Ann Low");
        register(&program, "b@x.example", "Ann Low");
        program.run(&format!("do-not-contact {silent}")).ok();
        program.at("2026-06-15");
        let (speaks, other) = match (silent, kept) {
            ("a@x.example", "a@x.example") | ("b@x.example", "a@x.example") => {
                ("b@x.example", "b@x.example")
            }
            _ => ("b@x.example", "a@x.example"),
        };
        if speaks != silent {
            // The newest word on the other record is a yes.
            register(&program, speaks, "Ann Low");
        }
        program.run(&format!("merge {kept} {other}")).ok();
        assert_eq!(program.data("show a@x.example")["stage"], "do-not-contact");
        program
            .run("tap b@x.example --ask review --override 'the CEO wants it'")
            .code(3);
        program.healthy();
        program.run("merge --undo 1").ok();
        assert_eq!(
            program.data(&format!("show {silent}"))["stage"],
            "do-not-contact"
        );
        let loud = ["a@x.example", "b@x.example"]
            .into_iter()
            .find(|one| *one != silent)
            .unwrap();
        assert_eq!(program.data(&format!("show {loud}"))["stage"], "active");
        program.healthy();
    }
}

#[test]
fn every_import_and_name_finds_the_one_that_was_kept() {
    for large in [false, true] {
        let program = Program::new();
        program.file(
            "people.csv",
            "Email,First Name,Last Name,Contact ID,Account Name\n\
             ann@x.example,Ann,Low,C1,Acme\nann.low@y.example,Ann,Low,C2,Acme\n",
        );
        program.run("import people people.csv").ok();
        program.run("merge ann@x.example ann.low@y.example").ok();
        let before = program.count("people");

        let again = program.data("import people people.csv");
        assert_eq!((&again["new"], &again["rejected"]), (&0.into(), &0.into()));
        let mut survey = String::from("Email,Name,Score,Date,Comment,Title\n");
        survey += "ann.low@y.example,Ann Low,9,2026-06-01,one,CIO\n";
        survey += "ann@x.example,Ann Low,10,2026-06-02,two,CEO\n";
        if large {
            // From four megabytes on every key is read beforehand.
            let long = "word ".repeat(1000);
            for day in 0..900 {
                let date = format!("2026-{:02}-{:02}", 1 + day % 5, 1 + day % 28);
                survey += &format!("ann.low@y.example,Ann Low,9,{date},{day} {long},\n");
            }
        }
        program.file("survey.csv", survey);
        let data = program.data("import nps survey.csv");
        assert_eq!(
            (&data["people_new"], &data["rejected"]),
            (&0.into(), &0.into())
        );
        program.file(
            "taps.csv",
            "email,ask,date,outcome\nann.low@y.example,review,2026-01-05,completed\n",
        );
        assert_eq!(program.data("import taps taps.csv")["people_new"], 0);
        program.file(
            "reviews.csv",
            "platform,title,email,date,rating,url\nG2,Good,ann.low@y.example,2026-02-01,5,https://g2.example/1\n",
        );
        program.run("import reviews reviews.csv").ok();
        assert_eq!(program.data("asset list")[0]["email"], "ann@x.example");
        let data = program.data("register ann.low@y.example --will review");
        assert_eq!(
            (&data["email"], &data["person_new"]),
            (&"ann@x.example".into(), &false.into())
        );
        assert_eq!(program.count("people"), before);
        for who in ["2", "ann.low@y.example", "ann.low", "Ann Low", "1"] {
            let whole = program.data(&format!("show '{who}'"));
            assert_eq!(whole["email"], "ann@x.example", "{who}");
            assert_eq!(whole["title"], "CIO", "what comes first fills the gap");
        }
        assert_eq!(program.data("list").as_array().unwrap().len(), 1);
        assert_eq!(
            program.data("candidates").as_array().unwrap().len(),
            0,
            "the part is nobody's candidate"
        );
        program.healthy();
    }
}

#[test]
fn describing_fields_are_filled_and_given_back() {
    let program = twice();
    program
        .run("edit nina.albrecht@northwind.example --persona buyer")
        .ok();
    program.run("merge 1 2").ok();
    let whole = program.data("show 1");
    assert_eq!(
        (&whole["title"], &whole["persona"]),
        (&"CIO".into(), &"buyer".into())
    );
    // What was confirmed by hand stays so; what was not may be corrected.
    program.file(
        "people.csv",
        "Email,Title,Persona\nnina@northwind.example,CEO,user\n",
    );
    program.run("import people people.csv").ok();
    let whole = program.data("show 1");
    assert_eq!(
        (&whole["title"], &whole["persona"]),
        (&"CEO".into(), &"buyer".into())
    );
    program.run("merge --undo 1").ok();
    let whole = program.data("show 1");
    assert_eq!(
        (&whole["title"], &whole["persona"]),
        (&"CEO".into(), &serde_json::Value::Null),
        "what changed since stays"
    );
    program.run("import people people.csv").ok();
    assert_eq!(program.data("show 1")["persona"], "user");
    program.healthy();
}

#[test]
fn an_account_is_taken_over_and_given_back() {
    let program = Program::new();
    program
        .run("register ann@gmail.com --name 'Ann Low' --will review")
        .ok();
    register(&program, "ann@x.example", "Ann Low");
    program.run("merge ann@gmail.com ann@x.example").ok();
    assert_eq!(program.data("show 1")["account"], "x.example");
    program.run("merge --undo 1").ok();
    assert_eq!(program.data("show 1")["account"], serde_json::Value::Null);
    program.healthy();
}

#[test]
fn every_table_with_a_person_is_a_table_of_facts() {
    let program = Program::new();
    let sql = program.sql();
    let mut statement = sql
        .prepare(
            "SELECT s.name, (SELECT count(*) FROM pragma_table_info(s.name) i
                 WHERE i.name = 'id' AND i.pk = 1 AND i.type = 'INTEGER')
             FROM sqlite_schema s JOIN pragma_table_info(s.name) c
             WHERE s.type = 'table' AND c.name = 'person_id' ORDER BY s.name",
        )
        .unwrap();
    let tables: Vec<(String, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .unwrap();
    assert!(tables.len() >= 14, "{tables:?}");
    for (table, has_id) in &tables {
        assert_eq!(*has_id, 1, "{table}: merged_facts names rows by id");
    }
    // One row in each, whatever else it needs: a merge must find every one of them.
    register(&program, "a@x.example", "Ann Low");
    register(&program, "b@x.example", "Ann Low");
    program.run("request open --ask review --by Sam").ok();
    sql.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for (table, _) in &tables {
        insert_one(&sql, table);
    }
    program.run("merge 1 2").ok();
    for (table, _) in &tables {
        let count: i64 = sql
            .query_row(
                &format!("SELECT count(*) FROM {table} WHERE person_id = 2"),
                [],
                |row| row.get(0),
            )
            .unwrap();
        // Where a record's account came from stays with the record.
        assert_eq!(count, i64::from(table == "account_moves"), "{table}");
    }
}

/// Adds a row of person 2 with something in each column that must not be empty.
#[allow(
    clippy::disallowed_types,
    reason = "the test looks behind the program's back"
)]
fn insert_one(sql: &rusqlite::Connection, table: &str) {
    let mut columns = sql
        .prepare("SELECT name, type, \"notnull\" FROM pragma_table_info(?1) WHERE pk = 0")
        .unwrap();
    let columns: Vec<(String, String, bool)> = columns
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect)
        .unwrap();
    let (names, values): (Vec<String>, Vec<&str>) = columns
        .into_iter()
        .filter(|(name, _, needed)| *needed || name == "person_id")
        .map(|(name, kind, _)| {
            let value = match (name.as_str(), kind.as_str()) {
                ("person_id", _) => "2",
                ("effort", _) => "'low'",
                ("answer", _) => "'done'",
                ("change", _) => "'changed'",
                (_, "TEXT") => "'pending'",
                _ => "1",
            };
            (name, value)
        })
        .unzip();
    sql.execute_batch(&format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(", "),
        values.join(", ")
    ))
    .unwrap();
}

#[test]
fn check_sees_a_fact_of_a_record_that_is_part_of_another() {
    let program = twice();
    program.run("merge 1 2").ok();
    program
        .sql()
        .execute("UPDATE responses SET person_id = 2", [])
        .unwrap();
    program
        .run("check --json")
        .code(1)
        .shows("1 rows of responses are still its own");
    program.run("merge --undo 1").ok();
    program
        .sql()
        .execute("UPDATE people SET merged_into = 1 WHERE id = 2", [])
        .unwrap();
    program
        .run("check --json")
        .code(1)
        .shows("not what the merges say");
}

#[test]
fn scripts_find_the_keys() {
    let program = twice();
    has_keys(
        &program.data("merge --suggest")[0],
        &[
            "keep_id", "keep", "other_id", "other", "name", "reason", "command",
        ],
    );
    let data = program.data("merge 1 2");
    has_keys(
        &data,
        &["merge_id", "email", "merged", "stage", "account", "facts"],
    );
    assert_eq!(
        data["facts"],
        serde_json::json!([{ "fact": "responses", "rows": 1 }])
    );
    has_keys(
        &program.data("merge --undo 1"),
        &["merge_id", "result", "email", "parted", "facts"],
    );
}

/// Something that happens to one of three records.
#[derive(Debug, Clone)]
enum Deed {
    Tap(usize, u64),
    Outcome(usize, usize),
    Answer(usize, u8),
    Pause(usize),
    Forbid(usize),
    Move(usize, usize),
    Verify(usize),
}

const RECORDS: [&str; 3] = ["a@x.example", "b@x.example", "c@y.example"];
const OUTCOMES: [&str; 4] = ["accepted", "completed", "declined", "withdrawn"];

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0..RECORDS.len();
    prop_oneof![
        4 => (who.clone(), 0_u64..100).prop_map(|(who, ago)| Deed::Tap(who, ago)),
        3 => (1_usize..5, 0..OUTCOMES.len()).prop_map(|(tap, outcome)| Deed::Outcome(tap, outcome)),
        2 => (who.clone(), 0_u8..=10).prop_map(|(who, score)| Deed::Answer(who, score)),
        1 => who.clone().prop_map(Deed::Pause),
        1 => who.clone().prop_map(Deed::Forbid),
        1 => (who.clone(), 0_usize..3).prop_map(|(who, to)| Deed::Move(who, to)),
        1 => who.prop_map(Deed::Verify),
    ]
}

fn act(program: &Program, deed: &Deed, number: usize) {
    let line = match *deed {
        Deed::Tap(who, ago) => {
            let today: chrono::NaiveDate = "2026-06-15".parse().unwrap();
            let on = today - chrono::Days::new(ago);
            format!(
                "tap {} --ask review --on {on} --override because",
                RECORDS[who]
            )
        }
        Deed::Outcome(tap, outcome) => format!("outcome {tap} {}", OUTCOMES[outcome]),
        Deed::Answer(who, score) => {
            let row = format!(
                "Email,Score,Date\n{},{score},2026-06-0{}\n",
                RECORDS[who],
                1 + number % 9
            );
            program.file("answer.csv", row);
            "import nps answer.csv".to_owned()
        }
        Deed::Pause(who) => format!("pause {}", RECORDS[who]),
        Deed::Forbid(who) => format!("do-not-contact {}", RECORDS[who]),
        Deed::Move(who, to) => format!("move {} --account Place{to} --new-account", RECORDS[who]),
        Deed::Verify(who) => format!("verify {}", RECORDS[who]),
    };
    let ran = program.run(&line);
    assert!(matches!(ran.code, Some(0 | 2 | 3)), "{}", ran.story());
}

/// Every row of what happened and of people, without what a merge writes about itself.
fn facts(program: &Program) -> String {
    let beside = [
        "operations ",
        "merges ",
        "merged_facts ",
        "edits ",
        "row_images ",
    ];
    let rows = program.rows();
    let lines = rows
        .lines()
        .filter(|line| !beside.iter().any(|table| line.starts_with(table)));
    lines.collect::<Vec<_>>().join("\n")
}

/// How many rows each table of what happened has.
fn counts(program: &Program) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in facts(program).lines() {
        let table = line.split(' ').next().unwrap_or_default().to_owned();
        *counts.entry(table).or_default() += 1;
    }
    counts.remove("stage_changes");
    counts
}

/// The taps of somebody that take room, and when they are free.
fn taps(program: &Program, who: &[&str]) -> Vec<(String, String)> {
    let mut taps = Vec::new();
    for one in who {
        for tap in program.data(&format!("taps {one}")).as_array().unwrap() {
            taps.push((tap["tapped_on"].to_string(), tap["outcome"].to_string()));
        }
    }
    taps.sort();
    taps
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_615),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_merge_loses_nothing_and_its_undoing_brings_everything_back(
        deeds in prop::collection::vec(deed(), 3..14),
        chain in any::<bool>(),
    ) {
        let program = Program::new();
        program.run("policy set cap.account.max 100").ok();
        for who in RECORDS {
            program.run(&format!("register {who} --will review")).ok();
        }
        for (number, deed) in deeds.iter().enumerate() {
            act(&program, deed, number);
        }
        let (before, before_counts) = (facts(&program), counts(&program));
        let all = taps(&program, &RECORDS);
        program.run("merge a@x.example b@x.example").ok();
        // The third joins the whole, or the whole joins the third.
        let kept = if chain { RECORDS[2] } else { RECORDS[0] };
        let other = if chain { RECORDS[0] } else { RECORDS[2] };
        program.run(&format!("merge {kept} {other}")).ok();
        program.healthy();
        prop_assert_eq!(counts(&program), before_counts);
        for who in RECORDS {
            prop_assert_eq!(taps(&program, &[who]), all.clone());
        }
        let forbidden = deeds.iter().any(|deed| matches!(deed, Deed::Forbid(_)));
        let stage = program.data("show b@x.example")["stage"].clone();
        prop_assert_eq!(stage == "do-not-contact", forbidden);
        // The caps are those of one person who was asked all of it.
        let union = Program::new();
        union.run("policy set cap.account.max 100").ok();
        union.run("register one@x.example --will review").ok();
        for (on, outcome) in &all {
            let on = on.trim_matches('"');
            union.run(&format!("tap one@x.example --ask review --on {on} --override because")).ok();
            if outcome == "\"withdrawn\"" {
                let tap = union.count("taps");
                union.run(&format!("outcome {tap} withdrawn")).ok();
            }
        }
        let full = |program: &Program, who: &str| {
            let answer = program.data("match --ask review --why-not");
            let who = program.data(&format!("show {who}"))["email"].clone();
            let mut blocked = answer["blocked"].as_array().unwrap().iter();
            let row = blocked.find(|row| row["email"] == who);
            row.is_some_and(|row| row["refusal"] == "cap" || row["also"].to_string().contains("\"cap\""))
        };
        prop_assert_eq!(full(&program, "b@x.example"), full(&union, "one@x.example"));
        program.run("merge --undo 2").ok();
        program.run("merge --undo 1").ok();
        program.healthy();
        prop_assert_eq!(facts(&program), before);
    }
}
