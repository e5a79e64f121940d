//! One command for several people: each is a transaction of its own, and a summary says what became of whom.

use std::io::{self, Read};

use crate::failure::{Failure, Result};
use crate::output::Table;
use crate::session::{Done, Session};

/// What became of one of them.
struct Ended {
    who: String,
    failure: Option<Failure>,
}

/// Runs a command for each person named; for one alone, with its own answer.
///
/// # Errors
/// Of one person, whatever the command returns. Of several, the first failure's exit code once all were tried.
pub(crate) fn each(
    named: &[String],
    session: &mut Session<'_>,
    mut one: impl FnMut(&str, &mut Session<'_>) -> Result<Done>,
) -> Result<Done> {
    if let [who] = named
        && who != "-"
    {
        return one(who, session);
    }
    let mut ended = Vec::new();
    for who in everyone(named)? {
        let quiet = std::mem::replace(&mut session.quiet, true);
        let result = one(&who, session);
        session.quiet = quiet;
        let failure = result.err();
        ended.push(Ended { who, failure });
    }
    summary(ended, session)
}

fn summary(ended: Vec<Ended>, session: &mut Session<'_>) -> Result<Done> {
    let table = Table::of(&ended)
        .left("who", "Who", |one| &one.who)
        .data("done", |one| one.failure.is_none())
        .left("message", "What became of it", |one| match &one.failure {
            Some(failure) => failure.to_string(),
            None => "done".to_owned(),
        })
        .empty("Nobody was named.");
    let today = session.read(None, |_, present| Ok(present.today))?;
    session.show("several/1", today, table)?;
    let all = ended.len();
    let mut failures = ended.into_iter().filter_map(|one| one.failure);
    let Some(first) = failures.next() else {
        return Ok(Done::Fully);
    };
    let wrong = failures.count() + 1;
    Err(first.among(wrong, all))
}

/// The people named; `-` stands for those on standard input, one a line.
fn everyone(named: &[String]) -> Result<Vec<String>> {
    let mut everyone = Vec::new();
    for who in named {
        if who == "-" {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text)?;
            let lines = text.lines().map(str::trim);
            everyone.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
        } else {
            everyone.push(who.clone());
        }
    }
    Ok(everyone)
}
