//! The formats side by side: what people read, what programs read, and text that means harm.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::domain::calendar::Timestamp;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn written_with(data: impl Into<Value>, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    let answer = Answer::new("test/1", day("2026-11-21"), data);
    render(&answer, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn written(data: impl Into<Value>, format: Format) -> String {
    written_with(data, format, &Style::default())
}

fn at_width(data: impl Into<Value>, width: usize) -> String {
    let style = Style {
        width: Some(width),
        ..Style::default()
    };
    written_with(data, Format::Table, &style)
}

fn raw(data: impl Into<Value>) -> String {
    written_with(
        data,
        Format::Csv,
        &Style {
            raw: true,
            ..Style::default()
        },
    )
}

fn data(data: impl Into<Value>) -> Json {
    serde_json::from_str::<Json>(&written(data, Format::Json)).unwrap()["data"].take()
}

/// The records of a CSV text, header first.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn matches() -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("rank", "#"),
        Column::left("email", "E-mail"),
        Column::left("name", "Name"),
        Column::right("score", "Score"),
        Column::left("reasons", "Why"),
        Column::left("last_tapped_at", "Last asked"),
        Column {
            shown: Shown::ToPrograms,
            ..Column::left("id", "Id")
        },
        Column {
            shown: Shown::ToPeople,
            ..Column::left("note", "Note")
        },
    ])
    .empty("Nobody is free.");
    sheet.push(vec![
        1_u32.into(),
        "ana.lopez@northwind-health.example".into(),
        "Ana López".into(),
        Cell::decimal(91.25, 1),
        Cell::list(["same industry", "9 of 9 completed", "rested for 7 months"]),
        Timestamp(1_777_000_000).into(),
        17_i64.into(),
        "prefers mornings".into(),
    ]);
    sheet.push(vec![
        2_u32.into(),
        "wei@山田病院.example".into(),
        "山田 太郎 🙂".into(),
        Cell::decimal(7.0, 1),
        Cell::list(["same region"]),
        Cell::Empty,
        4_i64.into(),
        Cell::Empty,
    ]);
    sheet
}

fn typed() -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("kind", "Kind"),
        Column::rate("fill_rate", "Fill rate"),
        Column::money("pipeline", "Pipeline"),
        Column::right("nps", "NPS"),
        Column::left("on", "On"),
        Column::left("open", "Open"),
    ]);
    let row = |kind: &str, rate, money, nps| {
        vec![
            kind.into(),
            rate,
            money,
            nps,
            day("2026-11-21").into(),
            true.into(),
        ]
    };
    sheet.push(row(
        "reference",
        Cell::rate(7, 12),
        Cell::money(123_450, "USD"),
        Cell::decimal(33.333, 1),
    ));
    sheet.push(row(
        "video",
        Cell::rate(0, 0),
        Cell::Empty,
        Cell::decimal(-0.01, 1),
    ));
    sheet
}

#[test]
fn a_table_is_calm() {
    insta::assert_snapshot!(at_width(matches(), 120), @r"
    #  E-mail                              Name          Score  Why                   Last asked            Note
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    1  ana.lopez@northwind-health.example  Ana López      91.2  same industry; 9 of   2026-04-24 03:06 UTC  prefers mornings
                                                                9 completed; rested
                                                                for 7 months
    2  wei@山田病院.example                山田 太郎 🙂    7.0  same region
    ");
}

#[test]
fn a_narrow_table_leaves_out_and_wraps() {
    insta::assert_snapshot!(at_width(matches(), 80), @r"
    #  E-mail                              Name          Score  Why
    ────────────────────────────────────────────────────────────────────────────────
    1  ana.lopez@northwind-health.example  Ana López      91.2  same industry; 9 of
                                                                9 completed; rested
                                                                for 7 months
    2  wei@山田病院.example                山田 太郎 🙂    7.0  same region
    ");
}

#[test]
fn an_address_is_broken_rather_than_a_table_too_wide() {
    let mut sheet = Sheet::new(vec![
        Column::left("email", "E-mail"),
        Column::left("why", "Why"),
    ]);
    let email = format!("{}@{}.example", "a".repeat(40), "b".repeat(40));
    sheet.push(vec![email.as_str().into(), "one two three".into()]);
    for width in [24, 40, 80, 100, 120] {
        let text = at_width(sheet.clone(), width);
        assert!(text.lines().all(|line| line.width() <= width), "{text}");
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
        assert_eq!(text.contains(&email), width == 120, "{text}");
    }
    let piped = written(sheet, Format::Table);
    assert!(piped.lines().all(|line| line.width() <= 80), "{piped}");
}

#[test]
fn tables_fit() {
    for width in [24, 40, 60, 80, 96, 100, 120] {
        let text = at_width(matches(), width);
        assert!(text.lines().all(|line| line.width() <= width), "{text}");
    }
}

#[test]
fn where_two_columns_are_too_many_each_row_is_a_record() {
    let mut sheet = Sheet::new(vec![
        Column::left("on", "On"),
        Column {
            importance: Importance::Always,
            ..Column::right("amount", "Amount")
        },
        Column::left("note", "Note"),
    ]);
    let money = || Cell::money(123_456_789, "EUR");
    sheet.push(vec![day("2026-11-21").into(), money(), "one".into()]);
    sheet.push(vec![day("2026-11-22").into(), money(), Cell::Empty]);
    insta::assert_snapshot!(at_width(sheet, 26), @r"
    On:      2026-11-21
    Amount:  EUR 1,234,567.89
    Note:    one

    On:      2026-11-22
    Amount:  EUR 1,234,567.89
    ");
}

#[test]
fn what_a_cell_means_has_its_colour() {
    let mut sheet = Sheet::new(vec![
        Column {
            tones: vec![Tone::Bad, Tone::Due, Tone::Good],
            ..Column::left("due", "Due")
        },
        Column::left("what", "What"),
    ]);
    for due in ["late", "today", "now"] {
        sheet.push(vec![due.into(), "x".into()]);
    }
    let style = Style {
        color: true,
        ..Style::default()
    };
    let text = written_with(sheet.clone(), Format::Table, &style);
    let plain = written(sheet, Format::Table);
    for (line, code) in text.lines().skip(2).zip(["1", "3", "2"]) {
        let begins = format!("\u{1b}[38;5;{code}m");
        assert!(line.starts_with(&begins) && line.ends_with('x'), "{text:?}");
    }
    let mut bare = String::new();
    for (place, part) in text.split('\u{1b}').enumerate() {
        let rest = part.split_once('m').map_or(part, |(_, rest)| rest);
        bare.push_str(if place == 0 { part } else { rest });
    }
    assert_eq!(bare, plain);
}

#[test]
fn rows_stand_under_the_titles_of_their_groups() {
    let group = |place, title| Group { place, title };
    let mut sheet = Sheet::new(vec![
        Column::left("what", "What"),
        Column::left("command", "Command"),
    ]);
    for what in ["one", "two", "three"] {
        let command = CommandLine::of("touch").value(what);
        sheet.push(vec![what.into(), command.into()]);
    }
    sheet.groups = vec![group(1, "Later"), group(0, "Overdue"), group(1, "Later")];
    insta::assert_snapshot!(written(sheet.clone(), Format::Table), @r"
    What
    ─────
    Overdue
    two
      advocate touch two

    Later
    one
      advocate touch one
    three
      advocate touch three
    ");
    let one = data(sheet)[0].to_string();
    assert!(one.starts_with(r#"{"what":"one","command":"#), "{one}");
}

#[test]
fn titles_and_commands_stay_at_any_width() {
    let mut sheet = Sheet::new(vec![
        Column::left("what", "What is to be done"),
        Column {
            importance: Importance::Always,
            ..Column::left("who", "Who is meant by it")
        },
        Column::left("command", "Command"),
    ]);
    for who in ["one", "two"] {
        let command = CommandLine::of("touch --kind check-in").value(who);
        sheet.push(vec!["acknowledgements".into(), who.into(), command.into()]);
    }
    sheet.groups = ["Overdue", "Later"]
        .map(|title| Group { place: 0, title })
        .into();
    for width in [24, 30, 40, 80] {
        let text = at_width(sheet.clone(), width);
        for words in ["Overdue", "Later", "acknowledgements", "two"] {
            assert!(text.contains(words), "{words} at {width}\n{text}");
        }
        for who in ["one", "two"] {
            let command = format!("  advocate touch --kind check-in {who}");
            assert!(text.lines().any(|line| line == command), "{text}");
        }
    }
}

#[test]
fn an_empty_sheet_says_so() {
    let columns = || {
        vec![
            Column::left("email", "E-mail"),
            Column::rate("rate", "Rate"),
        ]
    };
    let none = Sheet::new(columns()).empty("Nobody is free.");
    assert_eq!(written(none.clone(), Format::Table), "Nobody is free.\n");
    assert_eq!(written(none.clone(), Format::Markdown), "Nobody is free.\n");
    assert_eq!(
        written(none.clone(), Format::Csv),
        "email,rate_numerator,rate_denominator,rate_value\r\n"
    );
    assert_eq!(data(none), json!([]));
    assert_eq!(written(Sheet::new(columns()).empty(""), Format::Table), "");
}

fn person() -> Record {
    Record::new()
        .say("Ana López may be asked.")
        .with("email", "E-mail", "ana@x.example")
        .with("stage", "Stage", "active")
        .with("last_tapped_at", "Last asked", Cell::Empty)
        .data("id", 17_i64)
        .with(
            "free_from",
            "Free from",
            Record::new()
                .with("low", "low", day("2026-12-01"))
                .with("high", "high", Cell::Empty),
        )
        .with("acceptance", "Acceptance", Cell::rate(2, 3))
        .with("taps", "Asks", typed())
        .with("gaps", "Gaps", Sheet::new(Vec::new()).empty("No gaps."))
        .with("hidden", "Hidden", Sheet::new(Vec::new()).empty(""))
        .with(
            "account",
            "Account",
            Record::new()
                .with("name", "Name", "N")
                .with("rows", "", typed()),
        )
}

#[test]
fn a_record_is_aligned_lines_with_tables_beneath() {
    insta::assert_snapshot!(written(person(), Format::Table), @r"
    Ana López may be asked.

    E-mail:      ana@x.example
    Stage:       active
    Last asked:  -
    Free from:   low 2026-12-01, high -
    Acceptance:  2/3 (66.7 %) small n

    Asks
    Kind           Fill rate      Pipeline   NPS  On          Open
    ──────────────────────────────────────────────────────────────
    reference  7/12 (58.3 %)  USD 1,234.50  33.3  2026-11-21  yes
    video              0/0 -                 0.0  2026-11-21  yes

    Gaps
    No gaps.

    Account
      Name:  N

      Kind           Fill rate      Pipeline   NPS  On          Open
      ──────────────────────────────────────────────────────────────
      reference  7/12 (58.3 %)  USD 1,234.50  33.3  2026-11-21  yes
      video              0/0 -                 0.0  2026-11-21  yes
    ");
}

#[test]
fn a_record_in_markdown_is_a_list() {
    insta::assert_snapshot!(written(person(), Format::Markdown), @r"
    Ana López may be asked.

    - **E-mail**: ana@x.example
    - **Stage**: active
    - **Last asked**: -
    - **Free from**: low 2026-12-01, high -
    - **Acceptance**: 2/3 (66.7 %) small n

    ### Asks

    | Kind | Fill rate | Pipeline | NPS | On | Open |
    | :--- | ---: | ---: | ---: | :--- | :--- |
    | reference | 7/12 (58.3 %) | USD 1,234.50 | 33.3 | 2026-11-21 | yes |
    | video | 0/0 - |  | 0.0 | 2026-11-21 | yes |

    ### Gaps

    No gaps.

    ### Account

    - **Name**: N

    | Kind | Fill rate | Pipeline | NPS | On | Open |
    | :--- | ---: | ---: | ---: | :--- | :--- |
    | reference | 7/12 (58.3 %) | USD 1,234.50 | 33.3 | 2026-11-21 | yes |
    | video | 0/0 - |  | 0.0 | 2026-11-21 | yes |
    ");
}

#[test]
fn a_record_in_json_keeps_its_order() {
    let text = written(person(), Format::Json);
    assert!(
        text.starts_with(
            "{\n  \"schema\": \"test/1\",\n  \"as_of\": \"2026-11-21\",\n  \"data\": {\n"
        ),
        "{text}"
    );
    assert!(text.ends_with("}\n"));
    let data = data(person());
    let keys: Vec<_> = data
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "email",
            "stage",
            "last_tapped_at",
            "id",
            "free_from",
            "acceptance",
            "taps",
            "gaps",
            "hidden",
            "account"
        ]
    );
    assert_eq!(
        data["free_from"],
        json!({"low": "2026-12-01", "high": null})
    );
    assert_eq!(
        data["acceptance"],
        json!({"numerator": 2, "denominator": 3, "value": 2.0 / 3.0, "small_n": true})
    );
}

#[test]
fn csv_of_a_record_is_its_first_sheet_or_its_values() {
    assert_eq!(
        written(person(), Format::Csv),
        written(typed(), Format::Csv)
    );
    let flat = Record::new()
        .say("Recorded.")
        .with("tap_id", "Ask", 7_i64)
        .with(
            "free_from",
            "Free",
            Record::new().with("low", "low", day("2026-12-01")),
        )
        .with("rate", "Rate", Cell::rate(1, 2));
    assert_eq!(
        written(flat, Format::Csv),
        "tap_id,free_from_low,rate_numerator,rate_denominator,rate_value\r\n7,2026-12-01,1,2,0.5\r\n"
    );
}

#[test]
fn a_cell_stands_alone() {
    assert_eq!(written(Cell::text("done"), Format::Table), "done\n");
    assert_eq!(
        written(Cell::text("done"), Format::Csv),
        "value\r\ndone\r\n"
    );
    assert_eq!(data(Some(3_u32)), json!(3));
}

#[test]
fn all_formats_agree() {
    assert_eq!(
        data(typed()),
        json!([
            {"kind": "reference", "fill_rate": {"numerator": 7, "denominator": 12, "value": 7.0 / 12.0, "small_n": false},
             "pipeline": {"amount_minor": 123_450, "currency": "USD"}, "nps": 33.3, "on": "2026-11-21", "open": true},
            {"kind": "video", "fill_rate": {"numerator": 0, "denominator": 0, "value": null, "small_n": true},
             "pipeline": null, "nps": 0.0, "on": "2026-11-21", "open": true},
        ])
    );
    insta::assert_snapshot!(written(typed(), Format::Csv), @r"
    kind,fill_rate_numerator,fill_rate_denominator,fill_rate_value,pipeline_minor,pipeline_currency,pipeline_value,nps,on,open
    reference,7,12,0.5833333333333334,123450,USD,1234.50,33.3,2026-11-21,true
    video,0,0,,,,,0.0,2026-11-21,true
    ");
    insta::assert_snapshot!(written(typed(), Format::Markdown), @r"
    | Kind | Fill rate | Pipeline | NPS | On | Open |
    | :--- | ---: | ---: | ---: | :--- | :--- |
    | reference | 7/12 (58.3 %) | USD 1,234.50 | 33.3 | 2026-11-21 | yes |
    | video | 0/0 - |  | 0.0 | 2026-11-21 | yes |
    ");
    insta::assert_snapshot!(written(typed(), Format::Table), @r"
    Kind           Fill rate      Pipeline   NPS  On          Open
    ──────────────────────────────────────────────────────────────
    reference  7/12 (58.3 %)  USD 1,234.50  33.3  2026-11-21  yes
    video              0/0 -                 0.0  2026-11-21  yes
    ");
}

#[test]
fn each_reader_sees_its_columns() {
    let table = at_width(matches(), 140);
    assert!(table.contains("Note") && !table.contains("Id"), "{table}");
    assert_eq!(
        records(&written(matches(), Format::Csv))[0],
        [
            "rank",
            "email",
            "name",
            "score",
            "reasons",
            "last_tapped_at",
            "id"
        ]
    );
    assert!(data(matches())[0].get("note").is_none());
}

/// Texts from outside that try something.
const HOSTILE: [&str; 10] = [
    "\u{1b}]0;title\u{7}\u{1b}[2J",
    "invoice\u{202e}fdp.exe",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    " @SUM(A1)",
    "a|b\\|c",
    "<script>alert(1)</script>",
    "[click](javascript:x) **bold** `code`",
    "said \"yes\",\r\nthen\nleft",
    "\u{feff}=HYPERLINK(\"x\")",
];

fn hostile() -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("text", "Text"),
        Column::right("number", "Number"),
    ]);
    for text in HOSTILE {
        sheet.push(vec![text.into(), (-1_i64).into()]);
    }
    sheet
}

#[test]
fn hostile_text_reaches_nobody() {
    for format in [Format::Table, Format::Markdown] {
        let text = written(hostile(), format);
        assert_eq!(text.lines().count(), HOSTILE.len() + 2, "{text}");
        assert!(
            !text.chars().any(|c| c != '\n' && text::is_hidden(c)),
            "{text:?}"
        );
    }
    insta::assert_snapshot!(written(hostile(), Format::Markdown), @r#"
    | Text | Number |
    | :--- | ---: |
    | �\]0;title��\[2J | -1 |
    | invoice�fdp.exe | -1 |
    | =cmd\|' /C calc'!A0 | -1 |
    | =1+1 | -1 |
    | @SUM(A1) | -1 |
    | a\|b\\\|c | -1 |
    | \<script\>alert(1)\</script\> | -1 |
    | \[click\](javascript:x) \*\*bold\*\* \`code\` | -1 |
    | said "yes", then left | -1 |
    | =HYPERLINK("x") | -1 |
    "#);
    let csv: Vec<_> = records(&written(hostile(), Format::Csv))
        .into_iter()
        .map(|row| row.join(" ~ "))
        .collect();
    insta::assert_snapshot!(csv.join("\n"), @r#"
    text ~ number
    �]0;title��[2J ~ -1
    invoice�fdp.exe ~ -1
    '=cmd|' /C calc'!A0 ~ -1
    ' =1+1 ~ -1
    ' @SUM(A1) ~ -1
    a|b\|c ~ -1
    <script>alert(1)</script> ~ -1
    [click](javascript:x) **bold** `code` ~ -1
    said "yes",
    then
    left ~ -1
    '=HYPERLINK("x") ~ -1
    "#);
    let json = written(hostile(), Format::Json);
    assert!(
        !json.chars().any(|c| c != '\n' && text::is_hidden(c)),
        "{json:?}"
    );
    for (row, text) in data(hostile()).as_array().unwrap().iter().zip(HOSTILE) {
        assert_eq!(row["text"], text);
    }
}

#[test]
fn paragraphs_in_markdown_stay_paragraphs() {
    for (text, shown) in [
        ("# big", "\\# big"),
        ("1. one", "1\\. one"),
        ("2026 was", "2026 was"),
        ("- x", "\\- x"),
    ] {
        assert_eq!(
            written(Record::new().say(text), Format::Markdown),
            format!("{shown}\n")
        );
    }
}

#[test]
fn colour_is_for_headings() {
    let style = Style {
        color: true,
        ..Style::default()
    };
    let text = written_with(typed(), Format::Table, &style);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("\u{1b}[1mKind") && lines[0].ends_with("Open\u{1b}[0m"),
        "{text:?}"
    );
    assert!(lines[1].starts_with("\u{1b}[2m──"), "{text:?}");
    assert!(!lines[2].contains('\u{1b}'));
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.to_string().parse::<Format>(), Ok(format));
    }
    assert_eq!(
        "xml".parse::<Format>().unwrap_err(),
        "`xml` is not a format; use one of table, csv, json, markdown, tsv, jsonl"
    );
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,30}",
        any::<String>(),
        "[ -~\\n\\t]{0,80}",
        "[=+@|\\-\u{1b}\u{202e}\u{200d}🙂山 ]{0,12}"
    ]
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any_text().prop_map(Cell::Text),
        any::<i64>().prop_map(Cell::Integer),
        (any::<f64>(), 0_u8..5).prop_map(|(value, places)| Cell::decimal(value, places)),
        any::<bool>().prop_map(Cell::Flag),
        any::<i64>().prop_map(|at| Cell::Instant(Timestamp(at))),
        proptest::collection::vec(any_text(), 0..4).prop_map(Cell::List),
        proptest::collection::vec(any::<i64>(), 0..4).prop_map(Cell::Numbers),
        (any::<i64>(), any_text()).prop_map(|(amount, currency)| Cell::money(amount, currency)),
        (any::<i64>(), any::<i64>()).prop_map(|(part, whole)| Cell::rate(part, whole)),
    ]
}

fn any_sheet(cell: impl Strategy<Value = Cell>) -> impl Strategy<Value = Sheet> {
    let row = (cell, any_text(), any_text())
        .prop_map(|(cell, one, two)| vec![cell, one.into(), two.into()]);
    proptest::collection::vec(row, 1..6).prop_map(|rows| Sheet {
        rows,
        ..Sheet::new(vec![
            Column::right("cell", "A cell"),
            Column::left("one", "One"),
            Column::left("two", "Two"),
        ])
    })
}

proptest! {
    #[test]
    fn anything_can_be_written(sheet in any_sheet(any_cell()), width in 0_usize..140) {
        let record = Record::new()
            .with("one", "One", sheet.rows[0][0].clone())
            .with("alone", "", sheet.rows[0][1].clone())
            .with("rows", "Rows", sheet.clone());
        for data in [Value::from(sheet.clone()), record.into()] {
            for text in [at_width(data.clone(), width), written(data.clone(), Format::Markdown)] {
                prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{:?}", text);
                prop_assert!(text.lines().all(|line| line == line.trim_end()), "{:?}", text);
            }
            let json: Json = serde_json::from_str(&written(data.clone(), Format::Json)).unwrap();
            prop_assert_eq!(&json["schema"], "test/1");
            prop_assert_eq!(records(&written(data, Format::Csv)).len(), sheet.rows.len() + 1);
        }
    }

    #[test]
    fn a_table_keeps_every_word(texts in proptest::collection::vec("[a-z@.]{1,20}( [a-z山🙂]{1,10}){0,8}", 1..5), width in 24_usize..120) {
        let mut sheet = Sheet::new(vec![Column::left("one", "One"), Column::left("two", "Two")]);
        for text in &texts {
            sheet.push(vec![text.as_str().into(), text.as_str().into()]);
        }
        let table = at_width(sheet, width);
        let words: Vec<&str> = table.split_whitespace().collect();
        for word in texts.iter().flat_map(|text| text.split(' ')) {
            prop_assert!(words.contains(&word), "{word}\n{table}");
        }
    }

    #[test]
    fn csv_comes_back(sheet in any_sheet(any_text().prop_map(Cell::Text))) {
        let back = records(&raw(sheet.clone()));
        for (row, cells) in sheet.rows.iter().zip(&back[1..]) {
            for (cell, text) in row.iter().zip(cells) {
                let Cell::Text(stored) = cell else { continue };
                prop_assert_eq!(&text::visible_lines(stored), text);
            }
        }
    }

    #[test]
    fn json_comes_back(sheet in any_sheet(any_text().prop_map(Cell::Text))) {
        let back = data(sheet.clone());
        for (index, row) in sheet.rows.iter().enumerate() {
            prop_assert_eq!(&Cell::text(back[index]["one"].as_str().unwrap()), &row[1]);
        }
    }
}
