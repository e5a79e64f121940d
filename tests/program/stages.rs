//! `register`, `invite`, `decline`, `do-not-contact`, `pause`, `resume`, `retire`, `verify`, `edit`.

use crate::common::{Program, has_keys};

#[test]
fn registering_adds_a_person_and_their_account() {
    let mut program = Program::new();
    program
        .tell("register Ada.Low@Brightmere.example --name 'Ada Low' --title CIO --industry 'Hospital & Health Care' --will reference,review --wont speaking --limit 'not in December' --confirmed-by Ines")
        .ok();
    program.tell("show ada").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn from_candidate_to_retired_and_back() {
    let mut program = Program::new();
    program.file(
        "survey.csv",
        "Email,Name,Score,Date,Company\nada@brightmere.example,Ada Low,10,2026-06-01,Brightmere\n",
    );
    program.run("import nps survey.csv").ok();
    program
        .tell("invite ada --reason 'praised the new menu'")
        .ok();
    program.tell("invite ada").code(3);
    program.tell("pause ada").code(3);
    program.tell("register ada --will review").ok();
    program
        .tell("pause ada --until 2026-08-01 --reason 'on leave'")
        .ok();
    program.tell("tap ada --ask review").code(3);
    program.tell("resume ada").ok();
    program.tell("resume ada").code(3);
    program.tell("pause ada --until 2026-06-15").code(2);
    program.tell("retire ada").code(2);
    program.tell("retire ada --reason 'left the company'").ok();
    program.tell("invite ada").code(3);
    program.tell("register ada --will reference").ok();
    program.tell("verify ada").ok();
    program.tell("show ada").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn a_no_is_accepted() {
    let mut program = Program::new();
    crate::nina(&program);
    program.tell("decline nina --reason 'no time'").ok();
    program.tell("invite nina").code(3);
    program
        .tell("do-not-contact nina --reason 'asked us to stop'")
        .ok();
    program.tell("do-not-contact nina").code(3);
    program.tell("register nina --will review").code(3);
    program
        .tell("tap nina --ask review --override 'the CEO wants it'")
        .code(3);
    program.tell("do-not-contact nina --lift").code(2);
    program
        .tell("do-not-contact nina --lift --reason 'wrote to us'")
        .ok();
    program.tell("register nina --will review").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn a_pause_ends_by_itself_on_its_day() {
    let mut program = Program::new();
    crate::nina(&program);
    program.run("pause nina --until 2026-07-01").ok();
    let stage = |program: &Program| program.data("show nina")["stage"].clone();
    program.at("2026-06-30");
    assert_eq!(stage(&program), "paused");
    let refused = program.run("tap nina --ask review --json").code(3).error();
    assert_eq!(
        (&refused["refusal"], &refused["clears_on"]),
        (&"stage".into(), &"2026-07-01".into())
    );
    program.at("2026-07-01");
    assert_eq!(stage(&program), "active");
    program.run("tap nina --ask review").ok();
    program.healthy();
}

#[test]
fn editing_corrects_and_clears() {
    let mut program = Program::new();
    crate::nina(&program);
    program
        .tell("edit nina --title 'Head of Clinics' --region EMEA --health yellow --renewal-on 2027-01-31 --product Portal --competitor Acme")
        .ok();
    program.tell("edit nina --title ''").ok();
    program.tell("edit nina --title ''").ok();
    program.tell("edit nina --health purple").code(2);
    program.tell("edit nina --escalated maybe").code(2);
    program.tell("show nina").ok();
    insta::assert_snapshot!(program.story());
    assert_eq!(program.data("show nina")["title"], serde_json::Value::Null);
}

#[test]
fn json_of_decisions() {
    let program = Program::new();
    let data = program.data("register nina@northwind.example --will review --wont logo");
    has_keys(
        &data,
        &[
            "id",
            "email",
            "name",
            "account",
            "stage",
            "will",
            "wont",
            "person_new",
        ],
    );
    assert_eq!(data["person_new"], true);
    assert_eq!(data["will"], serde_json::json!(["review"]));
    let data = program.data("pause nina --until 2026-07-01");
    assert_eq!(
        (&data["stage"], &data["until"], &data["was"]),
        (&"paused".into(), &"2026-07-01".into(), &"active".into())
    );
    has_keys(
        &program.data("verify nina"),
        &["email", "verified_on", "was"],
    );
    assert!(program.data("edit nina --title Boss")["changed"].is_string());
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let program = Program::new();
    for (line, why) in [
        ("register", "there is no terminal to ask"),
        ("register --no-input", "--no-input forbids questions"),
    ] {
        program
            .run(line)
            .code(2)
            .says(&format!("WHO and --will or --wont are missing, and {why}"))
            .says("advocate register EMAIL --will");
    }
    for line in [
        "register nina@northwind.example",
        "register nina@northwind.example --no-input",
        "register nina@northwind.example --yes",
    ] {
        program
            .run(line)
            .code(2)
            .says("--will or --wont is missing");
    }
    assert_eq!(program.count("people"), 0);
}

#[test]
fn a_decision_can_be_dated_but_not_in_the_future() {
    let program = Program::new();
    crate::nina(&program);
    program
        .run("pause nina --on 2026-06-16")
        .code(2)
        .says("2026-06-16 is in the future; today is 2026-06-15");
    program
        .run("register bea@northwind.example --will review --on 2026-06-01")
        .ok();
    let bea = program.data("show bea");
    assert_eq!(bea["willing"][0]["since"], "2026-06-01");
    program.healthy();
}

#[test]
fn a_decision_is_not_dated_before_the_stage_that_it_would_change() {
    let mut program = Program::new();
    crate::nina(&program);
    program.at("2026-06-20");
    let before = program.rows();
    for line in [
        "decline nina --on 2026-06-14",
        "retire nina --reason 'left' --on 2026-06-14",
        "pause nina --on 2026-06-14",
        "do-not-contact nina --on 2026-06-14",
    ] {
        program
            .run(line)
            .code(2)
            .says("Nina Albrecht is active since 2026-06-15, which is later")
            .says("leave out --on, or name 2026-06-15 or a later day");
    }
    assert_eq!(program.rows(), before);
    // On the day itself the newer word wins, also where the other was said after noon.
    program.at("2026-06-20T20:00:00Z");
    program.run("pause nina").ok();
    program.at("2026-06-21");
    program.run("resume nina --on 2026-06-20").ok();
    assert_eq!(program.data("show nina")["stage"], "active");
    program
        .run("do-not-contact nina --on 2026-06-20 --reason 'asked us to stop'")
        .ok();
    assert_eq!(program.data("show nina")["stage"], "do-not-contact");
    program
        .run("do-not-contact nina --lift --reason 'wrote to us' --on 2026-06-19")
        .code(2)
        .says("Nina Albrecht is do-not-contact since 2026-06-20");
    program.healthy();
}

#[test]
fn a_word_is_not_dated_before_the_one_that_it_would_replace() {
    let mut program = Program::new();
    crate::nina(&program);
    program.at("2026-06-20");
    program
        .run("register nina --wont review --on 2026-06-14")
        .code(2)
        .says("Nina Albrecht said yes to review asks on 2026-06-15, which is later")
        .says("leave out --on, or name 2026-06-15 or a later day");
    // About something else they may have said something earlier.
    program
        .run("register nina --will video --on 2026-06-14")
        .ok();
    program.at("2026-06-20T20:00:00Z");
    program.run("register nina --wont review").ok();
    program.at("2026-06-21");
    program
        .run("register nina --will review --on 2026-06-20")
        .ok();
    program.run("tap nina --ask review").ok();

    program.run("retire nina --reason 'left'").ok();
    program
        .run("register nina --will logo --on 2026-06-20")
        .code(2)
        .says("Nina Albrecht is retired since 2026-06-21, which is later");
    program.healthy();
}

#[test]
fn what_stands_against_a_rest_or_an_end_is_said_of_each_stage() {
    let program = Program::new();
    crate::nina(&program);
    program
        .run("nominate zoe@northwind.example --by Dana --reason 'Ran the pilot'")
        .ok();
    for (who, first, says) in [
        ("zoe", "", "not an advocate: willingness is not confirmed"),
        ("zoe", "invite zoe", "invited, and has not said yes yet"),
        (
            "nina",
            "retire nina --reason left",
            "retired; register them again once they say yes",
        ),
        (
            "nina",
            "decline nina",
            "said no; nothing asks again until they say so themselves",
        ),
        (
            "nina",
            "do-not-contact nina",
            "marked do-not-contact; only the person can take that back",
        ),
        (
            "nina",
            "do-not-contact nina --lift --reason wrote",
            "not an advocate: willingness is not confirmed",
        ),
    ] {
        if !first.is_empty() {
            program.run(first).ok();
        }
        for command in ["resume", "pause", "retire --reason left"] {
            program
                .run(&format!("{command} {who}"))
                .code(3)
                .says(&format!("@northwind.example: {says}\n"));
        }
    }
}

#[test]
fn the_same_yes_on_one_day_counts_once() {
    let mut program = Program::new();
    let line = "register nina@northwind.example --will review,reference --wont logo --limit 'by mail' --confirmed-by Ines";
    let told = program.run(line).ok();
    assert!(!told.out.contains("Nothing new"), "{}", told.story());
    let standing = |program: &Program| {
        let found = program.data("match --ask review --explain")["ready"][0].clone();
        (
            program.data("show nina")["moments"].clone(),
            found["score"].clone(),
        )
    };
    let first = standing(&program);
    assert!(first.1.is_number(), "{first:?}");
    let facts = ["willingness", "verifications", "stage_changes"];
    let count = |program: &Program| facts.map(|table| program.count(table));
    let before = count(&program);
    program.at("2026-06-15T20:00:00Z");
    for again in [
        line,
        "register nina --will reference",
        "register nina --wont logo",
    ] {
        program
            .run(again)
            .ok()
            .shows("Nothing new was recorded about what they will do: they said so on 2026-06-15\nalready.");
        assert_eq!(program.data(again)["news"], false);
    }
    assert_eq!((count(&program), standing(&program)), (before, first));

    // Another word, another limit and another kind are news, and so is the same word on another day.
    for (news, words) in [
        ("register nina --wont review", 4),
        ("register nina --will review --limit 'by phone'", 5),
        ("register nina --will video,review", 6),
    ] {
        let told = program.run(news).ok();
        assert!(!told.out.contains("Nothing new"), "{}", told.story());
        assert_eq!(program.count("willingness"), words, "{news}");
    }
    program.at("2026-06-16");
    program.run("register nina --will review").ok();
    assert_eq!(program.count("willingness"), 7);
    program
        .run("register nina --will review --on 2026-06-16")
        .ok()
        .shows("they said so on 2026-06-16");
    program.healthy();
}

#[test]
fn a_slip_in_an_industry_is_asked_back() {
    let program = Program::new();
    program
        .run("register ann@a.example --will review --industry helthcare")
        .ok()
        .says("the industry `helthcare` is new; did you mean healthcare?");
    program
        .run("edit ann --industry retial")
        .ok()
        .says("did you mean retail?");
    for fine in ["'Health Care'", "'space mining'", "''"] {
        let ran = program.run(&format!("edit ann --industry {fine}")).ok();
        assert!(!ran.err.contains("is new"), "{}", ran.err);
    }
}

#[test]
fn what_an_account_uses_is_forgotten_told_and_taken_back() {
    let program = Program::new();
    crate::nina(&program);
    let products = || program.data("show nina")["products"].clone();
    program
        .run("edit nina --product Orrery --product Waypost --competitor Acme")
        .ok();
    program.run("edit nina --product ''").ok().shows("1 field");
    assert_eq!(products(), serde_json::json!([]));
    program
        .run("history")
        .ok()
        .shows("removed traits of account 1: product Orrery; Waypost");
    program.run("edit nina --product '' --product Orrery").ok();
    assert_eq!(products(), serde_json::json!(["Orrery"]));
    program.run("undo --yes").ok();
    program.run("undo --yes").ok();
    assert_eq!(products(), serde_json::json!(["Orrery", "Waypost"]));
    program.healthy();
}
