//! Lists of words. What is typed, stored and shown for each value of an enum is stated once, where its rules are; its
//! names, how it is read and how it is shown follow from it.

/// An enum whose every variant has a word. It gets `ALL` and `name`; and where it is said what one of them is, as in
/// `Stage is "a stage"`, it is also shown as its word and read from it, and from whatever else people type for it:
/// `Completed = "completed" or "done"`.
macro_rules! words {
    (
        $(#[$about:meta])*
        $visible:vis enum $name:ident $(is $what:literal)? {
            $($(#[$meaning:meta])* $variant:ident = $word:literal $(or $other:literal)*,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visible enum $name {
            $($(#[$meaning])* $variant,)+
        }

        impl $name {
            /// All of them, in their order.
            $visible const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// All of them, each with its word and the other names of it.
            #[allow(dead_code, reason = "of those that nobody types, nobody reads other names")]
            const NAMES: &'static [(Self, &'static [&'static str])] =
                &[$((Self::$variant, &[$word $(, $other)*])),+];

            /// The word for it, as typed, stored and shown.
            $visible const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        $(
            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.pad(self.name())
                }
            }

            impl std::str::FromStr for $name {
                type Err = String;

                /// Reads the word, in any case, with `_` or a space for `-`.
                fn from_str(text: &str) -> Result<Self, String> {
                    $crate::domain::words::read(text, $what, &Self::ALL, Self::name)
                }
            }

            impl $crate::domain::words::Word for $name {
                const WHAT: &'static str = $what;
                const WORDS: &'static [(Self, &'static [&'static str])] = Self::NAMES;
            }
        )?
    };
}
pub(crate) use words;

/// Lists of words, each under its name and on a line of its own: `"retail": "E-commerce", "Consumer Goods";`.
macro_rules! word_lists {
    ($($name:literal: $($word:literal),+;)+) => {
        &[$(($name, &[$($word),+])),+]
    };
}
pub(crate) use word_lists;

/// A value that has a word.
pub(crate) trait Word: Copy + PartialEq + Send + Sync + 'static {
    /// What one of them is, such as `a stage`.
    const WHAT: &'static str;
    /// All of them in their order, each with its word, and after that the other names that people type.
    const WORDS: &'static [(Self, &'static [&'static str])];

    /// The words, in their order.
    fn words() -> impl Iterator<Item = &'static str> {
        Self::WORDS
            .iter()
            .filter_map(|(_, names)| names.first().copied())
    }
}

/// The value of a word that somebody typed: the word, another name of it, its plural, or a beginning that only one of
/// them has, with or without hyphens. Files and the database are read by the word alone.
pub(crate) fn typed<T: Word>(text: &str) -> Option<T> {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|one| one.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let typed = letters(text);
    let singular = typed.strip_suffix('s').unwrap_or(&typed);
    let named = |wanted: &str| {
        let mut found = T::WORDS.iter().filter(|(_, names)| {
            let mut names = names.iter();
            names.any(|name| letters(name) == wanted)
        });
        found.next().map(|(one, _)| *one)
    };
    let begun = |wanted: &str| {
        let begins =
            |(_, names): &&(T, &[&str])| names.iter().any(|name| letters(name).starts_with(wanted));
        let mut found = T::WORDS.iter().filter(begins);
        let one = found.next().filter(|_| wanted.len() >= SHORTEST)?;
        found.next().is_none().then_some(one.0)
    };
    named(&typed)
        .or_else(|| named(singular))
        .or_else(|| begun(&typed))
        .or_else(|| begun(singular))
}

/// How much of a word must be typed at least.
const SHORTEST: usize = 2;

/// The value of a word; `what` says what one of them is.
///
/// # Errors
/// A sentence that lists the words.
pub(crate) fn read<T: Copy>(
    text: &str,
    what: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, String> {
    let of_word = |word: &str| all.iter().copied().find(|one| name(*one) == word);
    of_word(text)
        .or_else(|| of_word(&text.trim().to_lowercase().replace(['_', ' '], "-")))
        .ok_or_else(|| {
            let words: Vec<&str> = all.iter().copied().map(name).collect();
            format!("`{text}` is not {what}; one of: {}", words.join(", "))
        })
}

#[cfg(test)]
mod tests {
    use super::typed;

    words! {
        /// Words for a test.
        enum Sign is "a sign" {
            /// One word.
            Aries = "aries" or "ram" or "the-ram",
            /// Two.
            LibraRising = "libra-rising",
            /// Another that begins so.
            LibraSetting = "libra-setting",
        }
    }

    #[test]
    fn a_typed_word_is_read_by_its_other_names_its_plural_and_its_beginning() {
        for (text, sign) in [
            ("aries", Some(Sign::Aries)),
            ("Ram", Some(Sign::Aries)),
            ("theram", Some(Sign::Aries)),
            ("ar", Some(Sign::Aries)),
            ("a", None),
            ("", None),
            ("s", None),
            ("-", None),
            ("librarising", Some(Sign::LibraRising)),
            ("Libra Settings", Some(Sign::LibraSetting)),
            ("libra", None),
            ("libra-s", Some(Sign::LibraSetting)),
            ("taurus", None),
        ] {
            assert_eq!(typed::<Sign>(text), sign, "{text}");
        }
    }

    #[test]
    fn a_word_reads_back_in_any_spelling() {
        for sign in Sign::ALL {
            assert_eq!(sign.to_string().parse(), Ok(sign));
        }
        assert_eq!(" Libra_rising ".parse(), Ok(Sign::LibraRising));
        assert_eq!(
            "Leo".parse::<Sign>(),
            Err("`Leo` is not a sign; one of: aries, libra-rising, libra-setting".to_owned())
        );
    }
}
