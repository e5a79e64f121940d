//! `guide`: the pages that are longer than a help text, without a network.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::failure::Result;
use crate::session::{Done, Session};

macro_rules! pages {
    ($($topic:literal: $file:literal, $about:literal;)+) => {
        &[$(Page {
            topic: $topic,
            about: $about,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", $file)),
        }),+]
    };
}

struct Page {
    topic: &'static str,
    about: &'static str,
    text: &'static str,
}

const PAGES: &[Page] = pages! {
    "tour": "tour.md", "the whole of it, step by step";
    "commands": "commands.md", "every command in a line";
    "import": "import.md", "sources, options, odd files, rejected rows";
    "advocates": "advocates.md", "candidates, register, stages, list, show";
    "matching": "matching.md", "who may be asked, and in which order";
    "caps": "taps.md", "logging asks, and the caps with examples";
    "rules": "rules.md", "what the program holds itself to, on one page";
    "relationship": "relationship.md", "from the first good word to the next ask";
    "value-back": "value-back.md", "touches, gives, reciprocity, tiers";
    "messages": "messages.md", "the words to send, and your own";
    "agenda": "agenda.md", "what is due, and in your calendar";
    "requests": "requests.md", "open, hold, fill, close";
    "deals": "deals-and-influence.md", "what the program was worth";
    "assets": "assets.md", "reviews, case studies, talks";
    "metrics": "metrics.md", "every figure, by hand";
    "qbr": "qbr.md", "the dashboard, and the pack for a deck";
    "days": "days.md", "how days and periods are typed";
    "policy": "policy.md", "every setting";
    "config": "configuration.md", "config.toml, the pager, colours";
    "undo": "undo.md", "what happened, and taking it back";
    "backup": "backup.md", "a lost laptop";
    "privacy": "privacy.md", "personal data, and a person who asks to be erased";
    "cron": "cron.md", "the nightly line";
    "exit-codes": "exit-codes.md", "for scripts";
    "json": "json.md", "for scripts";
};

/// The topics that there are pages on.
pub(crate) fn topics() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|page| page.topic)
}

/// Arguments of `guide`.
#[derive(Debug, Args)]
pub struct GuideArgs {
    /// What about; without it, the topics
    #[arg(value_name = "TOPIC", value_parser = PossibleValuesParser::new(topics()))]
    #[arg(hide_possible_values = true)]
    pub topic: Option<String>,
}

pub(super) fn run(args: &GuideArgs, session: &mut Session<'_>) -> Result<Done> {
    let wanted = |page: &&Page| args.topic.as_deref() == Some(page.topic);
    if let Some(page) = PAGES.iter().find(wanted) {
        return session.print_page(page.text);
    }
    let topics = PAGES
        .iter()
        .map(|page| format!("{:<14}{}\n", page.topic, page.about));
    session.print_page(&topics.collect::<String>())
}
