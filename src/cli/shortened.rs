//! What a group of commands stands for where it is typed alone: `request` lists requests, `request --status open` those that
//! are open, `touch` lists touches; and its plural: `requests open` is `request open`. Whatever can be read as it stands is
//! read so.

use std::ffi::OsString;

use clap::error::ErrorKind;

/// What stands for a word that is typed without the rest of a command.
struct Alone {
    word: &'static str,
    plural: &'static str,
    stands_for: &'static [&'static str],
    /// Whether options of the longer command may follow; a word that also writes is only short for a list when it stands
    /// alone.
    with_options: bool,
}

impl Alone {
    /// The word for its plural.
    const fn word_alone(&self) -> &[&'static str] {
        std::slice::from_ref(&self.word)
    }
}

const fn group(word: &'static str, plural: &'static str, list: &'static [&'static str]) -> Alone {
    Alone {
        word,
        plural,
        stands_for: list,
        with_options: true,
    }
}

const fn verb(word: &'static str, list: &'static [&'static str]) -> Alone {
    Alone {
        word,
        plural: word,
        stands_for: list,
        with_options: false,
    }
}

const ALONE: &[Alone] = &[
    group("request", "requests", &["request", "list"]),
    group("deal", "deals", &["deal", "list"]),
    group("asset", "assets", &["asset", "list"]),
    group("signal", "signal", &["signal", "list"]),
    group("tier", "tiers", &["tier", "list"]),
    group("account", "accounts", &["account", "list"]),
    group("template", "templates", &["template", "list"]),
    group("policy", "policies", &["policy", "show"]),
    group("report", "reports", &["report"]),
    verb("touch", &["touches"]),
    verb("give", &["gives"]),
    verb("note", &["notes"]),
    verb("tag", &["tags"]),
];

/// The command lines that these words may be short for, where they cannot be read for this reason.
pub(super) fn longer(args: &[OsString], why: ErrorKind) -> impl Iterator<Item = Vec<OsString>> {
    let may_be_short = matches!(
        why,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::MissingSubcommand
            | ErrorKind::MissingRequiredArgument
            | ErrorKind::UnknownArgument
            | ErrorKind::InvalidSubcommand
    );
    let places = args.iter().enumerate().skip(1);
    let tags = taken_off(args).filter(|_| may_be_short);
    let lists = places
        .filter(move |_| may_be_short)
        .flat_map(move |(place, word)| {
            let known = |one: &&Alone| word == one.word || word == one.plural;
            let alone = ALONE.iter().find(known);
            let rest = args.get(place + 1..).unwrap_or_default();
            let instead = alone.map(|alone| {
                let is_alone = rest.first().is_none_or(is_option);
                let may_follow = |arg: &OsString| alone.with_options || is_of_output(arg);
                let list = is_alone && rest.iter().all(may_follow);
                let list = list.then_some(alone.stands_for);
                [list, Some(alone.word_alone())]
            });
            let instead = instead.into_iter().flatten().flatten();
            instead.map(move |instead| {
                let before = args.iter().take(place).cloned();
                let instead = instead.iter().map(OsString::from);
                before.chain(instead).chain(rest.iter().cloned()).collect()
            })
        });
    tags.into_iter().chain(lists)
}

/// `tag nina -champion`: a word that takes a tag off is no option.
fn taken_off(args: &[OsString]) -> Option<Vec<OsString>> {
    let is_tag = |arg: &OsString| arg == "tag";
    let from = args.iter().position(is_tag)?;
    let word = |arg: &OsString| {
        let text = arg.to_str()?.strip_prefix('-')?;
        let is_flag = ["h", "q", "v", "y"].contains(&text);
        let is_word = !text.is_empty() && !text.starts_with('-') && !is_flag;
        is_word.then(|| ["--off".into(), OsString::from(text)])
    };
    let any = args.iter().skip(from).any(|arg| word(arg).is_some());
    let typed = args.iter().enumerate().flat_map(|(place, arg)| {
        let off = Some(place)
            .filter(|place| *place > from)
            .and_then(|_| word(arg));
        off.map_or_else(|| vec![arg.clone()], Vec::from)
    });
    any.then(|| typed.collect())
}

/// Whether a word is an option, and not a command of the group.
fn is_option(arg: &OsString) -> bool {
    arg.to_string_lossy().starts_with('-')
}

/// Whether an option says no more than how the answer is printed.
fn is_of_output(arg: &OsString) -> bool {
    let text = arg.to_string_lossy();
    text.starts_with("--json") || text.starts_with("--format=") || text == "--raw"
}

#[cfg(test)]
mod tests {
    use super::super::Cli;
    use super::*;

    fn read(line: &str) -> Result<String, ErrorKind> {
        let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let read = Cli::read(&args, None).map_err(|error| error.kind())?;
        let shown = format!("{:?}", read.command);
        let names = shown.split(['(', '{', ' ']).filter(|name| !name.is_empty());
        Ok(names.take(2).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_group_alone_is_its_list_with_the_options_of_the_list() {
        for (line, expected) in [
            ("advocate request", "Request List"),
            ("advocate requests", "Request List"),
            ("advocate --db request requests --json", "Request List"),
            ("advocate request --status open", "Request List"),
            ("advocate deals", "Deal List"),
            ("advocate asset", "Asset List"),
            ("advocate signal --kind renewal", "Signal List"),
            ("advocate tiers", "Tier List"),
            ("advocate policy", "Policy Show"),
            ("advocate touch", "Touches TouchesArgs"),
            ("advocate give --json", "Gives GivesArgs"),
            ("advocate requests open --ask ref", "Request Open"),
            ("advocate reports fill", "Report ReportsArgs"),
        ] {
            assert_eq!(read(line).as_deref(), Ok(expected), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_otherwise_stays_so() {
        for line in [
            "advocate import",
            "advocate touch --kind thank-you",
            "advocate request --unknown",
            "advocate request close",
            "advocate policy set",
            "advocate list request",
        ] {
            assert!(
                !matches!(read(line), Ok(read) if read.starts_with("Request List")),
                "{line}"
            );
        }
        for line in [
            "advocate touch --kind thank-you",
            "advocate import",
            "advocate policy set",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
