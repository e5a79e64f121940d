//! What is being done, on a terminal, where that takes a while. Nothing is shown anywhere else.

use std::borrow::Cow;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::count;

/// Before, nothing is shown: most commands have ended by then.
const AFTER: Duration = Duration::from_secs(1);
/// How often it is seen to move.
const STEP: Duration = Duration::from_millis(125);

/// A line that says what is being done, until it is dropped.
pub(crate) struct Progress {
    line: ProgressBar,
    /// Whoever waits until it is to be shown, and how they hear that it never is.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to do something that may take a while.
    pub(super) fn begin(what: &'static str, is_wanted: bool) -> Self {
        let line = ProgressBar::hidden().with_style(ProgressStyle::default_spinner());
        line.set_message(what);
        let is_seen = is_wanted && !ProgressDrawTarget::stderr().is_hidden();
        Self {
            waiting: is_seen.then(|| show_later(line.clone())),
            line,
        }
    }

    /// Says what is done next.
    pub(crate) fn doing(&self, what: impl Into<Cow<'static, str>>) {
        self.line.set_message(what);
    }

    /// Says how many rows of a file were read so far.
    pub(crate) fn rows_read(&self, so_far: u64) {
        self.doing(format!("{} read", count(so_far, "row")));
    }
}

/// Shows a line after a while, unless it is let go before.
fn show_later(line: ProgressBar) -> (Sender<()>, JoinHandle<()>) {
    let (waiting, ended) = mpsc::channel();
    let show = move || {
        if ended.recv_timeout(AFTER) == Err(RecvTimeoutError::Timeout) {
            line.set_draw_target(ProgressDrawTarget::stderr());
            line.enable_steady_tick(STEP);
        }
    };
    (waiting, thread::spawn(show))
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((waiting, thread)) = self.waiting.take() {
            drop(waiting);
            // It shows a line and nothing else; where even that failed, there is nothing to take away.
            let _ = thread.join();
        }
        self.line.finish_and_clear();
    }
}
