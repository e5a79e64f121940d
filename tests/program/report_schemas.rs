//! `docs/schemas/` says what each report prints as JSON: every answer on the demonstration program fits its schema, and
//! has no key of which the schema does not speak.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use clap::CommandFactory;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::common::{Program, root};

/// Where relative references lead.
const BASE: &str = "json-schema:///schemas/";

fn folder() -> PathBuf {
    root().join("docs/schemas")
}

fn schema(name: &str) -> Value {
    let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The schema of a report's answers by its name; the dashboard has none.
fn file(name: &str) -> String {
    match name {
        "" => "report".to_owned(),
        name => format!("report-{name}"),
    }
}

/// The names of all reports, the pack among them.
fn reports() -> Vec<String> {
    let command = advocate::cli::Cli::command();
    let report = command.find_subcommand("report").unwrap();
    report
        .get_subcommands()
        .map(|one| one.get_name().to_owned())
        .collect()
}

/// The schema with every object closed, wherever a value stands: readers must take more keys, the docs must know them.
fn closed(schema: &mut Value, stands_for_a_value: bool) {
    let Value::Object(parts) = schema else { return };
    for (key, part) in parts.iter_mut() {
        match (key.as_str(), part) {
            ("properties", Value::Object(all)) => {
                all.values_mut().for_each(|one| closed(one, true));
            }
            ("$defs", Value::Object(all)) => all.values_mut().for_each(|one| closed(one, false)),
            ("allOf" | "anyOf", Value::Array(all)) => {
                all.iter_mut().for_each(|one| closed(one, false));
            }
            ("items", one) => closed(one, true),
            _ => {}
        }
    }
    if stands_for_a_value {
        parts.insert("unevaluatedProperties".to_owned(), json!(false));
    }
}

/// The validator of a report's answers.
fn validator(name: &str) -> Validator {
    let registry = Registry::new()
        .add(format!("{BASE}common.json"), schema("common"))
        .unwrap()
        .prepare()
        .unwrap();
    let mut schema = schema(&file(name));
    closed(&mut schema, true);
    jsonschema::options()
        .with_base_uri(format!("{BASE}{}.json", file(name)))
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(&schema)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What each report can be grouped by, as its help says: `--by takes A, B or C; without it, A.`
fn groups(name: &str) -> Vec<String> {
    let command = advocate::cli::Cli::command();
    let report = command.find_subcommand("report").unwrap();
    let help = report.find_subcommand(name).unwrap().get_after_help();
    let help = help.unwrap().to_string();
    let names = help.strip_prefix("--by takes ").unwrap();
    let names = names.split([';', '.']).next().unwrap();
    let Some(pairs) = names.strip_prefix("two of ") else {
        let names = names.replace(" or ", ", ");
        return names.split(", ").map(str::to_owned).collect();
    };
    let pairs = pairs.split(", such as").next().unwrap();
    let names = pairs.replace(" and ", ", ");
    let names: Vec<&str> = names.split(", ").collect();
    names.windows(2).map(|two| two.join(",")).collect()
}

#[test]
fn the_help_says_what_each_report_can_be_grouped_by() {
    let traits = ["industry", "segment", "region", "owner", "tier"];
    assert_eq!(groups("pool"), traits);
    assert_eq!(groups("influence"), ["ask"]);
    assert_eq!(groups("nominations"), ["nominator", "industry", "month"]);
    let pairs = groups("coverage");
    assert_eq!((&*pairs[0], pairs.len()), ("industry,ask", 9));
}

#[test]
fn every_report_is_explained_in_the_docs() {
    let read = |page: &str| fs::read_to_string(folder().join(page)).unwrap();
    let metrics = read("../metrics.md");
    for name in reports().iter().filter(|name| *name != "qbr") {
        let question = format!("?** `advocate report {name}`\n");
        let found = metrics.contains(&question);
        assert!(found, "docs/metrics.md asks no question of `report {name}`");
    }
    assert!(read("../qbr.md").contains("advocate report qbr"));
}

#[test]
fn every_report_has_its_schema_and_every_schema_its_report() {
    let files: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let expected = reports()
        .iter()
        .map(|name| format!("report-{name}.json"))
        .chain(["commands.json", "common.json", "report.json"].map(str::to_owned))
        .collect::<BTreeSet<_>>();
    assert_eq!(files, expected);
}

#[test]
fn what_is_printed_fits_the_schema() {
    let program = crate::demo("2026-07-01");
    program.run("policy set exchange.into EUR").ok();
    program
        .run("policy set exchange.rates 'USD 0.9; GBP 1.15; CHF 1'")
        .ok();
    for name in reports().into_iter().filter(|name| name != "qbr") {
        let validator = validator(&name);
        let mut lines = vec![
            format!("report {name}"),
            format!("report {name} --period 2026-Q2 --compare previous --rows"),
            format!("report {name} --period 2024-01 --rows --as-of 2024-02-15"),
        ];
        for by in groups(&name) {
            lines.push(format!(
                "report {name} --period 2026 --by {by} --compare 2025-Q4"
            ));
        }
        fits(&program, &validator, lines);
    }
}

#[test]
fn the_dashboard_and_the_pack_fit_theirs() {
    let program = crate::demo("2026-07-01");
    let lines = [
        "report",
        "report --period 2024 --compare 2023",
        "report --as-of 2026-03-31",
    ];
    fits(&program, &validator(""), lines.map(str::to_owned));
    let lines = ["", "--anonymous", "--compare 2026-Q1"];
    let lines = lines.map(|more| format!("report qbr --period 2026-Q2 --out qbr {more}"));
    fits(&program, &validator("qbr"), lines);
}

#[track_caller]
fn fits(program: &Program, validator: &Validator, lines: impl IntoIterator<Item = String>) {
    for line in lines {
        let answer = program.run(&format!("{line} --json")).ok().json();
        let errors: Vec<String> = validator
            .iter_errors(&answer)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{line}\n{}", errors.join("\n"));
    }
}

#[test]
fn the_schemas_find_what_does_not_fit() {
    let program = crate::demo("2026-07-01");
    let answer = program.run("report pool --by tier --json").ok().json();
    let validator = validator("pool");
    assert!(validator.is_valid(&answer));
    for (path, value) in [
        ("/data/pool", json!("45")),
        ("/data/at", json!("yesterday")),
        ("/data/groups/0/pool", json!(-1)),
        ("/schema", json!("report-pool/2")),
        ("/data/from", Value::Null),
    ] {
        let mut wrong = answer.clone();
        *wrong.pointer_mut(path).unwrap() = value;
        assert!(!validator.is_valid(&wrong), "{path}");
    }
    for path in ["", "/data", "/data/groups/0"] {
        let mut more = answer.clone();
        let object = more.pointer_mut(path).unwrap();
        object["unheard_of"] = json!(1);
        assert!(!validator.is_valid(&more), "{path}");
    }
}
