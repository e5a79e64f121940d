//! The rule of each kind that is about a person: what causes an item, the day by which it is due, and what settles it. A fact of the very day
//! of the cause settles it: days have no hours here.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place was just found in the same list"
)]

use chrono::NaiveDate;

use super::facts::{AgendaInput, Care, Completed, Person};
use super::item::{Item, ItemKind, Matter};
use super::library::Origins;
use crate::domain::asset::AssetKind;
use crate::domain::calendar::{days_after, months_after};
use crate::domain::ids::TapId;
use crate::domain::policy::Policy;
use crate::domain::score::Score;
use crate::domain::stage::Stage;

/// Everything that is not settled on `today`, due or not, in no order.
pub(super) fn items(facts: &AgendaInput, policy: &Policy, today: NaiveDate) -> Vec<Item> {
    let mut items = Vec::new();
    let origins = Origins::of(&facts.assets);
    for person in &facts.people {
        let rules = Rules {
            person,
            policy,
            today,
        };
        items.extend(rules.thanks());
        items.extend(rules.unsettled());
        if !person.is_left_alone() {
            items.extend(rules.of_asks(&origins));
            items.extend(rules.of_stages());
            items.extend(rules.of_advocates());
        }
    }
    items
}

/// The rules about one person.
struct Rules<'a> {
    person: &'a Person,
    policy: &'a Policy,
    today: NaiveDate,
}

impl Rules<'_> {
    /// Something that is so since a day, and due a number of days later.
    fn item(&self, kind: ItemKind, since: NaiveDate, days: u32, matter: Matter) -> Item {
        Item {
            kind,
            person: Some(self.person.id),
            since,
            due_on: days_after(since, days),
            matter,
        }
    }

    /// `thanks.days` after an ask was completed, whoever they are by now, but for whoever was erased.
    fn thanks(&self) -> Vec<Item> {
        if self.person.is_erased {
            return Vec::new();
        }
        let days = self.policy.care.thanks_days;
        let owed = self.person.completed.iter();
        let owed = owed.filter(|one| !settles(&self.person.thanks, one.tap, one.on));
        let items = owed.filter_map(|one| self.owed(ItemKind::ThankYou, one.on, days, one));
        items.collect()
    }

    /// Asks of which nobody has said what became of them, whoever they are by now: the record waits, not they.
    fn unsettled(&self) -> Vec<Item> {
        let (person, care) = (self.person, &self.policy.care);
        let pending = person.pending.iter().map(|tap| {
            let matter = Matter::Ask(tap.tap, tap.ask);
            self.item(ItemKind::PendingTap, tap.on, care.answer_days, matter)
        });
        let accepted = person.accepted.iter().map(|tap| {
            let time = tap.appointment.and_then(|agreed| agreed.time);
            let matter = match time {
                Some(time) => Matter::Appointment(tap.tap, tap.ask, time),
                None => Matter::Ask(tap.tap, tap.ask),
            };
            let item = self.item(ItemKind::AcceptedTap, tap.on, care.accepted_days, matter);
            Item {
                due_on: tap.appointment.map_or(item.due_on, |agreed| agreed.on),
                ..item
            }
        });
        pending.chain(accepted).collect()
    }

    /// What an ask leaves open: a bad experience to talk about, an asset to make, results to share, a hold to use.
    fn of_asks(&self, assets: &Origins<'_>) -> Vec<Item> {
        let mut items = Vec::new();
        for one in &self.person.completed {
            items.extend(self.low_rating(one));
            items.extend(self.leaves(one, assets));
        }
        items.extend(self.person.holds.iter().map(|hold| {
            let matter = Matter::Hold(hold.id, hold.request);
            self.item(ItemKind::Hold, hold.last_day, 0, matter)
        }));
        items
    }

    /// At once when an ask was rated badly, until somebody talked with them: thanks are no talk.
    fn low_rating(&self, done: &Completed) -> Option<Item> {
        let (rating, on) = done.rated?;
        let is_low = u32::from(rating.get()) <= self.policy.bad_rating.most;
        let about_it = |talk: &Care| talk.on >= on && talk.tap.is_none_or(|tap| tap == done.tap);
        let talked = self.person.talks.iter().any(about_it);
        let item = || self.owed(ItemKind::LowRating, on, 0, done);
        (is_low && !talked).then(item).flatten()
    }

    /// The asset that a completed ask should have left. Once it is there, what came of it is shared after it is
    /// published; of any other ask, `results.days` after it was completed.
    fn leaves(&self, done: &Completed, assets: &Origins<'_>) -> Vec<Item> {
        let care = &self.policy.care;
        let kind = AssetKind::left_by(done.ask);
        if kind.is_some() && assets.has(self.person.id, done) {
            return Vec::new();
        }
        let days = care.asset_missing_days;
        let missing = kind.and_then(|_| self.owed(ItemKind::AssetMissing, done.on, days, done));
        let told = settles(&self.person.results, done.tap, done.on);
        let results = || self.owed(ItemKind::Results, done.on, care.results_days, done);
        let results = (!told).then(results).flatten();
        missing.into_iter().chain(results).collect()
    }

    /// What a completed ask calls for. What was overdue already when it came in with an imported history is history.
    fn owed(&self, kind: ItemKind, since: NaiveDate, days: u32, done: &Completed) -> Option<Item> {
        let item = self.item(kind, since, days, Matter::Ask(done.tap, done.ask));
        let is_history = done.imported_on.is_some_and(|day| item.due_on < day);
        (!is_history).then_some(item)
    }

    /// What waits for a decision: nominations, whom to invite, an invitation, a pause.
    fn of_stages(&self) -> Vec<Item> {
        let person = self.person;
        let mut items = Vec::new();
        if matches!(person.standing.stage, None | Some(Stage::Candidate)) {
            items.extend(person.nominations.iter().map(|one| {
                let matter = Matter::Nomination(one.id, one.by.clone());
                let days = self.policy.nomination_days;
                self.item(ItemKind::Nomination, one.on, days, matter)
            }));
            items.extend(self.invite());
        }
        if let (Some(Stage::Invited), Some(on)) = (person.standing.stage, person.stage_since()) {
            let days = self.policy.care.invitation_days;
            items.push(self.item(ItemKind::Invitation, on, days, Matter::Since(on)));
        }
        items.extend(self.pause_ends());
        items.extend(self.open_pause());
        items
    }

    /// `invite.days` after the first nomination of theirs was accepted about which nothing was decided since.
    fn invite(&self) -> Option<Item> {
        let decided_on = self.person.stage_since();
        let mut waiting = self.person.wanted.iter();
        let first = waiting.find(|one| decided_on.is_none_or(|decided| decided <= one.on))?;
        let matter = Matter::Nomination(first.id, first.by.clone());
        let days = self.policy.care.invite_days;
        Some(self.item(ItemKind::Invite, first.on, days, matter))
    }

    /// `pause.days` after a pause without an end began, or after the last touch.
    fn open_pause(&self) -> Option<Item> {
        let standing = self.person.standing;
        let is_open = standing.stage == Some(Stage::Paused) && standing.until.is_none();
        let paused_on = self.person.stage_since().filter(|_| is_open)?;
        let since = paused_on.max(self.person.last_touch_on.unwrap_or(paused_on));
        let days = self.policy.care.pause_days;
        Some(self.item(ItemKind::OpenPause, since, days, Matter::Since(paused_on)))
    }

    /// From the day on which a pause ends by itself until somebody decides about it or is in touch again; by then a
    /// check-in is due, and takes over.
    fn pause_ends(&self) -> Option<Item> {
        let until = self.end_of_pause()?;
        let in_touch = self.person.last_touch_on.is_some_and(|on| on >= until);
        let taken_over = days_after(until, self.policy.care.check_in_days) <= self.today;
        (!in_touch && !taken_over)
            .then(|| self.item(ItemKind::PauseEnds, until, 0, Matter::Since(until)))
    }

    fn end_of_pause(&self) -> Option<NaiveDate> {
        let standing = self.person.standing;
        standing
            .until
            .filter(|_| standing.stage == Some(Stage::Paused))
    }

    /// What an active advocate is due; somebody who rests is left to rest.
    fn of_advocates(&self) -> Vec<Item> {
        if self.person.standing.on(self.today) != Some(Stage::Active) {
            return Vec::new();
        }
        let items = [self.check_in(), self.verify(), self.score_drop()];
        items.into_iter().flatten().collect()
    }

    /// `check-in.days` after the last touch, after the last decision about them, or after the pause that kept us from
    /// them. Asks are no contact.
    fn check_in(&self) -> Option<Item> {
        let person = self.person;
        let contact = person.last_touch_on.max(person.stage_since());
        let on = contact.max(self.end_of_pause())?;
        let days = self.policy.care.check_in_days;
        Some(self.item(ItemKind::CheckIn, on, days, Matter::Since(on)))
    }

    /// At once after a move, and else `verify.months` after the profile was verified or confirmed.
    fn verify(&self) -> Option<Item> {
        if let Some(on) = self.person.unverified_move_on {
            return Some(self.item(ItemKind::Verify, on, 0, Matter::Since(on)));
        }
        let on = self.person.verified_on.max(self.person.advocate_since())?;
        let item = self.item(ItemKind::Verify, on, 0, Matter::Since(on));
        Some(Item {
            due_on: months_after(on, self.policy.verify_months),
            ..item
        })
    }

    /// At once when an advocate's answer falls, until a touch of that day or later.
    fn score_drop(&self) -> Option<Item> {
        let (on, from, to) = fall(&self.person.answers)?;
        let heard = self.person.last_touch_on.is_some_and(|touch| touch >= on);
        let before = self.person.advocate_since().is_some_and(|since| on < since);
        (!heard && !before).then(|| self.item(ItemKind::ScoreDrop, on, 0, Matter::Scores(from, to)))
    }
}

/// Whether something was done for this ask: linked to it, or to none and not before it was completed.
fn settles(done: &[Care], tap: TapId, completed_on: NaiveDate) -> bool {
    done.iter().any(|one| match one.tap {
        Some(linked) => linked == tap,
        None => one.on >= completed_on,
    })
}

/// The last fall into a lower group since a promoter's answer, as long as it lasts: its day, the score before and the
/// score then. From 10 to 7 to 8 is one fall, to 7; from 10 to 7 to 5 a second, to 5.
fn fall(answers: &[(NaiveDate, Score)]) -> Option<(NaiveDate, Score, Score)> {
    let mut last = None;
    let promoter = answers.iter().rposition(|(_, score)| score.is_promoter())?;
    for pair in answers[promoter..].windows(2) {
        let [(_, from), (on, to)] = pair else {
            continue;
        };
        if to.group() < from.group() {
            last = Some((*on, *from, *to));
        }
    }
    last
}
