//! Everyone who is not in the cast: accounts, people, and what they answer to surveys.

use std::collections::HashSet;

use anyhow::anyhow;
use fastrand::Rng;

use super::SOURCE;
use super::cast::{PLACES, Place, ROLES, Role};
use super::events::Fact;
use super::plan::{Account, Answer, Person, Plan};
use super::words::{Words, address, pick, some};
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::email::Email;
use crate::domain::readiness::AccountState;
use crate::domain::score::Score;
use crate::store::{AccountFields, AccountTraits};

/// How many accounts there are.
pub(super) const ACCOUNTS: usize = 80;
/// How many people there are.
pub(super) const PEOPLE: usize = 300;
/// How far the program goes back, in days.
pub(super) const PAST: i64 = 730;

/// Segments, the likelier ones more than once.
const SEGMENTS: &[&str] = &[
    "Enterprise",
    "Enterprise",
    "Mid-Market",
    "Mid-Market",
    "SMB",
];

/// How somebody answers surveys.
#[derive(Clone, Copy)]
enum Temper {
    Warm,
    Mild,
    Cold,
}

impl Temper {
    fn of(rng: &mut Rng) -> Self {
        match rng.u8(0..10) {
            0..=5 => Temper::Warm,
            6..=7 => Temper::Mild,
            _ => Temper::Cold,
        }
    }

    fn score(self, rng: &mut Rng) -> u8 {
        let scores: [u8; 8] = match self {
            Temper::Warm => [8, 9, 9, 9, 10, 10, 10, 10],
            Temper::Mild => [5, 6, 7, 7, 8, 8, 8, 9],
            Temper::Cold => [0, 2, 3, 4, 5, 6, 6, 7],
        };
        scores[rng.usize(0..scores.len())]
    }
}

impl Plan<'_> {
    /// Adds the accounts: those of the cast first.
    pub(super) fn settle(&mut self) {
        for place in PLACES {
            self.add_place(place);
        }
        let mut stems = self.words.stems.clone();
        self.rng.shuffle(&mut stems);
        let industries: Vec<&str> = self
            .words
            .industries
            .iter()
            .map(|(name, _)| *name)
            .collect();
        for (index, stem) in (PLACES.len()..ACCOUNTS).zip(stems) {
            // The cast fills healthcare, so the others come round more often.
            let (first, others) = (industries[0], &industries[1..]);
            let industry = match index % 21 {
                0 => first,
                turn => others[turn % others.len()],
            };
            let suffix = Words::under(&self.words.suffixes, industry, &mut self.rng);
            let spelt = Words::under(&self.words.industries, industry, &mut self.rng);
            let rival = pick(&self.words.rivals, &mut self.rng);
            let place = Place {
                name: "",
                industry,
                spelt,
                country: self.some_country(),
                health: match self.rng.u8(0..12) {
                    0 => "red",
                    1..=3 => "yellow",
                    _ => "green",
                },
                escalated: self.rng.u8(0..25) == 0,
                renews_in: self.rng.i64(8..380),
                rival: Some(rival),
            };
            self.add_account(&place, format!("{stem} {suffix}"), false);
        }
    }

    fn some_country(&mut self) -> &'static str {
        let country = self.rng.choice(&self.words.countries);
        country.map_or("Germany", |(name, _)| *name)
    }

    fn add_place(&mut self, place: &Place) {
        self.add_account(place, place.name.to_owned(), true);
    }

    fn add_account(&mut self, place: &Place, name: String, told: bool) {
        let (region, language) = self.words.country(place.country);
        let owner = pick(&self.words.owners, &mut self.rng);
        let renewal = self.day(-place.renews_in);
        let domain = format!("{}.example", address(&name, "-"));
        let mut fields = self.account_fields(place, owner);
        fields.push((AccountField::Name, name.clone()));
        fields.push((AccountField::Domain, domain.clone()));
        fields.push((AccountField::Region, region.to_owned()));
        fields.push((AccountField::RenewalOn, renewal.to_string()));
        let (products, uses) = (self.rng.usize(1..4), self.rng.usize(1..3));
        let competitors: Vec<String> = place.rival.map(str::to_owned).into_iter().collect();
        self.accounts.push(Account {
            fields,
            traits: AccountTraits {
                products: some(&self.words.products, products, &mut self.rng),
                use_cases: some(&self.words.use_cases, uses, &mut self.rng),
                competitors: competitors.clone(),
            },
            name,
            domain,
            industry: place.industry,
            language,
            owner,
            state: AccountState {
                red: place.health == "red",
                escalated: place.escalated,
                renewal_on: Some(renewal),
                competitors,
            },
            told,
        });
    }

    fn account_fields(&mut self, place: &Place, owner: &str) -> AccountFields {
        let age = self.rng.i64(20..1500);
        let since = self.day(PAST + age).to_string();
        let number = 1001 + self.accounts.len();
        let escalated = i32::from(place.escalated).to_string();
        vec![
            (AccountField::CrmId, format!("ACC-{number}")),
            (AccountField::Industry, place.spelt.to_owned()),
            (
                AccountField::Segment,
                pick(SEGMENTS, &mut self.rng).to_owned(),
            ),
            (AccountField::Country, place.country.to_owned()),
            (AccountField::Owner, owner.to_owned()),
            (AccountField::Health, place.health.to_owned()),
            (AccountField::Escalated, escalated),
            (AccountField::CustomerSince, since),
        ]
    }

    /// Adds the people: the cast first, then two at each account, then more wherever it falls.
    ///
    /// # Errors
    /// When a fixture holds a name or an account that cannot be used.
    pub(super) fn populate(&mut self) -> anyhow::Result<()> {
        for role in ROLES {
            self.add_role(role)?;
        }
        let mut taken: HashSet<String> = HashSet::new();
        for number in ROLES.len()..PEOPLE {
            let account = match number - ROLES.len() {
                early if early < 2 * ACCOUNTS => early % ACCOUNTS,
                _ => self.rng.usize(0..ACCOUNTS),
            };
            let name = loop {
                let first = pick(&self.words.first_names, &mut self.rng);
                let name = format!("{first} {}", pick(&self.words.last_names, &mut self.rng));
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            let persona = self.rng.choice(&self.words.titles);
            let persona = persona.map_or("user", |(persona, _)| *persona);
            let title = Words::under(&self.words.titles, persona, &mut self.rng);
            let person = self.add_person(account, &name, (persona, title))?;
            self.answer_surveys(person);
        }
        Ok(())
    }

    fn add_role(&mut self, role: &Role) -> anyhow::Result<()> {
        let mut accounts = self.accounts.iter();
        let account = accounts.position(|account| account.name == role.place);
        let account = account.ok_or_else(|| anyhow!("{} works nowhere", role.name))?;
        let person = self.add_person(account, role.name, (role.persona, role.title))?;
        for (index, (ago, score)) in role.scores.iter().enumerate() {
            let quote = role.quote.filter(|_| index == 0);
            self.answer(person, *ago, *score, quote);
        }
        Ok(())
    }

    fn add_person(
        &mut self,
        account: usize,
        name: &str,
        (persona, title): (&str, &str),
    ) -> anyhow::Result<usize> {
        let at = &self.accounts[account];
        let email = format!("{}@{}", address(name, "."), at.domain);
        let email = Email::parse(&email).map_err(anyhow::Error::msg)?;
        let fields = [
            (PersonField::Name, name),
            (PersonField::Title, title),
            (PersonField::Persona, persona),
            (PersonField::Language, at.language),
        ];
        self.people.push(Person {
            account,
            name: name.to_owned(),
            email,
            fields: fields
                .map(|(field, value)| (field, value.to_owned()))
                .into(),
            answers: Vec::new(),
            stages: Vec::new(),
            said: Vec::new(),
            verified: None,
            taps: Vec::new(),
        });
        Ok(self.people.len() - 1)
    }

    /// Somebody answers about every eight months, or never.
    fn answer_surveys(&mut self, person: usize) {
        if self.rng.u8(0..8) == 0 {
            return;
        }
        let temper = Temper::of(&mut self.rng);
        let mut ago = self.rng.i64(1..170);
        while ago < PAST {
            let score = temper.score(&mut self.rng);
            self.answer(person, ago, score, None);
            ago += self.rng.i64(130..290);
        }
    }

    fn answer(&mut self, person: usize, ago: i64, score: u8, quote: Option<&'static str>) {
        let Some(score) = Score::new(score) else {
            return;
        };
        let said = pick(self.words.comments(score.group()), &mut self.rng);
        let silent = self.rng.u8(0..5) < 2;
        let comment = quote.unwrap_or(if silent { "" } else { said });
        let on = self.day(ago);
        self.people[person]
            .answers
            .push(Answer { on, score, comment });
    }

    /// The answers of everyone, imported week by week; the last import was this night.
    pub(super) fn import_answers(&mut self) {
        let mut weeks: Vec<Vec<Fact>> = Vec::new();
        for person in 0..self.people.len() {
            for index in 0..self.people[person].answers.len() {
                let answer = self.people[person].answers[index];
                let week = usize::try_from((self.ago(answer.on) - 1) / 7).unwrap_or_default();
                if weeks.len() <= week {
                    weeks.resize_with(week + 1, Vec::new);
                }
                let at = self.at(answer.on, 8);
                weeks[week].push(Fact::Answer {
                    person,
                    score: answer.score,
                    comment: answer.comment,
                    at,
                });
            }
        }
        for (ago, facts) in (0..).step_by(7).zip(weeks) {
            let on = self.day(ago);
            let command = format!(
                "advocate import nps answers-{}.csv --source {SOURCE}",
                on.format("%G-W%V")
            );
            self.happens(on, 2, "cron", command, facts);
        }
    }
}
