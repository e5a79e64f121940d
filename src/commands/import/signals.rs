//! `import signals`: usage and health exports. People and accounts are looked for, never invented.

use std::collections::HashMap;
use std::path::PathBuf;
use std::slice;

use chrono::NaiveDate;
use clap::Args;

use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::condition::Condition;
use crate::domain::email::Email;
use crate::domain::ids::{SignalId, SourceId};
use crate::domain::signal::SignalKind;
use crate::failure::Result;
use crate::intake::signals::{SignalRow, read};
use crate::intake::{IntakeError, Options, Reading, hash_key};
use crate::resolve::account::{AccountFound, AccountKeys, with_keys};
use crate::resolve::arguments::word;
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session};
use crate::store::{self, NewSignal, Tx, Whose};

/// Arguments of `import signals`.
#[derive(Debug, Args)]
pub struct ImportSignalsArgs {
    /// The export to read; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What its rows are, such as power-user or health [default: the column kind]
    #[arg(value_parser = word::<SignalKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
    /// Only rows like this, such as "active_days>=20"; may be repeated, and then all must hold
    #[arg(long, value_name = "CONDITION")]
    pub when: Vec<Condition>,
    /// How to read it.
    #[command(flatten)]
    pub read: ReadArgs,
}

pub(super) fn run(args: &ImportSignalsArgs, session: &mut Session<'_>) -> Result<Done> {
    let signals = List::of(Signals {
        args,
        saved: HashMap::new(),
    });
    frame::run(signals, slice::from_ref(&args.file), &args.read, session)
}

/// A file of signals.
struct Signals<'a> {
    args: &'a ImportSignalsArgs,
    /// What the file said so far under its own ids, with the lines.
    saved: HashMap<String, (u64, Says)>,
}

/// What a row says: of whom, the kind, the day, the reading and the note.
type Says = (
    String,
    SignalKind,
    Option<NaiveDate>,
    Option<String>,
    Option<String>,
);

impl ListImport for Signals<'_> {
    type Row = Option<SignalRow>;
    const COMMAND: &'static str = "import signals";
    const SCHEMA: &'static str = "import-signals/1";
    const SKIPS: bool = true;

    fn add_options(&self, options: &mut Options) {
        options.kind = self.args.kind.or(options.kind);
        if !self.args.when.is_empty() {
            options.when.clone_from(&self.args.when);
        }
    }

    fn read(
        &self,
        look: &Look<'_>,
        bytes: Vec<u8>,
    ) -> Result<Reading<Option<SignalRow>>, IntakeError> {
        read(bytes, look.options, &look.setting())
    }

    fn address<'r>(&self, row: &'r Option<SignalRow>) -> Option<&'r Email> {
        row.as_ref()?.email.as_ref()
    }

    fn save(&mut self, context: &RowContext<'_>, row: &Option<SignalRow>) -> Result<RowEffect> {
        let Some(row) = row else {
            return Ok(RowEffect::Skipped);
        };
        let (of, who) = match whose(context.writing, row)? {
            Ok(found) => found,
            Err(reason) => return Ok(context.reject(reason)),
        };
        let writing = context.writing;
        let source = writing.ensure_source(context.source)?;
        let says = (who, row.kind, row.on, row.reading.clone(), row.note.clone());
        if let Some(id) = &row.id {
            let line = context.at.line;
            let (line, before) = self.saved.entry(id.clone()).or_insert((line, says.clone()));
            if *before != says {
                let option = "--map id=HEADER names a column that tells two signals apart";
                return Ok(context.contradicts(&format!("the id {id}"), *line, option));
            }
        }
        let key = key(context, row, &says.0);
        let signal = NewSignal {
            of,
            kind: row.kind,
            reading: row.reading.as_deref(),
            note: row.note.as_deref(),
            key: Some((source, &key)),
            at: context.present.instant_on(row.on.map(Into::into))?,
        };
        if let Some(id) = known(context, row, &says.0, source, &key)? {
            writing.is_same_row(id, context.cells)?;
            return Ok(RowEffect::Unchanged);
        }
        if let Some(id) = told_before(context, &signal, row)? {
            writing.mend_signal(id, &signal)?;
            return Ok(RowEffect::Repaired);
        }
        if let Some(id) = writing.add_signal(&signal)? {
            writing.note_cells(id, context.cells)?;
        }
        Ok(RowEffect::New)
    }
}

/// The signal of this key. Earlier versions left the note out of keys.
fn known(
    context: &RowContext<'_>,
    row: &SignalRow,
    who: &str,
    source: SourceId,
    key: &str,
) -> Result<Option<SignalId>> {
    let tx = context.writing;
    if let Some(id) = tx.signal_by_key(source, key)? {
        return Ok(Some(id));
    }
    let without_note = SignalRow {
        note: None,
        ..row.clone()
    };
    let Some(id) = tx.signal_by_key(source, &self::key(context, &without_note, who))? else {
        return Ok(None);
    };
    let signal = tx.signal(id)?;
    Ok(signal
        .filter(|signal| signal.note == row.note)
        .map(|signal| signal.id))
}

/// The signal that the same row told of when it was read otherwise: without its date, its note or the person. A row
/// without a date tells of another day each time.
fn told_before(
    context: &RowContext<'_>,
    new: &NewSignal<'_>,
    row: &SignalRow,
) -> Result<Option<SignalId>> {
    if row.on.is_none() || context.day_given.is_some() {
        return Ok(None);
    }
    for id in context.writing.said_by(context.cells)? {
        let signal = context.writing.signal(id)?;
        let is_it = |signal: &store::SignalRow| {
            signal.kind == new.kind
                && signal.reading.as_deref() == new.reading
                && signal.source.as_deref() == Some(context.source)
        };
        if signal.as_ref().is_some_and(is_it) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Whose a signal is, with the words for them that a key is made of; or why nobody's.
fn whose(tx: &Tx<'_>, row: &SignalRow) -> Result<Result<(Whose, String), String>> {
    if let Some(email) = &row.email {
        return Ok(match tx.person_by_email(email.key())? {
            Some(id) => Ok((Whose::Person(id), email.key().to_owned())),
            None => Err(format!("nobody has the address {}", email.shown())),
        });
    }
    let keys = AccountKeys {
        crm_id: row.account_crm_id.as_deref(),
        domain: row.account_domain.as_deref(),
        name: row.account.as_deref(),
    };
    Ok(match with_keys(tx, keys)? {
        AccountFound::One(id) => Ok((Whose::Account(id), format!("account {id}"))),
        AccountFound::Shared => Err(format!(
            "several accounts share the domain {}; an id or a name tells which",
            keys.domain.unwrap_or_default()
        )),
        AccountFound::Unknown => {
            let words = keys.name.or(keys.domain).or(keys.crm_id);
            Err(format!(
                "there is no account `{}`",
                words.unwrap_or_default()
            ))
        }
    })
}

/// What identifies a signal: the file's own id, or else whose it is, its kind, day, reading and note.
fn key(context: &RowContext<'_>, row: &SignalRow, who: &str) -> String {
    if let Some(id) = &row.id {
        return id.clone();
    }
    let day = row.on.unwrap_or(context.present.today).to_string();
    let reading = row.reading.as_deref().unwrap_or_default();
    let parts = [who, row.kind.name(), &day, reading];
    match row.note.as_deref() {
        None => hash_key(&parts),
        Some(note) => hash_key(&[&parts[..], &[note]].concat()),
    }
}
