//! The words to send to somebody, in their language and with the program's own texts where there are any.

use chrono::NaiveDate;

use crate::domain::ask::AskKind;
use crate::domain::message::{Language, Message, Placeholders};
use crate::domain::present::Present;
use crate::output::{Letter, filled};
use crate::store::PersonRow;

/// What a message is about, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// The industry of the prospect; where no request says for whom it is, the person's.
    pub(crate) industry: Option<&'a str>,
    /// The prospect by name.
    pub(crate) prospect: Option<&'a str>,
    /// By when; a day that is over is not said.
    pub(crate) deadline: Option<NaiveDate>,
    /// What a thank-you is for.
    pub(crate) ask: Option<AskKind>,
    /// Who writes.
    pub(crate) by: Option<&'a str>,
    /// A page to look at.
    pub(crate) link: Option<&'a str>,
}

/// The message in a language.
pub(crate) fn letter(
    present: &Present,
    message: Message,
    language: Language,
    person: &PersonRow,
    about: &About<'_>,
) -> Letter {
    let industry = about.industry.map(|industry| industry.replace('-', " "));
    let by_name = about.prospect.map(str::to_owned);
    let deadline = about.deadline.filter(|day| *day >= present.today);
    let placeholders = Placeholders {
        name: person.first_name().map(str::to_owned),
        prospect: by_name.unwrap_or_else(|| language.prospect(industry.as_deref())),
        industry,
        ask: about.ask.map(|ask| ask.name().replace('-', " ")),
        by: about.by.map(str::to_owned),
        deadline: deadline.map(|day| language.day(day)),
        link: about.link.map(str::to_owned),
    };
    let own = present.policy.templates.get(message, language);
    let own = own.and_then(|text| filled(text, &placeholders).ok());
    // The texts that the program comes with can always be filled in.
    own.unwrap_or_else(|| filled(message.shipped(language), &placeholders).unwrap_or_default())
}

/// The words of an ask in English, without a subject and a name beneath: what stands beside an answer, as scripts know it.
pub(crate) fn ask_text(
    present: &Present,
    kind: AskKind,
    person: &PersonRow,
    industry: Option<&str>,
    deadline: Option<NaiveDate>,
) -> String {
    let about = About {
        industry,
        deadline,
        ..About::default()
    };
    letter(
        present,
        Message::Ask(kind),
        Language::English,
        person,
        &about,
    )
    .body
}
