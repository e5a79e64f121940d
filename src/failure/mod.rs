//! Why a command did not do what was asked: what went wrong, why, what to type next, and the exit code that says so.
//! The rooms below have small errors of their own; here they become words.

mod hints;

use std::fmt;
use std::io;
use std::path::Path;

use chrono::NaiveDate;

use hints::{FREE_SOME_SPACE, database_hint, file_hint};

use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::domain::typed_day::NoDay;
use crate::intake::IntakeError;
use crate::output::{Cell, CommandLine, FolderError, NoSuchField, Problem, Sentence};
use crate::store::{PersonRow, StoreError};

/// What a command returns.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// The kind of a failure that a file is to blame for.
const FILE: &str = "file";
/// The kind of a failure for which the system gives the reason, and of any other that is no fault of the words typed.
const SYSTEM: &str = "failure";

/// The exit codes of what went wrong, as `docs/exit-codes.md` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// The reader went away: nothing is wrong, and nobody hears it.
    ClosedPipe = 0,
    /// Something failed.
    Failed = 1,
    /// The words typed cannot be followed.
    Usage = 2,
    /// A rule refuses.
    Refused = 3,
    /// The database is busy, unreadable, damaged or newer.
    Database = 5,
    /// Somebody stopped it.
    Interrupted = 130,
}

/// A command that did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    problem: Box<Problem>,
    exit: Exit,
}

impl Failure {
    fn new(exit: Exit, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            problem: Box::new(Problem::new(kind, message)),
            exit,
        }
    }

    /// The same exit code for several of which so many failed; what each failed at was told.
    pub(crate) fn among(mut self, failed: usize, all: usize) -> Self {
        self.problem.message =
            format!("{failed} of {all} were not done; what is said beside each is why");
        self.problem.cause = None;
        self.problem.hint = None;
        self.problem.extra.clear();
        self
    }

    /// A field that the answer does not have.
    pub(crate) fn no_such_field(error: NoSuchField) -> Self {
        let message = format!("there is no field `{}` in the answer", error.field);
        let hint = match error.known.as_slice() {
            [] => "it is no list".to_owned(),
            known => format!("one of: {}", known.join(", ")),
        };
        Self::usage_hint(message, hint)
    }

    /// Words that cannot be followed: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// The same, with what to type instead.
    pub fn usage_hint(message: impl Into<String>, hint: impl Into<Sentence>) -> Self {
        Self::usage(message).hint(hint)
    }

    /// A correction that corrects nothing; the help of the command says what can be corrected.
    pub fn nothing_to_change(command: &'static str, what: impl fmt::Display) -> Self {
        let message = format!("nothing was given to change about {what}");
        Self::usage_hint(message, CommandLine::of(command).then("--help"))
    }

    /// A day before what it is to replace; `last` says in words what has held since then.
    pub fn replaces_later(since: NaiveDate, last: impl fmt::Display) -> Self {
        let hint = format!("leave out --on, or name {since} or a later day");
        Self::usage_hint(format!("{last}, which is later"), hint)
    }

    /// Rules that refuse an ask, in their order: exit code 3.
    /// `clears_on` is the day on which the ask passes, where one can be promised.
    pub fn refused(
        who: &str,
        refusals: &[Refusal],
        clears_on: Option<NaiveDate>,
        hint: impl Into<Sentence>,
    ) -> Self {
        let first = refusals.first();
        let words = first.map(ToString::to_string).unwrap_or_default();
        let message = format!("{who} may not be asked: {words}");
        let mut failure = Self::new(Exit::Refused, "refused", message).hint(hint);
        let also = refusals.iter().skip(1).map(Refusal::with_date);
        let also: Vec<String> = also.collect();
        let causes = [
            clears_on.map(|day| format!("clears on {day}")),
            (!also.is_empty()).then(|| format!("also: {}", also.join("; "))),
        ];
        let causes: Vec<String> = causes.into_iter().flatten().collect();
        if !causes.is_empty() {
            failure = failure.cause(causes.join("; "));
        }
        failure
            .extra(first.map(Refusal::name).unwrap_or_default(), clears_on)
            .with("refusals", Cell::list(refusals.iter().map(Refusal::name)))
    }

    /// A step between stages or outcomes that makes no sense: exit code 3. Scripts know it by `refusal`.
    pub fn step(
        who: impl fmt::Display,
        message: impl fmt::Display,
        refusal: &'static str,
        hint: impl Into<Sentence>,
    ) -> Self {
        let failure = Self::new(Exit::Refused, "refused", format!("{who}: {message}"));
        failure.hint(hint).extra(refusal, None)
    }

    /// A step that does not fit where somebody stands: exit code 3.
    pub(crate) fn wrong_stage(who: &PersonRow, message: impl fmt::Display) -> Self {
        let refusal = match who.standing.stage {
            Some(Stage::DoNotContact) => "do-not-contact",
            _ => "stage",
        };
        let show = CommandLine::of("show").value(&who.email);
        Self::step(&who.email, message, refusal, show)
    }

    /// Something else that went wrong: exit code 1.
    pub fn other(message: impl Into<String>, hint: impl Into<Sentence>) -> Self {
        Self::new(Exit::Failed, SYSTEM, message).hint(hint)
    }

    /// Something that was done, though the answer could not be printed: exit code 1.
    pub fn recorded(what: Option<String>, error: &io::Error) -> Self {
        let what = what.map(|what| format!(" as {what}")).unwrap_or_default();
        let message = format!("recorded{what}, but the answer could not be printed");
        Self::new(Exit::Failed, SYSTEM, message)
            .cause(error.to_string())
            .hint("do not repeat it: it is done")
    }

    /// The same, where the system is to blame, with what was being done in front of its reason.
    #[must_use]
    pub fn doing(mut self, what: impl fmt::Display) -> Self {
        if self.problem.kind != SYSTEM {
            return self;
        }
        let reason = std::mem::replace(&mut self.problem.message, what.to_string());
        self.problem.cause = Some(match self.problem.cause.take() {
            Some(cause) => format!("{reason}: {cause}"),
            None => reason,
        });
        self
    }

    /// The same with the database, where SQLite says why it failed and the message does not name it.
    #[must_use]
    pub fn in_database(mut self, database: &Path) -> Self {
        let name = database.display().to_string();
        let says_why = self.exit == Exit::Database && self.problem.cause.is_some();
        if says_why && !self.problem.message.contains(&name) {
            self.problem.message = format!("{}: {name}", self.problem.message);
        }
        self
    }

    /// The same with what to type next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Sentence>) -> Self {
        self.problem.hint = Some(hint.into());
        self
    }

    /// The same with why.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.problem.cause = Some(cause.into());
        self
    }

    /// The same with the name of the file before what is wrong with it, where a file is to blame.
    #[must_use]
    pub fn in_file(mut self, name: &str) -> Self {
        if self.problem.kind == FILE {
            self.problem.message = format!("{name}: {}", self.problem.message);
        }
        self
    }

    fn extra(self, refusal: &'static str, clears_on: Option<NaiveDate>) -> Self {
        self.with("refusal", Cell::from(refusal))
            .with("clears_on", Cell::opt(clears_on))
    }

    fn with(mut self, key: &'static str, cell: Cell) -> Self {
        self.problem.extra.push((key, cell.into()));
        self
    }

    /// What went wrong, in a sentence.
    pub fn message(&self) -> &str {
        &self.problem.message
    }

    /// What went wrong and what to do about it, for a line of a list.
    pub fn in_one_line(&self) -> String {
        match &self.problem.hint {
            Some(hint) => format!("{}; {}", self.message(), hint.text()),
            None => self.message().to_owned(),
        }
    }

    /// The exit code that belongs to it.
    pub const fn exit_code(&self) -> u8 {
        self.exit as u8
    }

    /// What is to be said about it; nothing where nobody listens any more.
    pub fn problem(self) -> Option<Problem> {
        (self.exit != Exit::ClosedPipe).then_some(*self.problem)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let hint = database_hint(&error);
        match error {
            StoreError::Exists(_) | StoreError::LeftBeside(_) => {
                described(Exit::Failed, "database", &error).hint(hint)
            }
            StoreError::ClockSetBack { .. } => {
                let failure = described(Exit::Refused, "refused", &error).hint(hint);
                failure.extra("clock", None)
            }
            _ => described(Exit::Database, "database", &error).hint(hint),
        }
    }
}

impl From<IntakeError> for Failure {
    fn from(error: IntakeError) -> Self {
        let exit = match error {
            IntakeError::Unreadable { .. } => Exit::Failed,
            _ => Exit::Usage,
        };
        let failure = described(exit, FILE, &error);
        match file_hint(&error) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<NoDay> for Failure {
    fn from(error: NoDay) -> Self {
        let failure = Failure::usage(error.to_string());
        match error {
            NoDay::TwoDays(..) => failure.hint(CommandLine::of("policy set date-order day-first")),
            NoDay::Future { .. } | NoDay::OutOfYears => failure,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Exit::ClosedPipe, SYSTEM, error.to_string()),
            io::ErrorKind::Interrupted => {
                let message = "stopped; nothing was changed";
                Self::new(Exit::Interrupted, "interrupted", message)
            }
            _ if is_full(&error) => described(Exit::Failed, SYSTEM, &error).hint(FREE_SOME_SPACE),
            _ => described(Exit::Failed, SYSTEM, &error),
        }
    }
}

/// Whether the disk has no room left.
fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    let reason = error.downcast_ref::<io::Error>().map(io::Error::kind);
    matches!(reason, Some(StorageFull | QuotaExceeded)) || error.source().is_some_and(is_full)
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        let failure = described(Exit::Failed, SYSTEM, &error);
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None if is_full(&error) => failure.hint(FREE_SOME_SPACE),
            None => failure,
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let failure = Self::new(Exit::Failed, SYSTEM, error.to_string());
        match error.chain().nth(1) {
            Some(cause) => failure.cause(cause.to_string()),
            None => failure,
        }
    }
}

fn described(exit: Exit, kind: &'static str, error: &dyn std::error::Error) -> Failure {
    let failure = Failure::new(exit, kind, error.to_string());
    match error.source() {
        Some(cause) => failure.cause(cause.to_string()),
        None => failure,
    }
}
