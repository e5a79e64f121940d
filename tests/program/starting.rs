//! `init`, `demo`, `check`, help.

use std::os::unix::fs::PermissionsExt;

use crate::common::{Program, has_keys, keys};

#[test]
fn init_creates_and_is_content_the_second_time() {
    let mut program = Program::empty();
    program.tell("init --time-zone Europe/Berlin").ok();
    program.tell("init").ok();
    program.tell("init --time-zone Asia/Tokyo").ok();
    program
        .run("init --time-zone Europe/Berlin --quiet")
        .ok()
        .silent();
    program.tell("check").ok();
    program.tell("init --time-zone Mars/Olympus").code(2);
    insta::assert_snapshot!(program.story());
}

#[test]
fn without_db_the_xdg_data_folder_is_used() {
    let program = Program::empty();
    let mut command = program.command(&["init", "--time-zone", "UTC"]);
    let done = command.env_remove("ADVOCATE_DB").output().unwrap();
    assert!(done.status.success());
    let folder = program.path(".local/share/advocate");
    assert!(folder.join("advocate.db").is_file());
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.clone()), 0o700);
    assert_eq!(mode(folder.join("advocate.db")), 0o600);

    let data = program.path("elsewhere");
    let mut command = program.command(&["init", "--time-zone", "UTC"]);
    command.env_remove("ADVOCATE_DB");
    let done = command.env("XDG_DATA_HOME", &data).output().unwrap();
    assert!(done.status.success() && data.join("advocate/advocate.db").is_file());
}

#[test]
fn a_demonstration_program_is_alive_and_answers_at_once() {
    let mut program = Program::empty();
    program.db = program.path("advocate-demo.db");
    let told = program.run("demo").ok();
    for words in [
        "Accounts:       80",
        "People:         300",
        "Responses:      8",
        "Advocates:      45",
        "Touches:        2",
        "On the agenda:  ",
        "can take a reference ask in healthcare",
        "Ready to send:",
        "advocate --db advocate-demo.db tap ",
        " agenda\n",
        " next --all\n",
        " report flywheel\n",
    ] {
        assert!(
            told.out.contains(words),
            "no `{words}` in\n{}",
            told.story()
        );
    }
    program.healthy();
    let matched = program.data("match --industry healthcare --ask reference --why-not");
    assert!(!matched["ready"].as_array().unwrap().is_empty());
    assert!(!matched["blocked"].as_array().unwrap().is_empty());
    program.run("demo").code(1).says("exists already");
    program.run("demo --force").ok();
    let named = program.path("named.db");
    let command = ["--db", named.to_str().unwrap(), "demo", "--quiet"];
    assert!(program.command(&command).status().unwrap().success());
    assert!(named.exists());
    program.healthy();
}

#[test]
fn demo_force_leaves_a_real_program_alone() {
    let program = Program::new();
    crate::nina(&program);
    let before = program.rows();
    assert_ne!(program.run("demo program.db --force").code, Some(0));
    assert_eq!(program.rows(), before);
    let other = program.file("letter.txt", "Dear Sir or Madam");
    assert_ne!(program.run("demo letter.txt --force").code, Some(0));
    assert_eq!(std::fs::read(other).unwrap(), b"Dear Sir or Madam");
}

#[test]
fn json_of_init_demo_and_check() {
    let program = Program::empty();
    let whole = program.run("init --time-zone UTC --json").ok().json();
    assert_eq!(keys(&whole), ["schema", "as_of", "data"]);
    assert_eq!(whole["schema"], "init/1");
    assert_eq!(whole["as_of"], "2026-06-15");
    has_keys(
        &whole["data"],
        &["database", "result", "schema_version", "time_zone"],
    );
    let check = program.data("check");
    has_keys(&check, &["verdict", "discrepancies"]);
    assert_eq!(check["discrepancies"].as_array().unwrap().len(), 0);
    let demo = program.run("demo other.db --json").ok().json();
    assert_eq!(demo["schema"], "demo/1");
}

#[test]
fn check_finds_a_value_that_has_drifted() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    program
        .sql()
        .execute("UPDATE people SET last_tapped_at = last_tapped_at - 1", [])
        .unwrap();
    let ran = program.run("check").code(1).shows("last_tapped_at");
    assert!(
        ran.out.contains("nina@northwind.example"),
        "{}",
        ran.story()
    );
    let found = program.run("check --json").code(1).data();
    assert_eq!(found["discrepancies"][0]["check"], "last-tapped");
}

#[test]
fn every_command_has_help() {
    let program = Program::empty();
    let help = program.run("--help").ok();
    let commands: Vec<&str> = help
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .flat_map(|line| line.split("  ").next().unwrap_or_default().split(", "))
        .collect();
    assert!(commands.len() >= 20, "{commands:?}");
    let deeper = [
        "import nps",
        "import accounts",
        "import people",
        "import taps",
        "policy set",
        "policy show",
    ];
    for command in commands.into_iter().chain(deeper) {
        let ran = program.run(&format!("{command} --help")).ok();
        assert!(ran.out.contains("Usage: advocate"), "{}", ran.story());
        assert!(ran.out.lines().count() <= 60, "too long: {}", ran.story());
    }
    let version = program.run("--version").ok().out;
    let lines: Vec<&str> = version.lines().collect();
    assert!(lines[0].starts_with("advocate 0."), "{version}");
    let begins = ["commit ", "SQLite 3.", "schema "];
    for (line, begin) in lines[1..].iter().zip(begins) {
        assert!(line.starts_with(begin), "{version}");
    }
    assert_eq!(lines.len(), 4);
    assert_eq!(program.run("-V").ok().out.lines().count(), 1);
    program.run("").code(2);
}

#[test]
fn help_is_a_word_as_well() {
    let program = Program::empty();
    for (word, option) in [
        ("help", "--help"),
        ("--json help", "--json --help"),
        ("help match", "match --help"),
        ("help request open", "request open --help"),
        ("request help open", "request open --help"),
        ("report help", "report --help"),
    ] {
        assert_eq!(program.run(word).ok().out, program.run(option).ok().out);
    }
    program
        .run("help mtach")
        .code(2)
        .says("unrecognized subcommand 'mtach'")
        .says("did you mean match?");
    program.run("show help").code(5);
}

#[test]
fn the_first_screen_of_help() {
    let mut program = Program::empty();
    program.tell("--help").ok();
    program.tell("tap --help").ok();
    insta::assert_snapshot!(program.story());
}
