//! The program under strace, which kills it, refuses it something or counts what it does.

use std::process::{Command, Output, Stdio};

use super::{BINARY, Program, search_path, words};

/// Whether strace is there. It must be where all is checked; elsewhere a test leaves out what needs it.
pub(crate) fn has_strace() -> bool {
    let found = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let is_there = found.is_ok_and(|status| status.success());
    assert!(is_there || !in_ci(), "strace is not installed");
    is_there
}

#[allow(
    clippy::disallowed_methods,
    reason = "whether something may be left out depends on where the test runs"
)]
fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}

impl Program {
    /// Runs a command line under strace with these options.
    pub(crate) fn traced(&self, options: &[&str], line: &str) -> Output {
        let like = self.command::<&str>(&[]);
        let set = like
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?)));
        Command::new("strace")
            .arg("-f")
            .args(options)
            .arg(BINARY)
            .args(words(line))
            .env_clear()
            .envs(set)
            .env("PATH", search_path())
            .current_dir(self.path(""))
            .stdin(Stdio::null())
            .output()
            .expect("strace starts")
    }
}
