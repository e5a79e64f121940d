//! What can be typed: clap types only, one file a command. The doc comments are the help.

mod agenda;
mod asset;
mod deal;
mod edit;
mod export;
mod first_screen;
mod give;
mod import;
mod init;
mod lists;
mod matching;
mod mistyped;
mod moving;
mod next;
mod nomination;
mod numbers;
mod policy;
mod register;
mod report;
mod request;
mod signal;
mod stage;
mod taps;
mod tier;
mod touch;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use agenda::AgendaArgs;
pub use asset::{
    AssetAddArgs, AssetCommand, AssetEditArgs, AssetListArgs, AssetShowArgs, AssetUseArgs,
    AssetWordsArgs,
};
pub use deal::{DealAddArgs, DealCommand, DealEditArgs, DealListArgs, DealShowArgs, DealWordsArgs};
pub use edit::EditArgs;
pub use export::ExportArgs;
pub use first_screen::on_a_database;
pub use give::GiveArgs;
pub use import::{
    ImportAllArgs, ImportCommand, ImportDealsArgs, ImportFileArgs, ImportNpsArgs,
    ImportSignalsArgs, ReadArgs,
};
pub use init::{DemoArgs, InitArgs};
pub use lists::{CandidatesArgs, CheckArgs, ListArgs, ListSort, ShowArgs};
pub use matching::{MatchArgs, WantedArgs};
pub use mistyped::Mistyped;
pub use moving::{MergeArgs, MoveArgs};
pub use next::NextArgs;
pub use nomination::{
    NominateArgs, NominationCommand, NominationDecisionArgs, NominationDeclineArgs, NominationsArgs,
};
pub use policy::{
    PolicyBudgetArgs, PolicyCommand, PolicyMenuArgs, PolicySetArgs, PolicyShowArgs, TargetsArgs,
    TargetsCommand, TargetsListArgs, TargetsSetArgs,
};
pub use register::{DescribeArgs, RegisterArgs};
pub use report::{DashboardArgs, QbrArgs, ReportArgs, ReportCommand, ReportsArgs};
pub use request::{
    HoldArgs, ReleaseArgs, RequestCloseArgs, RequestCommand, RequestFillArgs, RequestListArgs,
    RequestOpenArgs, RequestReopenArgs, RequestShowArgs,
};
pub use signal::{SignalAddArgs, SignalCommand, SignalListArgs};
pub use stage::{PauseArgs, ReasonArgs, RetireArgs, SilenceArgs, WhoArgs};
pub use taps::{OutcomeArgs, TapArgs, TapsArgs};
pub use tier::{TierChoice, TierCommand, TierListArgs, TierSetArgs, TierShowArgs};
pub use touch::TouchArgs;

use crate::output::Format;

/// What follows the help of commands that speak of ask kinds.
const ASK_KINDS: &str = "Ask kinds, by their usual effort:
  low     review, testimonial, logo, community, feedback
  medium  reference, video, referral, beta
  high    case-study, speaking, advisory-board";

/// What follows the help of `agenda`.
const AGENDA_KINDS: &str = "Kinds, the most urgent first:
  cannot wait        score-drop, hold, request
  somebody waits     thank-you, pending-tap, nomination, permission, results, pause-ends, invitation
  keeps us in shape  asset, check-in, verify";

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
    #[arg(long, global = true, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// How the answer is printed
    #[arg(long, global = true, value_name = "FORMAT", default_value = "table")]
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(["table", "csv", "json", "markdown"]))]
    pub format: String,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
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
    /// How many seconds a write waits for another one
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 5)]
    #[arg(value_parser = numbers::whole::<0, 86_400>)]
    pub lock_wait: u32,
    /// Say which database, as whom and at what time
    #[arg(long, short, global = true)]
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
    /// Import surveys, CRM exports, asks, deals, reviews, signals or nominations
    #[command(subcommand)]
    Import(ImportCommand),
    /// List promoters and others with goodwill who were never confirmed, warmest first
    Candidates(CandidatesArgs),
    /// Add and list positive moments that no survey and no ask has shown
    #[command(subcommand)]
    Signal(SignalCommand),
    /// Propose somebody for the program
    Nominate(NominateArgs),
    /// List who is proposed and waits for an answer, and answer
    Nominations(NominationsArgs),
    /// Confirm that a person is willing, and for what
    #[command(after_help = ASK_KINDS)]
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
    /// Record that a person went to another account
    Move(MoveArgs),
    /// Make one of two records of a person, or take them apart
    Merge(MergeArgs),
    /// List advocates and where they stand
    List(ListArgs),
    /// Show everything about one person
    Show(ShowArgs),
    /// Find who can be asked, best first
    #[command(after_help = ASK_KINDS)]
    Match(MatchArgs),
    /// Log an ask, unless it would over-ask
    #[command(after_help = ASK_KINDS)]
    Tap(TapArgs),
    /// Record what became of an ask
    Outcome(OutcomeArgs),
    /// List asks, newest first
    Taps(TapsArgs),
    /// Propose the sensible next ask
    Next(NextArgs),
    /// Record contact that asked for nothing
    Touch(TouchArgs),
    /// Record value returned to an advocate
    Give(GiveArgs),
    /// Show tiers, or set one by hand
    #[command(subcommand)]
    Tier(TierCommand),
    /// Show what is due today and overdue, each with the command that settles it
    #[command(after_help = AGENDA_KINDS)]
    Agenda(AgendaArgs),
    /// Open, list, show, close and fill requests
    #[command(subcommand)]
    Request(RequestCommand),
    /// Reserve an advocate for a request
    Hold(HoldArgs),
    /// End a reservation
    Release(ReleaseArgs),
    /// Add, list, show and edit deals
    #[command(subcommand)]
    Deal(DealCommand),
    /// Keep the library of reviews, case studies and talks
    #[command(subcommand)]
    Asset(AssetCommand),
    /// Show what the program did and what it was worth; alone, the dashboard
    Report(ReportsArgs),
    /// Show or change the program's settings
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Write everything to a folder, or everything about one person
    Export(ExportArgs),
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

    /// A screen of a large terminal window, and no more.
    const MOST_LINES: usize = 55;

    #[test]
    fn the_ask_kinds_in_the_help_are_those_of_the_domain() {
        use crate::domain::policy::Policy;
        let lines: String = crate::domain::ask::Effort::ALL
            .into_iter()
            .map(|effort| {
                let kinds: Vec<&str> = Policy::default()
                    .kinds_of(effort)
                    .map(|kind| kind.name())
                    .collect();
                format!("\n  {:<6}  {}", effort.name(), kinds.join(", "))
            })
            .collect();
        assert!(ASK_KINDS.ends_with(&lines), "{lines}");
    }

    #[test]
    fn every_help_text_fits_on_a_screen() {
        fn visit(command: &clap::Command, words: &[&str]) {
            let typed = words.iter().chain(&["--help"]);
            let help = first_screen::with_first_screen()
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
