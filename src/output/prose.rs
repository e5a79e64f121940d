//! What the program says, in lines: broken at spaces, and commands on lines of their own where they would be broken.

use comfy_table::{ColumnConstraint, Table, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::sentence::{Piece, Sentence};

/// Spaces before a command that has a line of its own, and before what belongs to the line above.
pub(super) const INDENT: usize = 2;

/// `text` in lines of at most `width` columns, broken at spaces; a word is broken only where it is longer than a line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    if text.width() <= width {
        return vec![text.trim_end().to_owned()];
    }
    let mut table = Table::new();
    table.force_no_tty();
    table.load_style(TableStyle::new());
    table.add_row([text]);
    let room = u16::try_from(width.max(1)).unwrap_or(u16::MAX);
    for column in table.column_iter_mut() {
        column.set_padding((0, 0));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(room)));
    }
    let lines = table.lines();
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// A sentence over as many lines as it needs. Commands that would be broken, and so could not be pasted, get lines of
/// their own.
pub(super) fn sentence(said: &Sentence, width: usize) -> Vec<String> {
    let (text, pieces) = (said.text(), said.pieces());
    let is_command = |piece: &Piece| matches!(piece, Piece::Command(_));
    let fits = text.width() <= width && !pieces.iter().all(is_command);
    if fits || !pieces.iter().any(is_command) {
        return wrap(&text, width);
    }
    let lines = pieces.into_iter().flat_map(|piece| match piece {
        Piece::Words(words) => wrap(&words, width),
        Piece::Command(command) => vec![format!("{:INDENT$}{command}", "")],
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::super::CommandLine;
    use super::*;

    #[test]
    fn words_stay_whole() {
        for (text, width, lines) in [
            ("one two three", 7, &["one two", "three"][..]),
            ("one two three", 80, &["one two three"]),
            ("", 5, &[""]),
            ("日本語 日本語", 8, &["日本語", "日本語"]),
            // What is longer than a line is all that is broken.
            ("a abcdefghij b", 8, &["a abcdef", "ghij b"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text}");
        }
    }

    #[test]
    fn a_command_at_the_end_of_a_long_sentence_is_not_broken() {
        let command = CommandLine::of("tap nina@larkfield.example --ask reference");
        let typed = command.typed();
        let said = Sentence::from("Then log it: ").then(command);
        assert_eq!(sentence(&said, 100), [said.text()]);
        assert_eq!(sentence(&said, 40), ["Then log it:", &format!("  {typed}")]);
        let more = Sentence::from("note: ").then(said);
        assert_eq!(sentence(&more, 40)[0], "note: Then log it:");
    }
}
