//! `history`, `undo` and `redo` through the binary.

use serde_json::json;

use crate::common::{Program, column};

/// Nina was asked and said yes; Omar is on record.
fn program() -> Program {
    let program = Program::new();
    program
        .run("register nina@n.example --name 'Nina Albrecht' --will review,reference")
        .ok();
    program.run("register omar@o.example --will review").ok();
    program.run("tap nina --ask review").ok();
    program.run("outcome 1 accepted").ok();
    program
}

#[test]
fn what_happened_is_told_newest_first() {
    let program = program();
    let data = program.data("history");
    let told = column(&data["operations"], "did");
    let actor = data["operations"][0]["actor"].as_str().unwrap();
    let expected = [
        "recorded accepted for the review of Nina Albrecht",
        "asked Nina Albrecht for a review",
    ];
    assert_eq!(
        told[..2],
        expected
            .map(|did| json!(format!("{actor} {did}")))
            .each_ref()
    );
    let about = program.data("history --who omar");
    assert_eq!(about["operations"].as_array().unwrap().len(), 1);
    let taps = program.data("history --kind tap");
    assert_eq!(column(&taps["operations"], "operation_id"), [4]);
    let one = program.data("history --op 4");
    assert!(column(&one["changes"], "column").contains(&&json!("ask_kind")));
    program
        .run("history --op 99")
        .code(2)
        .says("there is no operation 99");
}

#[test]
fn the_last_operation_is_taken_back_and_done_again() {
    let program = program();
    let taps = program.data("taps");
    let before = program.data("show nina");
    program.run("outcome 1 completed --rating 2").ok();
    let after = program.data("show nina");
    program.run("undo").code(2).says("undo 6");
    program.run("undo --yes").ok().shows("Taken back");
    assert_eq!(program.data("taps"), taps);
    assert_eq!(program.data("show nina"), before);
    program.run("redo").ok();
    assert_eq!(program.data("show nina"), after);
    program.run("redo").code(3).says("nothing was taken back");
    program.run("check").ok();
}

#[test]
fn what_others_build_on_is_named_and_taken_back_with_them() {
    let program = program();
    let refused = program.run("undo 4 --yes").code(3);
    refused
        .says("later operations build on it: 5")
        .says("advocate undo 4 5");
    program.run("undo 4 5").ok();
    assert_eq!(program.data("taps"), json!([]));
    assert_eq!(program.data("show nina")["last_tapped_at"], json!(null));
    program
        .run("undo 4")
        .code(3)
        .says("took it back already")
        .says("undo 6");
    // A number is never given out again.
    assert_eq!(program.data("tap nina --ask review")["tap_id"], 2);
    program.run("check").ok();
}

#[test]
fn a_person_added_by_mistake_is_gone_as_if_never_added() {
    let program = program();
    let all = program.data("list");
    program
        .run("register wrong@w.example --will review --account 'Wrong Company'")
        .ok();
    program.run("undo --yes").ok();
    assert_eq!(program.data("list"), all);
    program.run("show wrong@w.example").code(2);
    program.run("register wrong@w.example --will review").ok();
    assert_eq!(program.data("show wrong@w.example")["id"], 4);
}

#[test]
fn an_import_is_taken_back_by_its_number_only() {
    let program = program();
    let before = program.rows();
    std::fs::write(
        program.path("nps.csv"),
        "email,score,date,id\nnina@n.example,9,2026-06-01,a1\nnew@x.example,3,2026-06-02,a2\n",
    )
    .unwrap();
    program.run("import nps nps.csv").ok();
    program
        .run("undo --yes")
        .code(3)
        .says("it is an import")
        .says("advocate undo 6");
    program.run("undo 6").ok();
    let facts = |rows: &str| -> Vec<String> {
        let bookkeeping = ["operations", "row_images", "undos", "used_ids"];
        let of = |row: &&str| bookkeeping.iter().any(|one| row.starts_with(one));
        let facts = rows.lines().filter(|row| !of(row));
        facts.map(str::to_owned).collect()
    };
    assert_eq!(facts(&program.rows()), facts(&before));
    assert_eq!(program.data("import nps nps.csv")["new"], 2);
    program.run("check").ok();
}

#[test]
fn what_is_to_be_taken_back_is_shown_first() {
    let program = program();
    let before = program.rows();
    let data = program.data("undo 5 --dry-run");
    assert_eq!(column(&data["removed"], "table"), ["tap_outcomes"]);
    let data = program.data("undo --to 4 --dry-run");
    assert_eq!(column(&data["operations"], "operation_id"), [4, 5]);
    assert_eq!(program.rows(), before);
    program.run("undo --to 4 --quiet").ok().silent();
    assert_eq!(program.data("taps"), json!([]));
    program.run("undo 1").code(3).says("it made the program");
}

#[test]
fn what_was_too_much_to_keep_is_not_done_again_by_halves() {
    let program = program();
    let mut file = String::from("email,score,date,id\n");
    for number in 0..20_001 {
        file.push_str(&format!(
            "p{number}@x{}.example,9,2026-06-01,{number}\n",
            number % 50
        ));
    }
    std::fs::write(program.path("nps.csv"), file).unwrap();
    program.run("import nps nps.csv").ok();
    // A small operation goes with it: none of both is kept.
    program.run("touch nina --kind check-in").ok();
    program.run("undo 6 7 --quiet").ok();
    program
        .run("redo")
        .code(3)
        .says("nothing of it was kept")
        .says("import the file again");
    program.healthy();
    assert_eq!(program.data("import nps nps.csv")["new"], 20_001);
}

#[test]
fn what_rows_were_is_kept_as_long_as_the_policy_says() {
    let mut program = Program::on("2025-01-01");
    program
        .run("register nina@n.example --name Nina --will review")
        .ok();
    program.run("edit nina --title CTO").ok();
    let images = || program.count("row_images");
    assert!(images() > 0);
    program.at("2026-01-20");
    program.run("edit nina --title CEO").ok();
    let images = |program: &Program| program.count("row_images");
    let kept = images(&program);
    program.at("2026-02-02");
    program.run("verify nina").ok();
    assert!(images(&program) < kept, "the oldest are gone");
    let ran = program.run("undo 3 --yes").code(3);
    ran.says("it is older than 13 months")
        .says("policy show undo.months");
    program.run("undo 4 --yes").ok();
    assert_eq!(program.data("show nina")["title"], "CTO");
    program.healthy();
}
