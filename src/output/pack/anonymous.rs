//! A pack that leaves the house: a role for each person, an industry for each account, and nothing else that tells
//! who is meant.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the columns are those of the sheet, and a row has a cell for each"
)]

use std::collections::BTreeMap;

use super::super::answer::{Cell, Column, Names, Sheet, Shown};
use super::{Advice, Pack};

/// What to say instead of somebody's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    people: BTreeMap<String, String>,
    accounts: BTreeMap<String, String>,
}

impl Roster {
    /// Adds a person by e-mail address; `role` and `industry` where they are known.
    pub fn person(&mut self, email: &str, role: Option<&str>, industry: Option<&str>) {
        let role = role.map_or_else(|| "somebody".to_owned(), with_article);
        let words = match industry {
            Some(industry) => format!("{role} in {industry}"),
            None => role,
        };
        self.people.insert(email.to_lowercase(), words);
    }

    /// Adds an account by its name.
    pub fn account(&mut self, name: &str, industry: Option<&str>) {
        let words = match industry {
            Some(industry) => with_article(&format!("{industry} account")),
            None => "an account".to_owned(),
        };
        self.accounts.insert(name.to_lowercase(), words);
    }

    /// The words for a name; nothing for what must not be said at all.
    fn instead(&self, names: Names, text: &str) -> Option<String> {
        let known = |list: &BTreeMap<String, String>, unknown: &str| {
            let found = list.get(&text.trim().to_lowercase());
            found.cloned().unwrap_or_else(|| unknown.to_owned())
        };
        match names {
            Names::Nobody => Some(text.to_owned()),
            Names::People => Some(known(&self.people, "somebody")),
            Names::Accounts => Some(known(&self.accounts, "an account")),
            Names::Others => None,
        }
    }
}

/// `a CMO`, `an engineer`.
fn with_article(words: &str) -> String {
    let vowel = words.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o', 'u']);
    format!("{} {words}", if vowel { "an" } else { "a" })
}

impl Pack {
    /// The same pack, naming nobody.
    #[must_use]
    pub fn anonymous(mut self, roster: &Roster) -> Self {
        for section in &mut self.sections {
            for table in section.tables.iter_mut().chain(&mut section.facts) {
                table.sheet = nameless(std::mem::take(&mut table.sheet), roster);
            }
        }
        for advice in &mut self.decisions {
            hide(advice, roster);
        }
        self.deals = nameless(std::mem::take(&mut self.deals), roster);
        self.testimonial = None;
        self.anonymous = true;
        self
    }
}

/// The sheet with roles and industries for names, and without the columns that can have neither.
fn nameless(sheet: Sheet, roster: &Roster) -> Sheet {
    let kept: Vec<usize> = (0..sheet.columns.len())
        .filter(|column| sheet.columns[*column].names != Names::Others)
        .collect();
    let columns: Vec<Column> = kept
        .iter()
        .map(|column| seen(&sheet.columns[*column]))
        .collect();
    let mut shown = Sheet::new(columns).empty(sheet.empty);
    for row in sheet.rows {
        let cell = |column: &usize| match (&row[*column], sheet.columns[*column].names) {
            (cell, Names::Nobody) => cell.clone(),
            (Cell::Text(text), names) => Cell::opt(roster.instead(names, text)),
            (Cell::Empty, _) => Cell::Empty,
            (_, names) => Cell::opt(roster.instead(names, "")),
        };
        shown.push(kept.iter().map(cell).collect());
    }
    shown
}

/// The column as it stands in a pack that names nobody. Where readers had a name and programs an address, both have the
/// role.
fn seen(column: &Column) -> Column {
    match column.names {
        Names::People => Column {
            heading: "Person".to_owned(),
            shown: Shown::Everywhere,
            ..column.clone()
        },
        _ => column.clone(),
    }
}

/// Whom it concerns, by role, and without a command.
fn hide(advice: &mut Advice, roster: &Roster) {
    advice.next = None;
    if !advice.people.is_empty() {
        advice.owner = "whoever looks after them".to_owned();
    }
    for case in &mut advice.people {
        case.who = roster.instead(Names::People, &case.who).unwrap_or_default();
        case.name.clone_from(&case.who);
        case.owner = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Table;

    fn roster() -> Roster {
        let mut roster = Roster::default();
        roster.person("Nina@x.example", Some("CMO"), Some("healthcare"));
        roster.person("omar@x.example", Some("engineer"), None);
        roster.person("ana@x.example", None, Some("retail"));
        roster.account("Northwind", Some("energy"));
        roster
    }

    #[test]
    fn everybody_has_a_role() {
        for (names, text, words) in [
            (Names::People, "nina@x.example", Some("a CMO in healthcare")),
            (Names::People, "OMAR@x.example", Some("an engineer")),
            (Names::People, "ana@x.example", Some("somebody in retail")),
            (Names::People, "new@x.example", Some("somebody")),
            (Names::Accounts, "northwind", Some("an energy account")),
            (Names::Accounts, "Unknown", Some("an account")),
            (Names::Others, "The secret deal", None),
            (Names::Nobody, "healthcare", Some("healthcare")),
        ] {
            let said = roster().instead(names, text);
            assert_eq!(said.as_deref(), words, "{names:?} {text}");
        }
    }

    #[test]
    fn columns_that_tell_are_left_out() {
        let rows = [(1, Some("nina@x.example")), (2, None)];
        let sheet = Table::of(&rows)
            .right("id", "Id", |(id, _)| *id)
            .data("email", |(_, email)| *email)
            .names(Names::People)
            .left("title", "Title", |_| "Secret")
            .names(Names::Others)
            .sheet();
        let shown = nameless(sheet, &roster());
        assert_eq!(shown.columns.len(), 2);
        assert_eq!(shown.columns[1].heading, "Person");
        assert_eq!(shown.columns[1].shown, Shown::Everywhere);
        assert_eq!(shown.rows[0][1], Cell::text("a CMO in healthcare"));
        assert_eq!(shown.rows[1][1], Cell::Empty);
    }
}
