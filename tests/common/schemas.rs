//! What was seen in answers, as a JSON Schema, and the other way round: more answers add to what a schema knows.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What stood in one place of the answers of a kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`, and `#/$defs/…` of what has a name.
    types: BTreeSet<String>,
    /// What objects hold, in the order in which it was first met.
    parts: Vec<(String, Seen)>,
    /// The keys that some objects lack.
    optional: BTreeSet<String>,
    items: Option<Box<Seen>>,
}

const OWN: &str = "#/$defs/";

impl Seen {
    /// What a schema of this shape knows.
    pub(crate) fn of(schema: &Value) -> Self {
        let mut seen = Self::default();
        for part in schema["anyOf"].as_array().unwrap_or(&vec![schema.clone()]) {
            match (&part["$ref"], &part["type"]) {
                (Value::String(named), _) => {
                    seen.types.insert(named.clone());
                }
                (_, Value::String(one)) => {
                    seen.types.insert(one.clone());
                }
                (_, Value::Array(several)) => {
                    let names = several.iter().filter_map(Value::as_str);
                    seen.types.extend(names.map(str::to_owned));
                }
                _ => {
                    seen.types.insert("null".to_owned());
                }
            }
            let required = part["required"].as_array().cloned().unwrap_or_default();
            for (key, of_key) in part["properties"].as_object().into_iter().flatten() {
                seen.parts.push((key.clone(), Self::of(of_key)));
                if !required.contains(&json!(key)) {
                    seen.optional.insert(key.clone());
                }
            }
            if part["items"].is_object() {
                seen.items = Some(Box::new(Self::of(&part["items"])));
            }
        }
        seen
    }

    /// Adds what stands here in another answer.
    pub(crate) fn add(&mut self, value: &Value) {
        let known = self.types.contains("object");
        self.types.insert(kind(value));
        if self.types.contains("string") {
            self.types.remove("#/$defs/day");
            self.types.remove("#/$defs/instant");
        }
        if self.types.contains("number") {
            self.types.remove("integer");
        }
        match value {
            Value::Array(items) => {
                for item in items {
                    self.items.get_or_insert_default().add(item);
                }
            }
            Value::Object(parts) if kind(value) == "object" => self.add_object(parts, known),
            _ => {}
        }
    }

    fn add_object(&mut self, parts: &Map<String, Value>, known: bool) {
        for (key, _) in &self.parts {
            if !parts.contains_key(key) {
                self.optional.insert(key.clone());
            }
        }
        for (key, value) in parts {
            let at = self.parts.iter().position(|(name, _)| name == key);
            let at = at.unwrap_or_else(|| {
                self.parts.push((key.clone(), Self::default()));
                if known {
                    self.optional.insert(key.clone());
                }
                self.parts.len() - 1
            });
            self.parts[at].1.add(value);
        }
    }

    /// What is known, as a schema.
    pub(crate) fn schema(&self) -> Value {
        let (named, plain): (Vec<&String>, Vec<&String>) =
            self.types.iter().partition(|one| one.starts_with(OWN));
        let mut any: Vec<Value> = named.iter().map(|name| json!({ "$ref": name })).collect();
        if !plain.is_empty() {
            let mut part = Map::new();
            match plain.as_slice() {
                // Nothing was ever seen here: it may be anything.
                [one] if *one == "null" && any.is_empty() => return json!({}),
                [one] => part.insert("type".to_owned(), json!(one)),
                several => part.insert("type".to_owned(), json!(several)),
            };
            if self.types.contains("object") {
                let parts = self.parts.iter();
                let parts: Map<String, Value> = parts
                    .map(|(key, seen)| (key.clone(), seen.schema()))
                    .collect();
                part.insert("properties".to_owned(), Value::Object(parts));
                let keys = self.parts.iter().map(|(key, _)| key);
                let keys: Vec<&String> = keys.filter(|key| !self.optional.contains(*key)).collect();
                if !keys.is_empty() {
                    part.insert("required".to_owned(), json!(keys));
                }
            }
            if let Some(items) = &self.items {
                part.insert("items".to_owned(), items.schema());
            }
            any.push(Value::Object(part));
        }
        match any.len() {
            1 => any.remove(0),
            _ => json!({ "anyOf": any }),
        }
    }
}

fn kind(value: &Value) -> String {
    let has = |parts: &Map<String, Value>, keys: &[&str]| {
        parts.len() == keys.len() && keys.iter().all(|key| parts.contains_key(*key))
    };
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(text) if is_day(text) => "#/$defs/day",
        Value::String(text) if is_instant(text) => "#/$defs/instant",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(parts) if has(parts, &["amount_minor", "currency"]) => "#/$defs/money",
        Value::Object(parts) if has(parts, &["numerator", "denominator", "value", "small_n"]) => {
            "#/$defs/rate"
        }
        Value::Object(_) => "object",
    };
    name.to_owned()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok()
}

fn is_instant(text: &str) -> bool {
    text.len() >= 20 && chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

#[test]
fn a_schema_is_what_was_seen() {
    let mut seen = Seen::default();
    seen.add(&json!({"a": 1, "b": "2026-01-01", "c": []}));
    seen.add(&json!({"a": 1.5, "b": null, "c": [{"d": "x"}], "e": null}));
    let schema = seen.schema();
    let wanted = json!({
        "type": "object",
        "properties": {
            "a": { "type": "number" },
            "b": { "anyOf": [{ "$ref": "#/$defs/day" }, { "type": "null" }] },
            "c": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": { "d": { "type": "string" } },
                    "required": ["d"],
                },
            },
            "e": {},
        },
        "required": ["a", "b", "c"],
    });
    assert_eq!(schema, wanted);
    assert_eq!(Seen::of(&schema).schema(), schema);
}
