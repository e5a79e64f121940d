//! Commands that are printed to be typed: values, not prose. Here they get their quotes, their `--db`, and their one line.

use std::fmt::Write as _;
use std::path::Path;

use super::text::is_hidden;

/// A command of this program, to be printed where somebody can copy it into a POSIX shell.
///
/// The words of the program itself are given as they are; whatever comes from outside (names, addresses, files) is a
/// value, and quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// Whether it begins with the program's name; options alone are typed behind a command that is there already.
    whole: bool,
    /// The program, where it is called by another name than its own.
    program: Option<String>,
    /// What stands behind it, where a shell does not look.
    remark: &'static str,
    /// The file named with `--db`, where one was.
    database: Option<String>,
    /// The words so far, quoted.
    words: Vec<String>,
    /// Values that begin with a dash: they come last, behind `--`.
    dashed: Vec<String>,
}

impl CommandLine {
    /// A command by its own words, such as `request list --all`; placeholders such as `WHO` may be among them.
    pub fn of(words: &'static str) -> Self {
        Self::usage(words)
    }

    /// A command as its help writes it, with placeholders: nothing from outside may be in it.
    pub fn usage(words: &str) -> Self {
        Self {
            whole: true,
            program: None,
            remark: "",
            database: None,
            words: words.split_whitespace().map(str::to_owned).collect(),
            dashed: Vec::new(),
        }
    }

    /// Options to add to the command that was typed, by their own words.
    pub fn options(words: &'static str) -> Self {
        Self {
            whole: false,
            ..Self::of(words)
        }
    }

    /// The same with further words of the program's own.
    #[must_use]
    pub fn then(mut self, words: &'static str) -> Self {
        self.words
            .extend(words.split_whitespace().map(str::to_owned));
        self
    }

    /// The same with a value.
    #[must_use]
    pub fn value(mut self, value: impl ToString) -> Self {
        let value = value.to_string();
        let place = match value.starts_with('-') {
            true => &mut self.dashed,
            false => &mut self.words,
        };
        place.push(shell_word(&value));
        self
    }

    /// The same with an option and its value.
    #[must_use]
    pub fn option(mut self, name: &'static str, value: impl ToString) -> Self {
        self.words.push(option_word(name, &value.to_string()));
        self
    }

    /// The same as the program is called here, such as `target/release/advocate`.
    #[must_use]
    pub fn called(self, program: &str) -> Self {
        Self {
            program: Some(shell_word(program)),
            ..self
        }
    }

    /// The same with a comment behind it, and the blanks before that.
    #[must_use]
    pub fn remark(self, remark: &'static str) -> Self {
        Self { remark, ..self }
    }

    /// The same for the database that was named on the command line, where one was.
    #[must_use]
    pub fn on(mut self, database: Option<&Path>) -> Self {
        let first = self.words.first().map(String::as_str);
        let elsewhere = matches!(first, Some("demo" | "--db"));
        if self.whole && !elsewhere {
            self.database = database.map(|path| path.display().to_string());
        }
        self
    }

    /// As it is typed, on one line.
    pub fn typed(&self) -> String {
        let mut typed = Vec::new();
        if self.whole {
            let program = self.program.as_deref().unwrap_or("advocate");
            typed.push(program.to_owned());
        }
        if let Some(path) = &self.database {
            typed.push(option_word("--db", path));
        }
        typed.extend(self.words.iter().cloned());
        if !self.dashed.is_empty() {
            typed.push("--".to_owned());
            typed.extend(self.dashed.iter().cloned());
        }
        typed.join(" ") + self.remark
    }
}

/// An option and its value as they are typed; a value that begins with a dash would be taken for an option of its own.
fn option_word(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{between}{}", shell_word(value))
}

/// `text` as a POSIX shell takes it for one word, on one line and with nothing in it that cannot be seen.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+~@,:%=".contains(c);
    if !text.is_empty() && !text.starts_with(['~', '=']) && text.chars().all(plain) {
        return text.to_owned();
    }
    if !text.chars().any(is_hidden) {
        return format!("'{}'", text.replace('\'', "'\\''"));
    }
    // The shell's own printf writes what cannot be shown. Line breaks at the very end are lost to it: names are trimmed
    // when they are read, and a path that ends in one is refused.
    let mut format = String::new();
    for c in text.chars() {
        match c {
            // Where it begins, printf would take it for an option.
            '-' if format.is_empty() => format.push_str("\\055"),
            '%' => format.push_str("%%"),
            '\\' => format.push_str("\\\\"),
            '\'' => format.push_str("'\\''"),
            c if is_hidden(c) => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(format, "\\{byte:03o}");
                }
            }
            c => format.push(c),
        }
    }
    format!("\"$(printf '{format}')\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_it_for_one_word() {
        for (text, word) in [
            ("nina+x@north-wind.example", "nina+x@north-wind.example"),
            ("reference,review", "reference,review"),
            ("o'brien@x.example", r"'o'\''brien@x.example'"),
            ("$(rm)@x.example", "'$(rm)@x.example'"),
            ("~root", "'~root'"),
            ("my demo.db", "'my demo.db'"),
            ("", "''"),
            ("a\nb", r#""$(printf 'a\012b')""#),
            ("-a\nb", r#""$(printf '\055a\012b')""#),
            ("50%\u{202e}'", r#""$(printf '50%%\342\200\256'\''')""#),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }

    #[test]
    fn values_are_quoted_and_dashes_are_no_options() {
        let command = CommandLine::of("move")
            .value("-x")
            .option("--account", "-dash & Co")
            .option("--note", "all well");
        assert_eq!(
            command.typed(),
            "advocate move --account='-dash & Co' --note 'all well' -- -x"
        );
    }

    #[test]
    fn a_command_names_the_database() {
        let show = CommandLine::of("show").value(5);
        assert_eq!(
            show.clone().on(Some(Path::new("my own.db"))).typed(),
            "advocate --db 'my own.db' show 5"
        );
        assert_eq!(
            show.clone().on(Some(Path::new("-my.db"))).typed(),
            "advocate --db=-my.db show 5"
        );
        assert_eq!(show.on(None).typed(), "advocate show 5");
        let options = CommandLine::options("--delimiter").value(";");
        assert_eq!(
            options.on(Some(Path::new("a.db"))).typed(),
            "--delimiter ';'"
        );
    }
}
