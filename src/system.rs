//! What differs between systems, in one place: everything else is the same on Unix and Windows.

use std::fs::{DirBuilder, FileType, Metadata, OpenOptions};
use std::path::Path;
use std::process::Command;

/// How a new file is opened that only its owner may read; elsewhere the folder says who may.
pub(crate) fn private_file() -> OpenOptions {
    #[allow(unused_mut, reason = "only Unix has something to add")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// How a new folder is made that only its owner may enter; elsewhere the folder around it says who may.
pub(crate) fn private_folder() -> DirBuilder {
    #[allow(unused_mut, reason = "only Unix has something to add")]
    let mut folder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder
}

/// The same of a temporary folder.
pub(crate) fn private_temporary(builder: &mut tempfile::Builder<'_, '_>) {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    #[cfg(not(unix))]
    let _ = builder;
}

/// Who may do what with a file, in three digits of eight; nothing where a system says it otherwise.
pub(crate) fn mode(about: &Metadata) -> Option<u32> {
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777);
    #[cfg(not(unix))]
    {
        let _ = about;
        None
    }
}

/// Whether two names lead to one file that is there.
pub(crate) fn is_one_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let place = |path: &Path| std::fs::metadata(path).map(|about| (about.dev(), about.ino()));
        place(one).is_ok_and(|one| place(other).is_ok_and(|other| one == other))
    }
    #[cfg(not(unix))]
    {
        let place = |path: &Path| std::fs::canonicalize(path);
        place(one).is_ok_and(|one| place(other).is_ok_and(|other| one == other))
    }
}

/// Whether it is a pipe that has a name.
pub(crate) fn is_pipe(kind: FileType) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::FileTypeExt::is_fifo(&kind);
    #[cfg(not(unix))]
    {
        let _ = kind;
        false
    }
}

/// Whether it is a device.
pub(crate) fn is_device(kind: FileType) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        kind.is_char_device() || kind.is_block_device()
    }
    #[cfg(not(unix))]
    {
        let _ = kind;
        false
    }
}

/// Does something when a signal is about to end the process, and then lets it end. Windows has no such signals: there the
/// next run clears up.
pub(crate) fn before_a_signal_ends(act: fn()) {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let heard = [SIGHUP, SIGINT, SIGTERM].into_iter();
        let heard = heard.filter(|signal| !is_ignored(*signal));
        // Without signals to hear, the next run clears up.
        let Ok(mut signals) = signal_hook::iterator::Signals::new(heard) else {
            return;
        };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                act();
                // Ends the process as the signal would have.
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        });
    }
    #[cfg(not(unix))]
    let _ = act;
}

/// Whether the process was started so that it does not hear a signal, as `nohup` does.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

/// A command as the system's shell takes it; Windows knows words only.
#[cfg(unix)]
pub(crate) fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

/// A command as the system's shell takes it; Windows knows words only.
#[cfg(not(unix))]
pub(crate) fn shell(command: &str) -> Command {
    let mut words = command.split_whitespace();
    let mut program = Command::new(words.next().unwrap_or_default());
    program.args(words);
    program
}

/// For as long as it is held, Ctrl-C is for the program that was started, and does not end this one.
#[must_use]
pub(crate) struct Interrupts;

#[cfg(unix)]
mod interrupts {
    //! Ctrl-C, heard or left to another.

    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, LazyLock};

    use signal_hook::consts::SIGINT;
    use signal_hook::flag::register_conditional_default;

    /// Whether Ctrl-C ends this process.
    static ENDS: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
        let ends = Arc::new(AtomicBool::new(true));
        // Without it, Ctrl-C ends both, and nothing is lost.
        let _ = register_conditional_default(SIGINT, Arc::clone(&ends));
        ends
    });

    pub(super) fn end_this(ends: bool) {
        ENDS.store(ends, Ordering::SeqCst);
    }
}

/// Leaves Ctrl-C to a program that is to be started.
pub(crate) fn interrupts_are_for_another() -> Interrupts {
    #[cfg(unix)]
    interrupts::end_this(false);
    Interrupts
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        #[cfg(unix)]
        interrupts::end_this(true);
    }
}
