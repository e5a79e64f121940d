//! What is looked for: the ask, the industry and the traits, from the words typed or from a request.

use std::collections::HashSet;

use clap::Args;

use super::arguments::{word_or, words};
use crate::domain::ids::PersonId;
use crate::domain::matching::{Ask, Person, Trait, Wanted};
use crate::domain::present::Present;
use crate::domain::tag::Tag;
use crate::domain::told::About;
use crate::domain::words::typed;
use crate::failure::{Failure, Result};
use crate::store::{RequestRow, Scope, Tx};

/// The heading of the options that say whom the ask is for.
const PROSPECT: &str = "What the prospect looks like";

/// What the prospect looks like; `match` and `request open` share it.
#[derive(Debug, Clone, Default, Args)]
pub struct WantedArgs {
    /// Only people in this industry
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub industry: Option<String>,
    /// Region or country; scores
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub region: Option<String>,
    /// Segment; scores
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub segment: Option<String>,
    /// A product they use; scores
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub product: Option<String>,
    /// What they use it for; scores
    #[arg(long, value_name = "TEXT", help_heading = PROSPECT)]
    pub use_case: Option<String>,
    /// Role of the person; scores
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub persona: Option<String>,
    /// Language; scores
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub language: Option<String>,
    /// A tag they or their account have; scores
    #[arg(long, value_name = "TAG", help_heading = PROSPECT)]
    pub tag: Vec<Tag>,
    /// The prospect's name: leaves out accounts that compete with it
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = PROSPECT)]
    pub prospect: Option<String>,
    /// Make a trait filter instead of score, such as region, or tag:champion; may be repeated
    #[arg(value_parser = word_or::<Trait, Required>(Required::with_value), hide_possible_values = true, long, value_name = "TRAIT", help_heading = PROSPECT)]
    pub require: Vec<Required>,
}

/// A trait that filters, mostly with its value beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    kind: Trait,
    value: Option<String>,
}

impl From<Trait> for Required {
    fn from(kind: Trait) -> Self {
        Self { kind, value: None }
    }
}

impl Required {
    /// Reads a trait and its value, such as `tag:champion`.
    fn with_value(text: &str) -> Option<Self> {
        let (kind, value) = text.split_once(':')?;
        let value = value.trim();
        let kind = typed(kind)?;
        (!value.is_empty()).then(|| Self {
            kind,
            value: Some(value.to_owned()),
        })
    }
}

/// What is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    /// The ask.
    pub(crate) ask: Ask,
    /// What the prospect looks like.
    pub(crate) wanted: Wanted,
    /// How the industry is spelt in the database; `None` for any industry.
    pub(crate) spellings: Option<Vec<String>>,
}

impl Search {
    /// From the words typed.
    pub(crate) fn typed(
        tx: &Tx<'_>,
        present: &Present,
        ask: Ask,
        typed: &WantedArgs,
    ) -> Result<Self> {
        check_required(typed)?;
        let wanted = Wanted {
            traits: traits(typed),
            required: required(typed),
            prospect: typed.prospect.clone(),
            ..Wanted::default()
        };
        Self::within(tx, present, (ask, wanted), typed.industry.as_deref())
    }

    /// From what a request asks for.
    pub(crate) fn for_request(
        tx: &Tx<'_>,
        present: &Present,
        request: &RequestRow,
    ) -> Result<Self> {
        let traits = request.traits.iter();
        let required = traits.clone().filter(|(.., required)| *required);
        let traits = traits.map(|(kind, value, _)| (*kind, value.clone()));
        let wanted = Wanted {
            traits: traits.collect(),
            required: required.map(|(kind, ..)| *kind).collect(),
            prospect: request.prospect.clone(),
            ..Wanted::default()
        };
        let ask = Ask::Kind(request.kind);
        Self::within(tx, present, (ask, wanted), request.industry.as_deref())
    }

    fn within(
        tx: &Tx<'_>,
        present: &Present,
        (ask, wanted): (Ask, Wanted),
        industry: Option<&str>,
    ) -> Result<Self> {
        let industry = super::typed_industry(tx, &present.policy, industry)?;
        let (industry, spellings) = industry.map(|one| (one.name, one.spellings)).unzip();
        Ok(Self {
            ask,
            wanted: Wanted { industry, ..wanted },
            spellings,
        })
    }

    /// The same for people who told of this.
    pub(crate) fn about(mut self, about: Option<&About>) -> Self {
        self.wanted.about = about.cloned();
        self
    }

    /// Those about whom nothing was decided and who have all that filters; `None` where nothing does.
    pub(crate) fn fitting_candidates(
        &self,
        tx: &Tx<'_>,
        present: &Present,
    ) -> Result<Option<HashSet<PersonId>>> {
        if !self.wanted.filters() {
            return Ok(None);
        }
        let spellings = self.spellings.clone();
        let scope = spellings.map_or(Scope::Undecided, Scope::UndecidedIn);
        let people = self.within_scope(tx, present, &scope)?;
        let fitting = people.iter().filter(|person| self.wanted.fits(person));
        Ok(Some(fitting.map(|person| person.id).collect()))
    }

    /// The facts of everyone who could come into question.
    pub(crate) fn people(&self, tx: &Tx<'_>, present: &Present) -> Result<Vec<Person>> {
        let spellings = self.spellings.clone();
        let scope = spellings.map_or(Scope::Decided, Scope::DecidedIn);
        self.within_scope(tx, present, &scope)
    }

    /// The facts of people; with what they told, where words are looked for.
    fn within_scope(&self, tx: &Tx<'_>, present: &Present, scope: &Scope) -> Result<Vec<Person>> {
        let mut people = tx.people(scope, present, present.today)?;
        if self.wanted.about.is_some() {
            let mut spoken = tx.spoken(people.iter().map(|person| person.id))?;
            for person in &mut people {
                person.spoken = spoken.remove(&person.id).unwrap_or_default();
            }
        }
        Ok(people)
    }
}

/// The traits typed, with their values.
pub(crate) fn traits(typed: &WantedArgs) -> Vec<(Trait, String)> {
    let by_option = [
        (Trait::Region, &typed.region),
        (Trait::Segment, &typed.segment),
        (Trait::Product, &typed.product),
        (Trait::UseCase, &typed.use_case),
        (Trait::Persona, &typed.persona),
        (Trait::Language, &typed.language),
    ]
    .into_iter()
    .filter_map(|(kind, value)| Some((kind, value.clone()?)));
    let tags = typed.tag.iter().map(|tag| (Trait::Tag, tag.to_string()));
    let required = typed.require.iter();
    let required = required.filter_map(|one| Some((one.kind, one.value.clone()?)));
    by_option.chain(tags).chain(required).collect()
}

/// The traits that filter.
pub(crate) fn required(typed: &WantedArgs) -> Vec<Trait> {
    typed.require.iter().map(|one| one.kind).collect()
}

/// The traits typed for a request, each with whether it filters; a request has one value of each.
///
/// # Errors
/// Exit code 2 for a trait with two values.
pub(crate) fn traits_of_request(typed: &WantedArgs) -> Result<Vec<(Trait, String, bool)>> {
    let filters = required(typed);
    let mut all: Vec<(Trait, String, bool)> = Vec::new();
    for (kind, value) in traits(typed) {
        match all.iter().find(|(one, ..)| *one == kind) {
            Some((_, known, _)) if *known != value => {
                let message = format!("a request has one {kind}, not both `{known}` and `{value}`");
                return Err(Failure::usage(message));
            }
            Some(_) => {}
            None => all.push((kind, value, filters.contains(&kind))),
        }
    }
    Ok(all)
}

/// A trait can filter only where a value for it is given.
pub(crate) fn check_required(typed: &WantedArgs) -> Result<()> {
    let given = traits(typed);
    let is_missing = |kind: &Trait| !given.iter().any(|(one, _)| one == kind);
    match required(typed).into_iter().find(is_missing) {
        Some(kind) => Err(Failure::usage(format!(
            "--require {kind} needs --{kind} VALUE"
        ))),
        None => Ok(()),
    }
}
