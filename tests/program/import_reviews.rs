//! `import reviews`: public reviews become assets, linked to whoever wrote them.

use serde_json::{Value, json};

use crate::common::{Program, column, counts};

#[test]
fn reviews_of_g2_are_only_suggested_until_somebody_confirms() {
    let program = Program::on("2026-07-01");
    program
        .run("register helene@tidewater.example --name 'Helene M.' --account 'Tidewater Hospitals' --will review").ok();
    program
        .run("register helene@other.example --name 'Helene M.' --account 'Other' --will review")
        .ok();
    let line = format!(
        "import reviews {}",
        program.fixture("import/reviews-g2.csv")
    );
    let first = program.data_with(&line, 4);
    assert_eq!(counts(&first), [5, 3, 0, 0, 2]);
    assert_eq!(
        first["to_confirm"][0]["perhaps_by"],
        json!(["helene@tidewater.example"])
    );
    let shown = program.data("asset show 1");
    assert_eq!(
        (&shown["email"], &shown["suggested"]),
        (&Value::Null, &json!(["helene@tidewater.example"]))
    );
    assert_eq!(
        column(&program.data("asset list --unlinked"), "asset_id"),
        [1, 2, 3]
    );

    let confirmed = program.data("asset edit 1 --person helene@tidewater.example");
    assert_eq!(
        (&confirmed["email"], &confirmed["account"]),
        (
            &json!("helene@tidewater.example"),
            &json!("Tidewater Hospitals")
        )
    );
    assert_eq!(program.data("asset show 1")["suggested"], json!([]));
    assert_eq!(
        column(&program.data("asset list --unlinked"), "asset_id"),
        [2, 3]
    );
    // The same file again neither adds nor unlinks.
    assert_eq!(counts(&program.data_with(&line, 4)), [5, 0, 0, 3, 2]);
    assert_eq!(
        program.data("asset show 1")["email"],
        "helene@tidewater.example"
    );
}

#[test]
fn reviews_of_any_file_are_linked_by_their_address() {
    let program = Program::on("2026-07-01");
    program.run(
        "register noor@glasswing-insurance.example --account 'Glasswing Insurance' --will review",
    ).ok();
    let line = format!(
        "import reviews {}",
        program.fixture("import/reviews-generic.csv")
    );
    assert_eq!(
        counts(&program.data_with(&format!("{line} --dry-run"), 4)),
        [9, 6, 0, 0, 3]
    );
    assert_eq!(counts(&program.data_with(&line, 4)), [9, 6, 0, 0, 3]);
    assert_eq!(counts(&program.data_with(&line, 4)), [9, 0, 0, 6, 3]);
    let list = program.data("asset list");
    assert_eq!(list[0]["email"], "noor@glasswing-insurance.example");
    assert_eq!(
        column(&list, "platform")[..3],
        ["capterra", "trustradius", "gartner"]
    );
    assert_eq!(column(&list, "rating")[..3], [4.5, 4.5, 4.0]);
    // Nobody was invented.
    assert_eq!(program.data("list").as_array().unwrap().len(), 1);
}
