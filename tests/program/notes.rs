//! Notes, tags and telephone numbers of people and accounts.

use serde_json::{Value, json};

use crate::common::Program;
use crate::{nina, register};

/// Nina of an account that has a tag of its own, with a note, a tag and a telephone number.
fn program() -> Program {
    let program = Program::new();
    nina(&program);
    for line in [
        "edit nina --account 'Northwind Clinics' --phone '+49 30 555 0134'",
        "note nina 'Best reached before ten' --on 2026-05-12",
        "tag nina +champion --on 2026-05-12",
        "account note northwind 'Opens a second site' --by 'Dana Low' --on 2026-05-20",
        "account tag northwind +strategic",
        "account edit northwind --phone '+49 30 555 0100'",
    ] {
        program.run(line).ok();
    }
    program
}

/// The tags on somebody, and on their account.
fn tags(program: &Program, line: &str) -> [Value; 2] {
    let shown = program.data(line);
    [shown["tags"].clone(), shown["account_tags"].clone()]
}

#[test]
fn what_is_kept_is_shown_listed_corrected_and_removed() {
    let mut program = program();
    program.tell("notes").ok();
    program.tell("notes --about 'second site'").ok();
    program.tell("tags").ok();
    program
        .tell("notes edit 1 'Best reached before nine' --reason 'she said so'")
        .ok();
    program.tell("notes edit 1").code(2);
    program.tell("notes remove 2 --reason 'typed twice'").ok();
    program.tell("notes remove 2").code(2);
    program.tell("note nina").code(2);
    program.tell("tag nina -champion +speaker").ok();
    program.tell("tag nina '+?'").code(2);
    program.tell("tag nina").ok();
    program.tell("edit nina --phone ''").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn everybody_at_an_account_has_its_tags_and_a_day_has_those_of_then() {
    let mut program = program();
    assert_eq!(
        tags(&program, "show nina"),
        [json!(["champion"]), json!(["strategic"])]
    );
    program.at("2026-07-10");
    program.run("tag nina -champion").ok();
    program.run("account tag northwind -strategic").ok();
    assert_eq!(tags(&program, "show nina"), [json!([]), json!([])]);
    let then = "show nina --as-of 2026-07-09";
    assert_eq!(
        tags(&program, then),
        [json!(["champion"]), json!(["strategic"])]
    );
    // What was put on with a day of before it was typed counts from when it was typed.
    program.run("tag nina +speaker --on 2026-07-02").ok();
    assert_eq!(tags(&program, "show nina")[0], json!(["speaker"]));
    // An undo leaves nothing behind.
    let before = program.rows();
    program.run("tag nina +advisor -speaker").ok();
    program.run("note nina 'A slip'").ok();
    program.run("undo --yes").ok();
    program.run("undo --yes").ok();
    assert_eq!(program.data("notes nina").as_array().unwrap().len(), 1);
    assert_eq!(tags(&program, "show nina")[0], json!(["speaker"]));
    let facts = |dump: &str| -> Vec<String> {
        let lines = dump
            .lines()
            .filter(|line| line.contains("advisor") || line.contains("A slip"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(facts(&before), Vec::<String>::new());
    program.healthy();
}

#[test]
fn a_match_can_insist_on_a_tag_or_prefer_it() {
    let program = program();
    register(&program, "omar@osprey.example", "Omar Diaz");
    let names = |line: &str| -> Vec<String> {
        let found = program.data(line);
        let rows = found["ready"].as_array().unwrap().clone();
        let names = rows
            .iter()
            .map(|row| row["email"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names("match --ask review").len(), 2);
    let required = names("match --ask review --require tag:champion");
    assert_eq!(required, ["nina@northwind.example"]);
    assert_eq!(
        names("match --ask review --require tag:strategic"),
        required
    );
    let preferred = names("match --ask review --tag champion");
    assert_eq!(preferred[0], "nina@northwind.example");
    assert_eq!(preferred.len(), 2);
    let coverage = program.run("report coverage --by tag,ask").ok();
    coverage.shows("champion").shows("strategic");
}

#[test]
fn two_records_made_one_have_the_notes_tags_and_number_of_both() {
    let program = program();
    program
        .run("register nina.two@northwind.example --name 'Nina Albrecht' --will review")
        .ok();
    program.run("note nina.two 'Speaks at events'").ok();
    program.run("tag nina.two +speaker +champion").ok();
    program
        .run("merge nina@northwind.example nina.two@northwind.example --yes")
        .ok();
    let nina = program.data("show nina@northwind.example");
    assert_eq!(nina["phone"], json!("+49 30 555 0134"));
    assert_eq!(nina["tags"], json!(["champion", "speaker"]));
    let notes = program.data("notes nina@northwind.example");
    assert_eq!(notes.as_array().unwrap().len(), 2);
    program.healthy();
    program.run("merge --undo nina@northwind.example").ok();
    assert_eq!(
        tags(&program, "show nina.two")[0],
        json!(["champion", "speaker"])
    );
    program.healthy();
}

#[test]
fn whoever_is_erased_takes_notes_tags_and_number_along() {
    let program = program();
    program.run("tag nina +quuxtag").ok();
    program.run("note nina 'quuxword, said on the phone'").ok();
    program.run("notes edit 3 'quuxword, said twice'").ok();
    program.run("forget nina@northwind.example --yes").ok();
    let bytes = program.bytes();
    for word in [
        "quuxword",
        "quuxtag",
        "555 0134",
        "before ten",
        "Nina Albrecht",
    ] {
        let found = bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!found, "{word} is in the file");
    }
    assert_eq!(program.data("notes").as_array().unwrap().len(), 1);
    program.healthy();
}

#[test]
fn imports_bring_telephone_numbers() {
    let program = Program::new();
    program.file(
        "people.csv",
        "Email,Name,Phone,Company\nada@kestrel.example,Ada Byrne,+44 20 5550 1,Kestrel\n",
    );
    program.file(
        "accounts.csv",
        "Name,Company phone\nKestrel,+44 20 5550 0\n",
    );
    program.run("import people people.csv").ok();
    program.run("import accounts accounts.csv").ok();
    assert_eq!(program.data("show ada")["phone"], json!("+44 20 5550 1"));
    assert_eq!(
        program.data("account show kestrel")["phone"],
        json!("+44 20 5550 0")
    );
}
