//! `export`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A new folder for everything; with --person, a new file or a folder for it [default: standard output]
    #[arg(value_name = "PATH", required_unless_present = "person")]
    pub path: Option<PathBuf>,
    /// Only what is on record about one person, as JSON: an e-mail address, an id, or part of a name
    #[arg(long, value_name = "WHO")]
    pub person: Option<String>,
}
