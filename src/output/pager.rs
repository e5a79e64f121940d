//! A pager: an answer that is longer than the terminal is shown through another program. No answer is lost by it: where it
//! cannot be started, or fails, the answer is printed as if there were none.

use std::io::{self, Write};
use std::process::{Child, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::system;

/// Somebody at a terminal, with a program to read long answers in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// The program, as a shell takes it.
    pub command: String,
    /// What `LESS` is set to, where it is not set: where all fits it ends at once, colours are shown, and the screen
    /// keeps what was read.
    pub less: Option<&'static str>,
    /// Lines of the terminal.
    pub rows: usize,
    /// Columns of the terminal.
    pub columns: usize,
}

impl Pager {
    /// Prints the text: through the program where it is longer than the terminal.
    ///
    /// # Errors
    /// Those of `out`.
    pub(crate) fn print(&self, text: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if !self.is_long(text) || !self.shows(text, out)? {
            out.write_all(text)?;
        }
        Ok(())
    }

    /// Whether the text does not fit above the next prompt.
    fn is_long(&self, text: &[u8]) -> bool {
        let text = String::from_utf8_lossy(text);
        let rows = text
            .lines()
            .map(|line| line.width().div_ceil(self.columns.max(1)).max(1));
        rows.sum::<usize>() >= self.rows
    }

    /// Whether the program has shown it; to leave it early is to have seen enough.
    fn shows(&self, text: &[u8], out: &mut dyn Write) -> io::Result<bool> {
        out.flush()?;
        let mut program = system::shell(&self.command);
        program.stdin(Stdio::piped());
        if let Some(options) = &self.less {
            program.env("LESS", options);
        }
        let _heard = system::interrupts_are_for_another();
        Ok(program.spawn().is_ok_and(|child| read_in(child, text)))
    }
}

/// Hands the text over, and waits for the reader to have enough.
fn read_in(mut child: Child, text: &[u8]) -> bool {
    if let Some(mut pipe) = child.stdin.take() {
        // Whoever leaves early reads no further.
        let _ = pipe.write_all(text);
    }
    child.wait().is_ok_and(|status| {
        // Without a code, it was killed: whoever did that has seen what they wanted.
        status.code().is_none_or(|code| code == 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(command: &str, text: &str) -> String {
        let pager = Pager {
            command: command.to_owned(),
            less: None,
            rows: 3,
            columns: 10,
        };
        let mut out = Vec::new();
        pager
            .print(text.as_bytes(), &mut out)
            .expect("it is written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn what_fits_is_printed_and_what_is_long_is_shown() {
        let swallows = "cat > /dev/null";
        assert_eq!(printed(swallows, "a\nb\n"), "a\nb\n");
        assert_eq!(printed(swallows, "a\nb\nc\n"), "");
        // A line of 20 takes two.
        assert_eq!(printed(swallows, "aaaaaaaaaabbbbbbbbbb\nc\n"), "");
        assert_eq!(printed("true", "a\nb\nc\n"), "");
    }

    #[test]
    fn a_pager_that_fails_or_is_missing_loses_nothing() {
        for command in ["false", "/nonexistent/pager", "no-such-pager -x"] {
            let command = format!("{command} 2> /dev/null");
            assert_eq!(printed(&command, "a\nb\nc\n"), "a\nb\nc\n");
        }
    }
}
