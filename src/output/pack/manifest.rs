//! The file that lists all others of a pack, by which a folder is known as one of ours.

use std::io;

use serde_json::json;

use super::contents::Pack;
use crate::output::json as json_format;

/// The schema of the manifest, by which a folder is known as a pack of ours.
pub(super) const SCHEMA: &str = "qbr-pack/1";
/// The file that lists all others.
pub(super) const MANIFEST: &str = "manifest.json";

/// A file of the pack.
pub(super) struct PackFile {
    /// Its path in the folder, with `/`.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// The manifest of a pack of these files.
pub(super) fn manifest(pack: &Pack, files: &[PackFile]) -> io::Result<PackFile> {
    let list: Vec<_> = files
        .iter()
        .map(|file| json!({ "name": file.name, "bytes": file.bytes.len() }))
        .collect();
    let period = pack.heading.period.name();
    let beside = pack
        .heading
        .beside
        .map(|beside| beside.name())
        .unwrap_or_default();
    let whole = json!({
        "schema": SCHEMA,
        "as_of": pack.as_of.to_string(),
        "period": period,
        "beside": beside,
        "anonymous": pack.anonymous,
        "files": list,
    });
    let text = serde_json::to_string_pretty(&whole)?;
    Ok(PackFile {
        name: MANIFEST.into(),
        bytes: format!("{}\n", json_format::escaped(&text)).into_bytes(),
    })
}
