//! Standing preferences: what flags, the environment and `config.toml` say of how the program behaves, and which of them
//! has the word (`docs/configuration.md`). What the program does with them is decided elsewhere.

mod file;
mod key;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

pub use file::{ConfigFile, Fault};
pub use key::Key;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An option of the command line.
    Flag(&'static str),
    /// A variable of the environment.
    Environment(&'static str),
    /// A line of `config.toml`.
    File(usize),
    /// Nobody said anything.
    Default,
}

/// A preference with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Which one.
    pub key: Key,
    /// Its value; empty for no pager.
    pub value: OsString,
    /// Where it comes from.
    pub origin: Origin,
}

/// What speaks beside the file.
pub trait Said {
    /// The option of the command line that speaks of a preference, with its value.
    fn flag(&self, key: Key) -> Option<(&'static str, OsString)>;
    /// A variable of the environment, also where it is empty.
    fn variable(&self, name: &str) -> Option<OsString>;
}

/// All preferences.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// Where the file is looked for; none without a home folder.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub is_there: bool,
    /// What is wrong with it: then nothing of it holds.
    pub fault: Option<Fault>,
    chosen: Vec<Chosen>,
}

impl Preferences {
    /// The preferences that hold: flags before the environment, before the file, before what holds anyway.
    pub fn gather(file: ConfigFile, said: &dyn Said, default_database: Option<PathBuf>) -> Self {
        let chosen = Key::ALL.map(|key| {
            let flag = said
                .flag(key)
                .map(|(flag, value)| (Origin::Flag(flag), value));
            let (value, origin) = flag
                .or_else(|| match key {
                    Key::Color => {
                        color_of(said).map(|(name, when)| (Origin::Environment(name), when.into()))
                    }
                    _ => from_environment(key, key.above_the_file(), said),
                })
                .or_else(|| {
                    let line = file.lines.iter().find(|line| line.key == key)?;
                    Some((Origin::File(line.at), line.value.clone()))
                })
                .or_else(|| from_environment(key, key.below_the_file(), said))
                .map_or_else(
                    || {
                        let database = default_database.clone().filter(|_| key == Key::Db);
                        let value = database.map_or_else(|| key.default().into(), Into::into);
                        (value, Origin::Default)
                    },
                    |(origin, value)| (value, origin),
                );
            Chosen { key, value, origin }
        });
        Self {
            path: file.path,
            is_there: file.is_there,
            fault: file.fault,
            chosen: chosen.into(),
        }
    }

    /// Every preference, in order.
    pub fn chosen(&self) -> &[Chosen] {
        &self.chosen
    }

    /// The value of one.
    pub fn value(&self, key: Key) -> &OsStr {
        let found = self.chosen.iter().find(|one| one.key == key);
        found.map_or(OsStr::new(key.default()), |one| &one.value)
    }

    /// The value of one, as text.
    pub fn text(&self, key: Key) -> String {
        self.value(key).to_string_lossy().into_owned()
    }

    /// The database; none without a home folder.
    pub fn database(&self) -> Option<&Path> {
        Some(Path::new(self.value(Key::Db))).filter(|path| !path.as_os_str().is_empty())
    }
}

/// What these variables say; an empty one says nothing, unless it is a pager: then there is none.
fn from_environment(
    key: Key,
    names: &'static [&'static str],
    said: &dyn Said,
) -> Option<(Origin, OsString)> {
    names.iter().find_map(|name| {
        let value = said.variable(name)?;
        let counts = key == Key::Pager || !value.is_empty();
        counts.then_some((Origin::Environment(name), value))
    })
}

/// What the environment says of colour, in the ways that programs agree on: `NO_COLOR` before `CLICOLOR_FORCE`, before
/// `CLICOLOR` and `TERM`.
pub fn color_of(said: &dyn Said) -> Option<(&'static str, &'static str)> {
    let set = |name: &str| said.variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        Some(("NO_COLOR", "never"))
    } else if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        Some(("CLICOLOR_FORCE", "always"))
    } else if set("CLICOLOR").is_some_and(|value| value == "0") {
        Some(("CLICOLOR", "never"))
    } else if set("TERM").is_some_and(|value| value == "dumb") {
        Some(("TERM", "never"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Flags and variables by their names.
    struct Spoken(
        &'static [(Key, &'static str)],
        &'static [(&'static str, &'static str)],
    );

    impl Said for Spoken {
        fn flag(&self, key: Key) -> Option<(&'static str, OsString)> {
            let found = self.0.iter().find(|one| one.0 == key)?;
            Some(("--flag", found.1.into()))
        }

        fn variable(&self, name: &str) -> Option<OsString> {
            let found = self.1.iter().find(|one| one.0 == name)?;
            Some(found.1.into())
        }
    }

    fn with(text: &str, said: &Spoken) -> Preferences {
        let path = Path::new("/home/mona/.config/advocate/config.toml");
        let file = ConfigFile::of(path, text, None);
        assert_eq!(file.fault, None);
        Preferences::gather(file, said, Some("/data/advocate.db".into()))
    }

    #[track_caller]
    fn holds(preferences: &Preferences, key: Key, value: &str, origin: Origin) {
        let found = preferences.chosen().iter().find(|one| one.key == key);
        let found = found.map(|one| (one.value.to_str(), one.origin));
        assert_eq!(found, Some((Some(value), origin)));
    }

    #[test]
    fn flags_come_before_the_environment_before_the_file() {
        let text = "actor = \"Dana\"\ndb = \"/file.db\"\npager = \"more\"\n";
        let nothing = Spoken(&[], &[]);
        let kept = with(text, &nothing);
        holds(&kept, Key::Db, "/file.db", Origin::File(2));
        holds(&kept, Key::Pager, "more", Origin::File(3));
        holds(&kept, Key::LockWait, "5", Origin::Default);
        let variables = Spoken(
            &[],
            &[("ADVOCATE_DB", "env.db"), ("USER", "mona"), ("PAGER", "w")],
        );
        let kept = with(text, &variables);
        holds(&kept, Key::Db, "env.db", Origin::Environment("ADVOCATE_DB"));
        // These are not the program's own.
        holds(&kept, Key::Actor, "Dana", Origin::File(1));
        holds(&kept, Key::Pager, "more", Origin::File(3));
        let kept = with("", &variables);
        holds(&kept, Key::Actor, "mona", Origin::Environment("USER"));
        holds(&kept, Key::Pager, "w", Origin::Environment("PAGER"));
        let flags = Spoken(&[(Key::Db, "flag.db")], &[("ADVOCATE_DB", "env.db")]);
        holds(
            &with(text, &flags),
            Key::Db,
            "flag.db",
            Origin::Flag("--flag"),
        );
        holds(
            &with("", &nothing),
            Key::Db,
            "/data/advocate.db",
            Origin::Default,
        );
    }

    #[test]
    fn an_empty_variable_says_nothing_but_that_there_is_no_pager() {
        let empty = Spoken(&[], &[("ADVOCATE_ACTOR", ""), ("ADVOCATE_PAGER", "")]);
        let kept = with("actor = \"Dana\"\npager = \"more\"", &empty);
        holds(&kept, Key::Actor, "Dana", Origin::File(1));
        holds(&kept, Key::Pager, "", Origin::Environment("ADVOCATE_PAGER"));
    }

    #[test]
    fn colour_is_asked_for_in_the_ways_that_programs_agree_on() {
        let cases: [(&'static [(&str, &str)], _); 8] = [
            (&[], None),
            (&[("NO_COLOR", "")], None),
            (&[("NO_COLOR", "1")], Some(("NO_COLOR", "never"))),
            (
                &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
                Some(("NO_COLOR", "never")),
            ),
            (
                &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")],
                Some(("CLICOLOR_FORCE", "always")),
            ),
            (&[("CLICOLOR_FORCE", "0")], None),
            (&[("CLICOLOR", "0")], Some(("CLICOLOR", "never"))),
            (&[("CLICOLOR", "1"), ("TERM", "xterm")], None),
        ];
        for (variables, wanted) in cases {
            assert_eq!(color_of(&Spoken(&[], variables)), wanted, "{variables:?}");
        }
        let forced = Spoken(&[], &[("NO_COLOR", "1")]);
        let kept = with("color = \"always\"", &forced);
        holds(&kept, Key::Color, "never", Origin::Environment("NO_COLOR"));
    }
}
