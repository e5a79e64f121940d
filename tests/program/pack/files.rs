//! The folder and what lies in it.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::{REPORTS, TODAY, answer, demo, files, pack};
use crate::common::Program;

#[test]
fn the_same_question_gives_the_same_bytes() {
    let program = demo();
    let one = files(&pack(&program, "one", ""));
    let two = files(&pack(&program, "two", ""));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        assert!(*bytes == two[name], "{name} differs");
    }
}

#[test]
fn everything_that_a_deck_needs_is_there_and_private() {
    let program = demo();
    let folder = pack(&program, "qbr", "");
    let found = files(&folder);
    for name in [
        "summary.md",
        "qbr.html",
        "qbr.xlsx",
        "headlines.csv",
        "headlines-slides.csv",
        "manifest.json",
    ] {
        assert!(found.contains_key(name), "{name}");
    }
    for (report, _) in REPORTS {
        assert!(found.contains_key(&format!("{report}.csv")), "{report}");
    }
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode(folder.clone()), mode(folder.join("charts"))),
        (0o700, 0o700)
    );
    let mut pictures = 0;
    for (name, bytes) in &found {
        assert_eq!(mode(folder.join(name)), 0o600, "{name}");
        assert!(!bytes.is_empty(), "{name}");
        if name.ends_with(".png") {
            pictures += 1;
            assert!(found.contains_key(&name.replace(".png", ".svg")), "{name}");
            assert_eq!(&bytes[1..4], b"PNG");
            let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!((side(16), side(20)), (1920, 1080), "{name}");
        }
    }
    assert!(pictures >= 6, "{pictures} pictures");
    let manifest: Value = serde_json::from_slice(&found["manifest.json"]).unwrap();
    assert_eq!(manifest["files"].as_array().unwrap().len() + 1, found.len());
}

#[test]
fn the_csv_files_are_read_back_whole_and_run_nothing() {
    let program = demo();
    program
        .run("request open --ask reference --industry retail --by '=1+1' --needed-by 2026-12-20")
        .ok();
    let found = files(&pack(&program, "qbr", ""));
    let mut guarded = 0;
    for (name, bytes) in found.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(!rows.is_empty(), "{name}");
        for cell in rows.iter().flatten() {
            let figure = cell.parse::<f64>().is_ok();
            assert!(
                figure || !cell.starts_with(['=', '+', '-', '@', '\t']),
                "{name}: {cell}"
            );
            guarded += usize::from(cell == "'=1+1");
        }
    }
    assert_eq!(guarded, 1);
    for (report, _) in REPORTS {
        let csv = &found[&format!("{report}-rows.csv")];
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        let facts = answer(&program, report)["rows"].as_array().unwrap().len();
        assert_eq!(reader.records().count(), facts, "{report}");
    }
}

#[test]
fn the_page_needs_nothing_and_has_words_for_every_picture() {
    let program = demo();
    let found = files(&pack(&program, "qbr", ""));
    let page = String::from_utf8(found["qbr.html"].clone()).unwrap();
    for foreign in ["<script", "http:", "https:", " src=", "@import", "<link"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let count = |what: &str| page.matches(what).count();
    assert_eq!(
        count("url("),
        count("url(data:font/"),
        "only the font, which the page holds"
    );
    assert_eq!(count(" href="), count(" href=\"#"), "links lead within");
    for (report, _) in REPORTS {
        assert_eq!(count(&format!("href=\"#{report}\"")), 1, "{report}");
        assert_eq!(count(&format!("id=\"{report}\"")), 1, "{report}");
    }
    let pictures = found.keys().filter(|name| name.ends_with(".svg")).count();
    assert_eq!(count("<h1>"), 1);
    assert_eq!(count("<figure>"), pictures);
    for part in [
        "<svg class=\"chart\"",
        "<svg class=\"chart narrow\"",
        "<title id=",
        "<desc id=",
        "<p class=\"footer\">",
        "As a table",
    ] {
        assert_eq!(count(part), pictures, "{part}");
    }
    for tag in [
        "div", "section", "table", "figure", "svg", "ul", "ol", "li", "tr", "details",
    ] {
        let opened = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(opened, count(&format!("</{tag}>")), "{tag}");
    }
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
    for (name, picture) in found.iter().filter(|(name, _)| name.ends_with(".svg")) {
        let picture = String::from_utf8_lossy(picture);
        assert!(
            picture.contains("<title") && picture.contains("<desc"),
            "{name}"
        );
    }
}

#[test]
fn the_commands_in_a_pack_name_the_database_that_was_named() {
    let program = demo();
    program
        .run("--db program.db report qbr --period 2026-Q4 --out named")
        .ok();
    let summary = std::fs::read_to_string(program.path("named/summary.md")).unwrap();
    let next: Vec<&str> = summary
        .lines()
        .filter(|line| line.contains("Next: "))
        .collect();
    let named = |line: &&str| line.contains("`advocate --db program.db ");
    assert!(!next.is_empty() && next.iter().all(named), "{next:?}");
}

#[test]
fn the_summary_says_what_needs_a_decision() {
    let program = demo();
    let found = files(&pack(&program, "qbr", ""));
    let summary = String::from_utf8(found["summary.md"].clone()).unwrap();
    for words in [
        "# Customer advocacy, 2026-Q4",
        "still running, beside the same days of 2026-Q3. As of 2026-11-22",
        " of won deals were touched by advocates",
        "## What needs a decision",
        "\n1. ",
        "\n3. ",
        "Could own it: ",
        "- Next: `advocate ",
        "- Fill rate: ",
    ] {
        assert!(summary.contains(words), "no {words} in\n{summary}");
    }
    let (read, _) = summary.split_once("## To begin").unwrap();
    let sentences = read.matches(".\n").count() + read.matches(". ").count();
    assert!(
        sentences <= 20,
        "{sentences} sentences are no summary:\n{read}"
    );
}

#[test]
fn the_page_says_it_in_the_words_of_its_readers() {
    let program = demo();
    let page = files(&pack(&program, "qbr", ""))["qbr.html"].clone();
    let page = String::from_utf8(page).unwrap();
    let (_, body) = page.split_once("<body>").unwrap();
    let (body, appendix) = body.split_once("<h2>Appendix").unwrap();
    for word in [
        "p90", "Wald", "docs/", "--", "<code>", "0/0", " hours", "small n", "@",
    ] {
        let found: Vec<&str> = body.lines().filter(|line| line.contains(word)).collect();
        assert!(found.is_empty(), "{word}: {found:?}");
    }
    assert!(appendix.contains("<code>advocate "));
    for part in [
        "class=\"skip\" href=\"#main\"",
        "id=\"main\"",
        "class=\"story\"",
        "dir=\"auto\"",
        "aria-label=\"Trend: ",
    ] {
        assert!(body.contains(part), "no {part}");
    }
    let heroes = body.split("<ul class=\"tiles\"").nth(1).unwrap();
    let (heroes, _) = heroes.split_once("</ul>").unwrap();
    assert_eq!(heroes.matches("<li>").count(), 4, "{heroes}");
    assert!(
        heroes.contains("better") || heroes.contains("worse"),
        "{heroes}"
    );
}

#[test]
fn slides_take_tidy_rows_whose_change_can_be_checked() {
    let program = demo();
    let csv = files(&pack(&program, "qbr", ""))["headlines-slides.csv"].clone();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let headers: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let expected = [
        "figure",
        "period",
        "value",
        "unit",
        "before",
        "before_period",
        "change",
    ];
    assert_eq!(headers, expected);
    let mut checked = 0;
    for row in reader.records().map(Result::unwrap) {
        let number = |place: usize| row[place].parse::<f64>().ok();
        if let (Some(now), Some(before), Some(change)) = (number(2), number(4), number(6)) {
            assert!((now - before - change).abs() < 1e-9, "{row:?}");
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn an_earlier_day_gives_the_pack_of_that_day() {
    let program = demo();
    let line = "report qbr --period 2026-Q3 --as-of 2026-09-30 --out then";
    program.run(line).ok();
    let summary = std::fs::read_to_string(program.path("then/summary.md")).unwrap();
    assert!(summary.contains("As of 2026-09-30"), "{summary}");
}

#[test]
fn what_is_not_a_pack_is_left_alone_and_a_pack_is_replaced() {
    let program = demo();
    std::fs::create_dir(program.path("letters")).unwrap();
    program.file("letters/dear.txt", "Nina");
    program
        .run("report qbr --period 2026-Q4 --out letters")
        .code(1)
        .says("letters is not a pack of ours; it was left untouched")
        .says("hint: name a new folder");
    assert_eq!(files(&program.path("letters")).len(), 1);
    let folder = pack(&program, "qbr", "");
    program.file("qbr/deck.pptx", "mine");
    let before = files(&folder);
    program.run("report qbr --period 2027-Q4 --out qbr").code(2);
    assert!(
        before == files(&folder),
        "a failed run leaves the old pack whole"
    );
    pack(&program, "qbr", "--compare 2026-Q2");
    let after = files(&folder);
    assert_eq!(after["deck.pptx"], b"mine");
    assert!(before["summary.md"] != after["summary.md"]);
}

#[test]
fn an_empty_program_has_a_pack_as_well() {
    let mut program = Program::new();
    program.at(TODAY);
    let folder = pack(&program, "qbr", "");
    let summary = std::fs::read_to_string(folder.join("summary.md")).unwrap();
    assert!(summary.contains("No threshold is crossed."), "{summary}");
    assert!(summary.contains("import the first survey"), "{summary}");
    let page = std::fs::read_to_string(folder.join("qbr.html")).unwrap();
    assert!(!page.contains("<figure>"), "empty pictures are left out");
}
