//! What stands between the cells of a line: found in the header, and told from what stands in quotation marks.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is a count for each candidate"
)]

use super::IntakeError;

/// Whether a byte can stand between cells: part of no character, no quotation mark, no end of line.
pub(super) fn can_delimit(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n')
}

/// A first line such as `sep=;`, which spreadsheets write: the delimiter, and where the header begins.
pub(super) fn declared_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split('\n').next().unwrap_or("");
    match line.trim_end().as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if can_delimit(*delimiter) => {
            (Some(*delimiter), text.len().min(line.len() + 1))
        }
        _ => (None, 0),
    }
}

/// The delimiter met most often in the header, outside quotation marks; nothing where there is none.
pub(super) fn sniff(text: &[u8]) -> Option<u8> {
    const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
    let mut counts = [0_usize; 4];
    let mut quoted = false;
    let mut cell_begins = true;
    for byte in text {
        if *byte == b'"' && (quoted || cell_begins) {
            quoted = !quoted;
        } else if *byte == b'\n' && !quoted && counts.iter().sum::<usize>() > 0 {
            break;
        }
        cell_begins = CANDIDATES.contains(byte) || (cell_begins && byte.is_ascii_whitespace());
        if let Some(index) = CANDIDATES.iter().position(|one| one == byte && !quoted) {
            counts[index] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let winner = counts.iter().position(|count| *count == most)?;
    (most > 0).then_some(CANDIDATES[winner])
}

/// Whether a record's text ends inside quotation marks.
pub(super) fn ends_in_quotes(raw: &[u8], delimiter: u8) -> bool {
    let mut quoted = false;
    let mut cell_begins = true;
    for byte in raw {
        match byte {
            b'"' if quoted => quoted = false,
            // A second quotation mark in a row reopens the cell, a first one opens it.
            b'"' if cell_begins => quoted = true,
            _ => {}
        }
        cell_begins = !quoted && (*byte == delimiter || matches!(byte, b'\n' | b'\r' | b'"'));
    }
    quoted
}

/// As many columns as a spreadsheet has.
const MOST_COLUMNS: usize = 16_384;

/// Refuses what has more columns than any table: reading them takes a hundred times the memory of the file.
pub(super) fn refuse_endless(text: &str, delimiter: u8) -> Result<(), IntakeError> {
    for (index, line) in text.lines().enumerate() {
        if line.len() > MOST_COLUMNS {
            let cells = 1 + line.bytes().filter(|byte| *byte == delimiter).count();
            if cells > MOST_COLUMNS {
                return Err(IntakeError::TooWide {
                    line: index + 1,
                    cells,
                });
            }
        }
    }
    Ok(())
}
