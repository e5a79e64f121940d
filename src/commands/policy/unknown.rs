//! A setting that there is not.

use crate::domain::policy::Policy;
use crate::failure::Failure;
use crate::output::{CommandLine, Sentence};
use crate::resolve::nearest::nearest_word;

/// What is said of a setting that there is not: the one that could be meant.
pub(super) fn unknown(key: &str, policy: &Policy) -> Failure {
    if key.starts_with("budget") {
        let set = CommandLine::of("policy set budget.2026").value("5000 USD; 2000 EUR");
        let hint = Sentence::from("set it first: ").then(set);
        return Failure::usage_hint(format!("there is no `{key}`"), hint);
    }
    let settings = policy.settings().into_iter();
    let keys: Vec<String> = settings.map(|setting| setting.key).collect();
    let hint = match nearest_word(key, &keys) {
        Some(one) => format!("did you mean {one}?").into(),
        None => Sentence::from(CommandLine::of("policy show")),
    };
    Failure::usage_hint(format!("there is no setting `{key}`"), hint)
}
