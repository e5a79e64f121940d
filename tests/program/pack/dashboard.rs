//! The dashboard: the program on one screen.

use super::demo;
use crate::common::{Ran, has_keys};

#[test]
fn it_fits_a_screen_and_marks_what_is_wrong() {
    let program = demo();
    let mut wide = program.command(&["report"]);
    let output = wide.env("COLUMNS", "100").output().unwrap();
    let ran = Ran::new("report", output).ok();
    assert!(ran.out.lines().count() <= 40, "{}", ran.out);
    for words in [
        "Fill rate",
        "under 70 %",
        "Influenced revenue, EUR",
        "Stale profiles",
        "Trend",
        "Change",
    ] {
        assert!(ran.out.contains(words), "no {words} in\n{}", ran.out);
    }
}

#[test]
fn each_figure_has_its_way() {
    let program = demo();
    let data = program.data("report --period 2026-Q4 --compare 2026-Q2");
    has_keys(
        &data,
        &[
            "period",
            "running",
            "from",
            "to",
            "compared_with",
            "figures",
        ],
    );
    assert_eq!(data["compared_with"], "2026-Q2");
    let figures = data["figures"].as_array().unwrap();
    let fill = program.data("report fill --period 2026-Q4 --compare 2026-Q2");
    for figure in figures {
        has_keys(
            figure,
            &["report", "figure", "now", "before", "trend", "mark"],
        );
        assert_eq!(figure["trend"].as_array().unwrap().len(), 6, "{figure}");
    }
    let mut keys: Vec<&str> = figures
        .iter()
        .filter_map(|one| one["figure"].as_str())
        .collect();
    let first = figures
        .iter()
        .find(|one| one["figure"] == "fill_rate")
        .unwrap();
    assert_eq!(first["now"], fill["fill_rate"]);
    assert_eq!(first["before"], fill["beside"]["fill_rate"]);
    assert_eq!(first["trend"][5], fill["fill_rate"]["value"]);
    assert_eq!(first["mark"], "under 70 %");
    assert_eq!(keys[0], "pool");
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all, "no figure is there twice");
    let load = program.data("report load --period 2026-Q4");
    let over = figures.iter().find(|one| one["figure"] == "over_cap_taps");
    assert_eq!(over.unwrap()["now"], load["over_cap"]);
}

#[test]
fn it_answers_for_an_earlier_day_in_every_format() {
    let program = demo();
    for format in ["table", "csv", "json", "markdown"] {
        let line = format!("report --as-of 2026-09-30 --format {format}");
        program.run(&line).ok().shows("ill");
    }
    program
        .run("report --period 2027")
        .code(2)
        .says("begins on");
    program.run("report --period 2026 fill").code(2);
    program.run("--json report fill").ok();
}
