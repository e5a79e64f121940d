//! `man`: the manual pages of every command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::failure::Result;
use crate::output::{Record, count};
use crate::resolve::arguments::path;
use crate::session::{Done, Session};

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page a command into this folder; without it, the first page goes to standard output
    #[arg(long, value_name = "FOLDER", value_parser = path())]
    pub out: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs, session: &mut Session<'_>) -> Result<Done> {
    let mut command = (session.command_line)();
    command.build();
    let Some(folder) = &args.out else {
        Man::new(command).render(session.out)?;
        return Ok(Done::Fully);
    };
    fs::create_dir_all(folder)?;
    let pages = write(&command, "advocate", folder)?;
    let today = session.clock.today(crate::domain::calendar::Zone::UTC);
    let record = Record::new()
        .with("folder", "Folder", folder.display().to_string())
        .with("pages", "Written", count(pages, "page"));
    session.show("man/1", today, record)
}

/// Writes the page of a command and those of its own commands, and says how many they are.
fn write(command: &Command, name: &str, folder: &Path) -> io::Result<usize> {
    let mut page = Vec::new();
    Man::new(command.clone().name(name.to_owned())).render(&mut page)?;
    fs::write(folder.join(format!("{name}.1")), page)?;
    let mut pages = 1;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        pages += write(sub, &format!("{name}-{}", sub.get_name()), folder)?;
    }
    Ok(pages)
}
