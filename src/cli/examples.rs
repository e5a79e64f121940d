//! Worked examples: three at the end of every help text, all in one file, `examples.txt`. Each is parsed by the tests, and
//! run on the demonstration program.

use clap::Command;

/// The words of a command, and beneath it, indented, what can be typed.
const TEXT: &str = include_str!("examples.txt");
/// So many are shown of a command.
const SHOWN: usize = 3;

/// Every command with its examples, without the name of the program: `("agenda", ["agenda --days 30  # …", …])`.
pub fn examples() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in TEXT.lines() {
        match (line.strip_prefix("  "), all.last_mut()) {
            (Some(example), Some((_, of_command))) => of_command.push(example),
            _ => all.push((line, Vec::new())),
        }
    }
    all
}

/// The same command line with examples at the end of the help of every command.
pub(super) fn with_examples(command: Command) -> Command {
    let all = examples();
    command.mut_subcommands(|sub| of_command(sub, "", &all))
}

fn of_command(command: Command, group: &str, all: &[(&str, Vec<&str>)]) -> Command {
    let name = format!("{group} {}", command.get_name());
    let name = name.trim();
    let own = all.iter().find(|(of, _)| *of == name);
    let shown: Vec<&str> = match own {
        Some((_, own)) => own.iter().copied().take(SHOWN).collect(),
        // Of a group, one of each of its first commands.
        None => {
            let inside = |of: &str| {
                of.strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(' '))
            };
            let inside = all.iter().filter(|(of, _)| inside(of));
            let first = inside.filter_map(|(_, examples)| examples.first().copied());
            first.take(SHOWN).collect()
        }
    };
    let mut text = match command.get_after_help() {
        Some(text) => format!("{text}\n\n"),
        None => String::new(),
    };
    text.push_str("Examples:");
    for example in shown {
        text.push_str(&format!("\n  advocate {}", aligned(example)));
    }
    let name = name.to_owned();
    command
        .after_help(text)
        .mut_subcommands(|sub| of_command(sub, &name, all))
}

/// The example with its comment three blanks behind it.
fn aligned(example: &str) -> String {
    match example.split_once(" # ") {
        Some((typed, comment)) => format!("{}   # {comment}", typed.trim_end()),
        None => example.to_owned(),
    }
}
