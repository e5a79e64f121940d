//! Who could be confirmed next (`docs/rules.md`, positive moments): people with goodwill on record who were never asked
//! to take part.

use chrono::NaiveDate;

use super::calendar::ago;
use super::score::{Score, ScoreGroup};
use super::signal::Noticed;
use super::stage::Stage;

/// What is known of someone's goodwill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Goodwill {
    /// The stage recorded last.
    pub stage: Option<Stage>,
    /// The latest response.
    pub latest_score: Option<(Score, NaiveDate)>,
    /// All positive moments on record.
    pub moments: u32,
    /// The latest signal or nomination among them.
    pub noticed: Option<(Noticed, NaiveDate)>,
}

impl Goodwill {
    /// Whether the person is a candidate: nothing decided yet, and either the latest answer is a promoter's or there
    /// is another positive moment that no detractor's answer followed. A 9-10 is a candidate, not a yes.
    pub fn is_candidate(&self) -> bool {
        let promoter = self
            .latest_score
            .is_some_and(|(score, _)| score.is_promoter());
        self.is_undecided() && (promoter || self.hinges_on_moments() && self.moments > 0)
    }

    /// Whether the moments decide if the person is a candidate, so that they must be counted: neither a promoter's nor
    /// a detractor's answer has decided it.
    pub fn hinges_on_moments(&self) -> bool {
        let neither = self
            .latest_score
            .is_none_or(|(score, _)| score.group() == ScoreGroup::Passive);
        self.is_undecided() && neither
    }

    /// Whether nothing was decided about the person yet.
    pub fn is_undecided(&self) -> bool {
        matches!(self.stage, None | Some(Stage::Candidate))
    }

    /// Why, in words: "scored 10, 12 days ago; nominated, yesterday; 3 positive moments".
    pub fn reason(&self, today: NaiveDate) -> String {
        let scored = self
            .latest_score
            .map(|(score, on)| format!("scored {score}, {}", ago(today, on)));
        // A promoter's own words say more than what was noticed before them.
        let promoted_on = self
            .latest_score
            .filter(|(score, _)| score.is_promoter())
            .map(|(_, on)| on);
        let noticed = self
            .noticed
            .filter(|(_, on)| promoted_on.is_none_or(|promoted_on| *on > promoted_on))
            .map(|(what, on)| format!("{}, {}", what.reason(), ago(today, on)));
        let moments = match self.moments {
            1 => "1 positive moment".to_owned(),
            n => format!("{n} positive moments"),
        };
        let reasons: Vec<String> = scored.into_iter().chain(noticed).chain([moments]).collect();
        reasons.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::signal::SignalKind;
    use super::super::testing::day;
    use super::*;

    #[test]
    fn goodwill_without_a_decision_makes_a_candidate() {
        let scored = |n| Score::new(n).map(|score| (score, day("2026-06-01")));
        for (stage, latest_score, moments, expected) in [
            (None, scored(9), 1, true),
            (Some(Stage::Candidate), scored(10), 1, true),
            (None, scored(8), 0, false),
            (None, scored(8), 1, true),
            (None, scored(6), 3, false),
            (None, None, 1, true),
            (None, None, 0, false),
            (Some(Stage::Invited), scored(10), 1, false),
            (Some(Stage::Active), scored(10), 1, false),
            (Some(Stage::Declined), scored(10), 1, false),
            (Some(Stage::DoNotContact), scored(10), 1, false),
        ] {
            let goodwill = Goodwill {
                stage,
                latest_score,
                moments,
                noticed: None,
            };
            assert_eq!(goodwill.is_candidate(), expected, "{goodwill:?}");
        }
    }

    #[test]
    fn the_reason_is_said_in_words() {
        let scored = Score::new(10).map(|score| (score, day("2026-06-01")));
        let nominated = Some((Noticed::Nomination, day("2026-06-12")));
        let renewed = Some((Noticed::Signal(SignalKind::Renewal), day("2026-06-13")));
        let before = Some((Noticed::Nomination, day("2026-05-30")));
        let passive = Score::new(8).map(|score| (score, day("2026-06-01")));
        for (latest_score, moments, noticed, reason) in [
            (
                scored,
                4,
                before,
                "scored 10, 12 days ago; 4 positive moments",
            ),
            (
                passive,
                1,
                before,
                "scored 8, 12 days ago; nominated, 14 days ago; 1 positive moment",
            ),
            (
                scored,
                3,
                None,
                "scored 10, 12 days ago; 3 positive moments",
            ),
            (
                scored,
                4,
                renewed,
                "scored 10, 12 days ago; renewed, today; 4 positive moments",
            ),
            (
                None,
                1,
                nominated,
                "nominated, yesterday; 1 positive moment",
            ),
            (None, 2, None, "2 positive moments"),
        ] {
            let goodwill = Goodwill {
                stage: None,
                latest_score,
                moments,
                noticed,
            };
            assert_eq!(goodwill.reason(day("2026-06-13")), reason);
        }
    }
}
