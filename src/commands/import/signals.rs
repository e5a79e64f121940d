//! `import signals`: usage and health exports. People and accounts are looked for, never invented.

use super::super::{Context, Done};
use super::crm::find_account;
use super::frame::{self, Became, Import, Job};
use crate::cli::ImportSignalsArgs;
use crate::intake::signals::{SignalRow, read};
use crate::intake::{IntakeError, Options, Reading, Rejected, Setting, hash_key};
use crate::store::{NewSignal, Whose, Writing};

pub(super) fn run(args: &ImportSignalsArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    frame::run(Signals { args }, &args.file, &args.read, context)
}

/// A file of signals.
struct Signals<'a> {
    args: &'a ImportSignalsArgs,
}

impl Import for Signals<'_> {
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
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<Option<SignalRow>>, IntakeError> {
        read(bytes, options, setting)
    }

    fn save(
        &mut self,
        job: &Job<'_>,
        row: &Option<SignalRow>,
    ) -> anyhow::Result<Result<Became, Rejected>> {
        let Some(row) = row else {
            return Ok(Ok(Became::Skipped));
        };
        let (of, who) = match whose(job.writing, row)? {
            Ok(found) => found,
            Err(reason) => return Ok(Err(row.source_row.rejected(reason))),
        };
        let key = key(job, row, &who);
        let added = job.writing.add_signal(&NewSignal {
            of,
            kind: row.kind,
            reading: row.reading.as_deref(),
            note: row.note.as_deref(),
            key: Some((job.writing.ensure_source(job.source)?, &key)),
            at: job.present.instant_on(row.on)?,
        })?;
        Ok(Ok(match added {
            Some(_) => Became::New,
            None => Became::Unchanged,
        }))
    }
}

/// Whose a signal is, with the words for them that a key is made of; or why nobody's.
fn whose(
    writing: &Writing<'_>,
    row: &SignalRow,
) -> anyhow::Result<Result<(Whose, String), String>> {
    if let Some(email) = &row.email {
        return Ok(match writing.person_by_email(email.key())? {
            Some(id) => Ok((Whose::Person(id), email.key().to_owned())),
            None => Err(format!("nobody has the address {}", email.shown())),
        });
    }
    let (crm_id, domain, name) = (
        row.account_crm_id.as_deref(),
        row.account_domain.as_deref(),
        row.account.as_deref(),
    );
    Ok(match find_account(writing, crm_id, domain, name)? {
        Some(id) => Ok((Whose::Account(id), format!("account {id}"))),
        None => {
            let words = name.or(domain).or(crm_id).unwrap_or_default();
            Err(format!("there is no account `{words}`"))
        }
    })
}

/// What identifies a signal: the file's own id, or else whose it is, its kind, day and reading.
fn key(job: &Job<'_>, row: &SignalRow, who: &str) -> String {
    if let Some(id) = &row.id {
        return id.clone();
    }
    let day = row.on.unwrap_or(job.present.today).to_string();
    let reading = row.reading.as_deref().unwrap_or_default();
    hash_key(&[who, row.kind.name(), &day, reading])
}
