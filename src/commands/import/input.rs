//! What an import is given: files, and how to read them.

use std::path::Path;

use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::intake::{self, Options};
use crate::output::CommandLine;
use crate::resolve;
use crate::resolve::reading::ReadArgs;
use crate::store::{SavedProfile, Tx, Writing};

/// A file as it was read, with the name to speak of it.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Input {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let bytes = match path.as_os_str() == "-" {
            true => intake::read_all(std::io::stdin().lock())?,
            false => intake::read_file(path)?,
        };
        Ok(Self {
            name: path.display().to_string(),
            bytes,
        })
    }
}

/// The options typed, on top of those saved under `--profile`. `command` is the kind of import.
pub(super) fn options(
    tx: &Tx<'_>,
    present: &Present,
    args: &ReadArgs,
    command: &'static str,
) -> Result<Options> {
    let mut options = match &args.profile {
        None => Options::default(),
        Some(name) => saved(tx, name, command)?,
    };
    let typed = |field: &String| args.map.iter().any(|(one, _)| one == field);
    options.map.retain(|(field, _)| !typed(field));
    options.map.extend(args.map.iter().cloned());
    options.source = args.source.clone().or(options.source);
    options.date_format = args.date_format.clone().or(options.date_format);
    options.delimiter = args.delimiter.or(options.delimiter);
    options.encoding = args.encoding.clone().or(options.encoding);
    options.skip_lines = args.skip_lines.or(options.skip_lines);
    options.sheet = args.sheet.clone().or(options.sheet);
    options.date = present.typed_any(args.date)?;
    Ok(options)
}

fn saved(tx: &Tx<'_>, name: &str, command: &'static str) -> Result<Options> {
    let profiles = tx.saved_profiles()?;
    match profiles.iter().find(|profile| profile.name == name) {
        Some(profile) => Ok(serde_json::from_str(&profile.options)?),
        None if profiles.is_empty() => Err(Failure::usage_hint(
            format!("there is no profile `{name}`, nor any other"),
            CommandLine::of(command)
                .then("FILE --map FIELD=HEADER")
                .option("--save-profile", name),
        )),
        None => {
            let known: Vec<&String> = profiles.iter().map(|profile| &profile.name).collect();
            Err(resolve::unknown_word("profile", name, name, &known))
        }
    }
}

/// Saves options under a name.
pub(super) fn save_as(writing: &Writing<'_>, name: &str, options: &Options) -> Result<()> {
    let options = serde_json::to_string(options)?;
    writing.save_profile(&SavedProfile {
        name: name.to_owned(),
        options,
    })?;
    Ok(())
}
