//! What an import says of how it read a file: its columns, how their cells were read, and what is missing.

use serde_json::{Value, json};

use crate::common::{Program, fixture};

/// The columns of an answer, as `header: field`.
fn columns(data: &Value) -> Vec<String> {
    let columns = data["columns"].as_array().unwrap().iter();
    columns
        .map(|column| {
            let field = column["field"].as_str().unwrap_or("-");
            format!("{}: {field}", column["header"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn every_kind_of_import_says_which_column_became_which_field() {
    let program = Program::on("2026-07-01");
    for (kind, file, more, told) in [
        (
            "nps",
            "generic.csv",
            "",
            &["NPS score: score", "Respondent E-Mail: email"][..],
        ),
        (
            "people",
            "people-hubspot.csv",
            "",
            &["Email: email", "Phone Number: phone"],
        ),
        (
            "accounts",
            "accounts-salesforce.csv",
            "",
            &["Account Name: name"],
        ),
        (
            "deals",
            "deals-salesforce.csv",
            "",
            &["Amount: amount", "Won: -"],
        ),
        ("reviews", "reviews-g2.csv", "", &["Star Rating: rating"]),
        (
            "signals",
            "usage.csv",
            "--kind power-user --when active_days>=20 --max-rejects 9",
            &["Active Days: reading", "Seats: -"],
        ),
        (
            "nominations",
            "nominations.csv",
            "",
            &["Nominee email: email"],
        ),
        (
            "taps",
            "taps.csv",
            "--max-rejects 9",
            &["Advocate email: email"],
        ),
    ] {
        let path = fixture("import").join(file);
        let line = format!("import {kind} {} {more} --dry-run --json", path.display());
        let data = program.run(&line).data();
        let columns = columns(&data);
        for one in told {
            assert!(
                columns.iter().any(|column| column == one),
                "{file}: {columns:?}"
            );
        }
        assert_eq!(data["files"][0]["encoding"], "UTF-8", "{file}");
    }
}

#[test]
fn cells_that_can_be_read_in_several_ways_are_shown_with_an_example() {
    let program = Program::new();
    let text = "ID;E-Mail;NPS;Datum;Firma;Notiz\n\
                1;ada@kestrel.example;9/10;14.03.2025;Kestrel;x\n";
    let text = encoding(text);
    let file = program.file("antworten.csv", text);
    let line = format!("import nps {} --dry-run", file.display());
    let data = program.data(&line);
    assert_eq!(
        data["columns"][2],
        json!({"file": file.to_string_lossy(), "position": 3, "header": "NPS", "field": "score",
               "example": "9/10", "read_as": "on the scale 0-10: `9/10` is 9"})
    );
    let date = data["columns"][3]["read_as"].as_str().unwrap();
    assert!(date.ends_with("`14.03.2025` is 2025-03-14"), "{date}");
    assert_eq!(data["columns"][5]["field"], Value::Null);
    assert_eq!(
        data["files"][0],
        json!({"file": file.to_string_lossy(), "encoding": "UTF-16LE", "delimiter": ";", "header_line": 1})
    );
    assert_eq!(data["without_person"], 0);
}

/// As Excel writes it.
fn encoding(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

#[test]
fn people_see_the_columns_before_anything_is_changed_or_on_request() {
    let program = Program::new();
    let file = program.fixture("import/agent.csv");
    let plain = program.run(&format!("import nps {file}")).ok();
    assert!(!plain.out.contains("Columns"), "{}", plain.out);
    for option in ["--dry-run", "-v"] {
        let ran = program.run(&format!("import nps {file} {option}")).ok();
        assert!(ran.out.contains("Columns"), "{}", ran.out);
        assert!(ran.out.contains("1  Agent    -"), "{}", ran.out);
    }
}

#[test]
fn a_file_most_of_whose_rows_are_of_nobody_says_so_unasked() {
    let program = Program::new();
    let file = program.fixture("import/agent.csv");
    let ran = program.run(&format!("import nps {file}")).ok();
    assert!(
        ran.err
            .contains("most rows, 3 of 3, name no person who is known; --map email=HEADER"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("left unread: `Agent`"), "{}", ran.err);
    for (kind, text, note) in [
        (
            "people",
            "ID,Email,Employer of theirs\n1,ada@gmail.com,Kestrel\n2,bo@gmail.com,Osprey\n",
            "most rows, 2 of 2, name no company; --map company=HEADER names their column; left unread: `Employer of theirs`",
        ),
        (
            "nps",
            "Email,NPS,Date\nanonymous,9,2026-03-14\n,9,2026-03-15\n",
            "most rows, 2 of 2, name no person who is known; `Email` says nothing of them",
        ),
        (
            "deals",
            "Deal,Stage\nRollout,Open\n",
            "most rows, 1 of 1, name no company",
        ),
        (
            "reviews",
            "Title,Rating\nFine,4\n",
            "most rows, 1 of 1, name no person",
        ),
    ] {
        let file = program.file("some.csv", text);
        let ran = program
            .run(&format!("import {kind} {}", file.display()))
            .ok();
        assert!(ran.err.contains(note), "{kind}: {}", ran.err);
    }
}

#[test]
fn answers_that_are_all_of_one_group_are_odd() {
    let program = Program::new();
    let rows = |scores: [u8; 10]| {
        let rows = scores.iter().enumerate();
        let rows = rows.map(|(at, score)| format!("p{at}@kestrel.example,{score},2026-03-14\n"));
        format!("Email,NPS,Date\n{}", rows.collect::<String>())
    };
    let file = program.file("a.csv", rows([10, 9, 9, 9, 10, 10, 10, 9, 9, 9]));
    let ran = program.run(&format!("import nps {}", file.display())).ok();
    let note = "all 10 new answers are those of promoters";
    assert!(ran.err.contains(note), "{}", ran.err);
    let file = program.file("b.csv", rows([10, 9, 9, 9, 10, 10, 10, 9, 9, 8]));
    let ran = program.run(&format!("import nps {}", file.display())).ok();
    assert!(!ran.err.contains("new answers"), "{}", ran.err);
}
