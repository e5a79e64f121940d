//! What differs between systems, in one place: everything else is the same on Unix and Windows.

use std::process::Command;

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
