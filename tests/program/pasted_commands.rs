//! Whatever people, accounts, colleagues and files are called: a command that is printed can be pasted into a shell. It
//! runs the program with the very name as one word, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::Value;

use crate::common::Program;

/// What a shell would make something else of, each with a program that must not run.
const NAMES: [&str; 5] = [
    "Eve $(reboot); reboot & `reboot` | reboot > ran",
    "Pat O'Neil \"the boss\" \\ reboot",
    "-rf Lead $HOME *?[x]{a,b}~ #!",
    "New\nLine\t'$(reboot)'\u{202e}",
    "'; reboot; '",
];

/// Addresses as they can be typed.
const ADDRESSES: [&str; 5] = [
    "eve@evil.example",
    "o'neil@x.example",
    "-dash@y.example",
    "o'n'eil+tag@new.example",
    "*?!#@z.example",
];

/// An address with a slip in it.
const SLIP: &str = "o'neill@x.example";

/// Addresses as an earlier version took them.
const EARLIER: [&str; 2] = ["$(reboot);'a'@x.example", "`reboot`|b@x.example"];

/// Words of the program's own that are quoted as well.
const OWN: [&str; 3] = ["no answer", "the deal is won", "the deal is lost"];

/// The database: a file in a folder.
const DATABASE: &str = "-my 'own'; $(reboot)/it's \"here\" \\ & `reboot`.db";

/// Files to import.
const FILE: &str = "-survey '$(reboot)'; \"x\".csv";

/// A program with a database of an odd name, and what it has printed.
struct Printed {
    program: Program,
    commands: BTreeSet<String>,
}

impl Printed {
    fn new() -> Self {
        let mut program = Program::empty();
        let folder = DATABASE.split('/').next().unwrap();
        fs::create_dir(program.path(folder)).unwrap();
        program.db = program.path(DATABASE);
        Self {
            program,
            commands: BTreeSet::new(),
        }
    }

    /// Runs a command and keeps the commands that it prints.
    fn run(&mut self, args: &[&str]) {
        let database = format!("--db={DATABASE}");
        let args: Vec<&str> = [database.as_str()].iter().chain(args).copied().collect();
        let output = self.program.command(&args).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("panicked"), "{err}");
        for text in [&out, &err] {
            match serde_json::from_str::<Value>(text) {
                Ok(value) => self.keep_of(&value),
                Err(_) => self.keep(text),
            }
        }
    }

    /// The same for people and for programs.
    fn both(&mut self, args: &[&str]) {
        self.run(args);
        self.run(&[&["--json"], args].concat());
    }

    fn keep_of(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.keep(text),
            Value::Array(items) => items.iter().for_each(|item| self.keep_of(item)),
            Value::Object(entries) => entries.values().for_each(|item| self.keep_of(item)),
            _ => {}
        }
    }

    fn keep(&mut self, text: &str) {
        for line in text.lines() {
            let begins = line.match_indices("advocate --db=").map(|(at, _)| at);
            self.commands.extend(begins.map(|at| command(&line[at..])));
        }
    }
}

/// The command with which a text begins: it ends at a comma or at several spaces outside of quotes.
fn command(text: &str) -> String {
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let ends = text[at..].starts_with(", ") || text[at..].starts_with("  ");
        if !quoted && ends {
            return text[..at].to_owned();
        }
        quoted ^= c == '\'' && (quoted || before != '\\');
        before = c;
    }
    assert!(!quoted, "an open quote: {text}");
    text.trim_end().to_owned()
}

/// Runs a command line as it was pasted; what the program was called with. Every other program of the search path writes
/// that it ran.
fn paste(printed: &Printed, line: &str) -> Vec<String> {
    let program = &printed.program;
    let (path, called, ran) = (
        program.path("bin"),
        program.path("called"),
        program.path("ran"),
    );
    if !path.exists() {
        fs::create_dir(&path).unwrap();
        for name in ["advocate", "reboot", "Lead", "ran", "here"] {
            let file = path.join(name);
            let script = match name {
                "advocate" => "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"$CALLED\"\n".to_owned(),
                _ => format!("#!/bin/sh\necho {name} > \"$RAN\"\n"),
            };
            fs::write(&file, script).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
    let _ = fs::remove_file(&called);
    let output = Command::new("/bin/sh")
        .args(["-c", line])
        .env_clear()
        .env("PATH", &path)
        .env("HOME", "/nowhere")
        .env("CALLED", &called)
        .env("RAN", &ran)
        .current_dir(path.parent().unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{line}\n{said}");
    assert!(!ran.exists(), "something else ran: {line}");
    let words = fs::read(&called).unwrap_or_else(|_| panic!("the program did not run: {line}"));
    let words = String::from_utf8(words).unwrap();
    words.split_terminator('\0').map(str::to_owned).collect()
}

fn is_plain(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.,@+=".contains(c);
    !word.is_empty() && word.chars().all(plain)
}

#[test]
fn a_printed_command_runs_the_program_alone_and_with_the_very_name() {
    let mut printed = Printed::new();
    tell(&mut printed);
    let known: BTreeSet<&str> = [&NAMES[..], &ADDRESSES, &EARLIER, &[SLIP, DATABASE, FILE]]
        .concat()
        .into_iter()
        .collect();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for line in &printed.commands {
        for word in paste(&printed, line) {
            let value = word
                .split_once('=')
                .map_or(word.as_str(), |(_, value)| value);
            let found = known.get(word.trim()).or_else(|| known.get(value.trim()));
            assert!(
                found.is_some() || is_plain(&word) || OWN.contains(&word.as_str()),
                "{word:?} in {line}"
            );
            named.extend(found);
        }
    }
    // No command names the file that was read.
    let mut missing = known
        .iter()
        .filter(|one| !named.contains(*one) && **one != FILE);
    assert_eq!(missing.next(), None, "in no command");
    assert!(printed.commands.len() > 120, "{:#?}", printed.commands);
}

/// A shell takes the line breaks at the end of a word away, so that nothing that is printed may end in one.
#[test]
fn nothing_that_is_named_ends_in_a_line_break() {
    let program = Program::new();
    let ran = |args: &[&str]| program.command(args).output().unwrap();
    for args in [
        &["--db", "x\n", "list"][..],
        &["--db=x\n", "list"],
        &["demo", "x\n"],
        &["export", "x\n"],
        &["report", "qbr", "--period=2026-Q1", "--out=x\n"],
    ] {
        let refused = ran(args);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("cannot end in a line break"), "{said}");
        assert!(!said.contains("printf"), "{said}");
    }
    let register = [
        "register",
        "--will=review\n",
        "--name=Eve\n",
        "--account=Acme\n",
    ];
    let more = ["--owner=Mara\n", "--title=Boss\n", "eve@x.example\n"];
    assert!(ran(&[&register[..], &more].concat()).status.success());
    let csv =
        "Email,Name,Score,Date,Company\n\"ann@y.example\n\",\"Ann\n\",10,2026-06-01,\"New\n\"\n";
    program.file("survey.csv", csv);
    assert!(ran(&["import", "nps", "survey.csv"]).status.success());
    for who in ["eve@x.example", "ann@y.example"] {
        let shown = String::from_utf8(ran(&["show", who, "--json"]).stdout).unwrap();
        assert!(shown.contains(who) && !shown.contains("\\n\""), "{shown}");
    }
}

/// Everything that can be done with people, well and wrongly.
fn tell(printed: &mut Printed) {
    printed.run(&["init", "--time-zone", "UTC"]);
    printed.both(&["list"]);
    printed.both(&["candidates"]);
    printed.both(&["nominations", "--all"]);
    printed.both(&["signal", "list"]);
    printed.both(&["tier", "list"]);
    people(printed);
    imported(printed);
    earlier(printed);
    stages(printed);
    nominations(printed);
    moves_and_merges(printed);
    contact(printed);
    demand(printed);
    reports(printed);
}

fn people(printed: &mut Printed) {
    for (address, name) in ADDRESSES.into_iter().zip(NAMES) {
        let (name, account) = (format!("--name={name}"), format!("--account={name}"));
        let owner = format!("--owner={name}");
        let describe = [&*name, &account, &owner, "--industry=healthcare"];
        let register = [&["register", "--will=review,reference"], &describe[..]].concat();
        printed.both(&[&register[..], &["--", address]].concat());
        printed.both(&["edit", "--title=Boss", "--", address]);
        printed.both(&["edit", "--account=New name", "--", address]);
        printed.run(&["edit", &account, "--", address]);
        printed.both(&["tap", "--ask=review", "--", address]);
        printed.both(&["show", "--", address]);
    }
    for name in NAMES {
        let account = format!("--account={name}");
        printed.both(&["edit", &account, "--", "*?!#@z.example"]);
        printed.both(&["edit", &account, "--", "eve@evil.example"]);
        printed.both(&["list", &format!("--owner={name}x")]);
        printed.both(&["show", "--", &format!("{name} x")]);
        printed.both(&["signal", "add", &account, "--kind=renewal"]);
        printed.both(&["agenda", &format!("--owner={name}"), "--days=900"]);
    }
    printed.both(&["show", "nobody at all"]);
}

fn imported(printed: &mut Printed) {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = "Email,Name,Score,Date,Company\n".to_owned();
    for (number, name) in NAMES.into_iter().enumerate() {
        let name = quoted(name);
        csv += &format!("i{number}@imported.example,{name},10,2026-06-01,{name}\n");
    }
    csv += "$(reboot)@x.example,Nobody,10,2026-06-01,Nowhere\n";
    printed.program.file(FILE, csv);
    printed.both(&["import", "nps", "--dry-run", "--", FILE]);
    printed.run(&["import", "nps", "--", FILE]);
    printed.both(&["import", "nps", "--map=score=None", "--", FILE]);
    printed.both(&["candidates"]);
    printed.both(&["match", "--ask=reference", "--why-not"]);
    printed.both(&["merge", "--suggest"]);
}

/// People whom an earlier version took on record by addresses that are refused today.
fn earlier(printed: &mut Printed) {
    for (number, address) in EARLIER.into_iter().enumerate() {
        printed.run(&["register", "--will=review", &format!("e{number}@x.example")]);
        let sql = printed.program.sql();
        sql.execute(
            "UPDATE people SET email = ?1, email_key = ?1 WHERE email = ?2",
            [address, &format!("e{number}@x.example")],
        )
        .unwrap();
        drop(sql);
        printed.both(&["register", "--will=logo", "--", address]);
        printed.both(&["edit", "--country=DE", "--", address]);
        printed.both(&["move", "--account=Elsewhere", "--", address]);
        printed.both(&["move", "--email=e@new.example", "--", address]);
        printed.both(&["move", "--email", address, "--", address]);
        printed.both(&["move", "--back", "--", address]);
        printed.both(&["pause", "--", address]);
        printed.both(&["pause", "--", address]);
    }
}

fn stages(printed: &mut Printed) {
    for number in 0..NAMES.len() {
        let who = format!("i{number}@imported.example");
        printed.both(&["pause", &who]);
        printed.run(&["invite", &who]);
        printed.both(&["invite", &who]);
    }
    for who in ADDRESSES {
        printed.both(&["invite", "--", who]);
        printed.both(&["tier", "set", "--reason=x", "--", who, "computed"]);
    }
    printed.run(&["do-not-contact", "--", "*?!#@z.example"]);
    printed.both(&["register", "--will=logo", "--", "*?!#@z.example"]);
    printed.both(&["nominate", "--reason=x", "--", "*?!#@z.example"]);
    printed.both(&["tier", "show", "--", "*?!#@z.example"]);
    printed.both(&["agenda", "--days=900"]);
}

fn nominations(printed: &mut Printed) {
    for (number, name) in NAMES.into_iter().enumerate() {
        let who = format!("n{number}@nominated.example");
        let by = format!("--by={name}");
        let nominate = ["nominate", "--reason=x", &by, &who];
        printed.run(&nominate);
        printed.both(&nominate);
        printed.both(&["nominations"]);
        printed.both(&["nominations", "accept", &(number + 1).to_string()]);
    }
    printed.both(&["agenda", "--days=900"]);
    printed.both(&["nominations", "decline", "99", "--reason=x"]);
}

fn moves_and_merges(printed: &mut Printed) {
    let to = format!("--account={}", NAMES[3]);
    printed.both(&["move", "--", "o'neil@x.example"]);
    printed.both(&["move", &to, "--", "o'neil@x.example"]);
    printed.both(&["move", &to, "--on=2026-01-01", "--", "o'neil@x.example"]);
    printed.both(&[
        "move",
        "--account=Elsewhere",
        "--on=2026-01-01",
        "--",
        "o'neil@x.example",
    ]);
    printed.both(&["move", &to, "--back", "--", "o'neil@x.example"]);
    printed.both(&["move", "--back", "--", "-dash@y.example"]);
    printed.both(&["move", "--email=eve@evil.example", "--", "-dash@y.example"]);
    printed.both(&["merge", "--", "-dash@y.example", "-dash@y.example"]);
    printed.run(&["merge", "--", "o'neil@x.example", "o'n'eil+tag@new.example"]);
    printed.both(&["merge", "--", "o'neil@x.example", "o'n'eil+tag@new.example"]);
    printed.both(&["merge", "--", "-dash@y.example", "o'n'eil+tag@new.example"]);
    printed.both(&[
        "merge",
        "--undo",
        "--",
        "-dash@y.example",
        "eve@evil.example",
    ]);
    printed.run(&["merge", "--", "eve@evil.example", "-dash@y.example"]);
    printed.both(&["register", "--will=logo", "--", SLIP]);
}

fn contact(printed: &mut Printed) {
    let who = ["--", "o'neil@x.example"];
    printed.both(&[&["touch", "--kind=check-in", "--tap=1"], &who[..]].concat());
    printed.both(&[&["touch", "--kind=check-in", "--tap=99"], &who[..]].concat());
    printed.both(&[&["give", "--item=nothing"], &who[..]].concat());
    printed.both(&[&["signal", "add", "--kind=power-user"], &who[..]].concat());
    printed.both(
        &[
            &["signal", "add", "--kind=power-user"],
            &["--", "$(reboot)"][..],
        ]
        .concat(),
    );
}

/// Requests, deals, assets and what comes of asks, all called as oddly.
fn demand(printed: &mut Printed) {
    for (number, name) in NAMES.into_iter().enumerate() {
        let (by, prospect) = (format!("--by={name}"), format!("--prospect={name}"));
        let (crm, owner) = (format!("--crm-id={name}"), format!("--owner={name}"));
        let add = ["deal", "add", "--stage=open", &prospect, &crm, &owner, "--"];
        printed.both(&[&add[..], &[name]].concat());
        printed.both(&["deal", "show", "--", name]);
        printed.both(&["deal", "edit", "--stage=won", "--", name]);
        let (deal, platform) = (format!("--deal={name}"), format!("--platform={name}"));
        let open = [
            "request",
            "open",
            "--ask=reference",
            "--needed-by=2026-06-20",
        ];
        printed.both(&[&open[..], &[&by, &deal]].concat());
        let number = (number + 1).to_string();
        printed.both(&["request", "show", &number]);
        printed.both(&["request", "fill", &number, "--why-not"]);
        printed.both(&["hold", "--request", &number, &by, "--", ADDRESSES[0]]);
        printed.both(&["release", "--request", &number, "--", ADDRESSES[0]]);
        printed.both(&["asset", "add", "--kind=case-study", &platform, "--", name]);
        printed.both(&["asset", "show", &number]);
        printed.both(&["asset", "use", &number, &deal, &by]);
    }
    printed.both(&[
        "request",
        "open",
        "--ask=reference",
        "--deal=no such; reboot",
    ]);
    printed.both(&["deal", "show", "no such; reboot"]);
    printed.both(&["request", "list", "--overdue"]);
    printed.both(&["request", "close", "1", "--unfilled=too-late"]);
    printed.both(&["request", "reopen", "1", "--reason=x"]);
    for outcome in ["accepted", "completed", "declined", "no-show"] {
        printed.both(&["outcome", "1", outcome]);
    }
    printed.both(&["taps"]);
    printed.both(&["tap", "--ask=reference", "--request=2", "--", ADDRESSES[1]]);
    printed.both(&["next", "--all"]);
    printed.both(&["agenda", "--days=900"]);
}

fn reports(printed: &mut Printed) {
    for name in NAMES {
        let out = format!("--out={name}/pack");
        printed.both(&["report", "qbr", "--period=2026-Q2", &out]);
        printed.both(&["report", "fill", &format!("--by={name}")]);
        printed.both(&["policy", "set", "--", name, "1"]);
        printed.both(&["policy", "targets", "set", "--", name, "3"]);
    }
    printed.both(&["report"]);
    printed.both(&["report", "coverage"]);
    printed.both(&["report", "influence", "--rows"]);
    printed.both(&["export", "-out '$(reboot)'"]);
    printed.both(&["import", "all", "no such '$(reboot)'"]);
}
