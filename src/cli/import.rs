//! `import …`: one struct for each kind of file that takes more than the others.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::numbers::whole;
use crate::domain::condition::Condition;
use crate::domain::money::Currency;
use crate::domain::signal::SignalKind;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Import the answers of an NPS survey
    Nps(ImportNpsArgs),
    /// Import accounts from a CRM export
    Accounts(ImportFileArgs),
    /// Import people from a CRM export
    People(ImportFileArgs),
    /// Import the history of asks from a spreadsheet
    Taps(ImportFileArgs),
    /// Import deals from a CRM export
    Deals(ImportDealsArgs),
    /// Import published reviews
    Reviews(ImportFileArgs),
    /// Import positive moments from a usage or health export
    Signals(ImportSignalsArgs),
    /// Import whom colleagues propose
    Nominations(ImportFileArgs),
    /// Bring back a whole program from a folder that `export` wrote, into a new database
    All(ImportAllArgs),
}

/// Arguments of `import all`.
#[derive(Debug, Args)]
pub struct ImportAllArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// How a file is read.
#[derive(Debug, Clone, Args)]
pub struct ReadArgs {
    /// Where the files come from [default: recognised by the header]
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Take a field from this column; may be repeated
    #[arg(long, value_name = "FIELD=HEADER", value_parser = pair)]
    pub map: Vec<(String, String)>,
    /// How dates are written: day-first, month-first, or a pattern such as %d.%m.%Y
    #[arg(long, value_name = "FORMAT")]
    pub date_format: Option<String>,
    /// What separates the cells [default: recognised]
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// The text encoding, such as windows-1252 [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Read the files with options saved under this name
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Save these options under a name
    #[arg(long, value_name = "NAME")]
    pub save_profile: Option<String>,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write rows that cannot be read to this file, with the reason
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Load nothing when more rows than this cannot be read [default: half of them]
    #[arg(long, value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub max_rejects: Option<u32>,
}

/// Arguments of `import nps`.
#[derive(Debug, Args)]
pub struct ImportNpsArgs {
    /// Exports to read; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of the other imports.
#[derive(Debug, Args)]
pub struct ImportFileArgs {
    /// The export to read; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How to read it.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `import deals`.
#[derive(Debug, Args)]
pub struct ImportDealsArgs {
    /// The export to read; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The currency of amounts that name none
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// How to read it.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `import signals`.
#[derive(Debug, Args)]
pub struct ImportSignalsArgs {
    /// The export to read; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What its rows are, such as power-user or health [default: the column kind]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
    /// Only rows like this, such as "active_days>=20"; may be repeated, and then all must hold
    #[arg(long, value_name = "CONDITION")]
    pub when: Vec<Condition>,
    /// How to read it.
    #[command(flatten)]
    pub read: ReadArgs,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, header)) if !field.trim().is_empty() && !header.trim().is_empty() => {
            Ok((field.trim().to_lowercase(), header.trim().to_owned()))
        }
        _ => Err("it looks like field=Header, for instance score=\"How likely are you\"".into()),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        one if one.len() == 1 && one.is_ascii() => Ok(one.as_bytes()[0]),
        _ => Err("one character, or the word tab".into()),
    }
}
