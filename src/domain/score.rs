//! The answer to "how likely are you to recommend us?" and the three groups it falls into (`docs/rules.md`, words).

use std::fmt;

/// An NPS answer: a whole number from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u8);

/// Where an answer falls: promoter 9-10, passive 7-8, detractor 0-6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreGroup {
    /// 0-6.
    Detractor,
    /// 7-8.
    Passive,
    /// 9-10.
    Promoter,
}

impl Score {
    /// The lowest score of a promoter.
    pub const PROMOTER_FROM: Score = Score(9);

    /// The score, or `None` when it is above 10.
    pub const fn new(value: u8) -> Option<Self> {
        if value <= 10 { Some(Self(value)) } else { None }
    }

    /// The number, 0 to 10.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The group of this answer.
    pub const fn group(self) -> ScoreGroup {
        match self.0 {
            0..=6 => ScoreGroup::Detractor,
            7..=8 => ScoreGroup::Passive,
            _ => ScoreGroup::Promoter,
        }
    }

    /// Whether this is a promoter's answer.
    pub const fn is_promoter(self) -> bool {
        matches!(self.group(), ScoreGroup::Promoter)
    }
}

impl TryFrom<u8> for Score {
    type Error = String;

    fn try_from(value: u8) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("a score is 0 to 10, not {value}"))
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> u8 {
        score.0
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ScoreGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ScoreGroup::Detractor => "detractor",
            ScoreGroup::Passive => "passive",
            ScoreGroup::Promoter => "promoter",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_has_its_group() {
        let groups: Vec<ScoreGroup> = (0..=10).map(|n| Score::new(n).unwrap().group()).collect();
        assert_eq!(groups[..7], [ScoreGroup::Detractor; 7]);
        assert_eq!(groups[7..9], [ScoreGroup::Passive; 2]);
        assert_eq!(groups[9..], [ScoreGroup::Promoter; 2]);
        assert_eq!(Score::new(11), None);
    }
}
