//! `ask`: the words to send to somebody, for an ask or another occasion. It records nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{ArgGroup, Args};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::ask::AskKind;
use crate::domain::message::{Language, Message, Occasion};
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::refusal::Refusal;
use crate::domain::request::Status;
use crate::domain::stage::Stage;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Letter, Record, Sentence, visible};
use crate::resolve;
use crate::resolve::arguments::{request_number, tap_number, word, words};
use crate::session::{Done, Session};
use crate::store::{PersonRow, RequestRow, Tx};
use crate::views::messages::{About, letter};

/// Arguments of `ask`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["ask", "request", "occasion"]))]
pub struct AskArgs {
    /// To whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What they are asked for
    #[arg(long, value_name = "KIND", value_parser = word::<AskKind>(), hide_possible_values = true)]
    pub ask: Option<AskKind>,
    /// For this request: what is asked for, the prospect and the day by which come from it
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: Option<i64>,
    /// Or another occasion: invite, thank-you, results, check-in or verify
    #[arg(long, value_name = "OCCASION", value_parser = word::<Occasion>(), hide_possible_values = true)]
    pub occasion: Option<Occasion>,
    /// The ask that a thank-you is for, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// In this language: en, de, fr or es [default: theirs]
    #[arg(long, value_name = "LANGUAGE", value_parser = word::<Language>(), hide_possible_values = true)]
    pub language: Option<Language>,
    /// The prospect's name
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub prospect: Option<String>,
    /// A page to look at
    #[arg(long, value_name = "URL", value_parser = words)]
    pub link: Option<String>,
    /// Who writes [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Print the text alone
    #[arg(long, conflicts_with = "mailto")]
    pub plain: bool,
    /// Print a link that opens it in a mail program
    #[arg(long)]
    pub mailto: bool,
    /// Also copy the text to the clipboard of the terminal (OSC 52, over ssh too)
    #[arg(long)]
    pub copy: bool,
}

/// What is to be sent, and what speaks against it.
struct Ready {
    person: PersonRow,
    letter: Letter,
    language: Language,
    /// The names of the rules that refuse it.
    refusals: Vec<&'static str>,
    log: CommandLine,
    /// The request that they would be asked for, where that is open no more.
    over: Option<RequestRow>,
}

pub(super) fn run(args: &AskArgs, session: &mut Session<'_>) -> Result<Done> {
    if args.copy && !session.interactive {
        return Err(Failure::usage_hint(
            "there is no terminal to copy by",
            "--plain prints the text alone",
        ));
    }
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let (ready, today) = session.read(None, |tx, present| {
        Ok((ready(tx, present, args, &by)?, present.today))
    })?;
    let (who, text) = (&ready.person.email, &ready.letter.body);
    if !ready.refusals.is_empty() {
        session.warn(format!(
            "{who} may not be asked today: {}; nothing here records an ask",
            ready.refusals.join(", ")
        ))?;
    }
    if let Some(request) = &ready.over {
        let (id, status) = (request.id, request.status());
        session.warn(format!(
            "request {id} is {status}: nobody has to be asked for it"
        ))?;
    }
    if args.copy {
        write!(session.err, "\u{1b}]52;c;{}\u{7}", STANDARD.encode(text))?;
        session.note("copied to the clipboard, where the terminal allows it")?;
    }
    if args.plain || args.mailto {
        let line = match args.mailto {
            true => mailto(&ready),
            false => text.lines().map(visible).collect::<Vec<_>>().join("\n"),
        };
        writeln!(session.out, "{line}")?;
        return Ok(Done::Fully);
    }
    let paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    let record = Record::new()
        .with("email", "To", who)
        .with("subject", "Subject", &ready.letter.subject)
        .data("text", text)
        .data("language", ready.language.name())
        .data("mailto", mailto(&ready))
        .say_all(paragraphs);
    let record = match ready.over {
        Some(_) => record,
        None => record.say(Sentence::from("Then log it: ").then(ready.log)),
    };
    session.show("ask/1", today, record)
}

fn ready(tx: &Tx<'_>, present: &Present, args: &AskArgs, by: &str) -> Result<Ready> {
    let person = resolve::person(tx, &args.who)?;
    let request = args
        .request
        .map(|id| resolve::request(tx, id))
        .transpose()?;
    let tap = resolve::tap_of(tx, args.tap, person.id)?;
    let tap = tap.map(|id| resolve::tap(tx, id.0)).transpose()?;
    let message = match (args.occasion, args.ask, &request) {
        (Some(occasion), ..) => Message::On(occasion),
        (None, Some(kind), _) => Message::Ask(kind),
        (None, None, Some(request)) => Message::Ask(request.kind),
        (None, None, None) => return Err(Failure::usage("--ask KIND is missing")),
    };
    // A request that names no industry is for a prospect of any.
    let industry = match &request {
        Some(request) => request.industry.as_deref(),
        None => person.industry.as_deref(),
    };
    let industry = present.industry(industry);
    let of_request = request
        .as_ref()
        .and_then(|request| request.prospect.as_deref());
    let prospect = args.prospect.as_deref().or(of_request);
    let about = About {
        industry: industry.as_deref(),
        prospect,
        deadline: request.as_ref().and_then(|request| request.needed_by),
        ask: tap.as_ref().map(|tap| tap.kind),
        by: Some(by),
        link: args.link.as_deref(),
    };
    let language = Language::spoken(person.language.as_deref());
    let language = args.language.unwrap_or(language);
    Ok(Ready {
        letter: letter(present, message, language, &person, &about),
        refusals: refusals(tx, present, message, &person, prospect)?,
        log: log(message, &person, args),
        over: request.filter(|request| request.status() != Status::Open),
        language,
        person,
    })
}

/// What speaks against it, by name: the rules against an ask; against anything at all that they must not be contacted.
fn refusals(
    tx: &Tx<'_>,
    present: &Present,
    message: Message,
    person: &PersonRow,
    prospect: Option<&str>,
) -> Result<Vec<&'static str>> {
    let Message::Ask(kind) = message else {
        let silent = Some(Stage::DoNotContact);
        let silent = silent.filter(|stage| person.standing.stage == Some(*stage));
        return Ok(silent.into_iter().map(Stage::name).collect());
    };
    let (_, facts) = tx.facts_of(person.id, present)?;
    let (policy, today) = (&present.policy, present.today);
    let verdict = readiness::check(&facts.facts, kind, prospect, policy, today);
    let refusals = verdict.err().unwrap_or_default();
    Ok(refusals.iter().map(Refusal::name).collect())
}

/// The command that records what was sent.
fn log(message: Message, person: &PersonRow, args: &AskArgs) -> CommandLine {
    let touch = |kind| {
        let touch = CommandLine::of("touch").value(&person.email);
        let touch = touch.option("--kind", kind);
        match args.tap {
            Some(tap) => touch.option("--tap", tap),
            None => touch,
        }
    };
    match message {
        Message::Ask(kind) => {
            let tap = CommandLine::of("tap").value(&person.email);
            match args.request {
                Some(id) => tap.option("--request", id),
                None => tap.option("--ask", kind),
            }
        }
        Message::On(Occasion::Invite) => CommandLine::of("invite").value(&person.email),
        Message::On(Occasion::ThankYou) => touch("thank-you"),
        Message::On(Occasion::Results) => touch("results-shared"),
        Message::On(Occasion::CheckIn) => touch("check-in"),
        Message::On(Occasion::Verify) => CommandLine::of("verify").value(&person.email),
    }
}

/// A link that opens the message in a mail program.
fn mailto(ready: &Ready) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let to = encoded(&ready.person.email)
        .replace("%40", "@")
        .replace("%2E", ".");
    format!(
        "mailto:{to}?subject={}&body={}",
        encoded(&ready.letter.subject),
        encoded(&ready.letter.body)
    )
}
