//! Requests: demand for advocates, and the states it moves through by what happens (`docs/rules.md`, requests).

use chrono::NaiveDate;

use super::calendar::{Timestamp, days_after};
use super::tap::Outcome;
use super::words::words;

words! {
    /// Where a request stands.
    pub enum Status is "a request's status" {
        /// Somebody still needs it.
        Open = "open",
        /// As many as wanted said yes.
        Filled = "filled",
        /// Closed without.
        Unfilled = "unfilled",
        /// No longer needed: not our failure.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Something that happened to a request itself; holds and taps for it are facts of their own.
    pub enum Event is "an event of a request" {
        /// Somebody asked for it.
        Opened = "opened",
        /// An advocate was proposed for it.
        Proposed = "proposed",
        /// The last of those wanted said yes.
        Filled = "filled",
        /// Closed without.
        Unfilled = "unfilled",
        /// No longer needed.
        Withdrawn = "withdrawn",
        /// Needed again.
        Reopened = "reopened",
    }
}

impl Event {
    /// The status from here on; `None` where it changes nothing.
    pub const fn leads_to(self) -> Option<Status> {
        match self {
            Event::Opened | Event::Reopened => Some(Status::Open),
            Event::Proposed => None,
            Event::Filled => Some(Status::Filled),
            Event::Unfilled => Some(Status::Unfilled),
            Event::Withdrawn => Some(Status::Withdrawn),
        }
    }

    /// Whether it can happen to a request that stands there.
    ///
    /// # Errors
    /// A sentence saying where it stands.
    pub fn check(self, status: Status) -> Result<(), String> {
        let allowed = match self {
            Event::Reopened => status != Status::Open,
            _ => status == Status::Open,
        };
        match (allowed, status) {
            (true, _) => Ok(()),
            (false, Status::Open) => Err("it is open already".to_owned()),
            (false, status) => Err(format!("it is {status}; reopen it first")),
        }
    }
}

words! {
    /// Why a request was closed unfilled.
    pub enum UnfilledReason is "a reason" {
        /// No advocate fits.
        NobodyFits = "nobody-fits",
        /// Everyone who fits is resting.
        AllResting = "all-resting",
        /// Everyone who was asked said no.
        AllDeclined = "all-declined",
        /// Found too late.
        TooLate = "too-late",
    }
}

/// The status after the events, oldest first.
pub fn status(events: impl Iterator<Item = Event>) -> Status {
    events
        .filter_map(Event::leads_to)
        .last()
        .unwrap_or(Status::Open)
}

/// The first moment in which the request was filled; it is frozen, whatever came after.
pub fn first_filled(events: impl Iterator<Item = (Event, Timestamp)>) -> Option<Timestamp> {
    events
        .filter(|(event, _)| *event == Event::Filled)
        .map(|(_, at)| at)
        .min()
}

/// Whether a tap with this outcome supplies a request.
pub const fn supplies(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Accepted | Outcome::Completed)
}

/// Whether the taps for a request fill it: as many are accepted or completed as are wanted.
pub fn is_filled(wanted: u32, outcomes: impl Iterator<Item = Outcome>) -> bool {
    supplied(outcomes) >= wanted as usize
}

/// Since when a tap supplies a request, by what became of it, oldest first: since its yes, which completion follows.
pub fn supplies_since(outcomes: &[(Outcome, Timestamp)]) -> Option<Timestamp> {
    let yes = outcomes
        .iter()
        .rev()
        .take_while(|(outcome, _)| supplies(*outcome));
    yes.last().map(|(_, at)| *at)
}

/// Since when as many have said yes as are wanted, by the instants of each yes.
pub fn filled_since(wanted: u32, mut yes: Vec<Timestamp>) -> Option<Timestamp> {
    yes.sort_unstable();
    let last = (wanted as usize).checked_sub(1)?;
    yes.get(last).copied()
}

/// How many said yes.
pub fn supplied(outcomes: impl Iterator<Item = Outcome>) -> usize {
    outcomes.filter(|outcome| supplies(*outcome)).count()
}

/// The last day on which a fill is in time: the needed-by day, or else so many days after the opening.
pub fn due_on(needed_by: Option<NaiveDate>, opened_on: NaiveDate, days: u32) -> NaiveDate {
    needed_by.unwrap_or_else(|| days_after(opened_on, days))
}

/// Whether a request is overdue: past its due day and open.
pub fn is_overdue(status: Status, due_on: NaiveDate, today: NaiveDate) -> bool {
    status == Status::Open && due_on < today
}

/// What follows for a request that stands there once one of its taps has this outcome: with this yes enough have said it,
/// even if it was given up before; or a supplier was lost, and somebody is needed again.
pub fn follows(status: Status, is_filled: bool, outcome: Outcome) -> Option<Event> {
    match status {
        Status::Open | Status::Unfilled if is_filled && supplies(outcome) => Some(Event::Filled),
        Status::Filled if !is_filled => Some(Event::Reopened),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_filled_since_the_last_yes_that_was_needed() {
        let at = Timestamp;
        for (outcomes, since) in [
            (&[][..], None),
            (&[(Outcome::Declined, at(1))], None),
            (
                &[(Outcome::Accepted, at(1)), (Outcome::Completed, at(5))],
                Some(at(1)),
            ),
            (
                &[
                    (Outcome::Accepted, at(1)),
                    (Outcome::NoShow, at(2)),
                    (Outcome::Completed, at(5)),
                ],
                Some(at(5)),
            ),
            (
                &[(Outcome::Completed, at(1)), (Outcome::NoShow, at(2))],
                None,
            ),
        ] {
            assert_eq!(supplies_since(outcomes), since, "{outcomes:?}");
        }
        for (wanted, since) in [(0, None), (1, Some(at(3))), (2, Some(at(7))), (3, None)] {
            assert_eq!(filled_since(wanted, vec![at(7), at(3)]), since, "{wanted}");
        }
    }

    #[test]
    fn the_last_event_says_where_it_stands_and_the_first_fill_is_frozen() {
        use Event::{Filled, Opened, Proposed, Reopened, Unfilled, Withdrawn};
        for (events, expected, filled) in [
            (vec![Opened], Status::Open, None),
            (vec![Opened, Proposed], Status::Open, None),
            (vec![Opened, Filled], Status::Filled, Some(1)),
            (vec![Opened, Filled, Reopened], Status::Open, Some(1)),
            (
                vec![Opened, Filled, Reopened, Filled],
                Status::Filled,
                Some(1),
            ),
            (vec![Opened, Unfilled], Status::Unfilled, None),
            (
                vec![Opened, Unfilled, Reopened, Withdrawn],
                Status::Withdrawn,
                None,
            ),
        ] {
            assert_eq!(status(events.iter().copied()), expected, "{events:?}");
            let dated = events
                .iter()
                .enumerate()
                .map(|(at, event)| (*event, Timestamp(at as i64)));
            assert_eq!(first_filled(dated), filled.map(Timestamp), "{events:?}");
        }
    }

    #[test]
    fn filled_when_as_many_said_yes_as_are_wanted() {
        use Outcome::{Accepted, Completed, Declined, NoShow, Pending};
        for (wanted, outcomes, filled) in [
            (1, vec![], false),
            (1, vec![Pending, Declined], false),
            (1, vec![Declined, Accepted], true),
            (2, vec![Accepted, NoShow], false),
            (2, vec![Accepted, Completed], true),
        ] {
            assert_eq!(
                is_filled(wanted, outcomes.iter().copied()),
                filled,
                "{wanted} {outcomes:?}"
            );
        }
    }

    #[test]
    fn overdue_is_open_and_past_its_due_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-06-15");
        for (status, needed_by, overdue) in [
            (Status::Open, Some("2026-06-14"), true),
            (Status::Open, Some("2026-06-15"), false),
            (Status::Open, None, true),
            (Status::Filled, Some("2026-06-14"), false),
        ] {
            let due_on = due_on(needed_by.map(day), day("2026-05-15"), 30);
            assert_eq!(
                is_overdue(status, due_on, today),
                overdue,
                "{status} {needed_by:?}"
            );
        }
        assert_eq!(due_on(None, day("2026-05-16"), 30), today);
    }

    #[test]
    fn a_late_yes_fills_and_a_lost_supplier_opens_again() {
        for (status, is_filled, outcome, event) in [
            (Status::Open, true, Outcome::Accepted, Some(Event::Filled)),
            (Status::Open, false, Outcome::Accepted, None),
            // Reopened by hand for one more: a no fills nothing.
            (Status::Open, true, Outcome::Declined, None),
            (Status::Filled, true, Outcome::Completed, None),
            (
                Status::Filled,
                false,
                Outcome::NoShow,
                Some(Event::Reopened),
            ),
            (
                Status::Unfilled,
                true,
                Outcome::Accepted,
                Some(Event::Filled),
            ),
            (Status::Unfilled, false, Outcome::Accepted, None),
            (Status::Withdrawn, true, Outcome::Accepted, None),
            (Status::Withdrawn, false, Outcome::NoShow, None),
        ] {
            let found = follows(status, is_filled, outcome);
            assert_eq!(found, event, "{status} {is_filled} {outcome}");
        }
    }

    #[test]
    fn only_what_is_open_can_close_and_only_what_is_closed_can_reopen() {
        assert!(Event::Unfilled.check(Status::Open).is_ok());
        assert!(Event::Unfilled.check(Status::Filled).is_err());
        assert!(Event::Reopened.check(Status::Withdrawn).is_ok());
        assert!(Event::Reopened.check(Status::Open).is_err());
    }
}
