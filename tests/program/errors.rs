//! Every exit code and the errors behind it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::common::{Program, Ran, fixture, keys};

/// Commands that only read, and commands that write; each is tried on a database that cannot be used.
const READING: &[&str] = &[
    "list",
    "show nina",
    "match --ask review",
    "candidates",
    "taps",
    "policy show",
    "check",
];
const WRITING: &[&str] = &[
    "register nina@northwind.example --will review",
    "tap nina --ask review",
    "outcome 1 accepted",
    "invite nina",
    "verify nina",
    "edit nina --title Boss",
    "policy set cap.low.max 2",
];

fn every() -> Vec<String> {
    let imports = ["nps", "accounts", "people", "taps"]
        .map(|what| format!("import {what} {}", fixture("import/generic.csv").display()));
    let given = READING.iter().chain(WRITING).map(|line| (*line).to_owned());
    given.chain(imports).collect()
}

#[test]
fn a_missing_database() {
    let mut program = Program::empty();
    for line in every() {
        program
            .run(&line)
            .code(5)
            .says("there is no program database")
            .says("advocate init");
        assert!(!program.db.exists(), "{line} created it");
    }
    program.tell("list").code(5);
    program.tell("list --json").code(5);
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_file_of_another_kind_is_left_byte_identical() {
    let mut program = Program::empty();
    let letter = program.file("letter.txt", "Dear Sir or Madam,\n".repeat(100));
    let other = program.path("other.db");
    program.db.clone_from(&other);
    program
        .sql()
        .execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        .unwrap();
    let short = program.file("short.txt", "x");
    for path in [letter, other, short] {
        program.db.clone_from(&path);
        let before = fs::read(&path).unwrap();
        let mut lines = every();
        lines.push("init".to_owned());
        for line in lines {
            program
                .run(&line)
                .code(5)
                .says("is not an advocate database; it was left untouched");
        }
        assert_eq!(fs::read(&path).unwrap(), before, "{}", path.display());
        for suffix in ["-wal", "-shm", "-journal"] {
            let beside = format!("{}{suffix}", path.display());
            assert!(!std::path::Path::new(&beside).exists(), "{beside}");
        }
    }
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let mut program = Program::new();
    crate::nina(&program);
    program
        .sql()
        .pragma_update(None, "user_version", 999)
        .unwrap();
    let before = program.bytes();
    let mut lines = every();
    lines.push("init".to_owned());
    for line in lines {
        program
            .run(&line)
            .code(5)
            .says("the database has schema 999; this version knows ")
            .says("install the newer version");
    }
    assert_eq!(program.bytes(), before);
    program.tell("list --json").code(5);
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_directory_is_no_database() {
    let program = Program::empty();
    for line in ["list", "tap nina --ask review", "init", "check"] {
        let line = format!("{line} --db {}", program.path("").display());
        let ran = program.run(&line);
        assert!(matches!(ran.code, Some(1 | 5)), "{}", ran.story());
        assert!(
            !ran.err.contains("panicked") && ran.err.contains("error:"),
            "{}",
            ran.story()
        );
    }
}

#[test]
fn a_damaged_database_says_so() {
    let program = Program::new();
    crate::nina(&program);
    let mut bytes = program.bytes();
    for byte in bytes.iter_mut().skip(4096) {
        *byte = 0xA5;
    }
    fs::write(&program.db, bytes).unwrap();
    for line in every() {
        let ran = program.run(&line);
        assert!(matches!(ran.code, Some(1 | 5)), "{}", ran.story());
        assert!(!ran.err.contains("panicked"), "{}", ran.story());
    }
    program.run("list").code(5);
}

#[test]
fn a_busy_database_is_exit_5_and_changes_nothing() {
    let mut program = Program::new();
    crate::nina(&program);
    let before = program.rows();
    let holder = program.sql();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    for line in WRITING {
        program
            .run(&format!("{line} --lock-wait 0"))
            .code(5)
            .says("the database is busy");
    }
    program.tell("tap nina --ask review --lock-wait 0").code(5);
    program
        .tell("tap nina --ask review --lock-wait 0 --json")
        .code(5);
    // Readers do not wait for a writer.
    for line in READING {
        program.run(line).ok();
    }
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(program.rows(), before);
    program.run("tap nina --ask review --lock-wait 0").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_write_waits_for_another_to_end() {
    let program = Program::new();
    crate::nina(&program);
    let holder = program.sql();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut waiting = program.spawn("tap nina --ask review --lock-wait 60");
    // The tap cannot end while the lock is held, however long this takes.
    assert!(waiting.try_wait().unwrap().is_none());
    holder.execute_batch("COMMIT").unwrap();
    let ran = Ran::new("tap", waiting.wait_with_output().unwrap());
    ran.ok();
    assert_eq!(program.count("taps"), 1);
}

#[test]
fn unknown_and_ambiguous_names() {
    let mut program = Program::new();
    for (email, name) in [
        ("nina@northwind.example", "Nina Albrecht"),
        ("nina@fernhill.example", "Nina Brook"),
        ("oliver@fernhill.example", "Oliver Penrose"),
    ] {
        crate::register(&program, email, name);
    }
    program.tell("show nina").code(2);
    program.tell("show olivr").code(2);
    program
        .tell("tap oliver@fernhil.example --ask review")
        .code(2);
    program.tell("show zzzz").code(2);
    program.tell("show 99").code(2);
    program.tell("show ''").code(2);
    program
        .tell("match --ask review --industry helthcare")
        .code(2);
    program.tell("list --industry zzzz").code(2);
    program.tell("match --ask refrence").code(2);
    program.tell("match --effort huge").code(2);
    program.tell("match").code(2);
    program.tell("match --ask review --require region").code(2);
    program.tell("list --stage happy").code(2);
    program.tell("list --tier iron").code(2);
    program
        .tell("tap oliver --ask review --on yesterdy")
        .code(2);
    program.tell("frobnicate").code(2);
    program.tell("lst").code(2);
    program.tell("list --as-of 2026-06-16").code(2);
    insta::assert_snapshot!(program.story());
    program.run("show 3").ok().shows("Oliver Penrose");
    program.run("show 'NINA ALBRECHT'").ok();
    program.run("show ' Oliver@Fernhill.Example '").ok();
}

#[test]
fn with_json_an_error_is_an_object_on_stderr() {
    let mut program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    let table = [
        ("show zzzz --json", 2, "usage"),
        ("show zzzz --format json", 2, "usage"),
        ("show zzzz --format=json", 2, "usage"),
        ("frobnicate --json", 2, "usage"),
        ("list --as-of never --json", 2, "usage"),
        ("tap nina --ask review --json", 3, "refused"),
        ("resume nina --json", 3, "refused"),
        ("import nps nowhere.csv --json", 1, "file"),
        ("list --db nowhere.db --json", 5, "database"),
    ];
    for (line, code, kind) in table {
        let ran = program.run(line).code(code);
        assert_eq!(ran.out, "", "{line}");
        let error = ran.error();
        assert_eq!(error["kind"], kind, "{line}");
        assert_eq!(
            keys(&error)[..4],
            ["kind", "message", "cause", "hint"],
            "{line}"
        );
        program.tell(line).code(code);
    }
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_file_that_cannot_be_read() {
    let program = Program::new();
    program
        .run("import nps nowhere.csv")
        .code(1)
        .says("nowhere.csv");
    let folder = program.path("");
    program
        .run(&format!("import nps {}", folder.display()))
        .code(1)
        .says("error:");
}

#[test]
fn a_wrong_clock_is_a_usage_error() {
    let mut program = Program::new();
    program.at("yesterday");
    program
        .run("list")
        .code(2)
        .says("ADVOCATE_NOW is `yesterday`");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut program = Program::empty();
    program.db = program.path("advocate-demo.db");
    program.run("demo").ok();
    for line in [
        "list",
        "taps --json",
        "candidates --limit 500 --format csv",
        "list --format markdown",
        "--help",
        "match --ask review --why-not --limit 50",
        "policy show",
    ] {
        let mut child = program.spawn(line);
        drop(child.stdout.take());
        let ran = Ran::new(line, child.wait_with_output().unwrap());
        ran.ok().silent();
    }
}

#[test]
fn a_read_only_file_says_what_is_wrong() {
    let program = Program::new();
    crate::nina(&program);
    fs::set_permissions(&program.db, fs::Permissions::from_mode(0o400)).unwrap();
    // The owner of the tests may be root, to whom nothing is forbidden: then the write succeeds.
    let ran = program.run("verify nina");
    assert!(matches!(ran.code, Some(0 | 5)), "{}", ran.story());
    program.run("list").ok();
}

#[test]
fn no_text_from_outside_reaches_the_terminal_as_control() {
    let program = Program::new();
    program.file(
        "survey.csv",
        "Email,Name,Score,Date,Comment\neve@evil.example,\"Eve \u{1b}[31mRed\u{202e}\",10,2026-06-01,\"a\u{7}b\rc\"\n",
    );
    program.run("import nps survey.csv").ok();
    for line in [
        "show eve",
        "candidates",
        "show eve --format markdown",
        "show eve --json",
    ] {
        let ran = program.run(line).ok();
        for bad in ['\u{1b}', '\u{202e}', '\u{7}', '\r'] {
            assert!(!ran.out.contains(bad), "{bad:?} in {}", ran.story());
        }
    }
    let ran = program.run("show \u{1b}[32m").code(2);
    assert!(!ran.err.contains('\u{1b}'));
}

#[test]
fn odd_arguments_never_panic() {
    let program = Program::new();
    crate::nina(&program);
    let odd = [
        "tap nina --ask review --on 0000-01-01",
        "tap nina --ask review --on 9999-12-31",
        "tap nina --ask review --on -262143-01-01",
        "list --as-of 0001-01-01",
        "list --as-of -262143-01-01",
        "show nina --as-of 1969-12-31",
        "match --ask review --limit 4294967295",
        "match --ask review --limit 0",
        "candidates --limit 18446744073709551615",
        "taps --limit 0",
        "outcome -1 accepted",
        "outcome 9223372036854775807 accepted",
        "pause nina --until 9999-12-31",
        "list --not-verified-for 4294967295",
        "list --not-verified-for 0",
        "policy set cap.low.months 99999999999",
        "policy set cap.low.months -1",
        "tap nina --ask review --lock-wait 86401",
        "register é@ü.example --will review",
        "register @ --will review",
        "register a@b@c --will review",
        "register nina@northwind.example --will review,review --wont review",
        "show 9223372036854775808",
        "show %",
        "show _",
        "import nps /dev/null",
        "import taps /dev/null",
        "import accounts /dev/null",
        "import people /dev/null",
    ];
    for line in odd {
        let ran = program.run(line);
        assert!(matches!(ran.code, Some(0..=5)), "{}", ran.story());
        assert!(!ran.err.contains("panicked"), "{}", ran.story());
    }
    program.healthy();
}

#[test]
fn a_number_is_asked_for_in_the_programs_own_words() {
    let mut program = Program::new();
    for line in [
        "request show abc",
        "tap nina --ask review --request abc",
        "outcome nina accepted",
        "give nina --item swag --tap abc",
        "asset show abc",
        "nominations accept abc",
        "import nps x.csv --max-rejects x",
        "--lock-wait x list",
        "policy targets set retail review many",
    ] {
        program.tell(line).code(2);
    }
    for line in [
        "match --ask review",
        "candidates",
        "taps",
        "next --all",
        "signal list",
        "merge --suggest",
    ] {
        program.tell(&format!("{line} --limit 0")).code(2);
    }
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_correction_that_corrects_nothing_says_so() {
    let program = Program::new();
    crate::nina(&program);
    program.run("deal add Renewal").ok();
    program.run("asset add 'A story' --kind case-study").ok();
    for (line, what) in [
        ("edit nina", "nina@northwind.example"),
        ("deal edit 1", "deal 1"),
        ("asset edit 1", "asset 1"),
        ("asset edit 1 --on 2026-06-01", "asset 1"),
    ] {
        program
            .run(line)
            .code(2)
            .says(&format!("nothing was given to change about {what}"))
            .says(" --help");
    }
}

#[test]
fn only_what_is_like_the_words_typed_is_suggested() {
    let program = Program::new();
    crate::nina(&program);
    for (line, hint) in [
        (
            "edit nina --email x@y.example",
            "hint: an address is changed by: advocate move WHO --email EMAIL",
        ),
        ("edit nina --mail x", "hint: advocate edit --help"),
        ("edit nina --helth red", "hint: did you mean --health?"),
        ("reqest list", "hint: did you mean request?"),
        ("frobnicate", "hint: advocate --help"),
    ] {
        program.run(line).code(2).says(hint);
    }
    program
        .run("move nina --email x@y.example")
        .ok()
        .shows("x@y.example");
}
