//! `import nominations`: whom colleagues propose in a form or a spreadsheet. The same nomination again adds nothing.

use std::slice;

use super::described_account::find_or_add;
use super::frame::{self, Load};
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::describing::PersonField;
use crate::domain::ids::PersonId;
use crate::domain::industry::slug;
use crate::domain::nomination::may_nominate;
use crate::failure::Result;
use crate::intake::nominations::{NominationRow, read};
use crate::intake::{IntakeError, Reading};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{NewNomination, NewPerson, PersonFields, Writing};

/// What stands for a reason that nobody gave.
const NO_REASON: &str = "no reason given";

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let nominations = List::of(Nominations::default());
    frame::run(
        nominations,
        slice::from_ref(&args.file),
        &args.read,
        session,
    )
}

/// A file of nominations.
#[derive(Debug, Default)]
struct Nominations {
    people_new: u64,
    added: bool,
}

impl ListImport for Nominations {
    type Row = NominationRow;
    const COMMAND: &'static str = "import nominations";
    const SCHEMA: &'static str = "import-nominations/1";

    fn read(&self, load: &Load<'_>, bytes: Vec<u8>) -> Result<Reading<NominationRow>, IntakeError> {
        read(bytes, load.options, &load.setting())
    }

    fn save(&mut self, context: &RowContext<'_>, row: &NominationRow) -> Result<RowEffect> {
        let known = context.writing.person_by_email(row.email.key())?;
        if let Some(person) = known {
            if is_known(context, row, person)? {
                return Ok(RowEffect::Unchanged);
            }
            let card = context.writing.person(person)?;
            let stage = card.and_then(|card| card.standing.stage);
            if let Err(sentence) = may_nominate(stage) {
                return Ok(RowEffect::Rejected(row.source_row.rejected(sentence)));
            }
        }
        let person = match known {
            Some(person) => person,
            None => {
                self.people_new += 1;
                add_person(context.writing, row)?
            }
        };
        context.writing.nominate(&NewNomination {
            person,
            by: &row.by,
            reason: row.reason.as_deref().unwrap_or(NO_REASON),
            at: context.present.instant_on(row.on)?,
        })?;
        self.added = true;
        Ok(RowEffect::New)
    }

    fn figures(&self, record: Record) -> Record {
        record.with("people_new", "People new", self.people_new)
    }

    fn next(&self) -> Option<Sentence> {
        let next = || Sentence::from("Next: ").then(CommandLine::of("nominations"));
        self.added.then(next)
    }
}

/// Whether this colleague has nominated the person on that day; in a file without dates, on any day.
fn is_known(context: &RowContext<'_>, row: &NominationRow, person: PersonId) -> Result<bool> {
    let nominations = context.writing.nominations(Some(person))?;
    Ok(nominations.iter().any(|one| {
        let same_day = row.on.is_none_or(|day| context.present.day(one.at) == day);
        same_day && slug(&one.by) == slug(&row.by)
    }))
}

/// Adds somebody with their account. What is known of an account a form does not change.
fn add_person(writing: &Writing<'_>, row: &NominationRow) -> Result<PersonId> {
    let given = [
        (PersonField::Name, &row.name),
        (PersonField::Title, &row.title),
    ];
    let given = given.into_iter();
    let fields: PersonFields = given
        .filter_map(|(field, value)| Some((field, value.clone()?)))
        .collect();
    let domain = row.account.domain.as_deref();
    let domain = domain.or_else(|| row.email.company_domain());
    let account = find_or_add(writing, &row.account, None, domain)?;
    let new = NewPerson {
        email: &row.email,
        account: account.map(|(id, _)| id),
        fields: &fields,
    };
    Ok(writing.add_person(&new, false)?)
}
