//! Every command that reads fits terminals of 60, 80, 100 and 140 columns: on the demonstration program, and on one whose
//! people, accounts and industries have long names and names of wide letters. Nothing but a command to be typed is longer,
//! and no number, date or word of up to 20 letters is broken.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::common::{NOW, Program, words};

const WIDTHS: [usize; 4] = [60, 80, 100, 140];
/// A terminal on which there is room for everything.
const ENDLESS: usize = 5_000;
/// A longer word may be broken, and an address where there is no room for it.
const WORD: usize = 20;

/// What is typed to see each command that reads, with more than one line where the options show another table.
const READING: [&str; 66] = [
    "agenda",
    "agenda --days 400",
    "asset list",
    "asset show 1",
    "asset uses",
    "account list",
    "account show 1",
    "candidates",
    "check",
    "deal list",
    "deal show 1",
    "gives",
    "gives 1",
    "history",
    "history --op 2",
    "list",
    "list --stage candidate",
    "match --ask reference",
    "match --ask reference --explain",
    "match --ask review --why-not",
    "merge --suggest",
    "next --all",
    "next 1",
    "nominations",
    "nominations --all",
    "policy budget",
    "policy menu",
    "policy show",
    "policy targets",
    "policy targets list",
    "profile 1",
    "report",
    "report acceptance --rows",
    "report acceptance --by industry",
    "report activation --rows",
    "report coverage --rows",
    "report coverage --by industry,segment",
    "report experience --rows",
    "report fill --rows",
    "report fill --by industry",
    "report flywheel --rows",
    "report flywheel --by industry",
    "report influence --rows",
    "report load --rows",
    "report nominations --rows",
    "report nps --rows",
    "report nps --by industry",
    "report pool --rows",
    "report pool --by industry",
    "report reciprocity --rows",
    "report reciprocity --by industry",
    "report retention --rows",
    "report reviews --rows",
    "request list",
    "request list --all",
    "request show 1",
    "show 1",
    "signal list",
    "signals",
    "taps",
    "taps 1",
    "tier list",
    "tier show 1",
    "notes",
    "tags",
    "touches",
];

/// Reads, and writes files: what it says is the list of them.
const PACK: &str = "report qbr";

/// The commands that take `--as-of`, as all do that only read.
fn reading_commands(command: &clap::Command, path: &str, found: &mut Vec<String>) {
    for sub in command.get_subcommands() {
        let path = format!("{path} {}", sub.get_name()).trim().to_owned();
        if sub
            .get_arguments()
            .any(|one| one.get_long() == Some("as-of"))
        {
            found.push(path.clone());
        }
        reading_commands(sub, &path, found);
    }
}

#[test]
fn no_command_that_reads_is_forgotten() {
    let mut found = Vec::new();
    let cli = <advocate::cli::Cli as clap::CommandFactory>::command();
    reading_commands(&cli, "", &mut found);
    assert!(found.len() > 35, "{found:?}");
    for command in found.iter().filter(|command| *command != PACK) {
        let typed = |line: &&str| {
            let rest = line.strip_prefix(command.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        assert!(READING.iter().any(typed), "{command}");
    }
}

#[test]
fn the_demonstration_fits_every_terminal() {
    let program = crate::demo("2026-11-21");
    program.run("policy set budget.2026 '5000 USD'").ok();
    fits(&program);
}

#[test]
fn long_and_wide_names_fit_every_terminal() {
    fits(&strangers());
}

fn fits(program: &Program) {
    for line in READING {
        let whole = shown(program, line, ENDLESS);
        for width in WIDTHS {
            let shown = shown(program, line, width);
            assert!(!shown.is_empty(), "{line}");
            for one in shown.lines().filter(|one| !is_command(one)) {
                let place = format!("{line} at {width}: {one:?}\n{shown}");
                assert!(one.width() <= width, "too wide: {place}");
            }
            let broken = broken(&shown, &whole);
            assert!(broken.is_empty(), "{broken:?}: {line} at {width}\n{shown}");
        }
    }
}

/// What a command says on a terminal of this width.
fn shown(program: &Program, line: &str, width: usize) -> String {
    let mut command = program.command(&words(line));
    let output = command.env("COLUMNS", width.to_string()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{line}: {said}");
    assert!(width < ENDLESS || !said.contains("no room"), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Whether a line is a command to be typed: it has to stay on one line, however long that is.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("advocate ")
}

fn tokens(text: &str) -> BTreeSet<&str> {
    let punctuation = |c: char| "(),.:;".contains(c);
    let tokens = text.split_whitespace();
    tokens
        .map(|token| token.trim_matches(punctuation))
        .collect()
}

/// What is shown of a number, a date or a word and is none of those that there are.
fn broken<'t>(shown: &'t str, whole: &str) -> Vec<&'t str> {
    let there = tokens(whole);
    let is_number = |token: &str| {
        token
            .chars()
            .all(|c| c.is_ascii_digit() || "-.,/+%".contains(c))
    };
    let of_a_long_one = |token: &str| {
        let mut long = there.iter().filter(|one| one.width() > WORD);
        long.any(|one| one.contains(token))
    };
    let lines = shown.lines().filter(|line| !is_command(line));
    let is_broken = |token: &&str| {
        if token.starts_with('─') || there.contains(token) {
            return false;
        }
        // A name that is cut says so; a number is left out before it is cut.
        match token.strip_suffix('…') {
            Some(rest) => !rest.is_empty() && is_number(rest) && !there.contains(rest),
            None => is_number(token) || !of_a_long_one(token),
        }
    };
    lines.flat_map(tokens).filter(is_broken).collect()
}

#[test]
fn what_is_broken_is_found() {
    let whole =
        "Due on 2026-06-15: 1,234 testimonials, wolfeschlegelsteinhausen; Northwind Clinics";
    for (shown, found) in [
        (whole, &[][..]),
        ("2026-06-15 1,234\ntestimonials\nNorthwind Clin…", &[]),
        ("wolfeschlegel\nsteinhausen", &[]),
        ("2026-06-", &["2026-06-"]),
        ("2026-0… x", &["2026-0…", "x"]),
        ("testimo\nnials", &["testimo", "nials"]),
        ("1,2", &["1,2"]),
        ("  advocate tap 77 --ask x", &[]),
    ] {
        assert_eq!(broken(shown, whole), found, "{shown}");
    }
}

/// Names of people, accounts, industries and colleagues: long, wide, from right to left, and with accents of their own.
const NAMES: [&str; 6] = [
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissen",
    "欧阳娜娜司马相如诸葛孔明慕容复上官婉儿令狐冲",
    "株式会社山田電機製作所 東京営業本部",
    "محمد عبد الرحمن بن إبراهيم الخوارزمي القرطبي",
    "Ana Maria de la Concepcio\u{301}n Ferna\u{301}ndez y Ortiz de Za\u{301}rate",
    "👩‍👩‍👧 Family & Friends of Northwind Consolidated Holdings",
];

/// A program in which everything is called something that needs room.
fn strangers() -> Program {
    let mut program = Program::new();
    program.at("2026-01-10");
    let run = |program: &Program, line: String| drop(program.run(&line).ok());
    for (place, name) in NAMES.into_iter().enumerate() {
        let number = place + 1;
        let next = NAMES[(place + 1) % NAMES.len()];
        let who = format!(
            "a.person.with.a.long.address.{number}@company-{number}-with-a-long-domain.example"
        );
        for line in [
            format!(
                "register {who} --name '{name}' --title '{next}' --account '{next}' --industry '{name}' --owner '{next}' --segment '{name}' --region '{next}' --will reference,review,testimonial,logo,video,case-study,referral --limit '{name} {next}' --confirmed-by '{name}'"
            ),
            format!(
                "deal add '{next} {name}' --prospect '{name}' --crm-id '{name}' --amount 123456789.50 --currency EUR --stage '{next}' --opened 2026-01-02 --owner '{name}' --industry '{next}'"
            ),
            format!(
                "request open --ask reference --by '{next}' --deal '{name}' --industry '{name}' --needed-by 2026-02-0{number} --prospect '{next}' --note '{name}'"
            ),
            format!("tap {who} --ask review --by '{name}' --note '{next} {name}'"),
            format!("outcome {number} completed --rating 4 --note '{name}'"),
            format!(
                "touch {who} --kind thank-you --tap {number} --by '{next}' --note '{name} {next}'"
            ),
            format!(
                "give {who} --item swag --cost '25 USD' --tap {number} --by '{next}' --note '{name}'"
            ),
            format!("signal add {who} --kind power-user --reading '{next}' --note '{name} {next}'"),
            format!(
                "nominate n{number}@nominated.example --name '{name}' --by '{next}' --reason '{name} {next}' --account '{name}'"
            ),
            format!(
                "asset add '{name} {next}' --kind case-study --platform '{next}' --url https://a-company-with-a-long-domain.example/{number}/and/a/long/path --status published --industry '{name}' --person {who} --permission '{next}'"
            ),
            format!("asset use {number} --deal '{name}' --by '{next}'"),
            format!("policy targets set '{name}' reference 3"),
        ] {
            run(&program, line);
        }
    }
    program.at(NOW);
    program.file("survey.csv", survey());
    run(&program, "import nps survey.csv".to_owned());
    for line in [
        "pause address.2 --until 2026-09-01",
        "hold address.3 --request 3",
        "tap address.4 --request 4 --override offered",
    ] {
        run(&program, line.to_owned());
    }
    program
}

/// Answers of those people, and of others who are candidates.
fn survey() -> String {
    let mut survey = "Email,Name,Score,Comment,Date,Company,Industry\n".to_owned();
    for (place, name) in NAMES.into_iter().enumerate() {
        let number = place + 1;
        let row = format!(
            "{name},{},{name} {name},2026-06-0{number},{name},{name}\n",
            10 - place % 2
        );
        survey.push_str(&format!(
            "a.person.with.a.long.address.{number}@company-{number}-with-a-long-domain.example,{row}"
        ));
        survey.push_str(&format!("another.{number}@{number}.example,{row}"));
    }
    survey
}
