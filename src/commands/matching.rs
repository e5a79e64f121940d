//! `match`: who can be asked, best first; who fits but may not; who could be confirmed; and the words to send.

use crate::domain::ask::AskKind;
use crate::domain::ask::Effort;
use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::limit;
use crate::resolve::arguments::request_number;
use crate::resolve::wanted::WantedArgs;
use clap::Args;
use std::collections::HashMap;

use crate::domain::ask_text::ask_text;
use crate::domain::ids::PersonId;
use crate::domain::matching::{Ask, Blocked, Ready, blocked, ready};
use crate::domain::present::Present;
use crate::domain::refusal::Refusal;
use crate::output::{Cell, Column, Entry, Format, Record, Sheet, Shown};
use crate::resolve::wanted::Search;
use crate::session::{Done, Session};
use crate::store::{Candidates, PersonRow};

/// Arguments of `match`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["ask", "effort", "request"]))]
pub struct MatchArgs {
    /// What to ask for, such as reference
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Or anything of this size: low, medium or high
    #[arg(long, value_name = "EFFORT")]
    pub effort: Option<Effort>,
    /// For this request: what is asked for and what the prospect looks like are taken from it
    #[arg(long, value_name = "ID", value_parser = request_number, conflicts_with = "WantedArgs")]
    pub request: Option<i64>,
    /// What the prospect looks like.
    #[command(flatten)]
    pub wanted: WantedArgs,
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

/// How many candidates to confirm are named.
const CANDIDATES: usize = 12;

impl MatchArgs {
    /// What is to be asked for.
    fn what(&self) -> Ask {
        match (self.ask, self.effort) {
            (Some(kind), _) => Ask::Kind(kind),
            (None, effort) => Ask::Effort(effort.unwrap_or(Effort::Low)),
        }
    }
}

pub(super) fn run(args: &MatchArgs, session: &mut Session<'_>) -> Result<Done> {
    let (record, today) = session.read(args.as_of.as_of, |tx, present| {
        let search = match args.request {
            Some(id) => {
                Search::for_request(tx, present, &crate::resolve::wanted::request(tx, id)?)?
            }
            None => Search::typed(tx, present, args.what(), &args.wanted)?,
        };
        let people = search.people(tx, present)?;
        let (policy, today) = (&present.policy, present.today);
        let ready = ready(&people, search.ask, &search.wanted, policy, today);
        let blocked = match args.why_not {
            true => blocked(&people, search.ask, &search.wanted, policy, today),
            false => Vec::new(),
        };
        let enough = ready.len() >= args.limit as usize;
        let candidates = match enough {
            true => Candidates::default(),
            false => {
                let only = search.fitting_candidates(tx, present)?;
                let spellings = search.spellings.as_deref();
                tx.candidates(policy.time_zone, spellings, only.as_ref(), CANDIDATES)?
            }
        };
        let top = ready.iter().take(args.limit as usize);
        let shown = top.map(|one| one.person.id);
        let cards = tx.cards(shown.chain(blocked.iter().map(|one| one.person.id)))?;
        let found = Found {
            ready,
            blocked,
            cards: cards.into_iter().map(|card| (card.id, card)).collect(),
            candidates,
            search,
            present,
            args,
        };
        Ok((found.record(), present.today))
    })?;
    session.show("match/1", today, record)?;
    if args.why_not && session.format == Format::Csv {
        session
            .note("CSV lists who can be asked; --format json or markdown also lists who may not")?;
    }
    Ok(Done::Fully)
}

/// Everything that the answer is made of.
struct Found<'a> {
    ready: Vec<Ready<'a>>,
    /// Only where they were asked for.
    blocked: Vec<Blocked<'a>>,
    /// Of everyone who is shown.
    cards: HashMap<PersonId, PersonRow>,
    candidates: Candidates,
    search: Search,
    present: &'a Present,
    args: &'a MatchArgs,
}

impl Found<'_> {
    fn record(&self) -> Record {
        let mut record = Record::new().with("ready", self.headline(), self.ready());
        if self.args.explain {
            record = record.entry(
                Entry::new("parts", "How the scores are made", self.parts()).only(Shown::Reading),
            );
        }
        if self.args.why_not {
            let label = format!("Not now ({})", self.blocked.len());
            record = record.with("blocked", label, self.blocked());
        }
        let label = match self.candidates.all {
            1 => "1 candidate to confirm".to_owned(),
            n if n > CANDIDATES => format!("{n} candidates to confirm; the first {CANDIDATES}"),
            n => format!("{n} candidates to confirm"),
        };
        record = record
            .with("candidates", label, self.candidates())
            .data("candidates_in_all", self.candidates.all);
        record = record.data("ask_text", Cell::opt(self.ask_text()));
        self.next_steps().into_iter().fold(record, Record::say)
    }

    fn headline(&self) -> String {
        let ask = match self.search.ask {
            Ask::Kind(kind) => format!("a {kind} ask"),
            Ask::Effort(effort) => format!("an ask of {effort} effort"),
        };
        let place = self
            .search
            .wanted
            .industry
            .as_ref()
            .map(|name| format!(" in {name}"))
            .unwrap_or_default();
        let ready = self.ready.len();
        match ready {
            0 => format!("Nobody can take {ask}{place} today"),
            1 => format!("1 person can take {ask}{place} today"),
            _ => format!(
                "{ready} people can take {ask}{place} today{}",
                match self.args.limit as usize {
                    shown if shown >= ready => String::new(),
                    1 => "; the first".to_owned(),
                    shown => format!("; the first {shown}"),
                }
            ),
        }
    }

    fn top(&self) -> impl Iterator<Item = (&Ready<'_>, &PersonRow)> {
        let cards = &self.cards;
        let shown = self.ready.iter().take(self.args.limit as usize);
        shown.filter_map(move |ready| Some((ready, cards.get(&ready.person.id)?)))
    }

    fn ready(&self) -> Sheet {
        let mut sheet = Sheet::new(vec![
            Column::right("rank", "#"),
            Column::right("id", "Id").only(Shown::Data),
            Column::left("who", "Name").only(Shown::Reading),
            Column::left("email", "E-mail").only(Shown::Data),
            Column::left("name", "Name").only(Shown::Data),
            Column::left("account", "Account"),
            Column::left("ask", "Ask").only(self.kind_shown()),
            Column::right("score", "Score"),
            Column::left("reasons", "Why"),
            Column::left("last_tapped_at", "Last asked").only(Shown::Data),
        ])
        .empty(match self.args.why_not {
            true => "Who fits, and why they may not be asked, is below.",
            false => "Who fits, and why they may not be asked: --why-not",
        });
        for (index, (ready, card)) in self.top().enumerate() {
            sheet.push(vec![
                (index + 1).into(),
                card.id.0.into(),
                card.shown_name().into(),
                card.email.as_str().into(),
                card.name.as_deref().into(),
                card.account.as_deref().into(),
                ready.kind.name().into(),
                Cell::decimal(ready.score, 1),
                Cell::list(ready.reasons(
                    &self.search.wanted,
                    &self.present.policy,
                    self.present.today,
                )),
                card.last_tapped_at.into(),
            ]);
        }
        sheet
    }

    /// The kind is a column for people only where an effort was asked for.
    fn kind_shown(&self) -> Shown {
        if matches!(self.search.ask, Ask::Kind(_)) {
            Shown::Data
        } else {
            Shown::Everywhere
        }
    }

    fn parts(&self) -> Sheet {
        let weights = &self.present.policy.weights;
        let total = f64::from(weights.total());
        let columns = [
            ("fit", weights.fit),
            ("relationship", weights.relationship),
            ("track-record", weights.track_record),
            ("rest", weights.rest),
            ("reciprocity", weights.reciprocity),
        ];
        let most = |weight: u32| f64::from(weight) / total * 100.0;
        let mut sheet = Sheet::new(vec![
            Column::left("who", "Name"),
            Column::right("fit", format!("Fit (of {:.0})", most(columns[0].1))),
            Column::right(
                "relationship",
                format!("Relationship ({:.0})", most(columns[1].1)),
            ),
            Column::right(
                "track_record",
                format!("Track record ({:.0})", most(columns[2].1)),
            ),
            Column::right("rest", format!("Rest ({:.0})", most(columns[3].1))),
            Column::right(
                "reciprocity",
                format!("Reciprocity ({:.0})", most(columns[4].1)),
            ),
            Column::right("score", "Score"),
        ]);
        for (ready, card) in self.top() {
            let parts = ready.parts;
            let points = [
                parts.fit,
                parts.relationship,
                parts.track_record,
                parts.rest,
                parts.reciprocity,
            ];
            let mut row = vec![card.shown_name().into()];
            row.extend(
                points
                    .iter()
                    .zip(columns)
                    .map(|(part, (_, weight))| Cell::decimal(part * most(weight), 1)),
            );
            row.push(Cell::decimal(ready.score, 1));
            sheet.push(row);
        }
        sheet
    }

    fn blocked(&self) -> Sheet {
        let mut sheet = Sheet::new(vec![
            Column::left("who", "Name").only(Shown::Reading),
            Column::left("email", "E-mail").only(Shown::Data),
            Column::left("name", "Name").only(Shown::Data),
            Column::left("refusal", "Refusal"),
            Column::left("clears_on", "Clears on"),
            Column::left("why", "Why not").only(Shown::Reading),
            Column::left("message", "Why not").only(Shown::Data),
            Column::left("also", "Also").only(Shown::Data),
            Column::left("all_clear_on", "All clear on").only(Shown::Data),
        ])
        .empty("Nobody else fits.");
        for blocked in &self.blocked {
            let Blocked { person, refusals } = blocked;
            let (Some(card), Some(first)) = (self.cards.get(&person.id), refusals.first()) else {
                continue;
            };
            sheet.push(vec![
                card.shown_name().into(),
                card.email.as_str().into(),
                card.name.as_deref().into(),
                first.name().into(),
                Cell::opt(first.clears_on()),
                std::iter::once(first.to_string())
                    .chain(refusals[1..].iter().map(Refusal::with_date))
                    .collect::<Vec<_>>()
                    .join("; ")
                    .into(),
                first.to_string().into(),
                Cell::list(refusals[1..].iter().map(Refusal::name)),
                Cell::opt(blocked.clear_on()),
            ]);
        }
        sheet
    }

    fn candidates(&self) -> Sheet {
        let present = self.present;
        let mut sheet = Sheet::new(vec![
            Column::left("who", "Name").only(Shown::Reading),
            Column::left("email", "E-mail").only(Shown::Data),
            Column::left("account", "Account").only(Shown::Reading),
            Column::right("score", "Score").only(Shown::Data),
            Column::left("last_response_on", "Last response").only(Shown::Data),
            Column::left("reason", "Why").only(Shown::Reading),
        ])
        .empty("");
        for row in &self.candidates.warmest {
            sheet.push(vec![
                row.person.shown_name().into(),
                row.person.email.as_str().into(),
                row.person.account.as_deref().into(),
                Cell::opt(row.person.latest_score.map(|score| i64::from(score.get()))),
                Cell::opt(row.person.latest_response_at.map(|at| present.day(at))),
                row.goodwill(present.policy.time_zone)
                    .reason(present.today)
                    .into(),
            ]);
        }
        sheet
    }

    fn ask_text(&self) -> Option<String> {
        let (ready, card) = self.top().next()?;
        Some(ask_text(
            ready.kind,
            card.first_name(),
            self.search.wanted.industry.as_deref(),
        ))
    }

    fn next_steps(&self) -> Vec<String> {
        if self.args.as_of.as_of.is_some() {
            // What was to be done on an earlier day is no advice for today.
            return Vec::new();
        }
        match (self.top().next(), self.candidates.warmest.first()) {
            (Some((ready, card)), _) => vec![
                format!("Ready to send: {}", self.ask_text().unwrap_or_default()),
                match self.args.request {
                    Some(id) => format!("Then log it: advocate tap {} --request {id}", card.email),
                    None => format!(
                        "Then log it: advocate tap {} --ask {}",
                        card.email, ready.kind
                    ),
                },
            ],
            (None, Some(row)) => {
                let kind = match self.search.ask {
                    Ask::Kind(kind) => kind.name(),
                    Ask::Effort(_) => "reference",
                };
                vec![format!(
                    "Once they say yes: advocate register {} --will {kind}",
                    row.person.email
                )]
            }
            (None, None) => Vec::new(),
        }
    }
}
