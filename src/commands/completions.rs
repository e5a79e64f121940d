//! `completions`: what a shell runs so that commands, options, people and numbers complete.

use std::path::absolute;

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::env::Shells;

use crate::failure::{Failure, Result};
use crate::session::{Done, Session};

/// The environment variable in which a shell asks for completions.
pub(crate) const ASKED_IN: &str = "ADVOCATE_COMPLETE";

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Put the line for your shell where it starts:
  bash        ~/.bashrc                   source <(advocate completions bash)
  zsh         ~/.zshrc, after compinit    source <(advocate completions zsh)
  fish        ~/.config/fish/config.fish  advocate completions fish | source
  powershell  $PROFILE                    advocate completions powershell | Out-String | Invoke-Expression")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_parser = PossibleValuesParser::new(SHELLS))]
    pub shell: String,
}

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

pub(super) fn run(args: &CompletionsArgs, session: &mut Session<'_>) -> Result<Done> {
    let shells = Shells::builtins();
    let unknown = || Failure::usage(format!("there are no completions for {}", args.shell));
    let shell = shells.completer(&args.shell).ok_or_else(unknown)?;
    // Called by a path, it is found by that path from any folder.
    let program = match session.program.contains('/') {
        true => absolute(&session.program)?.display().to_string(),
        false => session.program.clone(),
    };
    shell.write_registration(ASKED_IN, "advocate", "advocate", &program, session.out)?;
    Ok(Done::Fully)
}
