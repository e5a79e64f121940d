//! Goodwill beyond the survey: signals of every kind, renewals, and nominations that wait, are late or were answered.
//! It concerns the crowd alone, outside of healthcare, so that the cast's stories stay as they are told. Chance comes
//! from a stream of its own.

use chrono::NaiveDate;
use fastrand::Rng;

use super::cast::ROLES;
use super::events::Fact;
use super::plan::Plan;
use super::write::Ids;
use crate::domain::calendar::{months_after, months_before};
use crate::domain::nomination::Decision;
use crate::domain::signal::SignalKind;
use crate::domain::stage::Stage;
use crate::store::{NewDecision, NewNomination, NewSignal, Whose, Writing};

/// Sets the chance of goodwill apart from that of everything else.
const STREAM: u64 = 0x60_0DD1;
/// The source of the usage exports.
const USAGE: &str = "usage";
/// The source of the CRM's exports.
const CRM: &str = "crm";
/// How many usage exports were imported, one a month.
const EXPORTS: u32 = 6;
/// Renewals of so many days are on record.
const RENEWALS: i64 = 120;

/// One thing to write.
pub(super) enum Step {
    /// A signal of a person.
    OfPerson(usize, Seen),
    /// A signal of an account.
    OfAccount(usize, Seen),
    /// The nomination of this number is made.
    Nominated {
        nomination: usize,
        person: usize,
        by: &'static str,
        reason: &'static str,
    },
    /// It is answered.
    Answered {
        nomination: usize,
        decision: Decision,
        reason: Option<&'static str>,
        by: &'static str,
    },
}

/// What a signal says.
pub(super) struct Seen {
    kind: SignalKind,
    reading: Option<String>,
    note: Option<String>,
    key: Option<(&'static str, String)>,
}

impl Seen {
    fn noted(kind: SignalKind, note: &str) -> Self {
        Self {
            kind,
            reading: None,
            note: Some(note.to_owned()),
            key: None,
        }
    }
}

/// Signals typed by hand: days ago, what was seen, and the words beside it.
#[rustfmt::skip]
const SEEN: &[(i64, SignalKind, &str)] = &[
    (3, SignalKind::SupportPraise, "Thanked the night shift by name in the ticket"),
    (9, SignalKind::Community, "Answered four questions of other customers"),
    (16, SignalKind::BusinessReview, "Named three savings we had not counted"),
    (20, SignalKind::Health, "All green in the quarterly check"),
    (24, SignalKind::PublicPraise, "Posted about the go-live with a photo of the team"),
    (31, SignalKind::Community, "Wrote the guide on approvals"),
    (47, SignalKind::RepeatCustomer, "Brought us in at the second company in a row"),
    (62, SignalKind::SupportPraise, "Best answer I had from any vendor this year"),
    (75, SignalKind::Expansion, "Two more sites"),
    (92, SignalKind::BusinessReview, "Asked to show our roadmap to the board"),
    (140, SignalKind::Expansion, "From one team to the whole department"),
];

/// An answer to a nomination: days ago, what, and why.
type Reply = (i64, Decision, &'static str);

/// Nominations of people about whom nothing was decided: days ago, why, and the answer.
#[rustfmt::skip]
const PROPOSED: &[(i64, &str, Option<Reply>)] = &[
    (2, "Showed our board to a visitor without being asked", None),
    (5, "Leads the regional user group", None),
    (11, "Rolled out to all sites in six weeks", None),
    (26, "Speaks at every industry meeting", None),
    (33, "Wrote to our CEO after the go-live", Some((30, Decision::Accepted, ""))),
    (45, "Trains new colleagues on our product", Some((41, Decision::Accepted, "a good voice for the next webinar"))),
    (60, "Friendly on every call", Some((55, Decision::Declined, "their rollout has only begun"))),
    (110, "Knows many people in the trade", Some((98, Decision::Declined, "their company does not allow endorsements"))),
];

impl Plan<'_> {
    /// Adds what was seen of people and accounts, and who was proposed.
    pub(super) fn add_goodwill(&mut self, seed: u64) {
        let before = std::mem::replace(&mut self.rng, Rng::with_seed(seed ^ STREAM));
        let mut undecided = self.crowd(|stages| stages.is_empty());
        self.rng.shuffle(&mut undecided);
        self.import_usage(&undecided);
        self.see(&undecided);
        self.renew();
        self.propose(&undecided);
        self.propose_advocates();
        self.rng = before;
    }

    /// People outside of the cast's accounts and healthcare, by what was decided about them.
    fn crowd(&self, wanted: impl Fn(&[Stage]) -> bool) -> Vec<usize> {
        let people = ROLES.len()..self.people.len();
        let fits = |person: &usize| {
            let who = &self.people[*person];
            let account = &self.accounts[who.account];
            let stages = who.stages.iter().filter_map(|(_, standing)| standing.stage);
            let stages: Vec<Stage> = stages.collect();
            !account.told && account.industry != "healthcare" && wanted(&stages)
        };
        people.filter(fits).collect()
    }

    /// A usage export on the first of each month: of some advocates and some who are none.
    fn import_usage(&mut self, undecided: &[usize]) {
        let mut users = self.crowd(|stages| stages.last() == Some(&Stage::Active));
        self.rng.shuffle(&mut users);
        users.truncate(8);
        users.extend(undecided.iter().rev().take(6));
        let today = self.present.today;
        for months in 1..=EXPORTS {
            let month = months_before(today, months);
            let on = months_after(month, 1).min(self.day(1));
            let name = month.format("%Y-%m");
            let mut facts = Vec::new();
            for &person in &users {
                let days = self.rng.u32(14..29);
                if days < 20 {
                    continue;
                }
                let seen = Seen {
                    kind: SignalKind::PowerUser,
                    reading: Some(format!("active_days {days}")),
                    note: None,
                    key: Some((USAGE, format!("{name}:{person}"))),
                };
                facts.push(Fact::Goodwill(Step::OfPerson(person, seen)));
            }
            let command = format!(
                "advocate import signals usage-{name}.csv --source {USAGE} --kind power-user --when 'active_days>=20'"
            );
            self.happens(on, 4, "cron", command, facts);
        }
    }

    /// Signals typed by hand; what an account does is the account's.
    fn see(&mut self, undecided: &[usize]) {
        let mut advocates = self.crowd(|stages| stages.last() == Some(&Stage::Active));
        self.rng.shuffle(&mut advocates);
        let people = advocates.iter().zip(undecided.iter().rev().skip(6));
        let people: Vec<usize> = people.flat_map(|(a, b)| [*a, *b]).collect();
        for ((ago, kind, note), person) in SEEN.iter().zip(people) {
            let who = &self.people[person];
            let (account, by) = (&self.accounts[who.account], self.owner(person));
            let seen = Seen::noted(*kind, note);
            let (whose, step) = match kind {
                SignalKind::Expansion | SignalKind::BusinessReview | SignalKind::Health => (
                    format!("--account {:?}", account.name),
                    Step::OfAccount(who.account, seen),
                ),
                _ => (who.email.key().to_owned(), Step::OfPerson(person, seen)),
            };
            let command = format!("advocate signal add {whose} --kind {kind} --note {note:?}");
            self.happens(self.day(*ago), 16, by, command, vec![Fact::Goodwill(step)]);
        }
    }

    /// Contracts of a year that were renewed lately: the import of the next night sees the new date.
    fn renew(&mut self) {
        let today = self.present.today;
        let renewed = self
            .accounts
            .iter()
            .enumerate()
            .filter_map(|(index, account)| {
                let next = account.state.renewal_on?;
                let last = months_before(next, 12);
                let recent = last < today && (today - last).num_days() <= RENEWALS;
                let crowd = !account.told && account.industry != "healthcare";
                (recent && crowd).then_some((index, last, next))
            });
        let renewed: Vec<(usize, NaiveDate, NaiveDate)> = renewed.collect();
        for (account, last, next) in renewed {
            let seen = Seen {
                kind: SignalKind::Renewal,
                reading: None,
                note: Some(format!("from {last} to {next}")),
                key: Some((CRM, format!("renewal of {account} from {last}"))),
            };
            let command =
                format!("advocate import accounts crm-accounts-{last}.csv --source {CRM}");
            let step = Fact::Goodwill(Step::OfAccount(account, seen));
            self.happens(last, 3, "cron", command, vec![step]);
        }
    }

    /// Proposes people about whom nothing was decided, and answers some.
    fn propose(&mut self, undecided: &[usize]) {
        for (nomination, (one, &person)) in PROPOSED.iter().zip(undecided).enumerate() {
            let (ago, reason, answer) = one;
            let by = match nomination % 2 {
                0 => self.owner(person),
                _ => self.words.sellers[nomination % self.words.sellers.len()],
            };
            self.nominate(nomination, person, (self.day(*ago), by), reason);
            let Some((ago, decision, reason)) = answer else {
                continue;
            };
            let by = self.owner(person);
            let reason = (!reason.is_empty()).then_some(*reason);
            let verb = match decision {
                Decision::Accepted => "accept",
                Decision::Declined => "decline",
            };
            let mut command = format!("advocate nominations {verb} {{nomination}}");
            if let Some(reason) = reason {
                command += &format!(" --reason {reason:?}");
            }
            let step = Step::Answered {
                nomination,
                decision: *decision,
                reason,
                by,
            };
            self.happens(self.day(*ago), 13, by, command, vec![Fact::Goodwill(step)]);
        }
    }

    /// Some advocates were proposed before they were invited, and one after she had joined.
    fn propose_advocates(&mut self) {
        const REASONS: [&str; 3] = [
            "Would recommend us to anyone",
            "Helped us to win the last deal",
            "Gave the best answer in the review",
        ];
        let mut invited = self.crowd(|stages| stages.first() == Some(&Stage::Invited));
        self.rng.shuffle(&mut invited);
        let first = PROPOSED.len();
        for (index, &person) in invited.iter().take(9).enumerate() {
            let Some((on, _)) = self.people[person].stages.first() else {
                continue;
            };
            let on = *on - chrono::TimeDelta::days(self.rng.i64(2..12));
            let by = self.words.owners[index % 3];
            let reason = REASONS[index % REASONS.len()];
            self.nominate(first + index, person, (on, by), reason);
        }
        let advocates = self.crowd(|stages| stages.last() == Some(&Stage::Active));
        if let Some(&person) = advocates.last() {
            let by = self.owner(person);
            let on = self.day(4);
            self.nominate(
                first + 9,
                person,
                (on, by),
                "Offered to speak at our user day",
            );
        }
    }

    fn nominate(
        &mut self,
        nomination: usize,
        person: usize,
        (on, by): (NaiveDate, &'static str),
        reason: &'static str,
    ) {
        let email = self.people[person].email.key();
        let command = format!("advocate nominate {email} --by {by:?} --reason {reason:?}");
        let step = Step::Nominated {
            nomination,
            person,
            by,
            reason,
        };
        self.happens(on, 9, by, command, vec![Fact::Goodwill(step)]);
    }
}

/// The command with the number of what it speaks of.
///
/// # Errors
/// When that is not written yet.
pub(super) fn named(ids: &Ids, step: &Step, command: &str) -> anyhow::Result<String> {
    Ok(match step {
        Step::Answered { nomination, .. } => {
            command.replace("{nomination}", &ids.nomination(*nomination)?.to_string())
        }
        _ => command.to_owned(),
    })
}

/// Writes one step.
///
/// # Errors
/// When the file cannot be written, or an answer comes before what it answers.
pub(super) fn write(writing: &Writing<'_>, ids: &mut Ids, step: &Step) -> anyhow::Result<()> {
    match step {
        Step::OfPerson(person, seen) => {
            add_signal(writing, Whose::Person(ids.person(*person)), seen)?;
        }
        Step::OfAccount(account, seen) => {
            add_signal(writing, Whose::Account(ids.account(*account)), seen)?;
        }
        Step::Nominated {
            nomination,
            person,
            by,
            reason,
        } => {
            let id = writing.nominate(&NewNomination {
                person: ids.person(*person),
                by,
                reason,
                at: writing.at,
            })?;
            ids.nominations.insert(*nomination, id);
        }
        Step::Answered {
            nomination,
            decision,
            reason,
            by,
        } => writing.decide_nomination(&NewDecision {
            nomination: ids.nomination(*nomination)?,
            decision: *decision,
            reason: *reason,
            by,
        })?,
    }
    Ok(())
}

fn add_signal(writing: &Writing<'_>, of: Whose, seen: &Seen) -> anyhow::Result<()> {
    let key = match &seen.key {
        Some((source, key)) => Some((writing.ensure_source(source)?, key.as_str())),
        None => None,
    };
    writing.add_signal(&NewSignal {
        of,
        kind: seen.kind,
        reading: seen.reading.as_deref(),
        note: seen.note.as_deref(),
        key,
        at: writing.at,
    })?;
    Ok(())
}
