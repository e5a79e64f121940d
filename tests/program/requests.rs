//! Requests: opened, listed, asked for and filled by taps, closed and reopened.

use serde_json::{Value, json};

use crate::common::{Program, column};

pub(crate) fn events(story: &Value) -> Vec<&str> {
    column(&story["events"], "event")
        .into_iter()
        .map(|event| event.as_str().unwrap())
        .collect()
}

/// Three healthcare advocates at three accounts, and one in retail.
pub(crate) fn program() -> Program {
    let program = Program::on("2026-04-01");
    program.advocate("ada@a.example", "Aster", "healthcare", "reference,review");
    program.advocate("bob@b.example", "Birch", "healthcare", "reference,review");
    program.advocate("cyd@c.example", "Cedar", "healthcare", "reference");
    program.advocate("rex@r.example", "Rowan", "retail", "reference,review");
    program
}

#[test]
fn opened_listed_shown_closed_and_reopened() {
    let mut program = program();
    let first = program.request(
        "--ask reference --industry healthcare --region EMEA --require region --prospect Tidewater \
         --by Dana --needed-by 2026-04-10 --wanted 2 --note 'CIO wants a call'",
    );
    let second = program.request("--ask review --by Omar");
    assert_eq!((first, second), (1, 2));

    let list = program.data("request list");
    assert_eq!(column(&list, "request_id"), [1, 2]);
    let story = program.data("request show 1");
    for (key, value) in [
        ("request_id", json!(1)),
        ("ask", json!("reference")),
        ("industry", json!("healthcare")),
        ("traits", json!(["region EMEA (required)"])),
        ("account", json!("Tidewater")),
        ("requested_by", json!("Dana")),
        ("opened_on", json!("2026-04-01")),
        ("needed_by", json!("2026-04-10")),
        ("note", json!("CIO wants a call")),
        ("status", json!("open")),
        ("overdue", json!(false)),
        ("wanted", json!(2)),
        ("supplied", json!(0)),
        ("filled_at", Value::Null),
        ("clock_hours", json!(0.0)),
    ] {
        assert_eq!(story[key], value, "{key}");
    }

    program.at("2026-04-02");
    let closed = program.data("request close 1 --unfilled nobody-fits");
    assert_eq!(closed["status"], "unfilled");
    let refused = program.fails("request close 1 --withdrawn 'deal died'", 3);
    assert_eq!(refused["refusal"], "request");
    assert_eq!(column(&program.data("request list"), "request_id"), [2]);
    let all = program.data("request list --all");
    assert_eq!(column(&all, "status"), ["open", "unfilled"]);
    let unfilled = program.data("request list --status unfilled");
    assert_eq!(column(&unfilled, "request_id"), [1]);

    let reopened = program.data("request reopen 1 --reason 'they asked again'");
    assert_eq!(reopened["status"], "open");
    assert_eq!(
        program.fails("request reopen 1 --reason x", 3)["kind"],
        "refused"
    );
    program.run("request close 1 --withdrawn 'deal died'").ok();
    let story = program.data("request show 1");
    assert_eq!(story["status"], "withdrawn");
    assert_eq!(
        events(&story),
        ["opened", "unfilled", "reopened", "withdrawn"]
    );
    assert_eq!(
        column(&story["events"], "detail"),
        ["", "nobody-fits", "they asked again", "deal died"]
    );
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_opened() {
    let program = program();
    for (line, word) in [
        ("request open", "no terminal"),
        ("request open --ask reference --deal 9", "no deal"),
        (
            "request open --ask reference --needed-by 2026-03-01",
            "before",
        ),
        ("request open --ask reference --require region", "--region"),
        ("request open --ask reference --on 2026-05-01", "future"),
        ("request show 9", "no request 9"),
        ("hold ada@a.example --request 9", "no request 9"),
        ("request close 9 --withdrawn x", "no request 9"),
    ] {
        let message = program.fails(line, 2)["message"].to_string();
        assert!(message.contains(word), "{line}: {message}");
    }
    program.run("request close 1 --unfilled because").code(2);
    program.run("request close 1").code(2);
    assert_eq!(program.data("request list --all"), json!([]));
}

#[test]
fn listed_by_requester_industry_ask_and_overdue() {
    let mut program = program();
    program.request(
        "--ask reference --industry 'Hospital & Health Care' --by Dana --needed-by 2026-04-05",
    );
    program.request("--ask reference --industry retail --by Omar --needed-by 2026-04-20");
    program.request("--ask review --by dana");
    for (options, found) in [
        ("--by DANA", vec![1, 3]),
        ("--industry healthcare", vec![1]),
        ("--ask reference", vec![1, 2]),
        ("--ask reference --by Omar", vec![2]),
        ("--overdue", vec![]),
    ] {
        let list = program.data(&format!("request list {options}"));
        assert_eq!(column(&list, "request_id"), found, "{options}");
    }
    // The needed-by day itself is in time.
    program.at("2026-04-05T23:59:59Z");
    assert_eq!(program.data("request list --overdue"), json!([]));
    program.at("2026-04-06T00:00:00Z");
    let overdue = program.data("request list --overdue");
    assert_eq!(column(&overdue, "request_id"), [1]);
    assert_eq!(program.data("request show 1")["overdue"], true);
    let before = program.data("request show 1 --as-of 2026-04-05");
    assert_eq!(before["overdue"], false);
    program.run("request close 1 --unfilled too-late").ok();
    assert_eq!(program.data("request list --overdue"), json!([]));
}

#[test]
fn match_for_a_request_equals_match_with_its_traits() {
    let program = program();
    program.run("edit bob@b.example --region EMEA").ok();
    let traits = "--industry healthcare --region EMEA";
    for (open, typed) in [
        (traits, traits.to_owned()),
        (
            "--industry healthcare --region EMEA --require region",
            format!("{traits} --require region"),
        ),
        ("--industry retail", "--industry retail".to_owned()),
    ] {
        let id = program.request(&format!("--ask reference {open}"));
        let of_request = program.data(&format!("match --request {id} --why-not"));
        let of_traits = program.data(&format!("match --ask reference {typed} --why-not"));
        assert_eq!(of_request, of_traits, "{open}");
        assert!(!of_request["ready"].as_array().unwrap().is_empty());
    }
    let required = program.data("match --request 2");
    assert_eq!(column(&required["ready"], "email"), ["bob@b.example"]);
    program.run("match --request 1 --region EMEA").code(2);
}

#[test]
fn a_competitor_of_the_account_is_not_asked_for_the_prospect_of_the_request() {
    let program = program();
    program
        .run("edit ada@a.example --competitor Tidewater")
        .ok();
    program.run("deal add 'Rollout' --prospect Tidewater").ok();
    let id = program.request("--ask reference --industry healthcare --deal 1");
    assert_eq!(program.data("request show 1")["account"], "Tidewater");
    let refused = program.fails(&format!("tap ada@a.example --request {id}"), 3);
    assert_eq!(refused["refusal"], "conflict");
    let refused = program.fails(&format!("hold ada@a.example --request {id}"), 3);
    assert_eq!(refused["refusal"], "conflict");
}

#[test]
fn states_move_by_what_happens_and_the_first_fill_is_frozen() {
    let mut program = program();
    let id = program.request("--ask reference --industry healthcare --wanted 2 --by Dana");
    program.at("2026-04-02");
    let ada = program.tap("ada@a.example", id);
    let bob = program.tap("bob@b.example", id);
    let list = program.data("request list");
    assert_eq!(
        (&list[0]["asked"], &list[0]["supplied"]),
        (&json!(2), &json!(0))
    );

    program.at("2026-04-03");
    let first = program.data(&format!("outcome {ada} accepted"));
    assert!(first.get("request_filled").is_none());
    assert_eq!(program.data("request show 1")["status"], "open");
    program.at("2026-04-04T15:00:00Z");
    let second = program.data(&format!("outcome {bob} accepted"));
    assert_eq!(second["request_filled"], "request 1");
    let filled = program.data("request show 1");
    assert_eq!(filled["status"], "filled");
    assert_eq!(filled["filled_at"], "2026-04-04T15:00:00Z");
    assert_eq!(filled["clock_hours"], 78.0);
    assert_eq!(filled["supplied"], 2);
    program.run("tap cyd@c.example --request 1").code(2);

    // One does not come; another takes the place. The first moment stays.
    program.at("2026-04-08");
    program.run(&format!("outcome {bob} no-show")).ok();
    let story = program.data("request show 1");
    assert_eq!(
        (&story["status"], &story["supplied"]),
        (&json!("open"), &json!(1))
    );
    assert_eq!(story["filled_at"], "2026-04-04T15:00:00Z");
    program
        .run("request reopen 1 --reason 'bob did not come'")
        .code(3);
    program.at("2026-04-08T09:45:00Z");
    let cyd = program.tap("cyd@c.example", id);
    program.at("2026-04-09");
    program.run(&format!("outcome {cyd} accepted")).ok();
    let refilled = program.data("request show 1");
    assert_eq!(refilled["status"], "filled");
    assert_eq!(refilled["filled_at"], "2026-04-04T15:00:00Z");
    assert_eq!(refilled["clock_hours"], 78.0);
    assert_eq!(
        events(&refilled),
        [
            "opened", "asked", "asked", "accepted", "accepted", "filled", "no-show", "reopened",
            "asked", "accepted", "filled"
        ]
    );
    // What was so on an earlier day is still said of it.
    let earlier = program.data("request show 1 --as-of 2026-04-03");
    assert_eq!(
        (&earlier["status"], &earlier["supplied"]),
        (&json!("open"), &json!(1))
    );
    assert_eq!(earlier["filled_at"], Value::Null);
}

#[test]
fn only_a_yes_fills_a_reopened_request() {
    let mut program = program();
    let id = program.request("--ask reference --industry healthcare");
    let ada = program.tap("ada@a.example", id);
    let bob = program.tap("bob@b.example", id);
    let cyd = program.tap("cyd@c.example", id);
    program
        .at("2026-04-02")
        .run(&format!("outcome {ada} accepted"))
        .ok();
    program
        .at("2026-04-05")
        .run("request reopen 1 --reason 'they want another'")
        .ok();
    program.at("2026-04-06");
    let no = program.data(&format!("outcome {bob} declined"));
    assert!(no.get("request_filled").is_none());
    assert_eq!(program.data("request show 1")["status"], "open");
    // A yes of before the reopening that is told only now.
    let yes = program.data(&format!("outcome {cyd} accepted --on 2026-04-03"));
    assert_eq!(yes["request_filled"], "request 1");
    let story = program.data("request show 1");
    assert_eq!(story["status"], "filled");
    assert_eq!(story["filled_at"], "2026-04-02T09:00:00Z");
}

#[test]
fn proposed_held_and_asked_by_fill() {
    let program = program();
    let id = program.request("--ask reference --industry healthcare --wanted 2");
    let best = program.data(&format!("match --request {id}"))["ready"][0]["email"].clone();
    let proposed = program.data(&format!("request fill {id}"));
    assert_eq!(proposed["email"], best);
    assert!(
        proposed["ask_text"]
            .as_str()
            .unwrap()
            .contains("healthcare")
    );
    let list = program.data("request list");
    assert_eq!(
        (&list[0]["held"], &list[0]["asked"]),
        (&json!(0), &json!(0))
    );

    let held = program.data(&format!("request fill {id} --hold"));
    assert_eq!(
        (&held["email"], &held["lapses_on"]),
        (&best, &json!("2026-04-06"))
    );
    // Whoever is held comes first, and the ask uses the hold.
    assert_eq!(program.data(&format!("request fill {id}"))["email"], best);
    let asked = program.data(&format!("request fill {id} --tap"));
    assert_eq!(
        (&asked["email"], &asked["ask"]),
        (&best, &json!("reference"))
    );
    let list = program.data("request list");
    assert_eq!(
        (&list[0]["held"], &list[0]["asked"]),
        (&json!(0), &json!(1))
    );
    // The next one is somebody else.
    let next = program.data(&format!("request fill {id} --tap"));
    assert_ne!(next["email"], best);
    let story = program.data("request show 1");
    assert!(events(&story).contains(&"proposed"));

    program.run(&format!("request fill {id} --tap")).ok();
    let nobody = program.fails(&format!("request fill {id}"), 1);
    assert!(nobody["hint"].as_str().unwrap().contains("--why-not"));
    program
        .run(&format!("request fill {id} --tap --hold"))
        .code(2);
    program
        .run(&format!("request close {id} --withdrawn x"))
        .ok();
    assert_eq!(
        program.fails(&format!("request fill {id}"), 2)["kind"],
        "usage"
    );
}

#[test]
fn yes_to_every_question_holds_the_one_proposed() {
    let program = program();
    let id = program.request("--ask reference --industry retail");
    let held = program.data(&format!("--yes request fill {id}"));
    assert_eq!(
        (&held["email"], &held["lapses_on"]),
        (&json!("rex@r.example"), &json!("2026-04-06"))
    );
}

#[test]
fn no_more_are_held_by_themselves_than_are_wanted() {
    let program = program();
    let id = program.request("--ask reference --industry healthcare");
    let held = program.data(&format!("request fill {id} --hold"))["email"].clone();
    let error = program.fails(&format!("request fill {id} --hold"), 2);
    assert_eq!(
        error["message"],
        format!("request {id} wants 1 and 1 is held for it")
    );
    assert_eq!(error["hint"], format!("advocate request fill {id} --tap"));
    // --yes answers the question, it does not choose somebody else.
    let asked = program.data(&format!("request fill {id} --tap --yes"));
    assert_eq!(asked["email"], held);
}

#[test]
fn a_proposal_and_what_follows_it_are_one_operation() {
    let program = Program::new();
    program.run("register nina@n.example --will reference").ok();
    program.run("request open --ask reference --by Dana").ok();
    for (line, undo) in [
        ("request fill 1 --hold", "undo 4 --yes"),
        ("request fill 1 --tap", "undo 6 --yes"),
    ] {
        let before = program.data("request show 1");
        program.run(line).ok();
        let events = program.data("request show 1")["events"].to_string();
        assert!(events.contains("proposed"), "{events}");
        program.run(undo).ok();
        assert_eq!(program.data("request show 1"), before, "{line}");
    }
}
