//! Where the pack is written: a folder beside the old one, moved into its place when it is whole. Files that are not
//! of a pack are moved over with it, never deleted.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::super::{CommandLine, Sentence};
use super::manifest::{MANIFEST, PackFile, SCHEMA};

/// Why a pack cannot be written there.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is something that is no pack.
    #[error("{} is not a pack of ours; it was left untouched", .0.display())]
    NotOurs(PathBuf),
    /// A file of the new pack would take the place of one that is not of the old.
    #[error("{} is not of the pack and in its way; nothing was changed", .0.display())]
    InTheWay(PathBuf),
    /// The system's reason.
    #[error("the pack could not be written to {}", .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// A file of the pack could not be made.
    #[error("a file of the pack could not be made")]
    Made(#[from] io::Error),
}

impl FolderError {
    /// What to type next.
    pub fn hint(&self) -> Option<Sentence> {
        match self {
            FolderError::NotOurs(_) => {
                Some("name a new folder, or an empty one: --out qbr-new".into())
            }
            FolderError::InTheWay(path) => {
                let command = CommandLine::options("mv").value(path.display()).then("..");
                Some(Sentence::from("move it: ").then(command))
            }
            FolderError::Io(..) | FolderError::Made(_) => None,
        }
    }
}

/// The folder itself, the one in which the new pack is made, and the one to which the old pack steps aside.
struct Places {
    target: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Places {
    fn of(folder: &Path) -> Result<Self, FolderError> {
        let failed = |error| FolderError::Io(folder.to_owned(), error);
        let target = match folder.canonicalize() {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                std::path::absolute(folder).map_err(failed)?
            }
            Err(error) => return Err(failed(error)),
        };
        let Some(name) = target.file_name() else {
            return Err(FolderError::NotOurs(target));
        };
        let beside = |what: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(what);
            target.with_file_name(hidden)
        };
        Ok(Self {
            new: beside(&format!(".new-{}", std::process::id())),
            old: beside(".old"),
            target,
        })
    }
}

/// Refuses a folder in which something else lives, before any work is done.
pub(super) fn check(folder: &Path) -> Result<(), FolderError> {
    let places = Places::of(folder)?;
    finish(&places)?;
    let target = &places.target;
    let empty = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    match !target.exists() || names_of_pack(target).is_some() || empty() {
        true => Ok(()),
        false => Err(FolderError::NotOurs(folder.to_owned())),
    }
}

/// Puts the files in the place of what is in `folder`.
pub(super) fn replace(folder: &Path, files: &[PackFile]) -> Result<(), FolderError> {
    let places = Places::of(folder)?;
    let failed = |error| FolderError::Io(folder.to_owned(), error);
    for name in foreign(&places.target)? {
        if files.iter().any(|file| Path::new(&file.name) == name) {
            return Err(FolderError::InTheWay(folder.join(name)));
        }
    }
    let made = make(&places.new, files);
    if made.is_err() {
        // The first failure is the one to report.
        let _ = fs::remove_dir_all(&places.new);
    }
    made.map_err(failed)?;
    swap(&places).map_err(failed)?;
    finish(&places)
}

fn make(folder: &Path, files: &[PackFile]) -> io::Result<()> {
    let create = |folder: &Path| DirBuilder::new().mode(0o700).create(folder);
    create(folder)?;
    for file in files {
        let path = folder.join(&file.name);
        if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
            create(parent)?;
        }
        let mut new = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        new.write_all(&file.bytes)?;
        new.sync_all()?;
    }
    Ok(())
}

/// The old pack steps aside and the new one takes its place; if it cannot, the old one comes back.
fn swap(places: &Places) -> io::Result<()> {
    let aside = places.target.exists();
    if aside {
        fs::rename(&places.target, &places.old)?;
    }
    let moved = fs::rename(&places.new, &places.target);
    if moved.is_err() {
        let _ = fs::remove_dir_all(&places.new);
        if aside {
            fs::rename(&places.old, &places.target)?;
        }
    }
    moved
}

/// Clears what stepped aside, also in a run that was interrupted: what is not of the pack is moved over, the pack's
/// own files go. Where nothing took its place, it comes back.
fn finish(places: &Places) -> Result<(), FolderError> {
    let failed = |error| FolderError::Io(places.target.clone(), error);
    if !places.old.exists() {
        return Ok(());
    }
    if !places.target.exists() {
        return fs::rename(&places.old, &places.target).map_err(failed);
    }
    for name in foreign(&places.old)? {
        let to = places.target.join(&name);
        if to.exists() {
            return Err(FolderError::InTheWay(places.old.join(name)));
        }
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::rename(places.old.join(&name), to).map_err(failed)?;
    }
    fs::remove_dir_all(&places.old).map_err(failed)
}

/// The files that the manifest in a folder lists, itself included; `None` where it holds no pack.
fn names_of_pack(folder: &Path) -> Option<Vec<PathBuf>> {
    let text = fs::read_to_string(folder.join(MANIFEST)).ok()?;
    let manifest: Json = serde_json::from_str(&text).ok()?;
    if manifest["schema"] != SCHEMA {
        return None;
    }
    let files = manifest["files"].as_array()?.iter();
    let names = files.filter_map(|file| file["name"].as_str().map(PathBuf::from));
    Some(names.chain([PathBuf::from(MANIFEST)]).collect())
}

/// The files in a folder that are not of the pack in it, by their path from there.
fn foreign(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let ours = names_of_pack(folder).unwrap_or_default();
    let mut found = Vec::new();
    if folder.exists() {
        let listed = list(folder, Path::new(""), &mut found);
        listed.map_err(|error| FolderError::Io(folder.to_owned(), error))?;
    }
    found.retain(|name| !ours.contains(name));
    Ok(found)
}

/// Adds every file in a folder and in those within; a link is a file.
fn list(top: &Path, inside: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(top.join(inside))? {
        let entry = entry?;
        let name = inside.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => list(top, &name, found)?,
            false => found.push(name),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> PackFile {
        PackFile {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    fn pack(text: &str) -> Vec<PackFile> {
        let manifest = format!(
            r#"{{"schema":"{SCHEMA}","files":[{{"name":"a.csv"}},{{"name":"charts/{text}.svg"}}]}}"#
        );
        vec![
            file("a.csv", text),
            file(&format!("charts/{text}.svg"), text),
            file(MANIFEST, &manifest),
        ]
    }

    fn write(folder: &Path, text: &str) -> Result<(), FolderError> {
        check(folder)?;
        replace(folder, &pack(text))
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        list(folder, Path::new(""), &mut found).unwrap();
        let mut names: Vec<String> = found
            .iter()
            .map(|name| name.display().to_string())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_pack_takes_the_place_of_the_old_and_keeps_what_is_not_ours() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("qbr");
        write(&folder, "one").unwrap();
        fs::write(folder.join("deck.pptx"), "mine").unwrap();
        fs::write(folder.join("charts/.DS_Store"), "mine").unwrap();
        write(&folder, "two").unwrap();
        let all = [
            "a.csv",
            "charts/.DS_Store",
            "charts/two.svg",
            "deck.pptx",
            MANIFEST,
        ];
        assert_eq!(names(&folder), all);
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "two");
        assert_eq!(names(home.path()).len(), all.len(), "nothing else is left");
    }

    #[test]
    fn what_is_no_pack_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("letters");
        fs::create_dir(&folder).unwrap();
        write(&folder, "into an empty folder").unwrap();
        let other = home.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("a.csv"), "mine").unwrap();
        assert!(matches!(write(&other, "x"), Err(FolderError::NotOurs(_))));
        assert!(matches!(
            write(&other.join("a.csv"), "x"),
            Err(FolderError::NotOurs(_))
        ));
        assert!(matches!(
            write(Path::new("/"), "x"),
            Err(FolderError::NotOurs(_))
        ));
        assert_eq!(names(&other), ["a.csv"]);
    }

    #[test]
    fn a_file_in_the_way_is_kept_with_the_old_pack() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("qbr");
        write(&folder, "one").unwrap();
        fs::write(folder.join("charts/two.svg"), "mine").unwrap();
        assert!(matches!(
            write(&folder, "two"),
            Err(FolderError::InTheWay(_))
        ));
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "one");
        assert_eq!(
            fs::read_to_string(folder.join("charts/two.svg")).unwrap(),
            "mine"
        );
    }

    #[test]
    fn an_interrupted_run_is_cleared_up() {
        let home = tempfile::tempdir().unwrap();
        let (folder, old) = (home.path().join("qbr"), home.path().join(".qbr.old"));
        write(&folder, "one").unwrap();
        fs::rename(&folder, &old).unwrap();
        check(&folder).unwrap();
        assert!(folder.join("charts/one.svg").exists() && !old.exists());
        // The new pack had taken its place already.
        fs::rename(&folder, &old).unwrap();
        fs::write(old.join("deck.pptx"), "mine").unwrap();
        make(&folder, &pack("two")).unwrap();
        check(&folder).unwrap();
        assert!(folder.join("deck.pptx").exists() && !old.exists());
    }
}
