//! Files in the shapes of real exports, of each kind that programs and people make: read whole, or refused with what to
//! type (`fixtures/import/kinds`).

use std::fs;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::common::{Program, fixture};

/// A command with its file, the exit code, and for a file that is read how many rows are new, skipped, rejected and
/// without an answer; for one that is refused, words of what is said.
enum Told {
    Rows([u64; 4]),
    Refused(&'static [&'static str]),
}

use Told::{Refused, Rows};

const KINDS: &[(&str, i32, Told)] = &[
    ("nps email-id.csv", 0, Rows([3, 0, 0, 0])),
    ("people people-german.csv", 0, Rows([2, 0, 0, 0])),
    (
        "nps stars-one-to-five.csv",
        2,
        Refused(&["from 2 to 5", "--scale 1-5", "--scale 0-10"]),
    ),
    (
        "nps stars-one-to-five.csv --scale 1-5",
        0,
        Rows([0, 12, 0, 0]),
    ),
    (
        "nps stars-one-to-five.csv --scale 0-10",
        0,
        Rows([12, 0, 0, 0]),
    ),
    ("nps csat.csv", 2, Refused(&["no column holds the score"])),
    (
        "nps csat.csv --map score=CSAT",
        2,
        Refused(&["--scale 1-5"]),
    ),
    ("nps forms-zone-names.csv", 0, Rows([3, 0, 0, 0])),
    ("nps no-break-space-in-date.csv", 0, Rows([2, 0, 0, 0])),
    ("nps two-digit-year.csv", 0, Rows([2, 0, 0, 0])),
    ("nps serial-day-numbers.csv", 0, Rows([2, 0, 0, 0])),
    ("nps unreadable-date.csv", 4, Rows([3, 0, 1, 0])),
    ("nps forms-anonymous.csv", 0, Rows([3, 0, 0, 0])),
    ("nps microsoft-forms-german.csv", 0, Rows([2, 0, 0, 0])),
    ("nps google-forms.csv", 0, Rows([2, 0, 0, 0])),
    ("people contacts-with-company.csv", 0, Rows([2, 0, 0, 0])),
    ("people google-contacts.csv", 0, Rows([2, 0, 0, 0])),
    ("people outlook-contacts.csv", 0, Rows([2, 0, 0, 0])),
    (
        "accounts report-footer-five-lines.csv",
        0,
        Rows([2, 0, 0, 0]),
    ),
    ("accounts report-with-subtotals.csv", 0, Rows([3, 0, 0, 0])),
    ("accounts report-grouped.csv", 0, Rows([3, 0, 0, 0])),
    (
        "deals amount-with-exponent.csv --currency EUR",
        0,
        Rows([2, 0, 0, 0]),
    ),
    ("deals pipedrive-deals.csv", 0, Rows([2, 0, 0, 0])),
    ("nps score-out-of-ten.csv", 0, Rows([2, 0, 0, 0])),
    ("nps score-comma.csv", 0, Rows([2, 0, 0, 0])),
    ("nps score-nan.csv", 0, Rows([1, 0, 0, 2])),
    ("nps question-with-a-lead.csv", 0, Rows([2, 0, 0, 0])),
    ("nps title-above-header.csv", 0, Rows([2, 0, 0, 0])),
    (
        "nps title-above-header.csv --skip-lines 2",
        0,
        Rows([2, 0, 0, 0]),
    ),
    (
        "nps same-header-twice.csv",
        2,
        Refused(&["`Score` (#2), `Score` (#4)", "score=#2"]),
    ),
    (
        "nps same-header-twice.csv --map score=#4",
        0,
        Rows([2, 0, 0, 0]),
    ),
    (
        "nps no-date-column.csv",
        2,
        Refused(&["holds the date", "--date "]),
    ),
    (
        "nps no-date-column.csv --date 2025-03-14",
        0,
        Rows([2, 0, 0, 0]),
    ),
    (
        "people people-german.csv --date 2025-03-14",
        2,
        Refused(&["--date"]),
    ),
    ("nps odd-addresses.csv", 0, Rows([5, 0, 0, 0])),
    (
        "nps two-columns-of-addresses.csv",
        2,
        Refused(&["hold the email: `Answered`, `Also`", "--map email=Answered"]),
    ),
    ("reviews rated-out-of.csv", 0, Rows([2, 0, 0, 0])),
    ("nps shift-jis.csv", 0, Rows([1, 0, 0, 0])),
    ("nps answers.json", 4, Rows([2, 0, 1, 0])),
    ("nps answers.jsonl", 0, Rows([2, 0, 0, 0])),
    (
        "nps a-row-a-question.csv",
        2,
        Refused(&["a row for each question"]),
    ),
    (
        "nps a-column-a-wave.csv",
        2,
        Refused(&["a column for each wave"]),
    ),
    ("nps email-id.csv --sheet Answers", 2, Refused(&["--sheet"])),
    ("nps answers.ods --sheet answers", 4, Rows([3, 0, 1, 0])),
];

fn line(words: &str) -> String {
    let mut words = words.splitn(3, ' ');
    let (what, file) = (words.next().unwrap(), words.next().unwrap());
    let path = fixture("import/kinds").join(file);
    let more = words.next().unwrap_or("");
    format!("import {what} {} {more}", path.display())
}

fn import(program: &Program, words: &str) -> serde_json::Value {
    program.data(&line(words))
}

#[test]
fn files_of_every_kind_are_read_whole_or_refused_with_what_to_type() {
    for (words, code, told) in KINDS {
        let program = Program::new();
        let ran = program.run(&format!("{} --json", line(words))).code(*code);
        match told {
            Rows([new, skipped, rejected, no_answer]) => {
                let data = ran.data();
                let figure = |name| data[name].as_u64().unwrap_or(0);
                let seen = ["new", "skipped", "rejected", "no_answer"].map(figure);
                assert_eq!(seen, [*new, *skipped, *rejected, *no_answer], "{words}");
                let sum: u64 = seen.iter().sum::<u64>() + figure("changed") + figure("unchanged");
                assert_eq!(figure("rows"), sum, "{words}");
            }
            Refused(said) => {
                let error = ran.error();
                let whole = format!("{} {}", error["message"], error["hint"]).replace("\\\"", "\"");
                for words_said in *said {
                    assert!(whole.contains(words_said), "{words}: {whole}");
                }
                assert_eq!(program.count("people") + program.count("accounts"), 0);
            }
        }
    }
}

#[test]
fn every_file_is_read() {
    let source = include_str!("import_kinds.rs");
    for entry in std::fs::read_dir(fixture("import/kinds")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            source.contains(&format!(" {name}")),
            "{name} is read by no test"
        );
    }
}

/// One column of a query, joined.
fn column(program: &Program, query: &str) -> String {
    let sql = program.sql();
    let mut statement = sql.prepare(query).unwrap();
    let cells = statement
        .query_map([], |row| row.get::<_, Option<String>>(0))
        .unwrap();
    let cells: Vec<String> = cells
        .map(|cell| cell.unwrap().unwrap_or_default())
        .collect();
    cells.join(" | ")
}

#[test]
fn what_was_read_is_what_the_file_says() {
    let times = "SELECT strftime('%Y-%m-%d %H:%M:%S', responded_at, 'unixepoch') FROM responses ORDER BY id";
    let scores = "SELECT CAST(score AS TEXT) FROM responses ORDER BY id";
    let people = "SELECT coalesce(email, '') || ' ' || coalesce(name, '') FROM people ORDER BY id";
    let accounts =
        "SELECT coalesce(crm_id, '') || ' ' || coalesce(name, '') FROM accounts ORDER BY id";
    let deals = "SELECT prospect || ' ' || amount_minor || ' ' || currency FROM deals ORDER BY id";
    for (words, query, said) in [
        (
            "nps forms-zone-names.csv",
            times,
            "2025-03-14 14:15:20 | 2025-03-14 15:07:29 | 2025-03-15 08:01:02",
        ),
        (
            "nps addresses-of-customers.csv",
            people,
            "ann@kestrel.example  | bo@osprey.example ",
        ),
        (
            "nps no-break-space-in-date.csv",
            times,
            "2025-03-14 15:15:00 | 2025-03-15 09:01:00",
        ),
        (
            "nps two-digit-year.csv",
            times,
            "2025-03-14 15:15:00 | 2025-03-15 09:01:00",
        ),
        (
            "nps serial-day-numbers.csv",
            times,
            "2025-03-14 15:14:24 | 2025-03-15 12:00:00",
        ),
        (
            "nps forms-anonymous.csv",
            times,
            "2025-03-14 10:48:40 | 2025-03-14 11:03:10 | 2025-03-15 09:13:10",
        ),
        (
            "nps forms-anonymous.csv",
            people,
            "ann@kestrel.example Ann Kite",
        ),
        (
            "nps microsoft-forms-german.csv",
            people,
            "ann@kestrel.example Ann Kite",
        ),
        (
            "nps no-date-column.csv --date 2025-03-14",
            times,
            "2025-03-14 12:00:00 | 2025-03-14 12:00:00",
        ),
        ("nps score-out-of-ten.csv", scores, "9 | 10"),
        ("nps score-comma.csv", scores, "9 | 10"),
        ("nps same-header-twice.csv --map score=#4", scores, "9 | 10"),
        ("nps shift-jis.csv", people, "ann@kestrel.example 青木 杏"),
        (
            "nps odd-addresses.csv",
            people,
            "ann@kestrel.example  | bo@osprey.example  | cy@wren.example  | di@moss.example  | ed@bluewin.ch ",
        ),
        (
            "people people-german.csv",
            people,
            "ann@gmail.com Ann Kite | bo@osprey.example Bo Lark",
        ),
        (
            "people people-german.csv",
            accounts,
            " Kestrel Fähren |  Osprey Netze",
        ),
        (
            "people contacts-with-company.csv",
            accounts,
            "9001 Kestrel Ferries | 9002 Osprey Nets",
        ),
        (
            "people google-contacts.csv",
            people,
            "ann@kestrel.example Ann Kite | bo@osprey.example Bo Lark",
        ),
        (
            "accounts report-footer-five-lines.csv",
            accounts,
            "001A Kestrel Ferries | 001B Osprey Nets",
        ),
        (
            "accounts report-with-subtotals.csv",
            accounts,
            "001A Kestrel Ferries | 001B Osprey Nets | 001C Wren Mills",
        ),
        (
            "deals amount-with-exponent.csv --currency EUR",
            deals,
            "Kestrel Ferries 1250000000 EUR | Osprey Nets 14000000 EUR",
        ),
        (
            "deals pipedrive-deals.csv",
            deals,
            "Kestrel Ferries 12500000 EUR | Osprey Nets 14000050 USD",
        ),
    ] {
        let program = Program::new();
        import(&program, words);
        let seen = column(&program, query);
        assert_eq!(seen, said, "{words}");
    }
}

#[test]
fn what_was_found_out_is_said() {
    for (words, said) in [
        (
            "nps email-id.csv",
            "the email is taken from `Email ID`, the one column of addresses",
        ),
        (
            "nps serial-day-numbers.csv",
            "`45730.635` in column `Date` was read as a spreadsheet's number of a day",
        ),
        (
            "nps title-above-header.csv",
            "the header is taken from line 3",
        ),
        ("nps shift-jis.csv", "--encoding"),
    ] {
        Program::new().run(&line(words)).ok().says(said);
    }
    let ran = Program::new().run(&line("nps unreadable-date.csv")).code(4);
    // The path of the file in front decides where the line is wrapped.
    let shown = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(r"`3:15\u{202F}PM` is not a date"), "{shown}");
    assert!(shown.contains("--date-format"), "{shown}");
}

#[test]
fn figures_that_are_not_there_meet_no_condition() {
    let program = Program::new();
    import(&program, "accounts accounts-of-usage.csv");
    let usage = "signals usage-na.csv --kind power-user --when sessions>=20";
    let data = import(&program, usage);
    assert_eq!(
        (data["new"].as_u64(), data["skipped"].as_u64()),
        (Some(1), Some(2))
    );
}

#[test]
fn a_deal_is_the_prospects_whose_account_id_it_has() {
    let program = Program::new();
    import(&program, "accounts accounts-of-usage.csv");
    import(&program, "deals opportunities-with-account-ids.csv");
    let prospects = column(&program, "SELECT prospect FROM deals ORDER BY id");
    assert_eq!(prospects, "Kestrel Ferries | Osprey Nets");
}

#[test]
fn reviews_in_the_words_of_schema_org() {
    let program = Program::new();
    import(&program, "reviews rated-out-of.csv");
    let reviews = program.data("asset list");
    let seen = reviews.to_string();
    assert!(
        seen.contains("Saved our Monday") && seen.contains("2025-03-01"),
        "{seen}"
    );
}

#[test]
fn options_of_reading_are_kept_in_a_profile() {
    let program = Program::new();
    let stars = line("nps stars-one-to-five.csv --scale 0-10 --save-profile stars");
    program.run(&stars).ok();
    program
        .run(&line("nps stars-one-to-five.csv --profile stars"))
        .ok();
    let title = line("nps title-above-header.csv --skip-lines 2 --save-profile title");
    program.run(&title).ok();
    program
        .run(&line("nps title-above-header.csv --profile title"))
        .ok();
}

#[test]
fn a_file_that_gzip_made_smaller_is_read() {
    use std::io::Write as _;
    let program = Program::new();
    let text = std::fs::read(fixture("import/kinds/email-id.csv")).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&text).unwrap();
    let bytes = encoder.finish().unwrap();
    program.file("answers.csv.gz", &bytes);
    assert_eq!(program.data("import nps answers.csv.gz")["new"], 3);
    program.file("broken.csv.gz", &bytes[..bytes.len() / 2]);
    program
        .run("import nps broken.csv.gz")
        .code(2)
        .says("cannot be unfolded");
}

#[test]
fn a_workbook_is_read_from_the_sheet_that_fits() {
    let program = Program::new();
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    notes.write(0, 0, "Exported for the board").unwrap();
    notes.write(1, 0, "By").unwrap();
    notes.write(1, 1, "Ann").unwrap();
    let answers = book.add_worksheet().set_name("Answers").unwrap();
    let day = Format::new().set_num_format("d/m/yyyy h:mm");
    answers.write(0, 0, "Spring survey").unwrap();
    for (column, name) in ["Email", "Score", "Date"].into_iter().enumerate() {
        answers.write(2, column as u16, name).unwrap();
    }
    for (row, email, score) in [
        (3, "ann@kestrel.example", 9.0),
        (4, "bo@osprey.example", 11.0),
    ] {
        let moment = ExcelDateTime::from_ymd(2025, 3, 14)
            .unwrap()
            .and_hms(15, 15, 20)
            .unwrap();
        answers.write(row, 0, email).unwrap();
        answers.write(row, 1, score).unwrap();
        answers.write_with_format(row, 2, &moment, &day).unwrap();
    }
    program.file("answers.xlsx", book.save_to_buffer().unwrap());
    let ran = program.run("import nps answers.xlsx").code(4);
    ran.shows("line 5 (record 2): `11` is not");
    let times = "SELECT strftime('%Y-%m-%d %H:%M:%S', responded_at, 'unixepoch') FROM responses";
    assert_eq!(column(&program, times), "2025-03-14 15:15:20");
    let ran = program
        .run("import nps answers.xlsx --sheet Nothing")
        .code(2);
    ran.says("no sheet is called `Nothing`; sheets seen: `Notes`, `Answers`");
    program
        .run("import nps answers.xlsx --sheet answers")
        .code(4);
}

#[test]
fn a_sheet_of_open_document_is_read() {
    let program = Program::new();
    let ran = program.run(&line("nps answers.ods -v --json")).code(4);
    ran.shows("line 5 (record 2): `11` is not");
    assert_eq!(
        column(
            &program,
            "SELECT group_concat(strftime('%Y-%m-%d %H:%M:%S', responded_at, 'unixepoch') || ' ' || score
             || ' ' || coalesce(comment, ''), '; ') FROM responses"
        ),
        "2025-03-14 15:15:20 9 Quick & kind: \"the best\"; 2025-03-16 12:00:00 10 Two lines:\nhere; \
         2025-03-16 12:00:00 10 "
    );
}

/// A file whose headers nobody knows, the fields that are found by what its columns hold, and words of a note.
const BY_CONTENT: &[(&str, &str, &[&str], &str)] = &[
    (
        "accounts",
        "Name;Auftritt im Netz;Firmen-Nr\nKestrel;www.kestrel.example;K-17\nOsprey;osprey.example;K-19\n\
         Wren;https://wren.example/de;K-40\n",
        &["Auftritt im Netz: domain", "Firmen-Nr: id"],
        "the domain is taken from `Auftritt im Netz`, the one column of web addresses",
    ),
    (
        "deals",
        "Deal;Stage;Auftragswert;Vorgang-Nr\nRollout;Open;€1.200;4711\nRenewal;Won;€40;4712\nSeats;Won;€7;4790\n",
        &["Auftragswert: amount", "Vorgang-Nr: id"],
        "the amount is taken from `Auftragswert`",
    ),
    (
        "reviews",
        "Title;Sternzahl;Wann;Was gut ist\nFine;★★★★☆;2026-03-14;It saves all of us an hour a day.\n\
         Calm;★★★☆☆;2026-03-15;We like how quick the answers are.\n",
        &[
            "Sternzahl: rating",
            "Wann: submitted-on",
            "Was gut ist: text",
        ],
        "the rating is taken from `Sternzahl`, the one column of ratings",
    ),
    (
        "people",
        "Anschrift;Kontakt-Nr;Telefon-Nr\nada@kestrel.example;P-1;030-1\nbo@osprey.example;P-7;030-2\n\
         cy@wren.example;P-9;030-3\n",
        &["Anschrift: email", "Kontakt-Nr: id", "Telefon-Nr: -"],
        "the id is taken from `Kontakt-Nr`, the one column of ids that never repeat",
    ),
    (
        "nps",
        "Ticket;Email;NPS;Date;Ticket ref\nx;ada@kestrel.example;9;2026-03-14;T-4\nx;bo@kestrel.example;8;2026-03-14;T-9\n\
         x;cy@kestrel.example;9;2026-03-14;T-5\n",
        &["Ticket ref: id"],
        "the id is taken from `Ticket ref`",
    ),
    (
        // The ids of those who answered are no ids of answers.
        "nps",
        "Kunden-Nr;Email;NPS;Date\n17;ada@kestrel.example;9;2026-03-14\n19;bo@kestrel.example;8;2026-03-14\n\
         40;cy@kestrel.example;9;2026-03-14\n",
        &["Kunden-Nr: -"],
        "",
    ),
    (
        "deals",
        "Deal;Stage;Before tax;After tax\nRollout;Open;€1.200;€1.000\nRenewal;Won;€40;€30\n",
        &["Before tax: -", "After tax: -"],
        "more than one column could hold the amount: `Before tax`, `After tax`; none is taken; --map amount=HEADER takes one",
    ),
];

#[test]
fn columns_are_found_by_what_they_hold_in_every_kind_of_file() {
    for (kind, text, found, note) in BY_CONTENT {
        let program = Program::new();
        let file = program.file("some.csv", text);
        let ran = program.run(&format!("import {kind} {} --json", file.display()));
        let ran = ran.ok().says(note);
        let data = ran.data();
        let columns = data["columns"].as_array().unwrap();
        for one in *found {
            let (header, field) = one.split_once(": ").unwrap();
            let column = columns.iter().find(|column| column["header"] == header);
            let is = column.unwrap()["field"].as_str().unwrap_or("-");
            assert_eq!(is, field, "{kind} {header}");
        }
    }
}

#[test]
fn two_columns_that_could_be_what_a_file_needs_are_refused_by_name() {
    for (kind, text, said) in [
        (
            "deals",
            "Deal,Before tax,After tax\nRollout,EUR 1200,EUR 1000\n",
            "could hold the amount: `Before tax`, `After tax`",
        ),
        (
            "signals --kind power-user",
            "Reported for,Copy to,Seats\nada@kestrel.example,bo@kestrel.example,4\n",
            "could hold the email: `Reported for`, `Copy to`",
        ),
        (
            "accounts",
            "Netz,Zweites Netz\nkestrel.example,osprey.example\n",
            "could hold the domain: `Netz`, `Zweites Netz`",
        ),
    ] {
        let program = Program::new();
        let file = program.file("some.csv", text);
        let line = format!("import {kind} {}", file.display());
        program.run(&line).code(2).says(said).says("--map ");
    }
}

#[test]
fn the_rows_of_a_group_are_of_it() {
    let subtotals = fs::read_to_string(fixture("import/kinds/report-grouped.csv")).unwrap();
    let arrow = "Account Owner  ↑;Account Name  ↑;Account ID\nAnn Kite;Kestrel Ferries;001A\n;;001B\n\
                 ;Osprey Nets;001D\nBo Lark;Wren Mills;001C\n";
    for (text, owners) in [
        (
            subtotals.as_str(),
            ["Ann Kite", "Ann Kite", "Bo Lark"].as_slice(),
        ),
        (arrow, &["Ann Kite", "Ann Kite", "Ann Kite", "Bo Lark"]),
    ] {
        let program = Program::new();
        let file = program.file("report.csv", text);
        program
            .run(&format!("import accounts {}", file.display()))
            .ok();
        let connection = program.sql();
        let mut found = connection
            .prepare("SELECT owner FROM accounts ORDER BY id")
            .unwrap();
        let found = found.query_map([], |row| row.get(0)).unwrap();
        let found: Vec<String> = found.map(Result::unwrap).collect();
        assert_eq!(found, owners, "{text}");
    }
    let program = Program::new();
    let text = "Account Owner,Account Name\nAnn Kite,Kestrel\n,Osprey\nBo Lark,Wren\n";
    let file = program.file("report.csv", text);
    let ran = program.run(&format!("import accounts {}", file.display()));
    ran.ok()
        .says("column `Account Owner` looks like that of a grouped report");
}

#[test]
fn a_day_that_no_program_has_to_do_with_rejects_its_row() {
    for (kind, text, cells) in [
        (
            "nps",
            "Email,NPS,Date\nada@x.example,9,2026-03-14\nbo@x.example,9,1900-01-01\ncy@x.example,9,14 March 0206\n",
            &[(3, "1900-01-01"), (4, "14 March 0206")][..],
        ),
        (
            "accounts",
            "Account Name,Renewal date\nKestrel,2026-12-01\nOsprey,9999-12-31\nWren,2099-12-31\n",
            &[(3, "9999-12-31")],
        ),
        (
            "deals",
            "Deal,Stage,Close date\nA,Open,2026-12-01\nB,Open,1970-01-01\nC,Open,\n",
            &[(3, "1970-01-01")],
        ),
        (
            "reviews",
            "Title,Review date\nA,2026-03-01\nB,1989-12-31T23:59:59Z\nC,1990-01-01\n",
            &[(3, "1989-12-31T23:59:59Z")],
        ),
    ] {
        let program = Program::new();
        let file = program.file("some.csv", text);
        let line = format!("import {kind} {} --max-rejects 9 --json", file.display());
        let ran = program.run(&line).code(4);
        for (line, cell) in cells {
            let data = ran.data();
            let told = data["rejects"].to_string();
            assert!(told.contains(&line.to_string()), "{kind}: {told}");
            assert!(
                told.contains("is no day from 1990 to 2100") || told.contains("not a date"),
                "{told}"
            );
            assert!(told.contains(cell) || cells.len() > 1, "{told}");
        }
        assert_eq!(ran.data()["rejected"], cells.len(), "{kind}");
    }
}
