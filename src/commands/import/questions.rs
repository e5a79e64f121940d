//! What is asked on a terminal before a file is read whose header leaves something open; where there is none, the same is
//! refused with what to type (`docs/import.md`, questions).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the chosen one is of the list that was shown"
)]

use crate::domain::characters::shortened;
use std::path::Path;

use super::input::{Input, options, save_as};
use super::kind::{Import, Look};
use crate::domain::scale::Scale;
use crate::failure::Result;
use crate::intake::{self, IntakeError, Options};
use crate::output::{Answer, Cell, CommandLine, Format, Sentence, Sheet, Table, render};
use crate::prompt;
use crate::resolve::reading::ReadArgs;
use crate::session::Session;

/// A larger file is read once: what it leaves open is refused.
const MOST_BYTES: usize = 64 << 20;
/// So many questions are asked about a file.
const MOST_QUESTIONS: usize = 12;
/// How many rows are shown.
const ROWS: usize = 3;

/// What is asked about a file, and what can be answered.
#[derive(Debug, PartialEq)]
struct Question {
    words: String,
    answers: Vec<(String, Said)>,
}

/// What an answer says of how a file is read.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    /// A field is in this column.
    Column(&'static str, String),
    /// How dates are written.
    Dates(&'static str),
    /// The scale of the answers.
    Scale(Scale),
    /// Nothing that would help.
    Nothing,
}

/// Asks what the files leave open, until they can be read; gives the options, where anything was answered. What cannot be
/// asked is left for the import to refuse.
pub(super) fn ask<I: Import>(
    import: &I,
    inputs: &[Input],
    args: &ReadArgs,
    session: &mut Session<'_>,
) -> Result<Option<Options>> {
    let is_large = inputs.iter().any(|input| input.bytes.len() > MOST_BYTES);
    if !session.interactive || is_large {
        return Ok(None);
    }
    let typed = session.read(None, |tx, present| options(tx, present, args, I::COMMAND));
    let Ok(mut options) = typed else {
        return Ok(None);
    };
    import.add_options(&mut options);
    let mut answered = false;
    for input in inputs {
        let mut is_shown = false;
        for _ in 0..MOST_QUESTIONS {
            let Some(error) = unclear(import, input, &options, session)? else {
                break;
            };
            let Some(question) = question(&error) else {
                break;
            };
            if !is_shown {
                show_rows(input, &options, session)?;
                is_shown = true;
            }
            let words: Vec<&str> = question
                .answers
                .iter()
                .map(|(words, _)| words.as_str())
                .collect();
            let chosen = prompt::one(&question.words, &words, 0)?;
            if !question.answers[chosen].1.add_to(&mut options) {
                return Ok(None);
            }
            answered = true;
        }
    }
    Ok(answered.then_some(options))
}

/// Offers to read the next such file in the same way.
pub(super) fn offer_profile<I: Import>(
    import: &I,
    options: &Options,
    session: &mut Session<'_>,
) -> Result<()> {
    if !prompt::yes("Read the next such file in the same way?", true)? {
        return Ok(());
    }
    let name = prompt::line("Name for it", Some(import.source().unwrap_or("own")))?;
    let Some(name) = name else { return Ok(()) };
    session.write(|writing, _| save_as(writing, &name, options))?;
    let command = CommandLine::of(I::COMMAND).then("FILE");
    session.note(Sentence::from("for the next one: ").then(command.option("--profile", name)))
}

/// Why a file cannot be read yet, if so.
fn unclear<I: Import>(
    import: &I,
    input: &Input,
    options: &Options,
    session: &Session<'_>,
) -> Result<Option<IntakeError>> {
    session.read(None, |tx, present| {
        let look = Look {
            tx,
            present,
            options,
        };
        Ok(import.look_at(&look, input.bytes.clone()).err())
    })
}

impl Said {
    /// Adds it to the options; says whether it helps.
    fn add_to(&self, options: &mut Options) -> bool {
        match self {
            Self::Column(field, column) => options.map.push(((*field).to_owned(), column.clone())),
            Self::Dates(form) => options.date_format = Some((*form).to_owned()),
            Self::Scale(scale) => options.scale = Some(*scale),
            Self::Nothing => return false,
        }
        true
    }
}

/// What can be asked where a file leaves this open.
fn question(error: &IntakeError) -> Option<Question> {
    let (words, mut answers) = match error {
        IntakeError::TwoColumns { field, candidates } => {
            let answers = candidates.iter().map(|(header, position)| {
                let column = position.map_or_else(|| header.clone(), |at| format!("#{at}"));
                let words =
                    position.map_or_else(|| header.clone(), |at| format!("{header} (#{at})"));
                (words, Said::Column(field, column))
            });
            (format!("Which column holds the {field}"), answers.collect())
        }
        // What the rows of a file of signals are, no column may say.
        IntakeError::NoColumn { field: "kind", .. } => return None,
        IntakeError::NoColumn { field, seen } => {
            let answers = seen.iter().enumerate().map(|(at, header)| {
                let is_alone = seen.iter().filter(|other| *other == header).count() == 1;
                let column = match is_alone && !header.is_empty() {
                    true => header.clone(),
                    false => format!("#{}", at + 1),
                };
                (format!("#{} {header}", at + 1), Said::Column(field, column))
            });
            (format!("Which column holds the {field}"), answers.collect())
        }
        IntakeError::AmbiguousDates {
            column, example, ..
        } => {
            let answers = [
                ("the day first", "day-first"),
                ("the month first", "month-first"),
            ];
            let answers = answers.map(|(words, form)| (words.to_owned(), Said::Dates(form)));
            let words = format!("How are dates such as {example} in {column} written");
            (words, answers.to_vec())
        }
        IntakeError::OtherScale {
            header,
            lowest,
            highest,
            scale,
            ..
        } => {
            let other = format!("on a scale of {scale}: they are skipped");
            let answers = vec![
                (other, Said::Scale(*scale)),
                (
                    "from 0 to 10, to the question of the NPS".to_owned(),
                    Said::Scale(Scale::ZeroToTen),
                ),
            ];
            let words =
                format!("The answers in {header} are from {lowest} to {highest}. What are they");
            (words, answers)
        }
        _ => return None,
    };
    answers.push(("stop: nothing is imported".to_owned(), Said::Nothing));
    Some(Question { words, answers })
}

/// Shows the first rows of a file, a line for each column.
fn show_rows(input: &Input, options: &Options, session: &mut Session<'_>) -> Result<()> {
    let Some(rows) = intake::first_rows(&input.bytes, options, ROWS + 1) else {
        return Ok(());
    };
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let columns: Vec<usize> = (0..width).collect();
    let cell = |row: usize, column: usize| {
        let cell = rows.get(row).and_then(|row| row.get(column));
        Cell::text(cell.map_or(String::new(), |cell| beginning(cell)))
    };
    let table: Sheet = Table::of(&columns)
        .right("", "#", |column| column + 1)
        .left("", "Column", |column| cell(0, *column))
        .left("", "First row", |column| cell(1, *column))
        .left("", "Second row", |column| cell(2, *column))
        .left("", "Third row", |column| cell(3, *column))
        .into();
    let name = Path::new(&input.name).display();
    writeln!(session.err, "{name} leaves something open. It begins so:")?;
    let today = session.clock.today(crate::domain::calendar::Zone::UTC);
    render(
        &Answer::new("", today, table),
        Format::Table,
        &session.style,
        session.err,
    )?;
    Ok(writeln!(session.err)?)
}

/// The beginning of a cell.
fn beginning(cell: &str) -> String {
    let line = cell.lines().next().unwrap_or_default();
    shortened(line, 30).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(error: &IntakeError) -> (String, Vec<Said>) {
        let question = question(error).unwrap();
        let answers = question.answers.into_iter().map(|(_, said)| said);
        (question.words, answers.collect())
    }

    #[test]
    fn only_what_is_unclear_is_asked() {
        let column = |column: &str| Said::Column("score", column.to_owned());
        let two = IntakeError::TwoColumns {
            field: "score",
            candidates: vec![("NPS".into(), None), ("Score".into(), Some(2))],
        };
        let none = IntakeError::NoColumn {
            field: "score",
            seen: vec!["A".into(), "B".into(), "B".into(), String::new()],
        };
        let dates = IntakeError::AmbiguousDates {
            column: "Date".into(),
            example: "03/04/2026".into(),
            contradictory: false,
        };
        let scale = IntakeError::OtherScale {
            header: "Rating".into(),
            answers: 12,
            lowest: 2,
            highest: 5,
            scale: Scale::OneToFive,
        };
        for (error, words, answers) in [
            (
                two,
                "Which column holds the score",
                vec![column("NPS"), column("#2")],
            ),
            (
                none,
                "Which column holds the score",
                ["A", "#2", "#3", "#4"].map(column).to_vec(),
            ),
            (
                dates,
                "How are dates such as 03/04/2026 in Date written",
                vec![Said::Dates("day-first"), Said::Dates("month-first")],
            ),
            (
                scale,
                "The answers in Rating are from 2 to 5. What are they",
                vec![Said::Scale(Scale::OneToFive), Said::Scale(Scale::ZeroToTen)],
            ),
        ] {
            let all = [answers, vec![Said::Nothing]].concat();
            assert_eq!(asked(&error), (words.to_owned(), all));
        }
        for error in [
            IntakeError::Empty,
            IntakeError::NoHeader,
            IntakeError::NoColumn {
                field: "kind",
                seen: Vec::new(),
            },
        ] {
            assert_eq!(question(&error), None);
        }
    }
}
