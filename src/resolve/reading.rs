//! How a file is read, as it is typed.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the length was just looked at"
)]

use std::path::PathBuf;

use clap::Args;

use crate::domain::typed_day::TypedDay;
use crate::resolve::arguments::{day, whole};

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
    /// Lines that stand above the header [default: a title is recognised]
    #[arg(long, value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub skip_lines: Option<u32>,
    /// The sheet of a workbook [default: the only one whose header fits]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The day of rows that have no date
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<TypedDay>,
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
