//! Reciprocity (`docs/rules.md`, value back): what was given to advocates against what was taken from them, and who is
//! overdrawn.

use chrono::NaiveDate;

use super::ask::Effort;
use super::calendar::months_before;
use super::period::Period;
use super::rate::Rate;

/// Months over which a balance is drawn.
pub const BALANCE_MONTHS: u32 = 12;

/// What somebody gave and received within 12 months, the one definition of who is overdrawn.
///
/// Received: gives and touches, each counts one. Given: completed asks, since what was refused or never came about cost
/// the person nothing. **Overdrawn** is whoever completed more asks than they received gives and touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// Gives and touches.
    pub given: u32,
    /// Completed asks.
    pub completed: u32,
}

impl Balance {
    /// Of so many gives and touches within 12 months and these completed asks of any time.
    pub fn of(given: u32, completed: &[(Effort, NaiveDate)], day: NaiveDate) -> Self {
        let completed = completed.iter().filter(|(_, on)| in_balance(*on, day));
        Self {
            given,
            completed: u32::try_from(completed.count()).unwrap_or(u32::MAX),
        }
    }

    /// Gives and touches less completed asks.
    pub fn value(self) -> i64 {
        i64::from(self.given) - i64::from(self.completed)
    }

    /// Whether more was completed than given.
    pub const fn is_overdrawn(self) -> bool {
        self.completed > self.given
    }

    /// The part of a match score, 0 to 1 (`docs/rules.md`, matching): 1 unless overdrawn, and the less the further it
    /// is.
    pub fn part(self) -> f64 {
        let (given, completed) = (f64::from(self.given), f64::from(self.completed));
        (given.min(completed) + 1.0) / (completed + 1.0)
    }

    /// What there is to say of an overdrawn balance, in words.
    pub fn reason(self) -> Option<String> {
        self.is_overdrawn().then(|| {
            format!(
                "overdrawn: completed {}, received {} in {BALANCE_MONTHS} months",
                self.completed, self.given
            )
        })
    }
}

/// Whether `on` lies in the 12 months that end with `day`.
fn in_balance(on: NaiveDate, day: NaiveDate) -> bool {
    months_before(day, BALANCE_MONTHS) < on && on <= day
}

/// The days of everything that was taken from one person and given to them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Taps that count.
    pub taps: Vec<NaiveDate>,
    /// Completed asks, by the day of the completion.
    pub completed: Vec<NaiveDate>,
    /// Gives.
    pub gives: Vec<NaiveDate>,
    /// Touches.
    pub touches: Vec<NaiveDate>,
}

/// A ledger added up over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    /// Taps that count, made in the period.
    pub taken: u64,
    /// Asks completed in the period.
    pub completed: u64,
    /// Gives in the period.
    pub gives: u64,
    /// Touches in the period.
    pub touches: u64,
    /// The balance of the 12 months that end with the period.
    pub balance: Balance,
    /// How many people are overdrawn by it.
    pub overdrawn: u64,
}

impl Ledger {
    /// The balance of the 12 months that end with `day`.
    pub fn balance(&self, day: NaiveDate) -> Balance {
        let count = |days: &[NaiveDate]| {
            let counted = days.iter().filter(|on| in_balance(**on, day)).count();
            u32::try_from(counted).unwrap_or(u32::MAX)
        };
        Balance {
            given: count(&self.gives).saturating_add(count(&self.touches)),
            completed: count(&self.completed),
        }
    }

    /// Adds it up over a period; a running period ends with today.
    pub fn account(&self, period: &Period, today: NaiveDate) -> Account {
        let count = |days: &[NaiveDate]| {
            let inside = days.iter().filter(|on| period.contains(**on)).count();
            inside as u64
        };
        let last = period.until().pred_opt().unwrap_or(today).min(today);
        let balance = self.balance(last);
        Account {
            taken: count(&self.taps),
            completed: count(&self.completed),
            gives: count(&self.gives),
            touches: count(&self.touches),
            balance,
            overdrawn: u64::from(balance.is_overdrawn()),
        }
    }
}

impl Account {
    /// Gives and touches per tap.
    pub const fn per_tap(&self) -> Rate {
        Rate::new(self.gives + self.touches, self.taken)
    }

    /// Whether there is nothing to show of it: nothing happened in the period, and nothing is owed.
    pub const fn is_quiet(&self) -> bool {
        self.taken + self.completed + self.gives + self.touches + self.overdrawn == 0
    }

    /// Several accounts as one.
    pub fn sum<'a>(all: impl IntoIterator<Item = &'a Account>) -> Self {
        all.into_iter().fold(Self::default(), |sum, one| Self {
            taken: sum.taken + one.taken,
            completed: sum.completed + one.completed,
            gives: sum.gives + one.gives,
            touches: sum.touches + one.touches,
            balance: Balance {
                given: sum.balance.given.saturating_add(one.balance.given),
                completed: sum.balance.completed.saturating_add(one.balance.completed),
            },
            overdrawn: sum.overdrawn + one.overdrawn,
        })
    }

    /// The order in which accounts are shown: the overdrawn first and the further the earlier, then those from whom
    /// most was taken.
    pub fn order(&self) -> impl Ord + use<> {
        let overdrawn = self.balance.is_overdrawn();
        let value = if overdrawn { self.balance.value() } else { 0 };
        (!overdrawn, value, std::cmp::Reverse(self.taken))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    #[test]
    fn overdrawn_is_who_completed_more_than_they_received() {
        for (given, completed, overdrawn, value, part) in [
            (0, 0, false, 0, 1.0),
            (0, 1, true, -1, 0.5),
            (1, 1, false, 0, 1.0),
            (3, 1, false, 2, 1.0),
            (1, 3, true, -2, 0.5),
            (0, 3, true, -3, 0.25),
        ] {
            let balance = Balance { given, completed };
            assert_eq!(
                (balance.is_overdrawn(), balance.value()),
                (overdrawn, value)
            );
            assert!((balance.part() - part).abs() < 1e-12, "{balance:?}");
            assert_eq!(balance.reason().is_some(), overdrawn);
        }
    }

    #[test]
    fn twelve_months_count_to_the_day() {
        let today = day("2026-06-15");
        for (on, counts) in [
            ("2026-06-16", false),
            ("2026-06-15", true),
            ("2025-06-16", true),
            ("2025-06-15", false),
        ] {
            assert_eq!(in_balance(day(on), today), counts, "{on}");
        }
    }

    #[test]
    fn an_account_is_added_up_over_its_period() {
        let days = |all: &[&str]| all.iter().map(|on| day(on)).collect();
        let ledger = Ledger {
            taps: days(&["2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01"]),
            completed: days(&["2025-08-01", "2026-04-05"]),
            gives: days(&["2026-05-01"]),
            touches: days(&["2025-07-02", "2024-01-01"]),
        };
        let quarter = Period::parse("2026-Q2", day("2026-07-01")).unwrap();
        let account = ledger.account(&quarter, day("2026-07-01"));
        let balance = Balance {
            given: 2,
            completed: 2,
        };
        let expected = Account {
            taken: 2,
            completed: 1,
            gives: 1,
            touches: 0,
            balance,
            overdrawn: 0,
        };
        assert_eq!(account, expected);
        assert_eq!(account.per_tap(), Rate::new(1, 2));
        // While the quarter runs, today is its end.
        let running = ledger.account(&quarter, day("2026-04-10"));
        assert_eq!(
            running.balance,
            Balance {
                given: 1,
                completed: 2
            }
        );
        assert_eq!(Account::sum([&account, &running]).overdrawn, 1);
    }

    #[test]
    fn the_overdrawn_come_first() {
        let account = |given, completed, taken| {
            let balance = Balance { given, completed };
            let overdrawn = u64::from(balance.is_overdrawn());
            Account {
                taken,
                balance,
                overdrawn,
                ..Account::default()
            }
        };
        let mut all = [
            account(5, 1, 1),
            account(0, 2, 2),
            account(0, 0, 4),
            account(1, 4, 1),
        ];
        all.sort_by_key(Account::order);
        let order: Vec<i64> = all.iter().map(|one| one.balance.value()).collect();
        assert_eq!(order, [-3, -2, 0, 4]);
    }

    fn ledger() -> impl Strategy<Value = Ledger> {
        let days = || {
            proptest::collection::vec(0_u64..800, 0..6).prop_map(|days| {
                days.into_iter()
                    .map(|after| day("2024-05-01") + Days::new(after))
                    .collect()
            })
        };
        (days(), days(), days(), days()).prop_map(|(taps, completed, gives, touches)| Ledger {
            taps,
            completed,
            gives,
            touches,
        })
    }

    proptest! {
        #[test]
        fn giving_never_lowers_a_balance_nor_a_part(ledger in ledger(), after in 0_u64..800, touch: bool) {
            let today = day("2026-06-15");
            let mut richer = ledger.clone();
            let list = if touch { &mut richer.touches } else { &mut richer.gives };
            list.push(day("2024-05-01") + Days::new(after));
            let (before, now) = (ledger.balance(today), richer.balance(today));
            prop_assert!(now.value() >= before.value() && now.part() >= before.part());
            prop_assert!(before.is_overdrawn() || !now.is_overdrawn());
        }

        #[test]
        fn a_completed_ask_that_is_answered_by_a_give_leaves_the_balance(ledger in ledger()) {
            let today = day("2026-06-15");
            let mut answered = ledger.clone();
            answered.completed.push(today);
            answered.touches.push(today);
            prop_assert_eq!(answered.balance(today).value(), ledger.balance(today).value());
            prop_assert_eq!(answered.balance(today).is_overdrawn(), ledger.balance(today).is_overdrawn());
        }

        #[test]
        fn in_all_is_the_sum_of_each(ledgers in proptest::collection::vec(ledger(), 0..5)) {
            let today = day("2026-06-15");
            let period = Period::parse("last-400d", today).unwrap();
            let each: Vec<Account> = ledgers.iter().map(|one| one.account(&period, today)).collect();
            let sum = Account::sum(&each);
            let value: i64 = each.iter().map(|one| one.balance.value()).sum();
            prop_assert_eq!(sum.balance.value(), value);
            prop_assert_eq!(sum.overdrawn, each.iter().filter(|one| one.balance.is_overdrawn()).count() as u64);
        }
    }
}
