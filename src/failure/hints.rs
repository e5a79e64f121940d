//! What to type next where the database or a file is to blame.

use crate::intake::IntakeError;
use crate::output::{CommandLine, Sentence};
use crate::store::StoreError;

/// What to do where a disk is full.
pub(super) const FREE_SOME_SPACE: &str = "free some space on that disk, and type it again";

/// What to type where the database is to blame.
pub(super) fn database_hint(error: &StoreError) -> Sentence {
    let init = || Sentence::from(CommandLine::of("init"));
    match error {
        StoreError::Missing(_) => init().then("   (or name the file with --db PATH)"),
        StoreError::Exists(path) => Sentence::from("use it with ")
            .then(CommandLine::options("--db").value(path.display()))
            .then(", or choose another name"),
        StoreError::Empty(_) => init().then("   (makes it the program's database)"),
        StoreError::LeftBeside(path) => {
            let aside = format!("{}.left", path.display());
            let command = CommandLine::options("mv").value(path.display());
            Sentence::from("it belongs to the database that was there: move it away: ")
                .then(command.value(aside))
        }
        StoreError::NotOurs(_) => "name another file with --db PATH".into(),
        StoreError::Newer { .. } => "install the newer version of advocate".into(),
        StoreError::Older { .. } => init().then("   (upgrades it, keeping every fact)"),
        StoreError::Busy => "try again, or wait longer with --lock-wait SECONDS".into(),
        StoreError::Unreadable { .. } => "check the path and its permissions".into(),
        StoreError::ReadOnly(_) => {
            "check the permissions of the file and of its folder; reading needs a folder to write in, too".into()
        }
        StoreError::ReadOnlyFile(path) => {
            Sentence::from(CommandLine::options("chmod u+w").value(path.display()))
        }
        StoreError::ClockSetBack { .. } => {
            "set the clock; where it is right and that operation was not, add --clock-is-right"
                .into()
        }
        StoreError::DiskFull(_) => FREE_SOME_SPACE.into(),
        StoreError::DiskFailed(_) => "see whether it is full or failing, and type it again".into(),
        StoreError::Damaged(_) => Sentence::from("bring back the last export: ")
            .then(CommandLine::of("--db NEW.db import all EXPORT-DIR")),
        StoreError::InTheWay(_) => Sentence::from(CommandLine::of("history"))
            .then("   (lists what happened since)"),
        StoreError::Sqlite(_) => {
            Sentence::from(CommandLine::of("check")).then("   (looks for damage)")
        }
    }
}

/// What to type where a file is to blame, and something would help.
pub(super) fn file_hint(error: &IntakeError) -> Option<Sentence> {
    let delimiter = |sign| Sentence::from(CommandLine::options("--delimiter").value(sign));
    let map = |field: &str| format!("--map {field}=\"<header>\"");
    Some(match error {
        IntakeError::Unreadable { .. } | IntakeError::Empty => return None,
        IntakeError::Damaged { .. } => {
            Sentence::from("nothing was loaded; export again: ").then(CommandLine::of("export DIR"))
        }
        IntakeError::NewerExport { .. } => "install the newer version of advocate".into(),
        IntakeError::Workbook
        | IntakeError::BadWorkbook { .. }
        | IntakeError::BadArchive { .. }
        | IntakeError::TooLarge => "save it as .xlsx or as CSV (UTF-8), and import that".into(),
        IntakeError::WhichSheet { candidates: names } | IntakeError::NoSheet { seen: names, .. } => {
            let first = names.first().map_or("NAME", String::as_str);
            CommandLine::options("--sheet").value(first).into()
        }
        IntakeError::NoSheets => "leave out --sheet".into(),
        IntakeError::BadJson { .. } => "give an array of objects, or an object on each line".into(),
        IntakeError::Shape { .. } => {
            "export it with one row for each answer, or name the columns: --map score=\"<header>\"".into()
        }
        IntakeError::TooWide { .. } => {
            "look at the file in an editor; --delimiter says what stands between cells".into()
        }
        IntakeError::NoHeader => "add a first row that names the columns".into(),
        IntakeError::UnknownEncoding { .. } => {
            "--encoding windows-1252 (or utf-8, utf-16le, iso-8859-15, macintosh …)".into()
        }
        IntakeError::BadDelimiter { .. } => delimiter(";").then(" (or another ASCII sign)"),
        IntakeError::OtherDelimiter { found: b'\t', .. } => delimiter("tab"),
        IntakeError::OtherDelimiter { found, .. } => delimiter(&char::from(*found).to_string()),
        IntakeError::UnknownField { known, .. } => map(known.first().unwrap_or(&"field")).into(),
        IntakeError::NoSuchColumn { .. } => "--when \"<header>>=20\"".into(),
        IntakeError::NoColumn { field: "kind", .. } => {
            "--kind power-user (or another kind of signal), or --map kind=\"<header>\"".into()
        }
        IntakeError::NoColumn { field: "date", .. } => format!(
            "{}, or --date 2026-03-31 for the day of a file without dates",
            map("date")
        )
        .into(),
        IntakeError::NoColumn { field, seen } if seen.iter().filter(|name| !name.is_empty()).count() < 3 => format!(
            "{}, or --skip-lines NUMBER where the header stands below other lines",
            map(field)
        )
        .into(),
        IntakeError::OtherScale { scale, .. } => format!(
            "--scale {scale} if it is: such answers are skipped; --scale 0-10 if they answer the question of the NPS"
        )
        .into(),
        IntakeError::NoDayHere => "leave out --date".into(),
        IntakeError::UnknownHeader { field, .. } | IntakeError::NoColumn { field, .. } => {
            map(field).into()
        }
        IntakeError::TwoColumns { field, candidates } => match candidates.first() {
            Some((_, Some(position))) => CommandLine::options("--map")
                .value(format!("{field}=#{position}"))
                .into(),
            Some((first, None)) => CommandLine::options("--map")
                .value(format!("{field}={first}"))
                .into(),
            None => map(field).into(),
        },
        IntakeError::AmbiguousDates { .. } => "--date-format day-first (or month-first)".into(),
        IntakeError::BadDateFormat { .. } => {
            "--date-format day-first (or month-first, or a pattern such as %d/%m/%Y)".into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_typed_back_as_one_word() {
        let two_scores = |header: &str| IntakeError::TwoColumns {
            field: "score",
            candidates: vec![(header.to_owned(), None)],
        };
        let other = |found| IntakeError::OtherDelimiter { given: b',', found };
        for (error, hint) in [
            (two_scores("NPS"), "--map score=NPS"),
            (two_scores("How's $(us)?"), r"--map 'score=How'\''s $(us)?'"),
            (other(b';'), "--delimiter ';'"),
            (other(b'\t'), "--delimiter tab"),
        ] {
            assert_eq!(file_hint(&error).unwrap().text(), hint);
        }
    }
}
