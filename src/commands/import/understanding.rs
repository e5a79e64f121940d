//! What was made of the files of an import, to be shown: their columns, and how many of their rows are of nobody
//! (`docs/import.md`, columns).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is a place for each group"
)]

use crate::domain::characters::shortened;
use crate::domain::score::ScoreGroup;
use crate::intake::{ColumnRead, Understood};
use crate::output::{Cell, Entry, Record, Sheet, Shown, Table};

/// From so many answers on, it is odd that all of them are of one group.
const MANY_ANSWERS: u64 = 10;

/// How much is shown of a header, which can be a whole question.
const HEADER: usize = 40;

/// The fields that name a person.
const PERSON: [&str; 2] = ["email", "reviewer"];
/// The fields that name a company.
const COMPANY: [&str; 4] = ["company", "account", "domain", "account-id"];

/// What was made of the files so far.
#[derive(Debug, Default)]
pub(super) struct Understanding {
    files: Vec<(String, Understood)>,
    /// How many rows said something that was looked at.
    pub(super) looked_at: u64,
    /// How many of them are of nobody who is known or named.
    pub(super) person: Lacking,
    /// How many of them name no company.
    pub(super) account: Lacking,
    /// How many answers there are of each group.
    groups: [u64; 3],
    /// Whether a row said something new: what is known already need not be complained of again.
    pub(super) has_news: bool,
}

/// How many rows lack something that rows of their kind should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Lacking {
    /// Rows of this kind need not have it.
    #[default]
    Unasked,
    /// So many.
    Rows(u64),
}

impl Lacking {
    /// Looks at a row.
    pub(super) fn add(&mut self, has_it: Option<bool>) {
        if let Some(has_it) = has_it {
            let before = self.rows().unwrap_or(0);
            *self = Self::Rows(before + u64::from(!has_it));
        }
    }

    const fn rows(self) -> Option<u64> {
        match self {
            Self::Unasked => None,
            Self::Rows(rows) => Some(rows),
        }
    }
}

impl Understanding {
    /// Adds a file.
    pub(super) fn add_file(&mut self, name: &str, understood: Understood) {
        self.files.push((name.to_owned(), understood));
    }

    /// Looks at a row: whether it is of a person, and of a company; nothing where its kind need not say.
    pub(super) fn look_at(&mut self, has_person: Option<bool>, has_account: Option<bool>) {
        self.looked_at += 1;
        self.person.add(has_person);
        self.account.add(has_account);
    }

    /// Looks at a new answer.
    pub(super) fn answered(&mut self, group: ScoreGroup) {
        self.groups[group as usize] += 1;
        self.has_news = true;
    }

    /// The columns, for programs always, and for people `in_full`.
    pub(super) fn entries(&self, in_full: bool) -> Record {
        let lacking = [
            ("without_person", "Without a person", self.person),
            ("without_account", "Without a company", self.account),
        ];
        let mut record = Record::new();
        for (key, label, lacking) in lacking {
            if let Some(rows) = lacking.rows() {
                let shown = match in_full && rows > 0 {
                    true => Shown::Everywhere,
                    false => Shown::ToPrograms,
                };
                record = record.entry(Entry::new(key, label, rows).only(shown));
            }
        }
        if in_full {
            let sheets = [("Files", self.files()), ("Columns", self.columns())];
            for (label, sheet) in sheets {
                record = record.entry(Entry::new("", label, sheet).only(Shown::ToPeople));
            }
        }
        record
            .entry(Entry::new("files", "", self.files()).only(Shown::InJson))
            .entry(Entry::new("columns", "", self.columns()).only(Shown::InJson))
    }

    fn files(&self) -> Sheet {
        Table::of(&self.files)
            .left("file", "File", |(file, _)| file)
            .left("encoding", "Encoding", |(_, read)| read.encoding)
            .left("delimiter", "Between cells", |(_, read)| {
                let delimiter = Some(read.delimiter.clone());
                delimiter.filter(|delimiter| !delimiter.is_empty())
            })
            .right("header_line", "Header in line", |(_, read)| {
                read.header_line
            })
            .empty("")
    }

    fn columns(&self) -> Sheet {
        let columns: Vec<(&str, &ColumnRead)> = self
            .files
            .iter()
            .flat_map(|(file, read)| read.columns.iter().map(|column| (file.as_str(), column)))
            .collect();
        let several = match self.files.len() {
            0 | 1 => Shown::ToPrograms,
            _ => Shown::Everywhere,
        };
        Table::of(&columns)
            .left("file", "File", |(file, _)| *file)
            .only(several)
            .right("position", "#", |(_, column)| column.position)
            .left("header", "Column", |(_, column)| &column.header)
            .data("field", |(_, column)| Cell::opt(column.field))
            .reading("Read as", |(_, column)| column.field.unwrap_or("-"))
            .left("example", "Example", |(_, column)| column.example.clone())
            .left("read_as", "How", |(_, column)| column.read_as.clone())
            .empty("")
    }

    /// What should be said unasked: where most rows end without something that rows of their kind should have.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.has_news {
            return notes;
        }
        // Whoever is known by an address has a company by it, so one note is enough.
        if let Some(rows) = self.most(self.person) {
            let option = self.option("email", "person", &PERSON);
            notes.push(format!("{rows} name no person who is known; {option}"));
        } else if let Some(rows) = self.most(self.account) {
            let option = self.option("company", "company", &COMPANY);
            notes.push(format!("{rows} name no company; {option}"));
        }
        notes.extend(self.one_group());
        notes
    }

    /// How many rows lack something, in words, where that is most of them.
    fn most(&self, lacking: Lacking) -> Option<String> {
        let rows = lacking.rows()?;
        (rows * 2 > self.looked_at).then(|| format!("most rows, {rows} of {},", self.looked_at))
    }

    /// What would help: the columns that were left unread.
    fn option(&self, field: &str, what: &str, told_by: &[&str]) -> String {
        const MOST: usize = 8;
        let columns = self.files.iter().flat_map(|(_, read)| &read.columns);
        let mut read = columns.clone();
        let is_read = |column: &&ColumnRead| column.field.is_some_and(|is| told_by.contains(&is));
        if let Some(column) = read.find(is_read) {
            return format!(
                "`{}` says nothing of them",
                shortened(&column.header, HEADER)
            );
        }
        let unread = columns.filter(|column| column.field.is_none() && column.example.is_some());
        let mut unread: Vec<String> = unread
            .map(|column| match column.header.as_str() {
                "" => format!("#{}", column.position),
                header => format!("`{}`", shortened(header, HEADER)),
            })
            .collect();
        unread.dedup();
        let more = unread.len().saturating_sub(MOST);
        unread.truncate(MOST);
        if more > 0 {
            unread.push(format!("{more} more"));
        }
        match unread.is_empty() {
            true => format!("no column that was left unread can name the {what}"),
            false => format!(
                "--map {field}=HEADER names their column; left unread: {}",
                unread.join(", ")
            ),
        }
    }

    /// What should be said of answers that are all of one group.
    fn one_group(&self) -> Option<String> {
        let all: u64 = self.groups.iter().sum();
        let groups = ["detractors", "passives", "promoters"];
        let mut of_one = self.groups.iter().zip(groups);
        let (_, group) = of_one.find(|(answers, _)| all >= MANY_ANSWERS && **answers == all)?;
        Some(format!(
            "all {all} new answers are those of {group}; --dry-run shows how the scores were read"
        ))
    }
}
