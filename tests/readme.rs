//! README.md and the pages in docs/ say what happens: their examples are run in order, each page in a folder of its
//! own, and the printed output must be the same.
//!
//! After a change that is meant, `README_UPDATE=1 cargo test --test readme` writes the new output into the pages.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day on which the examples of README happen.
const NOW: &str = "2026-07-01T09:00:00Z";
/// The variable that asks to write the page anew.
const UPDATE: &str = "README_UPDATE";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite the page"
)]
fn wants_update() -> bool {
    std::env::var(UPDATE).is_ok_and(|value| value == "1")
}

/// A clean place to type commands in: no environment but the one named here, the fixtures at hand.
struct Shell {
    folder: tempfile::TempDir,
    exported: Vec<(String, String)>,
    last_code: i32,
}

impl Shell {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("fixtures"), &folder.path().join("fixtures"));
        Self {
            folder,
            exported: Vec::new(),
            last_code: 0,
        }
    }

    /// What a terminal would show: standard output, then standard error.
    fn type_in(&mut self, line: &str) -> String {
        let words = words(line);
        if line == "echo $?" {
            return format!("{}\n", self.last_code);
        }
        if words[0] == "export" {
            let (name, value) = words[1].split_once('=').unwrap();
            self.exported.push((name.to_owned(), value.to_owned()));
            return String::new();
        }
        assert_eq!(words[0], "advocate", "only advocate is run: {line}");
        let output = Command::new(env!("CARGO_BIN_EXE_advocate"))
            .args(&words[1..])
            .env_clear()
            .env("HOME", self.folder.path())
            .env("TZ", "UTC")
            .env("ADVOCATE_NOW", NOW)
            .env("ADVOCATE_ACTOR", "maya")
            .envs(self.exported.iter().cloned())
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        self.last_code = output.status.code().unwrap();
        let shown = [output.stdout, output.stderr].concat();
        let home = self.folder.path().to_string_lossy().into_owned();
        let program = env!("CARGO_BIN_EXE_advocate");
        String::from_utf8(shown)
            .unwrap()
            .replace(program, "advocate")
            .replace(&home, "/home/maya")
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The words of a command line: blanks separate, quotation marks hold together, a comment ends it.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(open)) if c == open => quote = None,
            ('#', None) if word.is_none() => break,
            (' ', None) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The page with the output of every example as it is now.
fn run(page: &str) -> String {
    let mut shell = Shell::new();
    let mut written = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        written.push_str(line);
        written.push('\n');
        if line != "```console" {
            continue;
        }
        let examples: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let commands = examples.iter().filter_map(|line| line.strip_prefix("$ "));
        let mut first = true;
        for command in commands {
            if !first {
                written.push('\n');
            }
            first = false;
            written.push_str(&format!("$ {command}\n{}", shell.type_in(command)));
        }
        written.push_str("```\n");
    }
    written
}

/// README and every page in docs/.
fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let mut pages: Vec<PathBuf> = docs
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.sort();
    pages.insert(0, root().join("README.md"));
    pages
}

#[test]
fn the_examples_print_what_the_pages_show() {
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let now = run(&page);
        if wants_update() {
            fs::write(&path, &now).unwrap();
            continue;
        }
        let name = path.strip_prefix(root()).unwrap().display();
        let difference = page
            .lines()
            .zip(now.lines())
            .enumerate()
            .find(|(_, (shown, printed))| shown != printed);
        if let Some((index, (shown, printed))) = difference {
            panic!(
                "{name} line {} shows\n  {shown}\nand the program prints\n  {printed}\n{UPDATE}=1 writes it anew",
                index + 1
            );
        }
        assert_eq!(page, now, "{name}");
    }
}

#[test]
fn the_two_commands_are_in_the_readme_and_the_second_is_what_is_checked() {
    let page = readme();
    let commands = ["cargo run --release -- demo", "cargo test"];
    for command in commands {
        assert!(page.lines().any(|line| line == command), "{command}");
    }
    let checks = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(checks.lines().any(|line| line.trim() == commands[1]));
}

#[test]
fn no_path_of_this_machine_is_in_the_pages() {
    let folder = root().to_string_lossy();
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        assert!(!page.contains(&*folder), "{}", path.display());
    }
}

#[test]
fn a_line_is_read_as_a_shell_reads_it() {
    assert_eq!(
        words("advocate tap nina --note \"two words\" ''  # why"),
        ["advocate", "tap", "nina", "--note", "two words", ""]
    );
}
