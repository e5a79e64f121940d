//! The settings whose keys are fixed, in the order in which they are shown, and what each of them means.

/// Settings with fixed keys and what they mean; efforts and industries have a key for each of theirs.
pub(super) const FIXED: &[(&str, &str)] = &[
    (
        "time-zone",
        "where the program's days begin and end (IANA name)",
    ),
    (
        "cap.low.max",
        "most low-effort taps in the window (every tap counts)",
    ),
    ("cap.low.months", "length of that window in months"),
    (
        "cap.medium.max",
        "most medium-effort taps in the window (medium and high count)",
    ),
    ("cap.medium.months", "length of that window in months"),
    ("cap.high.max", "most high-effort taps in the window"),
    ("cap.high.months", "length of that window in months"),
    (
        "cap.account.max",
        "most taps on all people of one account in the window",
    ),
    ("cap.account.months", "length of that window in months"),
    (
        "decline-rest.months",
        "after a decline, months for which that ask kind rests",
    ),
    ("hold.days", "days until a hold lapses"),
    (
        "brake",
        "score brake: no asks after a detractor's answer (on/off)",
    ),
    (
        "brake.passive",
        "most that may be asked after a passive's answer (low/medium/high)",
    ),
    (
        "freshness",
        "the latest positive moment must be recent (on/off)",
    ),
    (
        "freshness.low.months",
        "how recent for a low-effort ask, in months",
    ),
    (
        "freshness.medium.months",
        "how recent for a medium-effort ask, in months",
    ),
    (
        "freshness.high.months",
        "how recent for a high-effort ask, in months",
    ),
    (
        "proven",
        "a high-effort ask needs completed smaller ones (on/off)",
    ),
    ("proven.medium", "so many completed medium asks are enough"),
    ("proven.low", "or so many completed low ones"),
    (
        "account-risk",
        "no asks while the account is red or escalated (on/off)",
    ),
    (
        "renewal",
        "only small asks shortly before a renewal (on/off)",
    ),
    ("renewal.days", "how many days before"),
    (
        "renewal.allowed",
        "most that may be asked then (low/medium/high)",
    ),
    (
        "conflict",
        "no asks for a prospect that is the account's competitor (on/off)",
    ),
    ("weight.fit", "matching: fit with the traits asked for"),
    (
        "weight.relationship",
        "matching: score, its recency, other positive moments",
    ),
    ("weight.track-record", "matching: acceptance and completion"),
    (
        "weight.rest",
        "matching: time since the last tap, taps in the last year",
    ),
    ("weight.reciprocity", "matching: given against taken"),
    (
        "half-life.days",
        "matching: days after which a score counts half",
    ),
    (
        "tier.points.low",
        "tiers: points for a completed low-effort ask",
    ),
    (
        "tier.points.medium",
        "tiers: points for a completed medium-effort ask",
    ),
    (
        "tier.points.high",
        "tiers: points for a completed high-effort ask",
    ),
    ("tier.silver", "points from which somebody is silver"),
    ("tier.gold", "points from which somebody is gold"),
    ("tier.platinum", "points from which somebody is platinum"),
    (
        "ladder.good-rating",
        "the ladder: ratings from which an ask was a good experience",
    ),
    (
        "verify.months",
        "months after which a profile is to be verified again",
    ),
    (
        "nomination.days",
        "days within which a nomination is to be answered",
    ),
    (
        "thanks.days",
        "days after a completed ask by which to thank for it",
    ),
    (
        "results.days",
        "days after a completed ask by which to share what came of it",
    ),
    (
        "check-in.days",
        "days without contact after which to check in with an advocate",
    ),
    (
        "answer.days",
        "days after which an ask without an answer is to be settled",
    ),
    (
        "invitation.days",
        "days within which an invitation is to be answered",
    ),
    (
        "permission.days",
        "days before a permission ends on which the agenda speaks of it",
    ),
    (
        "asset.days",
        "days after which an unpublished asset that did not move is stuck",
    ),
    (
        "deal.open",
        "the CRM's stages of deals that are open, separated by ;",
    ),
    ("deal.won", "the CRM's stages of deals that were won"),
    ("deal.lost", "the CRM's stages of deals that were lost"),
    (
        "exchange.into",
        "the currency in which reports show several as one",
    ),
    ("exchange.rates", "what others are worth in it"),
];
