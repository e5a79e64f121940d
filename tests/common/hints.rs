//! Whether a command that was printed can be typed.

use std::sync::LazyLock;

use advocate::cli::manual;
use clap::error::{ContextKind, ErrorKind};

/// The command line, built once.
static COMMAND: LazyLock<clap::Command> = LazyLock::new(|| {
    let mut command = manual();
    command.build();
    command
});

/// Whether there are such a command and such options. What stands for a value, such as `WHO`, need not fit, and what is
/// left for a person to add may be missing.
pub(crate) fn is_typable(words: &[String]) -> Result<(), String> {
    let Err(error) = COMMAND.clone().try_get_matches_from(words) else {
        return Ok(());
    };
    let of = |what| error.get(what).map(ToString::to_string);
    let is_wrong = match error.kind() {
        // A word that is no option goes on with the sentence in which the command stands.
        ErrorKind::UnknownArgument => {
            of(ContextKind::InvalidArg).is_some_and(|word| word.starts_with('-'))
        }
        ErrorKind::InvalidSubcommand => {
            of(ContextKind::InvalidSubcommand).is_some_and(|word| word != word.to_uppercase())
        }
        _ => false,
    };
    match is_wrong {
        true => Err(error.to_string()),
        false => Ok(()),
    }
}

/// The commands in what was said: what follows `advocate`, up to a comma, a bracket or the end.
pub(crate) fn commands_in(said: &str) -> Vec<String> {
    let hints = said.lines().filter_map(|line| line.strip_prefix("hint: "));
    let found = hints.flat_map(|hint| {
        let mut rest = hint;
        let mut all = Vec::new();
        while let Some(at) = rest.find("advocate ") {
            let command = &rest[at..];
            let end = [", ", "   (", "; ", ": "]
                .iter()
                .filter_map(|end| command.find(end))
                .min();
            let (one, more) = command.split_at(end.unwrap_or(command.len()));
            all.push(one.to_owned());
            rest = more.strip_prefix(", ").unwrap_or(more);
        }
        all
    });
    found.collect()
}
