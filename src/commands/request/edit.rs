//! `request edit`: what a request asks for, put right.

use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::correction::Fact;
use crate::domain::matching::Trait;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::domain::words::words as list;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record};
use crate::resolve;
use crate::resolve::arguments::{coming_day, request_number, whole, word, words};
use crate::resolve::wanted::{WantedArgs, check_required, required, traits_of_request};
use crate::session::{Done, Session};
use crate::store::{NewRequest, RequestRow, Tx};
use crate::views::changes::Changes;

list! {
    /// What can be cleared.
    pub enum Clear is "what can be cleared" {
        /// The industry.
        Industry = "industry",
        /// The prospect.
        Prospect = "prospect",
        /// The deal.
        Deal = "deal",
        /// The day by which it is needed.
        NeededBy = "needed-by",
        /// The note.
        Note = "note",
        /// Every other trait.
        Traits = "traits",
    }
}

/// Arguments of `request edit`.
#[derive(Debug, Args)]
pub struct RequestEditArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request_number)]
    pub id: i64,
    /// What is needed, while nobody was asked for it
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Who asks
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// The deal it is for: its id or CRM id
    #[arg(long, value_name = "DEAL", value_parser = words)]
    pub deal: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE", value_parser = coming_day)]
    pub needed_by: Option<TypedDay>,
    /// How many advocates
    #[arg(long, value_name = "NUMBER", value_parser = whole::<1, 100>)]
    pub wanted: Option<u32>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub note: Option<String>,
    /// Clear industry, prospect, deal, needed-by, note or traits; may be repeated
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<Clear>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
    /// What the prospect looks like.
    #[command(flatten)]
    pub like: WantedArgs,
}

/// A trait, its value, and whether it filters.
type Traits = Vec<(Trait, String, bool)>;

pub(super) fn run(args: &RequestEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("request-edit/1", |writing, present| {
        let old = resolve::request(writing, args.id)?;
        let like = &args.like;
        let industry = resolve::typed_industry(writing, &present.policy, like.industry.as_deref())?;
        let industry = industry.map(|industry| industry.name);
        let deal = args.deal.as_ref().map(|deal| resolve::deal(writing, deal));
        let deal = deal.transpose()?.map(|deal| deal.id);
        let traits = corrected_traits(args, &old.traits)?;
        let kept = |clear| !args.clear.contains(&clear);
        let new = NewRequest {
            kind: corrected_kind(writing, &old, args)?,
            wanted: args.wanted.unwrap_or(old.wanted),
            industry: industry
                .as_deref()
                .or(old.industry.as_deref().filter(|_| kept(Clear::Industry))),
            prospect: like
                .prospect
                .as_deref()
                .or(old.prospect.as_deref().filter(|_| kept(Clear::Prospect))),
            deal: deal.or(old.deal.filter(|_| kept(Clear::Deal))),
            requested_by: args.by.as_deref().unwrap_or(&old.requested_by),
            needed_by: present
                .typed_any(args.needed_by)?
                .or(old.needed_by.filter(|_| kept(Clear::NeededBy))),
            note: args
                .note
                .as_deref()
                .or(old.note.as_deref().filter(|_| kept(Clear::Note))),
            at: old.opened_at,
            traits: &traits,
        };
        check_day(&new, present)?;
        let changes = changes(&old, &new);
        if changes.is_empty() {
            let what = format!("request {}", old.id);
            return Err(Failure::nothing_to_change("request edit", what));
        }
        writing.correct_request(old.id, &new)?;
        writing.note_changed(Fact::Request, old.id.0, None, args.reason.as_deref())?;
        let status = resolve::request(writing, args.id)?.status();
        Ok(Record::new()
            .with("request_id", "Request", old.id)
            .with("status", "Status", status)
            .with("changes", "Corrected", changes.sheet()))
    })
}

/// The kind stays once somebody was asked: their ask was of that kind.
fn corrected_kind(tx: &Tx<'_>, old: &RequestRow, args: &RequestEditArgs) -> Result<AskKind> {
    let Some(kind) = args.ask.filter(|kind| *kind != old.kind) else {
        return Ok(old.kind);
    };
    let asked = tx.taps_for(old.id)?.len() + tx.holds_for(old.id)?.len();
    match asked {
        0 => Ok(kind),
        _ => Err(Failure::step(
            format!("request {}", old.id),
            format!("somebody was asked or held for it as a {}", old.kind),
            "request",
            CommandLine::of("request show").value(old.id),
        )),
    }
}

fn corrected_traits(args: &RequestEditArgs, before: &Traits) -> Result<Traits> {
    let typed = traits_of_request(&args.like)?;
    let kept = before
        .iter()
        .filter(|_| !args.clear.contains(&Clear::Traits));
    let kept = kept.filter(|(kind, ..)| !typed.iter().any(|(one, ..)| one == kind));
    let kept: Traits = kept.cloned().collect();
    if kept.is_empty() {
        check_required(&args.like)?;
    }
    let mut all: Traits = kept.into_iter().chain(typed).collect();
    let filters = required(&args.like);
    for (kind, _, required) in &mut all {
        *required |= filters.contains(kind);
    }
    all.sort();
    Ok(all)
}

fn check_day(new: &NewRequest<'_>, present: &Present) -> Result<()> {
    match new.needed_by.filter(|by| *by < present.day(new.at)) {
        Some(by) => Err(Failure::usage(format!(
            "--needed-by {by} is before the day it was asked for"
        ))),
        None => Ok(()),
    }
}

fn changes(old: &RequestRow, new: &NewRequest<'_>) -> Changes {
    let said = |traits: &[(Trait, String, bool)]| {
        let mut traits: Vec<String> = traits
            .iter()
            .map(|(kind, value, required)| match required {
                true => format!("{kind} {value} (required)"),
                false => format!("{kind} {value}"),
            })
            .collect();
        traits.sort();
        (!traits.is_empty()).then(|| traits.join(", "))
    };
    Changes::default()
        .field("ask", Some(old.kind), Some(new.kind))
        .field("wanted", Some(old.wanted), Some(new.wanted))
        .field("industry", old.industry.as_deref(), new.industry)
        .field("traits", said(&old.traits), said(new.traits))
        .field("prospect", old.prospect.as_deref(), new.prospect)
        .field("deal", old.deal, new.deal)
        .field(
            "by",
            Some(old.requested_by.as_str()),
            Some(new.requested_by),
        )
        .field("needed by", old.needed_by, new.needed_by)
        .field("note", old.note.as_deref(), new.note)
}
