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
    said.shows("elsewhere.db");
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
