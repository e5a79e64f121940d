//! Rates: never a bare percentage, always with what it is a part of (`docs/rules.md`, figures).

use std::cmp::Ordering;

/// A denominator under this is too small to conclude from, and the rate is marked.
pub const SMALL: u64 = 5;

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// How many of them.
    pub numerator: u64,
    /// Out of how many.
    pub denominator: u64,
}

impl Rate {
    /// The rate of so many out of so many.
    pub const fn new(numerator: u64, denominator: u64) -> Self {
        Self {
            numerator,
            denominator,
        }
    }

    /// The share, 0 to 1 where the numerator is a part of the denominator; `None` of nothing.
    pub fn value(&self) -> Option<f64> {
        (self.denominator != 0).then(|| self.numerator as f64 / self.denominator as f64)
    }

    /// Whether it rests on fewer than five cases, none included.
    pub const fn is_small(&self) -> bool {
        self.denominator < SMALL
    }

    /// Compares the shares, exactly; a rate of nothing is the highest.
    pub(super) fn cmp_value(&self, other: &Self) -> Ordering {
        match (self.denominator, other.denominator) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            _ => {
                let own = u128::from(self.numerator) * u128::from(other.denominator);
                own.cmp(&(u128::from(other.numerator) * u128::from(self.denominator)))
            }
        }
    }

    /// Whether it is under `percent`, exactly; a rate of nothing is not.
    pub(super) fn is_below(&self, percent: u64) -> bool {
        u128::from(self.numerator) * 100 < u128::from(percent) * u128::from(self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_small_ones() {
        for (numerator, denominator, value, small) in [
            (0, 0, None, true),
            (0, 4, Some(0.0), true),
            (3, 4, Some(0.75), true),
            (5, 5, Some(1.0), false),
            (1, 8, Some(0.125), false),
        ] {
            let rate = Rate::new(numerator, denominator);
            assert_eq!((rate.value(), rate.is_small()), (value, small), "{rate:?}");
        }
    }

    #[test]
    fn shares_compare_exactly() {
        for (one, other, order) in [
            ((1, 3), (2, 6), Ordering::Equal),
            ((1, 3), (333, 1000), Ordering::Greater),
            ((0, 1), (1, u64::MAX), Ordering::Less),
            ((0, 0), (9, 9), Ordering::Greater),
            ((9, 9), (0, 0), Ordering::Less),
            ((0, 0), (0, 0), Ordering::Equal),
        ] {
            let rate = |(numerator, denominator)| Rate::new(numerator, denominator);
            assert_eq!(
                rate(one).cmp_value(&rate(other)),
                order,
                "{one:?} {other:?}"
            );
        }
    }

    #[test]
    fn below_is_exact_at_the_edge() {
        for (numerator, denominator, below) in [
            (7, 10, false),
            (69, 100, true),
            (70, 100, false),
            (6, 9, true),
            (0, 1, true),
            (0, 0, false),
            (u64::MAX, u64::MAX, false),
        ] {
            let rate = Rate::new(numerator, denominator);
            assert_eq!(rate.is_below(70), below, "{rate:?}");
        }
    }
}
