//! `agenda`: what is due, with the commands that settle it, and as a calendar.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::common::{NOW, Program, has_keys};

/// Every kind of item, the most urgent first.
const KINDS: [&str; 19] = [
    "score-drop",
    "low-rating",
    "hold",
    "request",
    "thank-you",
    "pending-tap",
    "accepted-tap",
    "nomination",
    "invite",
    "permission",
    "results",
    "publication",
    "pause-ends",
    "invitation",
    "asset-missing",
    "asset",
    "open-pause",
    "check-in",
    "verify",
];

/// Nominates somebody for their words on a stage, and gives the nomination's number.
pub(crate) fn nominate(program: &Program, email: &str, by: &str, on: &str) -> i64 {
    let line = format!("nominate {email} --by {by} --reason 'praised us on stage' --on {on}");
    program.data(&line)["nomination_id"].as_i64().unwrap()
}

/// Somebody who has been an advocate since the day.
pub(crate) fn advocate(program: &Program, name: &str, since: &str) {
    let owner = if name < "Ivy" { "Ines Vale" } else { "Jo Falk" };
    let email = name.to_lowercase();
    program
        .run(&format!(
            "register {email}@{email}.example --name '{name} Low' --owner '{owner}' --industry healthcare --will reference,review,logo --on {since}"
        ))
        .ok();
}

/// A program in which on 2026-06-15 one thing of each kind is due.
fn busy() -> Program {
    let mut program = Program::new();
    program.at("2026-06-05");
    nominate(&program, "otto@otto.example", "Dana", "2026-06-01");
    program.run("nominations accept 1").ok();
    program.at("2026-06-10");
    for (name, since) in [
        ("Cara", "2026-03-01"),
        ("Hal", "2026-06-01"),
        ("Paul", "2026-05-01"),
        ("Pia", "2026-05-02"),
        ("Sam", "2026-05-03"),
        ("Tess", "2026-04-20"),
        ("Vera", "2025-12-01"),
        ("Rob", "2026-05-04"),
        ("Una", "2026-02-01"),
    ] {
        advocate(&program, name, since);
    }
    let survey = "Email,Name,Score,Date,Company\n\
        sam@sam.example,Sam Low,10,2026-04-01,Sam\n\
        sam@sam.example,Sam Low,6,2026-06-12,Sam\n\
        nora@nora.example,Nora Low,9,2026-05-01,Nora\n\
        ivy@ivy.example,Ivy Low,9,2026-05-01,Ivy\n";
    for line in [
        "tap tess --ask review --on 2026-04-22",
        "outcome 1 completed --on 2026-05-02",
        "tap pia --ask logo --on 2026-06-01",
        "pause paul --until 2026-06-14",
        "request open --ask reference --by Dana --needed-by 2026-06-20",
        "hold hal --request 1 --days 6",
        "request open --ask logo --by Dana --needed-by 2026-06-13",
        "asset add 'Half the waiting' --kind case-study --status drafting --on 2026-05-20 --person hal",
        "asset add 'Nights off' --kind video --status published --on 2026-05-01 --permission-until 2026-07-01 --person tess",
        "tap rob --ask video --override 'said yes' --on 2026-05-20",
        "outcome 3 completed --rating 2 --on 2026-05-25",
        "touch rob --kind thank-you --tap 3 --on 2026-05-26",
        "tap vera --ask reference --override 'said yes' --on 2026-05-10",
        "outcome 4 accepted --on 2026-05-12",
        "pause una --on 2026-02-10",
    ] {
        program.run(line).ok();
    }
    program.at("2026-06-15");
    program.file("survey.csv", survey);
    program.run("import nps survey.csv").ok();
    program.run("invite ivy --on 2026-05-20").ok();
    nominate(&program, "nora@nora.example", "Dana", "2026-06-01");
    program
        .run("touch vera --kind check-in --on 2026-06-01")
        .ok();
    program
}

fn column(rows: &Value, key: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| match &row[key] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
    .collect()
}

#[test]
fn everything_due_is_listed_with_the_command_that_settles_it() {
    let mut program = busy();
    program.tell("agenda").ok();
    program.tell("agenda --format markdown").ok();
    program.tell("agenda --format csv --kind hold,request").ok();
    insta::assert_snapshot!(program.story());
    let rows = program.data("agenda");
    let keys = ["kind", "who", "due_on", "overdue_days", "command"];
    for row in rows.as_array().unwrap() {
        has_keys(row, &keys);
    }
    let kinds: Vec<String> = column(&rows, "kind");
    let found: BTreeSet<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(found, BTreeSet::from(KINDS));
    program.healthy();
}

#[test]
fn it_can_be_narrowed_and_looks_ahead_and_back() {
    let program = busy();
    let of = |line: &str| column(&program.data(line), "kind");
    assert_eq!(
        of("agenda --owner 'ines vale'"),
        ["hold", "check-in", "asset"]
    );
    assert_eq!(of("agenda --owner dana"), ["request"]);
    assert_eq!(
        of("agenda --kind verify,thank_you"),
        ["thank-you", "verify"]
    );
    let ahead = program.data("agenda --kind request --days 5");
    assert_eq!(column(&ahead, "due_on"), ["2026-06-13", "2026-06-20"]);
    assert_eq!(column(&ahead, "overdue_days"), ["2", "0"]);
    let ahead = program.data("agenda --kind request --days 4");
    assert_eq!(column(&ahead, "due_on"), ["2026-06-13"]);
    let before = column(&program.data("agenda --as-of 2026-06-13"), "kind");
    for gone in ["hold", "pause-ends"] {
        assert!(!before.iter().any(|kind| kind == gone), "{before:?}");
    }
    assert!(before.iter().any(|kind| kind == "score-drop"));
    let long_ago = program.data("agenda --as-of 2026-05-05");
    assert_eq!(column(&long_ago, "kind"), ["thank-you", "check-in"]);
    assert_eq!(column(&long_ago, "overdue_days"), ["0", "65"]);
}

#[test]
fn what_cannot_be_meant_is_said_so() {
    let mut program = busy();
    program.tell("agenda --owner 'Ines Vol'").code(2);
    program.tell("agenda --kind thunk-you").code(2);
    program.tell("agenda --days -1").code(2);
    program.tell("agenda --ics .").code(1);
    program.tell("agenda --ics missing/agenda.ics").code(1);
    insta::assert_snapshot!(program.story());
}

#[test]
fn an_empty_agenda_is_good_news() {
    let mut program = Program::new();
    program.tell("agenda").ok();
    program.tell("agenda --days 7").ok();
    program.tell("agenda --kind verify").ok();
    assert_eq!(program.data("agenda").as_array().unwrap().len(), 0);
    insta::assert_snapshot!(program.story());
}

/// Every line of the table fits, and no command is broken: each can be copied as it stands.
#[test]
fn commands_can_be_copied_from_a_table_of_a_hundred_columns() {
    let program = crate::demo(NOW);
    let table = program.run("agenda --days 30").ok().out;
    let rows = program.data("agenda --days 30");
    assert!(rows.as_array().unwrap().len() > 40);
    assert!(table.lines().all(|line| line.chars().count() <= 100));
    let commands = table.lines().filter(|line| line.contains("advocate "));
    assert_eq!(commands.count(), rows.as_array().unwrap().len());
    let wanted: BTreeSet<&str> = KINDS.into();
    let found = column(&rows, "kind");
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(
        missing.iter().all(|kind| **kind == "nomination"),
        "{missing:?}"
    );
}

#[test]
fn an_address_that_a_shell_would_run_is_quoted() {
    let program = Program::new();
    let line = "register \"o'neil@brightmere.example\" --name Ona --will review --on 2025-06-01";
    program.run(line).ok();
    let commands = column(&program.data("agenda --kind verify"), "command");
    assert_eq!(
        commands,
        [r"advocate verify 'o'\''neil@brightmere.example'"]
    );
}

/// The content lines of a calendar file, unfolded as RFC 5545 §3.1 says, after its form was checked.
fn content(file: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n"));
    assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = file.replace("\r\n ", "");
    unfolded
        .split_terminator("\r\n")
        .map(String::from)
        .collect()
}

/// The events of a calendar file, each as its properties, after the calendar around them was checked.
fn events(file: &str) -> Vec<Vec<(String, String)>> {
    let lines = content(file);
    assert_eq!(lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"]);
    assert!(lines[2].starts_with("PRODID:-//"));
    assert_eq!(lines.last().unwrap(), "END:VCALENDAR");
    let mut events = Vec::new();
    for line in &lines[3..lines.len() - 1] {
        match line.as_str() {
            "BEGIN:VEVENT" => events.push(Vec::new()),
            "END:VEVENT" => {}
            line => {
                let (name, value) = line.split_once(':').unwrap();
                if let Some(event) = events.last_mut() {
                    event.push((name.to_owned(), value.to_owned()));
                }
            }
        }
    }
    events
}

fn property<'e>(event: &'e [(String, String)], name: &str) -> &'e str {
    let mut found = event.iter().filter(|(one, _)| one == name);
    let (_, value) = found
        .next()
        .unwrap_or_else(|| panic!("no {name}: {event:?}"));
    assert!(found.next().is_none(), "{name} twice");
    value
}

#[test]
fn the_calendar_is_one_for_any_program() {
    let program = busy();
    let ran = program.run("agenda --days 30 --ics agenda.ics").ok();
    let rows = program.data("agenda --days 30");
    let amount = rows.as_array().unwrap().len();
    let ran = ran.says(&format!("wrote {amount} entries to agenda.ics"));
    assert!(ran.out.contains("advocate touch"), "{}", ran.story());
    let path = program.path("agenda.ics");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let file = std::fs::read_to_string(&path).unwrap();
    let events = events(&file);
    assert_eq!(events.len(), amount);
    let uids: BTreeSet<&str> = events.iter().map(|event| property(event, "UID")).collect();
    assert_eq!(uids.len(), amount, "each has a name of its own");
    for (event, row) in events.iter().zip(rows.as_array().unwrap()) {
        assert_eq!(property(event, "DTSTAMP"), "20260615T090000Z");
        let due_on = row["due_on"].as_str().unwrap().max("2026-06-15");
        let starts = property(event, "DTSTART;VALUE=DATE");
        assert_eq!(starts, due_on.replace('-', ""));
        assert!(property(event, "DTEND;VALUE=DATE") > starts);
        let what = row["what"].as_str().unwrap().replace(',', r"\,");
        assert_eq!(property(event, "SUMMARY"), what);
        assert_eq!(property(event, "CATEGORIES"), row["kind"].as_str().unwrap());
        assert_eq!(property(event, "TRANSP"), "TRANSPARENT");
        let command = row["command"].as_str().unwrap();
        assert!(property(event, "DESCRIPTION").ends_with(command));
    }
}

#[test]
fn another_calendar_updates_the_first() {
    let mut program = busy();
    let write = |program: &Program| {
        program.run("agenda --quiet --ics agenda.ics").ok().silent();
        let file = std::fs::read_to_string(program.path("agenda.ics")).unwrap();
        let events = events(&file);
        let names = events.iter().map(|event| property(event, "UID").to_owned());
        names.collect::<BTreeSet<String>>()
    };
    let first = write(&program);
    assert_eq!(first, write(&program));
    program.at("2026-06-16");
    let second = write(&program);
    let gone: Vec<&String> = first.difference(&second).collect();
    assert!(
        matches!(gone[..], [hold] if hold.starts_with("hold-")),
        "{gone:?}"
    );
    let mut other = Program::empty();
    other.at("2026-06-10T09:00:01Z");
    other.run("init --time-zone UTC").ok();
    advocate(&other, "Vera", "2025-12-01");
    assert!(
        write(&other).is_disjoint(&second),
        "two programs, two names"
    );
}

#[test]
fn an_empty_calendar_says_that_it_is_up_to_date() {
    let program = Program::new();
    program.run("agenda --ics agenda.ics").ok();
    let file = std::fs::read_to_string(program.path("agenda.ics")).unwrap();
    let events = events(&file);
    assert_eq!(events.len(), 1);
    assert_eq!(property(&events[0], "SUMMARY"), "Nothing is due");
    assert_eq!(property(&events[0], "DTSTART;VALUE=DATE"), "20260615");
}

#[test]
fn names_cannot_break_the_calendar() {
    let program = Program::new();
    let name = format!("Ona\nEND:VEVENT\u{7}\u{202e}; Jr, {}", "虎".repeat(40));
    let args = [
        "register",
        "ona@ona.example",
        "--will",
        "review",
        "--on",
        "2025-06-01",
        "--name",
    ];
    let ran = program.command(&[&args[..], &[&name]].concat()).output();
    assert!(ran.unwrap().status.success());
    program.run("agenda --ics agenda.ics").ok();
    let file = std::fs::read_to_string(program.path("agenda.ics")).unwrap();
    let kinds: Vec<_> = events(&file)
        .iter()
        .map(|event| property(event, "CATEGORIES").to_owned())
        .collect();
    assert_eq!(kinds, ["check-in", "verify"]);
    let control = |c: char| c.is_control() && !"\r\n".contains(c) || c == '\u{202e}';
    assert!(!file.contains(control), "{file:?}");
    assert!(
        content(&file)
            .iter()
            .any(|line| line.contains(r"\; Jr\, 虎虎"))
    );
}

/// Typed from top to bottom, no line takes away whom another one offers.
#[test]
fn nobody_is_offered_for_two_requests() {
    let program = crate::demo("2026-07-01");
    let lines = program.data("agenda");
    let rows = lines.as_array().unwrap().iter();
    let asked = rows.filter_map(|row| row["command"].as_str());
    let asked: Vec<&str> = asked.filter(|line| line.contains(" tap ")).collect();
    assert!(asked.len() > 1, "{asked:?}");
    for line in asked {
        let typed = line.strip_prefix("advocate ").unwrap_or(line);
        program.run(typed).ok();
    }
}

/// What somebody may still say yes to is not given up before it is needed.
#[test]
fn a_request_waits_for_whoever_was_asked() {
    let mut program = Program::on("2026-07-01");
    for line in [
        "register kim@mill.example --name 'Kim Reed' --will review,reference",
        "signal add kim --kind community",
        "request open --ask reference --by Dana --needed-by 2026-07-31",
        "request close 1 --unfilled nobody-fits",
        "request reopen 1 --reason again",
        "tap kim --request 1",
    ] {
        program.run(line).ok();
    }
    program.at("2026-07-10");
    let said = program.run("agenda").ok();
    assert!(said.out.contains("outcome 1 no-reply"), "{}", said.out);
    assert!(!said.out.contains("request close"), "{}", said.out);
    program.at("2026-07-31");
    let said = program.run("agenda").ok();
    assert!(said.out.contains("request close 1"), "{}", said.out);
}
