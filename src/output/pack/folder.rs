//! Where the pack is written: a folder beside the old one, moved into its place when it is whole. Files that are not
//! of a pack are moved over with it, never deleted.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "JSON has nothing where there is nothing"
)]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::super::unfinished::{
    Unfinished, create, followed, left_by_the_dead, parent_of, turn_in,
};
use super::super::{CommandLine, Sentence};
use super::manifest::{MANIFEST, PackFile, SCHEMA};
use crate::system;

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

/// Refuses a folder in which something else lives, before any work is done.
pub(super) fn check(folder: &Path) -> Result<(), FolderError> {
    let target = place(folder)?;
    let _turn = turn_in(parent_of(&target));
    put_back(&target)?;
    match !target.exists() || names_of_pack(&target).is_some() || is_empty(&target) {
        true => Ok(()),
        false => Err(FolderError::NotOurs(folder.to_owned())),
    }
}

/// Puts the files in the place of what is in `folder`. Several that do so at once take turns.
pub(super) fn replace(folder: &Path, files: &[PackFile]) -> Result<(), FolderError> {
    let failed = |error| FolderError::Io(folder.to_owned(), error);
    let target = place(folder)?;
    let new = Unfinished::at(&target).map_err(failed)?;
    make(new.path(), files).map_err(failed)?;
    let _turn = turn_in(parent_of(&target));
    for name in foreign(&target)? {
        if files.iter().any(|file| Path::new(&file.name) == name) {
            return Err(FolderError::InTheWay(folder.join(name)));
        }
    }
    if !target.exists() {
        new.publish().map_err(failed)
    } else if names_of_pack(&target).is_some() {
        new.exchange(|old| move_foreign(old, &target))
    } else if is_empty(&target) {
        new.pour_out(MANIFEST).map_err(failed)
    } else {
        Err(FolderError::NotOurs(folder.to_owned()))
    }
}

/// The folder itself, where a link leads to it.
fn place(folder: &Path) -> Result<PathBuf, FolderError> {
    let place = followed(folder).map_err(|error| FolderError::Io(folder.to_owned(), error))?;
    match place.file_name() {
        Some(_) => Ok(place),
        None => Err(FolderError::NotOurs(place)),
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn make(folder: &Path, files: &[PackFile]) -> io::Result<()> {
    let make_folder = |folder: &Path| system::private_folder().create(folder);
    make_folder(folder)?;
    for file in files {
        let path = folder.join(&file.name);
        if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
            make_folder(parent)?;
        }
        let mut new = create(&path)?;
        new.write_all(&file.bytes)?;
        new.sync_all()?;
    }
    Ok(())
}

/// Puts back the pack that a run had put aside when it was killed. Where the new one had taken its place already, what
/// is not of the old pack is moved over.
fn put_back(target: &Path) -> Result<(), FolderError> {
    for left in left_by_the_dead(parent_of(target)) {
        match left.aside() {
            Some(old) if old.file_name() == target.file_name() => {
                match target.exists() {
                    true => move_foreign(&old, target)?,
                    false => fs::rename(&old, target)
                        .map_err(|error| FolderError::Io(target.to_owned(), error))?,
                }
                left.remove();
            }
            // Another pack's, or what could not be removed.
            _ => {}
        }
    }
    Ok(())
}

/// Moves the files that are not of the old pack to the new one.
fn move_foreign(old: &Path, target: &Path) -> Result<(), FolderError> {
    let failed = |error| FolderError::Io(target.to_owned(), error);
    for name in foreign(old)? {
        let to = target.join(&name);
        if to.exists() {
            return Err(FolderError::InTheWay(old.join(name)));
        }
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::rename(old.join(&name), to).map_err(failed)?;
    }
    Ok(())
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
    use std::os::unix::fs::PermissionsExt as _;

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
        let (folder, left) = (
            home.path().join("qbr"),
            home.path().join(".advocate-unfinished-0123456789"),
        );
        let old = left.join("aside/qbr");
        let put_aside = || {
            fs::create_dir_all(old.parent().unwrap()).unwrap();
            fs::rename(&folder, &old).unwrap();
        };
        write(&folder, "one").unwrap();
        put_aside();
        check(&folder).unwrap();
        assert!(folder.join("charts/one.svg").exists() && !left.exists());
        // The new pack had taken its place already.
        put_aside();
        fs::write(old.join("deck.pptx"), "mine").unwrap();
        make(&folder, &pack("two")).unwrap();
        check(&folder).unwrap();
        assert!(folder.join("deck.pptx").exists() && !left.exists());
        // It was needed no more, and half of it was removed.
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir_all(left.join("over/qbr")).unwrap();
        check(&folder).unwrap();
        assert!(!folder.exists(), "half of it came back");
        write(&folder, "three").unwrap();
        assert!(folder.join(MANIFEST).exists() && !left.exists());
    }

    #[test]
    fn a_folder_keeps_its_permissions_and_what_is_called_old_is_not_ours() {
        let home = tempfile::tempdir().unwrap();
        let (folder, mine) = (home.path().join("qbr"), home.path().join(".qbr.old"));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).unwrap();
        fs::create_dir(&mine).unwrap();
        for text in ["one", "two"] {
            write(&folder, text).unwrap();
            let mode = fs::metadata(&folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o750, "{text}");
        }
        assert!(mine.exists());
        assert!(names(&folder).contains(&"charts/two.svg".to_owned()));
        assert!(!names(&folder).contains(&"charts/one.svg".to_owned()));
    }
}
