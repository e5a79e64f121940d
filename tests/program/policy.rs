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
fn the_pool_and_any_traits_have_targets() {
    let program = Program::new();
    program.advocate("a@x.example", "Acme", "healthcare", "review");
    program
        .run("edit a@x.example --region EMEA --segment Enterprise")
        .ok();
    for (line, key) in [
        ("pool 30", "target.pool"),
        ("traits region=EMEA 3", "target.region.emea.any"),
        (
            "traits segment=Enterprise region=emea 2",
            "target.region.emea.segment.enterprise",
        ),
        (
            "traits ask=review 'industry=Health Care' 5",
            "target.healthcare.review",
        ),
    ] {
        program.run(&format!("policy targets {line}")).ok();
        let set = program.data(&format!("policy show {key}"));
        assert_eq!(set[0]["key"], key);
    }
    let again = program.data("policy targets pool 40");
    assert_eq!(
        (&again["target"], &again["old_target"]),
        (&40.into(), &30.into())
    );
    for line in [
        "pool many",
        "pool 1001",
        "traits region=EMEA",
        "traits planet=Mars 2",
        "traits region=EMEA region=APAC 2",
        "traits ask=lunch 2",
        "traits region= 2",
        "traits region=A segment=B persona=C 2",
    ] {
        program.run(&format!("policy targets {line}")).code(2);
    }
    let listed = program.data("policy targets");
    let of: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["of"].as_str())
        .collect();
    assert_eq!(
        of,
        ["pool", "region emea", "region emea, segment enterprise"]
    );
    assert_eq!(listed[0]["industry"], "healthcare");
    let pool = program.data("report pool --compare previous");
    assert_eq!(
        (&pool["pool"], &pool["target"], &pool["lacking"]),
        (&1.into(), &40.into(), &39.into())
    );
    assert!(pool["beside"]["target"].is_null());
    program.run("report pool").ok().shows("lacking:");
    let report = program.data("report coverage --by segment,region");
    let place = |row: &str, column: &str| {
        let cells = report["cells"].as_array().unwrap().iter();
        let mut found = cells.filter(|one| one["row"] == row && one["column"] == column);
        let found = found.next().unwrap();
        (
            found["target"].clone(),
            found["available"].clone(),
            found["gap"].clone(),
        )
    };
    let of = |numbers: [i32; 3]| (numbers[0].into(), numbers[1].into(), numbers[2].into());
    assert_eq!(place("Enterprise", "EMEA"), of([2, 1, 1]));
    assert_eq!(place("(any)", "EMEA"), of([3, 1, 2]));
    program.run("policy targets pool 0").ok();
    assert!(program.data("report pool")["target"].is_null());
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
