//! Median, 90th percentile and mean, always with how many values they rest on (`docs/rules.md`, figures).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the middle of an even number of values has one before it"
)]

/// What a list of values comes to, in the values' own unit; all but `n` are `None` where there are no values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Summary {
    /// The middle value, or the mean of the middle two.
    pub median: Option<f64>,
    /// The smallest value that at least 90 % of the values do not exceed (nearest rank).
    pub p90: Option<f64>,
    /// Sum / n.
    pub mean: Option<f64>,
    /// How many values.
    pub n: u64,
}

impl Summary {
    /// Of decimal values. Their order does not matter, not even to the last bit of the mean.
    pub(super) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Self {
            median: median(&sorted),
            p90: p90(&sorted),
            mean: mean(&sorted),
            n: sorted.len() as u64,
        }
    }

    /// Of whole numbers, such as days.
    pub(super) fn of_whole(values: impl IntoIterator<Item = i64>) -> Self {
        Self::of(values.into_iter().map(|value| value as f64))
    }
}

fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.len() / 2;
    let high = sorted.get(upper)?;
    if sorted.len() % 2 == 1 {
        return Some(*high);
    }
    Some(f64::midpoint(sorted[upper - 1], *high))
}

fn p90(sorted: &[f64]) -> Option<f64> {
    let rank = (sorted.len() * 9).div_ceil(10);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn mean(sorted: &[f64]) -> Option<f64> {
    (!sorted.is_empty()).then(|| sorted.iter().sum::<f64>() / sorted.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn computed_by_hand() {
        // (values, median, p90, mean)
        for (values, median, p90, mean) in [
            (vec![7], 7.0, 7.0, 7.0),
            (vec![4, 1], 2.5, 4.0, 2.5),
            (vec![9, 1, 2], 2.0, 9.0, 4.0),
            (vec![-3, 3], 0.0, 3.0, 0.0),
            // rank ceil(0.9 × 9) = 9, ceil(0.9 × 10) = 9, ceil(0.9 × 11) = 10
            (vec![1, 2, 3, 4, 5, 6, 7, 8, 9], 5.0, 9.0, 5.0),
            (vec![10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5.5, 9.0, 5.5),
            (vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6.0, 10.0, 6.0),
        ] {
            let n = values.len() as u64;
            let expected = Summary {
                median: Some(median),
                p90: Some(p90),
                mean: Some(mean),
                n,
            };
            assert_eq!(Summary::of_whole(values), expected);
        }
    }

    #[test]
    fn nothing_has_no_middle() {
        assert_eq!(Summary::of([]), Summary::default());
        assert_eq!(Summary::of_whole([]).n, 0);
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(
            (values, shuffled) in proptest::collection::vec(-1e9..1e9, 0..40)
                .prop_flat_map(|values| (Just(values.clone()), Just(values).prop_shuffle()))
        ) {
            prop_assert_eq!(Summary::of(values), Summary::of(shuffled));
        }

        #[test]
        fn nine_tenths_do_not_exceed_the_p90(values in proptest::collection::vec(-500_i64..500, 1..60)) {
            let p90 = Summary::of_whole(values.clone()).p90.unwrap();
            let under = values.iter().filter(|value| **value as f64 <= p90).count();
            prop_assert!(10 * under >= 9 * values.len());
            let strictly = values.iter().filter(|value| (**value as f64) < p90).count();
            prop_assert!(10 * strictly < 9 * values.len());
        }
    }
}
