//! Every command has a page: its name stands in a heading or as code in README.md or a page of docs/. And every page
//! that a comment names is there.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md")];
    if let Ok(entries) = fs::read_dir(root.join("docs")) {
        pages.extend(entries.map(|entry| entry.unwrap().path()));
    }
    pages.retain(|page| page.extension().is_some_and(|kind| kind == "md") && page.is_file());
    pages
}

/// Whether the words stand in a heading, or in code after `advocate` or alone.
fn speaks_of(text: &str, command: &str) -> bool {
    text.lines().any(|line| {
        let heading = line.starts_with('#') && line.split([' ', '`']).any(|word| word == command);
        heading
            || line.contains(&format!("`{command}`"))
            || line.contains(&format!("`{command} "))
            || line.split("advocate ").skip(1).any(|rest| {
                rest.split(|c: char| !(c.is_alphanumeric() || c == '-'))
                    .next()
                    == Some(command)
            })
    })
}

#[test]
fn every_command_has_a_page() {
    let pages = pages();
    assert!(
        !pages.is_empty(),
        "there is neither README.md nor docs/*.md"
    );
    let texts: Vec<String> = pages
        .iter()
        .map(|page| fs::read_to_string(page).unwrap())
        .collect();
    let command = advocate::cli::Cli::command();
    let missing: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .filter(|name| !texts.iter().any(|text| speaks_of(text, name)))
        .collect();
    assert!(missing.is_empty(), "no page speaks of {missing:?}");
}

#[test]
fn a_page_speaks_of_a_command_in_a_heading_or_as_code() {
    assert!(speaks_of("## tap", "tap"));
    assert!(speaks_of("## `tap` and `taps`", "tap"));
    assert!(speaks_of("run `tap WHO`", "tap"));
    assert!(speaks_of("    advocate tap nina", "tap"));
    assert!(!speaks_of("we tap people", "tap"));
    assert!(!speaks_of("advocate taps", "tap"));
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
