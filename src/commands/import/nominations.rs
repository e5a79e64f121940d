//! `import nominations`: whom colleagues propose in a form or a spreadsheet. The same nomination again adds nothing.

use super::super::{Context, Done};
use super::crm::{account_fields, find_account};
use super::frame::{self, Became, Import, Job, number};
use crate::cli::ImportFileArgs;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::industry::slug;
use crate::domain::nomination::may_nominate;
use crate::intake::nominations::{NominationRow, read};
use crate::intake::{IntakeError, Options, Reading, Rejected, Setting};
use crate::output::Record;
use crate::store::{NewNomination, NewPerson, PersonFields, Writing};

/// What stands for a reason that nobody gave.
const NO_REASON: &str = "no reason given";

pub(super) fn run(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    frame::run(Nominations::default(), &args.file, &args.read, context)
}

/// A file of nominations.
#[derive(Debug, Default)]
struct Nominations {
    people_new: u64,
    added: bool,
}

impl Import for Nominations {
    type Row = NominationRow;
    const COMMAND: &'static str = "import nominations";
    const SCHEMA: &'static str = "import-nominations/1";

    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<NominationRow>, IntakeError> {
        read(bytes, options, setting)
    }

    fn save(
        &mut self,
        job: &Job<'_>,
        row: &NominationRow,
    ) -> anyhow::Result<Result<Became, Rejected>> {
        let known = job.writing.person_by_email(row.email.key())?;
        if let Some(person) = known {
            if is_known(job, row, person)? {
                return Ok(Ok(Became::Unchanged));
            }
            let card = job.writing.person(person)?;
            let stage = card.and_then(|card| card.standing.stage);
            if let Err(sentence) = may_nominate(stage) {
                return Ok(Err(row.source_row.rejected(sentence)));
            }
        }
        let person = match known {
            Some(person) => person,
            None => {
                self.people_new += 1;
                add_person(job.writing, row)?
            }
        };
        job.writing.nominate(&NewNomination {
            person,
            by: &row.by,
            reason: row.reason.as_deref().unwrap_or(NO_REASON),
            at: job.present.instant_on(row.on)?,
        })?;
        self.added = true;
        Ok(Ok(Became::New))
    }

    fn figures(&self, record: Record) -> Record {
        record.with("people_new", "People new", number(self.people_new))
    }

    fn next(&self) -> Option<String> {
        self.added.then(|| "Next: advocate nominations".to_owned())
    }
}

/// Whether this colleague has nominated the person on that day; in a file without dates, on any day.
fn is_known(job: &Job<'_>, row: &NominationRow, person: PersonId) -> anyhow::Result<bool> {
    let nominations = job.writing.nominations(Some(person))?;
    Ok(nominations.iter().any(|one| {
        let same_day = row.on.is_none_or(|day| job.present.day(one.at) == day);
        same_day && slug(&one.by) == slug(&row.by)
    }))
}

fn add_person(writing: &Writing<'_>, row: &NominationRow) -> anyhow::Result<PersonId> {
    let fields: PersonFields = [
        (PersonField::Name, &row.name),
        (PersonField::Title, &row.title),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.clone()?)))
    .collect();
    Ok(writing.add_person(
        &NewPerson {
            email: &row.email,
            account: account(writing, row)?,
            fields: &fields,
        },
        false,
    )?)
}

/// The account of a new person, added where it is new. What is known of an account a form does not change.
fn account(writing: &Writing<'_>, row: &NominationRow) -> anyhow::Result<Option<AccountId>> {
    let name = row.account.name.as_deref();
    let given = row.account.domain.as_deref();
    let domain = given.or_else(|| row.email.company_domain());
    if let Some(found) = find_account(writing, None, domain, name)? {
        return Ok(Some(found));
    }
    let mut fields = account_fields(&row.account, None);
    if given.is_none() {
        fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    }
    if name.is_none() && domain.is_none() {
        return Ok(None);
    }
    Ok(Some(writing.add_account(&fields, false)?))
}
