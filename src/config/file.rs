//! `config.toml`: its lines as preferences, or what is wrong with it and where.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::key::Key;
use crate::output::Format;

/// What a file says.
#[derive(Debug, Clone, Default)]
pub struct ConfigFile {
    /// Where it is looked for; none without a home folder.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub is_there: bool,
    /// What is wrong with it; then it has no lines.
    pub fault: Option<Fault>,
    /// What it says.
    pub(super) lines: Vec<Line>,
}

/// A preference in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) key: Key,
    pub(super) value: OsString,
    /// Which line it is, the first being 1.
    pub(super) at: usize,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The line, the first being 1; none where the whole file cannot be read.
    pub line: Option<usize>,
    /// What is wrong there.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path.display(), self.message),
            None => write!(f, "{}: {}", self.path.display(), self.message),
        }
    }
}

/// What is wrong with a value, and what to write instead.
type Unfit = (String, Option<String>);

impl ConfigFile {
    /// Reads the file, if it is there.
    pub fn read(path: Option<PathBuf>, home: Option<&Path>) -> Self {
        let Some(path) = path else {
            return Self::default();
        };
        // Whatever is no file, such as a pipe, could be read for ever.
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Self::faulty(&path, None, ("it is not a file".into(), None));
        }
        match fs::read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Self::of(&path, &text, home),
                Err(_) => Self::faulty(&path, None, ("it is not written in UTF-8".into(), None)),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self {
                path: Some(path),
                ..Self::default()
            },
            Err(error) => Self::faulty(&path, None, (error.to_string(), None)),
        }
    }

    /// What this text says.
    pub(super) fn of(path: &Path, text: &str, home: Option<&Path>) -> Self {
        let line_of = |span: Range<usize>| {
            let before = text.get(..span.start).unwrap_or(text);
            before.matches('\n').count() + 1
        };
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let what = error.message().lines().collect::<Vec<_>>().join(", ");
                return Self::faulty(path, error.span().map(line_of), (what, None));
            }
        };
        let mut lines = Vec::new();
        let mut faults: Vec<(usize, Unfit)> = Vec::new();
        for (name, value) in table.get_ref() {
            let at = line_of(name.span());
            let read = known(name.get_ref())
                .and_then(|key| Ok((key, fitting(key, value.get_ref(), path, home)?)));
            match read {
                Ok((key, value)) => lines.push(Line { key, value, at }),
                Err(unfit) => faults.push((at, unfit)),
            }
        }
        match faults.into_iter().min_by_key(|(at, _)| *at) {
            Some((at, unfit)) => Self::faulty(path, Some(at), unfit),
            None => Self {
                path: Some(path.to_owned()),
                is_there: true,
                fault: None,
                lines,
            },
        }
    }

    fn faulty(path: &Path, line: Option<usize>, (message, hint): Unfit) -> Self {
        Self {
            path: Some(path.to_owned()),
            is_there: true,
            fault: Some(Fault {
                path: path.to_owned(),
                line,
                message,
                hint,
            }),
            lines: Vec::new(),
        }
    }
}

/// The preference of this name.
fn known(name: &str) -> Result<Key, Unfit> {
    let found = Key::ALL.into_iter().find(|key| key.name() == name);
    found.ok_or_else(|| {
        let like = |key: &Key| strsim::jaro_winkler(name, key.name());
        let nearest = Key::ALL
            .into_iter()
            .max_by(|a, b| like(a).total_cmp(&like(b)));
        let hint = match nearest.filter(|key| like(key) >= 0.75) {
            Some(key) => format!("did you mean {}?", key.name()),
            None => format!("one of: {}", Key::ALL.map(Key::name).join(", ")),
        };
        (format!("there is no preference `{name}`"), Some(hint))
    })
}

/// The value as text, if it fits the preference.
fn fitting(
    key: Key,
    value: &DeValue<'_>,
    path: &Path,
    home: Option<&Path>,
) -> Result<OsString, Unfit> {
    let wants = |what: &str| (format!("{} is {what}", key.name()), None);
    let one_of = |names: &[&str]| {
        let what = format!("one of: {}", names.join(", "));
        (format!("{} is none of its words", key.name()), Some(what))
    };
    match (key, value) {
        (Key::Db, DeValue::String(text)) if !text.is_empty() && text != ":memory:" => {
            Ok(place(text, path, home).into())
        }
        (Key::Db, _) => Err(wants("a path in quotes")),
        (Key::Actor, DeValue::String(text)) if !text.trim().is_empty() => {
            Ok(text.trim().to_owned().into())
        }
        (Key::Actor, _) => Err(wants("a name in quotes")),
        (Key::Format, DeValue::String(text)) if text.parse::<Format>().is_ok() => {
            Ok(text.to_string().into())
        }
        (Key::Format, _) => Err(one_of(&Format::ALL.map(Format::name))),
        (Key::Color, DeValue::String(text))
            if ["auto", "always", "never"].contains(&text.as_ref()) =>
        {
            Ok(text.to_string().into())
        }
        (Key::Color, _) => Err(one_of(&["auto", "always", "never"])),
        (Key::Pager, DeValue::String(text)) => Ok(text.trim().to_owned().into()),
        (Key::Pager, DeValue::Boolean(false)) => Ok(OsString::new()),
        (Key::Pager, _) => Err(wants("a command in quotes, or false")),
        (Key::LockWait, DeValue::Integer(number)) => {
            let seconds = number.to_string().parse::<u32>().ok();
            let seconds = seconds.filter(|seconds| *seconds <= MOST_SECONDS);
            let seconds = seconds.map(|seconds| seconds.to_string().into());
            seconds.ok_or_else(|| wants("a whole number of seconds, from 0 to 86400"))
        }
        (Key::LockWait, _) => Err(wants("a whole number of seconds, from 0 to 86400")),
        (Key::NoInput, DeValue::Boolean(on)) => Ok(on.to_string().into()),
        (Key::NoInput, _) => Err(wants("true or false")),
    }
}

/// The longest that a command can be told to wait for another.
const MOST_SECONDS: u32 = 86_400;

/// A path as it is meant: from the home folder, or from the folder of the file.
fn place(text: &str, path: &Path, home: Option<&Path>) -> PathBuf {
    match (text.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.parent().unwrap_or(Path::new("")).join(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ConfigFile {
        let home = Path::new("/home/mona");
        ConfigFile::of(Path::new("/etc/config.toml"), text, Some(home))
    }

    #[test]
    fn every_preference_can_be_written() {
        let file = read(
            "# mine\ndb = \"~/program.db\"\nactor = ' Mona '\nformat = 'csv'\ncolor = 'never'\npager = false\n\
             lock-wait = 1_0\nno-input = true\n",
        );
        assert_eq!(file.fault, None);
        let mut told: Vec<(Key, usize, &str)> = file
            .lines
            .iter()
            .map(|line| (line.key, line.at, line.value.to_str().unwrap_or("?")))
            .collect();
        told.sort_by_key(|line| line.1);
        assert_eq!(
            told,
            [
                (Key::Db, 2, "/home/mona/program.db"),
                (Key::Actor, 3, "Mona"),
                (Key::Format, 4, "csv"),
                (Key::Color, 5, "never"),
                (Key::Pager, 6, ""),
                (Key::LockWait, 7, "10"),
                (Key::NoInput, 8, "true"),
            ]
        );
        let relative = read("db = 'program.db'");
        assert_eq!(relative.lines[0].value, "/etc/program.db");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_line() {
        for (text, line, said, hint) in [
            (
                "\nformt = 'csv'",
                2,
                "there is no preference `formt`",
                Some("did you mean format?"),
            ),
            (
                "lock_wait = 3",
                1,
                "there is no preference `lock_wait`",
                Some("did you mean lock-wait?"),
            ),
            ("db = ''\nwhatever = 1", 1, "db is a path in quotes", None),
            (
                "[color]\nx = 1",
                1,
                "color is none of its words",
                Some("one of: auto, always, never"),
            ),
            (
                "lock-wait = -1",
                1,
                "lock-wait is a whole number of seconds, from 0 to 86400",
                None,
            ),
            ("no-input = 'yes'", 1, "no-input is true or false", None),
            (
                "pager = true",
                1,
                "pager is a command in quotes, or false",
                None,
            ),
        ] {
            let file = read(text);
            let fault = file.fault.expect(text);
            let told = (fault.line, &*fault.message, fault.hint.as_deref());
            assert_eq!(told, (Some(line), said, hint));
            assert!(file.lines.is_empty());
        }
        let broken = read("format = 'csv'\ncolor = \n")
            .fault
            .expect("it is broken");
        assert_eq!(broken.line, Some(2));
        let twice = read("format = 'csv'\nformat = 'json'")
            .fault
            .expect("twice");
        assert_eq!(twice.line, Some(2), "{twice}");
    }
}
