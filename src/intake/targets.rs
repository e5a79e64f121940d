//! Targets of coverage from a spreadsheet to typed rows: an industry, a kind of ask, a number.

use super::list::{List, ListKind, Reading};
use super::taps::ask_kind;
use super::{CellResult, IntakeError, Options};
use crate::domain::ask::AskKind;
use crate::domain::targets;
use crate::domain::words::word_lists;

/// One target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    /// The industry, by its one name.
    pub industry: String,
    /// The kind of ask.
    pub ask: AskKind,
    /// How many advocates there should be.
    pub number: u32,
}

/// A list of targets.
const TARGETS: ListKind = ListKind {
    fields: word_lists! {
        "industry": "industry", "vertical", "sector", "@industry";
        "ask": "ask", "ask kind", "ask type", "kind", "type", "activity";
        "target": "target", "targets", "number", "goal", "wanted", "advocates";
    },
    dates: &[],
    by_content: &[],
    day: None,
    needed: &[&["industry"], &["ask"], &["target"]],
};

/// Reads a list of targets; `industry` gives an industry its one name, or says that there is none.
///
/// # Errors
/// When the file as a whole cannot be read as a list of targets; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    industry: impl Fn(&str) -> CellResult<String>,
) -> Result<Reading<TargetRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &TARGETS)?;
    list.read(|cells| {
        let words = cells.value("industry").ok_or("the industry is missing")?;
        let kind = cells.value("ask").ok_or("the kind of ask is missing")?;
        let number = cells.value("target").ok_or("the target is missing")?;
        Ok(TargetRow {
            industry: industry(words)?,
            ask: ask_kind(kind)?,
            number: targets::number(number)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(words: &str) -> CellResult<String> {
        match words {
            "Health Care" | "healthcare" => Ok("healthcare".to_owned()),
            _ => Err(format!("there is no industry `{words}`")),
        }
    }

    #[test]
    fn rows_are_typed_or_rejected_with_a_reason() {
        let file = "Vertical;Ask type;Goal\nHealth Care;Reference call;5\nhealthcare;G2 review;0\n\
                    mining;review;2\nhealthcare;lunch;2\nhealthcare;review;-2\nhealthcare;review;\n";
        let reading = read(file, &Options::default(), known).unwrap();
        let rows: Vec<_> = reading.accepted().cloned().collect();
        let row = |ask, number| TargetRow {
            industry: "healthcare".to_owned(),
            ask,
            number,
        };
        assert_eq!(rows, [row(AskKind::Reference, 5), row(AskKind::Review, 0)]);
        let reasons: Vec<&str> = reading.rejected().map(|one| one.reason.as_str()).collect();
        assert_eq!(reasons.len(), 4, "{reasons:?}");
        for (reason, word) in reasons.iter().zip(["mining", "lunch", "-2", "missing"]) {
            assert!(reason.contains(word), "{reason}");
        }
    }

    #[test]
    fn a_file_without_a_needed_column_is_refused() {
        let error = read("industry,ask\nretail,review\n", &Options::default(), known).unwrap_err();
        assert!(error.to_string().contains("target"), "{error}");
    }
}
