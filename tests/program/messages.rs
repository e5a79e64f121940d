//! The words to send (`docs/messages.md`).

use crate::common::Program;

fn reference() -> Program {
    let mut program = Program::on("2026-11-18");
    program.at("2026-11-18T12:00:00Z");
    crate::nina(&program);
    program
}

#[test]
fn an_ask_is_ready_to_send_and_the_deadline_of_a_request_is_in_it() {
    let program = reference();
    let ran = program.run("ask nina --ask ref --by Dan").ok();
    let ran = ran
        .shows("Subject:  One 30-minute call?")
        .shows("next week?")
        .shows("Dan");
    assert!(
        ran.out
            .contains("Then log it: advocate tap nina@northwind.example --ask reference")
    );
    let request = program
        .request("--ask reference --industry healthcare --prospect Contoso --needed-by 2026-12-17");
    let text = program
        .run(&format!("ask nina --request {request} --plain"))
        .ok()
        .out;
    assert!(
        text.contains("with Contoso by Thursday 17 December?"),
        "{text}"
    );
    assert!(!text.contains("next week"), "{text}");
    for line in [
        format!("match --request {request}"),
        format!("request fill {request}"),
    ] {
        let said = program.data(&line)["ask_text"].as_str().unwrap().to_owned();
        assert!(
            said.contains("by Thursday 17 December?") && !said.contains("next week"),
            "{line}: {said}"
        );
    }
    let data = program.data("ask nina --ask logo");
    assert_eq!(data["language"], "en");
    assert!(
        data["mailto"]
            .as_str()
            .unwrap()
            .starts_with("mailto:nina@northwind.example?subject=Your%20logo")
    );
    let link = program.run("ask nina --ask logo --mailto").ok().out;
    assert_eq!(link.lines().count(), 1);
    // Nothing is recorded by it.
    assert_eq!(program.count("taps"), 0);
}

#[test]
fn a_message_is_in_the_language_of_the_person() {
    let program = reference();
    program.run("edit nina --language Deutsch").ok();
    let text = program.run("ask nina --ask reference --plain").ok().out;
    assert!(
        text.starts_with("Guten Tag Nina, würden Sie nächste Woche"),
        "{text}"
    );
    let said = program.data("match --ask reference")["ask_text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(said.starts_with("Hi Nina"), "{said}");
    program
        .run("ask nina --ask reference --language fr --plain")
        .ok()
        .shows("Bonjour Nina");
    program
        .run("ask nina --occasion invite --language es --plain")
        .ok()
        .shows("Hola Nina");
}

#[test]
fn own_words_take_the_place_of_a_text_and_go_again() {
    let program = reference();
    program.run("template list").ok().shows("Thank you");
    let shipped = program.run("template show review").ok().out;
    assert!(shipped.starts_with("Subject: A short review?"), "{shipped}");
    let file = program.file(
        "text.txt",
        "Subject: Hello\n\nDear {name}, a review? {% if deadline %}{deadline}{% endif %}\n",
    );
    program
        .run(&format!("template edit review --file '{}'", file.display()))
        .ok();
    assert_eq!(
        program.run("ask nina --ask review --plain").ok().out,
        "Dear Nina, a review?\n"
    );
    assert_eq!(
        program.data("tap nina --ask review")["ask_text"],
        "Dear Nina, a review?"
    );
    program
        .run("policy show template")
        .ok()
        .shows("template.review.en");
    program.run("template list").ok().shows("Hello");
    for text in ["Hi {nmae}", "Hi {name", "  "] {
        program
            .run(&format!("template edit review --text '{text}'"))
            .code(2);
    }
    program.run("template reset review").ok();
    assert_eq!(program.run("template show review").ok().out, shipped);
    program.run("policy show template").code(2);
    program
        .run("template show poem")
        .code(2)
        .says("is no message");
    program.healthy();
}

#[test]
fn whoever_may_not_be_asked_is_named() {
    let program = reference();
    program.run("tap nina --ask review").ok();
    program
        .run("ask nina --ask logo")
        .ok()
        .says("may not be asked today: cap");
    program.run("do-not-contact nina").ok();
    program
        .run("ask nina --occasion check-in")
        .ok()
        .says("may not be asked today: do-not-contact");
    program
        .run("ask nina --ask logo --copy")
        .code(2)
        .says("no terminal");
    program.run("ask nina").code(2);
}

#[test]
fn a_colleague_who_is_nearly_another_is_named() {
    let program = reference();
    program
        .run("request open --ask reference --by 'Dan Reyes'")
        .ok();
    program
        .run("tap nina --ask review --by Dan")
        .ok()
        .says("Dan is new here, and Dan Reyes is on record; to take it back: advocate undo");
    program
        .run("touch nina --kind check-in --by 'Dan Reyes'")
        .ok()
        .silent_on_stderr();
    program
        .run("touch nina --kind check-in --by 'Dan Reyees'")
        .ok()
        .says("Dan Reyes is on record");
    program
        .run("touch nina --kind check-in --by Kim")
        .ok()
        .silent_on_stderr();
    program.run("request list --by dan").ok().shows("Dan Reyes");
    program
        .run("request list --by zed")
        .code(2)
        .says("there is no requester `zed`");
}

#[test]
fn several_people_are_asked_one_by_one() {
    let program = reference();
    crate::register(&program, "omar@northwind.example", "Omar Hale");
    let ran = program.run("tap nina omar --ask review --dry-run").ok();
    assert!(ran.out.contains("done"), "{}", ran.out);
    assert_eq!(program.count("taps"), 0);
    let one = program.run("tap nina --ask review --dry-run").ok();
    one.shows("Nothing was recorded");
    let data = program.data("touch nina omar --kind check-in");
    assert_eq!(data[1]["who"], "omar");
    assert_eq!(data[1]["done"], true);
    assert_eq!(program.count("touches"), 2);
    let ran = program
        .run_with("pause - --until +10d --json", b"nina\nnobody\n\nomar\n")
        .code(2);
    assert_eq!(ran.data().as_array().unwrap().len(), 3);
    assert!(ran.err.contains("1 of 3 were not done"), "{}", ran.err);
    program
        .run("list --stage paused")
        .ok()
        .shows("Omar")
        .shows("Nina");
    program.run("tap nina omar --ask review").code(3);
}

#[test]
fn a_request_that_names_no_industry_is_for_any_prospect_and_a_filled_one_for_nobody() {
    let program = Program::new();
    crate::nina(&program);
    program.run("request open --ask reference --by Dana").ok();
    program
        .run("ask nina --request 1")
        .ok()
        .shows("with a prospect");
    program
        .run("tap nina --request 1")
        .ok()
        .shows("with a prospect");
    program.run("outcome 1 completed").ok();
    let said = program.run("ask nina --request 1").ok();
    said.says("request 1 is filled").shows("with a prospect");
    assert!(
        !program
            .run("ask nina --request 1")
            .ok()
            .out
            .contains("Then log it")
    );
    program
        .run("match --request 1")
        .ok()
        .shows("Request 1 is filled");
    program.run("redo").code(3).says("nothing was taken back");
}
