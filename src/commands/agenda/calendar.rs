//! The agenda as a file for a calendar program.

use std::path::Path;

use super::{Due, words};
use crate::domain::calendar::Timestamp;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{CalendarEntry, Invocation, calendar, count_of, write_whole};

/// What every entry of the file needs to know.
pub(super) struct Calendar<'a> {
    /// The day and the policy.
    pub present: &'a Present,
    /// Tells the entries of this program from those of another.
    pub founded_at: Timestamp,
    /// How commands begin.
    pub invocation: Invocation,
}

impl Calendar<'_> {
    /// Writes the file and says so; `stamp` is now.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, path: &Path, dues: &[Due], stamp: Timestamp) -> Result<String> {
        let mut entries: Vec<CalendarEntry> = dues.iter().map(|due| self.entry(due)).collect();
        if entries.is_empty() {
            // A calendar without entries is none (RFC 5545 §3.4), and this one says that it is up to date.
            entries.push(CalendarEntry {
                uid: uid("nothing", 0, self.founded_at),
                on: self.present.today,
                summary: "Nothing is due".to_owned(),
                description: "Everyone is thanked, answered and looked after.".to_owned(),
                category: "nothing",
            });
        }
        let file = calendar("Advocate agenda", &entries, stamp);
        write_whole(path, &file).map_err(|error| {
            Failure::other(
                format!("cannot write {}: {error}", path.display()),
                "name another file with --ics".to_owned(),
            )
        })?;
        let wrote = count_of(entries.len(), "entry", "entries");
        Ok(format!("wrote {wrote} to {}", path.display()))
    }

    /// What is overdue stands in the calendar of today, where somebody sees it; the next file moves it along.
    fn entry(&self, due: &Due) -> CalendarEntry {
        let (item, today) = (&due.item, self.present.today);
        let command = words::command(due, words::By::Address, today);
        let command = self.invocation.command(command).typed();
        CalendarEntry {
            uid: uid(item.kind.name(), item.id(), self.founded_at),
            on: item.due_on.max(today),
            summary: words::what(due),
            description: format!("Due {}.\nSettled by: {command}", item.due_on),
            category: item.kind.name(),
        }
    }
}

/// The kind and the id name an item in its program, for ever; the second in which the program began tells programs
/// apart.
fn uid(kind: &str, id: i64, founded_at: Timestamp) -> String {
    format!("{kind}-{id}-{}@advocate", founded_at.0)
}
