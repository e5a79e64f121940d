//! `deal add` and `deal edit`.

use clap::Args;

use super::words::{DealWordsArgs, record, typed};
use crate::failure::{Failure, Result};
use crate::output::CommandLine;
use crate::resolve;
use crate::resolve::arguments::words;
use crate::session::{Done, Session};
use crate::store::{DealRow, DealWords};

/// Arguments of `deal add`.
#[derive(Debug, Args)]
pub struct DealAddArgs {
    /// The deal's name
    #[arg(value_name = "NAME", value_parser = words)]
    pub name: String,
    /// What describes it.
    #[command(flatten)]
    pub words: DealWordsArgs,
}

/// Arguments of `deal edit`.
#[derive(Debug, Args)]
pub struct DealEditArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL", value_parser = words)]
    pub deal: String,
    /// Another name
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub name: Option<String>,
    /// What describes it.
    #[command(flatten)]
    pub words: DealWordsArgs,
}

pub(super) fn add(args: &DealAddArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("deal-add/1", |writing, present| {
        let blank = DealWords {
            name: args.name.clone(),
            ..DealWords::default()
        };
        let words = typed(&args.words, blank, present)?;
        if let Some(known) = writing.deal_like(&words)? {
            let message = format!("this deal is on record as deal {}", known.id);
            let edit = CommandLine::of("deal edit").value(known.id);
            return Err(Failure::usage_hint(message, edit));
        }
        let id = writing.add_deal(&words)?;
        Ok(record(&DealRow { id, words }, &present.policy))
    })
}

pub(super) fn edit(args: &DealEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("deal-edit/1", |writing, present| {
        let old = resolve::deal(writing, &args.deal)?;
        if args.name.is_none() && args.words == DealWordsArgs::default() {
            let what = format!("deal {}", old.id);
            return Err(Failure::nothing_to_change("deal edit", what));
        }
        let mut words = typed(&args.words, old.words.clone(), present)?;
        if let Some(name) = &args.name {
            words.name.clone_from(name);
        }
        if words != old.words {
            writing.change_deal(&old, &words)?;
        }
        Ok(record(&DealRow { id: old.id, words }, &present.policy))
    })
}
