//! A file's bytes to text with separators, whatever kind of file it is (`docs/import.md`, formats).

use super::grid::{Grid, GridText};
use super::{IntakeError, Options, decode, gzip, json, workbook};

/// A file as text.
pub(super) struct FileText {
    pub(super) text: String,
    /// Where each of its lines stands in the file, where the file was no such text.
    pub(super) lines: Option<Vec<u64>>,
    /// What is worth saying about how it was decoded.
    pub(super) note: Option<String>,
    /// Its encoding, or the kind of file where it is no text.
    pub(super) encoding: &'static str,
}

/// The text of a file, whatever kind of file it is. Of several sheets it is one whose header fits.
pub(super) fn text_of(
    bytes: Vec<u8>,
    options: &Options,
    fits: &dyn Fn(&[String]) -> bool,
) -> Result<FileText, IntakeError> {
    let bytes = gzip::unfolded(bytes)?;
    let of_grid = |grid: Grid, note, encoding| {
        let GridText { text, lines } = grid.into_text();
        Ok(FileText {
            text,
            lines: Some(lines),
            note,
            encoding,
        })
    };
    if workbook::is_workbook(&bytes) {
        return of_grid(
            workbook::read(&bytes, options.sheet.as_deref(), fits)?,
            None,
            "workbook",
        );
    }
    if options.sheet.is_some() {
        return Err(IntakeError::NoSheets);
    }
    let encoding = decode::name_of(&bytes, options.encoding.as_deref());
    let (text, note) = decode::decode(bytes, options.encoding.as_deref())?;
    match json::is_json(&text) {
        true => of_grid(json::read(&text)?, note, "JSON"),
        false => Ok(FileText {
            text,
            lines: None,
            note,
            encoding,
        }),
    }
}
