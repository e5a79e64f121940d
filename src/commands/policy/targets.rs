//! `policy targets set` and `policy targets list`: how many advocates there should be.

use clap::{Args, Subcommand};

use crate::domain::ask::AskKind;
use crate::domain::targets;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, whole, words};
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};

/// Arguments of `policy targets`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TargetsArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// What to do with them.
    #[command(subcommand)]
    pub command: Option<TargetsCommand>,
}

/// What can be done with targets.
#[derive(Debug, Subcommand)]
pub enum TargetsCommand {
    /// Set a target for one kind of ask in one industry
    Set(TargetsSetArgs),
    /// Import targets from a file with the columns industry, ask and target
    Import(ImportFileArgs),
    /// List the targets
    List(TargetsListArgs),
}

/// Arguments of `policy targets set`.
#[derive(Debug, Args)]
pub struct TargetsSetArgs {
    /// The industry, by its name or another word for it
    #[arg(value_name = "INDUSTRY", value_parser = words)]
    pub industry: String,
    /// The kind of ask
    #[arg(value_name = "ASK")]
    pub ask: AskKind,
    /// How many advocates should be free to ask; 0 is no target
    #[arg(value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub number: u32,
}

/// Arguments of `policy targets list`.
#[derive(Debug, Args)]
pub struct TargetsListArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn set(args: &TargetsSetArgs, session: &mut Session<'_>) -> Result<Done> {
    let (industry, old, today) = session.write(|writing, present| {
        let mut policy = present.policy.clone();
        let industry = resolve::industry(writing, &policy, &args.industry)?.name;
        let key = targets::key(&industry, args.ask);
        let old = policy.setting(&key);
        let new = policy
            .set(&key, &args.number.to_string())
            .map_err(Failure::usage)?;
        writing.put_setting(&key, &new)?;
        Ok((industry, old, present.today))
    })?;
    let report = CommandLine::of("report coverage");
    let record = Record::new()
        .with("industry", "Industry", industry)
        .with("ask", "Ask", args.ask)
        .with("target", "Target", args.number)
        .with(
            "old_target",
            "Before",
            old.and_then(|old| old.parse::<i64>().ok()),
        )
        .say(Sentence::from("How far it is met: ").then(report));
    session.show("policy-targets-set/1", today, record)?;
    Ok(Done::Fully)
}

pub(super) fn list(as_of: AsOf, session: &mut Session<'_>) -> Result<Done> {
    let present = session.read(as_of.as_of, |_, present| Ok(present.clone()))?;
    let targets = present.policy.targets.iter();
    let targets: Vec<_> = targets.filter(|(_, number)| **number > 0).collect();
    let set = CommandLine::of("policy targets set healthcare reference 5");
    let table = Table::of(&targets)
        .left("industry", "Industry", |((industry, _), _)| industry)
        .left("ask", "Ask", |((_, ask), _)| *ask)
        .right("target", "Target", |(_, number)| **number)
        .empty(Sentence::from("No targets. Set one with: ").then(set));
    session.show("policy-targets/1", present.today, table)?;
    Ok(Done::Fully)
}
