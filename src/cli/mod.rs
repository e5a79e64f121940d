//! The command line as a whole: the options that every command takes, the first screen of help, and what is said of a
//! line that cannot be read.

mod completing;
mod first_screen;
mod mistyped;
mod shortened;

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

pub use completing::completing;
pub use mistyped::Mistyped;

use crate::commands::Command;
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
    /// How the answer is printed
    #[arg(long, global = true, value_name = "FORMAT", default_value = "table")]
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    pub format: String,
    /// Short for --format json; with =FIELDS only those, such as --json=email,score
    #[arg(long, global = true, conflicts_with = "format", value_name = "FIELDS")]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub json: Option<String>,
    /// Only these fields of a list, by their keys in JSON, such as email,score
    #[arg(long, global = true, value_name = "FIELDS", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Sort a list by a field, such as score; with - behind it the highest first: score-
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
    /// When to use colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true)]
    pub color: Color,
    /// How many seconds to wait for another command
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 5)]
    #[arg(value_parser = arguments::whole::<0, 86_400>)]
    pub lock_wait: u32,
    /// Record it although the newest operation is later than now
    #[arg(long, global = true)]
    pub clock_is_right: bool,
    /// Say which database, as whom and at what time
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

impl Global {
    /// The format asked for.
    pub fn format(&self) -> Format {
        if self.json.is_some() {
            Format::Json
        } else {
            self.format.parse().unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    /// A screen of a large terminal window, and no more.
    const MOST_LINES: usize = 55;

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
            for sub in command.get_subcommands() {
                let words = [words, &[sub.get_name()]].concat();
                assert!(sub.get_about().is_some(), "{} has no help", words.join(" "));
                visit(sub, &words);
            }
        }
        visit(&Cli::command(), &["advocate"]);
    }
}
