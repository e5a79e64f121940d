//! What is looked for in the data of an answer.

use serde_json::{Value, json};

/// The keys of an object, in order.
#[track_caller]
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("{value} is no object"));
    object.keys().map(String::as_str).collect()
}

/// Asserts that an object has at least these keys.
#[track_caller]
pub(crate) fn has_keys(value: &Value, wanted: &[&str]) {
    let found = keys(value);
    for key in wanted {
        assert!(found.contains(key), "no key `{key}` among {found:?}");
    }
}

/// One field of each row.
#[track_caller]
pub(crate) fn column<'a>(rows: &'a Value, key: &str) -> Vec<&'a Value> {
    let all = rows
        .as_array()
        .unwrap_or_else(|| panic!("{rows} is no list"));
    all.iter().map(|row| &row[key]).collect()
}

/// What an import counted: rows, new, changed, unchanged, rejected.
#[track_caller]
pub(crate) fn counts(answer: &Value) -> [u64; 5] {
    ["rows", "new", "changed", "unchanged", "rejected"].map(|key| {
        let count = answer[key].as_u64();
        count.unwrap_or_else(|| panic!("no `{key}` in {answer}"))
    })
}

/// A rate as it is answered.
pub(crate) fn rate(numerator: u64, denominator: u64) -> Value {
    let value = (denominator > 0).then(|| numerator as f64 / denominator as f64);
    json!({
        "numerator": numerator, "denominator": denominator, "value": value, "small_n": denominator < 5
    })
}
