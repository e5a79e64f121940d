//! The pack in words: about ten sentences that can be read aloud, and beneath them what to type.

use super::super::answer::Cell;
use super::super::document::Compared;
use super::super::markdown::escaped;
use super::super::plain::{parts, plain};
use super::super::short::label;
use super::Pack;

/// The page of words, as Markdown.
pub(super) fn write(pack: &Pack) -> String {
    let mut page = vec![
        format!("# {}", escaped(&pack.title())),
        String::new(),
        escaped(&pack.subtitle()),
        String::new(),
        escaped(&pack.story),
    ];
    if pack.anonymous {
        page.extend(["", "People and accounts are shown by role and industry."].map(String::from));
    }
    page.extend(["", "## What needs a decision", ""].map(String::from));
    if pack.decisions.is_empty() {
        page.push("No threshold is crossed.".to_owned());
    }
    for (index, advice) in pack.decisions.iter().enumerate() {
        page.push(format!("{}. {}", index + 1, escaped(&advice.sentence())));
    }
    page.extend(["", "## The figures that lead", ""].map(String::from));
    for hero in pack.heroes() {
        let figures = hero
            .iter()
            .take(2)
            .map(|one| format!("- {}", escaped(&figure(one))));
        page.extend(figures);
    }
    let commands: Vec<String> = pack
        .commands()
        .map(|(_, next)| format!("- Next: `{}`", next.typed()))
        .collect();
    if !commands.is_empty() {
        page.extend(["", "## To begin with the decisions", ""].map(String::from));
        page.extend(commands);
    }
    page.push(String::new());
    page.join("\n")
}

/// A figure in a sentence: what it is, on how much it rests, what it was, and the word for that.
fn figure(one: &Compared) -> String {
    let value = match &one.figure.value {
        cell @ Cell::Money { .. } => label(cell),
        _ if one.said().is_empty() => "not known yet".to_owned(),
        _ => one.said(),
    };
    let rests = match parts(&one.figure.value) {
        parts if parts.is_empty() => parts,
        parts => format!(" ({parts})"),
    };
    let before = match plain(&one.before) {
        before if before.is_empty() => String::new(),
        before => format!("; before: {before}"),
    };
    let word = one.verdict().map(|verdict| format!(", {}", verdict.name()));
    format!(
        "{}: {value}{rests}{before}{}.",
        one.figure.name(),
        word.unwrap_or_default()
    )
}
