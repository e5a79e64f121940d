//! Whatever a file holds: every row is counted once, the facts on record are the distinct facts of the file, and the same
//! file again changes nothing. `ADVOCATE_TRIALS` says how many files of each kind are tried.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;

use crate::common::{Program, trials};
use crate::in_process::{Ended, every_row_is_counted_once, figure, run};

/// The rows of a file, without its header.
type Rows = Vec<Vec<String>>;

/// A kind of import, with a file of it in the making.
struct Kind {
    /// How it is called.
    name: &'static str,
    /// What is typed besides.
    options: &'static [&'static str],
    /// The header, the id first.
    header: &'static [&'static str],
    /// The values of each column but the id; one that begins with `!` cannot be read.
    values: &'static [&'static [&'static str]],
    /// The table of its facts.
    table: &'static str,
    /// How many distinct facts the rows tell of, which can all be read; whether they have ids.
    distinct: fn(&[&Vec<String>], bool) -> usize,
}

const ADDRESSES: &[&str] = &[
    "ada@kestrel.example",
    "bo@kestrel.example",
    "cy@osprey.example",
    "dee@gmail.com",
    "!at home",
];
const DAYS: &[&str] = &["2026-03-01", "2026-03-02", "2026-04-14", "!soon"];

const KINDS: &[Kind] = &[
    Kind {
        name: "nps",
        options: &[],
        header: &["Response ID", "Email", "NPS", "Date", "Comment", "Company"],
        values: &[
            ADDRESSES,
            &["10", "9", "8", "6", "0", "", "!11"],
            DAYS,
            &["", "Calm", "Calm, \"quick\"\nand quiet", "Dear"],
            &["", "Kestrel", "Osprey"],
        ],
        table: "responses",
        distinct: |rows, with_ids| {
            let answers = rows.iter().filter(|row| !row[2].is_empty());
            match with_ids {
                true => distinct(answers.map(|row| row[0].clone())),
                // The same words may have been said twice.
                false => answers.count(),
            }
        },
    },
    Kind {
        name: "people",
        options: &[],
        header: &["Record ID", "Email", "Name", "Job Title", "Company"],
        values: &[
            ADDRESSES,
            &["Ada Lark", "Bo Lind", "Cy Low"],
            &["", "Director", "Buyer"],
            &["", "Kestrel", "Osprey"],
        ],
        table: "people",
        distinct: |rows, with_ids| {
            let (mut ids, mut addresses) = (BTreeSet::new(), BTreeSet::new());
            for row in rows {
                if !(with_ids && ids.contains(&row[0])) && addresses.insert(row[1].clone()) {
                    ids.insert(row[0].clone());
                }
            }
            addresses.len()
        },
    },
    Kind {
        name: "accounts",
        options: &[],
        header: &[
            "Account ID",
            "Account Name",
            "Website",
            "Industry",
            "Renewal date",
        ],
        values: &[
            &["Kestrel Ferries", "Osprey Nets", "Wren", "Heron & Sons"],
            &["", "kestrel.example", "https://osprey.example/home"],
            &["", "Health Care", "Fishing"],
            &["", "2026-12-01", "2027-01-31", "!soon"],
        ],
        table: "accounts",
        distinct: |rows, with_ids| {
            let of_domain = |row: &&Vec<String>| (row[1..2].to_vec(), row[2].clone());
            match with_ids {
                true => distinct(rows.iter().map(|row| row[0].clone())),
                false => distinct_unless_left_open(rows.iter().map(of_domain)),
            }
        },
    },
    Kind {
        name: "deals",
        options: &["--currency", "EUR"],
        header: &[
            "Opportunity ID",
            "Opportunity Name",
            "Account Name",
            "Amount",
            "Stage",
            "Created Date",
        ],
        values: &[
            &["Rollout", "Renewal", "More seats"],
            &["Kestrel", "Osprey", ""],
            &["100", "1,250.50", "", "!much"],
            &["Open", "Closed Won", "Lost"],
            DAYS,
        ],
        table: "deals",
        distinct: |rows, with_ids| match with_ids {
            true => distinct(rows.iter().map(|row| row[0].clone())),
            false => distinct(rows.iter().map(|row| row[1..].to_vec())),
        },
    },
    Kind {
        name: "reviews",
        options: &[],
        header: &[
            "Review ID",
            "Review title",
            "Rating",
            "Review date",
            "Reviewer",
            "Review text",
        ],
        values: &[
            &["Fine", "Quiet", "Does what it says"],
            &["5", "3.5", "", "!6"],
            DAYS,
            &["Verified Reviewer", "Ada L."],
            &["", "Calm", "I like it"],
        ],
        table: "assets",
        distinct: |rows, with_ids| {
            let mut said: BTreeMap<&String, BTreeSet<&[String]>> = BTreeMap::new();
            for row in rows {
                said.entry(&row[0]).or_default().insert(&row[1..]);
            }
            // An id under which there are several reviews tells none of them.
            distinct(
                rows.iter()
                    .map(|row| match with_ids && said[&row[0]].len() == 1 {
                        true => vec![row[0].clone()],
                        false => row[1..].to_vec(),
                    }),
            )
        },
    },
    Kind {
        name: "signals",
        options: &["--kind", "power-user"],
        header: &["Signal ID", "Email", "Date", "Reading", "Note"],
        values: &[
            &[
                "ada@kestrel.example",
                "bo@kestrel.example",
                "!nobody@kestrel.example",
            ],
            DAYS,
            &["20", "21", ""],
            &["", "since spring"],
        ],
        table: "signals",
        distinct: |rows, with_ids| match with_ids {
            true => distinct(rows.iter().map(|row| row[0].clone())),
            false => distinct(rows.iter().map(|row| row[1..].to_vec())),
        },
    },
    Kind {
        name: "nominations",
        options: &[],
        header: &[
            "",
            "Nominee email",
            "Nominated by",
            "Reason",
            "Nomination date",
        ],
        values: &[
            ADDRESSES,
            &["Sam Idowu", "Dana Ruiz", "!"],
            &["", "Keen", "Runs our user group"],
            DAYS,
        ],
        table: "nominations",
        distinct: |rows, _| distinct(rows.iter().map(|row| row[1..].to_vec())),
    },
    Kind {
        name: "taps",
        options: &[],
        header: &[
            "",
            "Advocate email",
            "Ask",
            "Asked on",
            "Asked by",
            "Notes",
            "Outcome",
        ],
        values: &[
            ADDRESSES,
            &["Reference call", "Case study", "!knitting"],
            DAYS,
            &["Ines Falk", "Priya Lind"],
            &["", "By phone"],
            &["", "completed", "declined"],
        ],
        table: "taps",
        distinct: |rows, _| {
            let noted = rows.iter().map(|row| (row[1..5].to_vec(), row[5].clone()));
            distinct_unless_left_open(noted)
        },
    },
];

fn distinct<T: Ord>(keys: impl Iterator<Item = T>) -> usize {
    keys.collect::<BTreeSet<T>>().len()
}

/// How many differ, where a row that leaves the last part open is that of any row of its key.
fn distinct_unless_left_open(rows: impl Iterator<Item = (Vec<String>, String)>) -> usize {
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for (key, part) in rows {
        let is_told = told
            .iter()
            .any(|(of, told)| *of == key && (*told == part || told.is_empty() || part.is_empty()));
        if !is_told {
            told.push((key, part));
        }
    }
    told.len()
}

impl Kind {
    /// Random rows, of which some come again as they are.
    fn rows(&self, random: &mut Rng) -> Rows {
        let mut rows: Rows = Vec::new();
        for _ in 0..random.usize(1..30) {
            if !rows.is_empty() && random.u8(0..10) == 0 {
                rows.push(rows[random.usize(0..rows.len())].clone());
                continue;
            }
            let id = format!("id-{}", random.u8(0..20));
            let values = self.values.iter().map(|values| value(values, random));
            rows.push(std::iter::once(id).chain(values).collect());
        }
        rows
    }

    /// How many facts the rows tell of.
    fn facts(&self, rows: &Rows, with_ids: bool) -> u64 {
        let can_be_read = |row: &&Vec<String>| !row.iter().any(|cell| cell.starts_with('!'));
        let rows: Vec<&Vec<String>> = rows.iter().filter(can_be_read).collect();
        (self.distinct)(&rows, with_ids) as u64
    }

    /// The file of these rows: its columns in any order, with or without ids, in any encoding.
    fn file(&self, rows: &Rows, with_ids: bool, random: &mut Rng) -> Vec<u8> {
        let mut order: Vec<usize> = (usize::from(!with_ids)..self.header.len()).collect();
        random.shuffle(&mut order);
        let delimiter = *random.choice(b",;\t|").unwrap();
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(Vec::new());
        let line =
            |cells: &dyn Fn(usize) -> String| order.iter().map(|at| cells(*at)).collect::<Vec<_>>();
        writer
            .write_record(line(&|at| self.header[at].to_owned()))
            .unwrap();
        for row in rows {
            let cells = line(&|at| row[at].trim_start_matches('!').to_owned());
            writer.write_record(cells).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        match random.u8(0..4) {
            0 => [b"\xef\xbb\xbf".to_vec(), text.into_bytes()].concat(),
            1 => std::iter::once(0xfeff)
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
            _ => text.into_bytes(),
        }
    }
}

/// One of the values; one that cannot be read is seldom.
fn value(values: &[&str], random: &mut Rng) -> String {
    let first = random.choice(values).unwrap();
    let value = match first.starts_with('!') && random.u8(0..4) > 0 {
        true => values[0],
        false => first,
    };
    value.to_owned()
}

/// A program in which two people are known.
fn database() -> Vec<u8> {
    let program = Program::new();
    let people = program.file(
        "people.csv",
        "Email\nada@kestrel.example\nbo@kestrel.example\n",
    );
    program
        .run(&format!("import people {}", people.display()))
        .ok();
    program.bytes()
}

#[test]
fn every_row_is_counted_once_and_every_fact_kept_once() {
    let (known, empty) = (database(), Program::new().bytes());
    for kind in KINDS {
        let before = match kind.name {
            "signals" => &known,
            _ => &empty,
        };
        for trial in 0..trials(12) {
            let mut random = Rng::with_seed(trial as u64);
            let with_ids = !kind.header[0].is_empty() && random.bool();
            let rows = kind.rows(&mut random);
            let bytes = kind.file(&rows, with_ids, &mut random);
            let program = Program::copy(before, crate::common::NOW);
            let file = program.file("file.csv", &bytes);
            let file = file.to_string_lossy();
            let args = [
                &["import", kind.name, &file, "--max-rejects", "1000"],
                kind.options,
            ]
            .concat();
            let story = || format!("{} {trial}: {}", kind.name, String::from_utf8_lossy(&bytes));
            let import = || match run(&program.db, &args) {
                Ended::Answered(code, data) => (code, data),
                other => panic!("{other:?}\n{}", story()),
            };
            let (code, first) = import();
            let figures = |data: &serde_json::Value| format!("{data:#}\n{}", story());
            assert!(every_row_is_counted_once(&first), "{}", figures(&first));
            assert_eq!(
                figure(&first, "rows"),
                rows.len() as u64,
                "{}",
                figures(&first)
            );
            assert_eq!(
                code == 0,
                figure(&first, "rejected") == 0,
                "{}",
                figures(&first)
            );
            let on_record = program.count(kind.table).unsigned_abs();
            assert_eq!(figure(&first, "new"), on_record, "{}", figures(&first));
            assert_eq!(
                on_record,
                kind.facts(&rows, with_ids),
                "{}",
                figures(&first)
            );
            let (_, again) = import();
            assert!(every_row_is_counted_once(&again), "{}", figures(&again));
            for (key, same) in [
                ("new", 0),
                ("changed", 0),
                ("rejected", figure(&first, "rejected")),
            ] {
                assert_eq!(figure(&again, key), same, "{key} {}", figures(&again));
            }
            assert_eq!(
                program.count(kind.table).unsigned_abs(),
                on_record,
                "{}",
                story()
            );
        }
    }
}
