//! Lists of words. What is typed, stored and shown for each value of an enum is stated once, where its rules are; its
//! names, how it is read and how it is shown follow from it.

/// An enum whose every variant has a word. It gets `ALL` and `name`; and where it is said what one of them is, as in
/// `Stage is "a stage"`, it is also shown as its word and read from it.
macro_rules! words {
    (
        $(#[$about:meta])*
        $visible:vis enum $name:ident $(is $what:literal)? {
            $($(#[$meaning:meta])* $variant:ident = $word:literal,)+
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
    words! {
        /// Words for a test.
        enum Sign is "a sign" {
            /// One word.
            Aries = "aries",
            /// Two.
            LibraRising = "libra-rising",
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
            Err("`Leo` is not a sign; one of: aries, libra-rising".to_owned())
        );
    }
}
