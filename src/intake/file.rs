//! Reading a file's bytes.

use std::io::Read;
use std::path::Path;

use super::IntakeError;

/// The whole file.
///
/// # Errors
/// [`IntakeError::Unreadable`].
pub fn read_file(path: &Path) -> Result<Vec<u8>, IntakeError> {
    std::fs::read(path).map_err(|source| IntakeError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// Everything that `reader` gives, such as standard input.
///
/// # Errors
/// [`IntakeError::Unreadable`], with `-` for the path.
pub fn read_all(mut reader: impl Read) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .map_err(|source| IntakeError::Unreadable {
            path: "-".into(),
            source,
        })?;
    Ok(bytes)
}
