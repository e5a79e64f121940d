//! The pages in docs/ and the help: every command has its place, every option is explained, every link leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use crate::common::root;

/// README.md, then every page in docs/, each with its text.
pub(crate) fn pages() -> Vec<(PathBuf, String)> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let mut pages: Vec<PathBuf> = docs
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.sort();
    pages.insert(0, root().join("README.md"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    };
    pages.into_iter().map(read).collect()
}

/// The commands that can be run, each with the words that lead to it.
fn commands() -> Vec<String> {
    let command = advocate::cli::Cli::command();
    let mut names = Vec::new();
    for one in command.get_subcommands() {
        let stands_alone = !one.is_subcommand_required_set();
        if stands_alone {
            names.push(one.get_name().to_owned());
        }
        if one.has_subcommands() {
            names.extend(
                one.get_subcommands()
                    .map(|sub| format!("{} {}", one.get_name(), sub.get_name())),
            );
        }
    }
    names
}

#[test]
fn every_command_is_in_a_page_and_in_the_table_of_commands() {
    let pages = pages();
    let table = table_of_commands(&pages);
    let is_the_table = |path: &Path| path.ends_with(TABLE);
    for name in commands() {
        let mention = format!("advocate {name}");
        let mut others = pages.iter().filter(|(path, _)| !is_the_table(path));
        let found = others.any(|(_, text)| text.contains(&mention));
        assert!(found, "no page mentions `{mention}` but {TABLE}");
        let row = format!("| `{mention}` |");
        assert!(table.contains(&row), "{TABLE} has no row {row}");
    }
}

/// The page with the table.
const TABLE: &str = "docs/commands.md";

fn table_of_commands(pages: &[(PathBuf, String)]) -> &str {
    let found = pages.iter().find(|(path, _)| path.ends_with(TABLE));
    &found.expect("there is a table of commands").1
}

#[test]
fn the_table_of_commands_names_none_that_is_gone() {
    let names = commands();
    let pages = pages();
    for line in table_of_commands(&pages).lines() {
        if let Some(rest) = line.strip_prefix("| `advocate ") {
            let name = rest.split('`').next().unwrap();
            assert!(names.iter().any(|one| one == name), "{name}");
        }
    }
}

#[test]
fn every_option_of_the_imports_is_explained() {
    let page = fs::read_to_string(root().join("docs/import.md")).unwrap();
    let command = advocate::cli::Cli::command();
    let import = command.find_subcommand("import").unwrap();
    for sub in import.get_subcommands() {
        for option in sub.get_opts() {
            let name = format!("--{}", option.get_long().unwrap());
            assert!(page.contains(&name), "docs/import.md is silent on {name}");
        }
    }
}

/// What the rules must have a line for: who may be asked, and how people are cared for.
const ADVICE: &[&str] = &[
    "stage",
    "willingness",
    "caps",
    "decline rest",
    "score",
    "freshness",
    "own moments",
    "proven",
    "bad rating",
    "calm account",
    "conflict",
    "burned out",
    "customer's voice",
    "promised days",
    "policy",
    "override",
    "profile",
    "gives",
    "contact",
    "nothing owed",
    "used",
    "permission",
    "balance",
    "thank-you",
    "results",
    "check-in",
    "verified",
    "invitations",
    "nominations",
    "a no",
];

#[test]
fn each_piece_of_advice_has_a_command() {
    let page = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let (_, advice) = page
        .split_once("## What serves each piece of advice")
        .unwrap();
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for line in advice.lines().filter(|line| line.contains("`advocate ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        rows.push((cells[0], cells[2]));
    }
    let named: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, ADVICE);
    for (name, commands) in rows {
        for typed in commands.split(", ") {
            let typed = typed.trim_matches('`');
            assert!(exists(typed), "{name}: there is no `{typed}`");
        }
    }
}

/// Whether a command exists, with the options that are named behind it.
fn exists(typed: &str) -> bool {
    let cli = advocate::cli::Cli::command();
    let mut command = &cli;
    for word in typed.split(' ').skip(1) {
        match word.strip_prefix("--") {
            Some(option) => {
                let mut options = command.get_opts().chain(command.get_arguments());
                if !options.any(|one| one.get_long() == Some(option)) {
                    return false;
                }
            }
            None => match command.find_subcommand(word) {
                Some(found) => command = found,
                None => return false,
            },
        }
    }
    true
}

#[test]
fn links_lead_somewhere() {
    for (path, text) in pages() {
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = path.parent().unwrap().join(file);
            assert!(file.exists(), "{}: {target}", path.display());
            if !heading.is_empty() {
                let page = fs::read_to_string(file).unwrap();
                let found = page
                    .lines()
                    .filter(|line| line.starts_with('#'))
                    .any(|line| anchor(line) == heading);
                assert!(found, "{}: {target}", path.display());
            }
        }
    }
}

fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' => Some(c),
        _ => None,
    });
    kept.collect()
}

#[test]
fn every_command_and_option_has_help() {
    fn visit(command: &clap::Command, path: &str) {
        for argument in command.get_arguments() {
            assert!(
                argument.get_help().is_some(),
                "{path}: {} has no help",
                argument.get_id()
            );
        }
        for sub in command.get_subcommands() {
            let path = format!("{path} {}", sub.get_name());
            assert!(sub.get_about().is_some(), "{path} has no help");
            visit(sub, &path);
        }
    }
    let mut command = advocate::cli::Cli::command();
    command.build();
    visit(&command, "advocate");
}

/// Whether a page has the heading with which the words begin, in any case.
fn has_heading(page: &Path, words: &str) -> bool {
    let Ok(text) = fs::read_to_string(page) else {
        return false;
    };
    text.lines()
        .filter_map(|line| Some(line.strip_prefix('#')?.trim_start_matches('#').trim()))
        .any(|heading| words.to_lowercase().starts_with(&heading.to_lowercase()))
}

#[test]
fn every_page_that_a_comment_names_has_the_heading() {
    fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            match entry.unwrap().path() {
                folder if folder.is_dir() => visit(&folder, found),
                file => found.push(file),
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    visit(&root.join("src"), &mut files);
    let mut named = 0;
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
    {
        let text = fs::read_to_string(file).unwrap();
        let comments: Vec<&str> = text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("//"))
            .map(|line| line.trim_start_matches(['/', '!', ' ']))
            .collect();
        let comments = comments.join(" ");
        for (at, _) in comments.match_indices("`docs/") {
            let (page, rest) = comments[at + 1..].split_once('`').unwrap();
            let page = root.join(page);
            assert!(page.exists(), "{}: {}", file.display(), page.display());
            if let Some(words) = rest.strip_prefix(", ") {
                let place = format!("{}: {}, {words:.40}", file.display(), page.display());
                assert!(has_heading(&page, words), "{place}");
                named += 1;
            }
        }
    }
    assert!(named > 50, "only {named} headings are named");
}

#[test]
fn the_files_that_contributing_names_are_there() {
    let page = fs::read_to_string(root().join("docs/contributing.md")).unwrap();
    let places = ["src/", "tests/", "docs/", "fixtures/", ".ci/"];
    let named: Vec<&str> = page
        .split('`')
        .filter(|word| places.iter().any(|place| word.starts_with(place)))
        .collect();
    assert!(named.len() > 20, "{named:?}");
    for path in named {
        assert!(root().join(path).exists(), "{path}");
    }
}
