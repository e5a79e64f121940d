//! The person who is meant, added with their account where the address is unknown.

use super::description::{DescribeArgs, edit_account, edit_person};
use super::person::Found;
use super::{account, person, slip_of_industry};
use crate::domain::email::Email;
use crate::domain::ids::PersonId;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Entry, Record, Sentence, Shown};
use crate::session::Session;
use crate::store::{NewPerson, PersonRow, Writing};

/// Whom somebody named, and what had to be added for it.
pub(crate) struct FoundOrAdded {
    /// The person.
    pub person: PersonRow,
    /// Whether they are new.
    pub person_new: bool,
    /// Whether their account is.
    pub account_new: bool,
    /// A known address that is but a slip away from the new one.
    like: Option<String>,
    /// Words that ask back about a new industry.
    slip_of_industry: Option<String>,
    /// An account that is called nearly as the new one.
    like_account: Option<String>,
}

impl FoundOrAdded {
    /// The answer, which says what was added.
    pub(crate) fn added(&self, record: Record) -> Record {
        let added = match (self.person_new, self.account_new) {
            (true, true) => Some("person and account"),
            (true, false) => Some("person"),
            (false, true) => Some("account"),
            (false, false) => None,
        };
        let record = match added {
            Some(words) => record.entry(Entry::new("added", "Added", words).only(Shown::ToPeople)),
            None => record,
        };
        record
            .data("person_new", self.person_new)
            .data("account_new", self.account_new)
    }

    /// Asks whether a new address or industry is a known one with a slip in it.
    pub(crate) fn ask_back(&self, session: &mut Session<'_>) -> Result<()> {
        if let Some(words) = &self.slip_of_industry {
            session.note(words.as_str())?;
        }
        if let (Some(like), Some(new)) = (&self.like_account, &self.person.account) {
            let merge = CommandLine::of("account merge").value(like).value(new);
            let words = format!("the account {new} is new; did you mean {like}? If so: ");
            session.note(Sentence::from(words).then(merge))?;
        }
        let (Some(like), new) = (&self.like, &self.person.email) else {
            return Ok(());
        };
        let merge = CommandLine::of("merge").value(like).value(new);
        session
            .note(Sentence::from(format!("{new} is new; did you mean {like}? If so: ")).then(merge))
    }
}

/// The person meant, described with what was typed; an unknown address is added, with its account.
///
/// # Errors
/// Exit code 2: nobody, or several, or what is no address.
pub(crate) fn find_or_add(
    writing: &Writing<'_>,
    who: &str,
    args: &DescribeArgs,
) -> Result<FoundOrAdded> {
    let slip_of_industry = slip_of_industry(writing, args.industry.as_deref())?;
    let like_account = account::nearly(writing, args.account.as_deref())?;
    let (known, like) = match person::find(writing, who)? {
        Found::One(id) => (Some(id), None),
        Found::Nobody(nearest) if who.contains('@') => {
            (None, person::like_address(who, &nearest).cloned())
        }
        _ => (Some(person::person(writing, who)?.id), None),
    };
    let (id, account_new) = match known {
        Some(id) => (id, describe(writing, id, args)?),
        None => add(writing, who, args)?,
    };
    let person = on_record(writing, id)?;
    if let Some(account) = person.account_id {
        edit_account(writing, account, &args.account_fields())?;
    }
    Ok(FoundOrAdded {
        person,
        person_new: known.is_none(),
        account_new,
        like,
        slip_of_industry,
        like_account: like_account.filter(|_| account_new),
    })
}

/// The row of somebody who is on record.
pub(crate) fn on_record(writing: &Writing<'_>, id: PersonId) -> Result<PersonRow> {
    let person = writing.person(id)?;
    person.ok_or_else(|| Failure::usage("no such person"))
}

/// Adds somebody, and says whether their account had to be added as well.
fn add(writing: &Writing<'_>, who: &str, args: &DescribeArgs) -> Result<(PersonId, bool)> {
    let email = Email::parse(who).map_err(Failure::usage)?;
    let account = account::of_newcomer(writing, args.account.as_deref(), email.company_domain())?;
    let new = NewPerson {
        email: &email,
        account: account.map(|(id, _)| id),
        fields: &args.person_fields(),
    };
    let id = writing.add_person(&new, true)?;
    Ok((id, account.is_some_and(|(_, new)| new)))
}

/// Whether an account that was typed is the one that somebody has: only a move leads to another.
fn stays(writing: &Writing<'_>, person: &PersonRow, typed: Option<&str>) -> Result<()> {
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else {
        return Ok(());
    };
    if account::is_meant(writing, person.account_id, typed)? {
        return Ok(());
    }
    let (who, account) = (&person.email, person.account.as_deref().unwrap_or_default());
    let went = CommandLine::of("move")
        .value(who)
        .option("--account", typed);
    let message = format!("{who} is at {account}, not at {typed}");
    Err(Failure::usage_hint(
        message,
        Sentence::from("if they went there: ").then(went),
    ))
}

/// Saves what was typed about somebody who is known, and says whether an account had to be added for it.
fn describe(writing: &Writing<'_>, id: PersonId, args: &DescribeArgs) -> Result<bool> {
    let person = on_record(writing, id)?;
    edit_person(writing, &person, &args.person_fields())?;
    if person.account_id.is_some() {
        return stays(writing, &person, args.account.as_deref()).map(|()| false);
    }
    let email = Email::on_record(&person.email);
    let Some((account, new)) =
        account::of_newcomer(writing, args.account.as_deref(), email.company_domain())?
    else {
        return Ok(false);
    };
    writing.join_account(id, account)?;
    Ok(new)
}
