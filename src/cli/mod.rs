//! The command line as a whole: the options that every command takes, the first screen of help, and what is said of a
//! line that cannot be read.

mod completing;
mod examples;
mod first_screen;
mod mistyped;
mod shortened;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

pub use completing::completing;
pub use examples::examples;
pub use first_screen::manual;
pub use mistyped::Mistyped;

use crate::commands::Command;
use crate::config::Key;
use crate::output::{Format, Order};
use crate::resolve::arguments;

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
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The database [env: ADVOCATE_DB] [default: advocate/advocate.db in the XDG data folder]
    #[arg(long, global = true, value_name = "PATH", value_parser = arguments::path())]
    pub db: Option<PathBuf>,
    /// As table, csv, json, markdown, tsv or jsonl [default: table]
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    pub format: Option<String>,
    /// Short for --format json; with =FIELDS only those, such as --json=email,score
    #[arg(long, global = true, conflicts_with = "format", value_name = "FIELDS")]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub json: Option<String>,
    /// Only these fields of a list, by their keys in JSON, such as email,score
    #[arg(long, global = true, value_name = "FIELDS", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Sort a list by a field, such as score; score- has the highest first
    #[arg(long, global = true, value_name = "FIELD", allow_hyphen_values = true)]
    pub sort: Option<Order>,
    /// In CSV, leave cells unguarded that a spreadsheet would run
    #[arg(long, global = true)]
    pub raw: bool,
    /// Print nothing unless something is wrong
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Answer every question with yes
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// Never ask a question
    #[arg(long, global = true)]
    pub no_input: bool,
    /// When to use colour: auto, always or never [default: auto]
    #[arg(long, global = true, value_name = "WHEN", hide_possible_values = true)]
    pub color: Option<Color>,
    /// Never show a long answer through a pager
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// How many seconds to wait for another command [default: 5]
    #[arg(long, global = true, value_name = "SECONDS")]
    #[arg(value_parser = arguments::whole::<0, 86_400>)]
    pub lock_wait: Option<u32>,
    /// Record it although the newest operation is later than now
    #[arg(long, global = true)]
    pub clock_is_right: bool,
    /// Say which database, as whom and at what time
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

impl Global {
    /// The option that speaks of a preference, with its value.
    pub fn given(&self, key: Key) -> Option<(&'static str, OsString)> {
        match key {
            Key::Db => self.db.clone().map(|path| ("--db", path.into())),
            Key::Format if self.json.is_some() => Some(("--json", "json".into())),
            Key::Format => self.format.clone().map(|name| ("--format", name.into())),
            Key::Color => self.color.map(|when| ("--color", when.name().into())),
            Key::Pager => self.no_pager.then(|| ("--no-pager", OsString::new())),
            Key::LockWait => {
                let seconds = self.lock_wait.map(|seconds| seconds.to_string());
                seconds.map(|seconds| ("--lock-wait", seconds.into()))
            }
            Key::NoInput => self.no_input.then(|| ("--no-input", "true".into())),
            Key::Actor => None,
        }
    }

    /// The only fields that are wanted; none where all are.
    pub fn fields(&self) -> Vec<String> {
        let of_json = self.json.iter().flat_map(|fields| fields.split(','));
        let all = self.columns.iter().map(String::as_str).chain(of_json);
        let all = all.map(str::trim).filter(|field| !field.is_empty());
        all.map(str::to_owned).collect()
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Color::Auto => "auto",
            Color::Always => "always",
            Color::Never => "never",
        }
    }

    /// Whether to use colour on this output.
    pub const fn resolve(self, terminal: bool) -> bool {
        match self {
            Color::Auto => terminal,
            Color::Always => true,
            Color::Never => false,
        }
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

    /// A screen of a large terminal window, with three worked examples beneath.
    const MOST_LINES: usize = 60;

    #[test]
    fn every_help_text_fits_on_a_screen() {
        fn visit(command: &clap::Command, words: &[&str]) {
            let typed = words.iter().chain(&["--help"]);
            let help = first_screen::with_first_screen(first_screen::WIDTH)
                .try_get_matches_from(typed)
                .unwrap_err();
            let lines = help.to_string().lines().count();
            assert!(
                lines <= MOST_LINES,
                "{} --help has {lines} lines, more than {MOST_LINES}",
                words.join(" ")
            );
            if words.len() > 1 {
                let text = help.to_string();
                let (_, examples) = text.rsplit_once("Examples:\n").unwrap_or_default();
                let shown = examples
                    .lines()
                    .filter(|line| line.starts_with("  advocate "));
                let shown = shown.count();
                let is_small = command.is_subcommand_required_set() && shown == 2;
                assert!(shown == 3 || is_small, "examples of {}", words.join(" "));
                for line in examples.lines() {
                    assert!(line.len() <= 80, "{line}");
                }
            }
            for sub in command.get_subcommands() {
                let words = [words, &[sub.get_name()]].concat();
                assert!(sub.get_about().is_some(), "{} has no help", words.join(" "));
                visit(sub, &words);
            }
        }
        visit(&Cli::command(), &["advocate"]);
    }
}
