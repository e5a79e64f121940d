//! The workbook, read by an independent reader: its cells say what the JSON says.

use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;

use super::{REPORTS, answer, demo, pack};

type Book = Xlsx<std::io::BufReader<std::fs::File>>;

fn book(path: &std::path::Path) -> Book {
    calamine::open_workbook(path.join("qbr.xlsx")).unwrap()
}

/// The title of a report, which names its worksheet.
fn title(report: &str) -> String {
    if report == "nps" {
        return "NPS".to_owned();
    }
    let (first, rest) = report.split_at(1);
    first.to_uppercase() + rest
}

/// The row whose first cell is `label`.
fn row<'a>(page: &'a Range<Data>, label: &str) -> &'a [Data] {
    let found = page.rows().find(|row| row[0] == *label);
    found.unwrap_or_else(|| panic!("no row `{label}`"))
}

fn numbers(row: &[Data]) -> Vec<f64> {
    row.iter()
        .filter_map(|cell| match cell {
            Data::Float(number) => Some(*number),
            Data::Int(number) => Some(*number as f64),
            _ => None,
        })
        .collect()
}

#[track_caller]
fn same(found: f64, said: &Value) {
    let said = said.as_f64().unwrap();
    assert!((found - said).abs() < 0.06, "{found} is not {said}");
}

#[test]
fn rates_stand_as_numerator_denominator_and_value() {
    let program = demo();
    let mut book = book(&pack(&program, "qbr", ""));
    let page = book.worksheet_range("Fill").unwrap();
    let said = answer(&program, "fill");
    for (label, key) in [
        ("Fill rate", "fill_rate"),
        ("Slot fill", "slot_fill"),
        ("On time", "on_time"),
    ] {
        let found = numbers(row(&page, label));
        for (place, part) in ["numerator", "denominator", "value"].iter().enumerate() {
            same(found[place], &said[key][part]);
            same(found[place + 3], &said["beside"][key][part]);
        }
    }
    let median = numbers(row(&page, "Time to fill: half within"));
    same(24.0 * median[0], &said["time_to_fill_hours"]["median"]);
    assert_eq!(
        numbers(row(&page, "Filled"))[0],
        said["filled"].as_f64().unwrap()
    );
}

#[test]
fn money_stands_in_major_units() {
    let program = demo();
    let mut book = book(&pack(&program, "qbr", ""));
    let page = book.worksheet_range("Influence").unwrap();
    let said = answer(&program, "influence");
    for total in said["totals"].as_array().unwrap() {
        let Some(currency) = total["currency"].as_str() else {
            continue;
        };
        let found = numbers(row(&page, currency));
        let major = |key: &str| Value::from(total[key].as_f64().unwrap() / 100.0);
        same(found[0], &major("pipeline_minor"));
        same(found[1], &major("revenue_minor"));
        same(found[2], &total["deals_open"]);
    }
}

/// Columns that only programs are shown.
const FOR_PROGRAMS: [&str; 3] = ["response_id", "supplied", "wanted"];

#[test]
fn the_facts_are_those_of_the_json() {
    let program = demo();
    let mut book = book(&pack(&program, "qbr", ""));
    for (report, _) in REPORTS {
        let page = book
            .worksheet_range(&format!("{} facts", title(report)))
            .unwrap();
        let said = answer(&program, report)["rows"].as_array().unwrap().clone();
        assert_eq!(page.height(), said.len() + 1, "{report}");
        for (row, said) in page.rows().skip(1).zip(&said) {
            // Numbers that stand alone, in the order of the columns; those for programs only are not shown.
            let mut left = numbers(row).into_iter();
            let said = said.as_object().unwrap();
            let shown = said
                .iter()
                .filter(|(key, _)| !FOR_PROGRAMS.contains(&key.as_str()));
            let whole: Vec<f64> = shown.filter_map(|(_, value)| value.as_f64()).collect();
            for number in &whole {
                assert!(
                    left.any(|found| (found - number).abs() < 0.06),
                    "{report}: {number}"
                );
            }
        }
    }
}

#[test]
fn every_report_has_a_sheet_with_charts_and_frozen_headers_and_nothing_runs() {
    let program = demo();
    program
        .run("request open --ask reference --industry retail --by '=1+1' --needed-by 2026-12-20")
        .ok();
    let folder = pack(&program, "qbr", "");
    let mut book = book(&folder);
    let names = book.sheet_names();
    assert_eq!(names[..2], ["Summary", "Figures"]);
    for name in &names {
        let formulas = book.worksheet_formula(name).unwrap();
        assert!(
            formulas.used_cells().all(|(_, _, text)| text.is_empty()),
            "{name}"
        );
    }
    let mut typed = false;
    for row in book.worksheet_range("Fill facts").unwrap().rows() {
        typed |= row.contains(&Data::String("=1+1".to_owned()));
    }
    assert!(typed, "text stays text");
    let file = std::fs::File::open(folder.join("qbr.xlsx")).unwrap();
    let mut zip = zip::ZipArchive::new(file).unwrap();
    let inside: Vec<String> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let charts = inside
        .iter()
        .filter(|name| name.starts_with("xl/charts/chart"));
    let drawn = super::files(&folder.join("charts")).len() / 2;
    assert_eq!(charts.count(), drawn);
    for (index, name) in names.iter().enumerate() {
        let part = format!("xl/worksheets/sheet{}.xml", index + 1);
        let text = std::io::read_to_string(zip.by_name(&part).unwrap()).unwrap();
        assert!(text.contains("state=\"frozen\""), "{name}");
    }
    for (report, _) in REPORTS {
        assert!(names.contains(&title(report)), "{report}");
    }
}
