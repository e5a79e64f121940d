//! How a command shows its answer and what it says beside it; the answers themselves are made elsewhere.

use std::io;

use chrono::NaiveDate;

use super::{Done, Session};
use crate::failure::{Failure, Result};
use crate::output::{self, Answer, Format, Reader, Sentence, Value};

impl Session<'_> {
    /// Prints an answer, unless `--quiet`: the last sentence of a command's story.
    pub(crate) fn show(
        &mut self,
        schema: &'static str,
        as_of: NaiveDate,
        data: impl Into<Value>,
    ) -> Result<Done> {
        if !self.quiet {
            let data = self.only_wanted(data.into())?;
            let answer = Answer::new(schema, as_of, data);
            let answer = self.invocation.answer(answer);
            let shown = self.print(&answer);
            let left_out = shown.map_err(|error| self.unshown(error, &answer))?;
            self.note_what_is_left_out(&left_out)?;
        }
        Ok(Done::Fully)
    }

    /// Prints an answer, and returns the headings of the columns for which there was no room.
    fn print(&mut self, answer: &Answer) -> io::Result<Vec<String>> {
        let pager = self.pager.as_ref();
        // What was done is said on the spot.
        let pages = self.format == Format::Table && !self.has_written;
        let left_out = match pager.filter(|_| pages) {
            Some(pager) => {
                let mut text = Vec::new();
                let left_out = output::render(answer, self.format, &self.style, &mut text)?;
                pager.print(&text, self.out)?;
                left_out
            }
            None => output::render(answer, self.format, &self.style, self.out)?,
        };
        self.out.flush()?;
        Ok(left_out)
    }

    /// Prints a page of text, through a pager where it is longer than the terminal.
    pub(crate) fn print_page(&mut self, text: &str) -> Result<Done> {
        match &self.pager {
            Some(pager) => pager.print(text.as_bytes(), self.out)?,
            None => self.out.write_all(text.as_bytes())?,
        }
        self.out.flush()?;
        Ok(Done::Fully)
    }

    /// For whom answers are made. Fields that are named, to be shown or to sort by, are found among all.
    pub(crate) fn reader(&self) -> Reader {
        match self.fields.is_empty() && self.order.is_none() {
            true => self.format.reader(),
            false => Reader::Anybody,
        }
    }

    /// How many rows a list may have, which is left to the end where it is sorted then.
    pub(crate) fn most(&mut self, limit: Option<u32>) -> usize {
        let limit = limit.map(|limit| limit as usize);
        match &mut self.order {
            Some(order) => {
                order.most = limit;
                usize::MAX
            }
            None => limit.unwrap_or(usize::MAX),
        }
    }

    /// The fields of an answer that are wanted. What was done is told in full where one is not there.
    fn only_wanted(&mut self, mut data: Value) -> Result<Value> {
        if let Some(order) = &self.order
            && let Err(error) = output::sort(&mut data, order)
        {
            if !self.has_written {
                return Err(Failure::no_such_field(error));
            }
            self.warn(format!("there is no field `{}` in the answer", error.field))?;
        }
        if self.fields.is_empty() {
            return Ok(data);
        }
        match output::only(data.clone(), &self.fields) {
            Ok(wanted) => Ok(wanted),
            Err(error) if self.has_written => {
                self.warn(format!("there is no field `{}` in the answer", error.field))?;
                Ok(data)
            }
            Err(error) => Err(Failure::no_such_field(error)),
        }
    }

    /// What is said where the answer could not be printed: what was done, is done.
    fn unshown(&self, error: io::Error, answer: &Answer) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => error.into(),
            _ if self.has_written => Failure::recorded(answer.subject(), &error),
            _ => Failure::from(error).doing("the answer could not be printed"),
        }
    }

    /// What is missing and cannot be asked for, and the options that say it.
    pub(crate) fn unasked(&self, missing: &str, options: impl Into<Sentence>) -> Failure {
        let why = match self.no_input {
            true => "--no-input forbids questions",
            false => "there is no terminal to ask",
        };
        Failure::usage_hint(format!("{missing} missing, and {why}"), options)
    }

    /// Says what is wrong with something that was done all the same: on stderr, and with `--quiet`, too.
    pub(crate) fn warn(&mut self, warning: impl Into<Sentence>) -> Result<()> {
        let warning = self.invocation.sentence(warning.into());
        for line in self.style.note(&Sentence::from("warning: ").then(warning)) {
            writeln!(self.err, "{line}")?;
        }
        Ok(())
    }

    /// Says something beside the answer where there is something to say: the last words of a command.
    pub(crate) fn note_any(&mut self, note: Option<impl Into<Sentence>>) -> Result<Done> {
        if let Some(note) = note {
            self.note(note)?;
        }
        Ok(Done::Fully)
    }

    /// Says that a list is longer than what is shown of it, where it is.
    pub(crate) fn note_the_rest(&mut self, shown: usize, all: usize) -> Result<Done> {
        if shown < all {
            self.note(format!("{shown} of {all} shown; --limit {all} shows all"))?;
        }
        Ok(Done::Fully)
    }

    /// Says for which columns there was no room, if there are any.
    fn note_what_is_left_out(&mut self, columns: &[String]) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let columns = columns.join(", ");
        self.note(format!(
            "no room for {columns}: a wider terminal or --format csv shows all"
        ))
    }

    /// Says something beside the answer, on stderr, unless `--quiet`.
    pub(crate) fn note(&mut self, note: impl Into<Sentence>) -> Result<()> {
        if !self.quiet {
            let note = self.invocation.sentence(note.into());
            for line in self.style.note(&Sentence::from("note: ").then(note)) {
                writeln!(self.err, "{line}")?;
            }
        }
        Ok(())
    }
}
