//! `import taps`: history is fact, stored even where it breaks a cap.

use serde_json::json;

use crate::common::Program;

#[test]
fn the_old_spreadsheet_loads_once() {
    let mut program = Program::new();
    let line = format!("import taps {}", program.fixture("import/taps.csv"));
    let before = program.rows();
    program.run(&line).code(1).says("nothing was loaded");
    assert_eq!(program.rows(), before);
    let line = format!("{line} --max-rejects 10");
    program.tell(&line).code(4);
    program.tell(&line).code(4);
    program.tell("taps").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn history_over_a_cap_is_stored_and_marked() {
    let program = Program::new();
    program.file(
        "taps.csv",
        "Email,Ask,Date,Outcome\n\
         nina@northwind.example,reference,2026-05-25,completed\n\
         nina@northwind.example,review,2026-05-20,completed\n\
         nina@northwind.example,logo,2026-05-30,withdrawn\n",
    );
    let data = program.data("import taps taps.csv");
    assert_eq!(
        (&data["new"], &data["over_cap"]),
        (&json!(3), &json!(1)),
        "{data}"
    );
    let taps = program.data("taps nina");
    let over: Vec<(&str, bool)> = taps
        .as_array()
        .unwrap()
        .iter()
        .map(|tap| {
            (
                tap["ask"].as_str().unwrap(),
                tap["over_cap"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        over,
        [("logo", false), ("reference", true), ("review", false)]
    );
    assert_eq!(
        program.data("show nina")["last_tapped_at"],
        "2026-05-25T12:00:00Z"
    );
    let again = program.data("import taps taps.csv");
    assert_eq!((&again["new"], &again["unchanged"]), (&json!(0), &json!(3)));
    // History confirms nobody, and it counts against the caps.
    program
        .run("tap nina --ask review")
        .code(3)
        .says("willingness was never confirmed");
    program
        .run("register nina@northwind.example --will review")
        .ok();
    program
        .run("tap nina --ask review")
        .code(3)
        .says("asked too recently: at most 1 ask in a month");
    program.healthy();
}
