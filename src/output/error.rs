//! What went wrong, why, and what to type next: for people in three lines, for programs as one object.

use std::fmt;
use std::io;

use serde_json::{Map, Value as Json, json};

use super::answer::Value;
use super::json;
use super::sentence::Sentence;
use super::style::{Paint, said_in};
use super::text::visible;

/// A problem to report on stderr.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// One word for programs, such as `refused`.
    pub kind: &'static str,
    /// What went wrong.
    pub message: String,
    /// Why.
    pub cause: Option<String>,
    /// The next command to type.
    pub hint: Option<Sentence>,
    /// More for programs: keys and values beside the above.
    pub extra: Vec<(&'static str, Value)>,
}

impl Problem {
    /// A problem of a kind, with what went wrong.
    pub fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            cause: None,
            hint: None,
            extra: Vec::new(),
        }
    }

    /// The same problem with the next command to type.
    #[must_use]
    pub fn hint(self, hint: impl Into<Sentence>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Writes the problem: up to three lines, or one line of JSON. On a terminal so wide, long lines go on in a next one.
    ///
    /// # Errors
    /// Those of `err`.
    pub fn render(
        &self,
        json: bool,
        color: bool,
        width: Option<usize>,
        err: &mut dyn io::Write,
    ) -> io::Result<()> {
        if json {
            return writeln!(err, "{}", json::escaped(&self.json().to_string()));
        }
        let paint = Paint(color);
        let mut say = |label: &str, painted: String, said: Sentence| {
            let whole = Sentence::from(format!("{label} ")).then(said);
            for line in said_in(&whole, width) {
                match line.strip_prefix(label) {
                    Some(rest) => writeln!(err, "{painted}{rest}")?,
                    None => writeln!(err, "{line}")?,
                }
            }
            Ok::<(), io::Error>(())
        };
        say("error:", paint.red("error:"), self.message.clone().into())?;
        if let Some(cause) = &self.cause {
            say("cause:", "cause:".to_owned(), cause.clone().into())?;
        }
        if let Some(hint) = &self.hint {
            say("hint:", paint.cyan("hint:"), hint.clone())?;
        }
        Ok(())
    }

    fn json(&self) -> Json {
        let mut error = Map::new();
        error.insert("kind".to_owned(), json!(self.kind));
        error.insert("message".to_owned(), json!(self.message));
        error.insert("cause".to_owned(), json!(self.cause));
        error.insert(
            "hint".to_owned(),
            json!(self.hint.as_ref().map(Sentence::text)),
        );
        for (key, value) in &self.extra {
            error.insert((*key).to_owned(), json::value(value));
        }
        json!({ "error": error })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.message))
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Cell;

    fn written(problem: &Problem, json: bool, color: bool) -> String {
        let mut out = Vec::new();
        problem.render(json, color, None, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn refused() -> Problem {
        Problem {
            cause: Some("asked on 2026-11-02".to_owned()),
            extra: vec![("clears_on", Cell::Empty.into())],
            ..Problem::new("refused", "Ana \u{1b}[2J\nLópez is resting")
        }
        .hint("advocate match --ask review")
    }

    #[test]
    fn people_read_three_lines() {
        assert_eq!(
            written(&refused(), false, false),
            "error: Ana \u{fffd}[2J López is resting\ncause: asked on 2026-11-02\nhint: advocate match --ask review\n"
        );
        assert_eq!(
            written(&Problem::new("failed", "no"), false, false),
            "error: no\n"
        );
        assert!(written(&refused(), false, true).starts_with("\u{1b}[1;31merror:\u{1b}[0m Ana"));
    }

    #[test]
    fn a_narrow_terminal_goes_on_in_a_next_line() {
        let mut out = Vec::new();
        refused().render(false, false, Some(24), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "error: Ana \u{fffd}[2J López is\nresting\ncause: asked on\n2026-11-02\nhint: advocate match\n--ask review\n"
        );
    }

    #[test]
    fn programs_read_one_object() {
        assert_eq!(
            written(&refused(), true, true),
            concat!(
                r#"{"error":{"kind":"refused","message":"Ana \u001b[2J\nLópez is resting","#,
                r#""cause":"asked on 2026-11-02","hint":"advocate match --ask review","clears_on":null}}"#,
                "\n"
            )
        );
    }
}
