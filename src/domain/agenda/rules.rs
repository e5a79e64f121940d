//! The rule of each kind: what causes an item, the day by which it is due, and what settles it. A fact of the very day
//! of the cause settles it: days have no hours here.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::facts::{AgendaInput, Asset, Care, Person, Request};
use super::item::{Item, ItemKind, Matter};
use crate::domain::asset::AssetStatus;
use crate::domain::calendar::{days_after, months_after};
use crate::domain::ids::{PersonId, TapId};
use crate::domain::policy::Policy;
use crate::domain::score::Score;
use crate::domain::stage::Stage;

/// Everything that is not settled on `today`, due or not, in no order.
pub(super) fn items(facts: &AgendaInput, policy: &Policy, today: NaiveDate) -> Vec<Item> {
    let mut items = Vec::new();
    for person in &facts.people {
        let rules = Rules {
            person,
            policy,
            today,
        };
        items.extend(rules.thanks());
        if !person.is_left_alone() {
            items.extend(rules.of_asks());
            items.extend(rules.of_stages());
            items.extend(rules.of_advocates());
        }
    }
    items.extend(facts.requests.iter().filter_map(request));
    let left_alone = facts.people.iter().filter(|one| one.is_left_alone());
    let left_alone: BTreeSet<PersonId> = left_alone.map(|one| one.id).collect();
    for asset in &facts.assets {
        items.extend(permission(asset));
        if asset.person.is_none_or(|one| !left_alone.contains(&one)) {
            items.extend(stuck(asset, policy));
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
    fn item(&self, kind: ItemKind, due_on: NaiveDate, matter: Matter) -> Item {
        Item {
            kind,
            person: Some(self.person.id),
            due_on,
            matter,
        }
    }

    /// `thanks.days` after an ask was completed, whoever they are by now.
    fn thanks(&self) -> Vec<Item> {
        let days = self.policy.care.thanks_days;
        self.owed(ItemKind::ThankYou, days, &self.person.thanks)
    }

    /// What an ask leaves open: results to share, an answer, a hold to use.
    fn of_asks(&self) -> Vec<Item> {
        let care = &self.policy.care;
        let mut items = self.owed(ItemKind::Results, care.results_days, &self.person.results);
        items.extend(self.person.pending.iter().map(|tap| {
            let due_on = days_after(tap.on, care.answer_days);
            self.item(ItemKind::PendingTap, due_on, Matter::Ask(tap.tap, tap.ask))
        }));
        items.extend(self.person.holds.iter().map(|hold| {
            let matter = Matter::Hold(hold.id, hold.request);
            self.item(ItemKind::Hold, hold.last_day, matter)
        }));
        items
    }

    /// What every completed ask calls for. What was overdue already when it came in with an imported history is
    /// history.
    fn owed(&self, kind: ItemKind, days: u32, done: &[Care]) -> Vec<Item> {
        let mut items = Vec::new();
        for one in &self.person.completed {
            let due_on = days_after(one.on, days);
            let is_history = one.imported_on.is_some_and(|day| due_on < day);
            if !is_history && !settles(done, one.tap, one.on) {
                items.push(self.item(kind, due_on, Matter::Ask(one.tap, one.ask)));
            }
        }
        items
    }

    /// What waits for a decision: nominations, an invitation, the end of a pause.
    fn of_stages(&self) -> Vec<Item> {
        let person = self.person;
        let mut items = Vec::new();
        if matches!(person.standing.stage, None | Some(Stage::Candidate)) {
            items.extend(person.nominations.iter().map(|one| {
                let due_on = days_after(one.on, self.policy.nomination_days);
                let matter = Matter::Nomination(one.id, one.by.clone());
                self.item(ItemKind::Nomination, due_on, matter)
            }));
        }
        if let (Some(Stage::Invited), Some(on)) = (person.standing.stage, person.stage_since()) {
            let due_on = days_after(on, self.policy.care.invitation_days);
            items.push(self.item(ItemKind::Invitation, due_on, Matter::Since(on)));
        }
        items.extend(self.pause_ends());
        items
    }

    /// From the day on which a pause ends by itself until somebody decides about it or is in touch again; by then a
    /// check-in is due, and takes over.
    fn pause_ends(&self) -> Option<Item> {
        let until = self.end_of_pause()?;
        let in_touch = self.person.last_touch_on.is_some_and(|on| on >= until);
        let taken_over = days_after(until, self.policy.care.check_in_days) <= self.today;
        (!in_touch && !taken_over)
            .then(|| self.item(ItemKind::PauseEnds, until, Matter::Since(until)))
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
        let due_on = days_after(on, self.policy.care.check_in_days);
        Some(self.item(ItemKind::CheckIn, due_on, Matter::Since(on)))
    }

    /// At once after a move, and else `verify.months` after the profile was verified or confirmed.
    fn verify(&self) -> Option<Item> {
        if let Some(on) = self.person.unverified_move_on {
            return Some(self.item(ItemKind::Verify, on, Matter::Since(on)));
        }
        let on = self.person.verified_on.max(self.person.advocate_since())?;
        let due_on = months_after(on, self.policy.verify_months);
        Some(self.item(ItemKind::Verify, due_on, Matter::Since(on)))
    }

    /// At once when an advocate's answer falls, until a touch of that day or later.
    fn score_drop(&self) -> Option<Item> {
        let (on, from, to) = fall(&self.person.answers)?;
        let heard = self.person.last_touch_on.is_some_and(|touch| touch >= on);
        let before = self.person.advocate_since().is_some_and(|since| on < since);
        (!heard && !before).then(|| self.item(ItemKind::ScoreDrop, on, Matter::Scores(from, to)))
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

/// By the day on which it is needed.
fn request(request: &Request) -> Option<Item> {
    Some(Item {
        kind: ItemKind::Request,
        person: None,
        due_on: request.needed_by?,
        matter: Matter::Request(request.id, request.ask, request.by.clone()),
    })
}

/// The last day on which an asset may be shown, until it is taken out of use or the permission goes on.
fn permission(asset: &Asset) -> Option<Item> {
    let due_on = asset.permission_until?;
    (asset.status != AssetStatus::Expired).then(|| of_asset(asset, ItemKind::Permission, due_on))
}

/// `asset.days` after an asset last moved, until it is published.
fn stuck(asset: &Asset, policy: &Policy) -> Option<Item> {
    let due_on = days_after(asset.since, policy.care.asset_days);
    (asset.status < AssetStatus::Published).then(|| of_asset(asset, ItemKind::Asset, due_on))
}

fn of_asset(asset: &Asset, kind: ItemKind, due_on: NaiveDate) -> Item {
    Item {
        kind,
        person: asset.person,
        due_on,
        matter: Matter::Asset(asset.id, asset.kind, asset.title.clone(), asset.status),
    }
}
