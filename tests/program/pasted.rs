//! Commands that are printed to be typed: they go to the database that was named on the command line.

use crate::common::{Program, fixture};

/// The option of the command line that names the database; the environment names another one, where nothing is.
const NAMED: &str = "--db 'my program.db'";

/// A program with a reference that waits for its answer, and with a thank-you due.
fn elsewhere() -> Program {
    let mut program = Program::empty();
    for (day, line) in [
        ("2026-06-01", "init --time-zone UTC"),
        (
            "2026-06-01",
            "register nina@northwind.example --will review,reference --industry healthcare",
        ),
        ("2026-06-01", "tap nina --ask review"),
        ("2026-06-02", "outcome 1 completed"),
    ] {
        program.at(day).run(&format!("{NAMED} {line}")).ok();
    }
    program.at("2026-07-15");
    program
}

#[test]
fn a_printed_command_names_the_database_that_was_named() {
    let mut program = elsewhere();
    for line in [
        "agenda",
        "agenda --format markdown",
        "next nina",
        "match --ask reference",
        "nominate omar@brightmere.example --reason 'speaks well'",
        "nominations",
        "tap omar --ask review",
        "outcome 9 accepted",
        "tier set nina gold",
        "request list",
    ] {
        program.tell(&format!("{NAMED} {line}"));
    }
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_command_of_the_agenda_can_be_pasted() {
    let program = elsewhere();
    let due = program.data(&format!("{NAMED} agenda --ics due.ics"));
    let command = due[0]["command"].as_str().unwrap();
    assert!(command.starts_with("advocate --db 'my program.db' touch nina@"));
    let ics = std::fs::read_to_string(program.path("due.ics")).unwrap();
    assert!(ics.replace("\r\n ", "").contains(command), "{ics}");
    program
        .run(command.trim_start_matches("advocate "))
        .ok()
        .shows("nina@northwind.example");
    let missing = program.run("--db=none.db --json list").code(5).error();
    let hint = missing["hint"].as_str().unwrap();
    assert!(hint.starts_with("advocate --db none.db init "), "{hint}");
}

#[test]
fn what_people_wrote_stays_as_it_is() {
    let program = elsewhere();
    let note = "said: advocate show me";
    program
        .run(&format!(
            "{NAMED} touch nina --kind check-in --note '{note}'"
        ))
        .ok();
    let shown = program.data(&format!("{NAMED} show nina"));
    assert!(shown.to_string().contains(note), "{shown}");
}

#[test]
fn a_demonstration_names_its_file_and_imports_what_is_there() {
    let program = Program::empty();
    let told = program.run("demo demo.db").ok();
    let told = told.shows("Then log it:\n  advocate --db demo.db tap ");
    assert!(!told.out.contains("import nps"), "{}", told.story());
    let survey = std::fs::read(fixture("import/delighted.csv")).unwrap();
    std::fs::create_dir_all(program.path("fixtures/import")).unwrap();
    program.file("fixtures/import/delighted.csv", survey);
    program
        .run("demo demo.db --force")
        .ok()
        .shows(" --db demo.db import nps fixtures/import/delighted.csv");
}
