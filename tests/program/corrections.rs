//! Facts that are put right: each on its row of `docs/undo.md`, on every day, with its reason, and taken back again.

use serde_json::json;

use crate::common::{Program, column};

/// Nina was asked on 2 June and said yes on the 4th; there is a request with a deal, and contact with her.
fn program() -> Program {
    let mut program = Program::new();
    for (day, lines) in [
        (
            "2026-06-01",
            &[
                "register nina@n.example --name 'Nina Albrecht' --will review,reference,referral --account North",
                "deal add Big --prospect P --amount 50 --currency EUR --opened 2026-06-01",
                "deal add Other --prospect Q --opened 2026-06-01",
                "request open --ask review --by Dana",
            ][..],
        ),
        ("2026-06-02", &["tap nina --request 1 --by Maya"]),
        ("2026-06-04", &["outcome 1 accepted"]),
        (
            "2026-06-05",
            &[
                "touch nina --kind check-in",
                "give nina --item swag --cost '20 EUR' --tap 1",
                "signal add nina --kind community",
            ],
        ),
    ] {
        program.at(day);
        for line in lines {
            program.run(line).ok();
        }
    }
    program.at("2026-06-10");
    program
}

/// What the program says of a question today, on an earlier day, and of the period.
fn outcome(program: &Program, day: &str) -> serde_json::Value {
    program.data(&format!("taps --as-of {day}"))[0]["outcome"].clone()
}

/// The last operation as told, and that nothing is wrong with what is kept.
fn told(program: &Program) -> String {
    program.run("check").ok();
    let history = program.data("history --limit 1");
    history["operations"][0]["did"].as_str().unwrap().to_owned()
}

/// Taken back and done again, the correction is as if it had never been, and there again.
fn undone_and_redone(program: &Program, question: &str, before: &serde_json::Value) {
    let after = program.data(question);
    assert_ne!(after, *before, "{question}");
    program.run("undo --yes").ok();
    assert_eq!(program.data(question), *before, "{question}");
    program.run("redo --yes").ok();
    assert_eq!(program.data(question), after, "{question}");
    program.run("check").ok();
}

#[test]
fn an_outcome_is_said_again_in_any_direction() {
    for (wrong, right) in [
        ("accepted", "declined"),
        ("accepted", "withdrawn"),
        ("accepted", "completed"),
        ("completed", "declined"),
        ("completed", "no-show"),
        ("declined", "accepted"),
        ("declined", "completed"),
        ("withdrawn", "accepted"),
        ("no-reply", "withdrawn"),
    ] {
        let mut program = program();
        program.run("outcome 1 pending --correct").ok();
        program.at("2026-06-04");
        program.run(&format!("outcome 1 {wrong}")).ok();
        program.at("2026-06-10");
        let was = program.data("request show 1")["status"].clone();
        program
            .run(&format!(
                "outcome 1 {right} --correct --reason 'other Nina'"
            ))
            .ok();
        assert_eq!(outcome(&program, "2026-06-10"), right);
        assert_eq!(outcome(&program, "2026-06-04"), right, "on its day");
        assert_eq!(outcome(&program, "2026-06-03"), "pending", "before its day");
        let fills = matches!(right, "accepted" | "completed");
        let request = program.data("request show 1");
        assert_eq!(request["status"], if fills { "filled" } else { "open" });
        assert_ne!((&was, wrong), (&request["status"], right));
        let last = told(&program);
        assert!(
            last.ends_with("corrected outcome 1 of Nina Albrecht: other Nina"),
            "{last}"
        );
    }
}

#[test]
fn what_was_never_said_is_pending_again_and_nothing_followed_from_it() {
    let program = program();
    let before = program.data("request show 1");
    assert_eq!(before["status"], "filled");
    program.run("outcome 1 pending --correct").ok();
    assert_eq!(outcome(&program, "2026-06-05"), "pending");
    let events = column(&program.data("request show 1")["events"], "event")
        .into_iter()
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(events, ["opened", "asked"]);
    undone_and_redone(&program, "request show 1", &before);
    let refused = program.run("outcome 1 pending --correct").code(3);
    refused.says("no outcome was recorded yet");
}

#[test]
fn the_day_and_the_rating_of_an_outcome_are_corrected_with_what_it_filled() {
    let program = program();
    let before = program.data("request show 1");
    program
        .run("outcome 1 accepted --correct --on 2026-06-03")
        .ok();
    assert_eq!(outcome(&program, "2026-06-03"), "accepted");
    let request = program.data("request show 1");
    assert!(
        request["filled_at"]
            .as_str()
            .unwrap()
            .starts_with("2026-06-03")
    );
    undone_and_redone(&program, "request show 1", &before);
    program.run("outcome 1 completed --rating 2").ok();
    program.run("outcome 1 completed --correct --rating 5").ok();
    assert_eq!(program.data("taps")[0]["rating"], 5);
    let early = program
        .run("outcome 1 completed --correct --on 2026-06-01")
        .code(2);
    early.says("before that");
}

#[test]
fn an_ask_is_corrected_on_every_day() {
    let program = program();
    let before = program.data("taps");
    program
        .run("taps edit 1 --on 2026-06-01 --by Omar --note 'by phone' --reason 'a day late'")
        .ok()
        .shows("2026-06-02")
        .shows("2026-06-01");
    let taps = program.data("taps --as-of 2026-06-01");
    assert_eq!(taps[0]["tapped_by"], "Omar");
    assert!(told(&program).ends_with("corrected tap 1 of Nina Albrecht: a day late"));
    undone_and_redone(&program, "taps", &before);
    // The caps count from the right day.
    let next = |program: &Program| program.data("list")[0]["last_tapped_on"].clone();
    let free = next(&program);
    program.run("taps edit 1 --on 2026-06-02").ok();
    assert_ne!(next(&program), free);
    program
        .run("taps edit 1 --ask reference")
        .code(2)
        .says("request 1 needs a review");
    program
        .run("taps edit 1 --on 2026-06-07")
        .code(2)
        .says("--correct --on DATE");
    program.run("taps edit 1 --ask reference --no-request").ok();
    let request = program.data("request show 1");
    assert_eq!(
        (&request["status"], &request["supplied"]),
        (&json!("open"), &json!(0))
    );
    program.run("taps edit 1 --ask review --request 1").ok();
    assert_eq!(program.data("request show 1")["status"], "filled");
    program
        .run("taps edit 1")
        .code(2)
        .says("nothing was given to change about tap 1");
}

#[test]
fn gives_touches_and_signals_are_corrected_and_removed() {
    for (list, edit, remove, field, value) in [
        (
            "gives",
            "gives edit 1 --cost '25 EUR'",
            "gives remove 1",
            "cost",
            json!(null),
        ),
        (
            "touches",
            "touches edit 1 --on 2026-06-03",
            "touches remove 1",
            "touched_on",
            json!("2026-06-03"),
        ),
        (
            "signals",
            "signals edit 1 --kind power-user",
            "signals remove 1",
            "kind",
            json!("power-user"),
        ),
    ] {
        let program = program();
        let before = program.data(list);
        program.run(&format!("{edit} --reason 'a slip'")).ok();
        let row = &program.data(list)[0];
        match value {
            serde_json::Value::Null => assert_eq!(row["cost"]["amount_minor"], 2500),
            value => assert_eq!(row[field], value),
        }
        assert!(told(&program).ends_with("of Nina Albrecht: a slip"));
        undone_and_redone(&program, list, &before);
        program.run("undo --yes").ok();
        program.run(&format!("{remove} --reason never")).ok();
        assert_eq!(program.data(list), json!([]), "{list}");
        assert!(told(&program).contains("removed"));
        undone_and_redone(&program, list, &before);
        program.run(remove).code(2).says("there is no");
        let unknown = program.run(&format!("{list} edit 99 --note x")).code(2);
        unknown.says(list);
    }
}

#[test]
fn an_asset_is_taken_out_of_the_wrong_deal_and_back_from_published() {
    let program = program();
    program
        .run("asset add Story --kind case-study --status approved")
        .ok();
    program.run("asset use 1 --deal 1").ok();
    program.run("asset edit 1 --status published").ok();
    let before = program.data("asset uses");
    program
        .run("asset uses edit 1 --deal 2 --reason 'wrong deal'")
        .ok();
    assert_eq!(program.data("asset uses --deal 1"), json!([]));
    assert_eq!(program.data("asset uses --deal 2")[0]["deal"], "Other");
    undone_and_redone(&program, "asset uses", &before);
    program.run("asset uses remove 1").ok();
    assert_eq!(program.data("asset uses"), json!([]));
    let before = program.data("asset show 1");
    program
        .run("asset edit 1 --take-back --reason 'not out yet'")
        .ok();
    let asset = program.data("asset show 1");
    assert_eq!(
        (&asset["status"], &asset["published_on"]),
        (&json!("approved"), &json!(null))
    );
    undone_and_redone(&program, "asset show 1", &before);
    program
        .run("asset edit 1 --take-back")
        .code(3)
        .says("from the beginning");
}

#[test]
fn a_request_is_corrected_in_every_field() {
    let program = program();
    let before = program.data("request show 1");
    program
        .run("request edit 1 --wanted 2 --by Omar --deal 1 --needed-by 2026-07-01 --note soon --prospect Z \
              --region EMEA --require region --reason 'two, not one'")
        .ok();
    let request = program.data("request show 1");
    assert_eq!(request["status"], "open", "one yes is not enough for two");
    assert_eq!(request["traits"], json!(["region EMEA (required)"]));
    assert_eq!(
        (&request["requested_by"], &request["deal_id"]),
        (&json!("Omar"), &json!(1))
    );
    undone_and_redone(&program, "request show 1", &before);
    program
        .run("request edit 1 --wanted 1 --clear deal --clear traits --clear note --clear needed-by")
        .ok();
    let request = program.data("request show 1");
    assert_eq!(
        (&request["deal_id"], &request["traits"]),
        (&json!(null), &json!([]))
    );
    assert_eq!(
        request["filled_at"], before["filled_at"],
        "filled when the one said yes"
    );
    program
        .run("request edit 1 --ask reference")
        .code(3)
        .says("as a review");
    program.run("request edit 1 --needed-by 2026-05-01").code(2);
    program
        .run("request edit 1")
        .code(2)
        .says("nothing was given to change");
}

#[test]
fn a_deal_changes_its_currency_loses_its_amount_and_goes() {
    let program = program();
    let amount = || program.data("deal show 1")["amount"].clone();
    program.run("deal edit 1 --currency USD").ok();
    assert_eq!(
        (&amount()["amount_minor"], &amount()["currency"]),
        (&json!(5000), &json!("USD"))
    );
    program.run("deal edit 1 --amount 75").ok();
    assert_eq!(
        (&amount()["amount_minor"], &amount()["currency"]),
        (&json!(7500), &json!("USD"))
    );
    program.run("deal edit 1 --amount ''").ok();
    assert_eq!(amount(), json!(null));
    program
        .run("deal edit 1 --currency USD")
        .code(2)
        .says("--amount");
    program
        .run("deal edit 1 --amount 5")
        .code(2)
        .says("--currency");
    let before = program.data("deal list");
    program.run("request edit 1 --deal 1").ok();
    program
        .run("deal remove 1")
        .code(3)
        .says("1 row of requests depend on it");
    program.run("request edit 1 --clear deal").ok();
    program.run("deal remove 1 --reason 'a trial'").ok();
    assert!(told(&program).ends_with("removed deal 1: a trial"));
    undone_and_redone(&program, "deal list", &before);
    let next = program.data("deal add New --prospect R");
    assert_eq!(next["deal_id"], 3, "a number is never given out again");
}

#[test]
fn an_answered_nomination_waits_again() {
    let program = program();
    program
        .run("nominate omar@o.example --by Dana --reason keen")
        .ok();
    program.run("nominations decline 1 --reason full").ok();
    let before = program.data("nominations --all");
    program
        .run("nominations reopen 1 --reason 'wrong one'")
        .ok()
        .shows("waits for an answer again");
    assert_eq!(program.data("nominations")[0]["nomination_id"], 1);
    undone_and_redone(&program, "nominations --all", &before);
    program
        .run("nominations reopen 1")
        .code(3)
        .says("was not answered");
}

#[test]
fn the_wrong_person_retired_leaves_no_trace() {
    let program = program();
    let before = program.data("report pool --period 2026-Q2");
    program.run("retire nina --reason left-role").ok();
    assert_ne!(program.data("report pool --period 2026-Q2"), before);
    let stages = program.data("show nina")["stages"].clone();
    let operation = stages.as_array().unwrap().last().unwrap()["operation_id"].clone();
    program.run(&format!("undo {operation} --yes")).ok();
    assert_eq!(program.data("report pool --period 2026-Q2"), before);
}

#[test]
fn who_was_added_by_mistake_is_removed_while_nothing_depends_on_them() {
    let program = program();
    program.file("people.csv", "email,name,title\nzoe@z.example,Zoe,CEO\n");
    program.run("import people people.csv").ok();
    program.run("edit zoe --title CTO").ok();
    program.run("remove zoe --reason 'a test'").ok();
    program.run("show zoe").code(2);
    assert!(told(&program).contains("removed person 2: a test"));
    program.run("undo --yes").ok();
    assert_eq!(program.data("show zoe")["title"], "CTO");
    program
        .run("remove nina")
        .code(3)
        .says("are about them")
        .says("forget");
}

#[test]
fn an_outcome_whose_rating_came_later_is_corrected_as_one() {
    let program = program();
    program.run("outcome 1 completed --on 2026-06-08").ok();
    program
        .run("outcome 1 completed --rating 5 --note fine")
        .ok();
    let before = program.data("taps");
    program
        .run("outcome 1 completed --correct --on 2026-06-06")
        .ok();
    let tap = &program.data("taps --as-of 2026-06-06")[0];
    assert_eq!(
        (
            &tap["outcome"],
            &tap["outcome_on"],
            &tap["rating"],
            &tap["outcome_note"]
        ),
        (
            &json!("completed"),
            &json!("2026-06-06"),
            &json!(5),
            &json!("fine")
        )
    );
    undone_and_redone(&program, "taps", &before);
    program.run("outcome 1 no-show --correct").ok();
    let tap = &program.data("taps")[0];
    assert_eq!(
        (&tap["outcome"], &tap["rating"]),
        (&json!("no-show"), &json!(null))
    );
    program
        .run("outcome 1 no-show --correct")
        .code(2)
        .says("nothing was given to change");
    program
        .run("outcome 1 no-show --correct --scheduled 2026-07-01")
        .code(2);
}

#[test]
fn an_outcome_that_a_file_said_is_corrected_and_the_ask_of_the_file_stays() {
    let program = program();
    program.file(
        "taps.csv",
        "email,ask,tapped_on,outcome,outcome_on\nnina@n.example,reference,2026-03-01,completed,2026-03-05\n",
    );
    program.run("import taps taps.csv").ok();
    program.run("outcome 2 declined --correct").ok();
    let tap = &program.data("taps --ask reference")[0];
    assert_eq!(
        (&tap["outcome"], &tap["outcome_on"], &tap["imported"]),
        (&json!("declined"), &json!("2026-03-05"), &json!(true))
    );
    program.healthy();
}

#[test]
fn a_request_stays_filled_by_the_yes_of_somebody_else() {
    let program = program();
    program.run("register omar@o.example --will review").ok();
    program.run("tap omar --ask review").ok();
    program.run("taps edit 2 --request 1").ok();
    program.run("outcome 2 accepted").ok();
    let answer = program.data("outcome 1 declined --correct");
    assert_eq!(answer["request_status"], "filled");
    let request = program.data("request show 1");
    assert!(
        request["filled_at"]
            .as_str()
            .unwrap()
            .starts_with("2026-06-10"),
        "since Omar's yes"
    );
    program.run("outcome 2 pending --correct").ok();
    assert_eq!(program.data("request show 1")["status"], "open");
    program.healthy();
}

#[test]
fn an_introduction_is_added_and_nothing_else_is_lost() {
    let program = program();
    program
        .run("tap nina --ask referral --override 'she offered'")
        .ok();
    program.run("outcome 2 completed --rating 4").ok();
    program
        .run("outcome 2 completed --correct --introduced Newco")
        .ok();
    let tap = &program.data("taps --ask referral")[0];
    assert_eq!(
        (&tap["rating"], &tap["introduced"]),
        (&json!(4), &json!("Newco"))
    );
}

#[test]
fn going_back_is_to_what_was_said_before_and_nothing_else() {
    let program = Program::new();
    crate::nina(&program);
    for line in [
        "tap nina --ask review",
        "outcome 1 no-reply",
        "outcome 1 completed",
    ] {
        program.run(line).ok();
    }
    program
        .run("outcome 1 pending --correct")
        .code(3)
        .says("outcome 1 no-reply --correct");
    program.run("outcome 1 no-reply --correct").ok();
    assert_eq!(program.data("taps")[0]["outcome"], "no-reply");
    program.run("outcome 1 pending --correct").ok();
    assert_eq!(program.data("taps")[0]["outcome"], "pending");
    program.healthy();
}
