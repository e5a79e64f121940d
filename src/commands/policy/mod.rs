//! `policy show` and `policy set`; `policy targets` is in `targets`.

mod menu;
mod targets;

use crate::commands::policy::targets::TargetsCommand;
use crate::domain::policy::Policy;
use crate::failure::{Failure, Result};
use crate::output::{Column, CommandLine, Record, Sheet};
use crate::resolve;
use crate::resolve::arguments::AsOf;
use crate::session::{Done, Session};
use clap::Args;
use clap::Subcommand;
use menu::{PolicyBudgetArgs, PolicyMenuArgs};
use targets::TargetsArgs;

/// What can be done with the policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Show the settings, their values and what they mean
    Show(PolicyShowArgs),
    /// Change a setting
    Set(PolicySetArgs),
    /// Show what can be given to advocates
    Menu(PolicyMenuArgs),
    /// Show what may be spent on them, and what was
    Budget(PolicyBudgetArgs),
    /// How many advocates there should be, by industry and kind of ask; alone, the list
    Targets(TargetsArgs),
}

/// Arguments of `policy show`.
#[derive(Debug, Args)]
pub struct PolicyShowArgs {
    /// Only settings whose name begins so, such as cap
    #[arg(value_name = "KEY")]
    pub key: Option<String>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `policy set`.
#[derive(Debug, Args)]
pub struct PolicySetArgs {
    /// The setting, such as cap.high.months
    #[arg(value_name = "KEY")]
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

pub(super) fn run(command: &PolicyCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        PolicyCommand::Show(args) => show(args, session),
        PolicyCommand::Set(args) => set(args, session),
        PolicyCommand::Menu(args) => menu::menu(args, session),
        PolicyCommand::Budget(args) => menu::budget(args, session),
        PolicyCommand::Targets(args) => match &args.command {
            None => targets::list(args.as_of, session),
            Some(TargetsCommand::List(args)) => targets::list(args.as_of, session),
            Some(TargetsCommand::Set(args)) => targets::set(args, session),
            Some(TargetsCommand::Import(args)) => super::import::targets(args, session),
        },
    }
}

fn show(args: &PolicyShowArgs, session: &mut Session<'_>) -> Result<Done> {
    let present = session.read(args.as_of.as_of, |_, present| Ok(present.clone()))?;
    let settings = present.policy.settings();
    let defaults = Policy::default();
    let begins = args.key.as_deref().unwrap_or_default();
    let mut sheet = Sheet::new(vec![
        Column::left("key", "Setting"),
        Column::left("value", "Value"),
        Column::left("default", "Default"),
        Column::left("meaning", "Meaning"),
    ]);
    for setting in settings
        .iter()
        .filter(|setting| setting.key.starts_with(begins))
    {
        let default = defaults
            .setting(&setting.key)
            .filter(|default| *default != setting.value);
        sheet.push(vec![
            setting.key.as_str().into(),
            setting.value.as_str().into(),
            default.into(),
            setting.meaning.as_str().into(),
        ]);
    }
    if sheet.rows.is_empty() {
        return Err(unknown(begins, &present.policy));
    }
    session.show("policy/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn set(args: &PolicySetArgs, session: &mut Session<'_>) -> Result<Done> {
    let (old, new, today) = session.write(|writing, present| {
        let mut policy = present.policy.clone();
        let old = policy.setting(&args.key);
        let value = match &args.value {
            Some(value) => Ok(value.clone()),
            None => policy.amended(&args.key, &args.add, &args.remove),
        };
        let new = value.and_then(|value| policy.set(&args.key, &value));
        let new = new.map_err(|message| match policy.setting(&args.key) {
            Some(_) => Failure::usage_hint(message, format!("advocate policy show {}", args.key)),
            None if Policy::is_open_family(&args.key) => Failure::usage(message),
            None => unknown(&args.key, &policy),
        })?;
        // What contradicts itself already can be mended step by step.
        if let (None, Some(words)) = (present.policy.contradiction(), policy.contradiction()) {
            let message = format!("{} cannot be `{new}`: {words}", args.key);
            let hint = "advocate policy show".to_owned();
            return Err(Failure::usage_hint(message, hint));
        }
        writing.put_setting(&args.key, &new)?;
        Ok((old, new, present.today))
    })?;
    let record = Record::new()
        .with("key", "Setting", args.key.as_str())
        .with("value", "Value", new)
        .with("old_value", "Before", old);
    session.show("policy-set/1", today, record)?;
    Ok(Done::Fully)
}

fn unknown(key: &str, policy: &Policy) -> Failure {
    if key.starts_with("budget") {
        let hint = "set it first: advocate policy set budget.2026 \"5000 USD; 2000 EUR\"";
        return Failure::usage_hint(format!("there is no `{key}`"), hint);
    }
    let keys: Vec<String> = policy
        .settings()
        .into_iter()
        .map(|setting| setting.key)
        .collect();
    match resolve::nearest::nearest_word(key, &keys) {
        Some(one) => Failure::usage(format!("there is no setting `{key}`"))
            .hint(format!("did you mean {one}?")),
        None => Failure::usage_hint(
            format!("there is no setting `{key}`"),
            CommandLine::of("policy show"),
        ),
    }
}
