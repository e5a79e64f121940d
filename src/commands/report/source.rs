//! Where the reports read from: the program as of a day, and as it stood at the end of each period.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is one at least"
)]

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::people::{Loaded, Program};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use crate::session::{Reading, Session};

/// What is done before anything is worked out, in words.
pub(super) const LOADING: &str = "reading what is on record";

/// The program in one snapshot of the file, as of a day and of any day before it.
pub(super) struct Source {
    reading: Reading,
    /// The day for which it answers, and the policy of that day.
    pub(super) present: Present,
    /// The period of which more is shown than figures: what is behind them.
    shown: Option<Period>,
    /// What was loaded already, by day.
    loaded: RefCell<HashMap<NaiveDate, Rc<Loaded>>>,
}

impl Source {
    /// As of the day asked for, or of today.
    ///
    /// # Errors
    /// When the file cannot be read, or the day is in the future.
    pub(super) fn of(session: &Session<'_>, day: AsOf) -> Result<Self> {
        let reading = session.open()?;
        Ok(Self {
            present: reading.read(day.as_of, |_, present| Ok(present.clone()))?,
            reading,
            shown: None,
            loaded: RefCell::default(),
        })
    }

    /// The same, for all reports and more than one or two periods.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of_many_days(session: &Session<'_>, day: AsOf) -> Result<Self> {
        let source = Self::of(session, day)?;
        source.reading.expect_many_days()?;
        Ok(source)
    }

    /// The same, for more than figures of a period.
    pub(super) fn showing(self, period: Period) -> Self {
        Self {
            shown: Some(period),
            ..self
        }
    }

    /// The period, where more than figures are shown of it.
    pub(super) fn shows<'p>(&self, period: &'p Period) -> Option<&'p Period> {
        Some(period).filter(|period| self.shown == Some(**period))
    }

    /// Asks about the day for which it answers.
    ///
    /// # Errors
    /// Whatever `ask` returns.
    pub(super) fn read<T>(&self, ask: impl FnOnce(&Program<'_>) -> Result<T>) -> Result<T> {
        self.on(self.present.today, ask)
    }

    /// Asks about the end of a day.
    fn on<T>(&self, day: NaiveDate, ask: impl FnOnce(&Program<'_>) -> Result<T>) -> Result<T> {
        let loaded = Rc::clone(self.loaded.borrow_mut().entry(day).or_default());
        let day = Some(day.into());
        self.reading.read_everybody(day, |everybody, present| {
            ask(&Program::new(everybody, present, &loaded))
        })
    }

    /// Reads how things stood before a period began.
    ///
    /// # Errors
    /// Whatever `load` returns.
    pub(super) fn before<T>(
        &self,
        period: &Period,
        load: impl FnOnce(&Program<'_>) -> Result<T>,
    ) -> Result<T> {
        let eve = period.from().pred_opt().unwrap_or(period.from());
        self.on(eve.min(self.present.today), load)
    }

    /// Reads how things stood at the end of each of the periods: the whole answer is that of a period's last day, rules
    /// and policy included. So a past period says today what it said on that day.
    ///
    /// # Errors
    /// Whatever `load` returns.
    pub(super) fn at_ends<T>(
        &self,
        periods: &[Period],
        load: impl Fn(&Program<'_>, &Period) -> Result<T>,
    ) -> Result<AtEnds<T>> {
        let find = |period: &Period| -> Result<Found<T>> {
            let on = period.last().min(self.present.today);
            Ok(Found {
                period: *period,
                on,
                facts: self.on(on, |program| load(program, period))?,
            })
        };
        // The latest first: the rows of an earlier day are made from those of a later one.
        let mut latest_first = periods.to_vec();
        latest_first.sort_unstable_by_key(|period| Reverse(period.last()));
        let found = latest_first.iter().map(find).collect::<Result<_>>()?;
        Ok(AtEnds(found))
    }
}

/// What was found at the end of one period.
pub(super) struct Found<T> {
    /// The period.
    pub(super) period: Period,
    /// The day for which it holds: the period's last, or today where that is not over.
    pub(super) on: NaiveDate,
    /// What was found.
    pub(super) facts: T,
}

/// What was found at the end of each period that is asked about; there is one at least.
pub(super) struct AtEnds<T>(Vec<Found<T>>);

impl<T> AtEnds<T> {
    /// What was found at the end of each.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|one| &one.facts)
    }

    /// What was found at the end of one of them.
    pub(super) fn of(&self, period: &Period) -> &Found<T> {
        let place = self.0.iter().position(|one| one.period == *period);
        &self.0[place.unwrap_or_default()]
    }
}
