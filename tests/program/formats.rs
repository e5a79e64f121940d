//! The formats of an answer: csv, markdown, json and table say the same.

use crate::common::Program;
use crate::lists::people;

#[test]
fn a_list_in_csv_and_markdown() {
    let mut program = people();
    program.tell("list --format csv").ok();
    program.tell("list --format markdown").ok();
    program.tell("candidates --format csv").ok();
    program.tell("candidates --format markdown").ok();
    program.tell("match --ask review --format csv").ok();
    program.tell("match --ask review --format markdown").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn csv_guards_what_a_spreadsheet_would_run_unless_raw() {
    let program = Program::new();
    for (email, name) in [
        ("a@x.example", "=1+1"),
        ("b@x.example", "@cmd"),
        ("c@x.example", "-2"),
    ] {
        program
            .run(&format!("register {email} --name='{name}' --will review"))
            .ok();
    }
    let csv = program.run("list --format csv").ok().out;
    let raw = program.run("list --format csv --raw").ok().out;
    for name in ["=1+1", "@cmd", "-2"] {
        assert!(csv.contains(&format!(",'{name},")), "{csv}");
        assert!(raw.contains(&format!(",{name},")), "{raw}");
    }
}

#[test]
fn csv_has_one_value_a_cell_and_the_same_header_when_empty() {
    let program = people();
    for line in ["list", "candidates", "taps", "policy show"] {
        let text = program.run(&format!("{line} --format csv")).ok().out;
        let mut rows = csv_rows(&text);
        let header = rows.remove(0);
        assert!(!rows.is_empty(), "{line}");
        assert!(rows.iter().all(|row| row.len() == header.len()), "{line}");
        let json = program.data(line);
        let keys: Vec<&str> = crate::common::keys(&json[0]);
        assert_eq!(header, keys, "{line}");
        assert_eq!(rows.len(), json.as_array().unwrap().len());
    }
    let header = |program: &Program| {
        let text = program.run("list --format csv").ok().out;
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(header(&program), header(&Program::new()));
}

fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(row.unwrap())).collect()
}

#[test]
fn a_pipe_gets_neither_colour_nor_cut_cells() {
    let program = people();
    let plain = program.run("list").ok().out;
    assert!(!plain.contains('\u{1b}') && plain.contains("Nina"));
    let coloured = program.run("list --color always").ok().out;
    let never = program.run("list --color never").ok().out;
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(plain, never);
    program.run("list --json --format csv").code(2);
    program
        .run("list --format yaml")
        .code(2)
        .says("possible values");
}
