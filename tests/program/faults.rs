//! What goes wrong around the program: crashes, full disks, clocks that were set back, words that say nothing. Nothing is
//! lost, falsified or shown to others.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::traced::has_strace;
use crate::common::{Program, Ran};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_restore_refuses_what_a_crash_left_beside_the_name() {
    let program = crate::demo("2026-07-01");
    program.run("export backup --quiet").ok();
    for end in ["-wal", "-shm", "-journal"] {
        let left = program.file(&format!("new.db{end}"), "left");
        for line in ["--db new.db import all backup", "demo new.db"] {
            program
                .run(line)
                .code(1)
                .says(&format!("new.db{end} is there without its database"));
        }
        assert!(!program.path("new.db").exists());
        assert_eq!(fs::read_to_string(&left).unwrap(), "left");
        fs::remove_file(left).unwrap();
    }
    program.run("--db new.db import all backup --quiet").ok();
    program.run("--db new.db check --quiet").ok();
}

/// A tap that was committed, but whose log was never brought into the file, must not come to be in a restored one.
#[test]
fn a_log_that_a_crash_left_is_not_taken_for_the_backups() {
    if !has_strace() {
        return;
    }
    let program = crate::demo("2026-07-01");
    program.run("export backup --quiet").ok();
    program.run("list --quiet").ok();
    let options = [
        "-o",
        "/dev/null",
        "-e",
        "trace=unlink",
        "-e",
        "inject=unlink:signal=SIGKILL:when=1",
    ];
    program.traced(&options, "tap 12 --ask review --override wrong --quiet");
    assert!(
        program.path("program.db-wal").exists(),
        "it was killed while it closed the file"
    );
    fs::remove_file(&program.db).unwrap();
    program
        .run("import all backup")
        .code(1)
        .says("program.db-wal");
    fs::rename(program.path("program.db-wal"), program.path("kept")).unwrap();
    let _ = fs::remove_file(program.path("program.db-shm"));
    program.run("import all backup --quiet").ok();
    program.healthy();
}

#[test]
fn nobody_is_named_by_what_shows_nothing() {
    let program = Program::new();
    // Somebody without a name: every part of a name fits.
    program.run("register a@acme.example --will review").ok();
    program
        .run("deal add Renewal --prospect Acme --stage open")
        .ok();
    let before = program.rows();
    for blank in ["", " ", "\t", "\u{a0}", "\u{200b}", "\u{feff} \u{ad}"] {
        for (command, rest) in [
            (&["do-not-contact"][..], &[][..]),
            (&["tap"], &["--ask", "review"]),
            (&["export", "--person"], &[]),
            (&["edit"], &["--title", "Boss"]),
            (&["show"], &[]),
            (&["invite"], &[]),
            (&["decline"], &[]),
            (&["pause"], &[]),
            (&["resume"], &[]),
            (&["verify"], &[]),
            (&["hold"], &["--request", "1"]),
            (&["touch"], &["--kind", "check-in"]),
            (&["give"], &["--item", "swag"]),
            (&["next"], &[]),
            (&["tier", "show"], &[]),
            (&["move"], &["--account", "Acme"]),
            (&["merge", "a@acme.example"], &[]),
            (&["merge"], &["a@acme.example"]),
            (&["nominate"], &["--reason", "kind"]),
            (&["register"], &["--will", "review"]),
            (
                &["register", "b@b.example", "--will", "review", "--account"],
                &[],
            ),
            (&["signal", "add", "--account"], &["--kind", "power-user"]),
            (&["deal", "show"], &[]),
            (&["deal", "edit"], &["--stage", "won"]),
            (&["list", "--owner"], &[]),
            (&["agenda", "--owner"], &[]),
            (&["next", "--owner"], &[]),
            (&["request", "open", "--ask", "review", "--deal"], &[]),
            (&["request", "open", "--ask", "review", "--by"], &[]),
        ] {
            let line: Vec<&str> = command
                .iter()
                .chain([&blank])
                .chain(rest)
                .copied()
                .collect();
            let output = program.command(&line).output().unwrap();
            Ran::new(&line.join(" "), output).code(2);
        }
    }
    assert_eq!(program.rows(), before);
}

#[test]
fn a_day_of_no_program_is_refused() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    program.run("request open --ask reference --by Sam").ok();
    program
        .run("deal add Renewal --prospect Acme --stage open")
        .ok();
    let before = program.rows();
    for day in [
        "0206-11-20",
        "1989-12-31",
        "2101-01-01",
        "9999-12-31",
        "-0001-01-01",
    ] {
        for line in [
            "register b@acme.example --will review --on",
            "tap nina --ask logo --on",
            "outcome 1 accepted --on",
            "invite nina --on",
            "pause nina --until",
            "retire nina --reason gone --on",
            "touch nina --kind check-in --on",
            "give nina --item swag --on",
            "signal add nina --kind power-user --on",
            "nominate c@acme.example --reason kind --on",
            "move nina --account Acme --on",
            "tier set nina gold --reason long --on",
            "edit nina --renewal-on",
            "asset add Story --kind case-study --on",
            "deal edit 1 --opened",
            "deal edit 1 --closed",
            "request open --ask review --by Sam --needed-by",
            "request close 1 --withdrawn late --on",
            "list --as-of",
            "taps --since",
        ] {
            program
                .run(&format!("{line}={day}"))
                .code(2)
                .says("the year must be from 1990 to 2100");
        }
    }
    assert_eq!(program.rows(), before);
}

#[test]
fn a_pack_is_written_whatever_days_are_on_record() {
    let program = crate::demo("2026-07-01");
    // From a version that took any day.
    let sql = program.sql();
    let changed = sql.execute(
        "UPDATE willingness SET said_at = -55000000000 WHERE person_id = (SELECT person_id FROM taps LIMIT 1)",
        [],
    );
    assert!(changed.unwrap() > 0);
    sql.execute("UPDATE deals SET opened_on = '0206-11-20'", [])
        .unwrap();
    program
        .run("report qbr --period 2026-Q2 --out pack --quiet")
        .ok();
    assert!(program.path("pack/qbr.xlsx").exists());
}

#[test]
fn what_was_recorded_is_said_where_it_cannot_be_printed() {
    let program = Program::new();
    crate::nina(&program);
    for (line, words) in [
        ("tap nina --ask review", "recorded as tap 1"),
        (
            "request open --ask reference --by Sam",
            "recorded as request 1",
        ),
        (
            "verify nina",
            "recorded, but the answer could not be printed",
        ),
        (
            "tap nina --ask logo --override urgent --json",
            "recorded as tap 2",
        ),
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = program
            .command(&crate::common::words(line))
            .stdout(full)
            .spawn();
        let ran = Ran::new(line, child.unwrap().wait_with_output().unwrap());
        ran.code(1).says(words).says("do not repeat it");
    }
    assert_eq!(program.count("taps"), 2);
    // Nothing was recorded by a command that only reads.
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let child = program.command(&["list"]).stdout(full).spawn();
    let ran = Ran::new("list", child.unwrap().wait_with_output().unwrap());
    let ran = ran.code(1).says("the answer could not be printed");
    assert!(!ran.err.contains("recorded"), "{}", ran.story());
}

#[test]
fn an_empty_file_is_made_a_program_by_init() {
    let mut program = Program::empty();
    program.file("program.db", "");
    program.run("list").code(5).says("hint: advocate init");
    program
        .run("register a@acme.example --will review")
        .code(5)
        .says("program.db is empty");
    program
        .run("init --time-zone Europe/Berlin")
        .ok()
        .shows("created");
    program.run("init").ok().shows("exists already");
    program.healthy();
    // What is no program is left alone, however short.
    program.db = program.file("short.db", "x");
    program.run("init").code(5).says("not an advocate database");
    assert_eq!(program.bytes(), b"x");
}

#[test]
fn an_address_holds_nothing_that_cannot_be_seen() {
    let program = Program::new();
    program.run("register anna@acme.example --will review").ok();
    for hidden in [
        '\u{ad}',
        '\u{200b}',
        '\u{200d}',
        '\u{2060}',
        '\u{feff}',
        '\u{180e}',
        '\u{e0041}',
    ] {
        program.file(
            "s.csv",
            format!("Email,Score,Date\nanna{hidden}@acme.example,9,2026-06-01\n"),
        );
        program
            .run("import nps s.csv")
            .code(1)
            .says("cannot be seen");
        let address = format!("an{hidden}na@acme.example");
        let output = program
            .command(&["register", &address, "--will", "review"])
            .output();
        Ran::new("register", output.unwrap()).code(2);
    }
    assert_eq!(program.count("people"), 1);
}

#[test]
fn a_reader_waits_as_long_as_it_is_told() {
    let program = crate::demo("2026-07-01");
    let holder = program.sql();
    // As a first large load holds the file.
    holder
        .execute_batch("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
        .unwrap();
    program
        .run("list --lock-wait 0")
        .code(5)
        .says("--lock-wait");
    let mut waiting = program.spawn("list --quiet --lock-wait 60");
    std::thread::sleep(Duration::from_millis(700));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits");
    holder.execute_batch("COMMIT").unwrap();
    Ran::new("list", waiting.wait_with_output().unwrap()).ok();
}

#[test]
fn what_is_on_record_about_somebody_steers_no_terminal() {
    let program = Program::new();
    crate::nina(&program);
    let name = "A\u{9b}2J\u{202e}B\u{7f}\u{200b}";
    program
        .sql()
        .execute("UPDATE people SET name = ?1", [name])
        .unwrap();
    let ran = program.run("export --person nina@northwind.example").ok();
    assert!(
        ran.out.contains(r"A\u009b2J\u202eB\u007f\u200b"),
        "{}",
        ran.out
    );
    assert_eq!(ran.json()["people"][0]["name"], name);
    program
        .run("export --person nina@northwind.example nina.json")
        .ok();
    let written = fs::read_to_string(program.path("nina.json")).unwrap();
    assert_eq!(written, ran.out);
}

#[test]
fn a_database_is_named_by_any_bytes_and_is_always_a_file() {
    let program = Program::new();
    let name = std::ffi::OsString::from_vec(b"b\xff.db".to_vec());
    for line in [
        "init --time-zone UTC --quiet",
        "register a@acme.example --will review --quiet",
    ] {
        let ran = program
            .command(&crate::common::words(line))
            .env("ADVOCATE_DB", &name)
            .status();
        assert!(ran.unwrap().success(), "{line}");
    }
    assert!(program.path("").join(&name).exists());
    assert_eq!(program.count("people"), 0);

    for line in ["init", "list"] {
        program
            .run(&format!("{line} --db :memory:"))
            .code(2)
            .says("name a file");
        program.run(&format!("{line} --db ''")).code(2);
        program.run(&format!("{line} --db /dev/null")).code(5);
    }
    let pipe = program.path("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    program
        .run("list --db pipe")
        .code(5)
        .says("not an advocate database");
    program
        .run("init --db pipe")
        .code(5)
        .says("not an advocate database");
    program.run("import nps pipe").code(1).says("it is a pipe");
}

#[test]
fn what_never_ends_is_not_read_to_its_end() {
    let program = Program::new();
    program
        .run("import nps /dev/zero")
        .code(1)
        .says("it is a device");
    let zeros = OpenOptions::new().read(true).open("/dev/zero").unwrap();
    let ran = program
        .command(&["import", "nps", "-"])
        .stdin(zeros)
        .output();
    Ran::new("import nps -", ran.unwrap())
        .code(1)
        .says("it is no text");
}

#[test]
fn a_file_that_cannot_be_written_to_is_named() {
    let program = Program::new();
    crate::nina(&program);
    // A reader keeps the log there.
    let reader = program.sql();
    let _: i64 = reader
        .query_row("SELECT count(*) FROM people", [], |row| row.get(0))
        .unwrap();
    for end in ["-wal", "-shm", ""] {
        let path = program.path(&format!("program.db{end}"));
        let before = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(0o400)).unwrap();
        program
            .run("verify nina")
            .code(5)
            .says(&format!("program.db{end} is read-only"))
            .says(&format!("chmod u+w program.db{end}"));
        fs::set_permissions(&path, before).unwrap();
    }
    program.run("verify nina").ok();
}

#[test]
fn a_full_disk_is_said_with_its_file_and_what_helps() {
    if !has_strace() {
        return;
    }
    let program = crate::demo("2026-07-01");
    program.run("list --quiet").ok();
    let before = program.count("taps");
    let log = program.path("program.db-wal");
    let log = log.to_string_lossy();
    let refused = "inject=pwrite64:error=ENOSPC";
    let full = [
        "-o",
        "/dev/null",
        "-P",
        &log,
        "-e",
        "trace=pwrite64",
        "-e",
        refused,
    ];
    let ran = program.traced(&full, "tap 12 --ask review --override x");
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(5), "{said}");
    assert!(
        said.contains("the disk is full; nothing was changed: program.db"),
        "{said}"
    );
    assert!(
        said.contains("free some space") && !said.contains("advocate check"),
        "{said}"
    );
    assert_eq!(program.count("taps"), before);

    let refused = "inject=fsync:error=ENOSPC";
    let full = ["-o", "/dev/null", "-e", "trace=fsync", "-e", refused];
    let ran = program.traced(&full, "export out");
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(
        said.contains("cannot write out") && said.contains("free some space"),
        "{said}"
    );
    assert!(!program.path("out").exists());
}

#[test]
fn a_damaged_file_is_brought_back_from_the_last_export() {
    let program = crate::demo("2026-07-01");
    let bytes = program.bytes();
    fs::write(&program.db, &bytes[..100_000]).unwrap();
    for line in ["check", "report pool"] {
        let ran = program
            .run(line)
            .code(5)
            .says("is damaged: program.db")
            .says("import all");
        assert!(!ran.err.contains("advocate check"), "{}", ran.story());
    }
}

#[test]
fn a_clock_that_was_set_back_is_not_believed_but_for_a_no() {
    let mut program = Program::on("2026-01-05");
    crate::nina(&program);
    crate::register(&program, "omar@acme.example", "Omar");
    program.at("2026-06-15").run("tap nina --ask review").ok();
    program.run("verify omar").ok();
    for back in ["2026-06-14T09:00:00Z", "2025-06-15T09:00:00Z"] {
        let told = |line: &str| {
            let mut command = program.command(&crate::common::words(line));
            Ran::new(line, command.env("ADVOCATE_NOW", back).output().unwrap())
        };
        let before = program.rows();
        for line in [
            "tap omar --ask review",
            "verify omar",
            "outcome 1 accepted",
            "register c@acme.example --will review",
        ] {
            told(line)
                .code(3)
                .says("before the newest operation")
                .says("--clock-is-right");
        }
        let error = told("verify omar --json").code(3).error();
        assert_eq!(
            (&error["kind"], &error["refusal"]),
            (&"refused".into(), &"clock".into())
        );
        assert_eq!(program.rows(), before);
        told("show omar").ok();
    }
    // A few minutes between two machines are nothing.
    let mut near = program.command(&["verify", "omar"]);
    let ran = near.env("ADVOCATE_NOW", "2026-06-15T08:55:00Z").output();
    Ran::new("verify omar", ran.unwrap()).ok();

    let back = |program: &Program, line: &str| {
        let mut command = program.command(&crate::common::words(line));
        let output = command.env("ADVOCATE_NOW", "2025-06-15T09:00:00Z").output();
        Ran::new(line, output.unwrap())
    };
    back(&program, "outcome 1 declined").ok();
    back(&program, "pause omar --until 2027-01-01").ok();
    back(&program, "do-not-contact nina")
        .ok()
        .shows("do-not-contact");
    program.run("tap nina --ask review").code(3);
    program.run("tap omar --ask review").code(3);
    program.healthy();
    back(
        &program,
        "register d@acme.example --will review --clock-is-right",
    )
    .ok();
    // From then on, that is the newest.
    back(&program, "verify d@acme.example").ok();
}

#[test]
fn folders_keep_what_they_were_given_and_a_link_leads_on() {
    let program = crate::demo("2026-07-01");
    let folder = |name: &str, bits: u32| {
        fs::create_dir(program.path(name)).unwrap();
        fs::set_permissions(program.path(name), Permissions::from_mode(bits)).unwrap();
    };
    let pack = |out: &str| program.run(&format!("report qbr --period 2026-Q2 --out {out} --quiet"));
    folder("a", 0o2770);
    folder("b", 0o2770);
    program.run("export a --quiet").ok();
    for _ in 0..2 {
        pack("b").ok();
        assert_eq!(mode(&program.path("b")), 0o2770);
    }
    assert_eq!(mode(&program.path("a")), 0o2770);
    // A folder that a user calls old is the user's.
    folder(".c.old", 0o700);
    program.file(".c.old/x", "mine");
    for _ in 0..2 {
        pack("c").ok();
    }
    assert_eq!(
        fs::read_to_string(program.path(".c.old/x")).unwrap(),
        "mine"
    );
    folder("e", 0o700);
    symlink("e", program.path("l")).unwrap();
    program.run("export l --quiet").ok();
    assert!(program.path("e/manifest.json").exists() && program.path("l").is_symlink());
    program.run("export l").code(1).says("is there already");
}

#[test]
fn several_packs_at_once_all_end_well() {
    let program = crate::demo("2026-07-01");
    let pack = "report qbr --period 2026-Q2 --out q --quiet";
    for round in 0..2 {
        let all: Vec<_> = (0..4).map(|_| program.spawn(pack)).collect();
        for one in all {
            Ran::new(pack, one.wait_with_output().unwrap()).ok();
        }
        assert!(program.path("q/manifest.json").exists(), "round {round}");
        let entries = fs::read_dir(program.path("")).unwrap();
        let hidden = entries.filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with('.')
        });
        assert_eq!(hidden.count(), 0, "round {round}");
    }
}

#[test]
fn a_calendar_takes_the_place_of_nothing_but_a_calendar() {
    let program = crate::demo("2026-07-01");
    let mine = program.file(
        "mine.ics",
        "BEGIN:VCALENDAR\nPRODID:-//somebody//else//EN\n",
    );
    program.run("agenda --ics mine.ics").code(1).says("--yes");
    assert!(fs::read_to_string(&mine).unwrap().contains("somebody"));
    program.run("agenda --ics mine.ics --yes").ok();
    program.run("agenda --ics mine.ics").ok();
    program.run("agenda --ics new.ics").ok();
    program.run("agenda --ics new.ics").ok();
}

/// `nohup` lets a command go on where the terminal is closed.
#[test]
fn a_signal_that_is_ignored_stays_ignored() {
    let program = crate::demo("2026-07-01");
    let mut child = Command::new("sh")
        .args([
            "-c",
            "trap '' HUP; exec \"$0\" report qbr --period 2026-Q2 --out pack --quiet",
        ])
        .arg(crate::common::BINARY)
        .envs(
            program
                .command::<&str>(&[])
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(program.path(""))
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(20));
        let mut kill = Command::new("kill");
        kill.args(["-HUP", &child.id().to_string()])
            .stderr(Stdio::null());
        kill.status().unwrap();
    }
    assert!(child.wait().unwrap().success());
    assert!(program.path("pack/manifest.json").exists());
    std::io::stdout().flush().unwrap();
}

/// A line of text as long as a book makes a message of a few lines, and takes no more memory than a file of its size.
#[test]
fn messages_and_memory_are_bounded() {
    let program = Program::new();
    program.file("line.csv", "x".repeat(4_000_000));
    program.file(
        "wide.csv",
        format!("{}Email,Score\n", ",".repeat(4_000_000)),
    );
    program.file(
        "row.csv",
        format!(
            "Email,Score,Date\na@b.example,9,2026-06-01{}\n",
            ",x".repeat(1_000_000)
        ),
    );
    let book = "b".repeat(400_000);
    program.file("heads.csv", format!("{book},{book}2,{book}3\n1,2,3\n"));
    program.file(
        "cells.csv",
        format!("Email,Score,Date\n{book},{book},{book}\n"),
    );
    for file in ["line.csv", "wide.csv", "row.csv", "heads.csv", "cells.csv"] {
        for kind in ["nps", "people"] {
            let mut child = Command::new("sh");
            child
                .args([
                    "-c",
                    "ulimit -v 300000; exec \"$0\" import \"$1\" \"$2\" --json",
                ])
                .args([crate::common::BINARY, kind, file])
                .env("ADVOCATE_DB", &program.db)
                .current_dir(program.path(""));
            let ran = Ran::new(file, child.output().unwrap());
            assert!(
                [Some(1), Some(2), Some(4)].contains(&ran.code),
                "{kind} {file} {:?} {:.500}",
                ran.code,
                ran.err
            );
            let said = ran.err.len() + ran.out.len();
            assert!(said < 20_000, "{kind} {file}: {said} bytes");
        }
    }
}
