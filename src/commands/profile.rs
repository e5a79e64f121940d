//! `profile`: what the interview with an advocate brought, shown or corrected.

use clap::Args;

use crate::domain::present::Present;
use crate::domain::profile::{Profile, ProfileField, Values};
use crate::domain::typed_day::TypedDay;
use crate::failure::Result;
use crate::output::{CommandLine, Record, Sentence, Sheet, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, words};
use crate::resolve::profile::tell;
use crate::session::{Done, Session};
use crate::store::{PersonRow, ProfileRow, Tx};
use crate::views;
use crate::views::gives::giving;

/// Arguments of `profile`. An empty value clears a field.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What they told.
    #[command(flatten)]
    pub told: ToldArgs,
    /// The day they said it [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "ToldArgs")]
    pub on: Option<TypedDay>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// What the interview brought.
#[derive(Debug, Args)]
#[group(multiple = true, conflicts_with = "AsOf")]
pub struct ToldArgs {
    /// Their story: what they did, and how it went
    #[arg(long, value_name = "TEXT")]
    pub story: Option<String>,
    /// What came of it, in figures where there are any
    #[arg(long, value_name = "TEXT")]
    pub outcomes: Option<String>,
    /// What they like to do and to talk about
    #[arg(long, value_name = "TEXT")]
    pub interests: Option<String>,
    /// What they value: product-influence, peers, visibility, executive-access, recognition, perks
    #[arg(long, value_name = "WORDS")]
    pub values: Option<Values>,
    /// Topics they will not speak about, with commas between them
    #[arg(long, value_name = "TEXT")]
    pub avoid: Option<String>,
}

impl ToldArgs {
    /// The fields that were typed.
    fn fields(&self) -> Vec<(ProfileField, String)> {
        let values = self.values.as_ref().map(Values::to_string);
        let all = [
            (ProfileField::Story, self.story.clone()),
            (ProfileField::Outcomes, self.outcomes.clone()),
            (ProfileField::Interests, self.interests.clone()),
            (ProfileField::Values, values),
            (ProfileField::Avoid, self.avoid.clone()),
        ];
        let typed = all.into_iter();
        let typed = typed.filter_map(|(field, words)| Some((field, words?)));
        typed.collect()
    }
}

pub(super) fn run(args: &ProfileArgs, session: &mut Session<'_>) -> Result<Done> {
    let said = args.told.fields();
    if said.is_empty() {
        return session.answer("profile/1", args.as_of.as_of, |tx, present| {
            let person = resolve::person(tx, &args.who)?;
            profile(tx, present, &person)
        });
    }
    session.record("profile/1", |writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let changed = tell(writing, present, &person, &said, args.on)?;
        Ok(profile(writing, present, &person)?.data("changed", changed))
    })
}

/// What a profile says, and what each of its fields said before.
fn profile(tx: &Tx<'_>, present: &Present, person: &PersonRow) -> Result<Record> {
    let rows = tx.profile_words_of(person.id)?;
    let told_on = rows.last().map(|row| present.day(row.at));
    let profile = Profile::after(rows.iter().map(|row| (row.field, row.words.clone())));
    let receiver = tx.receiver(person.id, present)?;
    let fitting = receiver.fitting(&present.policy, present.today);
    let record = Record::new()
        .data("id", person.id)
        .with("email", "Person", &person.email)
        .with("name", "Name", person.name.as_ref())
        .with("account", "Account", person.account.as_ref())
        .with("owner", "Owner", person.owner.as_ref())
        .and(views::profile::record(&profile))
        .with("told_on", "Told on", told_on)
        .data(
            "give",
            fitting.as_ref().map(|one| giving(&person.email, one, None)),
        )
        .with("history", "Said before", history(&rows, present));
    let next = match (profile == Profile::default(), &fitting) {
        (true, _) => {
            let told = CommandLine::of("profile").value(&person.email);
            let told = told.then("--story TEXT --values peers,visibility");
            Some(Sentence::from("After the interview: ").then(told))
        }
        (false, Some(fitting)) => {
            let fits = format!("What fits, for they value {}: ", fitting.value);
            Some(Sentence::from(fits).then(giving(&person.email, fitting, None)))
        }
        (false, None) => None,
    };
    Ok(record.say_all(next))
}

/// Every word that another has replaced since, newest first.
fn history(rows: &[ProfileRow], present: &Present) -> Sheet {
    let mut seen = Vec::new();
    let mut replaced: Vec<&ProfileRow> = Vec::new();
    for row in rows.iter().rev() {
        match seen.contains(&row.field) {
            true => replaced.push(row),
            false => seen.push(row.field),
        }
    }
    replaced.retain(|row| row.words.is_some());
    Table::of(&replaced)
        .left("on", "On", |row| present.day(row.at))
        .left("field", "Field", |row| row.field)
        .left("words", "Words", |row| row.words.as_ref())
        .empty("")
}
