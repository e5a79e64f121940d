//! A text with its placeholders filled in: `{name}`, `{deadline}`, and `{% if link %}…{% endif %}` (`docs/messages.md`).

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use crate::domain::message::Placeholders;

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Its subject; empty where the text has none.
    pub subject: String,
    /// The rest.
    pub body: String,
}

/// Fills in a text. A first line that begins with `Subject:` is the subject.
///
/// # Errors
/// Says what is wrong with the text: a placeholder that there is not, a brace that is not closed.
pub fn filled(text: &str, placeholders: &Placeholders) -> Result<Letter, String> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .block_delimiters("{%", "%}")
        .variable_delimiters("{", "}")
        .comment_delimiters("{#", "#}")
        .build()
        .map_err(|error| error.to_string())?;
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let known = placeholders.named().into_iter();
    let known: BTreeMap<&str, Value> = known
        .map(|(name, value)| (name, value.map_or(Value::from(()), Value::from)))
        .collect();
    let whole = environment.render_str(text, known).map_err(|error| {
        let names: Vec<String> = placeholders
            .named()
            .map(|(name, _)| format!("{{{name}}}"))
            .into();
        format!("{error}; the placeholders are {}", names.join(" "))
    })?;
    let whole = whole.trim();
    let (first, rest) = whole.split_once('\n').unwrap_or((whole, ""));
    Ok(match first.strip_prefix("Subject:") {
        Some(subject) => Letter {
            subject: subject.trim().to_owned(),
            body: rest.trim().to_owned(),
        },
        None => Letter {
            subject: String::new(),
            body: whole.to_owned(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ask::AskKind;
    use crate::domain::message::{Language, Message};

    fn nina() -> Placeholders {
        Placeholders {
            name: Some("Nina".into()),
            prospect: Language::English.prospect(Some("healthcare")),
            ..Placeholders::default()
        }
    }

    #[test]
    fn the_ask_is_small_and_specific() {
        let text = Message::Ask(AskKind::Reference).shipped(Language::English);
        assert_eq!(
            filled(text, &nina()).unwrap(),
            Letter {
                subject: "One 30-minute call?".into(),
                body: "Hi Nina, would you take one 30-minute call with a healthcare prospect next week? No is a fine answer."
                    .into(),
            }
        );
        let by = Placeholders {
            deadline: Some("Thursday 17 December".into()),
            by: Some("Dan".into()),
            ..nina()
        };
        let body = filled(text, &by).unwrap().body;
        assert!(body.contains("prospect by Thursday 17 December?"), "{body}");
        assert!(!body.contains("next week"), "{body}");
        assert!(body.ends_with("\n\nDan"), "{body}");
    }

    #[test]
    fn every_text_can_be_filled_in_with_much_and_with_little() {
        let much = Placeholders {
            industry: Some("energy".into()),
            ask: Some("case-study".into()),
            by: Some("Dan".into()),
            deadline: Some("Friday 1 May".into()),
            link: Some("https://example.example/page".into()),
            ..nina()
        };
        let little = Placeholders {
            prospect: "a prospect".into(),
            ..Placeholders::default()
        };
        for language in Language::ALL {
            for message in Message::all() {
                for known in [&much, &little] {
                    let letter = filled(message.shipped(language), known).unwrap();
                    assert!(!letter.subject.is_empty() && letter.body.len() > 40);
                    assert!(!letter.body.contains(['{', '}']), "{}", letter.body);
                    assert!(!letter.body.contains("  "), "{}", letter.body);
                    assert!(!letter.body.contains(" ,"), "{}", letter.body);
                }
            }
        }
    }

    #[test]
    fn a_text_that_cannot_be_filled_in_says_why() {
        for text in ["Hi {nmae}", "Hi {name", "{% if name %}Hi"] {
            let error = filled(text, &nina()).unwrap_err();
            assert!(error.contains("{deadline}"), "{text}: {error}");
        }
        // What people are called is never read as a text.
        let odd = Placeholders {
            name: Some("{link} {% if %}".into()),
            ..nina()
        };
        assert_eq!(
            filled("Hi {name}", &odd).unwrap().body,
            "Hi {link} {% if %}"
        );
    }
}
