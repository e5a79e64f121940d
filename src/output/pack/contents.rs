//! What a pack holds, before any format.

use chrono::NaiveDate;

use super::section::Section;
use crate::domain::decisions::Case;
use crate::output::answer::{Cell, Sheet};
use crate::output::document::{Compared, Heading};
use crate::output::{CommandLine, Invocation};

/// A review's figures, pictures and advice, before any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// The day for which it holds.
    pub as_of: NaiveDate,
    /// What it is about.
    pub heading: Heading,
    /// The period in a sentence or two.
    pub story: String,
    /// The figures that lead, one a line.
    pub headlines: Vec<Compared>,
    /// What needs a decision, most urgent first.
    pub decisions: Vec<Advice>,
    /// The deals that advocates touched, with who helped.
    pub deals: Sheet,
    /// What a customer said and allowed to be shown.
    pub testimonial: Option<Testimonial>,
    /// The reports.
    pub sections: Vec<Section>,
    /// Whether it names nobody.
    pub anonymous: bool,
}

/// A testimonial that may be shown. Its words are not on record, so nothing is put in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testimonial {
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub who: String,
}

/// What needs a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What to do, in a few words.
    pub title: String,
    /// Why: sentences with the figures that show it.
    pub evidence: Vec<String>,
    /// Whom it concerns.
    pub people: Vec<Case>,
    /// Who could own it.
    pub owner: String,
    /// What to type to begin with it.
    pub next: Option<CommandLine>,
}

impl Advice {
    /// Advice about nobody in particular, which the manager of the program could own.
    pub fn new(title: impl Into<String>, evidence: Vec<String>, next: CommandLine) -> Self {
        Self {
            title: title.into(),
            evidence,
            people: Vec::new(),
            owner: "the advocacy manager".to_owned(),
            next: Some(next),
        }
    }

    /// Why, and whom it concerns, a line each.
    pub(super) fn facts(&self) -> impl Iterator<Item = String> {
        let people = self.people.iter();
        let people = people.map(|case| format!("{}: {}", case.name, case.what));
        self.evidence.iter().cloned().chain(people)
    }

    /// All of it as a sentence.
    pub(super) fn sentence(&self) -> String {
        let facts: Vec<String> = self.facts().collect();
        format!(
            "{}: {}. Could own it: {}.",
            self.title,
            facts.join("; "),
            self.owner
        )
    }
}

impl Pack {
    /// The same pack, with the database in the commands that it prints.
    #[must_use]
    pub fn called_by(mut self, invocation: &Invocation) -> Self {
        for advice in &mut self.decisions {
            advice.next = advice.next.take().map(|next| invocation.command(next));
        }
        for section in &mut self.sections {
            for note in &mut section.notes {
                *note = invocation.sentence(std::mem::take(note));
            }
            for table in section.tables.iter_mut().chain(&mut section.facts) {
                invocation.sheet(&mut table.sheet);
            }
        }
        self
    }

    /// What it is, such as `Customer advocacy, 2026-Q4`.
    pub(super) fn title(&self) -> String {
        format!("Customer advocacy, {}", self.heading.period.name())
    }

    /// The sentence beneath the title.
    pub(super) fn subtitle(&self) -> String {
        let (period, beside) = self.heading.names();
        let running = match self.heading.running {
            true => ", which is still running",
            false => "",
        };
        let beside = match self.heading.same_days {
            true => format!("the same days of {}", self.heading.period.previous().name()),
            false => beside,
        };
        format!("{period}{running}, beside {beside}. As of {}.", self.as_of)
    }

    /// What to type, in the order of the decisions; nothing in a pack that leaves the house.
    pub(super) fn commands(&self) -> impl Iterator<Item = (&Advice, &CommandLine)> {
        let told = self.decisions.iter().filter(|_| !self.anonymous);
        told.filter_map(|advice| Some((advice, advice.next.as_ref()?)))
    }

    /// The few figures that are shown large. Amounts of several currencies are one of them.
    pub(super) fn heroes(&self) -> Vec<Vec<&Compared>> {
        let mut heroes: Vec<Vec<&Compared>> = Vec::new();
        for one in self.headlines.iter().filter(|one| one.figure.leads) {
            let money = |one: &Compared| matches!(one.figure.value, Cell::Money { .. });
            match heroes.last_mut() {
                Some(last) if money(one) && last.iter().all(|one| money(one)) => last.push(one),
                _ => heroes.push(vec![one]),
            }
        }
        for hero in heroes.iter_mut().filter(|hero| hero.len() > 1) {
            hero.sort_by_key(|one| (one.figure.value.number() == Some(0.0), one.is_blank()));
            let known = hero.iter().filter(|one| !one.is_blank()).count();
            hero.truncate(known.max(1));
        }
        heroes
    }

    /// The figures that lead, as a table.
    pub(super) fn headline_sheet(&self) -> Sheet {
        self.table(&self.headlines)
    }

    /// The same without those that have nothing in them.
    pub(super) fn known_headlines(&self) -> Sheet {
        let known = self.headlines.iter().filter(|one| !one.is_blank());
        self.table(&known.cloned().collect::<Vec<_>>())
    }

    fn table(&self, headlines: &[Compared]) -> Sheet {
        Compared::table(headlines, &self.heading)
            .left("trend", "Trend", |one| Cell::Trend(one.trend.clone()))
            .left("mark", "Mark", |one| one.figure.mark.as_ref())
            .empty("There are no figures yet.")
    }
}
