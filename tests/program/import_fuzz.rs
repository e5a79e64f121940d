//! Files that nobody meant: whatever is done to an export, it is read or refused, and no row is lost in silence.
//! `ADVOCATE_TRIALS` says how many files are tried.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use fastrand::Rng;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::Workbook;

use crate::common::{NOW, Program, fixture, trials};
use crate::in_process::{Ended, every_row_is_counted_once, figure, run};

/// How long a file may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The kinds of import, with what is typed besides and words by which their fixtures are known.
const KINDS: [(&str, &[&str], &[&str]); 8] = [
    ("nps", &[], &[]),
    ("people", &[], &["people", "contacts", "mailbox"]),
    ("accounts", &[], &["accounts", "report"]),
    (
        "deals",
        &["--currency", "EUR"],
        &["deals", "amount", "opportunities"],
    ),
    ("reviews", &[], &["reviews", "rated"]),
    ("signals", &["--kind", "power-user"], &["usage"]),
    ("nominations", &[], &["nominations"]),
    ("taps", &[], &["taps"]),
];

/// The exit codes of files that are refused.
const REFUSED: [u8; 2] = [1, 2];

/// A file to begin with, and the kind that it is of.
struct Seed {
    kind: usize,
    bytes: Vec<u8>,
}

/// Every fixture, some of them as a workbook and folded as well.
fn seeds() -> Vec<Seed> {
    let folders = [fixture("import"), fixture("import/kinds")];
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let mut seeds: Vec<Seed> = paths.iter().map(|path| seed(path)).collect();
    for at in (0..seeds.len()).step_by(7) {
        let (kind, bytes) = (seeds[at].kind, seeds[at].bytes.clone());
        for bytes in [workbook(&bytes), folded(&bytes)] {
            seeds.push(Seed { kind, bytes });
        }
    }
    seeds
}

fn seed(path: &Path) -> Seed {
    let name = path.file_name().unwrap().to_string_lossy();
    let mut kinds = KINDS.iter();
    let kind = kinds.position(|(_, _, words)| words.iter().any(|word| name.contains(word)));
    Seed {
        kind: kind.unwrap_or(0),
        bytes: fs::read(path).unwrap(),
    }
}

fn workbook(bytes: &[u8]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let text = String::from_utf8_lossy(bytes);
    for (row, line) in text.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            sheet.write(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn folded(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// Cells that have been met in files, and some that have not.
const CELLS: [&str; 40] = [
    "",
    " ",
    "NA",
    "null",
    "11",
    "-1",
    "10",
    "9",
    "7.5",
    "1e999",
    "1.23E+18",
    "99999999999999999999",
    "-0",
    "NaN",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "31/12/1969",
    "03/04/2026",
    "45730.635",
    "1767225600",
    "-62135596800000",
    "12:00",
    "2026-03-14T25:61:61Z",
    "ada@kestrel.example",
    "ADA@KESTREL.EXAMPLE",
    "a@b",
    "@",
    "Total",
    "Subtotal",
    "Grand Totals (3 records)",
    "\"",
    "'=1+1",
    "\u{feff}",
    "\u{202e}olleh",
    "\u{1f600}",
    "€1.234,50",
    "5/5",
    "yes",
    "https://x.example/?a=1",
];

/// Does something to a file that nobody meant.
fn spoil(bytes: &mut Vec<u8>, others: &[Seed], random: &mut Rng) {
    if bytes.is_empty() {
        bytes.push(random.u8(..));
    }
    let at = random.usize(0..bytes.len());
    match random.u8(0..18) {
        0 => bytes[at] ^= 1 << random.u8(0..8),
        1 => bytes[at] = random.u8(..),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(..at)),
        4 => {
            let end = (at + random.usize(0..200)).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        5 => lines(bytes, |lines| {
            let from = random.usize(0..lines.len());
            let line = lines[from].clone();
            lines.insert(random.usize(0..=from), line);
        }),
        6 => lines(bytes, |lines| {
            lines.remove(random.usize(0..lines.len()));
        }),
        7 => lines(bytes, |lines| {
            let (one, other) = (random.usize(0..lines.len()), random.usize(0..lines.len()));
            lines.swap(one, other);
        }),
        8 => {
            let (from, to) = (sign(random), sign(random));
            replace(bytes, from, to);
        }
        9 => insert(
            bytes,
            at,
            random
                .choice([&b"\""[..], b"\"\"", b"\"\n", b"\r", b"\0", b"\n\n", b",,,,"])
                .unwrap(),
        ),
        10 => insert(
            bytes,
            at,
            &vec![random.u8(32..127); random.usize(1..200_000)],
        ),
        11 => *bytes = utf_16(bytes, u16::to_le_bytes),
        12 => *bytes = utf_16(bytes, u16::to_be_bytes),
        13 => {
            let latin = String::from_utf8_lossy(bytes)
                .chars()
                .map(|c| u8::try_from(c).unwrap_or(b'?'))
                .collect();
            *bytes = latin;
        }
        14 => bytes.extend_from_slice(&random.choice(others).unwrap().bytes.clone()),
        15 | 16 => cells(bytes, |cells| {
            let at = random.usize(0..cells.len());
            cells[at] = (*random.choice(CELLS).unwrap()).as_bytes().to_vec();
        }),
        _ => cells(bytes, |cells| {
            let (one, other) = (random.usize(0..cells.len()), random.usize(0..cells.len()));
            cells[one] = cells[other].clone();
        }),
    }
}

fn sign(random: &mut Rng) -> u8 {
    *random.choice(b",;\t|\"'.:/- @").unwrap()
}

fn replace(bytes: &mut [u8], from: u8, to: u8) {
    for byte in bytes.iter_mut().filter(|byte| **byte == from) {
        *byte = to;
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    bytes.splice(at..at, what.iter().copied());
}

fn utf_16(bytes: &[u8], order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(order).collect()
}

fn lines(bytes: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    change(&mut lines);
    *bytes = lines.concat();
}

fn cells(bytes: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let is_end = |byte: &u8| matches!(byte, b',' | b';' | b'\n' | b'\t');
    let mut cells: Vec<Vec<u8>> = bytes.split(is_end).map(<[u8]>::to_vec).collect();
    let ends: Vec<u8> = bytes.iter().copied().filter(|byte| is_end(byte)).collect();
    change(&mut cells);
    let mut whole = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        whole.extend_from_slice(cell);
        whole.extend(ends.get(at));
    }
    *bytes = whole;
}

/// One file: what it is read as, and its bytes.
fn file(seeds: &[Seed], random: &mut Rng) -> (usize, Vec<u8>) {
    let seed = random.choice(seeds).unwrap();
    let kind = match random.u8(0..8) {
        0 => random.usize(0..KINDS.len()),
        _ => seed.kind,
    };
    // A header that is whole lets more of the rows be read.
    let header = match random.bool() {
        true => seed
            .bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1),
        false => 0,
    };
    let mut bytes = seed.bytes[header..].to_vec();
    for _ in 0..random.u8(1..5) {
        spoil(&mut bytes, seeds, random);
    }
    (kind, [&seed.bytes[..header], &bytes].concat())
}

/// What is wrong with how a file was read, if anything is.
fn fault(database: &Path, kind: usize, file: &Path, random: &mut Rng) -> Result<u8, String> {
    let (name, options, _) = KINDS[kind];
    let path = file.to_string_lossy();
    let mut args = vec!["import", name, &path];
    args.extend(options);
    if random.bool() {
        args.extend(["--max-rejects", "1000000"]);
    }
    if name != "deals" && name != "people" && name != "accounts" && random.bool() {
        args.extend(["--date", "2026-03-14"]);
    }
    let (code, first) = match run(database, &args) {
        Ended::Panicked => return Err(format!("{args:?}: panicked")),
        Ended::Failed(code) if REFUSED.contains(&code) => return Ok(code),
        Ended::Failed(code) => return Err(format!("{args:?}: exit code {code}")),
        Ended::Answered(code, data) => (code, data),
    };
    let rejected = figure(&first, "rejected");
    if !every_row_is_counted_once(&first) || (code == 0) != (rejected == 0) {
        return Err(format!("{args:?}: exit code {code} {first:#}"));
    }
    match run(database, &args) {
        Ended::Answered(_, again)
            if every_row_is_counted_once(&again)
                && figure(&again, "new") == 0
                && figure(&again, "changed") == 0
                && figure(&again, "rows") == figure(&first, "rows") =>
        {
            Ok(code)
        }
        other => Err(format!("{args:?}: {first:#}, then {other:#?}")),
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "a long run is told how it went")]
fn no_file_ends_in_a_panic_or_loses_a_row_in_silence() {
    let program = Program::new();
    let empty = program.bytes();
    let (report, reports) = mpsc::channel();
    let worker = std::thread::spawn(move || {
        let seeds = seeds();
        for trial in 0..trials(100) {
            let mut random = Rng::with_seed(trial as u64);
            let (kind, bytes) = file(&seeds, &mut random);
            let program = Program::copy(&empty, NOW);
            let path = program.file("file.csv", &bytes);
            let fault = fault(&program.db, kind, &path, &mut random);
            let told = fault.map_err(|fault| {
                format!("file {trial}: {fault}\n{}", String::from_utf8_lossy(&bytes))
            });
            if report.send(told).is_err() {
                return;
            }
        }
    });
    let mut codes = [0; 5];
    let mut faults = Vec::new();
    let mut tried = 0;
    loop {
        match reports.recv_timeout(PATIENCE) {
            Ok(Ok(code)) => codes[usize::from(code)] += 1,
            Ok(Err(fault)) => faults.push(fault.chars().take(6000).collect::<String>()),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("file {tried} is read without end"),
        }
        tried += 1;
    }
    assert!(worker.join().is_ok(), "file {tried} could not be made");
    let more = faults.len();
    faults.truncate(5);
    assert!(
        faults.is_empty(),
        "{more} of {tried} files:\n{}",
        faults.join("\n\n")
    );
    println!("{tried} files, by exit code from 0 to 4: {codes:?}");
    assert!(
        tried < 100 || codes[0] > 0 && codes[2] > 0 && codes[4] > 0,
        "{codes:?}"
    );
}
