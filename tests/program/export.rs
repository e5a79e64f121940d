//! `export` and `import all`: a program comes back value by value, or not at all; `export --person` is whole.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::common::{NOW, Program, dump, fixture, has_keys, keys};
use crate::{nina, register};

/// A program with a past, and with text that is hard to keep.
fn demo() -> Program {
    let program = crate::demo(NOW);
    let sql = program.sql();
    let hard = [
        "",
        " ",
        "=1+1",
        "-5",
        "+49 30",
        "@ada",
        "\\",
        "\\N",
        "NULL",
        "\"quoted\"",
        "a,b;c",
        "line\nbreak",
        "line\r\nbreak",
        "\r",
        "\t",
        "Zoë 日本語 🙂",
        "\u{feff}mark",
        "'",
        "x\u{0}y",
    ];
    for (id, text) in (1..).zip(hard) {
        sql.execute(
            "UPDATE people SET title = ?1, persona = NULL WHERE id = ?2",
            (text, id),
        )
        .unwrap();
    }
    drop(sql);
    nina_gets_everything(&program);
    program
}

/// A row in tables that the demonstration leaves empty.
fn nina_gets_everything(program: &Program) {
    program
        .sql()
        .execute_batch(
            "INSERT INTO import_profiles VALUES ('mine', '{\"map\":[]}', 1);
             INSERT INTO gives (person_id, item, given_by, given_at, operation_id) VALUES (1, '', 'Mona', -5, 1);
             INSERT INTO touches (person_id, kind, tap_id, touched_by, touched_at, operation_id)
                 VALUES (1, 'check-in', 1, 'Mona', 1781500000, 1);
             INSERT INTO tier_changes (person_id, reason, set_by, set_at, operation_id)
                 VALUES (1, 'founder', 'Mona', 9223372036854775807, 1);",
        )
        .unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn schema(program: &Program) -> String {
    let sql = program.sql();
    let mut statement = sql
        .prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok(format!(
            "{:?} {:?} {:?}\n",
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Option<String>>(2)?
        ))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// What lies in the program's folder.
fn lying(program: &Program) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(program.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_program_comes_back_value_by_value() {
    let mut program = demo();
    let said = program.data("export out");
    assert_eq!(said["rows"].as_i64().unwrap(), total(&program));
    let (before, was) = (program.rows(), schema(&program));
    let version: i64 = program
        .sql()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    program.db = program.path("new.db");
    let said = program.data("import all out");
    has_keys(&said, &["database", "tables", "rows", "exported_at"]);
    assert_eq!(mode(&program.db), 0o600);
    assert_eq!(program.rows(), before);
    assert_eq!(schema(&program), was);
    for (name, value) in [("application_id", 0x4144_5643), ("user_version", version)] {
        let found: i64 = program
            .sql()
            .pragma_query_value(None, name, |row| row.get(0))
            .unwrap();
        assert_eq!(found, value, "{name}");
    }
    // And what comes back is written out the same.
    program.run("export again").ok();
    for entry in fs::read_dir(program.path("out")).unwrap() {
        let name = entry.unwrap().file_name();
        if name != "manifest.json" {
            let read = |folder: &str| fs::read(program.path(folder).join(&name)).unwrap();
            assert_eq!(read("out"), read("again"), "{name:?}");
        }
    }
    assert_eq!(
        lying(&program)
            .into_iter()
            .filter(|name| name.starts_with('.'))
            .count(),
        0
    );
    program.run("tap omar --ask review").code(3);
    program.run("verify nina").ok();
}

fn total(program: &Program) -> i64 {
    let tables = dump(&program.sql());
    // A line of the dump can hold no line break: values are written as Rust writes them.
    tables.lines().count() as i64
}

#[test]
fn every_column_holds_numbers_or_text() {
    let program = Program::new();
    let others: Vec<String> = {
        let sql = program.sql();
        let mut statement = sql
            .prepare(
                "SELECT s.name || '.' || c.name FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) c
                 WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%'
                   AND (c.type NOT IN ('INTEGER', 'TEXT') OR c.hidden <> 0)",
            )
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn what_is_written_is_the_owners_only_and_replaces_nothing() {
    let program = Program::new();
    nina(&program);
    program.run("export new").ok();
    assert_eq!(mode(&program.path("new")), 0o700);
    // A folder that was made for it stays as it was made.
    fs::create_dir(program.path("empty")).unwrap();
    fs::set_permissions(program.path("empty"), fs::Permissions::from_mode(0o750)).unwrap();
    program.run("export empty").ok();
    assert_eq!(mode(&program.path("empty")), 0o750);
    for entry in fs::read_dir(program.path("empty")).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
    let before = lying(&program);
    for line in [
        "export empty",
        "export program.db",
        "export --person nina program.db",
    ] {
        program
            .run(line)
            .code(1)
            .says("is there already; it was left untouched");
    }
    program.run("export").code(2);
    program.run("export no/such/folder").code(1);
    assert_eq!(lying(&program), before);
    program.healthy();
}

#[test]
fn a_folder_that_is_not_whole_is_refused_whole() {
    let program = demo();
    program.run("export out").ok();
    let out = program.path("out");
    let manifest = out.join("manifest.json");
    let whole: Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let people = fs::read(out.join("people.csv")).unwrap();
    let at = whole["tables"]
        .as_array()
        .unwrap()
        .iter()
        .position(|table| table["name"] == "people")
        .unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut other = whole.clone();
        change(&mut other);
        fs::write(&manifest, other.to_string()).unwrap();
    };
    let refused = |words: &str| {
        let before = lying(&program);
        program
            .run("--db new.db import all out")
            .code(2)
            .says(words)
            .says("hint:");
        assert_eq!(lying(&program), before);
        fs::write(&manifest, whole.to_string()).unwrap();
        fs::write(out.join("people.csv"), &people).unwrap();
    };
    // The summed bytes, and what is in them.
    for place in [0, people.len() / 2, people.len() - 1] {
        let mut other = people.clone();
        other[place] ^= 1;
        fs::write(out.join("people.csv"), other).unwrap();
        refused("checksum");
    }
    fs::write(out.join("people.csv"), &people[..people.len() - 1]).unwrap();
    refused("checksum");
    fs::remove_file(out.join("people.csv")).unwrap();
    refused("people.csv: it is missing");
    let with = |bytes: &[u8]| {
        fs::write(out.join("people.csv"), bytes).unwrap();
        let sum: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        changed(&|one| one["tables"][at]["sha256"] = json!(sum));
    };
    let text = String::from_utf8(people.clone()).unwrap();
    with(text.replacen("id,email_key", "id,address", 1).as_bytes());
    refused("columns are not those of its schema");
    with(text.replacen("\n1,", "\none,", 1).as_bytes());
    refused("`one` is no whole number");
    with(b"\xff");
    refused("people.csv");
    // The manifest.
    changed(&|one| one["tables"][at]["rows"] = json!(7));
    refused("the manifest says 7");
    changed(&|one| drop(one["tables"].as_array_mut().unwrap().remove(at)));
    refused("table `people` is missing");
    changed(&|one| {
        let again = one["tables"][at].clone();
        one["tables"].as_array_mut().unwrap().push(again);
    });
    refused("table `people` is there twice");
    changed(&|one| one["tables"][at]["name"] = json!("../people"));
    refused("table `people` is missing");
    changed(&|one| {
        let other = json!({ "name": "later", "rows": 0, "sha256": "" });
        one["tables"].as_array_mut().unwrap().push(other);
    });
    refused("there is no table `later`");
    changed(&|one| one["format"] = json!("advocate-export/9"));
    refused("its format is `advocate-export/9`");
    changed(&|one| one["schema_version"] = json!(99));
    refused("the export has schema 99; this version knows ");
    changed(&|one| one["schema_version"] = json!(0));
    refused("there never was a schema 0");
    fs::write(&manifest, "{").unwrap();
    refused("no manifest of an export");
    fs::remove_file(&manifest).unwrap();
    refused("manifest.json: it is missing");
    // As it was it is whole.
    program.run("--db new.db import all out").ok();
}

#[test]
fn a_database_that_is_there_is_left_alone() {
    let program = demo();
    program.run("export out").ok();
    let before = program.bytes();
    program.run("import all out").code(1).says("exists already");
    assert_eq!(program.bytes(), before);
    program.file("blank.db", "");
    program
        .run("--db blank.db import all out")
        .code(1)
        .says("rm blank.db");
    fs::remove_file(program.path("blank.db")).unwrap();
    program.run("--db blank.db import all out").ok();
    program.run("--db blank.db check").ok();
}

#[test]
fn rows_that_break_the_schema_are_refused_whole() {
    let program = Program::new();
    nina(&program);
    program.run("export out").ok();
    let out = program.path("out");
    // A fact of somebody who is not there, with a checksum that is right.
    let file = out.join("verifications.csv");
    let text = fs::read_to_string(&file)
        .unwrap()
        .replacen("\n1,1,", "\n1,77,", 1);
    fs::write(&file, &text).unwrap();
    let sum: String = Sha256::digest(&text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let manifest = out.join("manifest.json");
    let mut whole: Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    for table in whole["tables"].as_array_mut().unwrap() {
        if table["name"] == "verifications" {
            table["sha256"] = json!(sum);
        }
    }
    fs::write(&manifest, whole.to_string()).unwrap();
    let before = lying(&program);
    program.run("--db new.db import all out").code(5);
    assert_eq!(lying(&program), before);
}

#[test]
fn an_export_of_an_older_schema_is_upgraded() {
    let mut program = Program::empty();
    let old = rusqlite_of(&fs::read_to_string(fixture("schema/0002.sql")).unwrap());
    export_by_hand(&old, &program.path("old"), 2);
    program
        .run("import all old")
        .ok()
        .says("upgraded the program from schema 2");
    program.healthy();
    assert_eq!(program.data("show nina")["stage"], "active");

    // The same as the old file upgraded in place.
    let restored = program.rows();
    program.db = program.path("in-place.db");
    program
        .sql()
        .execute_batch(&fs::read_to_string(fixture("schema/0002.sql")).unwrap())
        .unwrap();
    program.run("init").ok();
    assert_eq!(program.rows(), restored);
}

#[allow(
    clippy::disallowed_types,
    reason = "an older program wrote this, so it is built without this one"
)]
fn rusqlite_of(text: &str) -> rusqlite::Connection {
    let sql = rusqlite::Connection::open_in_memory().unwrap();
    sql.execute_batch(text).unwrap();
    sql
}

#[allow(
    clippy::disallowed_types,
    reason = "an older program wrote this, so it is built without this one"
)]
fn export_by_hand(sql: &rusqlite::Connection, folder: &Path, version: i32) {
    fs::create_dir(folder).unwrap();
    let mut names = sql
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
        .unwrap();
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .unwrap();
    let mut tables = Vec::new();
    for name in names {
        let mut all = sql.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let width = all.column_count();
        let mut text = all.column_names().collect::<Vec<_>>().join(",") + "\n";
        let mut rows = all.query([]).unwrap();
        let mut count = 0;
        while let Some(row) = rows.next().unwrap() {
            count += 1;
            let cells: Vec<String> = (0..width)
                .map(
                    |column| match row.get::<_, rusqlite::types::Value>(column).unwrap() {
                        rusqlite::types::Value::Null => String::new(),
                        rusqlite::types::Value::Integer(number) => number.to_string(),
                        rusqlite::types::Value::Text(text) => {
                            format!("\"{}\"", text.replace('"', "\"\""))
                        }
                        other => panic!("{other:?}"),
                    },
                )
                .collect();
            text += &(cells.join(",") + "\n");
        }
        let sum: String = Sha256::digest(&text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        fs::write(folder.join(format!("{name}.csv")), text).unwrap();
        tables.push(json!({ "name": name, "rows": count, "sha256": sum }));
    }
    let manifest = json!({
        "format": "advocate-export/1", "schema_version": version, "program_version": "0.0.9",
        "exported_at": "2026-05-31T09:00:00Z", "tables": tables,
    });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

#[test]
fn everything_about_one_person_and_nothing_about_others() {
    let program = Program::new();
    nina(&program);
    register(&program, "n.albrecht@northwind.example", "Nina A.");
    register(&program, "bea@northwind.example", "Bea Holt");
    program.run("edit bea --title Boss").ok();
    program.run("edit nina@n --title CIO").ok();
    program.run("tap bea --ask review").ok();
    program
        .run("tap nina@n --ask review --note 'by phone'")
        .ok();
    program.run("outcome 2 completed --rating 5").ok();
    program
        .run("merge nina@northwind.example n.albrecht@northwind.example")
        .ok();
    program
        .run("move nina@northwind.example --account Elsewhere")
        .ok();
    let ran = program.run("export --person nina").ok();
    assert!(!ran.out.contains("bea@"), "{}", ran.story());
    let whole = ran.json();
    assert_eq!(
        &keys(&whole)[..4],
        ["format", "exported_at", "person", "people"]
    );
    assert_eq!(whole["people"].as_array().unwrap().len(), 2);
    assert_eq!(whole["willingness"].as_array().unwrap().len(), 8);
    assert_eq!(whole["taps"][0]["note"], "by phone");
    assert_eq!(whole["taps"][0]["tapped_at"], "2026-06-15T09:00:00Z");
    assert_eq!(whole["tap_outcomes"][0]["rating"], 5);
    assert_eq!(whole["edits"][0]["new"], "Nina Albrecht");
    assert_eq!(whole["account_moves"].as_array().unwrap().len(), 1);
    assert_eq!(whole["accounts"].as_array().unwrap().len(), 2);
    let typed = whole["operations"].as_array().unwrap();
    assert!(
        typed
            .iter()
            .any(|one| one["command"].as_str().unwrap().contains("move nina"))
    );
    // Every table that can speak of a person is there, whatever is in it.
    let mut about: Vec<String> = {
        let sql = program.sql();
        let mut statement = sql
            .prepare(
                "WITH about (name) AS (
                     SELECT s.name FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
                     WHERE s.type = 'table' AND f.\"table\" = 'people')
                 SELECT name FROM about UNION
                 SELECT s.name FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
                 WHERE s.type = 'table' AND f.\"table\" <> 'people' AND f.\"table\" IN (SELECT name FROM about)",
            )
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    about.retain(|table| whole.get(table).is_none());
    assert!(about.is_empty(), "{about:?}");

    let said = program.data("export --person nina nina.json");
    has_keys(&said, &["email", "file"]);
    assert_eq!(mode(&program.path("nina.json")), 0o600);
    let written: Value =
        serde_json::from_slice(&fs::read(program.path("nina.json")).unwrap()).unwrap();
    assert_eq!(written, whole);
    fs::create_dir(program.path("people")).unwrap();
    program.run("export --person bea people").ok();
    assert!(program.path("people/person-3.json").exists());
    program.run("export --person nobody").code(2);
}
