//! Every message, refusal and hint, in one recorded file: `snapshots/program__said__everything_that_is_said.snap`. Whoever
//! writes a new one sees it beside the others. Every command among them is one that can be typed.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::common::hints::is_typable;
use crate::common::{root, words};

/// What is called, or derived, to say something to a person.
const SPEAKING: [&str; 18] = [
    "among",
    "cause",
    "doing",
    "empty",
    "error",
    "hint",
    "note",
    "note_any",
    "other",
    "say",
    "step",
    "unasked",
    "usage",
    "usage_hint",
    "warn",
    "write_str",
    "wrong_stage",
    "yes",
];
/// The names of what is about to be said.
const SAID: [&str; 4] = ["hint", "message", "question", "words"];
/// What makes a command to be typed, of its own words.
const COMMANDS: [&str; 2] = ["of", "usage"];

/// What a file says, in order; commands begin with `$ advocate`.
#[derive(Default)]
struct Heard(Vec<String>);

impl Heard {
    /// Listens to some code; `speaks` where it is an argument of something that is said.
    fn listen(&mut self, code: TokenStream, speaks: bool) {
        let tokens: Vec<TokenTree> = code.into_iter().collect();
        // What is bound to a name that is said.
        let mut bound = false;
        for (at, token) in tokens.iter().enumerate() {
            let text = token.to_string();
            let assigns = |next: &TokenTree| next.to_string() == "=";
            if SAID.contains(&text.as_str()) && tokens.get(at + 1).is_some_and(assigns) {
                bound = true;
            } else if text == ";" {
                bound = false;
            }
            let speaks = speaks || bound;
            match token {
                TokenTree::Literal(text) if speaks => self.keep(&text.to_string()),
                TokenTree::Group(group) => {
                    let before = |back: usize| {
                        at.checked_sub(back)
                            .and_then(|at| tokens.get(at))
                            .map(ToString::to_string)
                    };
                    let called = before(1).unwrap_or_default();
                    if called == "tests" && group.delimiter() == Delimiter::Brace {
                        continue;
                    }
                    let is_call = group.delimiter() == Delimiter::Parenthesis;
                    let of_commands = before(4).as_deref() == Some("CommandLine");
                    if is_call && of_commands && COMMANDS.contains(&called.as_str()) {
                        self.command(&group.stream());
                        continue;
                    }
                    let shows = called == "!" && before(2).as_deref() == Some("write");
                    let shows = shows && group.to_string().starts_with("(f,");
                    let says = is_call && (shows || SPEAKING.contains(&called.as_str()));
                    self.listen(group.stream(), speaks || says);
                }
                _ => {}
            }
        }
    }

    fn keep(&mut self, literal: &str) {
        let is_text = literal.starts_with('"') && literal.trim_matches('"').len() > 1;
        let text = literal
            .trim_matches('"')
            .replace("\\n", " ")
            .replace("\\\"", "\"");
        // What goes on in a next line is one text.
        let text = text
            .replace('\\', "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let is_sql = text.contains("SELECT ") || text.contains("CASE WHEN ");
        if is_text && !is_sql && text.contains(char::is_alphabetic) {
            self.0.push(text);
        }
    }

    fn command(&mut self, argument: &TokenStream) {
        let text = argument.to_string();
        if text.starts_with('"') {
            self.0
                .push(format!("$ advocate {}", text.trim_matches('"')));
        }
    }
}

/// Every file of the program, in order.
fn files() -> Vec<PathBuf> {
    fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    visit(&root().join("src"), &mut found);
    found.sort();
    found
}

/// What each file says.
fn heard() -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let mut heard = Heard::default();
        heard.listen(text.parse().expect("Rust"), false);
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if !heard.0.is_empty() {
            all.push((name, heard.0));
        }
    }
    all
}

#[test]
fn everything_that_is_said() {
    let mut text = String::new();
    for (file, said) in heard() {
        text.push_str(&format!("{file}\n"));
        for one in said {
            text.push_str(&format!("  {one}\n"));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_command_that_is_printed_can_be_typed() {
    let mut checked = 0;
    for (file, said) in heard() {
        for command in said.iter().filter_map(|one| one.strip_prefix("$ ")) {
            let fault = is_typable(&words(command)).err();
            assert_eq!(fault, None, "{file}: {command}");
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} commands");
    // What is found wrong where it is wrong.
    for wrong in [
        "advocate lits",
        "advocate list --owmer X",
        "advocate request shwo 1",
    ] {
        assert!(is_typable(&words(wrong)).is_err(), "{wrong}");
    }
}

/// What a message does not do: shout, apologise, blame, or end as a sentence of a page does.
#[test]
fn messages_keep_their_tone() {
    for (file, said) in heard() {
        for one in said {
            let words = one.to_lowercase();
            for bad in [
                "please",
                "sorry",
                "oops",
                "invalid",
                "illegal",
                "failed to",
                "unfortunately",
                "!!",
            ] {
                assert!(!words.contains(bad), "{file}: {one}");
            }
        }
    }
}
