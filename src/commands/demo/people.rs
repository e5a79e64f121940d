//! People who do not stay what one record says: an advocate who went to the company that a referral introduced, and
//! was a customer again there, and somebody who answered surveys from two addresses.

use super::SOURCE;
use super::cast::ROLES;
use super::plan::{Person, Plan};
use super::words::address;
use crate::commands::{merge, moving};
use crate::domain::calendar::Timestamp;
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::{PersonId, ResponseId};
use crate::domain::present::Present;
use crate::domain::score::Score;
use crate::domain::stage::Stage;
use crate::store::{NewMove, NewOperation, NewPerson, NewResponse, Writing};

/// Somebody's last ask lies so many days back before anything else happens to them.
const QUIET: i64 = 10;

/// What happens to whom, found in the plan before it is written down.
pub(super) struct Story {
    mover: Option<Mover>,
    /// The first is merged; the others wait for `advocate merge --suggest`.
    twice: Vec<Twice>,
}

/// An advocate who goes to another account.
struct Mover {
    email: Email,
    to: String,
    new_email: String,
    at: Timestamp,
    by: &'static str,
}

/// Somebody with a second address.
struct Twice {
    email: Email,
    second: String,
    name: String,
    answered_at: Timestamp,
    merged_at: Timestamp,
    by: &'static str,
}

impl Plan<'_> {
    /// Finds them.
    pub(super) fn story(&mut self) -> Story {
        let mover = self.mover();
        let moving = mover.as_ref().map(|(person, _)| *person);
        let others = self.advocates().filter(|person| Some(*person) != moving);
        let twice: Vec<usize> = others.take(2).collect();
        Story {
            mover: mover.map(|(person, to)| self.go(person, to)),
            twice: twice
                .into_iter()
                .map(|person| self.answer_twice(person))
                .collect(),
        }
    }

    /// Advocates whom no story needs where they are.
    fn advocates(&self) -> impl Iterator<Item = usize> + '_ {
        let fits = |person: &usize| {
            let who = &self.people[*person];
            let account = &self.accounts[who.account];
            let advocate = who.stages.last().and_then(|(_, standing)| standing.stage);
            advocate == Some(Stage::Active)
                && !account.told
                && !["healthcare", "logistics"].contains(&account.industry)
                && self.last_asked(who) > QUIET
        };
        (ROLES.len()..self.people.len()).filter(fits)
    }

    fn last_asked(&self, who: &Person) -> i64 {
        let days = who.taps.iter().map(|tap| self.ago(self.taps[*tap].on));
        days.min().unwrap_or(i64::MAX)
    }

    /// Who goes, and to which account: best the one who introduced it.
    fn mover(&self) -> Option<(usize, usize)> {
        let referral = self.demand.referrals.first()?;
        let to = self
            .accounts
            .iter()
            .position(|account| account.name == referral.company)?;
        let referrer = self.taps[referral.tap].person;
        let from_elsewhere = |person: &usize| self.people[*person].account != to;
        let mut fitting = self.advocates().filter(from_elsewhere);
        let introduced_it = self.advocates().find(|person| *person == referrer);
        Some((introduced_it.or_else(|| fitting.next())?, to))
    }

    fn go(&mut self, person: usize, to: usize) -> Mover {
        let by = self.owner(person);
        let on = self.day(QUIET - 3);
        let who = &self.people[person];
        Mover {
            email: who.email.clone(),
            to: self.accounts[to].name.clone(),
            new_email: format!("{}@{}", address(&who.name, "."), self.accounts[to].domain),
            at: self.at(on, 10),
            by,
        }
    }

    fn answer_twice(&mut self, person: usize) -> Twice {
        let by = self.owner(person);
        let (answered, merged) = (self.day(QUIET - 4), self.day(QUIET - 6));
        let who = &self.people[person];
        let domain = &self.accounts[who.account].domain;
        Twice {
            email: who.email.clone(),
            second: format!("{}@{domain}", address(&who.name, "")),
            name: who.name.clone(),
            answered_at: self.at(answered, 9),
            merged_at: self.at(merged, 16),
            by,
        }
    }
}

/// Writes it all.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(writing: &Writing<'_>, present: &Present, story: &Story) -> anyhow::Result<()> {
    if let Some(mover) = &story.mover {
        write_move(writing, mover)?;
    }
    for twice in &story.twice {
        write_second_answer(writing, twice)?;
    }
    match story.twice.first() {
        Some(twice) => write_merge(writing, present, twice),
        None => Ok(()),
    }
}

fn person(writing: &Writing<'_>, email: &Email) -> anyhow::Result<PersonId> {
    let found = writing.person_by_email(email.key())?;
    found.ok_or_else(|| anyhow::anyhow!("{email} is not written yet"))
}

fn write_move(writing: &Writing<'_>, mover: &Mover) -> anyhow::Result<()> {
    let id = person(writing, &mover.email)?;
    let from = writing.person(id)?;
    let Some(to) = writing.account_by_name(&mover.to)? else {
        return Ok(());
    };
    let (old, to_name, new) = (&mover.email, &mover.to, &mover.new_email);
    let command =
        format!("advocate move {old} --account {to_name:?} --email {new} --repeat-customer");
    let operation = NewOperation {
        at: mover.at,
        actor: &address(mover.by, "."),
        command: &command,
    };
    Ok(writing.also(&operation, |writing| {
        if writing.record_by_email(new)?.is_none() {
            let email = Email::parse(new).map_err(anyhow::Error::msg)?;
            writing.change_address(id, &email)?;
        }
        writing.move_person(&NewMove {
            person: id,
            from: from.as_ref().and_then(|person| person.account_id),
            to,
            note: Some("brought us along"),
            at: mover.at,
        })?;
        let was = from.as_ref().and_then(|person| person.account.as_deref());
        moving::add_repeat_customer(writing, id, (was, to_name), mover.at)
    })?)
}

fn write_second_answer(writing: &Writing<'_>, twice: &Twice) -> anyhow::Result<()> {
    let account = writing.person(person(writing, &twice.email)?)?;
    let email = Email::parse(&twice.second).map_err(anyhow::Error::msg)?;
    let operation = NewOperation {
        at: twice.answered_at,
        actor: "cron",
        command: "advocate import nps survey.csv",
    };
    writing.also(&operation, |writing| {
        let new = NewPerson {
            email: &email,
            account: account.and_then(|person| person.account_id),
            fields: &[(PersonField::Name, twice.name.clone())],
        };
        let second = writing.add_person(&new, false)?;
        let (.., id) = writing.next_ids()?;
        writing.add_response(&NewResponse {
            id: ResponseId(id.0),
            source: writing.ensure_source(SOURCE)?,
            key: &format!("demo-{id}"),
            person: Some(second),
            account: None,
            respondent: None,
            score: Score::PROMOTER_FROM,
            comment: "",
            responded_at: twice.answered_at,
            updated_at: None,
            row: None,
        })?;
        Ok(writing.refresh_latest_response(second)?)
    })
}

fn write_merge(writing: &Writing<'_>, present: &Present, twice: &Twice) -> anyhow::Result<()> {
    let second = Email::parse(&twice.second).map_err(anyhow::Error::msg)?;
    let (kept, merged) = (
        writing.person(person(writing, &twice.email)?)?,
        writing.person(person(writing, &second)?)?,
    );
    let (Some(kept), Some(merged)) = (kept, merged) else {
        return Ok(());
    };
    let reason = "answers from the phone under another address";
    let command = format!(
        "advocate merge {} {} --reason {reason:?}",
        twice.email, twice.second
    );
    let operation = NewOperation {
        at: twice.merged_at,
        actor: &address(twice.by, "."),
        command: &command,
    };
    writing.also(&operation, |writing| {
        merge::join(writing, present, (&kept, &merged), Some(reason), twice.by)?;
        Ok(())
    })
}
