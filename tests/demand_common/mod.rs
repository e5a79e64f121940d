//! A program of its own for each test: a clean environment, a fixed clock that is moved on, and answers as JSON.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Said {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}{}", self.out, self.err))
    }

    /// Standard error as JSON.
    pub(crate) fn error(&self) -> Value {
        let all: Value = serde_json::from_str(&self.err)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}{}", self.out, self.err));
        all["error"].clone()
    }
}

/// A program in a folder of its own.
pub(crate) struct Program {
    home: tempfile::TempDir,
    now: RefCell<String>,
}

impl Program {
    /// A program initialised on that day at nine o'clock, in UTC.
    pub(crate) fn on(day: &str) -> Self {
        let program = Self::empty(day);
        program.ok("init --time-zone UTC");
        program
    }

    /// A folder without a database.
    pub(crate) fn empty(day: &str) -> Self {
        let program = Self {
            home: tempfile::tempdir().unwrap(),
            now: RefCell::new(String::new()),
        };
        program.at(day);
        program
    }

    /// A program with the database of another, so that it is made only once.
    pub(crate) fn copy(bytes: &[u8], day: &str) -> Self {
        let program = Self::empty(day);
        std::fs::write(program.database(), bytes).unwrap();
        program
    }

    /// Its database, for [`Program::copy`].
    pub(crate) fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.database()).unwrap()
    }

    /// Moves the clock to a day at nine, or to an instant.
    pub(crate) fn at(&self, when: &str) -> &Self {
        *self.now.borrow_mut() = match when.len() {
            10 => format!("{when}T09:00:00Z"),
            _ => when.to_owned(),
        };
        self
    }

    /// Where its database is.
    pub(crate) fn database(&self) -> PathBuf {
        self.home.path().join("program.db")
    }

    /// A file beside the database.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs a command given as words; `'…'` keeps words together.
    pub(crate) fn run(&self, line: &str) -> Said {
        self.run_args(&words(line))
    }

    /// Runs a command.
    pub(crate) fn run_args(&self, args: &[String]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_advocate"))
            .args(args)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TZ", "UTC")
            .env("ADVOCATE_DB", self.database())
            .env("ADVOCATE_NOW", &*self.now.borrow())
            .env("ADVOCATE_ACTOR", "Mara")
            .current_dir(self.home.path())
            .output()
            .unwrap();
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What a command that must succeed prints.
    pub(crate) fn ok(&self, line: &str) -> String {
        let said = self.run(line);
        assert_eq!(said.code, 0, "advocate {line}\n{}{}", said.out, said.err);
        said.out
    }

    /// The `data` of a command that must succeed.
    pub(crate) fn data(&self, line: &str) -> Value {
        self.data_with(line, 0)
    }

    /// The `data` of a command that must end with this code.
    pub(crate) fn data_with(&self, line: &str, code: i32) -> Value {
        let said = self.run(&format!("--json {line}"));
        assert_eq!(said.code, code, "advocate {line}\n{}{}", said.out, said.err);
        said.json()["data"].clone()
    }

    /// The error of a command that must end with this code.
    pub(crate) fn fails(&self, line: &str, code: i32) -> Value {
        let said = self.run(&format!("--json {line}"));
        assert_eq!(said.code, code, "advocate {line}\n{}{}", said.out, said.err);
        said.error()
    }

    /// An advocate who says yes to these kinds.
    pub(crate) fn advocate(&self, email: &str, account: &str, industry: &str, kinds: &str) {
        self.ok(&format!(
            "register {email} --account '{account}' --industry {industry} --will {kinds}"
        ));
    }

    /// Opens a request and returns its number.
    pub(crate) fn request(&self, options: &str) -> i64 {
        self.data(&format!("request open {options}"))["request_id"]
            .as_i64()
            .unwrap()
    }

    /// Logs an ask for a request and returns its number.
    pub(crate) fn tap(&self, who: &str, request: i64) -> i64 {
        self.data(&format!("tap {who} --request {request}"))["tap_id"]
            .as_i64()
            .unwrap()
    }
}

/// A fixture's path.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// One field of each row.
pub(crate) fn column<'a>(rows: &'a Value, field: &str) -> Vec<&'a Value> {
    rows.as_array()
        .unwrap_or_else(|| panic!("no rows: {rows}"))
        .iter()
        .map(|row| &row[field])
        .collect()
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
