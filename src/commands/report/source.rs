//! Where the reports read from: the program as of a day, or as it stood at the end of each period.

use crate::failure::Result;
use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::resolve::arguments::AsOf;
use crate::session::Session;
use crate::store::Tx;

/// The program as of a day.
pub(super) struct Source<'c, 'a> {
    session: &'c Session<'a>,
    as_of: Option<NaiveDate>,
    /// The day for which it answers, and the policy of that day.
    pub(super) present: Present,
}

impl<'c, 'a> Source<'c, 'a> {
    /// As of the day asked for, or of today.
    ///
    /// # Errors
    /// When the file cannot be read, or the day is in the future.
    pub(super) fn of(session: &'c Session<'a>, day: AsOf) -> Result<Self> {
        let as_of = day.as_of;
        let present = session.read(as_of, |_, present| Ok(present.clone()))?;
        Ok(Self {
            session,
            as_of,
            present,
        })
    }

    /// Asks about that day.
    ///
    /// # Errors
    /// Whatever `ask` returns.
    pub(super) fn read<T>(&self, ask: impl FnOnce(&Tx<'_>, &Present) -> Result<T>) -> Result<T> {
        self.session.read(self.as_of, ask)
    }

    /// Reads how things stood at the end of each of the periods: the whole answer is that of a period's last day, rules
    /// and policy included. So a past period says today what it said on that day.
    ///
    /// # Errors
    /// Whatever `load` returns.
    pub(super) fn at_ends<T>(
        &self,
        periods: &[Period],
        load: impl Fn(&Tx<'_>, &Present) -> Result<T>,
    ) -> Result<AtEnds<T>> {
        let find = |period: &Period| -> Result<Found<T>> {
            let on = period.last().min(self.present.today);
            let facts = self.session.read(Some(on), |tx, then| load(tx, then))?;
            let period = *period;
            Ok(Found { period, on, facts })
        };
        Ok(AtEnds {
            found: periods.iter().map(find).collect::<Result<_, _>>()?,
            today: self.present.today,
        })
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
pub(super) struct AtEnds<T> {
    found: Vec<Found<T>>,
    /// The day of the whole answer.
    pub(super) today: NaiveDate,
}

impl<T> AtEnds<T> {
    /// What was found at the end of one of them.
    pub(super) fn of(&self, period: &Period) -> &Found<T> {
        let place = self.found.iter().position(|one| one.period == *period);
        &self.found[place.unwrap_or_default()]
    }
}
