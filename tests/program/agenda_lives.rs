//! Nothing falls through: the life of each thing that can wait is the table in `docs/agenda.md`, and in every state that
//! is not an end one line of the agenda names it, whose command settles it or moves it on.

use std::collections::{BTreeMap, BTreeSet};

use advocate::domain::agenda::{ItemKind, LIVES};
use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use crate::agenda::{advocate, nominate};
use crate::common::{Program, column, root, trials};

/// Between these two lines stands the table of the lives.
const TABLE: [&str; 2] = ["<!-- lives -->", "<!-- end of lives -->"];

#[test]
fn the_page_shows_the_life_of_everything_that_can_wait() {
    let page = std::fs::read_to_string(root().join("docs/agenda.md")).unwrap();
    let (_, rest) = page.split_once(TABLE[0]).unwrap();
    let (table, _) = rest.split_once(TABLE[1]).unwrap();
    let shown: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    let rows: Vec<String> = LIVES.iter().map(|one| one.row()).collect();
    assert_eq!(shown[1..], rows, "write:\n{}", rows.join("\n"));
}

/// A column of an answer, in words.
fn words_of(rows: &Value, key: &str) -> Vec<String> {
    let words = column(rows, key).into_iter();
    words
        .map(|one| one.as_str().unwrap_or("null").to_owned())
        .collect()
}

/// The lines of the agenda of this kind, due or to come, each as its due day and its command.
fn lines(program: &Program, kind: &str) -> Vec<(String, String)> {
    let rows = program.data(&format!("agenda --days 3650 --kind {kind}"));
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| (text(row, "due_on"), text(row, "command")))
        .collect()
}

#[track_caller]
fn one_line(program: &Program, kind: &str, due_on: &str, command: &str) {
    let expected = vec![(due_on.to_owned(), format!("advocate {command}"))];
    assert_eq!(lines(program, kind), expected);
}

#[track_caller]
fn no_line(program: &Program, kind: &str) {
    assert_eq!(lines(program, kind), []);
}

#[test]
fn a_yes_is_waited_for_until_it_is_done() {
    let mut program = Program::on("2026-01-05");
    advocate(&program, "Ada", "2026-01-05");
    program.run("tap ada --ask reference").ok();
    program.run("outcome 1 accepted").ok();
    one_line(
        &program,
        "accepted-tap",
        "2026-01-19",
        "outcome 1 completed",
    );
    // It may be agreed for a day, and for another.
    program
        .run("outcome 1 accepted --scheduled 2026-02-10")
        .ok();
    one_line(
        &program,
        "accepted-tap",
        "2026-02-10",
        "outcome 1 completed",
    );
    program.run("outcome 1 accepted").code(3);
    program
        .run("outcome 1 completed --scheduled 2026-02-10")
        .code(2);
    program.at("2026-01-06");
    program
        .run("outcome 1 accepted --scheduled 2026-01-08")
        .ok();
    one_line(
        &program,
        "accepted-tap",
        "2026-01-08",
        "outcome 1 completed",
    );
    let before = program.data("agenda --days 60 --kind accepted-tap --as-of 2026-01-05");
    assert_eq!(words_of(&before, "due_on"), ["2026-02-10"]);
    // Whoever left will not come.
    program.run("retire ada --reason left").ok();
    one_line(&program, "accepted-tap", "2026-01-08", "outcome 1 no-show");
    program.run("outcome 1 no-show").ok();
    no_line(&program, "accepted-tap");
    program.healthy();
}

#[test]
fn whoever_was_accepted_is_to_be_invited() {
    let mut program = Program::on("2026-01-05");
    nominate(&program, "nora@nora.example", "Dana", "2026-01-05");
    nominate(&program, "nora@nora.example", "Jo", "2026-01-05");
    program.run("nominations accept 1").ok();
    program.at("2026-01-06");
    program.run("nominations accept 2").ok();
    one_line(&program, "invite", "2026-01-12", "invite nora@nora.example");
    program
        .run("nominations decline 1 --reason 'no budget'")
        .ok();
    one_line(&program, "invite", "2026-01-13", "invite nora@nora.example");
    program.run("invite nora").ok();
    no_line(&program, "invite");
}

#[test]
fn a_request_without_a_day_falls_due_and_one_of_a_dead_deal_speaks_up() {
    let mut program = Program::on("2026-01-05");
    let fill = |program: &Program| program.data("report fill --period 2026");
    program
        .run("deal add D1 --prospect P1 --stage Prospecting --opened 2026-01-01")
        .ok();
    program
        .run("request open --ask reference --by Dana --deal 1")
        .ok();
    program.run("request open --ask logo --by Dana").ok();
    let due = lines(&program, "request");
    assert_eq!(
        words_of(&program.data("request list"), "due_on"),
        ["2026-02-04", "2026-02-04"]
    );
    assert!(
        due.iter()
            .all(|(on, command)| on == "2026-02-04" && command.ends_with("--tap"))
    );
    program.at("2026-02-04");
    assert_eq!(
        (
            fill(&program)["open"].clone(),
            fill(&program)["overdue"].clone()
        ),
        (2.into(), 0.into())
    );
    program
        .run("deal edit 1 --stage 'Closed Lost' --closed 2026-02-01")
        .ok();
    program.at("2026-02-05");
    assert_eq!(
        (
            fill(&program)["open"].clone(),
            fill(&program)["overdue"].clone()
        ),
        (0.into(), 2.into())
    );
    assert_eq!(
        lines(&program, "request"),
        [
            (
                "2026-02-01".to_owned(),
                "advocate request close 1 --withdrawn 'the deal is lost'".to_owned()
            ),
            (
                "2026-02-04".to_owned(),
                "advocate request close 2 --unfilled nobody-fits".to_owned()
            ),
        ]
    );
    program
        .run("request close 1 --withdrawn 'the deal is lost'")
        .ok();
    program.run("policy set request.days 90").ok();
    let left = lines(&program, "request");
    assert_eq!(
        left,
        [(
            "2026-04-05".to_owned(),
            "advocate request fill 2 --tap".to_owned()
        )]
    );
}

#[test]
fn a_lost_supplier_opens_the_request_again_and_somebody_else_is_offered() {
    let mut program = Program::on("2026-01-05");
    for name in ["Ada", "Bo"] {
        advocate(&program, name, "2026-01-05");
    }
    program
        .run("request open --ask reference --by Dana --needed-by 2026-02-20")
        .ok();
    program.run("tap ada --request 1").ok();
    program.run("outcome 1 accepted").ok();
    let filled_at = program.data("request show 1")["filled_at"].clone();
    program.at("2026-01-08");
    let lost = program.data("outcome 1 no-show");
    assert_eq!(lost["request_reopened"], "request 1");
    let shown = program.data("request show 1");
    assert_eq!(
        (shown["status"].as_str(), &shown["filled_at"]),
        (Some("open"), &filled_at)
    );
    assert_eq!(
        program.data("request show 1 --as-of 2026-01-07")["status"],
        "filled"
    );
    one_line(&program, "request", "2026-01-08", "request fill 1 --tap");
    program.at("2026-01-09");
    one_line(
        &program,
        "request",
        "2026-01-08",
        "tap bo@bo.example --request 1",
    );
    program.run("tap bo@bo.example --request 1").ok();
    // While Bo is asked, the request waits for the answer: as nobody else is free, until it is needed.
    one_line(&program, "request", "2026-01-14", "request fill 1 --tap");
    program.at("2026-01-14");
    one_line(
        &program,
        "request",
        "2026-02-20",
        "request close 1 --unfilled all-resting",
    );
    program.run("outcome 2 accepted").ok();
    no_line(&program, "request");
    let shown = program.data("request show 1");
    assert_eq!(
        (shown["status"].as_str(), &shown["filled_at"]),
        (Some("filled"), &filled_at)
    );
    program.healthy();
}

#[test]
fn a_yes_after_it_was_given_up_fills_it_late() {
    let mut program = Program::on("2026-05-03");
    advocate(&program, "Cara", "2026-05-03");
    program
        .run("request open --ask reference --needed-by 2026-05-08")
        .ok();
    program.run("tap cara --request 1").ok();
    program.at("2026-05-09");
    program.run("request close 1 --unfilled too-late").ok();
    assert_eq!(
        program.data("outcome 1 accepted --on 2026-05-09")["request_filled"],
        "request 1"
    );
    assert_eq!(program.data("request show 1")["status"], "filled");
    let fill = program.data("report fill --period 2026-Q2");
    assert_eq!(
        (fill["filled"].clone(), fill["unfilled"].clone()),
        (1.into(), 0.into())
    );
    assert_eq!(fill["on_time"]["numerator"], 0);
    // What is no longer needed is not filled by a yes.
    let mut program = Program::on("2026-05-03");
    advocate(&program, "Cara", "2026-05-03");
    program.run("request open --ask reference").ok();
    program.run("tap cara --request 1").ok();
    program
        .run("request close 1 --withdrawn 'the deal died'")
        .ok();
    program.at("2026-05-09");
    program.run("outcome 1 accepted").ok();
    assert_eq!(program.data("request show 1")["status"], "withdrawn");
}

#[test]
fn a_pause_without_an_end_comes_up() {
    let mut program = Program::on("2026-01-05");
    advocate(&program, "Hal", "2026-01-05");
    program.at("2026-02-01");
    program.run("pause hal").ok();
    one_line(
        &program,
        "open-pause",
        "2026-05-02",
        "touch hal@hal.example --kind check-in",
    );
    program.at("2026-05-02");
    program.run("touch hal --kind check-in").ok();
    one_line(
        &program,
        "open-pause",
        "2026-07-31",
        "touch hal@hal.example --kind check-in",
    );
    program.run("pause hal --until 2026-06-01").ok();
    no_line(&program, "open-pause");
}

#[test]
fn an_asset_is_used_only_with_a_permission_that_holds() {
    let mut program = Program::on("2026-01-05");
    program
        .run("register cara@cara.example --will case-study")
        .ok();
    program
        .run("deal add D1 --prospect P --stage Prospecting --opened 2026-01-01")
        .ok();
    program
        .run("asset add Story --kind case-study --person cara --status approved")
        .ok();
    let refusal = |program: &Program, line: &str| program.fails(line, 3)["refusal"].clone();
    assert_eq!(refusal(&program, "asset use 1 --deal 1"), "permission");
    one_line(
        &program,
        "permission",
        "2026-01-05",
        "asset edit 1 --permission-until 2027-01-05",
    );
    program
        .run("asset edit 1 --permission-until 2026-03-01")
        .ok();
    program.run("asset use 1 --deal 1").ok();
    program.at("2026-03-02");
    assert_eq!(refusal(&program, "asset use 1 --deal 1"), "permission");
    let used = program.data("asset use 1 --deal 1 --override 'yes by phone'");
    assert_eq!(used["override_reason"], "yes by phone");
    program
        .run("asset edit 1 --permission-until 2027-03-01")
        .ok();
    program.run("do-not-contact cara --reason 'asked us'").ok();
    assert_eq!(refusal(&program, "asset use 1 --deal 1"), "do-not-contact");
    program
        .run("asset use 1 --deal 1 --override 'agreed to this one'")
        .ok();
    let uses = words_of(&program.data("asset show 1")["uses"], "override_reason");
    assert_eq!(uses, ["null", "yes by phone", "agreed to this one"]);
    program.healthy();
}

#[test]
fn what_an_ask_leaves_is_made_and_what_came_of_it_is_told() {
    let mut program = Program::on("2026-01-05");
    program
        .run("register vera@vera.example --name 'Vera Low' --will video,review")
        .ok();
    program.run("tap vera --ask video").ok();
    program.run("outcome 1 completed --rating 2").ok();
    one_line(
        &program,
        "low-rating",
        "2026-01-05",
        "touch vera@vera.example --kind check-in --tap 1",
    );
    program.run("touch vera --kind thank-you --tap 1").ok();
    assert_eq!(lines(&program, "low-rating").len(), 1, "thanks are no talk");
    program.run("touch vera --kind check-in").ok();
    no_line(&program, "low-rating");
    one_line(&program, "asset-missing", "2026-01-19", "asset add --tap 1");
    let added = program.data("asset add --tap 1");
    assert_eq!(
        (added["title"].as_str(), added["kind"].as_str()),
        (Some("video of Vera Low"), Some("video"))
    );
    assert_eq!(
        (added["email"].as_str(), added["tap_id"].as_i64()),
        (Some("vera@vera.example"), Some(1))
    );
    no_line(&program, "asset-missing");
    no_line(&program, "results");
    program.at("2026-02-01");
    program
        .run("asset edit 1 --status published --permission logo")
        .ok();
    let told = "touch vera@vera.example --kind results-shared --tap 1";
    one_line(&program, "publication", "2026-03-03", told);
    program.run(told).ok();
    no_line(&program, "publication");
    program.run("asset add --tap 2").code(2);
    program
        .run("asset add Quote --kind testimonial --person vera --tap 1")
        .ok();
    program.run("register omar@omar.example --will video").ok();
    program
        .run("asset add Quote --kind testimonial --person omar --tap 1")
        .code(2);
    program.healthy();
}

#[test]
fn a_line_is_done_put_off_or_dismissed_by_its_name() {
    let mut program = Program::on("2026-01-05");
    for name in ["Ada", "Bo"] {
        advocate(&program, name, "2026-01-05");
    }
    program.run("tap ada --ask review").ok();
    program.run("outcome 1 completed").ok();
    let names = |program: &Program, options: &str| {
        words_of(&program.data(&format!("agenda {options}")), "item")
    };
    program.at("2026-01-08");
    assert_eq!(names(&program, ""), ["thank-you:1"]);
    program.run("agenda -v").ok().shows("thank-you:1");
    program
        .run("agenda --format csv")
        .ok()
        .shows(",thank-you:1,");
    program
        .run("agenda snooze thank-you:1 --until 2026-01-08")
        .code(2);
    program.run("agenda snooze thank-you:1").code(2);
    program
        .run("agenda snooze thank-you:1 --until 2026-01-10")
        .ok();
    assert_eq!(names(&program, ""), [""; 0]);
    assert_eq!(names(&program, "--days 2"), ["thank-you:1"]);
    program.at("2026-01-10");
    assert_eq!(names(&program, ""), ["thank-you:1"]);
    program.run("agenda dismiss thank-you:1").code(2);
    program
        .run("agenda dismiss thank-you:2 --reason no")
        .code(2);
    program.run("agenda dismiss thanks:1 --reason no").code(2);
    let said = program.data("agenda dismiss thank-you:1 --reason 'she would not like it'");
    assert_eq!(
        (said["item"].as_str(), said["answer"].as_str()),
        (Some("thank-you:1"), Some("dismissed"))
    );
    program.at("2026-06-01");
    assert!(!names(&program, "").contains(&"thank-you:1".to_owned()));
    // Each day answers as it did then.
    assert_eq!(names(&program, "--as-of 2026-01-08"), [""; 0]);
    assert_eq!(
        names(&program, "--as-of 2026-01-07 --days 1"),
        ["thank-you:1"]
    );
    // A check-in that is done is due again only after there was contact, or a decision.
    assert!(names(&program, "").contains(&"check-in:2".to_owned()));
    program
        .run("agenda done check-in:2")
        .ok()
        .shows("advocate touch bo@bo.example --kind check-in");
    assert!(!names(&program, "--days 300").contains(&"check-in:2".to_owned()));
    program.run("touch bo --kind other").ok();
    assert!(names(&program, "--days 300").contains(&"check-in:2".to_owned()));
    program.healthy();
}

/// Numbers that look random and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WHO: [&str; 5] = ["ada", "bo", "cy", "di", "eve"];

/// Something that may happen; what makes no sense there is refused, and changes nothing.
fn deed(dice: &mut Dice, today: NaiveDate) -> String {
    let who = dice.one(&WHO);
    let number = 1 + dice.below(8);
    let later = today + TimeDelta::days(1 + dice.below(60) as i64);
    let address = format!("{who}@{who}.example");
    match dice.below(24) {
        0 | 1 => format!("register {address} --will reference,review,video,testimonial"),
        2 => format!("nominate {address} --by Dana --reason praised"),
        3 => format!(
            "nominations {} {number} --reason because",
            dice.one(&["accept", "decline"])
        ),
        4 => format!("invite {who}"),
        5 => format!("pause {who}"),
        6 => format!("pause {who} --until {later}"),
        7 => format!("resume {who}"),
        8 | 9 => format!(
            "tap {who} --ask {} --override so",
            dice.one(&["review", "video", "testimonial"])
        ),
        10 => format!(
            "request open --ask reference --by Dana --wanted {}",
            1 + dice.below(2)
        ),
        11 => format!("request open --ask review --by Dana --needed-by {later}"),
        12 => format!(
            "request open --ask review --by Dana --deal {}",
            1 + dice.below(2)
        ),
        13 => format!("tap {who} --request {number} --override so"),
        14 => format!("hold {who} --request {number}"),
        15..=17 => {
            let outcomes = [
                "accepted",
                "completed",
                "completed --rating 1",
                "declined",
                "no-show",
                "withdrawn",
            ];
            format!("outcome {number} {}", dice.one(&outcomes))
        }
        18 => format!("outcome {number} accepted --scheduled {later}"),
        19 => format!(
            "asset add Story --kind case-study --person {who} --status {}",
            dice.one(&["asked", "approved"])
        ),
        20 => format!(
            "asset edit {number} --status {}",
            dice.one(&["approved", "published", "expired"])
        ),
        21 => format!(
            "deal edit {} --stage '{}'",
            1 + dice.below(2),
            dice.one(&["Closed Lost", "Prospecting"])
        ),
        22 => format!(
            "touch {who} --kind {}",
            dice.one(&["check-in", "results-shared", "thank-you"])
        ),
        _ => match dice.below(5) {
            0 => format!("retire {who} --reason left"),
            1 => format!("do-not-contact {who} --reason asked"),
            2 => format!("move {who} --account 'Elsewhere {number}'"),
            _ => format!("verify {who}"),
        },
    }
}

/// Every line that is due or ever will be, by its name.
fn all_lines(program: &Program) -> BTreeMap<String, (String, String)> {
    let rows = program.data("agenda --days 3650");
    let mut lines = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let before = lines.insert(text("item"), (text("due_on"), text("command")));
        assert!(before.is_none(), "{} stands there twice", text("item"));
    }
    lines
}

/// What waits, as the lists of the program tell it.
fn waiting(program: &Program) -> BTreeSet<String> {
    let mut waiting = BTreeSet::new();
    let mut add = |list: &str, id: &str, kind: &dyn Fn(&Value) -> Vec<&'static str>| {
        let rows = program.data(list);
        for row in rows.as_array().unwrap() {
            waiting.extend(
                kind(row)
                    .into_iter()
                    .map(|kind| format!("{kind}:{}", row[id])),
            );
        }
    };
    add(
        "taps --limit 1000",
        "tap_id",
        &|row| match row["outcome"].as_str().unwrap() {
            "pending" => vec!["pending-tap"],
            "accepted" => vec!["accepted-tap"],
            _ => Vec::new(),
        },
    );
    add("request list", "request_id", &|_| vec!["request"]);
    add("nominations", "nomination_id", &|_| vec!["nomination"]);
    for who in WHO {
        let shown = program.run(&format!("show {who} --json"));
        if shown.code != Some(0) {
            continue;
        }
        let shown = shown.data();
        let kinds = match (shown["stage"].as_str(), shown["until"].is_null()) {
            (Some("active"), _) => vec!["check-in", "verify"],
            (Some("invited"), _) => vec!["invitation"],
            (Some("paused"), true) => vec!["open-pause"],
            (Some("paused"), false) => vec!["pause-ends"],
            _ => Vec::new(),
        };
        waiting.extend(
            kinds
                .into_iter()
                .map(|kind| format!("{kind}:{}", shown["id"])),
        );
    }
    waiting
}

/// Runs the command of a line as it is printed, and sees that it is gone or moved on.
fn work_off(program: &Program, name: &str, (due_on, command): &(String, String)) {
    let line = command.strip_prefix("advocate ").unwrap();
    let kind: ItemKind = name.split(':').next().unwrap().parse().unwrap();
    let mut lives = LIVES.iter().filter(|one| one.kind == kind);
    let is_one_of_its =
        lives.any(|one| one.command.split(", ").any(|begin| line.starts_with(begin)));
    assert!(is_one_of_its, "{name}: {command}");
    program.run(line).ok();
    if let Some((due_then, then)) = all_lines(program).get(name) {
        assert!(
            due_then > due_on || then != command,
            "{name} is still due on {due_then}: {command}"
        );
    }
}

/// A random program, of which the agenda is worked off now and then, and at the end until nothing is due.
fn nothing_falls_through(seed: u64) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut today: NaiveDate = "2026-01-05".parse().unwrap();
    let mut program = Program::on("2026-01-05");
    for deal in ["D1", "D2"] {
        program
            .run(&format!(
                "deal add {deal} --prospect P{deal} --stage Prospecting --opened 2026-01-01"
            ))
            .ok();
    }
    for step in 0..60 {
        for _ in 0..dice.below(3) {
            let deed = deed(&mut dice, today);
            let code = program.run(&deed).code;
            assert!(code.is_some_and(|code| code <= 3), "{deed}");
        }
        let lines = all_lines(&program);
        // The lists take longer to read than the agenda.
        let waiting = match step % 4 {
            0 => waiting(&program),
            _ => BTreeSet::new(),
        };
        for one in waiting {
            assert!(
                lines.contains_key(&one),
                "seed {seed}, {today}: {one} has fallen through"
            );
        }
        let due = lines
            .iter()
            .filter(|(_, (due_on, _))| *due_on <= today.to_string());
        let due: Vec<_> = due.collect();
        if !due.is_empty() {
            let (name, line) = due[dice.below(due.len())];
            work_off(&program, name, line);
        }
        today += TimeDelta::days(dice.below(8) as i64);
        program.at(&today.to_string());
    }
    for _ in 0..300 {
        let due = program.data("agenda");
        let Some(first) = due.as_array().unwrap().first() else {
            program.healthy();
            return;
        };
        let text = |key: &str| first[key].as_str().unwrap().to_owned();
        work_off(&program, &text("item"), &(text("due_on"), text("command")));
    }
    panic!("seed {seed}: the agenda of a day does not come to an end");
}

#[test]
fn in_every_state_a_line_names_what_waits_and_its_command_moves_it_on() {
    for seed in 1..=trials(3) as u64 {
        nothing_falls_through(seed);
    }
}
