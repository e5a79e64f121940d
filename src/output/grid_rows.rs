//! The rows of a grid: what is asked of them, and rows that are there.
#![allow(
    clippy::indexing_slicing,
    reason = "rows and columns are those that were counted"
)]

use std::borrow::Cow;

use super::answer::Tone;

/// Rows of texts. Each is asked for when it is measured and when it is laid, so that a long list is never held as texts.
pub(super) trait Rows {
    /// How many there are.
    fn count(&self) -> usize;

    /// What stands above a row: the title of a group, or nothing but an empty line.
    fn above(&self, row: usize) -> Option<&str>;

    /// The text of a row in a column.
    fn text(&self, row: usize, column: usize) -> Cow<'_, str>;

    /// What that means.
    fn tone(&self, row: usize, column: usize) -> Tone;

    /// Commands to be typed: each has a line of its own beneath the row, however long.
    fn commands(&self, row: usize) -> Cow<'_, [String]>;
}

/// One row that is there.
#[derive(Default)]
pub(super) struct Line {
    /// What stands above it.
    pub(super) above: Option<String>,
    /// One text a column.
    pub(super) texts: Vec<String>,
    /// What they mean, for the columns that say so.
    pub(super) tones: Vec<Tone>,
    /// Commands to be typed.
    pub(super) commands: Vec<String>,
}

impl Rows for Vec<Line> {
    fn count(&self) -> usize {
        self.len()
    }

    fn above(&self, row: usize) -> Option<&str> {
        self[row].above.as_deref()
    }

    fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        Cow::Borrowed(&self[row].texts[column])
    }

    fn tone(&self, row: usize, column: usize) -> Tone {
        self[row].tones.get(column).copied().unwrap_or_default()
    }

    fn commands(&self, row: usize) -> Cow<'_, [String]> {
        Cow::Borrowed(&self[row].commands)
    }
}
