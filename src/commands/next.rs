//! `next`: the sensible next ask, with the reason, the words to send and the command that logs it.

use std::collections::HashMap;

use chrono::NaiveDate;
use clap::{ArgGroup, Args};

use crate::domain::ask::AskKind;
use crate::domain::ids::PersonId;
use crate::domain::ladder::{self, Asked, Next, NotWilling, When};
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence, Sheet, Table, Tone};
use crate::resolve;
use crate::resolve::arguments::{AsOf, limit, words};
use crate::resolve::filter::FilterArgs;
use crate::session::{Done, Session};
use crate::store::{AskRow, PersonRow, Scope, Tx};
use crate::views::messages::ask_text;
use crate::views::who::WhoColumns;

/// Arguments of `next`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whom").required(true).args(["who", "all"]))]
pub struct NextArgs {
    /// For whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// For every active advocate: who can be asked today first
    #[arg(long)]
    pub all: bool,
    /// About whom, of all.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", conflicts_with = "who", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// What is proposed for somebody: an ask, or nothing that they would do.
struct Proposal {
    card: PersonRow,
    next: Result<Next, NotWilling>,
    /// Why they may not be asked at all, whatever the kind.
    stands: Option<Refusal>,
}

pub(super) fn run(args: &NextArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    let (mut shown, mut all) = (0, 0);
    session.answer("next/1", args.as_of.as_of, |tx, present| {
        let mut rows = match &args.who {
            Some(_) if !args.filter.is_empty() => {
                let message = "WHO is one person already: options about whom are for --all";
                return Err(Failure::usage(message));
            }
            Some(who) => {
                let id = resolve::person(tx, who)?.id;
                proposals(tx, present, &Scope::Person(id), Some(id))?
            }
            None => everyone(tx, present, args)?,
        };
        rows.sort_by_key(|row| {
            let free_on = row.free_on(present.today).unwrap_or(NaiveDate::MAX);
            let card = &row.card;
            (free_on, row.next.is_err(), card.last_tapped_at, card.id)
        });
        all = rows.len();
        rows.truncate(most);
        shown = rows.len();
        let list = table(&rows, present);
        Ok(match (args.all, rows.as_slice()) {
            (true, [_, ..]) => {
                let next = CommandLine::of("next WHO");
                list.say(Sentence::from("The words to send: ").then(next))
            }
            (false, [one]) => one.steps(present).into_iter().fold(list, Sheet::say),
            _ => list,
        })
    })?;
    session.note_the_rest(shown, all)
}

/// Every active advocate who is meant.
fn everyone(tx: &Tx<'_>, present: &Present, args: &NextArgs) -> Result<Vec<Proposal>> {
    let filter = args.filter.filter(tx, present)?;
    let mut rows = proposals(tx, present, &Scope::Decided, None)?;
    rows.retain(|row| {
        row.card.standing.on(present.today) == Some(Stage::Active)
            && filter.passes(&row.card, present)
    });
    Ok(rows)
}

fn proposals(
    tx: &Tx<'_>,
    present: &Present,
    scope: &Scope,
    only: Option<PersonId>,
) -> Result<Vec<Proposal>> {
    let mut asked: HashMap<PersonId, Vec<Asked>> = HashMap::new();
    for row in tx.asks(only)? {
        let of_person = asked.entry(row.person).or_default();
        of_person.push(earlier(&row, present));
    }
    let facts = tx.facts(scope, present)?;
    let proposed = facts.into_iter().map(|(card, person)| {
        let asked = asked.get(&card.id).map_or(&[][..], Vec::as_slice);
        let (policy, today) = (&present.policy, present.today);
        let next = ladder::next(&person.facts, asked, policy, today);
        Proposal {
            next: next.ok_or_else(|| NotWilling::after(asked, policy)),
            stands: stands(&person, present),
            card,
        }
    });
    Ok(proposed.collect())
}

fn earlier(row: &AskRow, present: &Present) -> Asked {
    Asked {
        kind: row.kind,
        effort: row.effort,
        on: present.day(row.at),
        outcome: row.outcome,
        rating: row.rating,
    }
}

/// The refusal of rule 1, which holds for every kind.
fn stands(person: &Person, present: &Present) -> Option<Refusal> {
    let kind = AskKind::Review;
    let checked = readiness::check(&person.facts, kind, None, &present.policy, present.today);
    let mut refusals = checked.err().unwrap_or_default().into_iter();
    refusals.find(|one| matches!(one, Refusal::Stage { .. } | Refusal::DoNotContact))
}

impl Proposal {
    fn free_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.ask().and_then(|next| next.free_on(today))
    }

    /// The ask, unless they are to be left alone.
    fn ask(&self) -> Option<&Next> {
        let next = self.next.as_ref().ok();
        next.filter(|_| may_be_talked_to(self.stands.as_ref()))
    }

    fn reason(&self) -> String {
        match (&self.next, &self.stands) {
            (Ok(_), Some(stands)) if self.ask().is_none() => stands.to_string(),
            (Ok(next), _) => next.reasons().join("; "),
            (Err(not_willing), stands) => {
                let stands = stands.iter().map(Refusal::to_string);
                let all: Vec<String> = stands.chain([not_willing.to_string()]).collect();
                all.join("; ")
            }
        }
    }

    /// The command that logs it; where they are willing for nothing, the one that records a yes.
    fn command(&self, present: &Present) -> Option<CommandLine> {
        let email = &self.card.email;
        match (&self.next, &self.stands) {
            (Ok(next), _) => match next.when {
                When::Blocked(_) => None,
                _ => {
                    let tap = CommandLine::of("tap").value(email);
                    Some(tap.option("--ask", next.kind))
                }
            },
            (Err(not_willing), stands) if may_be_talked_to(stands.as_ref()) => {
                let kind = not_willing.kinds(&present.policy).into_iter().next()?;
                let register = CommandLine::of("register").value(email);
                Some(register.option("--will", kind))
            }
            (Err(_), _) => None,
        }
    }

    fn ask_text(&self, present: &Present) -> Option<String> {
        let next = self.ask()?;
        let industry = present.industry(self.card.industry.as_deref());
        Some(ask_text(
            present,
            next.kind,
            &self.card,
            industry.as_deref(),
            None,
        ))
    }

    /// What to do about it, in sentences.
    fn steps(&self, present: &Present) -> Vec<Sentence> {
        let (Some(command), free_on) = (self.command(present), self.free_on(present.today)) else {
            return Vec::new();
        };
        match (&self.next, self.ask_text(present), free_on) {
            (Ok(next), Some(text), _) if next.when == When::Now => vec![
                format!("Ready to send: {text}").into(),
                Sentence::from("Then log it: ").then(command),
            ],
            (Ok(_), Some(text), Some(free_on)) => vec![
                format!("To send from {free_on} on: {text}").into(),
                Sentence::from("Then log it: ").then(command),
            ],
            _ => vec![Sentence::from("Once they say yes to something small: ").then(command)],
        }
    }
}

/// A no is accepted: nobody talks anyone round who declined or is not to be contacted.
fn may_be_talked_to(stands: Option<&Refusal>) -> bool {
    match stands {
        Some(Refusal::DoNotContact) => false,
        Some(Refusal::Stage { stage, .. }) => {
            !matches!(stage, Some(Stage::Declined | Stage::Retired))
        }
        _ => true,
    }
}

fn table(rows: &[Proposal], present: &Present) -> Sheet {
    let register = CommandLine::of("register EMAIL --will review");
    Table::of(rows)
        .data("id", |row| row.card.id)
        .who(|row| &row.card)
        .left("ask", "Ask", |row| row.ask().map(|next| next.kind))
        .always()
        .data("effort", |row| row.ask().map(|next| next.effort))
        .reading("When", |row| when(row.ask()))
        .always()
        .toned(|row| match row.ask().map(|next| &next.when) {
            Some(When::Now) => Tone::Good,
            _ => Tone::Plain,
        })
        .left("reason", "Why", Proposal::reason)
        .data("free_on", |row| row.free_on(present.today))
        .data("command", |row| row.command(present))
        .data("ask_text", |row| row.ask_text(present))
        .data("owner", |row| row.card.owner.as_ref())
        .empty(Sentence::from("No active advocates. Confirm the first with: ").then(register))
}

fn when(next: Option<&Next>) -> String {
    match next.map(|next| &next.when) {
        Some(When::Now) => "now".to_owned(),
        Some(When::From(on, _)) => on.to_string(),
        Some(When::Blocked(_)) => "not yet".to_owned(),
        None => "-".to_owned(),
    }
}
