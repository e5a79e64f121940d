//! The first screen of help: what can be typed, by the work that it belongs to.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::{Command, CommandFactory, FromArgMatches};

use super::{Cli, examples, shortened};
use crate::commands::{doctor, guide};
use crate::output::wrap;

/// The commands by what they are for. Those that share a line are described together; the others speak for themselves.
const GROUPS: &[(&str, &[(&str, &str)])] = &[
    (
        "Every day",
        &[
            ("agenda", ""),
            ("match", ""),
            (
                "ask, template",
                "Print the words to send, or keep your own for them",
            ),
            ("tap", ""),
            ("outcome", ""),
            (
                "taps, touches, gives, signals",
                "List them, newest first, and correct what is wrong",
            ),
            ("next", ""),
        ],
    ),
    (
        "People",
        &[
            ("candidates", ""),
            ("register", ""),
            (
                "invite, decline, pause, resume, retire, do-not-contact",
                "Record where somebody stands",
            ),
            (
                "list, show, account",
                "List advocates, or show everything about one person or account",
            ),
            (
                "note, notes, tag, tags",
                "Keep words about somebody, and words to find them by",
            ),
            (
                "edit, remove",
                "Correct what is known about somebody, or remove who was added by mistake",
            ),
            ("profile", ""),
            ("verify", ""),
            (
                "move, merge",
                "Record that a person went to another account, or make one of two records",
            ),
        ],
    ),
    (
        "Goodwill, and what is given back",
        &[
            ("signal", ""),
            ("nominate", ""),
            ("nominations", ""),
            (
                "touch, give",
                "Record contact that asked for nothing, or value returned",
            ),
            ("tier", ""),
        ],
    ),
    (
        "Requests, deals and what it was worth",
        &[
            ("request", ""),
            (
                "hold, release",
                "Reserve an advocate for a request, or let go",
            ),
            ("deal", ""),
            ("asset", ""),
            ("report", ""),
        ],
    ),
    (
        "The database",
        &[
            (
                "init, demo",
                "Create the database, or a demonstration program",
            ),
            ("history", ""),
            ("undo, redo", "Take back what was done, or do it again"),
            (
                "backup, restore",
                "Copy the whole database, or bring a copy back",
            ),
            ("forget", ""),
            (
                "import, export",
                "Bring exports of other programs in, or write everything out",
            ),
            ("policy", ""),
            (
                "check, doctor",
                "Prove that the database is whole; see whether all is set up well",
            ),
            (
                "config, guide, man, completions, schema",
                "Show preferences, read a page, write the manual, let a shell complete, a program read",
            ),
        ],
    ),
];

const FOOT: &str = "`advocate COMMAND --help` says more, and lists the options that every command takes: --db, --format, \
                    --json, --quiet, --yes, --no-input and others.";

/// The columns of the first screen, as of the other help, where no terminal says how wide it is.
pub(super) const WIDTH: usize = 100;

impl Cli {
    /// Reads what was typed; help is for a terminal so wide.
    ///
    /// # Errors
    /// What clap says: help, the version, or what is wrong with it.
    pub fn read(args: &[OsString], width: Option<usize>) -> Result<Self, clap::Error> {
        let with_first_screen = || with_first_screen(width.unwrap_or(WIDTH));
        let mut command = with_first_screen();
        let matches = match command.try_get_matches_from_mut(args) {
            Err(error) if is_help(&error) => with_first_screen().try_get_matches_from(asking(args)),
            Err(error) => {
                let mut longer = shortened::longer(args, error.kind());
                longer
                    .find_map(|args| with_first_screen().try_get_matches_from(args).ok())
                    .ok_or(error)
            }
            read => read,
        };
        Self::from_arg_matches(&matches?).map_err(|error| error.format(&mut command))
    }
}

/// Whether the word `help` stands where a command is expected.
fn is_help(error: &clap::Error) -> bool {
    let word = error.get(ContextKind::InvalidSubcommand);
    word == Some(&ContextValue::String("help".to_owned()))
}

/// The same words, asking with `--help`: `help match` is `match --help`; of a topic, `help caps` is `guide caps`.
fn asking(args: &[OsString]) -> Vec<OsString> {
    let mut words = args.to_vec();
    if let Some(at) = words.iter().position(|word| word == "help") {
        let topic = words.get(at + 1).and_then(|word| word.to_str());
        let is_command = |topic: &str| Cli::command().find_subcommand(topic).is_some();
        if topic.is_some_and(|topic| !is_command(topic) && guide::topics().any(|one| one == topic))
        {
            words.splice(at..=at, ["guide".into()]);
            return words;
        }
        words.remove(at);
    }
    words.push("--help".into());
    words
}

/// The command line with all that its help says.
pub fn manual() -> Command {
    examples::with_examples(Cli::command())
}

/// The same with the first screen in place of a bare list.
pub(super) fn with_first_screen(width: usize) -> Command {
    let command = manual();
    let groups = groups(&command, width.min(WIDTH));
    let foot = wrap(FOOT, width.min(WIDTH)).join("\n");
    command
        .long_version(doctor::version())
        .help_template(format!(
            "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{groups}\n{foot}\n"
        ))
}

fn groups(command: &Command, width: usize) -> String {
    const NAMES: usize = 14;
    let mut text = String::new();
    for (title, lines) in GROUPS {
        text.push_str(&format!("\n{title}:\n"));
        for (names, said) in *lines {
            let about = command.find_subcommand(names).and_then(Command::get_about);
            let about = about.map_or_else(|| (*said).to_owned(), ToString::to_string);
            let below = format!("\n  {:NAMES$}  ", "");
            let gap = match names.len() > NAMES {
                true => below.as_str(),
                false => "  ",
            };
            let about = wrap(&about, width.saturating_sub(NAMES + 4).max(NAMES)).join(&below);
            text.push_str(&format!("  {names:NAMES$}{gap}{about}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_on_the_first_screen_once() {
        let mut shown: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, lines)| lines.iter())
            .flat_map(|(names, _)| names.split(", "))
            .collect();
        shown.sort_unstable();
        let command = Cli::command();
        let mut all: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        all.sort_unstable();
        assert_eq!(shown, all);
    }
}
