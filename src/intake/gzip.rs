//! Files that were made smaller with gzip.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::IntakeError;

/// How much a file may unfold to: as much as one that was never made smaller.
const MOST_BYTES: u64 = 1 << 30;

/// The bytes, unfolded where they were made smaller.
pub(super) fn unfolded(bytes: Vec<u8>) -> Result<Vec<u8>, IntakeError> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(bytes);
    }
    let mut unfolded = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes.as_slice()).take(MOST_BYTES + 1);
    reader
        .read_to_end(&mut unfolded)
        .map_err(|error| IntakeError::BadArchive {
            why: error.to_string(),
        })?;
    match unfolded.len() as u64 > MOST_BYTES {
        true => Err(IntakeError::TooLarge),
        false => Ok(unfolded),
    }
}
