//! What is looked for: the ask, the industry and the traits, from the words typed or from a request.

use std::collections::HashSet;

use super::{Failure, Present, names};
use crate::cli::{MatchArgs, WantedArgs};
use crate::domain::ask::Effort;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::matching::{Ask, Person, Trait, Wanted};
use crate::store::{RequestRow, Scope, Tx};

/// What is looked for.
#[derive(Debug, Clone)]
pub(super) struct Search {
    /// The ask.
    pub(super) ask: Ask,
    /// What the prospect looks like.
    pub(super) wanted: Wanted,
    /// How the industry is spelt in the database; `None` for any industry.
    pub(super) spellings: Option<Vec<String>>,
}

impl Search {
    /// From the words typed after `match`.
    pub(super) fn typed(tx: &Tx<'_>, present: &Present, args: &MatchArgs) -> anyhow::Result<Self> {
        if let Some(id) = args.request {
            return Self::for_request(tx, present, &request(tx, id)?);
        }
        let ask = match (args.ask, args.effort) {
            (Some(kind), _) => Ask::Kind(kind),
            (None, effort) => Ask::Effort(effort.unwrap_or(Effort::Low)),
        };
        let typed = &args.wanted;
        check_required(typed)?;
        let required = typed.require.clone();
        let wanted = Wanted {
            traits: traits(typed),
            required,
            prospect: typed.prospect.clone(),
            industry: None,
        };
        Self {
            ask,
            wanted,
            spellings: None,
        }
        .within(tx, present, typed.industry.as_deref())
    }

    /// From what a request asks for.
    pub(super) fn for_request(
        tx: &Tx<'_>,
        present: &Present,
        request: &RequestRow,
    ) -> anyhow::Result<Self> {
        let required = request.traits.iter().filter(|(.., required)| *required);
        let wanted = Wanted {
            traits: request
                .traits
                .iter()
                .map(|(kind, value, _)| (*kind, value.clone()))
                .collect(),
            required: required.map(|(kind, ..)| *kind).collect(),
            prospect: request.prospect.clone(),
            industry: None,
        };
        let search = Self {
            ask: Ask::Kind(request.kind),
            wanted,
            spellings: None,
        };
        search.within(tx, present, request.industry.as_deref())
    }

    fn within(
        mut self,
        tx: &Tx<'_>,
        present: &Present,
        industry: Option<&str>,
    ) -> anyhow::Result<Self> {
        if let Some(words) = industry {
            let industry = names::industry(tx, &present.policy, words)?;
            self.wanted.industry = Some(industry.name);
            self.spellings = Some(industry.spellings);
        }
        Ok(self)
    }

    /// Those about whom nothing was decided and who have every trait that filters; `None` where none does.
    pub(super) fn fitting_candidates(
        &self,
        tx: &Tx<'_>,
        present: &Present,
    ) -> anyhow::Result<Option<HashSet<PersonId>>> {
        if self.wanted.required.is_empty() {
            return Ok(None);
        }
        let scope = match &self.spellings {
            Some(spellings) => Scope::UndecidedIn(spellings.clone()),
            None => Scope::Undecided,
        };
        let people = tx.people(&scope, &present.policy, present.today, present.today)?;
        let fitting = people.iter().filter(|person| self.wanted.fits(person));
        Ok(Some(fitting.map(|person| person.id).collect()))
    }

    /// The facts of everyone who could come into question.
    pub(super) fn people(&self, tx: &Tx<'_>, present: &Present) -> anyhow::Result<Vec<Person>> {
        let scope = match &self.spellings {
            Some(spellings) => Scope::DecidedIn(spellings.clone()),
            None => Scope::Decided,
        };
        Ok(tx.people(&scope, &present.policy, present.today, present.today)?)
    }
}

/// The request of this number.
pub(super) fn request(tx: &Tx<'_>, id: i64) -> anyhow::Result<RequestRow> {
    let found = tx.request(RequestId(id))?;
    found.ok_or_else(|| {
        Failure::usage_hint(
            format!("there is no request {id}"),
            "advocate request list --all",
        )
        .into()
    })
}

/// The traits typed, with their values.
pub(super) fn traits(typed: &WantedArgs) -> Vec<(Trait, String)> {
    [
        (Trait::Region, &typed.region),
        (Trait::Segment, &typed.segment),
        (Trait::Product, &typed.product),
        (Trait::UseCase, &typed.use_case),
        (Trait::Persona, &typed.persona),
        (Trait::Language, &typed.language),
    ]
    .into_iter()
    .filter_map(|(kind, value)| Some((kind, value.clone()?)))
    .collect()
}

/// A trait can filter only where a value for it is given.
pub(super) fn check_required(typed: &WantedArgs) -> anyhow::Result<()> {
    let given = traits(typed);
    match typed
        .require
        .iter()
        .find(|kind| !given.iter().any(|(one, _)| one == *kind))
    {
        Some(kind) => Err(Failure::usage(format!("--require {kind} needs --{kind} VALUE")).into()),
        None => Ok(()),
    }
}
