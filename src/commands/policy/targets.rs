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
    Import(Box<ImportFileArgs>),
    /// List the targets
    List(AsOf),
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

pub(super) fn set(args: &TargetsSetArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("policy-targets-set/1", |writing, present| {
        let mut policy = present.policy.clone();
        let industry = resolve::industry(writing, &policy, &args.industry)?.name;
        let key = targets::key(&industry, args.ask);
        let old = policy.setting(&key);
        let new = policy
            .set(&key, &args.number.to_string())
            .map_err(Failure::usage)?;
        writing.put_setting(&key, &new)?;
        let old = old.and_then(|old| old.parse::<i64>().ok());
        let report = CommandLine::of("report coverage");
        Ok(Record::new()
            .with("industry", "Industry", industry)
            .with("ask", "Ask", args.ask)
            .with("target", "Target", args.number)
            .with("old_target", "Before", old)
            .say(Sentence::from("How far it is met: ").then(report)))
    })
}

pub(super) fn list(as_of: AsOf, session: &mut Session<'_>) -> Result<Done> {
    session.answer("policy-targets/1", as_of.as_of, |_, present| {
        let targets = present.policy.targets.iter();
        let targets: Vec<_> = targets.filter(|(_, number)| **number > 0).collect();
        let set = CommandLine::of("policy targets set healthcare reference 5");
        Ok(Table::of(&targets)
            .left("industry", "Industry", |((industry, _), _)| industry)
            .left("ask", "Ask", |((_, ask), _)| *ask)
            .right("target", "Target", |(_, number)| **number)
            .empty(Sentence::from("No targets. Set one with: ").then(set)))
    })
}
