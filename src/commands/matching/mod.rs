//! `match`: who can be asked, best first; who fits but may not; who could be confirmed; and the words to send.

mod answer;

use std::collections::HashMap;

use clap::Args;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::ids::PersonId;
use crate::domain::matching::{Ask, blocked, ready};
use crate::domain::present::Present;
use crate::domain::request::Status;
use crate::domain::told::About;
use crate::failure::Result;
use crate::output::{Format, Record};
use crate::resolve;
use crate::resolve::arguments::{AsOf, limit, request_number, word};
use crate::resolve::wanted::{Search, WantedArgs};
use crate::session::{Done, Session};
use crate::store::{Candidates, PersonRow, Tx};
use answer::{Answer, CANDIDATES};

/// Arguments of `match`.
#[derive(Debug, Default, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["ask", "effort", "request"]))]
pub struct MatchArgs {
    /// What to ask for, such as reference
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Or anything of this size: low, medium or high
    #[arg(value_parser = word::<Effort>(), hide_possible_values = true, long, value_name = "EFFORT")]
    pub effort: Option<Effort>,
    /// For this request: what is asked for and what the prospect looks like are taken from it
    #[arg(long, value_name = "ID", value_parser = request_number, conflicts_with = "WantedArgs")]
    pub request: Option<i64>,
    /// What the prospect looks like.
    #[command(flatten)]
    pub wanted: WantedArgs,
    /// Only people who told of this: every word is in their story, outcomes, interests, notes or comments
    #[arg(long, value_name = "WORDS")]
    pub about: Option<About>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    #[arg(value_parser = limit)]
    pub limit: u32,
    /// Also list everyone who fits but may not be asked, and why
    #[arg(long)]
    pub why_not: bool,
    /// Show the parts of each score
    #[arg(long)]
    pub explain: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

impl MatchArgs {
    /// Who can be asked for this kind in an industry, the first few.
    pub(crate) fn in_industry(ask: AskKind, industry: &str, limit: u32) -> Self {
        Self {
            ask: Some(ask),
            wanted: WantedArgs {
                industry: Some(industry.to_owned()),
                ..WantedArgs::default()
            },
            limit,
            ..Self::default()
        }
    }

    /// What is to be asked for.
    fn what(&self) -> Ask {
        match (self.ask, self.effort) {
            (Some(kind), _) => Ask::Kind(kind),
            (None, effort) => Ask::Effort(effort.unwrap_or(Effort::Low)),
        }
    }
}

pub(super) fn run(args: &MatchArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("match/1", args.as_of.as_of, |tx, present| {
        answer(tx, present, args)
    })?;
    if args.why_not && session.format == Format::Csv {
        session
            .note("CSV lists who can be asked; --format json or markdown also lists who may not")?;
    }
    Ok(Done::Fully)
}

fn answer(tx: &Tx<'_>, present: &Present, args: &MatchArgs) -> Result<Record> {
    let request = args
        .request
        .map(|id| resolve::request(tx, id))
        .transpose()?;
    let search = match &request {
        Some(request) => Search::for_request(tx, present, request)?,
        None => Search::typed(tx, present, args.what(), &args.wanted)?,
    };
    let search = search.about(args.about.as_ref());
    let people = search.people(tx, present)?;
    let (policy, today) = (&present.policy, present.today);
    let ready = ready(&people, search.ask, &search.wanted, policy, today);
    let limit = args.limit as usize;
    let candidates = match ready.len() >= limit {
        true => Candidates::default(),
        false => {
            let only = search.fitting_candidates(tx, present)?;
            let (rules, spellings) = (policy.moments(), search.spellings.as_deref());
            tx.candidates(rules, spellings, only.as_ref(), CANDIDATES)?
        }
    };
    let mut blocked = args
        .why_not
        .then(|| blocked(&people, search.ask, &search.wanted, policy, today));
    let shown = ready.iter().take(limit).map(|one| one.person.id);
    let not_now = blocked.iter().flatten().map(|one| one.person.id);
    let cards: HashMap<PersonId, PersonRow> = tx
        .cards(shown.chain(not_now))?
        .into_iter()
        .map(|card| (card.id, card))
        .collect();
    let is_forgotten = |id| cards.get(&id).is_some_and(PersonRow::is_forgotten);
    if let Some(blocked) = &mut blocked {
        blocked.retain(|one| !is_forgotten(one.person.id));
    }
    let answer = Answer {
        search: &search,
        present,
        limit,
        request: args.request,
        deadline: request.as_ref().and_then(|request| request.needed_by),
        ready,
        blocked,
        cards,
        candidates,
    };
    let record = answer.record(args.explain);
    Ok(match args.as_of.as_of {
        // What was to be done on an earlier day is no advice for today.
        Some(_) => record,
        None => match request.filter(|request| request.status() != Status::Open) {
            Some(request) => record.say(format!(
                "Request {} is {}: nobody has to be asked for it.",
                request.id,
                request.status()
            )),
            None => answer.next_steps().into_iter().fold(record, Record::say),
        },
    })
}
