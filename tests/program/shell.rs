//! At the shell: days and words as they are typed, completions, pages, fields, and `doctor` (`docs/shell.md`, `docs/days.md`).

use crate::common::{Program, Ran};

/// What a shell is told that a word could be completed to.
fn completed(program: &Program, line: &str) -> Vec<String> {
    let words: Vec<&str> = std::iter::once("--")
        .chain(std::iter::once("advocate"))
        .chain(line.split(' '))
        .collect();
    let mut shell = program.command(&words);
    let output = shell.env("ADVOCATE_COMPLETE", "fish").output().unwrap();
    let ran = Ran::new(line, output).ok();
    let lines = ran.out.lines().map(str::to_owned);
    lines.filter(|line| !line.starts_with('-')).collect()
}

#[test]
fn what_is_on_record_completes() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    let request = program.request("--ask reference --industry healthcare");
    program
        .run("deal add 'Big one' --crm-id OPP-7 --amount 100 --currency EUR")
        .ok();
    assert_eq!(
        completed(&program, "show ni"),
        ["nina@northwind.example\tNina Albrecht"]
    );
    assert_eq!(
        completed(&program, "outcome "),
        ["1\tNina Albrecht: review"]
    );
    assert_eq!(completed(&program, "deal show OPP"), ["OPP-7\tBig one"]);
    assert_eq!(completed(&program, "match --ask cas"), ["case-study"]);
    assert_eq!(
        completed(&program, "match --ask review --industry he"),
        ["healthcare"]
    );
    let requests = completed(&program, "request show ");
    assert!(
        requests[0].starts_with(&format!("{request}\t")),
        "{requests:?}"
    );
    assert!(
        completed(&program, "rep")
            .iter()
            .any(|line| line.starts_with("report\t"))
    );
}

#[test]
fn a_completion_without_a_database_is_silent() {
    let program = Program::empty();
    assert_eq!(completed(&program, "show ni"), [""; 0]);
    assert!(!program.path("program.db").exists());
}

#[test]
fn each_shell_has_its_lines() {
    let program = Program::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = program.run(&format!("completions {shell}")).ok();
        assert!(
            ran.out.contains("ADVOCATE_COMPLETE"),
            "{shell}: {}",
            ran.out
        );
    }
    program.run("completions tcsh").code(2);
}

#[test]
fn there_is_a_manual_page_for_every_command_and_a_page_on_every_topic() {
    let program = Program::empty();
    let folder = program.path("man");
    program
        .run(&format!("man --out '{}'", folder.display()))
        .ok();
    for page in [
        "advocate.1",
        "advocate-match.1",
        "advocate-request-open.1",
        "advocate-import-nps.1",
    ] {
        let text = std::fs::read_to_string(folder.join(page)).unwrap();
        assert!(text.contains(".SH NAME"), "{page}");
    }
    program.run("man").ok().shows(".TH advocate 1");
    let topics = program.run("guide").ok().out;
    assert!(topics.lines().count() > 15, "{topics}");
    for line in topics.lines() {
        let topic = line.split(' ').next().unwrap();
        assert!(
            program
                .run(&format!("guide {topic}"))
                .ok()
                .out
                .starts_with("# "),
            "{topic}"
        );
    }
    program.run("help caps").ok().shows("# Taps");
    program
        .run("help match")
        .ok()
        .shows("Usage: advocate match");
    program.run("help nothing").code(2);
}

#[test]
fn only_the_fields_that_are_wanted() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    let ran = program.run("taps --columns email,tap_id --format csv").ok();
    assert_eq!(ran.out, "email,tap_id\r\nnina@northwind.example,1\r\n");
    let ran = program.run("taps --columns tap_id,email --format tsv").ok();
    assert_eq!(ran.out, "tap_id\temail\n1\tnina@northwind.example\n");
    let ran = program
        .run("taps --columns tap_id,email --format jsonl")
        .ok();
    assert_eq!(
        ran.out,
        "{\"tap_id\":1,\"email\":\"nina@northwind.example\"}\n"
    );
    program
        .run("taps --columns operation_id,ask")
        .ok()
        .shows("operation_id  Ask");
    let ran = program.run("taps --json=outcome").ok();
    assert_eq!(ran.json()["schema"], "taps/1");
    assert_eq!(ran.data(), serde_json::json!([{ "outcome": "pending" }]));
    let ran = program.run("show nina --json=email,stage").ok();
    assert_eq!(ran.data()["email"], "nina@northwind.example");
    program
        .run("taps --columns email,score")
        .code(2)
        .says("there is no field `score`")
        .says("one of: tap_id, tapped_on, email");
    assert_eq!(
        program.run("taps --json=nope").code(2).error()["kind"],
        "usage"
    );
    // What was recorded is told all the same.
    program
        .run("touch nina --kind thank-you --columns nope")
        .ok()
        .says("warning: there is no field `nope`")
        .shows("nina@northwind.example");
}

#[test]
fn days_are_typed_as_they_are_said() {
    let mut program = Program::on("2026-11-18");
    crate::nina(&program);
    program.run("tap nina --ask review --on today").ok();
    let day = |program: &Program, line: &str, key: &str| {
        program.data(line)[0][key].as_str().unwrap().to_owned()
    };
    program
        .run("give nina --item swag --cost '5 EUR' --on 'last friday'")
        .ok();
    assert_eq!(day(&program, "gives", "given_on"), "2026-11-13");
    program
        .run("request open --ask ref --needed-by friday --industry healthcare")
        .ok();
    assert_eq!(day(&program, "request list", "needed_by"), "2026-11-20");
    program
        .run("gives edit 1 --on 10/12/2026")
        .code(2)
        .says("2026-12-10 or 2026-10-12");
    program.run("policy set date-order month-first").ok();
    program.run("gives edit 1 --on 10/12/2026").ok();
    assert_eq!(day(&program, "gives", "given_on"), "2026-10-12");
    program
        .run("tap nina --ask logo --on tomorrow")
        .code(2)
        .says("2026-11-19 is in the future");
    program.at("2026-11-20T12:00:00Z");
    let then = program.run("taps --as-of 'last wednesday' --json").ok();
    assert_eq!(then.json()["as_of"], "2026-11-18");
    program
        .run("report fill --period last-quarter")
        .ok()
        .shows("2026-Q3");
    program
        .run("report fill --period ytd")
        .ok()
        .shows("2026-01-01..2026-11-20");
}

#[test]
fn words_are_read_by_their_beginning_and_their_other_names() {
    let program = Program::new();
    crate::nina(&program);
    assert_eq!(program.data("tap nina --ask reviews")["ask"], "review");
    program
        .run("outcome 1 done --rating 5")
        .ok()
        .shows("completed");
    program
        .run("touch nina --kind thanks --tap 1")
        .ok()
        .shows("thank-you");
    program
        .run("match --ask re")
        .code(2)
        .says("`re` is not an ask kind");
    program
        .run("match --ask refrence")
        .code(2)
        .says("did you mean reference?");
    program.run("requests").ok();
    program.run("deal --json").ok();
    program.run("policy").ok().shows("cap.low.max");
    program.run("touch").ok().shows("thank-you");
    // A file says its words in full.
    let file = program.file(
        "taps.csv",
        "email,ask,date\nnina@northwind.example,rev,2026-01-05\n",
    );
    program
        .run(&format!("import taps '{}'", file.display()))
        .code(1)
        .says("`rev` is not an ask kind");
}

#[test]
fn doctor_says_what_to_type() {
    let mut program = Program::new();
    program
        .run("doctor")
        .code(1)
        .shows("advocate import nps FILE");
    program.run("backup").ok();
    let found = program.data_with("doctor", 1);
    let states = |name: &str| {
        let all = found["findings"].as_array().unwrap().iter();
        let named = all.filter(|one| one["what"] == name);
        named.map(|one| one["state"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(states("permissions"), ["well"]);
    assert_eq!(states("schema"), ["well"]);
    assert_eq!(states("imports"), ["look"]);
    assert_eq!(states("leftovers"), ["well"]);
    std::fs::create_dir(program.path(".advocate-unfinished-1")).unwrap();
    let ran = program.run("doctor").code(1);
    ran.shows("1 hidden folder of commands that were killed")
        .shows("rm -r ");
    std::fs::remove_dir(program.path(".advocate-unfinished-1")).unwrap();
    let file = program.fixture("import/delighted.csv");
    program.at("2026-07-01T12:00:00Z");
    program.run(&format!("import nps {file}")).ok();
    program.run("doctor").shows("last import");
    program.at("2027-06-01T12:00:00Z");
    program
        .run("doctor")
        .code(1)
        .shows("advocate import nps FILE")
        .shows("months ago");
}
