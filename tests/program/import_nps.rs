//! `import nps`: every fixture, the same file again, rejects, profiles, dry runs, what is never overwritten.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::common::{Program, fixture, keys};

/// After the newest answer in any fixture.
const LATER: &str = "2026-07-01T12:00:00Z";

fn program() -> Program {
    let mut program = Program::new();
    program.at(LATER);
    program
}

fn import(file: &str) -> String {
    format!("import nps {}", fixture("import").join(file).display())
}

/// File, exit code, then rows: new, unchanged, no answer, skipped, rejected.
const SURVEYS: &[(&str, i32, [u64; 5])] = &[
    ("delighted.csv", 0, [40, 0, 1, 1, 0]),
    ("edited.csv", 0, [4, 0, 0, 0, 0]),
    ("asknicely.csv", 0, [4, 0, 2, 1, 0]),
    ("survicate.csv", 0, [4, 0, 1, 0, 0]),
    ("qualtrics.csv", 0, [4, 0, 0, 2, 0]),
    ("qualtrics-legacy.csv", 0, [2, 0, 0, 2, 0]),
    ("surveymonkey.csv", 0, [3, 0, 1, 0, 0]),
    ("typeform.csv", 0, [3, 0, 0, 1, 0]),
    ("hubspot.csv", 0, [3, 0, 0, 1, 0]),
    ("wootric.csv", 0, [2, 0, 1, 1, 0]),
    ("generic.csv", 0, [3, 0, 0, 0, 0]),
    ("bom-utf8.csv", 0, [2, 0, 0, 0, 0]),
    ("utf16le.txt", 0, [2, 0, 0, 0, 0]),
    ("windows-1252.csv", 0, [2, 0, 0, 0, 0]),
    ("semicolon.csv", 0, [3, 0, 0, 0, 0]),
    ("newline-in-cell.csv", 4, [2, 0, 0, 0, 1]),
    ("ragged.csv", 4, [3, 0, 0, 0, 1]),
    ("no-answer.csv", 0, [1, 0, 7, 0, 0]),
    ("scores.csv", 4, [5, 0, 0, 0, 5]),
    ("dates-mixed.csv", 4, [9, 0, 0, 0, 3]),
    ("destroyed-ids.csv", 0, [3, 0, 0, 0, 0]),
    ("no-ids.csv", 0, [3, 0, 0, 0, 0]),
    ("duplicates.csv", 0, [2, 1, 0, 0, 0]),
    ("free-mail.csv", 0, [3, 0, 0, 0, 0]),
    ("guarded.csv", 0, [4, 0, 0, 0, 0]),
    ("html-entities.csv", 0, [3, 0, 0, 0, 0]),
    ("no-email.csv", 0, [3, 0, 0, 0, 0]),
    ("invalid-emails.csv", 4, [3, 0, 0, 0, 2]),
    ("unclosed-quote.csv", 4, [1, 0, 0, 0, 1]),
];

/// Files that are refused as a whole.
const REFUSED: [&str; 6] = [
    "dates-ambiguous.csv",
    "two-scores.csv",
    "no-score.csv",
    "no-date.csv",
    "no-header.csv",
    "empty.csv",
];

/// The parts of a summary whose sum is the number of rows.
const PARTS: [&str; 6] = [
    "new",
    "changed",
    "unchanged",
    "no_answer",
    "skipped",
    "rejected",
];

fn parts(data: &Value) -> [u64; 6] {
    PARTS.map(|key| {
        data[key]
            .as_u64()
            .unwrap_or_else(|| panic!("{key} in {data}"))
    })
}

#[test]
fn every_fixture_loads_and_the_second_time_adds_nothing() {
    for (file, code, [new, unchanged, no_answer, skipped, rejected]) in SURVEYS {
        let program = program();
        let line = format!("{} --json", import(file));
        let first = program.run(&line).code(*code).data();
        let wanted = [*new, 0, *unchanged, *no_answer, *skipped, *rejected];
        assert_eq!(parts(&first), wanted, "{file}: {first}");
        assert_eq!(first["rows"], wanted.iter().sum::<u64>(), "{file}");
        assert_eq!(
            program.count("responses"),
            i64::try_from(*new).unwrap(),
            "{file}"
        );

        let second = program.run(&line).code(*code).data();
        let wanted = [0, 0, new + unchanged, *no_answer, *skipped, *rejected];
        assert_eq!(parts(&second), wanted, "{file}: {second}");
        for key in ["people_new", "accounts_new", "candidates_new"] {
            assert_eq!(second[key], 0, "{file}: {key}");
        }
        assert_eq!(program.count("edits"), 0, "{file}");
        program.healthy();
    }
}

#[test]
fn every_fixture_that_is_refused_leaves_nothing() {
    for file in REFUSED {
        let program = program();
        let before = program.rows();
        let ran = program.run(&import(file)).code(2);
        assert!(ran.err.starts_with("error: "), "{}", ran.story());
        assert_eq!(program.rows(), before, "{file}");
    }
}

#[test]
fn what_an_import_says() {
    let mut program = program();
    let told = |program: &mut Program, file: &str, more: &str| {
        let name = program.fixture(&format!("import/{file}"));
        program.tell(&format!("import nps {name}{more}"))
    };
    for file in [
        "delighted.csv",
        "edited.csv",
        "windows-1252.csv",
        "destroyed-ids.csv",
    ] {
        told(&mut program, file, "").ok();
    }
    told(&mut program, "scores.csv", "").code(4);
    for file in REFUSED {
        told(&mut program, file, "").code(2);
    }
    told(&mut program, "delighted.csv", " --quiet")
        .ok()
        .silent();
    told(&mut program, "scores.csv", " --quiet").code(4);
    insta::assert_snapshot!(program.story());
}

#[test]
fn json_of_import_nps() {
    let program = program();
    let ran = program
        .run(&format!("{} --json", import("delighted.csv")))
        .ok();
    let whole = ran.json();
    assert_eq!(keys(&whole), ["schema", "as_of", "data"]);
    assert_eq!(whole["schema"], "import-nps/1");
    crate::common::has_keys(
        &whole["data"],
        &[
            "rows",
            "new",
            "changed",
            "unchanged",
            "no_answer",
            "skipped",
            "rejected",
            "people_new",
            "accounts_new",
            "candidates_new",
            "source",
            "score_drops",
        ],
    );
    assert_eq!(whole["data"]["source"], "delighted");
}

#[test]
fn an_edited_answer_changes_and_a_fallen_score_is_told_with_open_asks() {
    let mut program = Program::new();
    program.at("2026-06-27T12:00:00Z");
    program.run(&import("delighted.csv")).code(0);
    let oliver = "oliver@fernhill-bank.example";
    program
        .run(&format!("register {oliver} --will review"))
        .ok();
    let before = program.data(&format!("show {oliver}"))["responses"][0]["score"].clone();
    program.run(&format!("tap {oliver} --ask review")).ok();
    program.at(LATER);
    let data = program
        .run(&format!("{} --json", import("edited.csv")))
        .ok()
        .data();
    assert_eq!(data["changed"], 3);
    assert_eq!(
        data["score_drops"],
        json!([{"email": oliver, "from": before, "to": 6, "open_taps": [1]}])
    );
    let again = program
        .run(&format!("{} --json", import("edited.csv")))
        .ok()
        .data();
    assert_eq!(
        (&again["changed"], &again["unchanged"]),
        (&json!(0), &json!(4))
    );
    assert_eq!(again["score_drops"], json!([]));
    // An older export of the same answers does not bring the old values back.
    let old = program
        .run(&format!("{} --json", import("delighted.csv")))
        .ok()
        .data();
    assert_eq!((&old["new"], &old["changed"]), (&json!(0), &json!(0)));
    assert_eq!(
        program.data(&format!("show {oliver}"))["responses"][0]["score"],
        6
    );
    program.healthy();
}

#[test]
fn do_not_contact_in_a_survey_is_obeyed() {
    let program = program();
    program.run(&import("asknicely.csv")).ok();
    let who: Vec<String> = program
        .data("list --stage do-not-contact")
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["email"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(who.len(), 2, "{who:?}");
    program
        .run(&format!("tap {} --ask review --override x", who[0]))
        .code(3);
    program.run(&import("asknicely.csv")).ok();
    program.healthy();
}

#[test]
fn rejected_rows_can_be_mended_and_imported() {
    let program = program();
    let rejects = program.path("rejects.csv");
    let line = format!(
        "import nps {} --rejects rejects.csv --json",
        program.fixture("import/scores.csv")
    );
    program.run(&line).code(4);
    let mode = fs::metadata(&rejects).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let text = fs::read_to_string(&rejects).unwrap();
    insta::assert_snapshot!(text);
    let mended = text
        .replace(",11,", ",10,")
        .replace(",'-1,", ",1,")
        .replace(",7.5,", ",7,")
        .replace(",five,", ",5,")
        .replace(",5 stars,", ",5,");
    program.file("mended.csv", &mended);
    let data = program.run("import nps mended.csv --json").ok().data();
    assert_eq!(parts(&data), [5, 0, 0, 0, 0, 0], "{data}\n{mended}");
    assert_eq!(program.count("responses"), 10);
}

#[test]
fn more_rejects_than_allowed_load_nothing() {
    let program = program();
    let before = program.rows();
    let scores = import("scores.csv");
    program
        .run(&format!("{scores} --max-rejects 4"))
        .code(1)
        .says("5 of 10 rows cannot be read, more than 4; nothing was loaded");
    assert_eq!(program.rows(), before);
    program.run(&format!("{scores} --max-rejects 5")).code(4);
    assert_eq!(program.count("responses"), 5);
    // By default, half of the rows.
    program.file("bad.csv", "Email,Score,Date\na@x.example,9,2026-03-01\nb@x.example,ten,2026-03-01\nc@x.example,x,2026-03-01\n");
    program
        .run("import nps bad.csv")
        .code(1)
        .says("2 of 3 rows");
    assert_eq!(program.count("responses"), 5);
}

#[test]
fn a_dry_run_says_the_same_and_changes_nothing() {
    let program = program();
    let before = program.rows();
    let line = format!("{} --json", import("delighted.csv"));
    let mut dry = program.run(&format!("{line} --dry-run")).ok().data();
    assert_eq!(program.rows(), before);
    let mut wet = program.run(&line).ok().data();
    assert_eq!(
        (&dry["dry_run"], &wet["dry_run"]),
        (&json!(true), &json!(false))
    );
    dry["dry_run"] = Value::Null;
    wet["dry_run"] = Value::Null;
    assert_eq!(dry, wet);
    program
        .run(&format!("{} --dry-run", import("scores.csv")))
        .code(4);
    program
        .run(&format!(
            "{} --dry-run --save-profile p",
            import("edited.csv")
        ))
        .ok();
    assert_eq!(program.count("import_profiles"), 0);
    program
        .run(&format!("{} --dry-run", import("edited.csv")))
        .ok()
        .shows("nothing was changed");
}

#[test]
fn a_mapping_given_once_can_be_saved_for_cron() {
    let program = program();
    let two = import("two-scores.csv");
    program
        .run(&format!("{two} --profile nightly"))
        .code(2)
        .says("there is no profile `nightly`");
    program
        .run(&format!(
            "{two} --map score=NPS --source hotel --save-profile nightly"
        ))
        .ok();
    let data = program
        .run(&format!("{two} --profile nightly --json"))
        .ok()
        .data();
    assert_eq!(parts(&data), [0, 0, 2, 0, 0, 0]);
    assert_eq!(data["source"], "hotel");
    program
        .run(&format!("{two} --profile nightli"))
        .code(2)
        .says("did you mean nightly?");
    let dates = import("dates-ambiguous.csv");
    program
        .run(&format!("{dates} --date-format day-first"))
        .ok();
    program
        .run(&format!("{dates} --date-format sideways"))
        .code(2);
    program
        .run(&format!("{two} --map score=Nowhere"))
        .code(2)
        .says("Nowhere");
    program.run(&format!("{two} --map nonsense=NPS")).code(2);
    program
        .run(&format!("{two} --map score"))
        .code(2)
        .says("field=Header");
    program
        .run(&format!("{two} --encoding klingon --map score=NPS"))
        .code(2);
}

#[test]
fn standard_input_and_several_files() {
    let program = program();
    let bytes = fs::read(fixture("import/delighted.csv")).unwrap();
    let data = program.run_with("import nps - --json", &bytes).ok().data();
    assert_eq!(data["new"], 40);
    let both = format!(
        "{} {} --json",
        import("delighted.csv"),
        fixture("import/generic.csv").display()
    );
    let data = program.run(&both).ok().data();
    assert_eq!(parts(&data), [3, 0, 40, 1, 1, 0]);
    assert_eq!(data["source"], "delighted, generic");
    // All files of one command are one transaction.
    let before = program.rows();
    let broken = format!(
        "{} {}",
        import("hubspot.csv"),
        fixture("import/no-score.csv").display()
    );
    program.run(&broken).code(2).says("no-score.csv");
    assert_eq!(program.rows(), before);
}

#[test]
fn what_was_confirmed_by_hand_is_never_overwritten() {
    let program = program();
    let who = "nina@northwind-clinics.example";
    program
        .run(&format!("register {who} --name 'Dr Nina Albrecht' --title CMO --industry education --will review"))
        .ok();
    program.run(&import("delighted.csv")).ok();
    let nina = program.data(&format!("show {who}"));
    // By hand stays; what was empty is filled.
    assert_eq!(nina["name"], "Dr Nina Albrecht");
    assert_eq!(nina["title"], "CMO");
    assert_eq!(nina["industry"], "education");
    assert_eq!(nina["owner"], "Ines Falk");
    assert_eq!(nina["region"], "EMEA");
    // What a survey filled, another survey does not change, a hand does, and after it nothing.
    program
        .run(&format!("edit {who} --owner Tom --region APAC"))
        .ok();
    program.run(&import("edited.csv")).ok();
    let nina = program.data(&format!("show {who}"));
    assert_eq!(
        (&nina["owner"], &nina["region"]),
        (&json!("Tom"), &json!("APAC"))
    );
    // A field that was cleared by hand stays empty.
    program.run(&format!("edit {who} --owner ''")).ok();
    program.run(&import("delighted.csv")).ok();
    assert_eq!(program.data(&format!("show {who}"))["owner"], Value::Null);
    program.healthy();
}

#[test]
fn an_import_confirms_nobody() {
    let program = program();
    program.run(&import("delighted.csv")).ok();
    assert_eq!(program.data("list"), json!([]));
    let candidates = program.data("candidates --limit 100");
    assert!(candidates.as_array().unwrap().len() > 10);
    let who = candidates[0]["email"].as_str().unwrap();
    let refused = program
        .run(&format!("tap {who} --ask review --json"))
        .code(3)
        .error();
    assert_eq!(refused["refusal"], "stage");
}

/// What newcomers' rows keep, and whether they are candidates, is known to the import without asking the database: in
/// any order of their answers, of one instant, edited in the same file, or silenced.
#[test]
fn newcomers_are_kept_and_counted_as_the_facts_say() {
    let program = program();
    let header =
        "Response ID,Email,Score,Comment,Survey type,Created at,Updated at,do not contact\n";
    let rows = [
        "1,late@a.example,3,,nps,2026-03-02 10:00:00 UTC,,",
        "2,late@a.example,10,,nps,2026-03-01 10:00:00 UTC,,", // older: a detractor still
        "3,same@a.example,2,,nps,2026-03-01 10:00:00 UTC,,",
        "4,same@a.example,9,,nps,2026-03-01 10:00:00 UTC,,", // the same instant: the later row
        "5,once@a.example,10,,nps,2026-02-01 10:00:00 UTC,,", // a promoter once, a passive now
        "6,once@a.example,7,,nps,2026-03-01 10:00:00 UTC,,",
        "7,never@a.example,8,,nps,2026-03-01 10:00:00 UTC,,",
        "8,edited@a.example,10,,nps,2026-03-01 10:00:00 UTC,,",
        "8,edited@a.example,7,less,nps,2026-03-01 10:00:00 UTC,2026-03-05 10:00:00 UTC,",
        "9,quiet@a.example,10,,nps,2026-03-01 10:00:00 UTC,,yes",
    ];
    let file = program.file("new.csv", format!("{header}{}\n", rows.join("\n")));
    let line = format!("import nps {} --source delighted --json", file.display());
    let data = program.run(&line).ok().data();
    assert_eq!(parts(&data), [9, 1, 0, 0, 0, 0], "{data}");
    assert_eq!(data["people_new"], 6, "{data}");
    let candidates = program.data("candidates");
    let found: Vec<&str> = candidates
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["email"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["same@a.example", "once@a.example"]);
    assert_eq!(data["candidates_new"], 2, "{data}");
    program.healthy();
}

#[test]
fn rejects_are_never_written_over_the_program_or_what_is_imported() {
    let program = program();
    program.run(&import("delighted.csv")).ok();
    let before = program.bytes();
    program.file(
        "own.csv",
        "Email,Score,Date\na@q.example,9,2026-03-01\nbad,9,2026-03-01\n",
    );
    let own = fs::read(program.path("own.csv")).unwrap();
    std::os::unix::fs::symlink(program.path("own.csv"), program.path("link.csv")).unwrap();
    for file in [
        "own.csv",
        "link.csv",
        "program.db",
        "program.db-wal",
        "nowhere/r.csv",
        ".",
    ] {
        program
            .run(&format!("import nps own.csv --rejects {file}"))
            .code(1)
            .says("name another file with --rejects");
    }
    program
        .run("agenda --ics program.db")
        .code(1)
        .says("it is the program's database");
    assert_eq!(program.bytes(), before);
    assert_eq!(fs::read(program.path("own.csv")).unwrap(), own);

    // What was there stays until there is something to write.
    program.file("keep.csv", "precious");
    program
        .run("import nps missing.csv --rejects keep.csv")
        .code(1);
    program
        .run(&format!("{} --rejects keep.csv", import("no-score.csv")))
        .code(1)
        .says("another file is there");
    program
        .run(&format!(
            "{} --rejects keep.csv --yes",
            import("no-score.csv")
        ))
        .code(2);
    assert_eq!(
        fs::read_to_string(program.path("keep.csv")).unwrap(),
        "precious"
    );
    program
        .run("import nps own.csv --rejects keep.csv --yes")
        .code(4);
    // An earlier file of the same kind is replaced without a word.
    program.run("import nps own.csv --rejects keep.csv").code(4);
    assert!(
        fs::read_to_string(program.path("keep.csv"))
            .unwrap()
            .contains("bad,9,")
    );
}

#[test]
fn of_two_words_under_one_id_only_a_later_update_is_an_edit() {
    let program = program();
    let header = "Response ID,Email,Score,Comment,Date,Updated\n";
    let first = "7,a@x.example,9,first,2026-01-01,2026-01-01\n";
    for (name, second, code, parts_of_both) in [
        ("same", first, 0, [1, 0, 1, 0, 0, 0]),
        (
            "later",
            "7,a@x.example,3,second,2026-01-01,2026-01-05\n",
            0,
            [1, 1, 0, 0, 0, 0],
        ),
        (
            "older",
            "7,a@x.example,3,second,2026-01-01,2025-12-31\n",
            0,
            [1, 0, 1, 0, 0, 0],
        ),
        (
            "undated",
            "7,a@x.example,3,second,2026-01-01,\n",
            4,
            [1, 0, 0, 0, 0, 1],
        ),
        (
            "other",
            "7,b@x.example,9,first,2026-01-01,2026-01-05\n",
            4,
            [1, 0, 0, 0, 0, 1],
        ),
        (
            "day",
            "7,a@x.example,9,first,2026-02-01,2026-01-01\n",
            4,
            [1, 0, 0, 0, 0, 1],
        ),
    ] {
        let program = Program::copy(&program.bytes(), LATER);
        let mut program = program;
        program.at(LATER);
        program.file("two.csv", format!("{header}{first}{second}"));
        let ran = program.run("import nps two.csv --json").code(code);
        assert_eq!(parts(&ran.data()), parts_of_both, "{name}");
        if code == 4 {
            let reason = ran.data()["rejects_by_reason"][0]["reason"].clone();
            assert!(
                reason.as_str().unwrap().contains("`7` is also in line 2"),
                "{reason}"
            );
        }
        let facts = || ["responses", "response_edits", "people"].map(|table| program.count(table));
        let (before, edits) = (facts(), i64::from(name == "later"));
        assert_eq!(before, [1, edits, 1], "{name}");
        let again = program.run("import nps two.csv --json").code(code).data();
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&json!(0), &json!(0)),
            "{name}"
        );
        assert_eq!(facts(), before, "{name}");
        program.healthy();
    }
}

#[test]
fn a_word_for_nothing_is_no_id() {
    let program = program();
    program.file(
        "na.csv",
        "Response ID,Email,Score,Date\nNA,a@x.example,9,2026-01-01\nna,b@x.example,3,2026-01-02\n\
         1.23E18,c@x.example,8,2026-01-03\n1.23E18,d@x.example,7,2026-01-03\n",
    );
    let ran = program
        .run("import nps na.csv --json")
        .ok()
        .says("destroyed by a spreadsheet");
    assert_eq!(ran.data()["new"], 4);
    assert_eq!(program.data("show a@x.example")["responses"][0]["score"], 9);
}

#[test]
fn an_answer_that_comes_again_with_a_new_address_stays_where_it_was() {
    let program = program();
    let file = |email: &str| format!("Response ID,Email,Score,Date\n7,{email},9,2026-01-01\n");
    program.file("a.csv", file("ann@x.example"));
    program.run("import nps a.csv").ok();
    program.file("b.csv", file("ann.lee@x.example"));
    let ran = program.run("import nps b.csv --json").ok();
    let ran = ran.says("1 answer on record came again with an address that is not");
    assert_eq!(
        (&ran.data()["unchanged"], &ran.data()["people_new"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(program.count("people"), 1);
}

#[test]
fn a_qualtrics_export_may_lack_its_import_ids() {
    let program = program();
    let text = fs::read_to_string(fixture("import/qualtrics.csv")).unwrap();
    let ids = text
        .lines()
        .position(|line| line.contains("ImportId"))
        .unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.remove(ids);
    program.file("q.csv", lines.join("\n"));
    let data = program.data("import nps q.csv");
    assert_eq!((&data["new"], &data["rejected"]), (&json!(4), &json!(0)));
}

#[test]
fn a_cell_like_a_book_is_shown_in_short() {
    let program = program();
    program.file(
        "book.csv",
        format!(
            "Email,Score,Date\na@x.example,9,2026-01-01\n{},9,2026-01-01\n",
            "x".repeat(9000)
        ),
    );
    let ran = program.run("import nps book.csv").code(4);
    assert!(ran.out.len() < 1500, "{}", ran.out);
}
