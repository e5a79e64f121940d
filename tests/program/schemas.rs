//! `advocate schema`: every command that answers in JSON has a schema, and what it answers fits it, with no key of which the
//! schema does not speak.
//!
//! The schemas are made of answers. `SCHEMA_UPDATE=1 cargo test --test program schemas` adds what the worked examples
//! answer, and what a file of answers holds that `ADVOCATE_ANSWERS=FILE cargo test --test program` has kept.

use std::collections::BTreeSet;
use std::fs;

use advocate::cli::{examples, manual};
use serde_json::{Map, Value, json};

use crate::common::schemas::Seen;
use crate::common::{Program, root, words};
use crate::worked::{Bench, typed};

/// The commands that print something else, whatever the format.
const NO_JSON: [&str; 5] = [
    "completions",
    "guide",
    "schema",
    "taps ics",
    "template show",
];

const FILE: &str = "docs/schemas/commands.json";

/// The commands that can be run.
fn commands() -> BTreeSet<String> {
    fn visit(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
        for sub in command.get_subcommands() {
            let path = format!("{path} {}", sub.get_name()).trim().to_owned();
            if !sub.is_subcommand_required_set() {
                found.insert(path.clone());
            }
            visit(sub, &path, found);
        }
    }
    let mut found = BTreeSet::new();
    visit(&manual(), "", &mut found);
    found
}

/// The command of a line, by its own names; nothing where it is a group alone, or not there.
fn command_of(line: &str, all: &BTreeSet<String>) -> Option<String> {
    let root = manual();
    let mut here = &root;
    let mut path = Vec::new();
    for word in words(line) {
        match here.find_subcommand(&word) {
            Some(found) => {
                path.push(found.get_name().to_owned());
                here = found;
            }
            None if path.is_empty() => {}
            None => break,
        }
    }
    Some(path.join(" ")).filter(|path| all.contains(path))
}

/// What the worked examples answer to a program, each with its command.
fn answers() -> Vec<(String, Value)> {
    let bench = Bench::new();
    let mut found = Vec::new();
    for (command, examples) in examples() {
        if NO_JSON.contains(&command) {
            continue;
        }
        for example in examples.into_iter().map(typed) {
            let line = for_programs(example);
            let ran = bench.program(example).run(&line);
            if ran.out.starts_with('{') && ran.out.contains("\"schema\"") {
                let answer: Value = serde_json::from_str(&ran.out).expect(&line);
                found.push((command.to_owned(), answer));
            }
        }
    }
    found
}

/// The same line, with an answer for programs.
fn for_programs(example: &str) -> String {
    let line = example.replace(" --json", "").replace(" --format csv", "");
    let line = line.replace(" --quiet", "").replace(" --plain", "");
    let whole = line.split(" --columns").next().unwrap_or(&line);
    format!("{whole} --json")
}

fn recorded() -> Value {
    let text = fs::read_to_string(root().join(FILE)).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite the file, and of what"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Writes the file anew, with what these answers add to it.
fn update(answers: Vec<(String, Value)>) {
    let known = recorded();
    let mut commands: Map<String, Value> = known["commands"].as_object().unwrap().clone();
    let of_name = |name: &str| known["answers"].get(name).map(Seen::of);
    let mut seen: std::collections::BTreeMap<String, Seen> = known["answers"]
        .as_object()
        .unwrap()
        .keys()
        .filter_map(|name| Some((name.clone(), of_name(name)?)))
        .collect();
    for (command, answer) in answers {
        let name = answer["schema"].as_str().unwrap().to_owned();
        if name.starts_with("report") {
            continue;
        }
        let names = commands.entry(command).or_insert_with(|| json!([]));
        let names = names.as_array_mut().unwrap();
        if !names.contains(&json!(name)) {
            names.push(json!(name));
            names.sort_by_key(ToString::to_string);
        }
        seen.entry(name).or_default().add(&answer["data"]);
    }
    let commands: std::collections::BTreeMap<String, Value> = commands.into_iter().collect();
    let answers: Map<String, Value> = seen
        .into_iter()
        .map(|(name, seen)| (name, seen.schema()))
        .collect();
    let whole = json!({ "commands": commands, "answers": answers });
    let text = serde_json::to_string_pretty(&whole).unwrap();
    fs::write(root().join(FILE), format!("{text}\n")).unwrap();
}

/// What a run of all tests has kept, as far as it was a command's answer.
fn kept(path: &str) -> Vec<(String, Value)> {
    let all = commands();
    let text = fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines
        .filter_map(|(line, answer): (String, Value)| {
            // A selection of fields is not the whole answer.
            let is_whole = !line.contains("--columns") && !line.contains("--json=");
            Some((command_of(&line, &all).filter(|_| is_whole)?, answer))
        })
        .collect()
}

/// The schema closed, wherever a value stands: readers must take more keys, the schema must know them.
fn closed(schema: &mut Value) {
    match schema {
        Value::Object(parts) => {
            parts.values_mut().for_each(closed);
            if parts
                .get("type")
                .is_some_and(|kind| kind.to_string().contains("object"))
                && parts.get("properties").is_some_and(Value::is_object)
                && !parts.contains_key("allOf")
            {
                parts.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(closed),
        _ => {}
    }
}

#[test]
fn what_commands_answer_fits_the_schema_that_is_printed() {
    let answers = answers();
    if variable("SCHEMA_UPDATE").is_some() {
        let more = variable("ADVOCATE_ANSWERS").map(|path| kept(&path));
        update(
            answers
                .into_iter()
                .chain(more.into_iter().flatten())
                .collect(),
        );
        return;
    }
    let printed = Program::empty().run("schema").ok().json();
    let mut wrong = Vec::new();
    for (command, answer) in answers {
        let name = answer["schema"].as_str().unwrap();
        let mut schema = printed[&command].clone();
        // The reports have a test of their own, which closes theirs.
        if !name.starts_with("report") {
            closed(&mut schema);
        }
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap_or_else(|error| panic!("{command}: {error}"));
        let faults = validator
            .iter_errors(&answer)
            .map(|error| format!("{command} ({name}) {}: {error:.300}", error.instance_path()));
        wrong.extend(faults);
    }
    let told = wrong.join("\n");
    assert!(wrong.is_empty(), "{told}\nSCHEMA_UPDATE=1 adds what is new");
}

#[test]
fn every_command_has_its_schema_and_its_answer_is_an_example() {
    let printed = Program::empty().run("schema").ok().json();
    let mut wanted = commands();
    wanted.retain(|command| !NO_JSON.contains(&command.as_str()));
    let found: BTreeSet<String> = printed.as_object().unwrap().keys().cloned().collect();
    assert_eq!(found, wanted);
    for (command, schema) in printed.as_object().unwrap() {
        jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}

#[test]
fn one_command_or_a_group_of_them() {
    let program = Program::empty();
    let list = program.run("schema list").ok().json();
    assert_eq!(list["properties"]["schema"]["const"], "list/1");
    assert!(list["$defs"]["day"].is_object());
    let pool = program.run("schema report pool").ok().json();
    assert_eq!(pool["properties"]["schema"]["const"], "report-pool/1");
    assert!(!pool.to_string().contains("common.json"));
    let requests = program.run("schema request").ok().json();
    assert!(requests["request open"].is_object());
    assert!(requests["request list"].is_object());
    program
        .run("schema guide")
        .code(2)
        .says("guide prints no JSON");
    program
        .run("schema nothing")
        .code(2)
        .says("there is no command `nothing`");
}
