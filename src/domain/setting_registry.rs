//! Every setting of the policy, stated once: its key, its field with the range of its values, and what it means. What
//! is shown, read and written follows from here.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is a place for each kind"
)]

use std::ops::RangeInclusive;

use super::ask::AskKind;
use super::industry::slug;
use super::message::{Language, Message};
use super::policy::Policy;
use super::setting_field::Field;
use super::targets::{self, TargetOf};

const COUNT: RangeInclusive<u32> = 0..=1000;
const MONTHS: RangeInclusive<u32> = 1..=120;
const DAYS: RangeInclusive<u32> = 1..=3650;
const RATING: RangeInclusive<u32> = 1..=5;

/// A setting whose key is fixed.
pub(super) struct FixedSetting {
    /// The dotted key, such as `cap.high.months`.
    pub(super) key: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
    /// Where its value stands.
    pub(super) field: fn(&mut Policy) -> Field<'_>,
}

macro_rules! settings {
    ($($key:literal: $kind:ident($($field:ident).+ $(, $range:expr)?), $meaning:literal;)+) => {
        &[$(FixedSetting {
            key: $key,
            meaning: $meaning,
            field: |policy| Field::$kind(&mut policy.$($field).+ $(, $range)?),
        }),+]
    };
}

/// The settings with fixed keys, in the order in which they are shown.
pub(super) const FIXED: &[FixedSetting] = settings! {
    "time-zone": Zone(time_zone), "where the program's days begin and end (IANA name)";
    "date-order": DateOrder(date_order), "how 10/12/2026 is typed (day-first/month-first/unsaid)";
    "cap.low.max": Number(caps.low.max, COUNT), "most low-effort taps in the window (every tap counts)";
    "cap.low.months": Number(caps.low.months, MONTHS), "length of that window in months";
    "cap.medium.max": Number(caps.medium.max, COUNT), "most medium-effort taps in the window (medium and high count)";
    "cap.medium.months": Number(caps.medium.months, MONTHS), "length of that window in months";
    "cap.high.max": Number(caps.high.max, COUNT), "most high-effort taps in the window";
    "cap.high.months": Number(caps.high.months, MONTHS), "length of that window in months";
    "cap.account.max": Number(account_cap.max, COUNT), "most taps on all people of one account in the window";
    "cap.account.months": Number(account_cap.months, MONTHS), "length of that window in months";
    "decline-rest.months": Number(decline_rest_months, COUNT), "after a decline, months for which that ask kind rests";
    "hold.days": Number(hold_days, DAYS), "days until a hold lapses";
    "brake": Switch(brake.on), "score brake: no asks after a detractor's answer (on/off)";
    "brake.passive": Effort(brake.passive), "most that may be asked after a passive's answer (low/medium/high)";
    "freshness": Switch(freshness.on), "the latest positive moment must be recent (on/off)";
    "freshness.low.months": Number(freshness.months.low, MONTHS), "how recent for a low-effort ask, in months";
    "freshness.medium.months": Number(freshness.months.medium, MONTHS), "how recent for a medium-effort ask, in months";
    "freshness.high.months": Number(freshness.months.high, MONTHS), "how recent for a high-effort ask, in months";
    "freshness.reference.months": Number(freshness.reference, MONTHS), "how recent for a reference, in months";
    "proven": Switch(proven.on), "a high-effort ask needs completed smaller ones (on/off)";
    "proven.medium": Number(proven.medium, COUNT), "so many completed asks of medium effort or more are enough";
    "proven.low": Number(proven.low, COUNT), "or so many completed ones of any effort";
    "bad-rating": Switch(bad_rating.on), "what was rated badly neither proves nor is a positive moment, and rests (on/off)";
    "bad-rating.most": Number(bad_rating.most, RATING), "the best rating that is still a bad one";
    "bad-rating.months": Number(bad_rating.months, COUNT), "after a bad rating, months for which that ask kind rests";
    "account-risk": Switch(account_risk), "no asks while the account is red or escalated (on/off)";
    "renewal": Switch(renewal.on), "only small asks shortly before a renewal (on/off)";
    "renewal.days": Number(renewal.days, DAYS), "how many days before";
    "renewal.allowed": Effort(renewal.allowed), "most that may be asked then (low/medium/high)";
    "conflict": Switch(conflict), "no asks for a prospect that is the account's competitor (on/off)";
    "unanswered": Switch(unanswered.on), "a rest after asks in a row that led to nothing (on/off)";
    "unanswered.asks": Number(unanswered.asks, 1..=1000), "so many asks in a row, declined or without a reply";
    "unanswered.months": Number(unanswered.months, COUNT), "months of that rest, where nothing ends it before";
    "moved": Switch(moved), "no asks of somebody who moved to a company that is no customer, until verified (on/off)";
    "weight.fit": Number(weights.fit, COUNT), "matching: fit with the traits asked for";
    "weight.relationship": Number(weights.relationship, COUNT), "matching: score, its recency, other positive moments";
    "weight.track-record": Number(weights.track_record, COUNT), "matching: acceptance and completion";
    "weight.rest": Number(weights.rest, COUNT), "matching: time since the last tap, taps in the last year";
    "weight.reciprocity": Number(weights.reciprocity, COUNT), "matching: given against taken";
    "half-life.days": Number(half_life_days, DAYS), "matching: days after which a score counts half";
    "tier.points.low": Number(tiers.points.low, COUNT), "tiers: points for a completed low-effort ask";
    "tier.points.medium": Number(tiers.points.medium, COUNT), "tiers: points for a completed medium-effort ask";
    "tier.points.high": Number(tiers.points.high, COUNT), "tiers: points for a completed high-effort ask";
    "tier.silver": Number(tiers.silver, COUNT), "points from which somebody is silver";
    "tier.gold": Number(tiers.gold, COUNT), "points from which somebody is gold";
    "tier.platinum": Number(tiers.platinum, COUNT), "points from which somebody is platinum";
    "ladder.good-rating": Number(good_rating, RATING), "the ladder: ratings from which an ask was a good experience";
    "verify.months": Number(verify_months, MONTHS), "months after which a profile is to be verified again";
    "nomination.days": Number(nomination_days, DAYS), "days within which a nomination is to be answered";
    "thanks.days": Number(care.thanks_days, DAYS), "days after a completed ask by which to thank for it";
    "results.days": Number(care.results_days, DAYS), "days after a completed ask by which to share what came of it";
    "check-in.days": Number(care.check_in_days, DAYS), "days without contact after which to check in with an advocate";
    "answer.days": Number(care.answer_days, DAYS), "days after which an ask without an answer is to be settled";
    "accepted.days": Number(care.accepted_days, DAYS), "days after a yes by which an ask is to be completed, unless it has a day";
    "invite.days": Number(care.invite_days, DAYS), "days after a nomination was accepted by which to invite";
    "invitation.days": Number(care.invitation_days, DAYS), "days within which an invitation is to be answered";
    "permission.days": Number(care.permission_days, DAYS),
        "days before a permission ends on which the agenda speaks of it";
    "asset.days": Number(care.asset_days, DAYS), "days after which an unpublished asset that did not move is stuck";
    "asset-missing.days": Number(care.asset_missing_days, DAYS),
        "days after a completed video, case study, testimonial or talk by which its asset is to be there";
    "pause.days": Number(care.pause_days, DAYS), "days after which a pause without an end comes up";
    "request.days": Number(care.request_days, DAYS), "days after which a request without a needed-by day is due";
    "privacy.keep-months": Number(keep.contact_months, COUNT),
        "months without contact after which somebody who never took part is listed by `forget --due`; 0 for never";
    "undo.months": Number(keep.images_months, MONTHS), "months for which operations can be taken back";
    "deal.open": Words(deal_stages.open), "the CRM's stages of deals that are open, separated by ;";
    "deal.won": Words(deal_stages.won), "the CRM's stages of deals that were won";
    "deal.lost": Words(deal_stages.lost), "the CRM's stages of deals that were lost";
    "exchange.into": Currency(exchange.into), "the currency in which reports show several as one";
    "exchange.rates": Rates(exchange.rates), "what others are worth in it";
};

/// Settings of which there is one for each of something: `industry.healthcare`, `budget.2026`.
pub(super) struct Family {
    /// The key up to the first dot.
    pub(super) name: &'static str,
    /// What stands behind that dot in the keys that there are.
    pub(super) members: fn(&Policy) -> Vec<String>,
    /// What a member means.
    pub(super) meaning: fn(&str) -> String,
    /// Where the value of a member stands.
    pub(super) field: for<'a> fn(&'a mut Policy, &str) -> Option<Field<'a>>,
    /// Adds a member, where there may be any.
    pub(super) add: Option<AddMember>,
}

type AddMember = fn(&mut Policy, &str) -> Result<(), String>;

/// The message and the language of a key such as `reference.en`.
fn message_of(member: &str) -> Result<(Message, Language), String> {
    let unknown = || format!("there is no message `{member}`");
    let (message, language) = member.rsplit_once('.').ok_or_else(unknown)?;
    let named = |one: &Message| one.name() == message;
    let message = Message::all().find(named).ok_or_else(unknown)?;
    Ok((message, language.parse()?))
}

/// The families, in the order in which they are shown.
pub(super) const FAMILIES: &[Family] = &[
    Family {
        name: "effort",
        members: |_| AskKind::ALL.map(|kind| kind.to_string()).to_vec(),
        meaning: |kind| format!("effort of {kind} asks (low/medium/high)"),
        field: |policy, kind| {
            let place = AskKind::ALL.iter().position(|one| one.name() == kind)?;
            Some(Field::Effort(&mut policy.efforts[place]))
        },
        add: None,
    },
    Family {
        name: "industry",
        members: |policy| policy.industries.0.keys().cloned().collect(),
        meaning: |name| format!("other words for {name}, separated by ;"),
        field: |policy, name| policy.industries.0.get_mut(name).map(Field::Words),
        add: Some(|policy, name| {
            let name = named("an industry", name)?;
            policy.industries.0.entry(name).or_default();
            Ok(())
        }),
    },
    Family {
        name: "menu",
        members: |policy| policy.menu.0.keys().cloned().collect(),
        meaning: |name| format!("value back: cost and lowest tier of {name}, or none"),
        field: |policy, name| policy.menu.0.get_mut(name).map(Field::Item),
        add: Some(|policy, name| {
            let name = named("an item of the menu", name)?;
            policy.menu.0.entry(name).or_default();
            Ok(())
        }),
    },
    Family {
        name: "budget",
        members: |policy| policy.budgets.keys().map(ToString::to_string).collect(),
        meaning: |year| format!("value back: what may be spent in {year}, by currency"),
        field: |policy, year| {
            policy
                .budgets
                .get_mut(&budget_year(year).ok()?)
                .map(Field::Amounts)
        },
        add: Some(|policy, year| {
            policy.budgets.entry(budget_year(year)?).or_default();
            Ok(())
        }),
    },
    Family {
        name: "template",
        members: |policy| {
            let own = policy
                .templates
                .0
                .iter()
                .filter(|(_, text)| !text.is_empty());
            let keys = own.map(|((message, language), _)| format!("{}.{language}", message.name()));
            keys.collect()
        },
        meaning: |member| format!("own words of the message {member}"),
        field: |policy, member| {
            let of = message_of(member).ok()?;
            policy.templates.0.get_mut(&of).map(Field::Text)
        },
        add: Some(|policy, member| {
            policy.templates.0.entry(message_of(member)?).or_default();
            Ok(())
        }),
    },
    Family {
        name: targets::FAMILY,
        members: |policy| policy.targets.keys().map(targets::member).collect(),
        meaning: |target| match targets::of_member(target) {
            Ok(TargetOf::Pool) => "so many advocates are wanted in all".to_owned(),
            Ok(target @ (TargetOf::One(_) | TargetOf::Two(..))) => {
                format!("so many free advocates are wanted of {target}")
            }
            _ => {
                let (industry, ask) = target.rsplit_once('.').unwrap_or((target, "any"));
                format!("so many free {industry} advocates for a {ask} ask are wanted")
            }
        },
        field: |policy, target| {
            let number = policy.targets.get_mut(&targets::of_member(target).ok()?)?;
            Some(Field::Number(number, 0..=targets::MOST))
        },
        add: Some(|policy, target| {
            policy
                .targets
                .entry(targets::of_member(target)?)
                .or_default();
            Ok(())
        }),
    },
];

/// The family to which a key belongs, and the member that it names.
pub(super) fn family(key: &str) -> Option<(&'static Family, &str)> {
    let (name, member) = key.split_once('.')?;
    let family = FAMILIES.iter().find(|family| family.name == name)?;
    Some((family, member))
}

fn named(what: &str, name: &str) -> Result<String, String> {
    if name.is_empty() || slug(name) != name {
        return Err(format!(
            "{what} is named in lower case with dashes, not `{name}`"
        ));
    }
    Ok(name.to_owned())
}

fn budget_year(year: &str) -> Result<i32, String> {
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let number = year.parse().ok().filter(|_| digits);
    number.ok_or_else(|| format!("a budget is that of a year such as 2026, not `{year}`"))
}
