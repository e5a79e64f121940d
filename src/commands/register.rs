//! `register`: willingness is confirmed, never assumed.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::email::Email;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::profile::{ProfileField, Values};
use crate::domain::stage::Move;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence};
use crate::prompt;
use crate::resolve;
use crate::resolve::arguments::{day, word, words};
use crate::resolve::description::DescribeArgs;
use crate::resolve::newcomer::{self, FoundOrAdded, on_record};
use crate::resolve::profile::tell;
use crate::resolve::{instant, person};
use crate::session::{Done, Session};
use crate::store::{NewStage, NewVerification, NewWillingness, PersonRow, WillingnessRow, Writing};

/// Arguments of `register`.
#[derive(Debug, Clone, Args)]
pub struct RegisterArgs {
    /// Who: an e-mail address, an id, or part of a name; an unknown address is added [default: asks on a terminal]
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// What they said yes to, such as reference,review
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KINDS", value_delimiter = ',')]
    pub will: Vec<AskKind>,
    /// What they said no to
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KINDS", value_delimiter = ',')]
    pub wont: Vec<AskKind>,
    /// A limit they named, such as "not in December"
    #[arg(long, value_name = "TEXT")]
    pub limit: Option<String>,
    /// What they value: product-influence, peers, visibility, executive-access, recognition, perks
    #[arg(long, value_name = "WORDS")]
    pub values: Option<Values>,
    /// The colleague to whom they said it [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub confirmed_by: Option<String>,
    /// The day they said it [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
}

pub(super) fn run(args: &RegisterArgs, session: &mut Session<'_>) -> Result<Done> {
    let asked;
    let args = if args.who.is_none() || says_nothing(args) {
        asked = ask(args, session)?;
        &asked
    } else {
        args
    };
    if let Some(both) = args.will.iter().find(|kind| args.wont.contains(kind)) {
        let message = format!("{both} cannot be both in --will and in --wont");
        return Err(Failure::usage(message));
    }
    let is_a_no = args.will.is_empty() && !args.wont.is_empty();
    let (record, found, today) = session.write_word(is_a_no, |writing, present| {
        let who = args.who.as_deref().unwrap_or_default();
        let mut found = newcomer::find_or_add(writing, who, &args.describe)?;
        let news = confirm(writing, present, &found.person, args)?;
        if let Some(values) = &args.values {
            let said = [(ProfileField::Values, values.to_string())];
            tell(writing, present, &found.person, &said, args.on)?;
        }
        found.person = on_record(writing, found.person.id)?;
        let on = present.typed_any(args.on)?.unwrap_or(present.today);
        let record = registered(&found, args, news, on);
        Ok((record, found, present.today))
    })?;
    session.show("register/1", today, record)?;
    found.ask_back(session)?;
    Ok(Done::Fully)
}

fn says_nothing(args: &RegisterArgs) -> bool {
    args.will.is_empty() && args.wont.is_empty()
}

fn registered(found: &FoundOrAdded, args: &RegisterArgs, news: bool, on: NaiveDate) -> Record {
    let person = &found.person;
    let known = (!news).then(|| {
        format!(
            "Nothing new was recorded about what they will do: they said so on {} already.",
            on
        )
    });
    let values = args.values.as_ref().map(|values| &values.0);
    let record = Record::new()
        .with("id", "Id", person.id)
        .with("email", "Person", &person.email)
        .with("name", "Name", person.name.as_ref())
        .with("account", "Account", person.account.as_ref())
        .with("stage", "Stage", person.standing.stage)
        .with("will", "Said yes to", Cell::list(&args.will))
        .with("wont", "Said no to", Cell::list(&args.wont))
        .with_any("values", "Values", values.map(Cell::list))
        .data("news", news);
    let show = CommandLine::of("show").value(&person.email);
    found
        .added(record)
        .say_all(known)
        .say(Sentence::from("Next: ").then(show))
}

/// Records what they said; says whether any of it is new.
fn confirm(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    args: &RegisterArgs,
) -> Result<bool> {
    let at = present.instant_on(args.on)?;
    let by = writing.by(args.confirmed_by.as_deref());
    let before = person.standing.stage;
    let stage = Move::Confirm.from(before).map_err(|message| {
        let lift = CommandLine::of("do-not-contact").value(&person.email);
        let lift = lift.then("--lift --reason WHY");
        Failure::wrong_stage(person, message).hint(lift)
    })?;
    if before != Some(stage) {
        writing.change_stage(&NewStage {
            person: person.id,
            stage,
            until: None,
            reason: Some("willingness confirmed"),
            decided_by: Some(by),
            at: instant::of_stage(writing, present, person, args.on)?,
        })?;
    }
    let words = say(writing, present, person, args, by)?;
    let news = words > 0 || before != Some(stage);
    if news {
        writing.verify(&NewVerification {
            person: person.id,
            by,
            // The words themselves are the confirmation.
            still_willing: false,
            at,
        })?;
    }
    Ok(news)
}

/// Records each word that is new, and says how many are.
fn say(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    args: &RegisterArgs,
    by: &str,
) -> Result<usize> {
    let known = writing.willingness_of(person.id)?;
    let mut new = 0;
    let yes = args.will.iter().map(|kind| (*kind, true));
    for (kind, willing) in yes.chain(args.wont.iter().map(|kind| (*kind, false))) {
        let last = known.iter().find(|word| word.kind == kind);
        let of_last = last.map(|last| (last.at, last.willing));
        let at = instant::replacing(present, args.on, of_last, |willing, since| {
            let (who, word) = (person.shown_name(), if willing { "yes" } else { "no" });
            format!("{who} said {word} to {kind} asks on {since}")
        })?;
        let of_that_day = last.filter(|last| present.day(last.at) == present.day(at));
        if of_that_day.is_some_and(|last| repeats(last, willing, args)) {
            continue;
        }
        new += 1;
        writing.add_willingness(&NewWillingness {
            person: person.id,
            kind,
            willing,
            confirmed_by: Some(by),
            note: args.limit.as_deref(),
            at,
        })?;
    }
    Ok(new)
}

/// Whether what was typed about a kind says nothing that the last word does not say.
fn repeats(last: &WillingnessRow, willing: bool, args: &RegisterArgs) -> bool {
    let same = |typed: &Option<String>, known: &Option<String>| typed.is_none() || typed == known;
    last.willing == willing
        && same(&args.limit, &last.note)
        && same(&args.confirmed_by, &last.confirmed_by)
}

/// The short wizard on a terminal: who, what they said yes to, and what is not known yet.
fn ask(args: &RegisterArgs, session: &mut Session<'_>) -> Result<RegisterArgs> {
    if !session.interactive {
        let missing = match (&args.who, says_nothing(args)) {
            (None, true) => "WHO and --will or --wont are",
            (None, false) => "WHO is",
            (Some(_), _) => "--will or --wont is",
        };
        let options = CommandLine::of("register EMAIL --will reference,review");
        return Err(session.unasked(missing, options));
    }
    let who = match &args.who {
        Some(who) => who.clone(),
        None => {
            let question = "Who (e-mail address, or part of a name)";
            prompt::until(question, None, |who| can_be_meant(who, session))?
                .ok_or_else(|| Failure::usage("nobody was named"))?
        }
    };
    let (describe, said) = match known(&who, session)? {
        Some((person, said)) => {
            let account = person.account.as_deref().unwrap_or_default();
            let (name, email) = (person.shown_name(), &person.email);
            writeln!(session.err, "{name} <{email}>, {account}")?;
            (args.describe.clone(), said)
        }
        None => (ask_to_describe(&args.describe)?, Vec::new()),
    };
    let (will, wont) = ask_for_kinds(args, &said)?;
    let confirmed_by = match &args.confirmed_by {
        Some(name) => Some(name.clone()),
        None => prompt::line("To whom did they say it", Some(&session.actor))?,
    };
    Ok(RegisterArgs {
        who: Some(who),
        will,
        wont,
        confirmed_by,
        describe,
        ..args.clone()
    })
}

/// Whether somebody can be meant by these words: one person on record, or a new address.
fn can_be_meant(who: &str, session: &Session<'_>) -> Result<(), String> {
    let found = session.read(None, |tx, _| match person::find(tx, who)? {
        person::Found::Nobody(_) if who.contains('@') => {
            Email::parse(who).map(|_| ()).map_err(Failure::usage)
        }
        _ => resolve::person(tx, who).map(|_| ()),
    });
    found.map_err(|failure| failure.in_one_line())
}

/// The one person meant, where there is one, and what they said before.
fn known(who: &str, session: &Session<'_>) -> Result<Option<(PersonRow, Vec<WillingnessRow>)>> {
    session.read(None, |tx, _| {
        let person::Found::One(id) = person::find(tx, who)? else {
            return Ok(None);
        };
        let said = tx.willingness_of(id)?;
        Ok(tx.person(id)?.map(|person| (person, said)))
    })
}

/// Asks for what describes a new person and was not typed.
fn ask_to_describe(typed: &DescribeArgs) -> Result<DescribeArgs> {
    let ask = |given: &Option<String>, question| match given {
        Some(given) => Ok(Some(given.clone())),
        None => prompt::line(question, None),
    };
    Ok(DescribeArgs {
        name: ask(&typed.name, "Name")?,
        title: ask(&typed.title, "Job title")?,
        account: ask(&typed.account, "Account")?,
        industry: ask(&typed.industry, "Industry")?,
        ..typed.clone()
    })
}

/// What they said yes and no to. At first, only what they said before and what was typed is ticked: nobody says yes
/// for them.
fn ask_for_kinds(
    args: &RegisterArgs,
    said: &[WillingnessRow],
) -> Result<(Vec<AskKind>, Vec<AskKind>)> {
    let yes = said.iter().filter(|row| row.willing);
    let before: Vec<AskKind> = yes.map(|row| row.kind).collect();
    let ticked = AskKind::ALL.map(|kind| {
        let yes = before.contains(&kind) && !args.wont.contains(&kind);
        (kind, yes || args.will.contains(&kind))
    });
    let will = prompt::several("What did they say yes to", &ticked)?;
    let no = |kind: &AskKind| before.contains(kind) || args.wont.contains(kind);
    let rest = AskKind::ALL.into_iter().filter(|kind| !will.contains(kind));
    let wont: Vec<AskKind> = rest.filter(no).collect();
    if will.is_empty() && wont.is_empty() {
        let message = "nothing was ticked, so nothing was recorded";
        return Err(Failure::usage(message));
    }
    Ok((will, wont))
}
