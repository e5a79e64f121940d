//! How wide and how coloured an answer may be.

use super::prose::sentence;
use super::sentence::Sentence;

/// What the place where the answer goes can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Columns of the terminal, or those asked for with `COLUMNS`; none for a pipe, where tables take 80.
    pub width: Option<usize>,
    /// Whether headings are bold, and what is overdue, due or free has its colour.
    pub color: bool,
    /// Whether what is said beside the answer is dim.
    pub dim_notes: bool,
    /// Columns of the terminal where that is said; none for a pipe, where each note is one line.
    pub notes_width: Option<usize>,
    /// CSV without the `'` that keeps a spreadsheet from running a cell.
    pub raw: bool,
}

impl Style {
    /// Something said beside the answer, in lines.
    pub(crate) fn note(&self, said: &Sentence) -> Vec<String> {
        let paint = Paint(self.dim_notes);
        let lines = said_in(said, self.notes_width).into_iter();
        lines.map(|line| paint.dim(&line)).collect()
    }
}

/// What is said on stderr: in lines that fit a terminal, or on one line.
pub(super) fn said_in(said: &Sentence, width: Option<usize>) -> Vec<String> {
    match width {
        Some(width) => sentence(said, width),
        None => vec![said.text()],
    }
}

/// ANSI colours, or none.
#[derive(Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(super) fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub(super) fn cyan(self, text: &str) -> String {
        self.with("36", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 && !text.is_empty() {
            return format!("\u{1b}[{code}m{text}\u{1b}[0m");
        }
        text.to_owned()
    }
}
