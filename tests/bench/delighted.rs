//! A seeded file in the shape of a Delighted export: made-up people at made-up companies, about 240 bytes a row.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const HEADER: &str = "Response ID,Person ID,Name,Email,Phone number,Score,Comment,Survey type,Permalink,Created at,\
    Updated at,Tags,Notes,Company,Industry,Title";
const INDUSTRIES: [&str; 8] = [
    "Software",
    "Hospital & Health Care",
    "Banking",
    "Machinery",
    "Retail",
    "Education",
    "Logistics",
    "Energy",
];
const TITLES: [&str; 6] = [
    "Engineer",
    "Head of Operations",
    "IT Project Lead",
    "Analyst",
    "Director",
    "Buyer",
];

/// Writes `rows` answers of `rows / 3` people at a seventh as many companies.
pub(crate) fn write(path: &Path, rows: u64) -> std::io::Result<()> {
    let mut random = fastrand::Rng::with_seed(7);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(file, "{HEADER}")?;
    let people = (rows / 3).max(1);
    let accounts = (people / 7).max(1);
    for row in 0..rows {
        let person = random.u64(0..people);
        let account = person % accounts;
        let score = random.u8(0..=10);
        let (month, day) = (random.u8(1..=12), random.u8(1..=28));
        let (hour, minute) = (random.u8(0..24), random.u8(0..60));
        let at = format!("2025-{month:02}-{day:02} {hour:02}:{minute:02}:11 UTC");
        let industry = INDUSTRIES[(account % 8) as usize];
        let title = TITLES[(person % 6) as usize];
        writeln!(
            file,
            "{},{},Person Number {person},person{person}@account{account}.example,,{score},\
             Comment number {row} with a few words about the product and service,nps,\
             https://delighted.example/r/{row:012},{at},{at},,,Account {account},{industry},{title}",
            100_000_000 + row,
            5_000_000 + person,
        )?;
    }
    file.flush()
}
