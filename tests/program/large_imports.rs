//! Large imports go their own way, and come to the same: a crash leaves all or nothing, and the same file again is known
//! by its rows.

use std::fmt::Write as _;

use crate::common::Program;

/// A survey with that many answers, as large as a real export.
fn survey(rows: usize) -> String {
    let mut text = String::from("Response ID,Email,Name,Score,Comment,Created at,Company\n");
    for row in 0..rows {
        let (person, account) = (row / 3, row / 21);
        writeln!(
            text,
            "r{row},p{person}@a{account}.example,Person {person},{},\"Comment number {row}, of middling length\",2026-0{}-1{} 10:00:00,Account {account}",
            row % 11,
            row % 5 + 1,
            row % 9,
        )
        .unwrap();
    }
    text
}

#[test]
fn killed_while_it_writes_an_import_leaves_nothing_behind() {
    let program = Program::new();
    program.file("large.csv", survey(40_000));
    let database = program.path("program.db");
    let mut import = program.spawn("import nps large.csv");
    // Wait until pages are being written, which is before the end of the commit.
    let written = loop {
        let size = std::fs::metadata(&database).map_or(0, |found| found.len());
        if size > 1 << 20 || import.try_wait().unwrap().is_some() {
            break size;
        }
        std::thread::sleep(std::time::Duration::from_micros(100));
    };
    import.kill().unwrap();
    let status = import.wait().unwrap();
    // Whoever comes first only reads.
    let people = program.data("list --stage candidate");
    assert_eq!(people.as_array().unwrap().is_empty(), !status.success());
    let count = program.count("responses");
    if status.success() {
        assert_eq!(count, 40_000);
    } else {
        assert!(written > 0, "killed before it wrote anything");
        assert_eq!(count, 0);
        assert_eq!((program.count("people"), program.count("accounts")), (0, 0));
    }
    program.healthy();
    program.file("small.csv", survey(300));
    program.run("import nps small.csv").ok();
    program.healthy();
}

/// Of an answer: what it says, who gave it, and for which account.
fn answers(program: &Program) -> Vec<(String, String, i64, String, String)> {
    let sql = program.sql();
    let mut statement = sql
        .prepare(
            "SELECT r.key, p.email || coalesce(p.name, ''), r.score, r.comment, a.name || a.domain || p.latest_score
             FROM responses r JOIN people p ON p.id = r.person_id JOIN accounts a ON a.id = p.account_id ORDER BY r.key",
        )
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn counts(program: &Program, file: &str) -> [u64; 4] {
    let data = program.data(&format!("import nps {file}"));
    ["rows", "new", "changed", "unchanged"].map(|key| data[key].as_u64().unwrap())
}

#[test]
fn a_large_file_says_what_small_ones_say_and_again_only_what_changed() {
    let whole = survey(45_000);
    assert!(whole.len() > 4 << 20);
    let (large, small) = (Program::new(), Program::new());
    large.file("large.csv", &whole);
    assert_eq!(counts(&large, "large.csv"), [45_000, 45_000, 0, 0]);
    let lines: Vec<&str> = whole.lines().collect();
    for (number, part) in lines[1..].chunks(9_000).enumerate() {
        let name = format!("small{number}.csv");
        small.file(&name, format!("{}\n{}\n", lines[0], part.join("\n")));
        assert_eq!(counts(&small, &name), [9_000, 9_000, 0, 0]);
    }
    assert_eq!(answers(&large), answers(&small));
    let journal = |program: &Program| {
        let mode = program
            .sql()
            .pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0));
        mode.unwrap()
    };
    assert_eq!(journal(&large), "wal");

    let before = answers(&large);
    assert_eq!(counts(&large, "large.csv"), [45_000, 0, 0, 45_000]);
    assert_eq!(answers(&large), before);

    // The newest first, one gone, two edited, one described better, one elsewhere.
    let mut edited: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    edited[20] = edited[20].replace("Comment", "Edited comment");
    edited[30_000] = edited[30_000]
        .replace(",2026-", ".,2026-")
        .replace("length\".", "length.\"");
    edited[40_000] = edited[40_000].replace(",Person ", ",Doctor ");
    edited.remove(300);
    let moved = edited.remove(400);
    edited.push(moved);
    edited.insert(
        1,
        "r-new,p1@a0.example,Person 1,9,\"Still good\",2026-06-01 10:00:00,Account 0".into(),
    );
    for program in [&large, &small] {
        program.file("edited.csv", edited.join("\n"));
        assert_eq!(counts(program, "edited.csv"), [45_000, 1, 2, 44_997]);
        assert_eq!(counts(program, "edited.csv"), [45_000, 0, 0, 45_000]);
        program.healthy();
    }
    assert_eq!(answers(&large), answers(&small));
}

#[test]
fn a_name_learnt_from_a_large_file_finds_its_account_as_one_from_a_small_file_does() {
    let mut rows = String::from("Email,Score,Date,Company,Comment\n");
    for (email, company) in [
        ("a@acme.example", ""),
        ("b@acme.example", "Acme"),
        ("c@acme-uk.example", "Acme"),
        ("d@gmail.com", "Acme"),
    ] {
        writeln!(rows, "{email},9,2026-01-01,{company},").unwrap();
    }
    let filler = format!("z@z.example,,2026-01-01,,{}\n", "x".repeat(100_000));
    for text in [rows.clone(), rows + &filler.repeat(45)] {
        let program = Program::new();
        program.file("answers.csv", text);
        assert_eq!(program.data("import nps answers.csv")["accounts_new"], 1);
        program.healthy();
    }
}

#[test]
fn dates_that_say_nothing_are_refused_however_much_of_the_file_is_known() {
    let rows = |most: usize| -> String {
        let row = |row| {
            let comment = "y".repeat(1000);
            format!(
                "r{row},p{row}@x.example,9,0{}/04/2026,{comment}\n",
                row % 9 + 1
            )
        };
        (0..most).map(row).collect()
    };
    for most in [100, 4500] {
        let program = Program::new();
        let header = "id,email,score,date,comment\n";
        program.file(
            "first.csv",
            format!("{header}{}last,q@x.example,9,25/04/2026,\n", rows(most)),
        );
        program.run("import nps first.csv").ok();
        program.file("again.csv", format!("{header}{}", rows(most)));
        program
            .run("import nps again.csv")
            .code(2)
            .says("--date-format day-first");
    }
}
