//! `forget`: whoever is erased is in no file of ours, and every count stays.

use std::fs;
use std::path::Path;

use crate::common::Program;

const FILE: &str = "email,name,score,comment,date,id\n\
    zelda@kestrel.example,Zelda Quintero,9,Brilliant onboarding quuxword,2026-05-01,a1\n\
    omar@osprey.example,Omar Diaz,10,Ask Zelda Quintero too,2026-05-02,a2\n";

/// Zelda answered, was asked, gave a talk, and is named in notes of others.
fn program() -> Program {
    let program = Program::new();
    fs::write(program.path("nps.csv"), FILE).unwrap();
    program.run("import nps nps.csv").ok();
    for line in [
        "register zelda --will review,reference --title 'Head of Quux'",
        "tap zelda --ask review --note 'she likes quuxword'",
        "outcome 1 completed --rating 5 --note 'quuxword again'",
        "touch zelda --kind thank-you --tap 1 --note 'sent quuxword'",
        "edit zelda --name 'Zelda Q. Quintero'",
        "edit zelda --title 'Chief Quux'",
        "nominate omar --by Dana --reason 'zelda@kestrel.example told us'",
        "profile zelda --story 'quuxword saved them a week'",
        "undo --yes",
        "redo",
    ] {
        program.run(line).ok();
    }
    program
}

/// The files of the database and of its backups that hold a text.
fn holding(program: &Program, text: &str) -> Vec<String> {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => files(&path, found),
                false => found.push(path),
            }
        }
    }
    let mut all = Vec::new();
    files(program.db.parent().unwrap(), &mut all);
    let (lower, mut found) = (text.to_lowercase(), Vec::new());
    for path in all {
        let name = path.to_str().unwrap().to_owned();
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        let holds = bytes
            .windows(lower.len())
            .any(|part| part == lower.as_bytes());
        if holds && !name.ends_with("nps.csv") && !name.ends_with("elsewhere.db") {
            found.push(name);
        }
    }
    found
}

const WORDS: [&str; 5] = [
    "zelda@kestrel",
    "zelda quintero",
    "quuxword",
    "chief quux",
    "zelda q. quintero",
];

#[test]
fn nothing_of_whoever_is_erased_is_left_in_any_file_and_every_count_stays() {
    let program = program();
    program.run("backup").ok();
    program.run("backup elsewhere.db").ok();
    assert!(!holding(&program, "quuxword").is_empty());
    let reports = [
        "report nps --period 2026",
        "report acceptance --period 2026",
    ];
    let before: Vec<_> = reports.map(|line| program.data(line)).into();
    program
        .run("forget zelda")
        .code(2)
        .says("cannot be taken back");
    program
        .run("forget zelda --dry-run")
        .ok()
        .shows("Ask Zelda Quintero too");
    let said = program.run("forget zelda --yes").ok();
    said.says("elsewhere.db");
    for word in WORDS {
        assert_eq!(holding(&program, word), Vec::<String>::new(), "{word}");
    }
    let after: Vec<_> = reports.map(|line| program.data(line)).into();
    assert_eq!(after, before);
    program.healthy();
    program.run("show zelda").code(2);
    let omar = program.data("show omar");
    assert!(omar.to_string().contains("Ask [forgotten] too"), "{omar}");
}

#[test]
fn whoever_is_erased_is_not_brought_back() {
    let program = program();
    program.run("backup copy.db").ok();
    program.run("forget zelda --yes").ok();
    let again = program.data("import nps nps.csv");
    assert_eq!(
        (&again["skipped"], &again["forgotten"]),
        (&1.into(), &1.into())
    );
    program.run("show zelda@kestrel.example").code(2);
    fs::write(
        program.path("people.csv"),
        "email,name\nzelda@kestrel.example,Zelda Quintero\n",
    )
    .unwrap();
    let again = program.data("import people people.csv");
    assert_eq!(
        (&again["rows"], &again["forgotten"]),
        (&1.into(), &1.into())
    );
    // Nor by an older backup.
    let restored = program.data("restore copy.db --yes");
    assert_eq!(restored["erased"], 1);
    program.run("show zelda@kestrel.example").code(2);
    program.healthy();
    let again = program.data("import nps nps.csv");
    assert_eq!(again["forgotten"], 1);
}

#[test]
fn what_was_erased_cannot_be_taken_back() {
    let program = program();
    program.run("forget zelda --yes").ok();
    program
        .run("undo 4")
        .code(3)
        .says("somebody who was erased");
    program.run("undo --yes").code(3);
    program.healthy();
}

#[test]
fn the_record_that_was_kept_is_left_alone_whatever_its_number() {
    let program = program();
    program
        .run("register z2@kestrel.example --will review --name 'Zelda Quintero'")
        .ok();
    program
        .run("merge z2@kestrel.example zelda@kestrel.example")
        .ok();
    program.run("forget z2@kestrel.example --yes").ok();
    let ready = program.data("match --ask review")["ready"].to_string();
    assert!(!ready.contains("forgotten"), "{ready}");
    for word in WORDS.iter().chain(&["z2@kestrel"]) {
        assert_eq!(holding(&program, word), Vec::<String>::new(), "{word}");
    }
    program.healthy();
}

#[test]
fn a_backup_in_which_the_number_is_somebody_elses_loses_nobody() {
    let program = Program::new();
    program
        .run("register nina@northwind.example --will review")
        .ok();
    program.run("backup first.db").ok();
    let mut other = Program::new();
    other
        .run("register zelda@kestrel.example --will review --title 'A friend of nina@northwind.example'")
        .ok();
    // What was there is put aside: in it, person 1 is Zelda.
    let first = program.path("first.db");
    other
        .run(&format!("restore '{}' --yes", first.display()))
        .ok();
    other.run("forget nina@northwind.example --yes").ok();
    assert_eq!(holding(&other, "nina@northwind"), Vec::<String>::new());
    let folder = format!("{}.backups", other.db.display());
    let aside = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let aside = aside.filter(|path| path.extension().is_some_and(|end| end == "db"));
    other.db = aside.last().unwrap();
    assert_eq!(other.data("show zelda")["email"], "zelda@kestrel.example");
}

#[test]
fn whoever_a_backup_does_not_hold_stays_erased_as_well() {
    let program = Program::new();
    program.run("backup early.db").ok();
    fs::write(program.path("nps.csv"), FILE).unwrap();
    program.run("import nps nps.csv").ok();
    program.run("forget zelda --yes").ok();
    program.run("restore early.db --yes").ok();
    assert_eq!(program.data("import nps nps.csv")["forgotten"], 1);
    // They may come back by themselves, and are erased again if they ask for it.
    program
        .run("register zelda@kestrel.example --will review")
        .ok();
    assert_eq!(program.data("import nps nps.csv")["forgotten"], 0);
    program.run("forget zelda@kestrel.example --yes").ok();
    program.run("show zelda@kestrel.example").code(2);
    program
        .run("forget zelda@kestrel.example --yes")
        .ok()
        .shows("erased already");
    program.run("forget nobody@kestrel.example --yes").code(2);
}

#[test]
fn who_nominated_themselves_and_a_copy_of_an_older_version_are_erased_as_well() {
    let mut program = Program::empty();
    program.db = program.path("old.db");
    let dump = fs::read_to_string(crate::common::fixture("schema/0009.sql")).unwrap();
    program.sql().execute_batch(&dump).unwrap();
    program.run("nominate zelda@kestrel.example --name 'Zelda Quintero' --by 'Zelda Quintero' --reason keen").ok();
    let known = "nina@northwind.example";
    let who = program.data("list")[0]["email"]
        .as_str()
        .unwrap_or(known)
        .to_owned();
    assert!(!holding(&program, &who).is_empty());
    for who in [&who, "zelda@kestrel.example"] {
        program.run(&format!("forget {who} --yes")).ok();
    }
    for word in [&who, "zelda quintero", "zelda@kestrel"] {
        assert_eq!(holding(&program, word), Vec::<String>::new(), "{word}");
    }
    // Each backup is one file, and none has a backup of its own.
    for entry in fs::read_dir(program.path("old.db.backups")).unwrap() {
        let path = entry.unwrap().path();
        assert!(
            path.extension().is_some_and(|end| end == "db"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn who_never_took_part_and_is_long_without_contact_is_listed() {
    let mut program = program();
    program.file(
        "old.csv",
        "email,name,score,date\nold@o.example,Olga Old,9,2024-01-10\nnew@o.example,Nora New,9,2026-03-01\n",
    );
    program.at("2026-07-01");
    program.run("import nps old.csv").ok();
    let due = |program: &Program| {
        crate::common::column(&program.data("forget --due"), "email")
            .into_iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let ran = program.run("forget --due").ok();
    ran.says("advocate forget old@o.example");
    assert_eq!(
        due(&program),
        ["\"old@o.example\""],
        "not Zelda, who is an advocate"
    );
    program.run("touch old@o.example --kind check-in").ok();
    assert!(due(&program).is_empty(), "there was contact");
    program.run("policy set privacy.keep-months 3").ok();
    assert_eq!(due(&program), ["\"new@o.example\""]);
    program.run("policy set privacy.keep-months 0").ok();
    program
        .run("forget --due")
        .ok()
        .shows("privacy.keep-months is 0");
    program.run("forget").code(2);
}

#[test]
fn what_a_killed_command_left_is_erased_as_well() {
    let program = program();
    let left = program.path(".advocate-unfinished-dead");
    fs::create_dir(&left).unwrap();
    fs::copy(&program.db, left.join("copy.db")).unwrap();
    program.run("forget zelda --yes").ok();
    assert!(!left.exists());
}

#[test]
fn nothing_is_owed_to_whoever_is_erased_and_nobody_waits_for_them() {
    let program = program();
    program.run("forget zelda --yes").ok();
    for line in [
        "agenda --days 365",
        "match --ask reference --why-not",
        "report qbr --period 2026-Q2 --out pack --quiet",
    ] {
        let ran = program.run(line).ok();
        assert!(!ran.out.contains("forgotten-"), "{}", ran.out);
    }
    let page = fs::read_to_string(program.path("pack/qbr.html")).unwrap();
    assert!(!page.contains("Give something back"), "{page}");
}
