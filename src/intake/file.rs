//! Reading a file's bytes, which never takes more memory than a large file has.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the length was just looked at"
)]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::IntakeError;
use crate::system;

/// More than any export of a survey or a CRM has: some four million answers.
const MOST_BYTES: u64 = 1 << 30;
/// How much is looked at before more is read.
const BEGINNING: u64 = 1 << 16;

/// The whole file.
///
/// # Errors
/// [`IntakeError::Unreadable`]: also for what is no file but gives bytes for ever, or waits for them.
pub fn read_file(path: &Path) -> Result<Vec<u8>, IntakeError> {
    let read = refuse_endless(path).and_then(|()| read_bounded(File::open(path)?));
    read.map_err(|source| IntakeError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// Everything that `reader` gives, such as standard input.
///
/// # Errors
/// [`IntakeError::Unreadable`], with `-` for the path.
pub fn read_all(reader: impl Read) -> Result<Vec<u8>, IntakeError> {
    read_bounded(reader).map_err(|source| IntakeError::Unreadable {
        path: "-".into(),
        source,
    })
}

/// Refuses a device, and a pipe by its name: only what the shell opens itself, as `<(…)`, is known to end.
fn refuse_endless(path: &Path) -> io::Result<()> {
    let kind = fs::metadata(path)?.file_type();
    let is_opened =
        path.starts_with("/dev/fd") || path.starts_with("/proc") || path == Path::new("/dev/stdin");
    if system::is_pipe(kind) && !is_opened {
        return Err(io::Error::other(
            "it is a pipe; give it as standard input: - < PIPE",
        ));
    }
    if system::is_device(kind) && !is_opened {
        return Err(io::Error::other("it is a device, no file"));
    }
    Ok(())
}

fn read_bounded(mut reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.by_ref().take(BEGINNING).read_to_end(&mut bytes)?;
    // No text begins so, in any encoding.
    if bytes.len() > 16 && bytes[..16].iter().all(|byte| *byte == 0) {
        return Err(io::Error::other("it begins with zero bytes: it is no text"));
    }
    reader.take(MOST_BYTES).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MOST_BYTES {
        true => Err(io::Error::other(
            "it is larger than 1 GiB; import it in parts",
        )),
        false => Ok(bytes),
    }
}
