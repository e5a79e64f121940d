//! `policy show` and `policy set`; `policy targets` is in `targets`.

use super::{Context, Done, Failure, menu, names, targets};
use crate::cli::{PolicyCommand, PolicySetArgs, PolicyShowArgs, TargetsCommand};
use crate::domain::policy::Policy;
use crate::output::{Column, Record, Sheet};

pub(super) fn run(command: &PolicyCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        PolicyCommand::Show(args) => show(args, context),
        PolicyCommand::Set(args) => set(args, context),
        PolicyCommand::Menu(args) => menu::menu(args, context),
        PolicyCommand::Budget(args) => menu::budget(args, context),
        PolicyCommand::Targets(args) => match &args.command {
            None => targets::list(args.as_of, context),
            Some(TargetsCommand::List(args)) => targets::list(args.as_of, context),
            Some(TargetsCommand::Set(args)) => targets::set(args, context),
            Some(TargetsCommand::Import(args)) => super::import::targets(args, context),
        },
    }
}

fn show(args: &PolicyShowArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let present = context.read(args.as_of.as_of, |_, present| Ok(present.clone()))?;
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
        return Err(unknown(begins, &present.policy).into());
    }
    context.show("policy/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn set(args: &PolicySetArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (old, new, today) = context.write(|writing, present| {
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
            return Err(Failure::usage_hint(message, hint).into());
        }
        writing.put_setting(&args.key, &new)?;
        Ok((old, new, present.today))
    })?;
    let record = Record::new()
        .with("key", "Setting", args.key.as_str())
        .with("value", "Value", new)
        .with("old_value", "Before", old);
    context.show("policy-set/1", today, record)?;
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
    let failure = names::unknown_word("setting", key, key, &keys.iter().collect::<Vec<_>>());
    match failure {
        Failure::Usage {
            message,
            hint: Some(hint),
            ..
        } if hint.starts_with("one of") => Failure::usage_hint(message, "advocate policy show"),
        other => other,
    }
}
