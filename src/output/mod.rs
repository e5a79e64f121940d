//! One neutral answer, rendered last: as a table, CSV, JSON or Markdown. No command knows about formats.

mod answer;
mod text;

pub use answer::{Alignment, Answer, Cell, Column, Entry, Sheet, Shown, Value};
pub use text::visible;
