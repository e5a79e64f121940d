//! What is written for others to pick up becomes visible when it is whole: it is made in a hidden folder beside its place,
//! which goes again whatever becomes of the process (`docs/export.md`, what is left behind).

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use tempfile::{Builder, TempDir, TempPath};

use crate::system;

/// How the name of every such folder begins.
const PREFIX: &str = ".advocate-unfinished-";
/// Where in such a folder something lies that stepped aside from its place.
const ASIDE: &str = "aside";
/// Where it lies once it is needed no more: whoever finds half of it there brings nothing back.
const OVER: &str = "over";

/// The folders of this process, which a signal removes.
static OWN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file or folder that is not finished yet.
#[derive(Debug)]
pub struct Unfinished {
    place: PathBuf,
    path: PathBuf,
    folder: TempDir,
    /// Locked for as long as the process lives, so that nobody takes the folder for a dead one's.
    _alive: File,
}

impl Unfinished {
    /// Begins something that is to lie at `place`; a link leads to where it is to lie. What dead processes left in that
    /// folder is removed.
    ///
    /// # Errors
    /// Those of the file system; that `place` is no name for something new.
    pub fn at(place: &Path) -> io::Result<Self> {
        let place = followed(place)?;
        let name = place.file_name();
        let name = name.ok_or_else(|| io::Error::other("it is no name for something new"))?;
        let parent = parent_of(&place);
        remove_left(parent);
        remove_on_signals();
        let (folder, alive) = locked_folder(parent)?;
        Ok(Self {
            path: folder.path().join(name),
            place,
            folder,
            _alive: alive,
        })
    }

    /// Where it is made.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to its place.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something is there, which is left alone.
    pub fn publish(self) -> io::Result<()> {
        // A signal removes what is not moved yet: never half of it.
        let _undisturbed = undisturbed();
        let moved = TempPath::try_from_path(&self.path)?.persist_noclobber(&self.place);
        moved.map_err(|error| error.error)
    }

    /// Moves a file to its place, in the place of a file that is there. Whoever reads it meanwhile finds the old one or
    /// the new.
    ///
    /// # Errors
    /// Where something else than a file is there, it is left alone.
    pub fn replace(self) -> io::Result<()> {
        if self.place.exists() && !self.place.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let _undisturbed = undisturbed();
        fs::rename(&self.path, &self.place)
    }

    /// Moves what is in the folder that was made into the folder that is there, which is empty; `last` comes last.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn pour_out(self, last: &str) -> io::Result<()> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            names.push(entry?.file_name());
        }
        names.sort_by_key(|name| (*name == last, name.clone()));
        let _undisturbed = undisturbed();
        for name in names {
            fs::rename(self.path.join(&name), self.place.join(&name))?;
        }
        Ok(())
    }

    /// Exchanges the folder that is there for the one that was made, which takes over its permissions. The old one is
    /// given to `settle` and removed afterwards. If the new one cannot take its place, the old one comes back.
    ///
    /// # Errors
    /// Those of the file system; whatever `settle` returns, and then the old one stays where it is hidden.
    pub fn exchange<E: From<io::Error>>(
        self,
        settle: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        let aside = self.folder.path().join(ASIDE);
        let old = aside.join(self.place.file_name().unwrap_or_default());
        fs::set_permissions(&self.path, fs::metadata(&self.place)?.permissions())?;
        fs::create_dir(&aside)?;
        {
            let _undisturbed = undisturbed();
            fs::rename(&self.place, &old)?;
            if let Err(error) = fs::rename(&self.path, &self.place) {
                fs::rename(&old, &self.place)?;
                return Err(error.into());
            }
        }
        let settled = settle(&old);
        if settled.is_err() {
            self.keep();
        } else {
            // If that fails, all of it is removed together.
            let _ = fs::rename(&aside, self.folder.path().join(OVER));
        }
        settled
    }

    /// Leaves the folder: what is in it is somebody's.
    fn keep(mut self) {
        forget(self.folder.path());
        self.folder.disable_cleanup(true);
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let (mut own, folder) = (undisturbed(), self.folder.path());
        if own.iter().any(|one| one == folder) {
            // No signal comes between: it would find it there and forgotten.
            let _ = fs::remove_dir_all(folder);
        }
        own.retain(|one| one != folder);
    }
}

/// Writes `text` to `path`, readable by its owner only. Whoever reads the file meanwhile finds the old text or the new.
///
/// # Errors
/// Those of the file system; where something else than a file has that name, it is left alone.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let unfinished = Unfinished::at(path)?;
    let mut file = create(unfinished.path())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    unfinished.replace()
}

/// A new file that only its owner can read.
///
/// # Errors
/// Those of the file system.
pub fn create(path: &Path) -> io::Result<File> {
    system::private_file()
        .write(true)
        .create_new(true)
        .open(path)
}

/// What a process that was killed left behind.
#[derive(Debug)]
pub(super) struct Left {
    folder: PathBuf,
    /// Locked, so that nobody else clears it at the same time.
    _claim: File,
}

impl Left {
    /// What had stepped aside from its place, and has not come back.
    pub(super) fn aside(&self) -> Option<PathBuf> {
        let mut entries = fs::read_dir(self.folder.join(ASIDE)).ok()?;
        Some(entries.next()?.ok()?.path())
    }

    /// Removes it. What cannot be removed is left for another run.
    pub(super) fn remove(self) {
        let _ = fs::rename(self.folder.join(ASIDE), self.folder.join(OVER));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The hidden folders that processes that live no more left in a folder.
pub fn left_in(folder: &Path) -> Vec<PathBuf> {
    let left = left_by_the_dead(folder).into_iter();
    left.map(|left| left.folder.clone()).collect()
}

/// Removes what processes that live no more left in a folder.
pub fn remove_left(folder: &Path) {
    for left in left_by_the_dead(folder) {
        // What stepped aside is somebody's; whoever put it aside puts it back.
        if left.aside().is_none() {
            left.remove();
        }
    }
}

/// What processes that live no more left in a folder.
pub(super) fn left_by_the_dead(folder: &Path) -> Vec<Left> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with(PREFIX) && entry.path().is_dir()
    });
    let left = ours.filter_map(|entry| {
        let folder = entry.path();
        let _claim = File::open(&folder).ok()?;
        _claim.try_lock().ok()?;
        Some(Left { folder, _claim })
    });
    left.collect()
}

/// Waits until nobody else exchanges something in the folder, and keeps others waiting for as long as the file is held.
/// Where the file system knows no such lock, nobody waits.
pub(super) fn turn_in(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// The folder in which something lies.
pub(super) fn parent_of(place: &Path) -> &Path {
    let parent = place.parent();
    let parent = parent.filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// Where something new is to lie: a link leads there.
pub(super) fn followed(place: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => std::path::absolute(place),
        found => found,
    }
}

/// A new folder in `parent`, and its lock. Between the two, somebody may have taken it for a dead one's.
fn locked_folder(parent: &Path) -> io::Result<(TempDir, File)> {
    loop {
        // A signal waits until it is known.
        let mut own = undisturbed();
        let mut builder = Builder::new();
        builder.prefix(PREFIX).rand_bytes(10);
        system::private_temporary(&mut builder);
        let folder = builder.tempdir_in(parent)?;
        own.push(folder.path().to_owned());
        drop(own);
        let taken = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        match File::open(folder.path()) {
            Err(error) if taken(&error) => continue,
            Err(error) => return Err(error),
            Ok(alive) => match alive.try_lock() {
                Err(TryLockError::WouldBlock) => continue,
                // A file system that knows no locks is one where nobody is taken for dead.
                Ok(()) | Err(TryLockError::Error(_)) if folder.path().exists() => {
                    return Ok((folder, alive));
                }
                _ => continue,
            },
        }
    }
}

/// For as long as it is held, a signal waits: nothing is half exchanged.
fn undisturbed() -> MutexGuard<'static, Vec<PathBuf>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn forget(folder: &Path) {
    undisturbed().retain(|one| one != folder);
}

/// From now on, a signal that ends the process removes what is not finished first.
fn remove_on_signals() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        system::before_a_signal_ends(|| {
            // Nothing new is begun from here on.
            let own = undisturbed();
            remove(&own);
            std::mem::forget(own);
        });
    });
}

/// Removes what this process has not finished, while it still writes to it perhaps.
fn remove(own: &[PathBuf]) {
    const TRIES: usize = 100;
    for folder in own {
        for _ in 0..TRIES {
            if fs::remove_dir_all(folder).is_ok() || !folder.exists() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_in_one_step_and_is_its_owners_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agenda.ics");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        write_whole(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(names(folder.path()), ["agenda.ics"]);
    }

    #[test]
    fn a_link_stays_and_what_is_no_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        symlink(&path, &link).unwrap();
        write_whole(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(link.is_symlink());
        assert!(write_whole(folder.path(), "new").is_err());
        assert!(write_whole(&folder.path().join("missing/a"), "new").is_err());
        assert_eq!(names(folder.path()), ["link", "real"]);
    }

    #[test]
    fn nothing_takes_the_place_of_what_came_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program.db");
        let unfinished = Unfinished::at(&path).unwrap();
        fs::write(unfinished.path(), "restored").unwrap();
        fs::write(&path, "somebody's").unwrap();
        let error = unfinished.publish().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's");
        assert_eq!(names(folder.path()), ["program.db"]);
    }

    #[test]
    fn only_what_the_dead_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let alive = Unfinished::at(&place("alive")).unwrap();
        let dead = Unfinished::at(&place("dead")).unwrap();
        fs::write(dead.path(), "personal").unwrap();
        let left = dead.folder.path().to_owned();
        dead.keep();
        fs::create_dir(place(".NAME.old")).unwrap();
        let next = Unfinished::at(&place("next")).unwrap();
        assert!(!left.exists());
        assert!(alive.folder.path().exists() && next.folder.path().exists());
        drop((alive, next));
        assert_eq!(names(folder.path()), [".NAME.old"]);
    }
}
