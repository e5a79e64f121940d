//! The preferences by their names, and the variables that speak of each.

/// A preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The database.
    Db,
    /// Who runs the commands.
    Actor,
    /// How answers are printed.
    Format,
    /// When to use colour.
    Color,
    /// What shows answers that are longer than the terminal.
    Pager,
    /// Seconds to wait for another command.
    LockWait,
    /// Whether questions are forbidden.
    NoInput,
}

impl Key {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Key; 7] = [
        Key::Db,
        Key::Actor,
        Key::Format,
        Key::Color,
        Key::Pager,
        Key::LockWait,
        Key::NoInput,
    ];

    /// Its name in `config.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Key::Db => "db",
            Key::Actor => "actor",
            Key::Format => "format",
            Key::Color => "color",
            Key::Pager => "pager",
            Key::LockWait => "lock-wait",
            Key::NoInput => "no-input",
        }
    }

    /// The variables that have the word over the file.
    pub(super) const fn above_the_file(self) -> &'static [&'static str] {
        match self {
            Key::Db => &["ADVOCATE_DB"],
            Key::Actor => &["ADVOCATE_ACTOR"],
            Key::Pager => &["ADVOCATE_PAGER"],
            // The variables of colour are read together: see `color_of`.
            Key::Color | Key::Format | Key::LockWait | Key::NoInput => &[],
        }
    }

    /// The variables that are not the program's own: the file has the word over them.
    pub(super) const fn below_the_file(self) -> &'static [&'static str] {
        match self {
            Key::Actor => &["USER", "LOGNAME"],
            Key::Pager => &["PAGER"],
            _ => &[],
        }
    }

    pub(super) const fn default(self) -> &'static str {
        match self {
            Key::Db => "",
            Key::Actor => "unknown",
            Key::Format => "table",
            Key::Color => "auto",
            Key::Pager => "less",
            Key::LockWait => "5",
            Key::NoInput => "false",
        }
    }
}
