//! Taps and their outcomes (`docs/rules.md`, asks and caps).

use super::words::words;

words! {
    /// What became of a tap.
    pub enum Outcome is "an outcome" {
        /// Asked, no answer yet.
        Pending = "pending",
        /// Said yes.
        Accepted = "accepted" or "yes",
        /// Done.
        Completed = "completed" or "done",
        /// Said no.
        Declined = "declined" or "no",
        /// Did not answer.
        NoReply = "no-reply",
        /// Said yes and did not come.
        NoShow = "no-show",
        /// We took it back before the person saw it.
        Withdrawn = "withdrawn",
    }
}

impl Outcome {
    /// Whether a tap with this outcome counts against the caps: all but `withdrawn`.
    pub const fn counts(self) -> bool {
        !matches!(self, Outcome::Withdrawn)
    }

    /// Whether the ask is still open: nothing more is known than that it was made or agreed to.
    pub const fn is_open(self) -> bool {
        matches!(self, Outcome::Pending | Outcome::Accepted)
    }

    /// The outcomes that can follow this one. `completed` may be said again to add a rating or a note.
    pub const fn next(self) -> &'static [Outcome] {
        use Outcome::{Accepted, Completed, Declined, NoReply, NoShow, Withdrawn};
        match self {
            Outcome::Pending => &[Accepted, Completed, Declined, NoReply, NoShow, Withdrawn],
            Outcome::Accepted => &[Completed, Declined, NoShow],
            Outcome::NoReply => &[Accepted, Completed, Declined],
            Outcome::NoShow | Outcome::Completed => &[Completed],
            Outcome::Declined => &[Accepted, Completed],
            Outcome::Withdrawn => &[],
        }
    }

    /// Checks that `to` can follow this outcome.
    ///
    /// # Errors
    /// A sentence naming the outcomes that can.
    pub fn step(self, to: Outcome) -> Result<Outcome, String> {
        if self.next().contains(&to) {
            return Ok(to);
        }
        let allowed: Vec<&str> = self.next().iter().map(|one| one.name()).collect();
        Err(match allowed.as_slice() {
            [] => format!("it is {self}, and nothing follows that"),
            _ if self == Outcome::Completed => {
                "it is completed; only completed again can follow, to add a rating or a note".into()
            }
            _ => format!("it is {self}; what can follow is: {}", allowed.join(", ")),
        })
    }
}

/// How an advocate liked an ask: 1 (badly) to 5 (well).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating(u8);

impl Rating {
    /// The rating, or `None` outside 1 to 5.
    pub const fn new(value: u8) -> Option<Self> {
        if value >= 1 && value <= 5 {
            Some(Self(value))
        } else {
            None
        }
    }

    /// The number, 1 to 5.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl std::str::FromStr for Rating {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse()
            .ok()
            .and_then(Rating::new)
            .ok_or_else(|| format!("a rating is 1 to 5, not `{text}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_moves_that_make_sense() {
        for (from, to, allowed) in [
            (Outcome::Pending, Outcome::Accepted, true),
            (Outcome::Pending, Outcome::Withdrawn, true),
            (Outcome::Pending, Outcome::Pending, false),
            (Outcome::Accepted, Outcome::Completed, true),
            (Outcome::Accepted, Outcome::Withdrawn, false),
            (Outcome::Accepted, Outcome::NoReply, false),
            (Outcome::NoReply, Outcome::Accepted, true),
            (Outcome::NoReply, Outcome::Withdrawn, false),
            (Outcome::Completed, Outcome::Declined, false),
            (Outcome::Completed, Outcome::Completed, true),
            (Outcome::Withdrawn, Outcome::Completed, false),
        ] {
            assert_eq!(from.step(to).is_ok(), allowed, "{from} to {to}");
        }
    }

    #[test]
    fn only_withdrawn_does_not_count() {
        let counting: Vec<_> = Outcome::ALL
            .into_iter()
            .filter(|one| !one.counts())
            .collect();
        assert_eq!(counting, [Outcome::Withdrawn]);
    }

    #[test]
    fn ratings_are_one_to_five() {
        assert!("0".parse::<Rating>().is_err() && "6".parse::<Rating>().is_err());
        assert_eq!("5".parse::<Rating>().unwrap().get(), 5);
    }
}
