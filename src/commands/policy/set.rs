//! `policy set`.

use clap::Args;

use super::unknown::unknown;
use crate::domain::policy::Policy;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record};
use crate::resolve::arguments::words;
use crate::session::{Done, Session};

/// Arguments of `policy set`.
#[derive(Debug, Args)]
pub struct PolicySetArgs {
    /// The setting, such as cap.high.months
    #[arg(value_name = "KEY", value_parser = words)]
    pub key: String,
    /// Its new value
    #[arg(value_name = "VALUE", allow_hyphen_values = true, required_unless_present_any = ["add", "remove"])]
    pub value: Option<String>,
    /// Of a list of words: add this one, and keep the others; may be repeated
    #[arg(
        long,
        value_name = "WORD",
        value_delimiter = ';',
        conflicts_with = "value"
    )]
    pub add: Vec<String>,
    /// Of a list of words: take this one away, and keep the others; may be repeated
    #[arg(
        long,
        value_name = "WORD",
        value_delimiter = ';',
        conflicts_with = "value"
    )]
    pub remove: Vec<String>,
}

pub(super) fn run(args: &PolicySetArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("policy-set/1", |writing, present| {
        let mut policy = present.policy.clone();
        let old = policy.setting(&args.key);
        let value = match &args.value {
            Some(value) => Ok(value.clone()),
            None => policy.amended(&args.key, &args.add, &args.remove),
        };
        let new = value.and_then(|value| policy.set(&args.key, &value));
        let new = new.map_err(|message| match policy.setting(&args.key) {
            Some(_) => {
                Failure::usage_hint(message, CommandLine::of("policy show").value(&args.key))
            }
            None if Policy::is_open_family(&args.key) => Failure::usage(message),
            None => unknown(&args.key, &policy),
        })?;
        // What contradicts itself already can be mended step by step.
        if let (None, Some(words)) = (present.policy.contradiction(), policy.contradiction()) {
            let message = format!("{} cannot be `{new}`: {words}", args.key);
            return Err(Failure::usage_hint(message, CommandLine::of("policy show")));
        }
        writing.put_setting(&args.key, &new)?;
        Ok(Record::new()
            .with("key", "Setting", &args.key)
            .with("value", "Value", new)
            .with("old_value", "Before", old))
    })
}
