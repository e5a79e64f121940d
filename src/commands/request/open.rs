//! `request open`: by its options, or by a short wizard on a terminal.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the chosen one is of the list that was shown"
)]

use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::ids::RequestId;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::prompt;
use crate::resolve;
use crate::resolve::arguments::{coming_day, day, whole, word, words};
use crate::resolve::colleague::{asked_back, slip};
use crate::resolve::wanted::{WantedArgs, check_required, traits_of_request};
use crate::session::{Done, Session};
use crate::store::{NewRequest, Tx, Writing};

/// Arguments of `request open`.
#[derive(Debug, Clone, Args)]
pub struct RequestOpenArgs {
    /// What is needed, such as reference [default: asks on a terminal]
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Who asks [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// The deal it is for: its id or CRM id
    #[arg(long, value_name = "DEAL", value_parser = words)]
    pub deal: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE", value_parser = coming_day)]
    pub needed_by: Option<TypedDay>,
    /// How many advocates
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    #[arg(value_parser = whole::<1, 100>)]
    pub wanted: u32,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The day it was asked for [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// What the prospect looks like.
    #[command(flatten)]
    pub like: WantedArgs,
}

pub(super) fn run(args: &RequestOpenArgs, session: &mut Session<'_>) -> Result<Done> {
    let wizard;
    let args = match args.ask {
        Some(_) => args,
        None => {
            wizard = ask(args, session)?;
            &wizard
        }
    };
    let by = asked_back(session, args.by.as_deref())?;
    let args = &RequestOpenArgs { by, ..args.clone() };
    let asked = session.interactive;
    let Some(kind) = args.ask else {
        return Err(Failure::usage("--ask KIND is missing"));
    };
    check_required(&args.like)?;
    let mut nearly = None;
    session.record("request-open/1", |writing, present| {
        nearly = slip(writing, args.by.as_deref().filter(|_| !asked))?;
        let id = open(writing, present, args, kind)?;
        let stored = resolve::request(writing, id.0)?;
        let deal = stored
            .deal
            .map(|deal| writing.deal(deal))
            .transpose()?
            .flatten();
        let candidates = CommandLine::of("match").option("--request", id);
        let fill = CommandLine::of("request fill").value(id);
        Ok(Record::new()
            .with("request_id", "Request", id)
            .with("ask", "Ask", kind)
            .with("wanted", "Wanted", args.wanted)
            .with("requested_by", "By", writing.by(args.by.as_deref()))
            .with_any("industry", "Industry", stored.industry.as_ref())
            .with_any("prospect", "Prospect", stored.prospect.as_ref())
            .with_any("deal", "Deal", deal.map(|deal| deal.words.name))
            .with_any("needed_by", "Needed by", stored.needed_by)
            .with_any("note", "Note", stored.note.as_ref())
            .say(Sentence::from("Who can take it: ").then(candidates))
            .say(Sentence::from("Or let the best one be proposed: ").then(fill)))
    })?;
    session.note_any(nearly)
}

fn open(
    writing: &Writing<'_>,
    present: &Present,
    args: &RequestOpenArgs,
    kind: AskKind,
) -> Result<RequestId> {
    let like = &args.like;
    let industry = resolve::typed_industry(writing, &present.policy, like.industry.as_deref())?;
    let deal = args.deal.as_ref().map(|deal| resolve::deal(writing, deal));
    let deal = deal.transpose()?;
    let at = present.instant_on(args.on)?;
    let needed_by = present.typed_any(args.needed_by)?;
    if let Some(by) = needed_by.filter(|by| *by < present.day(at)) {
        let message = format!("--needed-by {by} is before the day it was asked for");
        return Err(Failure::usage(message));
    }
    let of_deal = deal
        .as_ref()
        .and_then(|deal| deal.words.prospect.as_deref());
    let traits = traits_of_request(like)?;
    Ok(writing.open_request(&NewRequest {
        kind,
        wanted: args.wanted,
        industry: industry.as_ref().map(|industry| industry.name.as_str()),
        prospect: like.prospect.as_deref().or(of_deal),
        deal: deal.as_ref().map(|deal| deal.id),
        requested_by: writing.by(args.by.as_deref()),
        needed_by,
        note: args.note.as_deref(),
        at,
        traits: &traits,
    })?)
}

fn ask(args: &RequestOpenArgs, session: &Session<'_>) -> Result<RequestOpenArgs> {
    if !session.interactive {
        let options = CommandLine::of("request open --ask reference --industry healthcare");
        return Err(session.unasked("--ask is", options));
    }
    let kinds: Vec<&str> = AskKind::ALL.iter().map(|kind| kind.name()).collect();
    let mut all = AskKind::ALL.iter();
    let reference = all
        .position(|kind| *kind == AskKind::Reference)
        .unwrap_or(0);
    let kind = AskKind::ALL[prompt::one("What is needed", &kinds, reference)?];
    let fits = |text: &str, found: &dyn Fn(&Tx<'_>, &Present, &str) -> Result<()>| {
        let found = session.read(None, |tx, present| found(tx, present, text));
        found.map_err(|failure| failure.in_one_line())
    };
    let industry = prompt::until("Industry", args.like.industry.as_deref(), |text| {
        fits(text, &|tx, present, text| {
            resolve::typed_industry(tx, &present.policy, Some(text)).map(|_| ())
        })
    })?;
    let asks = args.by.as_deref().unwrap_or(&session.actor);
    let by = prompt::line("Who asks", Some(asks))?;
    let deal = prompt::until("Deal (id or CRM id)", args.deal.as_deref(), |text| {
        fits(text, &|tx, _, text| resolve::deal(tx, text).map(|_| ()))
    })?;
    let by_when = "Needed by (such as 2026-12-01 or friday)";
    let needed_by = prompt::until(by_when, None, |text| {
        fits(text, &|_, present, text| {
            let typed = coming_day(text).map_err(Failure::usage)?;
            match present.typed_any(Some(typed))? {
                Some(day) if day < present.today => Err(Failure::usage(format!(
                    "{day} is over; name today or a later day"
                ))),
                _ => Ok(()),
            }
        })
    })?;
    let needed_by = needed_by.and_then(|text| coming_day(&text).ok());
    let needed_by = needed_by.or(args.needed_by);
    Ok(RequestOpenArgs {
        ask: Some(kind),
        by,
        deal,
        needed_by,
        like: WantedArgs {
            industry,
            ..args.like.clone()
        },
        ..args.clone()
    })
}
