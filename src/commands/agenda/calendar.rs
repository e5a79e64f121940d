//! The agenda as a file for a calendar program.

use std::path::Path;

use super::{Due, words};
use crate::commands::{Failure, Present};
use crate::domain::calendar::Timestamp;
use crate::output::{CalendarEntry, calendar, count_of, write_whole};

/// Writes the file and says so. `founded_at` tells the entries of this program from those of another; `stamp` is now.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(
    path: &Path,
    dues: &[Due],
    present: &Present,
    (founded_at, stamp): (Timestamp, Timestamp),
) -> anyhow::Result<String> {
    let mut entries: Vec<CalendarEntry> = dues
        .iter()
        .map(|due| entry(due, present, founded_at))
        .collect();
    if entries.is_empty() {
        // A calendar without entries is none (RFC 5545 §3.4), and this one says that it is up to date.
        entries.push(CalendarEntry {
            uid: uid("nothing", 0, founded_at),
            on: present.today,
            summary: "Nothing is due".to_owned(),
            description: "Everyone is thanked, answered and looked after.".to_owned(),
            category: "nothing",
        });
    }
    let file = calendar("Advocate agenda", &entries, stamp);
    write_whole(path, &file).map_err(|error| Failure::Other {
        message: format!("cannot write {}: {error}", path.display()),
        hint: "name another file with --ics".to_owned(),
    })?;
    let wrote = count_of(entries.len(), "entry", "entries");
    Ok(format!("wrote {wrote} to {}", path.display()))
}

/// What is overdue stands in the calendar of today, where somebody sees it; the next file moves it along.
fn entry(due: &Due, present: &Present, founded_at: Timestamp) -> CalendarEntry {
    let item = &due.item;
    let command = words::command(due, words::By::Address, present.today);
    CalendarEntry {
        uid: uid(item.kind.name(), item.id(), founded_at),
        on: item.due_on.max(present.today),
        summary: words::what(due),
        description: format!("Due {}.\nSettled by: {command}", item.due_on),
        category: item.kind.name(),
    }
}

/// The kind and the id name an item in its program, for ever; the second in which the program began tells programs
/// apart.
fn uid(kind: &str, id: i64, founded_at: Timestamp) -> String {
    format!("{kind}-{id}-{}@advocate", founded_at.0)
}
