//! `policy show`, `policy set`.

use crate::common::Program;

#[test]
fn the_settings_and_what_they_mean() {
    let mut program = Program::new();
    program.tell("policy show").ok();
    program.tell("policy show cap --format csv").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_setting_is_changed_and_validated() {
    let mut program = Program::new();
    program.tell("policy set cap.high.months 4").ok();
    program.tell("policy show cap.high").ok();
    program.tell("policy set cap.high.months 0").code(2);
    program.tell("policy set cap.high.months many").code(2);
    program.tell("policy set cap.huge.months 4").code(2);
    program.tell("policy set brake perhaps").code(2);
    program.tell("policy set brake.passive tiny").code(2);
    program.tell("policy set time-zone Mars/Olympus").code(2);
    program.tell("policy set effort.reference high").ok();
    program
        .tell("policy set industry.space 'Space; Satellites'")
        .ok();
    program.tell("policy set industry.Space x").code(2);
    program.tell("policy set cap.high 4").code(2);
    program.tell("policy show nothing").code(2);
    insta::assert_snapshot!(program.story());
}

#[test]
fn weights_cannot_all_be_nothing() {
    let program = Program::new();
    for weight in ["fit", "relationship", "track-record", "rest"] {
        program.run(&format!("policy set weight.{weight} 0")).ok();
    }
    program
        .run("policy set weight.reciprocity 0")
        .code(2)
        .says("cannot all be 0");
    crate::nina(&program);
    program.run("match --ask review --explain").ok();
}

#[test]
fn every_setting_shown_can_be_set_to_what_it_is() {
    let program = Program::new();
    let all = program.data("policy show");
    let all = all.as_array().unwrap();
    assert!(all.len() > 50);
    // One of each family is enough: the unit tests try them all.
    for setting in all.iter().step_by(7) {
        let (key, value) = (
            setting["key"].as_str().unwrap(),
            setting["value"].as_str().unwrap(),
        );
        let run = program
            .command(&["policy", "set", key, value])
            .output()
            .unwrap();
        assert!(run.status.success(), "{key} = {value}");
    }
    assert_eq!(program.data("policy show").as_array().unwrap(), all);
}

#[test]
fn words_are_added_to_a_list_and_taken_away() {
    let program = Program::new();
    let stages = |line: &str| program.data(&format!("policy set deal.won {line}"))["value"].clone();
    assert_eq!(
        stages("--add 'Verbal yes; Signed' --add Live"),
        "Closed Won; closedwon; Won; Verbal yes; Signed; Live"
    );
    assert_eq!(
        stages("--add won --remove CLOSEDWON --remove 'verbal yes'"),
        "Closed Won; Won; Signed; Live"
    );
    for (line, what) in [
        ("deal.won --remove Lost", "deal.won has no `Lost`"),
        (
            "cap.high.max --add 2",
            "cap.high.max is not a list of words",
        ),
        ("deal.vvon --add 2", "did you mean deal.won?"),
        ("deal.won Won --add 2", "cannot be used with"),
    ] {
        program
            .run(&format!("policy set {line}"))
            .code(2)
            .says(what);
    }
    program.run("policy set industry.space --add Rockets").ok();
    assert_eq!(
        program.data("policy show industry.space")[0]["value"],
        "Rockets"
    );
}

#[test]
fn an_alias_of_an_industry_finds_its_people() {
    let program = Program::new();
    program
        .run("register ada@orbit.example --industry Satellites --will review")
        .ok();
    program
        .run("policy set industry.space 'Satellites; Rockets'")
        .ok();
    let found = program.data("match --ask review --industry rockets");
    assert_eq!(found["ready"][0]["email"], "ada@orbit.example");
    assert_eq!(program.data("list")[0]["industry"], "space");
}

#[test]
fn targets_alone_are_listed() {
    let program = Program::new();
    program.run("policy targets").ok().shows("No targets.");
    program
        .run("policy targets set healthcare reference 5")
        .ok();
    let listed = program.data("policy targets");
    assert_eq!(listed[0]["target"], 5);
    assert_eq!(program.data("policy targets list"), listed);
    let before = program.data("policy targets --as-of 2026-06-14");
    assert_eq!(before.as_array().unwrap().len(), 0);
}

#[test]
fn settings_that_cannot_all_be_meant_are_refused() {
    let program = Program::new();
    program.run("policy set tier.silver 50").code(2).says(
        "tier.silver cannot be `50`: tier.silver is 50 points and tier.gold, the higher tier, 4",
    );
    program.run("policy set deal.open --add Closing").ok();
    program
        .run("policy set deal.won --add closing")
        .code(2)
        .says("stands in deal.open and in deal.won");
    program
        .run("policy set industry.retail --add Banking")
        .code(2)
        .says("the industry `Banking` stands in financial-services and in retail");
    program.run("policy set tier.platinum 60").ok();
}
