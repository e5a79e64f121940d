//! The pages in docs/: every command has its place, every link leads somewhere, every setting is listed as it is.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::CommandFactory;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page with its text: those in docs/, and README.md.
fn pages() -> Vec<(PathBuf, String)> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let mut pages: Vec<PathBuf> = docs
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.push(root().join("README.md"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    };
    pages.into_iter().map(read).collect()
}

fn commands() -> Vec<String> {
    let command = advocate::cli::Cli::command();
    let mut names = Vec::new();
    for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
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
fn every_command_is_in_a_page_and_in_the_table_of_the_readme() {
    let pages = pages();
    for name in commands() {
        let mention = format!("advocate {name}");
        let found = pages
            .iter()
            .any(|(path, text)| !path.ends_with("README.md") && text.contains(&mention));
        assert!(found, "no page in docs/ mentions `{mention}`");
        let row = format!("| `{mention}` |");
        let readme = &pages.last().unwrap().1;
        assert!(readme.contains(&row), "README.md has no row {row}");
    }
}

#[test]
fn the_table_of_the_readme_names_no_command_that_is_gone() {
    let names = commands();
    let readme = &pages().pop().unwrap().1;
    for line in readme.lines() {
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

/// The settings stand in the page as the program shows them; `README_UPDATE=1` writes the table anew.
#[test]
fn the_table_of_settings_is_in_step() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_advocate"))
            .args(args)
            .env_clear()
            .env("HOME", folder.path())
            .env("ADVOCATE_NOW", "2026-07-01T09:00:00Z")
            .output()
            .unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["init", "--time-zone", "UTC"]);
    let table = run(&["policy", "show", "--format", "markdown"]);
    let path = root().join("docs/policy.md");
    let page = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- settings -->\n", "<!-- end of settings -->");
    let (before, rest) = page.split_once(begin).unwrap();
    let (shown, after) = rest.split_once(end).unwrap();
    #[allow(
        clippy::disallowed_methods,
        reason = "a test asks whether to rewrite the page"
    )]
    if std::env::var("README_UPDATE").is_ok_and(|value| value == "1") {
        fs::write(&path, format!("{before}{begin}{table}{end}{after}")).unwrap();
        return;
    }
    assert_eq!(shown, table, "README_UPDATE=1 writes the table anew");
}
