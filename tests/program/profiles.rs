//! `profile`: what the interview brought holds, with its history, and is found again.

use serde_json::json;

use crate::common::{Program, has_keys};
use crate::{nina, register};

/// Nina, with a profile that was told in two talks.
fn told() -> Program {
    let mut program = Program::new();
    nina(&program);
    program
        .run("profile nina --story 'We put a board on every ward' --outcomes 'Délais d’attente down by a third' --values peers,perks --avoid 'pricing, the outage of May'")
        .ok();
    program.at("2026-07-20T09:00:00Z");
    program
        .run("profile nina --outcomes 'Waiting times down by 40 %' --interests 'running; triage'")
        .ok();
    program
}

#[test]
fn a_profile_is_shown_and_has_its_past() {
    let program = told();
    let now = program.data("profile nina");
    has_keys(
        &now,
        &[
            "id",
            "email",
            "name",
            "account",
            "owner",
            "story",
            "outcomes",
            "interests",
            "values",
            "avoid",
            "told_on",
            "history",
        ],
    );
    assert_eq!(now["outcomes"], "Waiting times down by 40 %");
    assert_eq!(now["values"], json!(["peers", "perks"]));
    assert_eq!(now["avoid"], json!(["pricing", "the outage of May"]));
    assert_eq!(now["told_on"], "2026-07-20");
    assert_eq!(
        now["history"][0]["words"],
        "Délais d’attente down by a third"
    );
    let then = program.data("profile nina --as-of 2026-07-19");
    assert_eq!(then["outcomes"], "Délais d’attente down by a third");
    assert_eq!(then["interests"], json!(null));
    let shown = program.data("show nina");
    assert_eq!(shown["story"], "We put a board on every ward");
    assert_eq!(shown["values"], now["values"]);
    program
        .run("show nina")
        .ok()
        .shows("Story:")
        .shows("Values:");
    program.healthy();
}

#[test]
fn what_is_said_again_changes_nothing_and_an_empty_value_clears() {
    let program = told();
    let rows = program.count("profile_words");
    let again = program.data("profile nina --values 'Peers, perks' --interests ''");
    assert_eq!(again["changed"], 1);
    assert_eq!(again["interests"], json!(null));
    assert_eq!(program.count("profile_words"), rows + 1);
    for line in [
        "profile nina --values money",
        "profile nina --story x --as-of 2026-07-01",
        "profile nina --on 2026-07-01",
        "profile nina --story older --on 2026-06-14",
        "profile nina --story later --on 2027-01-01",
        "profile nobody",
    ] {
        program.run(line).code(2);
    }
    assert_eq!(program.count("profile_words"), rows + 1);
}

#[test]
fn registering_takes_what_they_value() {
    let program = Program::new();
    program
        .run("register bea@x.example --will review --values visibility --on 2026-06-01")
        .ok();
    let profile = program.data("profile bea");
    assert_eq!(profile["values"], json!(["visibility"]));
    assert_eq!(profile["told_on"], "2026-06-01");
}

#[test]
fn a_profile_goes_with_its_person() {
    let program = told();
    register(&program, "n.albrecht@northwind.example", "Nina Albrecht");
    program
        .run("profile n.albrecht@northwind.example --story 'Another story'")
        .ok();
    let apart = program.data("profile nina@northwind.example");
    program
        .run("merge nina@northwind.example n.albrecht@northwind.example")
        .ok();
    let one = program.data("profile nina@northwind.example");
    assert_eq!(one["story"], "Another story");
    program.run("merge --undo nina@northwind.example").ok();
    assert_eq!(program.data("profile nina@northwind.example"), apart);
    let whole = program
        .run("export --person nina@northwind.example")
        .ok()
        .json();
    assert_eq!(whole["profile_words"].as_array().unwrap().len(), 6);
    program.run("export all").ok();
    let mut other = Program::empty();
    other.at("2026-07-20T09:00:00Z");
    let folder = program.path("all");
    other
        .run(&format!("import all '{}'", folder.display()))
        .ok();
    assert_eq!(other.data("profile nina@northwind.example"), apart);
    program.healthy();
}

#[test]
fn what_people_told_is_searched() {
    let program = told();
    register(&program, "omar@x.example", "Omar Farouk");
    program
        .run("touch omar --kind check-in --note 'told us how WÄITING rooms and pricing changed'")
        .ok();
    register(&program, "bea@y.example", "Bea Holt");
    program.file(
        "survey.csv",
        "Email,Name,Score,Date,Comment\nbea@y.example,Bea Holt,10,2026-07-01,no waiting times any more\nzoe@z.example,Zoe Lund,10,2026-07-01,Waiting times and pricing are fine\n",
    );
    program.run("import nps survey.csv").ok();
    let found = |line: &str| -> Vec<String> {
        let data = program.data(line);
        let ready = data["ready"].as_array().unwrap().iter();
        ready
            .map(|one| one["email"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        found("match --ask review --about 'Waiting TIMES'").len(),
        2,
        "Nina and Bea"
    );
    // Who will not speak about it stands behind, and the reasons say so.
    let data = program.data("match --ask review --about waiting --explain");
    assert_eq!(data["ready"].as_array().unwrap().len(), 3);
    let data = program.data("match --ask review --about 'ward board'");
    assert_eq!(
        data["ready"][0]["told"],
        json!(["story: We put a board on every ward"])
    );
    assert_eq!(data["ready"][0]["cautions"], json!([]));
    let reasons = data["ready"][0]["reasons"].to_string();
    assert!(
        reasons.contains("speaks of: ward board (story)"),
        "{reasons}"
    );
    program
        .run("profile nina --story 'Pricing was no matter, the boards were'")
        .ok();
    let order = found("match --ask review --about pricing");
    assert_eq!(order, ["omar@x.example", "nina@northwind.example"]);
    let data = program.data("match --ask review --about pricing --limit 5");
    assert_eq!(
        data["ready"][1]["cautions"],
        json!(["will not speak about pricing"])
    );
    // Somebody who was never confirmed told of it as well.
    assert_eq!(data["candidates"][0]["email"], "zoe@z.example");
    assert_eq!(data["candidates_in_all"], 1);
    // Whoever may not be asked is found as well.
    let data = program.data("match --ask speaking --about 'waiting times' --why-not");
    assert_eq!(data["blocked"].as_array().unwrap().len(), 2);
    program.run("match --ask review --about '%'").code(2);
    assert_eq!(
        found("match --ask review --about 'nothing like that'").len(),
        0
    );
    let listed = program.data("list --about 'waiting times'");
    assert_eq!(listed.as_array().unwrap().len(), 2);
}

#[test]
fn words_are_searched_for_a_request_too() {
    let program = told();
    let id = program.request("--ask review --by Sam");
    let line = format!("match --request {id} --about");
    let data = program.data(&format!("{line} 'running'"));
    assert_eq!(data["ready"].as_array().unwrap().len(), 1);
    let data = program.data(&format!("{line} 'sailing'"));
    assert_eq!(data["ready"].as_array().unwrap().len(), 0);
    let now = program.data("match --ask review --about running --as-of 2026-07-19");
    assert_eq!(now["ready"].as_array().unwrap().len(), 0);
}

#[test]
fn what_fits_is_proposed_to_be_given() {
    let mut program = told();
    let give = |tap: &str| format!("advocate give nina@northwind.example --item swag{tap}");
    program.run("profile nina").ok().shows(&give(""));
    assert!(
        program.data("profile nina")["give"]
            .as_str()
            .unwrap()
            .ends_with("--item swag")
    );
    program.run("tap nina --ask review").ok();
    program
        .run("outcome 1 completed --rating 5")
        .ok()
        .shows("Nina Albrecht values peers. What fits:")
        .shows("--item peer-networking --tap 1");
    program
        .run("give nina")
        .code(2)
        .says("Nina Albrecht values peers")
        .says("peer-networking");
    program.at("2026-07-24T09:00:00Z");
    let due = program.data("agenda --kind thank-you");
    assert_eq!(
        due[0]["what"],
        "Thank Nina Albrecht for the review (values peers: peer-networking)"
    );
    assert!(
        due[0]["give"]
            .as_str()
            .unwrap()
            .ends_with("--item peer-networking --tap 1")
    );
    let other = program.run("outcome 1 completed --rating 4").ok();
    assert!(!other.out.contains("What fits"), "it was said before");
    program.run("profile nina --values ''").ok();
    let due = program.data("agenda --kind thank-you");
    assert_eq!(due[0]["what"], "Thank Nina Albrecht for the review");
    assert_eq!(due[0]["give"], json!(null));
    program.run("give nina").code(2).says("policy menu");
    // What they got comes behind what they did not get yet.
    program.run("profile nina --values peers,perks").ok();
    program.run("give nina --item peer-networking").ok();
    program.run("profile nina").ok().shows(&give(""));
    let menu = program.data("policy menu");
    let value = |item: &str| {
        let mut rows = menu.as_array().unwrap().iter();
        rows.find(|row| row["item"] == item).unwrap()["value"].clone()
    };
    assert_eq!(value("early-access"), "product-influence");
    assert_eq!(value("peer-networking"), "peers");
}
