//! A command that has ended: what it said, and what a test asserts of it.

use std::io::Write as _;
use std::process::Output;

use serde_json::Value;

use super::hints::{commands_in, is_typable};
use super::words;

/// Where answers are kept, so that schemas are made of them.
const ANSWERS: &str = "ADVOCATE_ANSWERS";

/// Adds an answer to the file that `ADVOCATE_ANSWERS` names, where one is named: the command and the answer, in a line.
#[allow(
    clippy::disallowed_methods,
    reason = "a test is told where to keep answers"
)]
fn keep(line: &str, answer: &[u8]) {
    let Some(path) = std::env::var_os(ANSWERS) else {
        return;
    };
    let whole = serde_json::from_slice::<Value>(answer).ok();
    let Some(whole) = whole.filter(|whole| whole["schema"].is_string()) else {
        return;
    };
    let kept = format!("{}\n", serde_json::json!([line, whole]));
    let file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(path);
    let written = file.and_then(|mut file| file.write_all(kept.as_bytes()));
    written.expect("the answer is kept");
}

/// A command that has ended.
pub(crate) struct Ran {
    line: String,
    /// The exit code; `None` after a signal.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn new(line: &str, output: Output) -> Self {
        keep(line, &output.stdout);
        for command in commands_in(&String::from_utf8_lossy(&output.stderr)) {
            let fault = is_typable(&words(&command)).err();
            assert_eq!(fault, None, "a hint of advocate {line}: {command}");
        }
        Self {
            line: line.to_owned(),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Asserts the exit code, and that nothing panicked.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.story());
        assert!(!self.err.contains("panicked"), "{}", self.story());
        self
    }

    /// Asserts that all went well.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        self.code(0)
    }

    /// Asserts that standard error has these words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            self.err.contains(words),
            "no `{words}` in\n{}",
            self.story()
        );
        self
    }

    /// Asserts that standard output has these words.
    #[track_caller]
    pub(crate) fn shows(self, words: &str) -> Self {
        assert!(
            self.out.contains(words),
            "no `{words}` in\n{}",
            self.story()
        );
        self
    }

    /// Asserts that nothing was said beside the answer.
    #[track_caller]
    pub(crate) fn silent_on_stderr(self) -> Self {
        assert_eq!(self.err, "", "{}", self.story());
        self
    }

    /// Asserts that nothing was printed at all.
    #[track_caller]
    pub(crate) fn silent(self) -> Self {
        assert_eq!((self.out.as_str(), self.err.as_str()), ("", ""));
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.story()))
    }

    /// The `data` of standard output.
    #[track_caller]
    pub(crate) fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    /// The `error` of standard error.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let whole: Value = serde_json::from_str(&self.err)
            .unwrap_or_else(|error| panic!("{error}\n{}", self.story()));
        whole["error"].clone()
    }

    /// The command and all it said.
    pub(crate) fn story(&self) -> String {
        let mut text = format!("$ advocate {}\n", self.line);
        text.push_str(&self.out);
        for line in self.err.lines() {
            text.push_str(&format!("! {line}\n"));
        }
        match self.code {
            Some(0) => {}
            Some(code) => text.push_str(&format!("[exit {code}]\n")),
            None => text.push_str("[killed]\n"),
        }
        text
    }
}
