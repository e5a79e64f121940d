//! What many commands are told in the same way: a day, words, how many, which one of what a list shows. What is wrong
//! is told in the program's words.

use std::ffi::OsStr;
use std::marker::PhantomData;
use std::num::IntErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{
    PathBufValueParser, PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser,
};

use crate::domain::characters::is_blank;
use crate::domain::typed_day::{Looking, TypedDay};
use crate::domain::words::{Word, typed};
use crate::output::{CommandLine, Sentence};
use crate::resolve::nearest::nearest_word;

/// The day for which a reading command answers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Args)]
pub struct AsOf {
    /// Answer as of an earlier day: whatever happened later is left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<TypedDay>,
}

/// Reads a day on which something has happened, such as 2026-11-21 or yesterday.
pub(crate) fn day(text: &str) -> Result<TypedDay, String> {
    TypedDay::parse(text, Looking::Back)
}

/// Reads a day for which something is planned.
pub(crate) fn coming_day(text: &str) -> Result<TypedDay, String> {
    TypedDay::parse(text, Looking::Ahead)
}

/// Reads text that must say something. Characters that nobody sees say nothing.
pub(crate) fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if is_blank(text) {
        Err("it is empty".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// Reads a word out of a list, by a beginning or another name of it as well; completions offer the list.
pub(crate) fn word<T: Word>() -> impl TypedValueParser<Value = T> {
    let known = T::words().map(PossibleValue::new);
    let known = PossibleValuesParser::new(known);
    Typed {
        known,
        word: PhantomData,
    }
}

/// The parser of a word out of a list.
#[derive(Clone)]
struct Typed<T> {
    known: PossibleValuesParser,
    word: PhantomData<fn() -> T>,
}

impl<T: Word> TypedValueParser for Typed<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let read = |text: String| match typed(&text) {
            Some(value) => Ok(value),
            None => Err(unknown::<T>(&text)),
        };
        let parser = StringValueParser::new().try_map(read);
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.known.possible_values()
    }
}

/// Reads a word out of a list, or else something longer that `longer` knows.
pub(crate) fn word_or<T: Word, V: From<T> + Clone + Send + Sync + 'static>(
    longer: fn(&str) -> Option<V>,
) -> impl TypedValueParser<Value = V> {
    WordOr {
        word: word::<T>(),
        longer,
    }
}

/// The parser of a word out of a list, or of something longer.
#[derive(Clone)]
struct WordOr<P, V> {
    word: P,
    longer: fn(&str) -> Option<V>,
}

impl<P, V> TypedValueParser for WordOr<P, V>
where
    P: TypedValueParser,
    V: From<P::Value> + Clone + Send + Sync + 'static,
{
    type Value = V;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<V, clap::Error> {
        match value.to_str().and_then(self.longer) {
            Some(longer) => Ok(longer),
            None => Ok(self.word.parse_ref(command, arg, value)?.into()),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.word.possible_values()
    }
}

/// Whether one is the other with a letter in three wrong at most.
fn is_a_slip(typed: &str, word: &str) -> bool {
    strsim::damerau_levenshtein(&typed.to_lowercase(), word) * 3 <= word.len()
}

/// What is said of a word that is not in the list, or begins several.
fn unknown<T: Word>(text: &str) -> Unfit {
    let words: Vec<&str> = T::words().collect();
    let meant = nearest_word(text, &words).filter(|word| is_a_slip(text, word));
    let meant = meant.map(|word| format!("did you mean {word}?"));
    Unfit {
        message: format!("`{text}` is not {}; one of: {}", T::WHAT, words.join(", ")),
        hint: meant.map(|words| Box::new(words.into())),
    }
}

/// A value that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Unfit {
    message: String,
    /// The word that was meant, or the command that lists what can be typed.
    pub hint: Option<Box<Sentence>>,
}

/// Reads a whole number within bounds.
pub(crate) fn whole<const LEAST: u32, const MOST: u32>(text: &str) -> Result<u32, Unfit> {
    let read = text.trim().parse::<u32>();
    if let Ok(number) = read
        && (LEAST..=MOST).contains(&number)
    {
        return Ok(number);
    }
    let large = matches!(read, Err(error) if *error.kind() == IntErrorKind::PosOverflow);
    let bounds = match (LEAST, MOST) {
        (0, u32::MAX) if large => format!(" up to {MOST}"),
        (0, u32::MAX) => String::new(),
        (_, u32::MAX) => format!(" of {LEAST} or more"),
        _ => format!(" from {LEAST} to {MOST}"),
    };
    Err(Unfit {
        message: format!("`{text}` is not a whole number{bounds}"),
        hint: None,
    })
}

/// Reads a path that printed commands name.
pub(crate) fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match is_printable(&path) {
        true => Ok(path),
        false => Err(Unfit {
            message: "a path cannot end in a line break".to_owned(),
            hint: None,
        }),
    })
}

/// Whether a printed command can name a path: a shell has no word on one line that ends in a line break.
pub(crate) fn is_printable(path: &Path) -> bool {
    !path.as_os_str().as_encoded_bytes().ends_with(b"\n")
}

/// Reads how many lines a list may have.
pub(crate) fn limit(text: &str) -> Result<u32, Unfit> {
    whole::<1, { u32::MAX }>(text)
}

/// Reads the number of a request.
pub(crate) fn request_number(text: &str) -> Result<i64, Unfit> {
    one_of("a request", "request list", text)
}

/// Reads the number of a tap.
pub(crate) fn tap_number(text: &str) -> Result<i64, Unfit> {
    one_of("a tap", "taps", text)
}

/// Reads the number of an asset.
pub(crate) fn asset_number(text: &str) -> Result<i64, Unfit> {
    one_of("an asset", "asset list", text)
}

/// Reads the number of a give.
pub(crate) fn give_number(text: &str) -> Result<i64, Unfit> {
    one_of("a give", "gives", text)
}

/// Reads the number of a touch.
pub(crate) fn touch_number(text: &str) -> Result<i64, Unfit> {
    one_of("a touch", "touches", text)
}

/// Reads the number of a signal.
pub(crate) fn signal_number(text: &str) -> Result<i64, Unfit> {
    one_of("a signal", "signals", text)
}

/// Reads the number of a use of an asset.
pub(crate) fn use_number(text: &str) -> Result<i64, Unfit> {
    one_of("a use", "asset uses", text)
}

/// Reads the number of a note.
pub(crate) fn note_number(text: &str) -> Result<i64, Unfit> {
    one_of("a note", "notes", text)
}

/// Reads the number of an operation.
pub(crate) fn operation_number(text: &str) -> Result<i64, Unfit> {
    one_of("an operation", "history", text)
}

/// Reads the number of a nomination.
pub(crate) fn nomination_number(text: &str) -> Result<i64, Unfit> {
    one_of("a nomination", "nominations", text)
}

fn one_of(what: &str, listed_by: &'static str, text: &str) -> Result<i64, Unfit> {
    text.trim().parse().map_err(|_| Unfit {
        message: format!("`{text}` is not {what}'s number"),
        hint: Some(Box::new(CommandLine::of(listed_by).into())),
    })
}
