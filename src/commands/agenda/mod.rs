//! `agenda`: what is due, the most urgent first, each with the command that settles it (`domain.md` §9).

mod calendar;
mod words;

use crate::domain::agenda::Kind;
use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::whole;
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::domain::agenda::{self, Item, Matter};
use crate::domain::ids::PersonId;
use crate::domain::industry::slug;
use crate::domain::present::Present;
use crate::output::{Column, Sheet, Shown};
use crate::resolve;
use crate::resolve::output_file as spare;
use crate::session::{Done, Session};
use crate::store::{AgendaFacts, PersonRow, Tx};

/// Arguments of `agenda`.
#[derive(Debug, Args)]
pub struct AgendaArgs {
    /// Only what this colleague owns
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Also what falls due within so many days
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    #[arg(value_parser = whole::<0, 3650>)]
    pub days: u32,
    /// Only of these kinds, such as thank-you,results
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub kind: Vec<Kind>,
    /// Also write it into this file as a calendar (iCalendar, RFC 5545)
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// An item, and the card of whom it is about.
struct Due {
    item: Item,
    card: Option<PersonRow>,
}

pub(super) fn run(args: &AgendaArgs, session: &mut Session<'_>) -> Result<Done> {
    if let Some(path) = &args.ics {
        spare::spare(path, "--ics", &session.database, &[])?;
    }
    let (dues, founded_at, present) = session.read(args.as_of.as_of, |tx, present| {
        Ok((load(tx, args, present)?, tx.founded_at()?, present.clone()))
    })?;
    if let Some(path) = &args.ics {
        let file = calendar::Calendar {
            present: &present,
            founded_at,
            invocation: session.invocation.clone(),
        };
        let said = file.write(path, &dues, session.clock.now())?;
        session.note(said)?;
    }
    let sheet = sheet(&dues, &present).empty(words::nothing(args));
    session.show("agenda/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn load(tx: &Tx<'_>, args: &AgendaArgs, present: &Present) -> Result<Vec<Due>> {
    let AgendaFacts { facts, cards } = tx.agenda_facts(present.policy.time_zone, present.now)?;
    if let Some(owner) = &args.owner {
        let requesters = facts.requests.iter().map(|request| request.by.clone());
        resolve::owner(owner, tx.owners()?.into_iter().chain(requesters))?;
    }
    let items = agenda::agenda(&facts, &present.policy, present.today, args.days);
    let dues = items.into_iter().map(|item| due(item, &cards));
    Ok(dues.filter(|due| is_wanted(due, args)).collect())
}

fn due(item: Item, cards: &BTreeMap<PersonId, PersonRow>) -> Due {
    let card = item.person.and_then(|person| cards.get(&person).cloned());
    Due { item, card }
}

fn is_wanted(due: &Due, args: &AgendaArgs) -> bool {
    let owner = match &due.item.matter {
        Matter::Request(_, _, by) => Some(by.as_str()),
        _ => due.card.as_ref().and_then(|card| card.owner.as_deref()),
    };
    let same = |wanted: &String| owner.is_some_and(|owner| slug(owner) == slug(wanted));
    args.owner.as_ref().is_none_or(same)
        && (args.kind.is_empty() || args.kind.contains(&due.item.kind))
}

fn sheet(dues: &[Due], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("due", "Due").only(Shown::Reading),
        Column::left("kind", "Kind").only(Shown::Data),
        Column::left("what", "What"),
        Column::left("who", "Who").only(Shown::Data),
        Column::left("name", "Name").only(Shown::Data),
        Column::left("account", "Account").only(Shown::Data),
        Column::left("owner", "Owner").only(Shown::Data),
        Column::right("id", "Id").only(Shown::Data),
        Column::left("due_on", "Due on").only(Shown::Data),
        Column::right("overdue_days", "Days overdue").only(Shown::Data),
        Column::left("command", "Command").only(Shown::Data),
        Column::left("paste", "Settled by").only(Shown::Reading),
    ]);
    for due in dues {
        let card = due.card.as_ref();
        sheet.push(vec![
            words::due(due.item.due_on, present.today).into(),
            due.item.kind.name().into(),
            words::what(due).into(),
            words::who(due).into(),
            card.and_then(|card| card.name.as_deref()).into(),
            card.and_then(|card| card.account.as_deref()).into(),
            card.and_then(|card| card.owner.as_deref()).into(),
            due.item.id().into(),
            due.item.due_on.into(),
            due.item.overdue_days(present.today).into(),
            words::command(due, words::By::Address, present.today).into(),
            words::command(due, words::By::Number, present.today).into(),
        ]);
    }
    sheet
}
