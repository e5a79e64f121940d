//! `register`: willingness is confirmed, never assumed (`domain.md` §2).

use crate::domain::ask::AskKind;
use crate::domain::present::Present;
use crate::domain::stage::{Move, Stage};
use crate::failure::{Failure, Result};
use crate::output::{Cell, Record};
use crate::prompt;
use crate::resolve;
use crate::resolve::arguments::day;
use crate::resolve::description as describe;
use crate::resolve::description::DescribeArgs;
use crate::session::{Done, Session};
use crate::store::{NewStage, NewWillingness, PersonRow, WillingnessRow, Writing};
use chrono::NaiveDate;
use clap::Args;

/// Arguments of `register`.
#[derive(Debug, Args)]
pub struct RegisterArgs {
    /// Who: an e-mail address, an id, or part of a name; an unknown address is added [default: asks on a terminal]
    #[arg(value_name = "WHO")]
    pub who: Option<String>,
    /// What they said yes to, such as reference,review
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub will: Vec<AskKind>,
    /// What they said no to
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub wont: Vec<AskKind>,
    /// A limit they named, such as "not in December"
    #[arg(long, value_name = "TEXT")]
    pub limit: Option<String>,
    /// The colleague to whom they said it [default: you]
    #[arg(long, value_name = "NAME")]
    pub confirmed_by: Option<String>,
    /// The day they said it [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
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
        return Err(Failure::usage(format!(
            "{both} cannot be both in --will and in --wont"
        )));
    }
    let actor = session.actor.clone();
    let (meant, news, today) = session.write(|writing, present| {
        let who = args.who.as_deref().unwrap_or_default();
        let mut meant = describe::person(writing, who, &args.describe)?;
        let news = confirm(writing, present, &meant.person, args, &actor)?;
        meant.person = writing.person(meant.person.id)?.unwrap_or(meant.person);
        Ok((meant, news, present.today))
    })?;
    let person = &meant.person;
    let list = |kinds: &[AskKind]| Cell::list(kinds.iter().map(|kind| kind.name()));
    let record = Record::new()
        .with("id", "Id", person.id.0)
        .with("email", "Person", person.email.as_str())
        .with("name", "Name", person.name.as_deref())
        .with("account", "Account", person.account.as_deref())
        .with("stage", "Stage", person.standing.stage.map(Stage::name))
        .with("will", "Said yes to", list(&args.will))
        .with("wont", "Said no to", list(&args.wont))
        .data("news", news);
    let record = meant.added(record);
    let record = match news {
        true => record,
        false => record.say(format!(
            "Nothing new was recorded about what they will do: they said so on {} already.",
            args.on.unwrap_or(today)
        )),
    };
    let record = record.say(format!("Next: advocate show {}", person.email));
    session.show("register/1", today, record)?;
    meant.ask_back(session)?;
    Ok(Done::Fully)
}

fn says_nothing(args: &RegisterArgs) -> bool {
    args.will.is_empty() && args.wont.is_empty()
}

/// Records what they said; says whether any of it is new.
fn confirm(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    args: &RegisterArgs,
    actor: &str,
) -> Result<bool> {
    let at = present.instant_on(args.on)?;
    let by = args.confirmed_by.as_deref().unwrap_or(actor);
    let before = person.standing.stage;
    let stage = Move::Confirm.from(before).map_err(|message| {
        Failure::step(
            person.email.clone(),
            message,
            "do-not-contact",
            format!(
                "advocate do-not-contact {} --lift --reason WHY",
                person.email
            ),
        )
    })?;
    if before != Some(stage) {
        writing.change_stage(&NewStage {
            person: person.id,
            stage,
            until: None,
            reason: Some("willingness confirmed"),
            decided_by: Some(by),
            at: super::stage::dated(writing, present, person, args.on)?,
        })?;
    }
    let words = say(writing, present, person, args, by)?;
    let news = words > 0 || before != Some(stage);
    if news {
        writing.verify(person.id, by, at)?;
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
    let on = present.instant_on(args.on)?;
    let known = writing.willingness_of(person.id)?;
    let mut new = 0;
    let yes = args.will.iter().map(|kind| (*kind, true));
    for (kind, willing) in yes.chain(args.wont.iter().map(|kind| (*kind, false))) {
        let last = known.iter().find(|word| word.kind == kind);
        let at = match last {
            None => on,
            Some(last) => present.replacing(on, last.at).map_err(|since| {
                let (who, word) = (person.shown_name(), if last.willing { "yes" } else { "no" });
                Failure::replaces_later(
                    since,
                    format!("{who} said {word} to {kind} asks on {since}"),
                )
            })?,
        };
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
        let options = "advocate register EMAIL --will reference,review";
        return Err(session.unasked(missing, options));
    }
    let who = match &args.who {
        Some(who) => who.clone(),
        None => prompt::line("Who (e-mail address, or part of a name)", None)?
            .ok_or_else(|| Failure::usage("nobody was named"))?,
    };
    let known = session.read(None, |tx, _| match resolve::person::find(tx, &who)? {
        resolve::person::Found::One(id) => {
            Ok(tx.person(id)?.map(|person| (tx.willingness_of(id), person)))
        }
        _ => Ok(None),
    })?;
    let mut describe = args.describe.clone();
    let mut said = Vec::new();
    if let Some((willingness, person)) = known {
        said = willingness?;
        writeln!(
            session.err,
            "{} <{}>, {}",
            person.shown_name(),
            person.email,
            person.account.as_deref().unwrap_or_default()
        )?;
    } else {
        describe.name = ask_unless(describe.name, "Name")?;
        describe.title = ask_unless(describe.title, "Job title")?;
        describe.account = ask_unless(describe.account, "Account")?;
        describe.industry = ask_unless(describe.industry, "Industry")?;
    }
    let (will, wont) = ask_for_kinds(args, &said)?;
    let confirmed_by = match &args.confirmed_by {
        Some(name) => Some(name.clone()),
        None => prompt::line("To whom did they say it", Some(&session.actor))?,
    };
    Ok(RegisterArgs {
        who: Some(who),
        will,
        wont,
        limit: args.limit.clone(),
        confirmed_by,
        on: args.on,
        describe,
    })
}

/// What they said yes and no to. At first, only what they said before and what was typed is ticked: nobody says yes
/// for them.
fn ask_for_kinds(
    args: &RegisterArgs,
    said: &[WillingnessRow],
) -> Result<(Vec<AskKind>, Vec<AskKind>)> {
    let before: Vec<AskKind> = said
        .iter()
        .filter(|row| row.willing)
        .map(|row| row.kind)
        .collect();
    let ticked = AskKind::ALL.map(|kind| {
        let yes = before.contains(&kind) && !args.wont.contains(&kind);
        (kind, yes || args.will.contains(&kind))
    });
    let will = prompt::several("What did they say yes to", &ticked)?;
    let no = |kind: &AskKind| before.contains(kind) || args.wont.contains(kind);
    let rest = AskKind::ALL.into_iter().filter(|kind| !will.contains(kind));
    let wont: Vec<AskKind> = rest.filter(no).collect();
    if will.is_empty() && wont.is_empty() {
        return Err(Failure::usage(
            "nothing was ticked, so nothing was recorded",
        ));
    }
    Ok((will, wont))
}

fn ask_unless(given: Option<String>, question: &str) -> Result<Option<String>> {
    match given {
        Some(given) => Ok(Some(given)),
        None => Ok(prompt::line(question, None)?),
    }
}
