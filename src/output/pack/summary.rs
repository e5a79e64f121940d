//! The pack in words: what needs a decision, the figures that lead, and what lies beside.

use super::super::answer::Value;
use super::super::markdown::{escaped, lines};
use super::{Advice, Pack};

/// The page of words, as Markdown.
pub(super) fn write(pack: &Pack, files: &[&str]) -> String {
    let mut page = vec![format!("# {}", escaped(&pack.title())), String::new()];
    page.push(escaped(&pack.subtitle()));
    if pack.anonymous {
        page.extend(["", "People and accounts are shown by role and industry."].map(String::from));
    }
    page.extend(["", "## What needs a decision", ""].map(String::from));
    if pack.decisions.is_empty() {
        page.push("No threshold is crossed.".to_owned());
    }
    for (index, advice) in pack.decisions.iter().enumerate() {
        decision(index + 1, advice, &mut page);
    }
    page.extend(["", "## Figures", ""].map(String::from));
    page.extend(lines(&Value::Sheet(pack.headline_sheet())));
    for section in &pack.sections {
        page.extend([
            "".to_owned(),
            format!("## {}", section.title),
            "".to_owned(),
        ]);
        page.push(escaped(section.question));
        for note in &section.notes {
            page.extend(["".to_owned(), escaped(&note.text())]);
        }
        page.push(String::new());
        page.extend(lines(&Value::Sheet(section.figures.clone())));
    }
    page.extend(["", "## Files", ""].map(String::from));
    page.extend(files.iter().map(|name| format!("- `{name}`")));
    page.push(String::new());
    page.join("\n")
}

fn decision(number: usize, advice: &Advice, page: &mut Vec<String>) {
    page.push(format!("{number}. **{}**", escaped(&advice.title)));
    for fact in &advice.evidence {
        page.push(format!("   - {}", escaped(fact)));
    }
    for case in &advice.people {
        page.push(format!("   - {}", escaped(&case.to_string())));
    }
    if let Some(next) = &advice.next {
        page.push(format!("   - Next: `{}`", next.typed()));
    }
}
