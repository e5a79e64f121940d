//! `hold` and `release`: an advocate kept for a request, and what that keeps others from.

use serde_json::json;

use crate::common::{Program, column};
use crate::requests::{events, program};

#[test]
fn a_hold_counts_against_the_caps_and_lapses_by_itself() {
    let mut program = program();
    let first = program.request("--ask reference --industry healthcare");
    let other = program.request("--ask reference --industry healthcare");
    let held = program.data(&format!("hold ada@a.example --request {first}"));
    assert_eq!(held["lapses_on"], "2026-04-06");
    program
        .run(&format!("hold ada@a.example --request {first}"))
        .code(2);

    // Nobody else gets them while it lasts, not even for a small thing.
    for line in [
        format!("tap ada@a.example --request {other}"),
        format!("hold ada@a.example --request {other}"),
        "tap ada@a.example --ask review".to_owned(),
    ] {
        let refused = program.fails(&line, 3);
        assert_eq!(refused["refusal"], "cap", "{line}");
        assert_eq!(refused["clears_on"], "2026-04-06", "{line}");
        assert_eq!(
            refused["message"],
            "ada@a.example may not be asked: held for request 1 until 2026-04-06"
        );
        assert_eq!(
            refused["hint"],
            "if this comes first: advocate release ada@a.example --request 1"
        );
    }
    let why = program.data(&format!("match --request {other} --why-not"));
    assert_eq!(column(&why["blocked"], "email"), ["ada@a.example"]);

    program.at("2026-04-05T23:59:59Z");
    assert_eq!(
        program.fails(&format!("tap ada@a.example --request {other}"), 3)["refusal"],
        "cap"
    );
    program.at("2026-04-06T00:00:00Z");
    let list = program.data("request list");
    assert_eq!(column(&list, "held"), [0, 0]);
    let story = program.data(&format!("request show {first}"));
    assert_eq!(events(&story), ["opened", "held", "lapsed"]);
    program
        .run(&format!("release ada@a.example --request {first}"))
        .code(2);
    let asked = program.data(&format!("tap ada@a.example --request {other}"));
    assert_eq!(asked["free_from"]["low"], "2026-05-06");
    // Looking back, the hold still stands on its days.
    let then = program.data("request list --as-of 2026-04-05");
    assert_eq!(column(&then, "held"), [1, 0]);
}

#[test]
fn a_hold_counts_for_the_whole_account() {
    let program = Program::on("2026-04-01");
    for name in ["ada", "bob", "cyd", "dee"] {
        program.advocate(
            &format!("{name}@a.example"),
            "Aster",
            "healthcare",
            "reference",
        );
    }
    let id = program.request("--ask reference --wanted 4");
    for name in ["ada", "bob", "cyd"] {
        program
            .run(&format!("hold {name}@a.example --request {id}"))
            .ok();
    }
    let refused = program.fails(&format!("hold dee@a.example --request {id}"), 3);
    assert_eq!(refused["refusal"], "account-cap");
    assert_eq!(
        refused["message"],
        "dee@a.example may not be asked: somebody at the account is held for request 1 until 2026-04-06: \
         at most 3 asks in 3 months"
    );
    assert_eq!(refused["hint"], "who is held: advocate request show 1");
    program
        .run(&format!("release bob@a.example --request {id}"))
        .ok();
    assert_eq!(
        program.data(&format!("hold dee@a.example --request {id}"))["email"],
        "dee@a.example"
    );
}

#[test]
fn released_used_or_closed_a_hold_ends() {
    let program = program();
    let first = program.request("--ask reference --industry healthcare");
    let other = program.request("--ask reference --industry healthcare");
    program
        .run(&format!("hold ada@a.example --request {first} --days 20"))
        .ok();
    program
        .run(&format!("release ada@a.example --request {first}"))
        .ok();
    program
        .run(&format!("hold ada@a.example --request {other}"))
        .ok();
    let tapped = program.data(&format!("tap ada@a.example --request {other}"));
    assert_eq!(tapped["email"], "ada@a.example");
    program
        .run(&format!("release ada@a.example --request {other}"))
        .code(2);

    program
        .run(&format!("hold bob@b.example --request {first}"))
        .ok();
    assert_eq!(
        program.fails("tap bob@b.example --ask review", 3)["refusal"],
        "cap"
    );
    program
        .run(&format!("request close {first} --withdrawn 'deal died'"))
        .ok();
    assert_eq!(
        program.data("tap bob@b.example --ask review")["ask"],
        "review"
    );
    program
        .run(&format!("hold cyd@c.example --request {first}"))
        .code(2);
}

#[test]
fn a_hold_that_is_refused_keeps_the_hold_it_would_use() {
    let program = program();
    let id = program.request("--ask reference --industry healthcare");
    program
        .run(&format!("hold ada@a.example --request {id}"))
        .ok();
    // A tap of another kind than the request needs is refused, and the hold stays.
    let wrong = program.fails(&format!("tap ada@a.example --request {id} --ask review"), 2);
    assert!(
        wrong["message"].as_str().unwrap().contains("reference"),
        "{wrong}"
    );
    program.run("pause ada@a.example").ok();
    assert_eq!(
        program.fails(&format!("tap ada@a.example --request {id}"), 3)["refusal"],
        "stage"
    );
    assert_eq!(column(&program.data("request list"), "held"), [1]);
    assert_eq!(column(&program.data("request list"), "asked"), [0]);
}

#[test]
fn whoever_is_held_but_may_not_be_asked_is_not_proposed() {
    let program = program();
    let id = program.request("--ask reference --industry healthcare --prospect Tidewater");
    let fill = format!("request fill {id}");
    // The hold gives its room in both caps to its own ask.
    program.run("policy set cap.account.max 1").ok();
    program
        .run(&format!("hold cyd@c.example --request {id}"))
        .ok();
    let proposed = || program.data(&fill)["email"].clone();
    assert_eq!(proposed(), "cyd@c.example");
    for (bar, clear) in [
        ("pause cyd@c.example", "resume cyd@c.example"),
        (
            "edit cyd@c.example --health red",
            "edit cyd@c.example --health green",
        ),
        (
            "register cyd@c.example --wont reference",
            "register cyd@c.example --will reference",
        ),
    ] {
        program.run(bar).ok();
        assert_eq!(proposed(), "ada@a.example", "{bar}");
        program.run(clear).ok();
        assert_eq!(proposed(), "cyd@c.example", "{clear}");
    }
    program
        .run("edit cyd@c.example --competitor Tidewater")
        .ok();
    let asked = program.data(&format!("{fill} --tap"));
    assert_eq!(asked["email"], "ada@a.example");
}

#[test]
fn whoever_is_left_alone_is_held_for_nothing_any_more() {
    for decision in [
        "do-not-contact ada@a.example --reason 'asked us to stop'",
        "decline ada@a.example",
        "retire ada@a.example --reason 'left the company'",
        "decline ada@a.example --on 2026-04-01",
    ] {
        let mut program = program();
        let id = program.request("--ask reference --industry healthcare");
        program
            .run(&format!("hold ada@a.example --request {id}"))
            .ok();
        program.at("2026-04-03").run(decision).ok();
        let story = program.data(&format!("request show {id}"));
        assert_eq!(events(&story), ["opened", "held", "released"], "{decision}");
        assert_ne!(
            program.data(&format!("request fill {id}"))["email"],
            "ada@a.example"
        );
        // Looking back, the hold still stands on its days.
        let then = program.data("request list --as-of 2026-04-02");
        assert_eq!(column(&then, "held"), [1]);
        program.run("check").ok();
    }
}

#[test]
fn whoever_becomes_one_with_somebody_to_be_left_alone_is_held_no_more() {
    let program = program();
    program
        .run("do-not-contact rex@r.example --reason 'asked us to stop'")
        .ok();
    let id = program.request("--ask reference --industry healthcare");
    program
        .run(&format!("hold ada@a.example --request {id}"))
        .ok();
    program.run("merge ada@a.example rex@r.example --yes").ok();
    assert_eq!(column(&program.data("request list"), "held"), [0]);
}

#[test]
fn a_hold_makes_room_for_its_own_ask_only() {
    let mut program = program();
    let id = program.request("--ask reference --industry healthcare --wanted 3");
    program
        .run(&format!("hold ada@a.example --request {id}"))
        .ok();
    program.at("2026-04-03");
    program.tap("ada@a.example", id);
    let again = program.fails(&format!("tap ada@a.example --request {id}"), 3);
    assert_eq!(
        (&again["refusal"], &again["clears_on"]),
        (&json!("cap"), &json!("2026-06-03"))
    );
    assert_eq!(
        program.data("check")["problems"]
            .as_array()
            .map_or(0, Vec::len),
        0
    );
}
