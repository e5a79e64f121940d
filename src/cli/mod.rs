//! What can be typed: clap types only, one file a command. The doc comments are the help.

mod edit;
mod import;
mod init;
mod lists;
mod matching;
mod policy;
mod register;
mod stage;
mod taps;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use edit::EditArgs;
pub use import::{ImportCommand, ImportFileArgs, ImportNpsArgs, ReadArgs};
pub use init::{DemoArgs, InitArgs};
pub use lists::{CandidatesArgs, CheckArgs, ListArgs, ListSort, ShowArgs};
pub use matching::MatchArgs;
pub use policy::{PolicyCommand, PolicySetArgs, PolicyShowArgs};
pub use register::{DescribeArgs, RegisterArgs};
pub use stage::{PauseArgs, ReasonArgs, RetireArgs, SilenceArgs, WhoArgs};
pub use taps::{OutcomeArgs, TapArgs, TapsArgs};

use crate::output::Format;

/// Run a customer-advocacy program from one local file: import promoters, confirm advocates, find who can be asked,
/// and never ask anyone too often.
#[derive(Debug, Parser)]
#[command(
    name = "advocate",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// The database file [env: ADVOCATE_DB] [default: advocate/advocate.db in the XDG data folder]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        help_heading = "Global options"
    )]
    pub db: Option<PathBuf>,
    /// How the answer is printed
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "table",
        help_heading = "Global options"
    )]
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(["table", "csv", "json", "markdown"]))]
    pub format: String,
    /// Short for --format json
    #[arg(
        long,
        global = true,
        help_heading = "Global options",
        conflicts_with = "format"
    )]
    pub json: bool,
    /// In CSV, leave cells unguarded that a spreadsheet would run
    #[arg(long, global = true, help_heading = "Global options")]
    pub raw: bool,
    /// Print nothing unless something is wrong
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Answer every question with yes
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub yes: bool,
    /// Never ask a question
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,
    /// When to use colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        hide_possible_values = true,
        default_value = "auto",
        help_heading = "Global options"
    )]
    pub color: Color,
    /// How long a write waits for another one, in seconds
    #[arg(
        long,
        global = true,
        value_name = "SECONDS",
        default_value_t = 5,
        help_heading = "Global options"
    )]
    #[arg(value_parser = clap::value_parser!(u64).range(0..=86_400))]
    pub lock_wait: u64,
    /// Say more about what is done
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub verbose: bool,
}

impl Global {
    /// The format asked for.
    pub fn format(&self) -> Format {
        if self.json {
            Format::Json
        } else {
            self.format.parse().unwrap_or_default()
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether to use colour on this output.
    pub const fn resolve(self, terminal: bool, no_color: bool) -> bool {
        match self {
            Color::Auto => terminal && !no_color,
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// Everything the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create the database, or upgrade one of an older version
    Init(InitArgs),
    /// Create a demonstration program and answer a first question on it
    Demo(DemoArgs),
    /// Import survey answers, accounts, people, or the history of asks
    #[command(subcommand)]
    Import(ImportCommand),
    /// List promoters who were never confirmed, warmest first
    Candidates(CandidatesArgs),
    /// Confirm that a person is willing, and for what
    Register(RegisterArgs),
    /// Record that a person was invited to take part
    Invite(ReasonArgs),
    /// Record that a person does not want to take part
    Decline(ReasonArgs),
    /// Record that a person must never be asked again
    DoNotContact(SilenceArgs),
    /// Give an advocate a rest
    Pause(PauseArgs),
    /// End a rest
    Resume(ReasonArgs),
    /// Record that an advocate has left the program
    Retire(RetireArgs),
    /// Record that a profile was checked and is right
    Verify(WhoArgs),
    /// Correct what is known about a person or their account
    Edit(EditArgs),
    /// List advocates and where they stand
    List(ListArgs),
    /// Show everything about one person
    Show(ShowArgs),
    /// Find who can be asked, best first
    Match(MatchArgs),
    /// Log an ask, unless it would over-ask
    Tap(TapArgs),
    /// Record what became of an ask
    Outcome(OutcomeArgs),
    /// List asks, newest first
    Taps(TapsArgs),
    /// Show or change the program's settings
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Prove that the database is whole and its derived values are right
    Check(CheckArgs),
}

/// The day for which a reading command answers.
#[derive(Debug, Clone, Copy, Args)]
pub struct AsOf {
    /// Answer as of an earlier day: whatever happened later is left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
}

/// Reads a date such as 2026-11-21.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    text.trim()
        .parse()
        .map_err(|_| "dates look like 2026-11-21".to_owned())
}

/// Reads text that must say something.
pub(crate) fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err("it is empty".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_help_text_fits_on_a_screen() {
        fn visit(command: &mut clap::Command, path: &str) {
            // The binary's own `--help` is measured in tests/program/starting.rs.
            let lines = command.render_help().to_string().lines().count();
            assert!(lines <= 75, "{path} --help has {lines} lines");
            for sub in command.get_subcommands_mut() {
                let path = format!("{path} {}", sub.get_name());
                assert!(sub.get_about().is_some(), "{path} has no help");
                visit(sub, &path);
            }
        }
        let mut command = Cli::command();
        command.build();
        visit(&mut command, "advocate");
    }
}
