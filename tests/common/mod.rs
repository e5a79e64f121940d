//! A program under test: its own folder and home, an empty environment, a clock that stands where it is put.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rexpect::session::PtySession;
use serde_json::Value;
use tempfile::TempDir;

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_advocate");

/// The clock of a new program: a Monday.
pub(crate) const NOW: &str = "2026-06-15T09:00:00Z";

/// A folder of its own with a database in it.
pub(crate) struct Program {
    folder: TempDir,
    now: String,
    /// The database file.
    pub(crate) db: PathBuf,
    told: String,
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

impl Program {
    /// A folder in which nothing was done yet.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let db = folder.path().join("program.db");
        Self {
            folder,
            now: NOW.to_owned(),
            db,
            told: String::new(),
        }
    }

    /// A new program whose days are those of UTC.
    pub(crate) fn new() -> Self {
        let program = Self::empty();
        program.run("init --time-zone UTC").ok();
        program
    }

    /// Moves the clock: a day such as `2026-06-16` stands for nine in the morning.
    pub(crate) fn at(&mut self, now: &str) -> &mut Self {
        self.now = if now.len() == 10 {
            format!("{now}T09:00:00Z")
        } else {
            now.to_owned()
        };
        self
    }

    /// A path in the program's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A path as it is named from within the program's folder: what is printed is the same on every machine.
    fn near<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.folder.path()).unwrap_or(path)
    }

    /// Copies a fixture into the program's folder and gives its name.
    pub(crate) fn fixture(&self, name: &str) -> String {
        let from = fixture(name);
        let name = from.file_name().expect("a file name").to_owned();
        fs::copy(&from, self.path(&name.to_string_lossy())).expect("the fixture is there");
        name.to_string_lossy().into_owned()
    }

    /// Writes a file into the program's folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("a file can be written");
        path
    }

    /// The command of these arguments, in an environment that holds nothing but what the test says.
    pub(crate) fn command<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(BINARY);
        command
            .args(args)
            .env_clear()
            .env("PATH", search_path())
            .env("HOME", self.folder.path())
            .env("TZ", "UTC")
            .env("ADVOCATE_NOW", &self.now)
            .env("ADVOCATE_ACTOR", "Mona")
            .env("ADVOCATE_DB", self.near(&self.db))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command line: words at spaces, `'…'` and `"…"` keep words together.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let output = self.command(&words(line)).output();
        Ran::new(line, output.expect("the program starts"))
    }

    /// Runs a command line with something on standard input.
    pub(crate) fn run_with(&self, line: &str, input: &[u8]) -> Ran {
        let mut child = self.spawn_with(line, Stdio::piped());
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input).expect("the program reads");
        drop(stdin);
        Ran::new(line, child.wait_with_output().expect("the program ends"))
    }

    /// Starts a command line on a terminal, to be spoken to; whoever waits for a word gives up after a while.
    pub(crate) fn on_a_terminal(&self, line: &str) -> PtySession {
        const PATIENCE_MS: u64 = 60_000;
        let mut command = Command::new(BINARY);
        let like = self.command(&words(line));
        let set = like
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?)));
        command
            .args(like.get_args())
            .env_clear()
            .envs(set)
            .env("TERM", "xterm")
            .current_dir(self.folder.path());
        rexpect::session::spawn_command(command, Some(PATIENCE_MS)).expect("the program starts")
    }

    /// Starts a command line and does not wait.
    pub(crate) fn spawn(&self, line: &str) -> Child {
        self.spawn_with(line, Stdio::null())
    }

    fn spawn_with(&self, line: &str, stdin: Stdio) -> Child {
        let mut command = self.command(&words(line));
        command.stdin(stdin).spawn().expect("the program starts")
    }

    /// Runs a command line and adds it and all it said to the story.
    pub(crate) fn tell(&mut self, line: &str) -> Ran {
        let ran = self.run(line);
        let text = self.hide(&ran.story());
        if !self.told.is_empty() {
            self.told.push('\n');
        }
        self.told.push_str(&text);
        ran
    }

    /// The story told so far, to be compared with the recorded one.
    pub(crate) fn story(&self) -> &str {
        &self.told
    }

    /// The text without what differs from run to run.
    pub(crate) fn hide(&self, text: &str) -> String {
        text.replace(&self.folder.path().display().to_string(), "[folder]")
    }

    /// The data of a command's JSON answer.
    pub(crate) fn data(&self, line: &str) -> Value {
        self.run(&format!("{line} --json")).ok().data()
    }

    /// The bytes of the database file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        fs::read(&self.db).expect("the database can be read")
    }

    /// The database as SQLite sees it, for what no command shows or does.
    #[allow(
        clippy::disallowed_types,
        reason = "the test looks behind the program's back"
    )]
    pub(crate) fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.db).expect("the database opens")
    }

    /// How many rows a table holds.
    pub(crate) fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        self.sql()
            .query_row(&sql, [], |row| row.get(0))
            .expect("the table is there")
    }

    /// Every row of every table, as text: what a command that changes nothing must leave alone.
    pub(crate) fn rows(&self) -> String {
        dump(&self.sql())
    }

    /// Asserts that `check` finds nothing.
    pub(crate) fn healthy(&self) {
        let ran = self.run("check").ok();
        assert!(ran.out.contains("all is well"), "{}", ran.story());
    }
}

/// Every row of every table, as text.
#[allow(
    clippy::disallowed_types,
    reason = "the test looks behind the program's back"
)]
pub(crate) fn dump(sql: &rusqlite::Connection) -> String {
    let mut text = String::new();
    let mut tables = sql
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .expect("a schema");
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .expect("table names");
    for name in names {
        let mut all = sql
            .prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2"))
            .expect("a table");
        let width = all.column_count();
        let mut rows = all.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells: Vec<rusqlite::types::Value> = (0..width)
                .map(|column| row.get(column).expect("a cell"))
                .collect();
            text.push_str(&format!("{name} {cells:?}\n"));
        }
    }
    text
}

impl Ran {
    pub(crate) fn new(line: &str, output: Output) -> Self {
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

/// A file of `fixtures/`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

/// The keys of an object, in order.
#[track_caller]
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("{value} is no object"));
    object.keys().map(String::as_str).collect()
}

/// Asserts that an object has at least these keys.
#[track_caller]
pub(crate) fn has_keys(value: &Value, wanted: &[&str]) {
    let found = keys(value);
    for key in wanted {
        assert!(found.contains(key), "no key `{key}` among {found:?}");
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the programs that the tests start are found as the test runner's are"
)]
fn search_path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for one in line.chars() {
        match (quote, one) {
            (Some(open), _) if one == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(one);
                word.get_or_insert_default();
            }
            (None, ' ' | '\n') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(one),
        }
    }
    words.extend(word);
    words
}
