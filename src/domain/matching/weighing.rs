//! What a rank is made of (`docs/rules.md`, matching): the five parts of a score, and their weighted sum.

use chrono::NaiveDate;

use super::facts::{Person, TrackRecord, Wanted};
use crate::domain::policy::{Policy, Weights};
use crate::domain::reciprocity::Balance;
use crate::domain::traits::Trait;

/// The parts of a score, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parts {
    /// Fit with the traits asked for.
    pub fit: f64,
    /// Score, its recency, other positive moments.
    pub relationship: f64,
    /// Acceptance and completion.
    pub track_record: f64,
    /// Time since the last tap, taps in the last year.
    pub rest: f64,
    /// Given against taken.
    pub reciprocity: f64,
}

impl Parts {
    /// The weighted sum, 0 to 100, rounded to one decimal so that the order is the one on the screen.
    pub fn score(&self, weights: &Weights) -> f64 {
        let sum: f64 = [
            (self.fit, weights.fit),
            (self.relationship, weights.relationship),
            (self.track_record, weights.track_record),
            (self.rest, weights.rest),
            (self.reciprocity, weights.reciprocity),
        ]
        .iter()
        .map(|(part, weight)| part * f64::from(*weight))
        .sum();
        (sum / f64::from(weights.total()) * 1000.0).round() / 10.0
    }
}

/// The parts of somebody's score, who has the traits `found`.
pub(super) fn parts(
    person: &Person,
    wanted: &Wanted,
    found: &[(Trait, String)],
    policy: &Policy,
    today: NaiveDate,
) -> Parts {
    Parts {
        fit: fit(wanted, found),
        relationship: relationship(person, policy, today),
        track_record: track_record(person.record),
        rest: rest(person, policy, today),
        reciprocity: Balance::of(person.given, &person.completed, today).part(),
    }
}

/// The share of traits asked for that the person has; all of them where none was asked for.
fn fit(wanted: &Wanted, found: &[(Trait, String)]) -> f64 {
    match wanted.traits.len() {
        0 => 1.0,
        asked => found.len() as f64 / asked as f64,
    }
}

/// 60 %: the latest score, halved for every half-life that has passed since. 40 %: positive moments in the last
/// year, each closing half of the gap that is left.
fn relationship(person: &Person, policy: &Policy, today: NaiveDate) -> f64 {
    let warmth = person.facts.latest_score.map_or(0.0, |(score, on)| {
        let age = (today - on).num_days().max(0) as f64;
        f64::from(score.get()) / 10.0 * 0.5_f64.powf(age / f64::from(policy.half_life_days))
    });
    let moments = 1.0 - 0.5_f64.powi(person.moments_last_year.min(60) as i32);
    0.6 * warmth + 0.4 * moments
}

/// The mean of acceptance and completion, each smoothed as if one yes and one no had come before.
fn track_record(record: TrackRecord) -> f64 {
    let smoothed = |part: u32, whole: u32| (f64::from(part) + 1.0) / (f64::from(whole) + 2.0);
    f64::midpoint(
        smoothed(record.accepted, record.answered),
        smoothed(record.completed, record.accepted),
    )
}

/// 70 %: days since the last tap, full after a year, so the never-asked come first. 30 %: few taps in the last year.
fn rest(person: &Person, policy: &Policy, today: NaiveDate) -> f64 {
    let rested = person.last_tapped_at.map_or(1.0, |at| {
        let days = (today - policy.time_zone.day(at)).num_days().clamp(0, 365);
        days as f64 / 365.0
    });
    0.7 * rested + 0.3 / f64::from(1 + person.taps_last_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lucky_answer_is_not_a_hundred_percent() {
        let once = track_record(TrackRecord {
            answered: 1,
            accepted: 1,
            completed: 1,
        });
        let often = track_record(TrackRecord {
            answered: 9,
            accepted: 9,
            completed: 9,
        });
        assert!(once < often && often < 1.0);
    }
}
