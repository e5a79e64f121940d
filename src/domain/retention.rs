//! Renewals of accounts with an advocate beside those without (`docs/metrics.md`, retention): a comparison, not a cause.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::describing::AccountStatus;
use super::ids::AccountId;
use super::period::Period;
use super::rate::Rate;

/// What was on record before the period began.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AtStart {
    /// The accounts, with the day of their next renewal.
    pub renewals: Vec<(AccountId, NaiveDate)>,
    /// Those with an advocate.
    pub with_advocate: BTreeSet<AccountId>,
}

/// A word on whether an account is a customer, with the day since when.
pub type StatusSince = (AccountId, AccountStatus, NaiveDate);

/// What became of one renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// Of which account.
    pub account: AccountId,
    /// When it was due.
    pub on: NaiveDate,
    /// Whether there was an advocate when the period began.
    pub with_advocate: bool,
    /// The day on which it left; `None` where it stayed.
    pub churned_on: Option<NaiveDate>,
}

/// Renewed / due, with and without an advocate.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Retention {
    /// Accounts with an advocate when the period began.
    pub with_advocate: Rate,
    /// The others.
    pub without: Rate,
}

/// The renewals that were due in the period by `today`, as known at its start, by day and account. An account that had
/// left before is not asked to renew. It has left where that is so at the period's end, or today.
pub fn renewals(
    start: &AtStart,
    statuses: &[StatusSince],
    period: &Period,
    today: NaiveDate,
) -> Vec<Renewal> {
    let end = period.last().min(today);
    let before = period.from().pred_opt().unwrap_or(period.from());
    let (were, are) = (on(statuses, before), on(statuses, end));
    let left = |known: &BTreeMap<AccountId, (AccountStatus, NaiveDate)>, account| {
        let status = known.get(&account);
        let churned = status.filter(|(status, _)| *status == AccountStatus::Churned);
        churned.map(|(_, on)| *on)
    };
    let due = start.renewals.iter();
    let due = due.filter(|(_, on)| period.contains(*on) && *on <= end);
    let due = due.filter(|(account, _)| left(&were, *account).is_none());
    let mut found: Vec<Renewal> = due
        .map(|(account, on)| Renewal {
            account: *account,
            on: *on,
            with_advocate: start.with_advocate.contains(account),
            churned_on: left(&are, *account),
        })
        .collect();
    found.sort_by_key(|one| (one.on, one.account));
    found
}

/// The newest word on each account on a day. The words come oldest first.
fn on(statuses: &[StatusSince], day: NaiveDate) -> BTreeMap<AccountId, (AccountStatus, NaiveDate)> {
    let known = statuses.iter().filter(|(.., since)| *since <= day);
    known
        .map(|(account, status, since)| (*account, (*status, *since)))
        .collect()
}

/// How many of them stayed.
pub fn retention<'a>(renewals: impl IntoIterator<Item = &'a Renewal>) -> Retention {
    let mut retention = Retention::default();
    for one in renewals {
        let rate = match one.with_advocate {
            true => &mut retention.with_advocate,
            false => &mut retention.without,
        };
        rate.denominator += 1;
        rate.numerator += u64::from(one.churned_on.is_none());
    }
    retention
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_quarter_by_hand() {
        use AccountStatus::{Churned, Customer};
        let start = AtStart {
            renewals: [
                (1, "2026-04-01"),
                (2, "2026-06-30"),
                (3, "2026-05-01"),
                (4, "2026-05-01"),
                (5, "2026-05-01"), // left before the quarter
                (6, "2026-07-01"), // due after it
                (7, "2026-05-15"), // left in May, and came back
            ]
            .map(|(id, on)| (AccountId(id), day(on)))
            .to_vec(),
            with_advocate: [1, 2, 5].map(AccountId).into(),
        };
        let statuses = [
            (5, Churned, "2026-03-31"),
            (3, Churned, "2026-05-01"),
            (7, Churned, "2026-05-15"),
            (7, Customer, "2026-06-15"),
            (4, Churned, "2026-07-01"), // after the quarter
        ]
        .map(|(id, status, on)| (AccountId(id), status, day(on)));
        let period = Period::parse("2026-Q2", day("2026-12-31")).unwrap();
        let all = renewals(&start, &statuses, &period, day("2026-12-31"));
        let retention_of = retention(&all);
        assert_eq!(retention_of.with_advocate, Rate::new(2, 2));
        assert_eq!(retention_of.without, Rate::new(2, 3));
        assert_eq!(all[0].account, AccountId(1));
        // While the quarter runs, only what was due by then counts.
        let so_far = renewals(&start, &statuses, &period, day("2026-05-01"));
        let so_far = retention(&so_far);
        assert_eq!(so_far.with_advocate, Rate::new(1, 1));
        assert_eq!(so_far.without, Rate::new(1, 2));
    }
}
