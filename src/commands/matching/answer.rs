//! The answer of `match`: its tables, the words to send and what to type next.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::ids::PersonId;
use crate::domain::matching::{Ask, Blocked, Parts, Ready};
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::refusal::Refusal;
use crate::output::{Cell, CommandLine, Entry, Record, Sentence, Sheet, Shown, Table};
use crate::resolve::wanted::Search;
use crate::store::{Candidates, PersonRow};
use crate::views::messages::ask_text;
use crate::views::who::WhoColumns;

/// How many candidates to confirm are named.
pub(super) const CANDIDATES: usize = 12;

/// One part of a score.
type PartOf = fn(&Parts) -> f64;

/// What the answer is made of.
pub(super) struct Answer<'a> {
    pub(super) search: &'a Search,
    pub(super) present: &'a Present,
    /// How many of those who can be asked are shown.
    pub(super) limit: usize,
    /// The request that it is for.
    pub(super) request: Option<i64>,
    /// By when, where the request says so.
    pub(super) deadline: Option<NaiveDate>,
    /// Everyone who can be asked, best first.
    pub(super) ready: Vec<Ready<'a>>,
    /// Who fits but may not be asked, where that was asked for.
    pub(super) blocked: Option<Vec<Blocked<'a>>>,
    /// Of everyone who is shown.
    pub(super) cards: HashMap<PersonId, PersonRow>,
    pub(super) candidates: Candidates,
}

/// Somebody who can be asked.
struct Top<'a> {
    rank: usize,
    ready: &'a Ready<'a>,
    card: &'a PersonRow,
}

/// Somebody who may not be asked.
struct NotNow<'a> {
    blocked: &'a Blocked<'a>,
    first: &'a Refusal,
    card: &'a PersonRow,
}

impl NotNow<'_> {
    fn also(&self) -> impl Iterator<Item = &Refusal> {
        self.blocked.refusals.iter().skip(1)
    }
}

impl Answer<'_> {
    /// The answer as it is shown; `explain` adds how the scores are made.
    pub(super) fn record(&self, explain: bool) -> Record {
        let top = self.top();
        let ready = self.ready(&top, explain);
        let mut record = Record::new().with("ready", self.headline(), ready);
        if explain {
            let parts = Entry::new("parts", "How the scores are made", self.parts(&top));
            record = record.entry(parts.only(Shown::ToPeople));
        }
        if let Some(blocked) = &self.blocked {
            let label = format!("Not now ({})", blocked.len());
            record = record.with("blocked", label, self.not_now(blocked));
        }
        let label = match self.candidates.all {
            1 => "1 candidate to confirm".to_owned(),
            n if n > CANDIDATES => format!("{n} candidates to confirm; the first {CANDIDATES}"),
            n => format!("{n} candidates to confirm"),
        };
        record
            .with("candidates", label, self.candidates())
            .data("candidates_in_all", self.candidates.all)
            .data("ask_text", top.first().map(|one| self.ask_text(one)))
    }

    /// What to type next.
    pub(super) fn next_steps(&self) -> Vec<Sentence> {
        if let Some(one) = self.top().first() {
            let tap = CommandLine::of("tap").value(&one.card.email);
            let tap = match self.request {
                Some(id) => tap.option("--request", id),
                None => tap.option("--ask", one.ready.kind),
            };
            return vec![
                format!("Ready to send: {}", self.ask_text(one)).into(),
                Sentence::from("Then log it: ").then(tap),
            ];
        }
        let kind = match self.search.ask {
            Ask::Kind(kind) => kind.name(),
            Ask::Effort(_) => "reference",
        };
        let next = self.candidates.warmest.first().map(|row| {
            let register = CommandLine::of("register").value(&row.person.email);
            Sentence::from("Once they say yes: ").then(register.option("--will", kind))
        });
        next.into_iter().collect()
    }

    fn headline(&self) -> String {
        let ask = match self.search.ask {
            Ask::Kind(kind) => format!("a {kind} ask"),
            Ask::Effort(effort) => format!("an ask of {effort} effort"),
        };
        let industry = self.search.wanted.industry.as_ref();
        let place = industry.map(|name| format!(" in {name}"));
        let place = place.unwrap_or_default();
        let about = self.search.wanted.about.as_ref();
        let about = about.map(|words| format!(", about {words}"));
        let about = about.unwrap_or_default();
        let ready = self.ready.len();
        let shown = match self.limit {
            shown if shown >= ready => String::new(),
            1 => "; the first".to_owned(),
            shown => format!("; the first {shown}"),
        };
        match ready {
            0 => format!("Nobody can take {ask}{place} today{about}"),
            1 => format!("1 person can take {ask}{place} today{about}"),
            _ => format!("{ready} people can take {ask}{place} today{about}{shown}"),
        }
    }

    fn top(&self) -> Vec<Top<'_>> {
        let shown = self.ready.iter().take(self.limit);
        let shown = shown.filter_map(|ready| Some((ready, self.cards.get(&ready.person.id)?)));
        let ranked = (1..).zip(shown);
        let top = ranked.map(|(rank, (ready, card))| Top { rank, ready, card });
        top.collect()
    }

    fn ready(&self, top: &[Top<'_>], explain: bool) -> Sheet {
        // The kind is a column for people only where an effort was asked for.
        let kind = match self.search.ask {
            Ask::Kind(_) => Shown::ToPrograms,
            Ask::Effort(_) => Shown::Everywhere,
        };
        let (policy, today) = (&self.present.policy, self.present.today);
        Table::of(top)
            .right("rank", "#", |one| one.rank)
            .data("id", |one| one.card.id)
            .who_and_account(|one| one.card)
            .left("owner", "Owner", |one| one.card.owner.as_ref())
            .cut()
            .spare()
            .left("ask", "Ask", |one| one.ready.kind)
            .only(kind)
            .right("score", "Score", |one| Cell::decimal(one.ready.score, 1))
            .left("reasons", "Why", |one| {
                one.ready.reasons(&self.search.wanted, policy, today)
            })
            .always()
            .data("last_tapped_at", |one| one.card.last_tapped_at)
            .with(|table| match self.search.wanted.about {
                Some(_) => self.told_as_data(table),
                None => table,
            })
            .with(|table| match explain {
                true => self.parts_as_data(table),
                false => table,
            })
            .empty(match self.blocked {
                Some(_) => "Who fits, and why they may not be asked, is below.",
                None => "Who fits, and why they may not be asked: --why-not",
            })
    }

    /// What a whole part of a score is worth, and what somebody has of it.
    fn points(&self) -> [(&'static str, &'static str, f64, PartOf); 5] {
        let weights = &self.present.policy.weights;
        let most = |weight: u32| f64::from(weight) / f64::from(weights.total()) * 100.0;
        [
            ("fit", "Fit", most(weights.fit), |parts| parts.fit),
            (
                "relationship",
                "Relationship",
                most(weights.relationship),
                |parts| parts.relationship,
            ),
            (
                "track_record",
                "Track record",
                most(weights.track_record),
                |parts| parts.track_record,
            ),
            ("rest", "Rest", most(weights.rest), |parts| parts.rest),
            (
                "reciprocity",
                "Reciprocity",
                most(weights.reciprocity),
                |parts| parts.reciprocity,
            ),
        ]
    }

    fn parts(&self, top: &[Top<'_>]) -> Sheet {
        let name = Table::of(top).left("", "Name", |one| one.card.shown_name());
        let (table, _) = self.points().into_iter().fold(
            (name, "of "),
            |(table, of), (_, heading, most, part)| {
                let heading = format!("{heading} ({of}{most:.0})");
                let points = |one: &Top<'_>| Cell::decimal(part(&one.ready.parts) * most, 1);
                (table.right("", heading, points), "")
            },
        );
        table
            .right("", "Score", |one| Cell::decimal(one.ready.score, 1))
            .sheet()
    }

    /// The same for programs, beside the score.
    fn parts_as_data<'t>(&self, table: Table<'t, Top<'t>>) -> Table<'t, Top<'t>> {
        let points = self.points().into_iter();
        points.fold(table, |table, (key, _, most, part)| {
            table.data(key, |one| Cell::decimal(part(&one.ready.parts) * most, 1))
        })
    }

    /// What they told of the words looked for, and what they will not speak about.
    fn told_as_data<'t>(&'t self, table: Table<'t, Top<'t>>) -> Table<'t, Top<'t>> {
        let told = |one: &Top<'_>| Cell::list(self.search.wanted.told(one.ready.person));
        table
            .data("told", told)
            .data("cautions", |one| Cell::list(one.ready.cautions()))
    }

    fn not_now(&self, blocked: &[Blocked<'_>]) -> Sheet {
        let rows = blocked.iter().filter_map(|blocked| {
            Some(NotNow {
                blocked,
                first: blocked.refusals.first()?,
                card: self.cards.get(&blocked.person.id)?,
            })
        });
        let rows: Vec<NotNow<'_>> = rows.collect();
        Table::of(&rows)
            .who(|row| row.card)
            .left("owner", "Owner", |row| row.card.owner.as_ref())
            .cut()
            .spare()
            .left("refusal", "Refusal", |row| row.first.name())
            .spare()
            .left("clears_on", "Clears on", |row| row.blocked.clears_on)
            .always()
            .reading("Why not", |row| {
                let first = std::iter::once(row.first.to_string());
                let all = first.chain(row.also().map(Refusal::with_date));
                all.collect::<Vec<_>>().join("; ")
            })
            .always()
            .data("message", |row| row.first.to_string())
            .data("also", |row| Cell::list(row.also().map(Refusal::name)))
            .data("all_clear_on", |row| row.blocked.clears_on)
            .empty("Nobody else fits.")
    }

    fn candidates(&self) -> Sheet {
        let present = self.present;
        let zone = present.policy.time_zone;
        Table::of(&self.candidates.warmest)
            .reading("Name", |row| row.person.shown_name())
            .cut()
            .data("email", |row| &row.person.email)
            .reading("Account", |row| row.person.account.as_ref())
            .cut()
            .left("owner", "Owner", |row| row.person.owner.as_ref())
            .cut()
            .spare()
            .data("score", |row| row.person.latest_score)
            .data("last_response_on", |row| {
                row.person.latest_response_at.map(|at| present.day(at))
            })
            .reading("Why", |row| row.goodwill(zone).reason(present.today))
            .always()
            .empty("")
    }

    fn ask_text(&self, one: &Top<'_>) -> String {
        let industry = self.search.wanted.industry.as_deref();
        ask_text(
            self.present,
            one.ready.kind,
            one.card,
            industry,
            self.deadline,
        )
    }
}
