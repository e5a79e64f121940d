//! `import nominations`: whom colleagues propose in a form or a spreadsheet. The same nomination again adds nothing.

use std::collections::HashSet;
use std::slice;

use super::described_account::find_or_add;
use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::{NominationId, PersonId};
use crate::domain::industry::slug;
use crate::domain::nomination::may_nominate;
use crate::failure::Result;
use crate::intake::nominations::{NominationRow, read};
use crate::intake::{FileRow, IntakeError, Reading, Rejected};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{self, NewNomination, NewPerson, PersonFields, Writing};

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
    /// Those on record of which the file told so far.
    saved: HashSet<NominationId>,
    /// The reasons in the file.
    reasons: HashSet<String>,
}

impl Nominations {
    /// What becomes of a row that tells of a nomination on record: by the same colleague on that day, in a file without
    /// dates on any day. For another reason, it is another one where the file tells of the first as well.
    fn known(
        &mut self,
        context: &RowContext<'_>,
        row: &NominationRow,
        person: PersonId,
    ) -> Result<Option<RowEffect>> {
        let tx = context.writing;
        let mut by_them = tx.nominations(Some(person))?;
        by_them.retain(|one| slug(&one.by) == slug(&row.by));
        let reason = row.reason.as_deref().unwrap_or(NO_REASON);
        let is_new_to_file = |one: &&store::NominationRow| {
            !self.saved.contains(&one.id) && !self.reasons.contains(&one.reason)
        };
        let of_the_day = |one: &&store::NominationRow| {
            row.on.is_none_or(|day| context.present.day(one.at) == day)
        };
        let mut same_day = by_them.iter().filter(of_the_day);
        let found = same_day.clone().find(|one| one.reason == reason);
        if let Some(known) = found.or_else(|| same_day.find(is_new_to_file)) {
            self.saved.insert(known.id);
            let is_same_row = tx.is_same_row(known.id, context.cells)?;
            if is_same_row && known.reason != reason && row.reason.is_some() {
                tx.mend_nomination(known.id, known.at, reason)?;
                return Ok(Some(RowEffect::Repaired));
            }
            return Ok(Some(RowEffect::Unchanged));
        }
        if row.on.is_none() || context.day_given.is_some() {
            return Ok(None);
        }
        let of_row: Vec<NominationId> = tx.said_by(context.cells)?;
        let mut told = by_them.iter();
        let is_it =
            |one: &&store::NominationRow| of_row.contains(&one.id) && !self.saved.contains(&one.id);
        let Some(told) = told.find(is_it) else {
            return Ok(None);
        };
        tx.mend_nomination(
            told.id,
            context.present.instant_on(row.on.map(Into::into))?,
            reason,
        )?;
        self.saved.insert(told.id);
        Ok(Some(RowEffect::Repaired))
    }
}

impl ListImport for Nominations {
    type Row = NominationRow;
    const COMMAND: &'static str = "import nominations";
    const SCHEMA: &'static str = "import-nominations/1";

    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<NominationRow>, IntakeError> {
        read(bytes, look.options, &look.setting())
    }

    fn is_of(&self, row: &NominationRow) -> (Option<bool>, Option<bool>) {
        let by_address = row.email.company_domain().is_some();
        let company = row.account.name.is_some() || row.account.domain.is_some();
        (Some(true), Some(by_address || company))
    }

    fn address<'r>(&self, row: &'r NominationRow) -> Option<&'r Email> {
        Some(&row.email)
    }

    fn save(&mut self, context: &RowContext<'_>, row: &NominationRow) -> Result<RowEffect> {
        let known = context.writing.person_by_email(row.email.key())?;
        if let Some(person) = known {
            if let Some(effect) = self.known(context, row, person)? {
                return Ok(effect);
            }
            let card = context.writing.person(person)?;
            let stage = card.and_then(|card| card.standing.stage);
            if let Err(sentence) = may_nominate(stage) {
                return Ok(context.reject(sentence));
            }
        }
        let person = match known {
            Some(person) => person,
            None => {
                self.people_new += 1;
                add_person(context.writing, row)?
            }
        };
        let id = context.writing.nominate(&NewNomination {
            person,
            by: &row.by,
            reason: row.reason.as_deref().unwrap_or(NO_REASON),
            at: context.present.instant_on(row.on.map(Into::into))?,
        })?;
        context.writing.note_cells(id, context.cells)?;
        self.saved.insert(id);
        self.added = true;
        Ok(RowEffect::New)
    }

    fn look_ahead(&mut self, rows: &[Result<FileRow<NominationRow>, Rejected>]) {
        let rows = rows.iter().flatten();
        self.reasons = rows.filter_map(|row| row.says.reason.clone()).collect();
    }

    fn figures(&self, record: Record) -> Record {
        record.with("people_new", "People new", self.people_new)
    }

    fn next(&self) -> Option<Sentence> {
        let next = || Sentence::from("Next: ").then(CommandLine::of("nominations"));
        self.added.then(next)
    }
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
        account: account.account(),
        fields: &fields,
    };
    Ok(writing.add_person(&new, false)?)
}
