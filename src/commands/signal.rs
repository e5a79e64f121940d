//! `signal add|list`: positive moments that no survey and no ask has shown (`domain.md` §2).

use super::{Context, Done, Present, accounts, names};
use crate::cli::{SignalAddArgs, SignalCommand, SignalListArgs};
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::store::{NewSignal, SignalFilter, SignalRow, Tx, Whose};

pub(super) fn run(command: &SignalCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        SignalCommand::Add(args) => add(args, context),
        SignalCommand::List(args) => list(args, context),
    }
}

/// Whose a signal is, and the words for them: an address, or an account's name.
fn whose(tx: &Tx<'_>, who: Option<&str>, account: Option<&str>) -> anyhow::Result<(Whose, String)> {
    if let Some(words) = account {
        let account = accounts::known(tx, words)?;
        let shown = account.name.or(account.domain).unwrap_or_default();
        return Ok((Whose::Account(account.id), shown));
    }
    let person = names::person(tx, who.unwrap_or_default())?;
    Ok((Whose::Person(person.id), person.email))
}

fn add(args: &SignalAddArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (id, of, shown, at, present) = context.write(|writing, present| {
        let (of, shown) = whose(writing, args.who.as_deref(), args.account.as_deref())?;
        let at = present.instant_on(args.on)?;
        let id = writing.add_signal(&NewSignal {
            of,
            kind: args.kind,
            reading: args.reading.as_deref(),
            note: args.note.as_deref(),
            key: None,
            at,
        })?;
        Ok((id, of, shown, at, present.clone()))
    })?;
    let record = Record::new().with("signal_id", "Signal", Cell::opt(id.map(|id| id.0)));
    let (record, next) = match of {
        Whose::Person(_) => (
            record.with("email", "Person", shown.as_str()),
            format!("Next: advocate show {shown}"),
        ),
        Whose::Account(_) => (
            record.with("account", "Account", shown.as_str()),
            "It counts for everyone at the account.".to_owned(),
        ),
    };
    let record = record
        .with("kind", "Kind", args.kind.name())
        .with("reading", "Reading", args.reading.as_deref())
        .with("happened_on", "On", present.day(at))
        .with("note", "Note", args.note.as_deref())
        .say(next);
    context.show("signal-add/1", present.today, record)?;
    Ok(Done::Fully)
}

fn list(args: &SignalListArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (rows, present) = context.read(args.as_of.as_of, |tx, present| {
        let mut filter = SignalFilter {
            kind: args.kind,
            limit: args.limit,
            ..SignalFilter::default()
        };
        if args.who.is_some() || args.account.is_some() {
            match whose(tx, args.who.as_deref(), args.account.as_deref())?.0 {
                Whose::Person(person) => filter.person = Some(person),
                Whose::Account(account) => filter.account = Some(account),
            }
        }
        Ok((tx.signals(&filter)?, present.clone()))
    })?;
    let filtered = args.who.is_some()
        || args.account.is_some()
        || args.kind.is_some()
        || args.as_of.as_of.is_some();
    let sheet = sheet(&rows, &present, Shown::Everywhere).empty(match filtered {
        true => "No signals like that.",
        false => "No signals. Add the first with: advocate signal add WHO --kind power-user",
    });
    context.show("signal-list/1", present.today, sheet)?;
    Ok(Done::Fully)
}

/// Signals as a list; `whose` says who needs to be told whose they are.
pub(super) fn sheet(rows: &[SignalRow], present: &Present, whose: Shown) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("signal_id", "Signal"),
        Column::left("happened_on", "On"),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("name", "Name").only(whose),
        Column::left("account", "Account").only(whose),
        Column::left("of", "Of").only(match whose {
            Shown::Data => Shown::Everywhere,
            _ => Shown::Data,
        }),
        Column::left("kind", "Kind"),
        Column::left("reading", "Reading"),
        Column::left("source", "Source").only(Shown::Data),
        Column::left("note", "Note"),
    ]);
    for row in rows {
        let (of, name) = match row.of {
            Whose::Person(_) => ("person", row.name.as_deref().or(row.email.as_deref())),
            Whose::Account(_) => ("account", None),
        };
        sheet.push(vec![
            row.id.0.into(),
            present.day(row.at).into(),
            row.email.as_deref().into(),
            name.into(),
            row.account.as_deref().into(),
            of.into(),
            row.kind.name().into(),
            row.reading.as_deref().into(),
            row.source.as_deref().into(),
            row.note.as_deref().into(),
        ]);
    }
    sheet
}
