//! README.md and the pages in docs/ say what happens: their examples are run in order, each page in a folder of its
//! own, and the printed output must be the same. The table of settings is such an example, too.
//!
//! After a change that is meant, `README_UPDATE=1 cargo test --test program examples` writes the new output into the
//! pages.

use std::fs;
use std::path::Path;

use crate::common::{BINARY, Program, root, words};
use crate::docs::pages;

/// The day on which the examples happen.
const NOW: &str = "2026-07-01";
/// The variable that asks to write the pages anew.
const UPDATE: &str = "README_UPDATE";
/// Between these two lines stands the table of settings.
const SETTINGS: [&str; 2] = ["<!-- settings -->", "<!-- end of settings -->"];

#[allow(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite the page"
)]
pub(crate) fn wants_update() -> bool {
    std::env::var(UPDATE).is_ok_and(|value| value == "1")
}

/// A clean place to type commands in, with the fixtures at hand.
struct Shell {
    program: Program,
    exported: Vec<(String, String)>,
    last_code: i32,
}

impl Shell {
    fn new() -> Self {
        let mut program = Program::empty();
        program.at(NOW);
        copy(&root().join("fixtures"), &program.path("fixtures"));
        Self {
            program,
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
        let output = self
            .program
            .command(&words[1..])
            .env_remove("ADVOCATE_DB")
            .env("ADVOCATE_ACTOR", "maya")
            .envs(self.exported.iter().cloned())
            .output()
            .unwrap();
        self.last_code = output.status.code().unwrap();
        let shown = [output.stdout, output.stderr].concat();
        let home = self.program.path("");
        String::from_utf8(shown)
            .unwrap()
            .replace(BINARY, "advocate")
            .replace(home.to_string_lossy().trim_end_matches('/'), "/home/maya")
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

/// The page with the output of every example as it is now.
fn run(page: &str) -> String {
    let mut shell = Shell::new();
    let mut written = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        written.push_str(line);
        written.push('\n');
        if line == SETTINGS[0] {
            lines
                .by_ref()
                .find(|line| *line == SETTINGS[1])
                .expect("the table of settings ends");
            let table = Program::new().run("policy show --format markdown").ok().out;
            written.push_str(&format!("{table}{}\n", SETTINGS[1]));
        }
        if line != "```console" {
            continue;
        }
        let examples: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let commands = examples.iter().filter_map(|line| line.strip_prefix("$ "));
        let outputs = commands.map(|line| format!("$ {line}\n{}", shell.type_in(line)));
        written.push_str(&outputs.collect::<Vec<_>>().join("\n"));
        written.push_str("```\n");
    }
    written
}

#[test]
fn the_examples_print_what_the_pages_show() {
    for (path, page) in pages() {
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
fn the_table_of_settings_stands_in_one_page() {
    let pages = pages();
    let with_table = pages.iter().filter(|(_, page)| page.contains(SETTINGS[0]));
    let with_table: Vec<&Path> = with_table.map(|(path, _)| path.as_path()).collect();
    assert_eq!(with_table, [root().join("docs/policy.md")]);
}

#[test]
fn the_two_commands_are_in_the_readme_and_the_second_is_what_is_checked() {
    let (_, page) = &pages()[0];
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
    for (path, page) in pages() {
        assert!(!page.contains(&*folder), "{}", path.display());
    }
}
