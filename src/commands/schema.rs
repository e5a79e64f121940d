//! `schema`: what each command prints as JSON, as a JSON Schema. The schemas themselves lie in `docs/schemas`.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::failure::{Failure, Result};
use crate::output::{CommandLine, escaped};
use crate::session::{Done, Session};

/// What every command but the reports prints (`docs/json.md`, Schemas), and which of it a command prints.
const COMMANDS: &str = include_str!("../../docs/schemas/commands.json");
/// What schemas share.
const COMMON: &str = include_str!("../../docs/schemas/common.json");
/// How schemas of reports name what they share with others.
const SHARED: &str = "common.json#/$defs/";
/// The same within one schema.
const OWN: &str = "#/$defs/";

macro_rules! reports {
    ($($name:literal),+) => {
        &[$((
            $name,
            include_str!(concat!("../../docs/schemas/", $name, ".json")),
        )),+]
    };
}

/// The schemas of reports, by the answer that they are of.
const REPORTS: &[(&str, &str)] = reports!(
    "report",
    "report-acceptance",
    "report-activation",
    "report-coverage",
    "report-experience",
    "report-fill",
    "report-flywheel",
    "report-influence",
    "report-load",
    "report-nominations",
    "report-nps",
    "report-pool",
    "report-qbr",
    "report-reciprocity",
    "report-retention",
    "report-reviews"
);

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of which command, such as request open; without it, of all
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
}

pub(super) fn run(args: &SchemaArgs, session: &mut Session<'_>) -> Result<Done> {
    let commands: Value = serde_json::from_str(COMMANDS)?;
    let command = named(&(session.command_line)(), &args.command)?;
    let all = printed(&commands);
    let inside = |path: &&String| {
        let rest = path.strip_prefix(command.as_str());
        command.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let wanted: Vec<&String> = all.keys().filter(inside).collect();
    let schema = match wanted.as_slice() {
        [] => {
            let message = format!("{command} prints no JSON");
            return Err(Failure::usage_hint(message, CommandLine::of("schema")));
        }
        [one] => schema(one, &commands)?,
        several => {
            let each = several
                .iter()
                .map(|path| Ok(((*path).clone(), schema(path, &commands)?)));
            Value::Object(each.collect::<Result<Map<_, _>>>()?)
        }
    };
    let text = serde_json::to_string_pretty(&schema)?;
    session.print_page(&format!("{}\n", escaped(&text)))
}

/// The command of these words, by its own name where an alias was typed.
fn named(root: &clap::Command, words: &[String]) -> Result<String> {
    let mut here = root;
    let mut names = Vec::new();
    for word in words.iter().flat_map(|word| word.split(' ')) {
        let found = here.find_subcommand(word).ok_or_else(|| {
            let typed = words.join(" ");
            let help = CommandLine::of("--help");
            Failure::usage_hint(format!("there is no command `{typed}`"), help)
        })?;
        names.push(found.get_name());
        here = found;
    }
    Ok(names.join(" "))
}

/// Which answers each command prints.
fn printed(commands: &Value) -> Map<String, Value> {
    let found = commands.get("commands").and_then(Value::as_object);
    let mut all = found.cloned().unwrap_or_default();
    for (name, _) in REPORTS {
        all.insert(name.replacen('-', " ", 1), json!([format!("{name}/1")]));
    }
    all
}

/// The schema of what a command prints.
fn schema(command: &str, commands: &Value) -> Result<Value> {
    let of_command = printed(commands).remove(command).unwrap_or_default();
    let names = of_command.as_array().into_iter().flatten();
    let mut answers = Vec::new();
    for name in names.filter_map(Value::as_str) {
        answers.push(answer(name, commands)?);
    }
    let mut schema = match answers.len() {
        1 => answers.remove(0),
        _ => json!({ "anyOf": answers }),
    };
    let common: Value = serde_json::from_str(COMMON)?;
    let defs = common.get("$defs").and_then(Value::as_object).cloned();
    let mut used: Map<String, Value> = Map::new();
    used.extend(own_defs(&mut schema));
    let mut open = named_in(&json!([schema, used]));
    while let Some(name) = open.pop_first() {
        let found = defs.as_ref().and_then(|defs| defs.get(&name));
        if let Some(found) = found.filter(|_| !used.contains_key(&name)) {
            open.extend(named_in(found));
            used.insert(name, found.clone());
        }
    }
    if let Value::Object(parts) = &mut schema {
        parts.shift_insert(
            0,
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        parts.insert("$defs".to_owned(), Value::Object(used));
    }
    Ok(schema)
}

/// The schema of an answer.
fn answer(name: &str, commands: &Value) -> Result<Value> {
    let of_report = REPORTS.iter().find(|(report, _)| {
        let rest = name.strip_prefix(report);
        rest.is_some_and(|rest| rest.starts_with('/'))
    });
    if let Some((_, text)) = of_report {
        return Ok(serde_json::from_str(&text.replace(SHARED, OWN))?);
    }
    let data = commands
        .get("answers")
        .and_then(|answers| answers.get(name));
    Ok(json!({
        "title": name,
        "type": "object",
        "properties": {
            "schema": { "const": name },
            "as_of": { "$ref": "#/$defs/day" },
            "data": data,
        },
        "required": ["schema", "as_of", "data"],
    }))
}

/// What a schema defines for itself, taken out of it.
fn own_defs(schema: &mut Value) -> Map<String, Value> {
    let parts = schema.as_object_mut();
    match parts.and_then(|parts| parts.shift_remove("$defs")) {
        Some(Value::Object(defs)) => defs,
        _ => Map::new(),
    }
}

/// The definitions that are named anywhere in it.
fn named_in(schema: &Value) -> BTreeSet<String> {
    match schema {
        Value::Object(parts) => {
            let named = parts.get("$ref").and_then(Value::as_str);
            let named = named
                .and_then(|named| named.strip_prefix(OWN))
                .map(str::to_owned);
            parts.values().flat_map(named_in).chain(named).collect()
        }
        Value::Array(items) => items.iter().flat_map(named_in).collect(),
        _ => BTreeSet::new(),
    }
}
