//! JSON to rows (`docs/import.md`, formats): an array of objects, an object that holds one, or an object a line. Keys
//! within keys become `a.b`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a row has a cell for each column"
)]

use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};

use super::IntakeError;
use super::grid::Grid;

/// Whether the text is JSON that holds rows, rather than a table whose header begins with a bracket.
pub(super) fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('['), next) => matches!(next, Some('{' | '[' | ']')),
        (Some('{'), next) => matches!(next, Some('"' | '}')),
        _ => false,
    }
}

/// The rows.
pub(super) fn read(text: &str) -> Result<Grid, IntakeError> {
    let objects = objects(text)?;
    let mut places = Places {
        text,
        at: 0,
        line: 1,
    };
    let mut rows = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for raw in objects {
        let line = places.line_of(raw.get());
        let value: Value = serde_json::from_str(raw.get()).map_err(|error| bad(line, &error))?;
        let mut row = Vec::new();
        flatten(String::new(), value, &mut |name, cell| {
            let column = *known.entry(name).or_insert_with_key(|name| {
                names.push(name.clone());
                names.len() - 1
            });
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = cell;
        });
        rows.push((line, row));
    }
    let mut grid = Grid::default();
    // The names stand before the first row, on no line of their own.
    grid.add(1, names);
    for (line, row) in rows {
        grid.add(line, row);
    }
    Ok(grid)
}

/// The objects, each as it stands in the text.
fn objects(text: &str) -> Result<Vec<&RawValue>, IntakeError> {
    let start = text.trim_start();
    if start.starts_with('[') {
        return serde_json::from_str(start).map_err(|error| bad(error.line() as u64, &error));
    }
    let stream = Deserializer::from_str(start).into_iter::<&RawValue>();
    let values = stream.collect::<Result<Vec<_>, _>>();
    let values = values.map_err(|error| bad(error.line() as u64, &error))?;
    Ok(match values[..] {
        [only] => inner(only).unwrap_or(values),
        _ => values,
    })
}

/// The rows within an object such as `{"responses": […], "total": 3}`: its longest array of objects.
fn inner(object: &RawValue) -> Option<Vec<&RawValue>> {
    let members: std::collections::BTreeMap<String, &RawValue> =
        serde_json::from_str(object.get()).ok()?;
    let arrays = members.into_values().filter_map(|member| {
        let array: Vec<&RawValue> = serde_json::from_str(member.get()).ok()?;
        array
            .iter()
            .all(|one| one.get().starts_with('{'))
            .then_some(array)
    });
    arrays
        .filter(|array| !array.is_empty())
        .max_by_key(Vec::len)
}

/// Hands over each value with its name. A list of plain values is one value.
fn flatten(name: String, value: Value, add: &mut impl FnMut(String, String)) {
    let within = |key: &str| match name.is_empty() {
        true => key.to_owned(),
        false => format!("{name}.{key}"),
    };
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                flatten(within(&key), member, add);
            }
        }
        Value::Array(values) if values.iter().any(|one| one.is_object() || one.is_array()) => {
            for (index, one) in values.into_iter().enumerate() {
                flatten(within(&index.to_string()), one, add);
            }
        }
        Value::Array(values) => {
            let plain: Vec<String> = values.into_iter().map(plain).collect();
            add(name, plain.join(";"));
        }
        value => add(name, plain(value)),
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn bad(line: u64, error: &serde_json::Error) -> IntakeError {
    IntakeError::BadJson {
        line,
        why: error.to_string(),
    }
}

/// Where parts of a text stand, each behind the last.
struct Places<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Places<'_> {
    fn line_of(&mut self, part: &str) -> u64 {
        let begin = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let passed = self.text.get(self.at..begin).unwrap_or("");
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.at = self.at.max(begin);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> String {
        assert!(is_json(text), "{text}");
        read(text).unwrap().into_text().text
    }

    #[test]
    fn arrays_lines_and_answers_of_an_interface_are_rows() {
        let table = "email,score,tags\na@x.example,9,p;q\nb@x.example,10,\n";
        for text in [
            r#"[{"email":"a@x.example","score":9,"tags":["p","q"]}, {"email":"b@x.example","score":10,"tags":null}]"#,
            "{\"email\":\"a@x.example\",\"score\":9,\"tags\":[\"p\",\"q\"]}\n{\"email\":\"b@x.example\",\"score\":10,\"tags\":\"\"}\n",
            r#"{"total":2,"responses":[{"email":"a@x.example","score":9,"tags":["p","q"]},{"email":"b@x.example","score":10,"tags":[]}]}"#,
        ] {
            assert_eq!(rows(text), table);
        }
    }

    #[test]
    fn keys_within_keys_become_names() {
        assert_eq!(
            rows(r#"[{"person":{"email":"a@x.example"},"answers":[{"text":"1,5"}]},{"id":7}]"#),
            "person.email,answers.0.text,id\na@x.example,\"1,5\"\n,,7\n"
        );
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "[\n  {\"a\": 1},\n  {\n  \"a\": 2},\n {\"a\": 3}\n]";
        assert_eq!(read(text).unwrap().into_text().lines, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_line() {
        let error = read("[{\"a\": 1},\n{\"a\": }]").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        assert!(!is_json("[id],[score]\n1,2\n") && !is_json("{{x}},y\n"));
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_err());
    }
}
