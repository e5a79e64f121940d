//! The scale of a column of answers (`docs/import.md`, other scales): one to five stars must not be taken for 0 to 10,
//! where five is a detractor.

use super::headers::plain;
use super::{IntakeError, scores};
use crate::domain::scale::Scale;

/// Answers from which on it is no accident that none is above five, and none above seven, and none is zero. Of real
/// answers to the question of the NPS, more than half are above seven.
const ENOUGH_FOR_FIVE: u32 = 10;
const ENOUGH_FOR_SEVEN: u32 = 20;

/// What headers of the question of the NPS hold.
const OF_NPS: &[&str] = &[
    "nps",
    "promoter",
    "010",
    "0to10",
    "0bis10",
    "0a10",
    "recommend",
    "recomend",
    "recomiend",
    "recommand",
    "empfehl",
    "empfiehl",
    "raccomand",
    "consigli",
    "aanbevel",
    "aanbeveel",
    "aanraden",
    "勧め",
    "薦め",
    "すすめ",
    "推奨",
    "推荐",
    "推薦",
    "추천",
];

/// What headers of other questions hold.
const OF_OTHERS: &[&str] = &[
    "csat",
    "satisf",
    "zufrieden",
    "tevreden",
    "soddisf",
    "満足",
    "满意",
    "effort",
    "aufwand",
    "cesscore",
    "star",
    "sterne",
    "outof5",
    "15",
    "17",
    "1to5",
    "1to7",
];

/// The answers of a column, as far as they were looked at.
#[derive(Debug)]
pub(crate) struct Answers<'h> {
    header: &'h str,
    says_other: bool,
    says_nps: bool,
    count: u32,
    lowest: u8,
    highest: u8,
}

impl<'h> Answers<'h> {
    /// None so far, of a column with these names.
    pub(crate) fn under(header: &'h str, label: &str) -> Self {
        let names = [plain(header), plain(label)];
        let holds = |signs: &[&str]| {
            let held = |sign: &&str| names.iter().any(|name| name.contains(*sign));
            signs.iter().any(held)
        };
        Self {
            header,
            says_nps: holds(OF_NPS),
            says_other: holds(OF_OTHERS) || names.iter().any(|name| name == "ces"),
            count: 0,
            lowest: u8::MAX,
            highest: 0,
        }
    }

    /// Whether nothing more needs to be looked at.
    pub(crate) const fn is_settled(&self) -> bool {
        self.says_nps || self.highest > 7 || self.lowest == 0
    }

    /// Looks at one more cell.
    pub(crate) fn look_at(&mut self, cell: &str) {
        if let Ok(Some(score)) = scores::parse(cell) {
            self.count += 1;
            self.lowest = self.lowest.min(score.get());
            self.highest = self.highest.max(score.get());
        }
    }

    /// Refuses answers that look like those to another question.
    pub(crate) fn judge(&self) -> Result<(), IntakeError> {
        if self.is_settled() || self.count == 0 {
            return Ok(());
        }
        let is_five = self.highest <= 5;
        let enough = if is_five {
            ENOUGH_FOR_FIVE
        } else {
            ENOUGH_FOR_SEVEN
        };
        if self.count < enough && !self.says_other {
            return Ok(());
        }
        Err(IntakeError::OtherScale {
            header: self.header.to_owned(),
            answers: self.count,
            lowest: self.lowest,
            highest: self.highest,
            scale: if is_five {
                Scale::OneToFive
            } else {
                Scale::OneToSeven
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(header: &str, cells: &[&str], times: usize) -> bool {
        let mut answers = Answers::under(header, "");
        for cell in cells.repeat(times) {
            answers.look_at(cell);
        }
        answers.judge().is_err()
    }

    #[test]
    fn answers_on_another_scale_are_refused() {
        for (header, cells, times, is_refused) in [
            ("Rating", &["5", "4", "1"][..], 4, true),
            ("Rating", &["5", "4", "1"], 3, false),
            ("Score", &["7", "6", "1"], 7, true),
            ("Score", &["7", "6", "1"], 6, false),
            ("Score", &["5", "4", "0"], 9, false),
            ("Score", &["5", "4", "8"], 9, false),
            ("NPS", &["5", "4", "1"], 9, false),
            ("How likely are you to recommend us?", &["5", "4"], 9, false),
            ("CSAT", &["5"], 1, true),
            ("CES", &["6"], 1, true),
            ("Satisfaction", &["9"], 1, false),
            ("Score (1-5)", &["5"], 1, true),
            ("Score", &["5", "", "x"], 9, false),
            ("Score", &[], 1, false),
        ] {
            assert_eq!(
                refused(header, cells, times),
                is_refused,
                "{header} {cells:?} {times}"
            );
        }
    }
}
