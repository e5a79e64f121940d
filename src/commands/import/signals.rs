//! `import signals`: usage and health exports. People and accounts are looked for, never invented.

use std::path::PathBuf;
use std::slice;

use clap::Args;

use super::frame::{self, Load};
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::condition::Condition;
use crate::domain::signal::SignalKind;
use crate::failure::Result;
use crate::intake::signals::{SignalRow, read};
use crate::intake::{IntakeError, Options, Reading, hash_key};
use crate::resolve::account::{AccountKeys, with_keys};
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session};
use crate::store::{NewSignal, Tx, Whose};

/// Arguments of `import signals`.
#[derive(Debug, Args)]
pub struct ImportSignalsArgs {
    /// The export to read; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What its rows are, such as power-user or health [default: the column kind]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
    /// Only rows like this, such as "active_days>=20"; may be repeated, and then all must hold
    #[arg(long, value_name = "CONDITION")]
    pub when: Vec<Condition>,
    /// How to read it.
    #[command(flatten)]
    pub read: ReadArgs,
}

pub(super) fn run(args: &ImportSignalsArgs, session: &mut Session<'_>) -> Result<Done> {
    let signals = List::of(Signals { args });
    frame::run(signals, slice::from_ref(&args.file), &args.read, session)
}

/// A file of signals.
struct Signals<'a> {
    args: &'a ImportSignalsArgs,
}

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
        load: &Load<'_>,
        bytes: Vec<u8>,
    ) -> Result<Reading<Option<SignalRow>>, IntakeError> {
        read(bytes, load.options, &load.setting())
    }

    fn save(&mut self, context: &RowContext<'_>, row: &Option<SignalRow>) -> Result<RowEffect> {
        let Some(row) = row else {
            return Ok(RowEffect::Skipped);
        };
        let (of, who) = match whose(context.writing, row)? {
            Ok(found) => found,
            Err(reason) => return Ok(RowEffect::Rejected(row.source_row.rejected(reason))),
        };
        let key = key(context, row, &who);
        let added = context.writing.add_signal(&NewSignal {
            of,
            kind: row.kind,
            reading: row.reading.as_deref(),
            note: row.note.as_deref(),
            key: Some((context.writing.ensure_source(context.source)?, &key)),
            at: context.present.instant_on(row.on)?,
        })?;
        Ok(match added {
            Some(_) => RowEffect::New,
            None => RowEffect::Unchanged,
        })
    }
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
        Some(id) => Ok((Whose::Account(id), format!("account {id}"))),
        None => {
            let words = keys.name.or(keys.domain).or(keys.crm_id);
            Err(format!(
                "there is no account `{}`",
                words.unwrap_or_default()
            ))
        }
    })
}

/// What identifies a signal: the file's own id, or else whose it is, its kind, day and reading.
fn key(context: &RowContext<'_>, row: &SignalRow, who: &str) -> String {
    if let Some(id) = &row.id {
        return id.clone();
    }
    let day = row.on.unwrap_or(context.present.today).to_string();
    let reading = row.reading.as_deref().unwrap_or_default();
    hash_key(&[who, row.kind.name(), &day, reading])
}
