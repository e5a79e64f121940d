//! The agenda as entries of a calendar program.

use chrono::NaiveDate;

use super::agenda::{Due, NamedBy};
use crate::domain::calendar::Timestamp;
use crate::output::{CalendarEntry, Invocation};

/// What every entry needs to know.
pub(crate) struct Calendar<'a> {
    /// The program's day.
    pub(crate) today: NaiveDate,
    /// Tells the entries of this program from those of another.
    pub(crate) founded_at: Timestamp,
    /// How commands begin.
    pub(crate) invocation: &'a Invocation,
}

impl Calendar<'_> {
    /// An entry for each item. A calendar without entries is none (RFC 5545 §3.4), and one that says so is up to date.
    pub(crate) fn entries(&self, dues: &[Due]) -> Vec<CalendarEntry> {
        if dues.is_empty() {
            return vec![CalendarEntry {
                uid: self.uid("nothing", 0),
                on: self.today,
                summary: "Nothing is due".to_owned(),
                description: "Everyone is thanked, answered and looked after.".to_owned(),
                category: "nothing",
            }];
        }
        dues.iter().map(|due| self.entry(due)).collect()
    }

    /// What is overdue stands in the calendar of today, where somebody sees it; the next file moves it along.
    fn entry(&self, due: &Due) -> CalendarEntry {
        let item = &due.item;
        let command = due.command(NamedBy::Address, self.today);
        let command = self.invocation.command(command).typed();
        CalendarEntry {
            uid: self.uid(item.kind.name(), item.id()),
            on: item.due_on.max(self.today),
            summary: due.what(),
            description: format!("Due {}.\nSettled by: {command}", item.due_on),
            category: item.kind.name(),
        }
    }

    /// The kind and the id name an item in its program, for ever; the second in which the program began tells programs
    /// apart.
    fn uid(&self, kind: &str, id: i64) -> String {
        format!("{kind}-{id}-{}@advocate", self.founded_at.0)
    }
}
