//! `policy targets set`, `pool`, `traits` and `list`: how many advocates there should be.

use clap::{Args, Subcommand};

use crate::domain::ask::AskKind;
use crate::domain::industry::slug;
use crate::domain::present::Present;
use crate::domain::targets::{self, TargetOf};
use crate::domain::traits::{Axis, TraitValue};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Shown, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, whole, word, words};
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::Writing;

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
    /// Set a target for the size of the pool
    Pool(TargetsPoolArgs),
    /// Set a target for people with one trait, or with two
    Traits(TargetsTraitsArgs),
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
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, value_name = "ASK")]
    pub ask: AskKind,
    /// How many advocates should be free to ask; 0 is no target
    #[arg(value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub number: u32,
}

/// Arguments of `policy targets pool`.
#[derive(Debug, Args)]
pub struct TargetsPoolArgs {
    /// How many advocates there should be; 0 is no target
    #[arg(value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub number: u32,
}

/// Arguments of `policy targets traits`.
#[derive(Debug, Args)]
pub struct TargetsTraitsArgs {
    /// One trait or two, such as region=EMEA segment=Enterprise
    #[arg(value_name = "TRAIT=VALUE", value_parser = trait_value, num_args = 1..=2, required = true)]
    pub traits: Vec<(Axis, String)>,
    /// How many advocates should be free to ask; 0 is no target
    #[arg(value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub number: u32,
}

/// Reads a trait with its value.
fn trait_value(text: &str) -> Result<(Axis, String), String> {
    let read = text
        .split_once('=')
        .and_then(|(name, value)| Some((Axis::named(&slug(name))?, words(value).ok()?)));
    read.ok_or_else(|| {
        let all: Vec<&str> = Axis::ALL.into_iter().map(Axis::name).collect();
        format!("it is TRAIT=VALUE, with one of: {}", all.join(", "))
    })
}

pub(super) fn set(args: &TargetsSetArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("policy-targets-set/1", |writing, present| {
        let industry = resolve::industry(writing, &present.policy, &args.industry)?.name;
        let target = TargetOf::IndustryAsk(industry.clone(), args.ask);
        let record = Record::new()
            .with("industry", "Industry", industry)
            .with("ask", "Ask", args.ask);
        let report = CommandLine::of("report coverage");
        save(writing, present, &target, args.number, (record, report))
    })
}

pub(super) fn pool(args: &TargetsPoolArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("policy-targets-set/1", |writing, present| {
        let record = Record::new().with("of", "Of", TargetOf::Pool.to_string());
        let report = CommandLine::of("report pool");
        save(
            writing,
            present,
            &TargetOf::Pool,
            args.number,
            (record, report),
        )
    })
}

pub(super) fn traits(args: &TargetsTraitsArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("policy-targets-set/1", |writing, present| {
        let mut typed = args.traits.iter().map(|(axis, value)| {
            let value = match axis {
                Axis::Industry => resolve::industry(writing, &present.policy, value)?.name,
                _ => value.clone(),
            };
            TraitValue::new(*axis, &value).map_err(Failure::usage)
        });
        let (one, other) = (typed.next().transpose()?, typed.next().transpose()?);
        let target = match (one, other) {
            (Some(one), Some(other)) => TargetOf::two(one, other).map_err(Failure::usage)?,
            (Some(one), None) => TargetOf::One(one),
            (None, _) => TargetOf::Pool,
        };
        let by: Vec<&str> = target.traits().iter().map(|one| one.axis.name()).collect();
        let beside = match by[..] {
            ["industry"] => "industry,ask".to_owned(),
            [one] => format!("industry,{one}"),
            _ => by.join(","),
        };
        let record = Record::new().with("of", "Of", target.to_string());
        let report = CommandLine::of("report coverage").option("--by", beside);
        save(writing, present, &target, args.number, (record, report))
    })
}

/// Saves a target, and says where it is seen how far it is met.
fn save(
    writing: &Writing<'_>,
    present: &Present,
    target: &TargetOf,
    number: u32,
    (record, report): (Record, CommandLine),
) -> Result<Record> {
    let mut policy = present.policy.clone();
    let key = targets::key(target);
    let old = policy.setting(&key);
    let new = policy
        .set(&key, &number.to_string())
        .map_err(Failure::usage)?;
    writing.put_setting(&key, &new)?;
    let old = old.and_then(|old| old.parse::<i64>().ok());
    Ok(record
        .with("target", "Target", number)
        .with("old_target", "Before", old)
        .say(Sentence::from("How far it is met: ").then(report)))
}

pub(super) fn list(as_of: AsOf, session: &mut Session<'_>) -> Result<Done> {
    session.answer("policy-targets/1", as_of.as_of, |_, present| {
        let targets = present.policy.targets.iter();
        let targets: Vec<_> = targets.filter(|(_, number)| **number > 0).collect();
        let set = CommandLine::of("policy targets set healthcare reference 5");
        let others = targets.iter().any(|(target, _)| by_ask(target).is_none());
        let table = Table::of(&targets)
            .left("industry", "Industry", |(target, _)| {
                Some(by_ask(target)?.0)
            })
            .left("ask", "Ask", |(target, _)| Some(by_ask(target)?.1))
            .left("of", "Of others", |(target, _)| match by_ask(target) {
                Some(_) => None,
                None => Some(target.to_string()),
            })
            .only(match others {
                true => Shown::Everywhere,
                false => Shown::ToPrograms,
            });
        Ok(table
            .right("target", "Target", |(_, number)| **number)
            .empty(Sentence::from("No targets. Set one with: ").then(set)))
    })
}

/// The industry and the kind of ask of a target that is for those.
fn by_ask(target: &TargetOf) -> Option<(&String, AskKind)> {
    match target {
        TargetOf::IndustryAsk(industry, ask) => Some((industry, *ask)),
        _ => None,
    }
}
