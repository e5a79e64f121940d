//! The program's settings (`docs/policy.md`), kept in the database so that everyone and cron obey the same.
//! `settings.rs` names each of them for `policy show` and `policy set`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is a place for each kind"
)]

use std::collections::BTreeMap;

use super::ask::{AskKind, Effort};
use super::calendar::Zone;
use super::caps::{Cap, Caps, DEFAULT_ACCOUNT_CAP, DEFAULT_CAPS, PerEffort};
use super::deal::DealStages;
use super::industry::IndustryAliases;
use super::message::{Language, Message};
use super::moment::{BadRating, MomentRules};
use super::money::Currency;
use super::targets::Targets;
use super::tier::{DEFAULT_TIER_RULES, TierRules};
use super::typed_day::DayOrder;
use super::value_back::{Budgets, Menu};

/// Every number and switch that the rules use.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Where the program's days begin and end.
    pub time_zone: Zone,
    /// How dates such as 10/12/2026 are typed.
    pub date_order: DayOrder,
    /// How often one person may be asked.
    pub caps: Caps,
    /// How often the people of one account may be asked, all together.
    pub account_cap: Cap,
    /// After a decline, the months for which that ask kind rests.
    pub decline_rest_months: u32,
    /// Days until a hold lapses.
    pub hold_days: u32,
    /// The effort of each ask kind, in the order of [`AskKind::ALL`].
    pub efforts: [Effort; AskKind::ALL.len()],
    /// Rule 4: what the latest score allows.
    pub brake: Brake,
    /// Rule 5: how recent goodwill must be.
    pub freshness: Freshness,
    /// Rule 6: what must be completed before a high-effort ask.
    pub proven: Proven,
    /// Rule 6 as well: what follows from an ask that went badly.
    pub bad_rating: BadRating,
    /// Rule 7, first half: no asks while the account's health is red or an escalation is open.
    pub account_risk: bool,
    /// Rule 7, second half: what may be asked shortly before a renewal.
    pub renewal: Renewal,
    /// Rule 8: no asks for a prospect that is the account's competitor.
    pub conflict: bool,
    /// Rule 9: a rest after asks in a row that led to nothing.
    pub unanswered: Unanswered,
    /// Rule 10: no asks of somebody who moved to a company that is no customer, until verified.
    pub moved: bool,
    /// How much each part of a match weighs.
    pub weights: Weights,
    /// Days after which a score counts half in matching.
    pub half_life_days: u32,
    /// What makes a tier.
    pub tiers: TierRules,
    /// The ladder: from which rating on a completed ask was a good experience.
    pub good_rating: u32,
    /// What can be given to advocates.
    pub menu: Menu,
    /// What may be spent on that, by year.
    pub budgets: Budgets,
    /// Months after which an advocate's profile is to be verified again.
    pub verify_months: u32,
    /// Days within which a nomination is to be answered.
    pub nomination_days: u32,
    /// When care is due.
    pub care: Care,
    /// How long what is known of people is kept.
    pub keep: Keep,
    /// Which stages of the CRM are open, won and lost.
    pub deal_stages: DealStages,
    /// Rates by which currencies are added together; without one they never are.
    pub exchange: ExchangeRates,
    /// Other words for industries.
    pub industries: IndustryAliases,
    /// Own texts of messages.
    pub templates: Templates,
    /// How many advocates for one kind of ask there should be in one industry.
    pub targets: Targets,
}

/// Own texts of messages, by what they are for and in which language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Templates(pub BTreeMap<(Message, Language), String>);

impl Templates {
    /// The text, where there is one.
    pub fn get(&self, message: Message, language: Language) -> Option<&str> {
        let text = self.0.get(&(message, language)).map(String::as_str);
        text.filter(|text| !text.is_empty())
    }
}

/// Rates into one currency (`docs/rules.md`, money).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExchangeRates {
    /// The currency in which sums are shown as well; `None` for none.
    pub into: Option<Currency>,
    /// What one major unit of a currency is worth in it, as numerator and denominator.
    pub rates: BTreeMap<Currency, (u64, u64)>,
}

/// Rule 4 (`docs/rules.md`, who may be asked).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brake {
    /// Whether the rule applies.
    pub on: bool,
    /// The most that may be asked of someone whose latest answer is a passive's.
    pub passive: Effort,
}

/// Rule 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// Whether the rule applies.
    pub on: bool,
    /// For how many months a positive moment carries asks, by their effort.
    pub months: PerEffort<u32>,
    /// The same for a reference.
    pub reference: u32,
}

impl Freshness {
    /// For how many months a positive moment carries an ask.
    pub(super) fn months(&self, kind: AskKind, effort: Effort) -> u32 {
        match kind {
            AskKind::Reference => self.reference,
            _ => *self.months.get(effort),
        }
    }
}

/// Rule 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven {
    /// Whether the rule applies.
    pub on: bool,
    /// So many completed asks of medium effort or more are enough,
    pub medium: u32,
    /// or so many completed ones of any effort.
    pub low: u32,
}

/// Rule 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unanswered {
    /// Whether the rule applies.
    pub on: bool,
    /// So many asks in a row
    pub asks: u32,
    /// give a rest of so many months.
    pub months: u32,
}

/// The second half of rule 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// Whether the rule applies.
    pub on: bool,
    /// So many days before the renewal, the renewal day included,
    pub days: u32,
    /// this is the most that may be asked.
    pub allowed: Effort,
}

/// How long what is known of people is kept (`docs/privacy.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Months without contact after which somebody who never took part is listed for erasure; 0: never.
    pub contact_months: u32,
    /// Months for which it is kept what rows were before they were changed, so that operations can be taken back.
    pub images_months: u32,
}

/// After how many days something comes onto the agenda (`docs/rules.md`, care).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Care {
    /// A thank-you, after an ask was completed.
    pub thanks_days: u32,
    /// Results to share, after an ask was completed.
    pub results_days: u32,
    /// A check-in, after the last contact.
    pub check_in_days: u32,
    /// An ask without an answer, after it was made.
    pub answer_days: u32,
    /// An ask that was accepted and not completed, after it was accepted.
    pub accepted_days: u32,
    /// Somebody accepted for the program and not invited, after that was decided.
    pub invite_days: u32,
    /// An invitation without an answer, after it was sent.
    pub invitation_days: u32,
    /// A permission, so many days before it ends.
    pub permission_days: u32,
    /// An asset that does not move on, after its last step.
    pub asset_days: u32,
    /// The asset that a completed ask should have left, after it was completed.
    pub asset_missing_days: u32,
    /// A pause without an end, after it began or after the last touch.
    pub pause_days: u32,
    /// A request without a needed-by day, after it was opened.
    pub request_days: u32,
}

/// Weights of the parts of a match score (`docs/rules.md`, matching); only their proportions matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Fit with the traits asked for.
    pub fit: u32,
    /// Score, its recency, and other positive moments.
    pub relationship: u32,
    /// Acceptance and completion.
    pub track_record: u32,
    /// Time since the last tap and taps in the last year.
    pub rest: u32,
    /// What was given against what was taken.
    pub reciprocity: u32,
}

impl Weights {
    /// The sum of all weights.
    pub const fn total(&self) -> u32 {
        self.fit + self.relationship + self.track_record + self.rest + self.reciprocity
    }
}

const DEFAULT_CARE: Care = Care {
    thanks_days: 3,
    results_days: 30,
    check_in_days: 90,
    answer_days: 5,
    accepted_days: 14,
    invite_days: 7,
    invitation_days: 14,
    permission_days: 30,
    asset_days: 14,
    asset_missing_days: 14,
    pause_days: 90,
    request_days: 30,
};

const DEFAULT_WEIGHTS: Weights = Weights {
    fit: 30,
    relationship: 25,
    track_record: 20,
    rest: 15,
    reciprocity: 10,
};

impl Default for Policy {
    fn default() -> Self {
        Self {
            time_zone: Zone::UTC,
            date_order: DayOrder::Unsaid,
            caps: DEFAULT_CAPS,
            account_cap: DEFAULT_ACCOUNT_CAP,
            decline_rest_months: 6,
            hold_days: 5,
            efforts: AskKind::ALL.map(AskKind::default_effort),
            brake: Brake {
                on: true,
                passive: Effort::Low,
            },
            freshness: Freshness {
                on: true,
                months: PerEffort {
                    low: 12,
                    medium: 6,
                    high: 3,
                },
                reference: 3,
            },
            proven: Proven {
                on: true,
                medium: 1,
                low: 2,
            },
            bad_rating: BadRating {
                on: true,
                most: 2,
                months: 6,
            },
            account_risk: true,
            renewal: Renewal {
                on: true,
                days: 60,
                allowed: Effort::Low,
            },
            conflict: true,
            unanswered: Unanswered {
                on: true,
                asks: 3,
                months: 6,
            },
            moved: true,
            weights: DEFAULT_WEIGHTS,
            half_life_days: 180,
            tiers: DEFAULT_TIER_RULES,
            good_rating: 4,
            menu: Menu::default(),
            budgets: Budgets::default(),
            verify_months: 6,
            nomination_days: 7,
            care: DEFAULT_CARE,
            keep: Keep {
                contact_months: 24,
                images_months: 13,
            },
            deal_stages: DealStages::default(),
            exchange: ExchangeRates::default(),
            industries: IndustryAliases::default(),
            templates: Templates::default(),
            targets: Targets::new(),
        }
    }
}

impl Policy {
    /// What decides whether a fact is a positive moment.
    pub const fn moments(&self) -> MomentRules {
        MomentRules {
            zone: self.time_zone,
            bad_rating: self.bad_rating,
        }
    }

    /// How much an ask of this kind takes.
    pub const fn effort(&self, kind: AskKind) -> Effort {
        self.efforts[kind as usize]
    }

    /// The kinds of this effort, in their order.
    pub fn kinds_of(&self, effort: Effort) -> impl Iterator<Item = AskKind> {
        AskKind::ALL
            .into_iter()
            .filter(move |kind| self.effort(*kind) == effort)
    }
}
