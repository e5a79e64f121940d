//! `template list|show|edit|reset`: the program's own words for its messages.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::domain::message::{Language, Message, Placeholders};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Table, filled, visible};
use crate::resolve::arguments::{path, word};
use crate::session::{Done, Session};

/// What can be done with the texts of messages.
#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    /// List the messages, and which have words of your own
    List(TemplateListArgs),
    /// Print the text of a message, to be changed and given to `edit`
    Show(TemplateNameArgs),
    /// Put words of your own in place of a text
    Edit(TemplateEditArgs),
    /// Go back to the text that the program comes with
    Reset(TemplateNameArgs),
}

/// Arguments of `template list`.
#[derive(Debug, Args)]
pub struct TemplateListArgs {}

/// Which text is meant.
#[derive(Debug, Args)]
pub struct TemplateNameArgs {
    /// The message: an ask kind, or invite, thank-you, results, check-in or verify
    #[arg(value_name = "MESSAGE", value_parser = Message::read)]
    pub message: Message,
    /// In this language: en, de, fr or es
    #[arg(long, value_name = "LANGUAGE", value_parser = word::<Language>(), hide_possible_values = true)]
    #[arg(default_value = "en")]
    pub language: Language,
}

/// Arguments of `template edit`.
#[derive(Debug, Args)]
pub struct TemplateEditArgs {
    /// Which.
    #[command(flatten)]
    pub name: TemplateNameArgs,
    /// The file with the new text; - is standard input
    #[arg(long, value_name = "FILE", value_parser = path(), required_unless_present = "text")]
    pub file: Option<PathBuf>,
    /// The new text
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    pub text: Option<String>,
}

pub(super) fn run(command: &TemplateCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        TemplateCommand::List(_) => list(session),
        TemplateCommand::Show(args) => show(args, session),
        TemplateCommand::Edit(args) => edit(args, session),
        TemplateCommand::Reset(args) => put(args, "", session),
    }
}

fn list(session: &mut Session<'_>) -> Result<Done> {
    session.answer("template-list/1", None, |_, present| {
        let messages: Vec<Message> = Message::all().collect();
        let own = |message: &Message| -> Vec<&str> {
            let languages = Language::ALL.into_iter();
            let own =
                languages.filter(|one| present.policy.templates.get(*message, *one).is_some());
            own.map(Language::name).collect()
        };
        let subject = |message: &Message| {
            let shipped = message.shipped(Language::English);
            let text = present.policy.templates.get(*message, Language::English);
            let letter = filled(text.unwrap_or(shipped), &sample()).ok();
            letter.map(|letter| letter.subject)
        };
        Ok(Table::of(&messages)
            .left("message", "Message", |one| one.name())
            .left("subject", "Subject", subject)
            .left("own", "Your own words in", |one| own(one).join(", "))
            .sheet())
    })
}

fn show(args: &TemplateNameArgs, session: &mut Session<'_>) -> Result<Done> {
    let text = session.read(None, |_, present| {
        let own = present.policy.templates.get(args.message, args.language);
        let text = own.unwrap_or_else(|| args.message.shipped(args.language));
        Ok(text.to_owned())
    })?;
    for line in text.lines() {
        writeln!(session.out, "{}", visible(line))?;
    }
    Ok(Done::Fully)
}

fn edit(args: &TemplateEditArgs, session: &mut Session<'_>) -> Result<Done> {
    let text = match (&args.text, &args.file) {
        (Some(text), _) => text.clone(),
        (None, Some(file)) if file == Path::new("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        }
        (None, Some(file)) => std::fs::read_to_string(file).map_err(|error| {
            Failure::from(error).doing(format!("{} cannot be read", file.display()))
        })?,
        (None, None) => String::new(),
    };
    let text = text.trim();
    if text.is_empty() {
        let name = args.name.message.name();
        let reset = CommandLine::of("template reset").value(name);
        return Err(Failure::usage_hint("the text is empty", reset));
    }
    filled(text, &sample())
        .map_err(|why| Failure::usage(format!("the text cannot be used: {why}")))?;
    put(&args.name, text, session)
}

fn put(args: &TemplateNameArgs, text: &str, session: &mut Session<'_>) -> Result<Done> {
    let (message, language) = (args.message, args.language);
    session.record("template/1", |writing, present| {
        let mut policy = present.policy.clone();
        let key = format!("template.{}.{}", message.name(), language.name());
        let stored = policy.set(&key, text).map_err(Failure::usage)?;
        writing.put_setting(&key, &stored)?;
        let text = match stored.as_str() {
            "" => message.shipped(language),
            own => own,
        };
        let letter = filled(text, &sample()).map_err(Failure::usage)?;
        Ok(Record::new()
            .with("message", "Message", message.name())
            .with("language", "Language", language.name())
            .data("own", !stored.is_empty())
            .with("subject", "Subject", letter.subject)
            .say(format!("With made-up names: {}", letter.body)))
    })
}

/// Made-up words for every placeholder.
fn sample() -> Placeholders {
    Placeholders {
        name: Some("Nina".into()),
        industry: Some("healthcare".into()),
        prospect: "a healthcare prospect".into(),
        ask: Some("reference".into()),
        by: Some("Dan".into()),
        deadline: Some("Thursday 17 December".into()),
        link: Some("https://example.example".into()),
    }
}
