//! `nominate`, `nominations`, `import nominations`, `report nominations`.

use serde_json::{Value, json};

use crate::common::Program;

/// The numbers of the nominations that wait, with the days for which they are overdue.
fn waiting(program: &Program, as_of: Option<&str>) -> Vec<(i64, i64)> {
    let as_of = as_of.map_or(String::new(), |day| format!(" --as-of {day}"));
    let list = program.data(&format!("nominations{as_of}"));
    let told = list.as_array().unwrap().iter().map(|one| {
        assert_eq!(one["status"], "waiting");
        let number = |key: &str| one[key].as_i64().unwrap();
        (number("nomination_id"), number("overdue_days"))
    });
    told.collect()
}

fn statuses(program: &Program, question: &str) -> Vec<(String, Value)> {
    let list = program.data(question);
    let told = list.as_array().unwrap().iter().map(|one| {
        let status = one["status"].as_str().unwrap().to_owned();
        (status, one["settled_by"].clone())
    });
    told.collect()
}

fn nominate(program: &Program, who: &str, rest: &str) {
    let line = format!("nominate {who}@northwind.example --reason 'Ran the pilot' {rest}");
    program.run(&line).ok();
}

#[test]
fn from_a_nomination_to_its_answer() {
    let mut program = Program::new();
    program
        .tell("nominate priya@northwind.example --by 'Dana Ruiz' --reason 'Ran the pilot' --on 2026-06-05 \
               --name 'Priya Rao' --title 'Head of Care' --account Northwind --industry healthcare")
        .ok();
    program
        .tell("nominate sam@fernhill.example --reason 'Leads the user group'")
        .ok();
    program.tell("nominations").ok();
    program.tell("candidates").ok();
    program.tell("nominations decline 2").code(2);
    program
        .tell("nominations decline 2 --reason 'their rollout has only begun'")
        .ok();
    program.tell("nominations decline 2 --reason again").code(3);
    program.tell("nominations accept 1").ok();
    program.tell("nominations accept 9").code(2);
    program.tell("nominations").ok();
    program.tell("nominations --all").ok();
    program.tell("show priya").ok();
    program.tell("candidates").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn what_is_decided_about_a_person_settles_their_nominations() {
    let program = Program::new();
    let who = ["ann", "bob", "cyd", "dan", "eve", "fay"];
    for one in who {
        nominate(&program, one, "");
    }
    assert_eq!(waiting(&program, None).len(), 6);
    program.run("invite ann").ok();
    program.run("register bob --will review").ok();
    program.run("decline cyd").ok();
    program.run("do-not-contact dan").ok();
    program.run("nominations accept 5").ok();
    assert_eq!(waiting(&program, None), [(6, 0)]);
    let expected = [
        ("accepted", json!("invited")),
        ("accepted", json!("active")),
        ("declined", json!("declined")),
        ("declined", json!("do-not-contact")),
        ("accepted", json!("Mona")),
        ("waiting", Value::Null),
    ]
    .map(|(status, by)| (status.to_owned(), by));
    assert_eq!(statuses(&program, "nominations --all"), expected);
    assert_eq!(program.count("nomination_decisions"), 1);
    // It does not come back with the person, and it needs no answer any more.
    program
        .run("do-not-contact dan --lift --reason 'wrote to us'")
        .ok();
    assert_eq!(waiting(&program, None), [(6, 0)]);
    program
        .run("nominations accept 1")
        .code(3)
        .says("they are invited since");
    // An answer can be changed; the last one counts.
    program.run("nominations decline 5 --reason 'not now'").ok();
    assert_eq!(statuses(&program, "nominations --all")[4].0, "declined");
    program.healthy();
}

#[test]
fn an_advocate_may_be_nominated_and_waits_for_nothing() {
    let program = Program::new();
    program
        .run("register nina@northwind.example --will review")
        .ok();
    let moments = |program: &Program| program.data("show nina")["moments"].clone();
    assert_eq!(moments(&program), "1 positive moment");
    nominate(&program, "nina", "");
    assert_eq!(moments(&program), "nominated, today; 2 positive moments");
    assert_eq!(waiting(&program, None), []);
    assert_eq!(
        statuses(&program, "nominations --all"),
        [("noted".to_owned(), Value::Null)]
    );
    program
        .run("nominations accept 1")
        .code(3)
        .says("asks for no answer");
}

#[test]
fn whoever_said_no_is_not_nominated() {
    let program = Program::new();
    for (who, no) in [("ann", "decline"), ("bob", "do-not-contact")] {
        let email = format!("{who}@northwind.example");
        program.run(&format!("register {email} --will review")).ok();
        program.run(&format!("{no} {email}")).ok();
    }
    for (who, refusal, words) in [
        (
            "ann",
            "stage",
            "nothing asks again until they say so themselves",
        ),
        (
            "bob",
            "do-not-contact",
            "only the person can take that back",
        ),
    ] {
        let line = format!("nominate {who} --reason x --json");
        let error = program.run(&line).code(3).error();
        assert_eq!(
            (&error["kind"], &error["refusal"]),
            (&json!("refused"), &json!(refusal))
        );
        assert!(
            error["message"].as_str().unwrap().contains(words),
            "{error}"
        );
    }
    program.run("nominate nobody --reason x").code(2);
    program
        .run("nominate ann@new.example")
        .code(2)
        .says("--reason");
    assert_eq!(program.count("nominations"), 0);
}

#[test]
fn a_declined_nomination_is_no_goodwill() {
    let program = Program::new();
    nominate(&program, "ann", "");
    let candidates = |program: &Program| program.data("candidates").as_array().unwrap().len();
    assert_eq!(candidates(&program), 1);
    program
        .run("nominations decline 1 --reason 'too early'")
        .ok();
    assert_eq!(candidates(&program), 0);
    program.run("nominations accept 1").ok();
    assert_eq!(candidates(&program), 1);
}

#[test]
fn nominations_are_overdue_after_the_days_of_the_policy_and_every_day_is_told_as_it_was() {
    let mut program = Program::new();
    nominate(&program, "ann", "--on 2026-06-01");
    nominate(&program, "bob", "--on 2026-06-08");
    assert_eq!(waiting(&program, None), [(1, 7), (2, 0)]);
    assert_eq!(waiting(&program, Some("2026-06-08")), [(1, 0), (2, 0)]);
    assert_eq!(waiting(&program, Some("2026-06-07")), [(1, 0)]);
    program.at("2026-06-16");
    program.run("policy set nomination.days 14").ok();
    assert_eq!(waiting(&program, None), [(1, 1), (2, 0)]);
    assert_eq!(waiting(&program, Some("2026-06-15")), [(1, 7), (2, 0)]);
    program.at("2026-06-17");
    program
        .run("nominations decline 1 --reason 'too early'")
        .ok();
    program.run("invite bob").ok();
    assert_eq!(waiting(&program, None), []);
    assert_eq!(waiting(&program, Some("2026-06-16")), [(1, 1), (2, 0)]);
    let show = program.data("show ann --as-of 2026-06-16");
    assert_eq!(show["nominations"][0]["status"], "waiting");
    assert_eq!(show["moments"], "nominated, 15 days ago; 1 positive moment");
    assert_eq!(program.data("show ann")["moments"], "0 positive moments");
}

#[test]
fn a_form_loads_once() {
    let mut program = Program::new();
    program
        .run("register cyd@fernhill.example --will review")
        .ok();
    program.run("do-not-contact cyd").ok();
    let form = "Timestamp,Your name,Nominee,Nominee email,Company,Why should we invite them?\n\
                6/1/2026 9:15:00,Dana Ruiz,Ann Lowe,ann@northwind.example,Northwind,Runs our user group\n\
                6/13/2026 9:15:00,Sam Idowu,Ann Lowe,ann@northwind.example,Northwind,Spoke well of us\n\
                6/14/2026 9:15:00,Sam Idowu,Cyd Moss,cyd@fernhill.example,Fernhill,Keen\n\
                6/14/2026 9:15:00,,Dan Nash,dan@fernhill.example,Fernhill,Keen\n\
                6/14/2026 9:15:00,Sam Idowu,Eve Orr,eve@fernhill.example,Fernhill,\n";
    program.file("form.csv", form);
    program
        .tell("import nominations form.csv --rejects rejects.csv")
        .code(4);
    program.tell("import nominations form.csv").code(4);
    program.tell("nominations").ok();
    insta::assert_snapshot!(program.story());
    // A nominee who has said no since is no reject of a file that was loaded before.
    program.run("decline ann").ok();
    let again = program
        .run("import nominations form.csv --json")
        .code(4)
        .data();
    assert_eq!(
        (&again["unchanged"], &again["rejected"]),
        (&json!(3), &json!(2))
    );
    // Without dates, a colleague nominates somebody once.
    program.file(
        "list.csv",
        "Email,Nominated by\neve@fernhill.example,sam idowu\neve@fernhill.example,Dana Ruiz\n",
    );
    let list = program.data("import nominations list.csv");
    assert_eq!((&list["new"], &list["unchanged"]), (&json!(1), &json!(1)));
    program.at("2026-06-20");
    let list = program.data("import nominations list.csv");
    assert_eq!((&list["new"], &list["unchanged"]), (&json!(0), &json!(2)));
    program.healthy();
}

#[test]
fn the_report_says_who_nominates_and_what_came_of_it() {
    let mut program = Program::new();
    program.at("2026-04-20");
    nominate(&program, "old", "--by Dana");
    program.at("2026-06-15");
    for (who, by, on) in [
        ("ann", "Dana", "2026-05-01"),
        ("ann", "Sam", "2026-05-02"),
        ("bob", "Dana", "2026-05-03"),
        ("cyd", "Dana", "2026-06-01"),
        ("dan", "Sam", "2026-06-12"),
    ] {
        nominate(
            &program,
            who,
            &format!("--by {by} --on {on} --industry media"),
        );
    }
    program
        .run("register ann --will review --on 2026-05-20")
        .ok();
    program
        .run("nominations decline 4 --reason 'too early'")
        .ok();
    nominate(&program, "ann", "--by Sam");
    program
        .tell("report nominations --period 2026-Q2 --rows")
        .ok();
    program
        .tell("report nominations --period 2026-05 --by month --compare 2026-04")
        .ok();
    program.tell("report nominations --by region").code(2);
    insta::assert_snapshot!(program.story());
    let rate = |numerator: i64, denominator: i64, small: bool| {
        (json!(numerator), json!(denominator), json!(small))
    };
    let read = |one: &Value| {
        (
            one["numerator"].clone(),
            one["denominator"].clone(),
            one["small_n"].clone(),
        )
    };
    let data = program.data("report nominations --period 2026-Q2");
    assert_eq!(read(&data["accepted"]), rate(2, 6, false));
    assert_eq!(read(&data["became_advocates"]), rate(1, 5, false));
    assert_eq!((&data["overdue"], &data["noted"]), (&json!(2), &json!(1)));
    // Before Ann was registered, hers waited as well.
    let then = program.data("report nominations --period 2026-Q2 --as-of 2026-05-19");
    assert_eq!(read(&then["waiting"]), rate(4, 4, true));
    assert_eq!(read(&then["became_advocates"]), rate(0, 3, true));
}

#[test]
fn nobody_nominates_somebody_again_who_waits() {
    let program = Program::new();
    nominate(&program, "ann", "--by Dana");
    program
        .run("nominate ann@northwind.example --reason 'Again' --by Dana")
        .code(2)
        .says("already, which waits for an answer")
        .says("advocate nominations accept 1");
    nominate(&program, "ann", "--by Sam");
    program.run("nominations accept 1").ok();
    nominate(&program, "ann", "--by Dana");
    assert_eq!(program.count("nominations"), 3);
}

#[test]
fn who_is_new_is_said_and_a_slip_is_asked_about() {
    let program = Program::new();
    let lena = "register lena.holt@harbour.example --will review";
    program
        .run(lena)
        .ok()
        .shows("Added:        person and account");
    let again = program.run(lena).ok();
    assert!(!again.out.contains("Added"), "{}", again.story());

    let slip = "lena.hotl@harbour.example";
    let note = format!(
        "note: {slip} is new; did you mean lena.holt@harbour.example? \
         If so: advocate merge lena.holt@harbour.example {slip}"
    );
    let ran = program.run(&format!("nominate {slip} --reason 'speaks well'"));
    ran.ok().shows("Added:       person\n").says(&note);
    program
        .run(&format!("merge lena.holt@harbour.example {slip} --yes"))
        .ok();

    let data = program.data("register omar@brightmere.example --will review");
    assert_eq!(
        (&data["person_new"], &data["account_new"]),
        (&true.into(), &true.into())
    );
    let other = program.run("register lena.bolt@harbour.example --will review --quiet");
    other.ok().silent();
    let meier = program
        .run("register lena.meier@harbour.example --will review")
        .ok();
    assert_eq!(meier.err, "");
}

#[test]
fn a_nomination_that_was_settled_by_a_no_is_no_positive_moment() {
    let mut program = Program::on("2026-01-05");
    program.at("2026-02-04");
    program
        .run("nominate dee@brook.example --by Dana --reason keen --account Brook")
        .ok();
    assert_eq!(program.data("candidates").as_array().unwrap().len(), 1);
    program.at("2026-02-05");
    program.run("do-not-contact dee --reason asked").ok();
    program.at("2026-02-07");
    program
        .run("do-not-contact dee --lift --reason 'she wrote'")
        .ok();
    assert_eq!(program.data("candidates"), serde_json::json!([]));
    let earlier = program.data("candidates --as-of 2026-02-04");
    assert_eq!(
        earlier.as_array().unwrap().len(),
        1,
        "on that day it was one"
    );
    // What she is nominated for after that counts again.
    program.run("nominate dee --by Omar --reason keen").ok();
    assert_eq!(program.data("candidates").as_array().unwrap().len(), 1);
}
