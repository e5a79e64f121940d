//! The worked examples of the help: each is typed on the demonstration program as it stands there, and so is each once more
//! for programs.

use std::fs;

use advocate::cli::{Cli, examples, manual};

use crate::common::{Program, root, words};

/// Where the examples are typed: the demonstration program of a day, with the files that they name.
pub(crate) struct Bench {
    bytes: Vec<u8>,
}

/// What must have been done before examples that begin like this.
const BEFORE: [(&str, &[&str]); 13] = [
    ("outcome", &["outcome 172 accepted"]),
    (
        "taps ics 173",
        &["outcome 173 accepted --scheduled '2026-07-10 15:00'"],
    ),
    (
        "template reset",
        &["template edit review --text 'A review?'"],
    ),
    ("do-not-contact 1 --lift", &["do-not-contact 1"]),
    ("resume", &["pause 'nina alvarez' --on 2026-06-20"]),
    (
        "remove",
        &["import people people.csv --map email=Mail --source legacy"],
    ),
    ("merge --undo", &["merge 66 303"]),
    ("nominations reopen", &["nominations decline 14 --reason x"]),
    ("release", &["hold 'nina alvarez' --request 32"]),
    ("redo", &["touch 'nina alvarez' --kind other", "undo --yes"]),
    ("undo", &["touch 'nina alvarez' --kind other"]),
    (
        "tier set \"nina alvarez\" computed",
        &["tier set 'nina alvarez' gold --reason x"],
    ),
    ("--db new.db import all", &["export everything"]),
];

/// The files that examples name, beside the fixtures.
const FILES: [(&str, &str); 9] = [
    ("accounts.csv", "Customer,Industry\nKestrel,healthcare\n"),
    ("people.csv", "Mail,Name\nada@kestrel.example,Ada Byrne\n"),
    (
        "deals.csv",
        "Deal,Account,Amount,Stage,Closed\nRollout,Kestrel,1200,Won,03/06/2026\n",
    ),
    (
        "reviews.csv",
        "Product,Rating,Date,Title,Email\nOrrery,5,2026-06-02,Calm,ada@kestrel.example\n",
    ),
    (
        "health.csv",
        "Email,Reading\nnina.alvarez@larkfield-clinics.example,green\n",
    ),
    (
        "usage.csv",
        "Email,Active_days\nnina.alvarez@larkfield-clinics.example,22\n",
    ),
    (
        "taps.csv",
        "Email,Ask,Date,Outcome\nnina.alvarez@larkfield-clinics.example,review,2025-02-01,completed\n",
    ),
    ("targets.csv", "industry,ask,target\nretail,review,4\n"),
    ("words.txt", "How are you, {name}?"),
];

impl Bench {
    pub(crate) fn new() -> Self {
        Self {
            bytes: crate::demo("2026-07-01").bytes(),
        }
    }

    /// A program on which an example can be typed.
    pub(crate) fn program(&self, example: &str) -> Program {
        let program = Program::copy(&self.bytes, "2026-07-01");
        if example.starts_with("import ") {
            for file in fs::read_dir(root().join("fixtures/import")).unwrap() {
                let file = file.unwrap();
                let name = file.file_name().to_string_lossy().into_owned();
                if file.path().is_file() {
                    fs::copy(file.path(), program.path(&name)).unwrap();
                }
            }
        }
        for (name, text) in FILES {
            program.file(name, text);
        }
        fs::copy(&program.db, program.path("laptop.db")).unwrap();
        let before = BEFORE
            .iter()
            .filter(|(begin, _)| example.starts_with(begin));
        for line in before.flat_map(|(_, lines)| *lines) {
            program.run(line).ok();
        }
        program
    }
}

/// What is typed of an example: without its comment, and without what a shell does with the answer.
pub(crate) fn typed(example: &str) -> &str {
    let command = example.split(" # ").next().unwrap_or(example);
    command.split(" > ").next().unwrap_or(command).trim()
}

#[test]
fn every_command_has_three_examples_of_its_own() {
    fn visit(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        for sub in command.get_subcommands() {
            let path = format!("{path} {}", sub.get_name()).trim().to_owned();
            if !sub.is_subcommand_required_set() {
                found.push(path.clone());
            }
            visit(sub, &path, found);
        }
    }
    let mut commands = Vec::new();
    visit(&manual(), "", &mut commands);
    let mut named: Vec<String> = Vec::new();
    for (command, examples) in examples() {
        assert_eq!(examples.len(), 3, "{command}");
        for example in examples {
            let words = words(typed(example));
            let begins = typed(example).starts_with(command);
            assert!(
                begins || example.starts_with("--db "),
                "{command}: {example}"
            );
            let args = std::iter::once("advocate".to_owned()).chain(words);
            let args: Vec<std::ffi::OsString> = args.map(Into::into).collect();
            let read = Cli::read(&args, None);
            assert!(read.is_ok(), "{example}: {}", read.unwrap_err());
        }
        named.push(command.to_owned());
    }
    commands.sort();
    named.sort();
    assert_eq!(named, commands);
}

#[test]
fn every_example_works_on_the_demonstration() {
    let bench = Bench::new();
    let mut failed = Vec::new();
    for (command, examples) in examples() {
        for example in examples.into_iter().map(typed) {
            let ran = bench.program(example).run(example);
            // Fixtures have rows that cannot be read, and this program is no well kept one.
            let is_fine = match ran.code {
                Some(0) => true,
                Some(4) => command.starts_with("import "),
                Some(1) => command == "doctor",
                _ => false,
            };
            if !is_fine {
                let story = ran.story();
                let told = story
                    .lines()
                    .filter(|line| line.starts_with(['$', '!', '[']));
                failed.push(told.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    let told = failed.join("\n");
    assert!(failed.is_empty(), "{} examples\n{told}", failed.len());
}
