//! `init` and `demo`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The program's time zone, such as Europe/Berlin [default: the machine's]
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where to create it [default: what --db names, or else advocate-demo.db]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Replace an earlier demonstration program at this path
    #[arg(long)]
    pub force: bool,
}
