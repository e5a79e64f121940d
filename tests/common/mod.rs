//! A program under test: its own folder and home, an empty environment, a clock that stands where it is put.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rexpect::session::PtySession;
use serde_json::Value;
use tempfile::TempDir;

mod answer;
pub(crate) mod hints;
mod ran;
pub(crate) mod schemas;
pub(crate) mod traced;

pub(crate) use answer::{column, counts, has_keys, keys, rate};
pub(crate) use ran::Ran;

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_advocate");

/// The clock of a new program: a Monday.
pub(crate) const NOW: &str = "2026-06-15T09:00:00Z";

/// A folder of its own with a database in it.
pub(crate) struct Program {
    folder: TempDir,
    now: String,
    /// The latest that the clock has stood at.
    latest: String,
    /// The database file.
    pub(crate) db: PathBuf,
    told: String,
}

impl Program {
    /// A folder in which nothing was done yet.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let db = folder.path().join("program.db");
        Self {
            folder,
            now: NOW.to_owned(),
            latest: String::new(),
            db,
            told: String::new(),
        }
    }

    /// A new program whose days are those of UTC.
    pub(crate) fn new() -> Self {
        Self::on(NOW)
    }

    /// A new program that begins on this day.
    pub(crate) fn on(day: &str) -> Self {
        let mut program = Self::empty();
        program.at(day);
        program.run("init --time-zone UTC").ok();
        program
    }

    /// A program on this day with the database of another ([`Program::bytes`]), which is made only once.
    pub(crate) fn copy(bytes: &[u8], day: &str) -> Self {
        let mut program = Self::empty();
        program.at(day);
        fs::write(&program.db, bytes).expect("a file can be written");
        program
    }

    /// Moves the clock, back as well: a day such as `2026-06-16` stands for nine in the morning.
    pub(crate) fn at(&mut self, now: &str) -> &mut Self {
        self.latest = self.latest.clone().max(self.now.clone());
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
            .args((self.now < self.latest).then_some("--clock-is-right"))
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

    /// Runs a command line, taken apart by [`words`].
    #[must_use]
    pub(crate) fn run(&self, line: &str) -> Ran {
        let output = self.command(&words(line)).output();
        Ran::new(line, output.expect("the program starts"))
    }

    /// Runs a command line with something on standard input.
    #[must_use]
    pub(crate) fn run_with(&self, line: &str, input: &[u8]) -> Ran {
        let mut child = self.spawn_with(line, Stdio::piped());
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input).expect("the program reads");
        drop(stdin);
        Ran::new(line, child.wait_with_output().expect("the program ends"))
    }

    /// Starts a command line on a terminal, to be spoken to; whoever waits for a word gives up after a while.
    #[must_use]
    pub(crate) fn on_a_terminal(&self, line: &str) -> PtySession {
        self.on_a_terminal_with(line, &[])
    }

    /// The same with more in its environment.
    #[must_use]
    pub(crate) fn on_a_terminal_with(&self, line: &str, more: &[(&str, &str)]) -> PtySession {
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
            .envs(more.iter().copied())
            .current_dir(self.folder.path());
        rexpect::session::spawn_command(command, Some(PATIENCE_MS)).expect("the program starts")
    }

    /// Starts a command line and does not wait.
    #[must_use]
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

    /// The data of the JSON answer of a command that must end well.
    #[track_caller]
    pub(crate) fn data(&self, line: &str) -> Value {
        self.data_with(line, 0)
    }

    /// The data of the JSON answer of a command that must end with this code.
    #[track_caller]
    pub(crate) fn data_with(&self, line: &str, code: i32) -> Value {
        self.run(&format!("{line} --json")).code(code).data()
    }

    /// The JSON error of a command that must end with this code.
    #[track_caller]
    pub(crate) fn fails(&self, line: &str, code: i32) -> Value {
        self.run(&format!("{line} --json")).code(code).error()
    }

    /// Registers an advocate who says yes to these kinds.
    #[track_caller]
    pub(crate) fn advocate(&self, email: &str, account: &str, industry: &str, kinds: &str) {
        let who = format!("{email} --account '{account}' --industry {industry}");
        self.run(&format!("register {who} --will {kinds}")).ok();
    }

    /// Opens a request and gives its number.
    #[track_caller]
    pub(crate) fn request(&self, options: &str) -> i64 {
        let data = self.data(&format!("request open {options}"));
        data["request_id"].as_i64().expect("a number")
    }

    /// Logs an ask for a request and gives its number.
    #[track_caller]
    pub(crate) fn tap(&self, who: &str, request: i64) -> i64 {
        let data = self.data(&format!("tap {who} --request {request}"));
        data["tap_id"].as_i64().expect("a number")
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

/// A file of `fixtures/`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    root().join("fixtures").join(name)
}

/// How often something random is tried: `ADVOCATE_TRIALS` where it is set.
#[allow(
    clippy::disallowed_methods,
    reason = "a long test is told how long it may be"
)]
pub(crate) fn trials(few: usize) -> usize {
    let told = std::env::var("ADVOCATE_TRIALS").ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(few)
}

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[allow(
    clippy::disallowed_methods,
    reason = "the programs that the tests start are found as the test runner's are"
)]
fn search_path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

/// The words of a command line as a shell reads them: blanks separate, `'…'` and `"…"` hold together, `#` ends it.
#[must_use]
pub(crate) fn words(line: &str) -> Vec<String> {
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
            (None, '#') if word.is_none() => break,
            (None, ' ' | '\n') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(one),
        }
    }
    words.extend(word);
    words
}

#[test]
fn a_line_is_read_as_a_shell_reads_it() {
    assert_eq!(
        words("advocate tap nina --note \"two words\" ''  # why"),
        ["advocate", "tap", "nina", "--note", "two words", ""]
    );
}
