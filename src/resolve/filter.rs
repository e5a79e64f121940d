//! Whom a list is about: the same options on every list of people, and on every list of what happened to them.

use std::collections::HashSet;

use chrono::NaiveDate;
use clap::Args;

use super::arguments::{day, limit, whole, word_or, words};
use super::colleague;
use crate::domain::characters::plain_word;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::industry::names_the_same;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::tag::Tag;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence};
use crate::store::{PersonRow, Tagged, Tx};

/// The heading of these options.
const WHOM: &str = "About whom";

/// Whom a list is about. Of several values with commas between them, one is enough; of several options, all hold.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct FilterArgs {
    /// In these industries
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words, help_heading = WHOM)]
    pub industry: Vec<String>,
    /// In these regions or countries
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words, help_heading = WHOM)]
    pub region: Vec<String>,
    /// In these segments
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words, help_heading = WHOM)]
    pub segment: Vec<String>,
    /// At this account
    #[arg(long, value_name = "NAME", value_parser = words, help_heading = WHOM)]
    pub account: Option<String>,
    /// Owned by these colleagues
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words, help_heading = WHOM)]
    pub owner: Vec<String>,
    /// With all of these tags, on them or their account
    #[arg(long, value_name = "TAGS", value_delimiter = ',', help_heading = WHOM)]
    pub tag: Vec<Tag>,
    /// In these stages, or all
    #[arg(long, value_name = "STAGES", hide_possible_values = true, value_delimiter = ',', value_parser = word_or::<Stage, InStage>(all), help_heading = WHOM)]
    pub stage: Vec<InStage>,
    /// Last scored this or more, from 0 to 10
    #[arg(long, value_name = "SCORE", value_parser = whole::<0, 10>, help_heading = WHOM)]
    pub score_from: Option<u32>,
    /// Not asked since this day
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = WHOM)]
    pub tapped_before: Option<TypedDay>,
    /// With these words in their name, address, job title or account
    #[arg(long, value_name = "WORDS", value_parser = words, help_heading = WHOM)]
    pub search: Option<String>,
}

/// A stage that is asked for, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InStage {
    /// Whatever the stage.
    Any,
    /// This one.
    One(Stage),
}

impl From<Stage> for InStage {
    fn from(stage: Stage) -> Self {
        Self::One(stage)
    }
}

fn all(text: &str) -> Option<InStage> {
    let is_all = text.trim().eq_ignore_ascii_case("all");
    is_all.then_some(InStage::Any)
}

/// The same, as it is looked for.
#[derive(Debug)]
pub(crate) struct Filter {
    /// The industries as they are spelt on record; `None` for any.
    pub(crate) spellings: Option<Vec<String>>,
    args: FilterArgs,
    owners: Vec<String>,
    account: Option<AccountId>,
    tagged: Tagged,
    before: Option<NaiveDate>,
    search: Vec<String>,
}

impl FilterArgs {
    /// Whether everybody passes.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is looked for.
    ///
    /// # Errors
    /// Exit code 2 for an industry, a colleague or an account that is not on record.
    pub(crate) fn filter(&self, tx: &Tx<'_>, present: &Present) -> Result<Filter> {
        let mut spellings = None;
        for industry in &self.industry {
            let found = super::typed_industry(tx, &present.policy, Some(industry))?;
            let all: &mut Vec<String> = spellings.get_or_insert_default();
            all.extend(found.into_iter().flat_map(|one| one.spellings));
        }
        let mut owners = Vec::new();
        for owner in &self.owner {
            owners.push(colleague("owner", owner, tx.owners()?)?);
        }
        let account = self.account.as_deref();
        let account = account.map(|name| super::account::known(tx, name));
        let words = plain_word(self.search.as_deref().unwrap_or_default());
        for tag in &self.tag {
            known_tag(tx, tag)?;
        }
        Ok(Filter {
            spellings,
            owners,
            account: account.transpose()?.map(|account| account.id),
            tagged: match self.tag.is_empty() {
                true => Tagged::default(),
                false => tx.tagged()?,
            },
            before: present.typed_any(self.tapped_before)?,
            search: words.split_whitespace().map(str::to_owned).collect(),
            args: self.clone(),
        })
    }

    /// Who passes.
    ///
    /// # Errors
    /// As [`FilterArgs::filter`].
    pub(crate) fn passing(&self, tx: &Tx<'_>, present: &Present) -> Result<Passing> {
        if self.is_empty() {
            return Ok(Passing::Everybody);
        }
        let filter = self.filter(tx, present)?;
        let (mut people, mut accounts) = (HashSet::new(), HashSet::new());
        for person in tx.everybody_once()? {
            if filter.passes(&person, present) {
                people.insert(person.id);
                accounts.extend(person.account_id);
            }
        }
        Ok(Passing::These { people, accounts })
    }
}

/// Refuses a tag that nobody ever put on anything.
fn known_tag(tx: &Tx<'_>, tag: &Tag) -> Result<()> {
    let known = tx.tags_ever()?;
    if known.contains(tag) {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    let hint = match known.is_empty() {
        true => Sentence::from(CommandLine::of("tag WHO +TAG")),
        false => format!("one of: {}", known.join(", ")).into(),
    };
    Err(Failure::usage_hint(
        format!("there is no tag `{tag}`"),
        hint,
    ))
}

/// Who passes a filter.
#[derive(Debug)]
pub(crate) enum Passing {
    /// Nothing was looked for.
    Everybody,
    /// These people, and the accounts at which they are.
    These {
        /// By id.
        people: HashSet<PersonId>,
        /// By id.
        accounts: HashSet<AccountId>,
    },
}

impl Passing {
    /// Whether a fact is about somebody who passes, or about the account of somebody who does.
    pub(crate) fn concerns(&self, person: Option<PersonId>, account: Option<AccountId>) -> bool {
        let Self::These { people, accounts } = self else {
            return true;
        };
        match person {
            Some(person) => people.contains(&person),
            None => account.is_some_and(|account| accounts.contains(&account)),
        }
    }

    /// The people that pass; `None` where everybody does.
    pub(crate) const fn people(&self) -> Option<&HashSet<PersonId>> {
        match self {
            Self::Everybody => None,
            Self::These { people, .. } => Some(people),
        }
    }
}

/// Which of the things on a list are shown, and how many.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct SearchArgs {
    /// With these words in it
    #[arg(long, value_name = "WORDS", value_parser = words)]
    pub search: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
}

impl SearchArgs {
    /// Whether the words looked for are in these texts together.
    pub(crate) fn finds<'t>(&self, texts: impl IntoIterator<Item = Option<&'t str>>) -> bool {
        let words = plain_word(self.search.as_deref().unwrap_or_default());
        let words: Vec<&str> = words.split_whitespace().collect();
        words.is_empty() || has_words(&words, texts)
    }
}

/// Whether one of the names is one of the values; nothing is named where everything is meant.
pub(crate) fn any_named(named: &[String], values: &[&Option<String>]) -> bool {
    let is_there = |name: &String| {
        let mut values = values.iter();
        values.any(|value| names_the_same(value.as_deref(), Some(name)))
    };
    named.is_empty() || named.iter().any(is_there)
}

/// Whether all words are somewhere in these texts.
fn has_words<'t>(
    words: &[impl AsRef<str>],
    texts: impl IntoIterator<Item = Option<&'t str>>,
) -> bool {
    let text = texts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let text = plain_word(&text);
    words.iter().all(|word| text.contains(word.as_ref()))
}

impl Filter {
    /// Whether somebody is meant.
    pub(crate) fn passes(&self, person: &PersonRow, present: &Present) -> bool {
        self.passes_but_stage(person, present)
            && (self.args.stage.is_empty() || self.is_in_stage(person, present))
    }

    /// Whether somebody is in one of the stages that were named.
    pub(crate) fn is_in_stage(&self, person: &PersonRow, present: &Present) -> bool {
        let stage = person.standing.on(present.today);
        // About whoever is in no stage, nothing was decided.
        let stage = stage.unwrap_or(Stage::Candidate);
        let mut named = self.args.stage.iter();
        named.any(|one| matches!(one, InStage::Any) || *one == InStage::One(stage))
    }

    /// Whether somebody has all that is looked for beside the stage.
    pub(crate) fn passes_but_stage(&self, person: &PersonRow, present: &Present) -> bool {
        let args = &self.args;
        let in_industry = |spellings: &Vec<String>| {
            let industry = person.industry.as_ref();
            industry.is_some_and(|industry| spellings.contains(industry))
        };
        self.spellings.as_ref().is_none_or(in_industry)
            && any_named(&args.region, &[&person.region, &person.country])
            && any_named(&args.segment, &[&person.segment])
            && any_named(&self.owners, &[&person.owner])
            && (self.account.is_none() || self.account == person.account_id)
            && self.has_the_tags(person)
            && args.score_from.is_none_or(|least| {
                let score = person.latest_score;
                score.is_some_and(|score| u32::from(score.get()) >= least)
            })
            && self.before.is_none_or(|before| {
                let last = person.last_tapped_at;
                last.is_none_or(|at| present.day(at) < before)
            })
            && self.is_found(person)
    }

    fn has_the_tags(&self, person: &PersonRow) -> bool {
        let own = self.tagged.of(person.id, person.account_id);
        self.args.tag.iter().all(|tag| own.contains(&tag))
    }

    fn is_found(&self, person: &PersonRow) -> bool {
        let texts = [
            Some(person.email()),
            person.name(),
            person.title.as_deref(),
            person.account(),
        ];
        self.search.is_empty() || has_words(&self.search, texts)
    }
}
