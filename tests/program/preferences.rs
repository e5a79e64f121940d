//! Standing preferences: flags before the environment, before `config.toml`; a file that is wrong is told with its line.

use std::fs;

use serde_json::{Value, json};

use crate::common::{Program, Ran, words};

/// Writes the configuration file of a program, whose home is its own folder.
fn configure(program: &Program, text: &str) {
    let folder = program.path(".config/advocate");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
}

/// Runs a line without the variables that the tests set for every program.
fn run_bare(program: &Program, line: &str) -> Ran {
    let mut command = program.command(&words(line));
    command
        .env_remove("ADVOCATE_DB")
        .env_remove("ADVOCATE_ACTOR");
    Ran::new(line, command.output().unwrap())
}

/// The value of a preference, and where it comes from.
fn told(data: &Value, key: &str) -> Value {
    let all = data["preferences"].as_array().unwrap();
    let found = all.iter().find(|one| one["key"] == key).unwrap();
    json!([found["value"], found["from"], found["where"]])
}

#[test]
fn the_file_is_followed_and_says_so() {
    let program = Program::new();
    crate::nina(&program);
    configure(
        &program,
        "# of a laptop\ndb = \"~/program.db\"\nactor = \"Dana\"\nformat = \"csv\"\n",
    );
    let listed = run_bare(&program, "list --columns email").ok();
    assert_eq!(listed.out, "email\r\nnina@northwind.example\r\n");
    run_bare(&program, "touch nina --kind check-in").ok();
    let history = run_bare(&program, "history --limit 1 --columns actor").ok();
    assert_eq!(history.out, "actor\r\nDana\r\n");

    let data = run_bare(&program, "config show --json --lock-wait 9")
        .ok()
        .data();
    let db = program.db.display().to_string();
    assert_eq!(told(&data, "db"), json!([db, "file", "line 2"]));
    assert_eq!(told(&data, "actor"), json!(["Dana", "file", "line 3"]));
    assert_eq!(told(&data, "format"), json!(["json", "flag", "--json"]));
    assert_eq!(
        told(&data, "lock-wait"),
        json!(["9", "flag", "--lock-wait"])
    );
    assert_eq!(told(&data, "color"), json!(["auto", "default", null]));
    // The environment has the word over the file.
    let data = program.data("config show");
    assert_eq!(
        told(&data, "actor"),
        json!(["Mona", "environment", "ADVOCATE_ACTOR"])
    );
    assert_eq!(
        told(&data, "db"),
        json!(["program.db", "environment", "ADVOCATE_DB"])
    );
    let path = run_bare(&program, "config path --format table").ok();
    assert!(
        path.out.ends_with("/.config/advocate/config.toml\n"),
        "{}",
        path.out
    );
}

#[test]
fn the_folder_is_the_one_of_the_environment() {
    let program = Program::new();
    let place = program.path("elsewhere/advocate");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("config.toml"), "format = 'json'").unwrap();
    let mut command = program.command(&["config", "path"]);
    command.env("XDG_CONFIG_HOME", program.path("elsewhere"));
    let ran = Ran::new("config path", command.output().unwrap()).ok();
    let path = ran.data()["path"].as_str().unwrap().to_owned();
    assert!(path.ends_with("elsewhere/advocate/config.toml"), "{path}");
}

#[test]
fn a_file_that_is_wrong_is_told_with_its_line() {
    let program = Program::new();
    for (text, message, hint) in [
        (
            "\nformt = 'csv'",
            ":2: there is no preference `formt`",
            "did you mean format?",
        ),
        (
            "color = 'blue'",
            ":1: color is none of its words",
            "one of: auto, always, never",
        ),
        ("db = \n", ":1: ", "advocate config show"),
    ] {
        configure(&program, text);
        let ran = program.run("list").code(2).says(message).says(hint);
        assert!(
            ran.err.contains("/.config/advocate/config.toml:"),
            "{}",
            ran.err
        );
        let error = program.fails("list", 2);
        assert_eq!(error["kind"], "usage");
    }
}

#[test]
fn what_helps_works_with_a_file_that_is_wrong() {
    let program = Program::new();
    configure(&program, "formt = 'csv'");
    program.run("help").ok();
    program.run("help list").ok();
    program.run("--version").ok();
    program.run("guide caps").ok();
    program.run("completions bash").ok();
    program.run("config path").ok();
    program
        .run("config show")
        .code(1)
        .shows("there is no preference")
        .shows("did you mean format?");
    program
        .run("doctor")
        .code(1)
        .shows("configuration")
        .shows("advocate config show");
}

#[test]
fn colours_are_asked_for_as_elsewhere() {
    let program = crate::demo("2026-07-01");
    let bold = |variables: &[(&str, &str)], line: &str| {
        let mut command = program.command(&words(line));
        command.envs(variables.iter().copied());
        Ran::new(line, command.output().unwrap())
            .ok()
            .out
            .contains("\u{1b}[")
    };
    assert!(!bold(&[], "list"));
    assert!(bold(&[], "list --color always"));
    assert!(bold(&[("CLICOLOR_FORCE", "1")], "list"));
    assert!(!bold(&[("CLICOLOR_FORCE", "0")], "list"));
    assert!(!bold(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "list"));
    assert!(!bold(&[("CLICOLOR_FORCE", "1")], "list --color never"));
    assert!(!bold(&[("CLICOLOR_FORCE", "1")], "list --format csv"));
    configure(&program, "color = 'always'");
    assert!(bold(&[], "list"));
    assert!(!bold(&[("NO_COLOR", "1")], "list"));
}

#[test]
fn a_pipe_in_its_place_is_refused_and_not_read_for_ever() {
    let program = Program::new();
    configure(&program, "");
    let path = program.path(".config/advocate/config.toml");
    fs::remove_file(&path).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    program.run("list").code(2).says("it is not a file");
}
