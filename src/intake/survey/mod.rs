//! Survey exports to typed responses (`docs/import.md`, a survey export): one record per row, borrowed from the file,
//! in its order. Which responses are new or changed is for others to find out.

mod ahead;
mod columns;
mod ids;
mod record;
mod recording;
mod state;

use ahead::Batches;
use columns::SurveyColumns;
use recording::Recording;
use state::FileState;

use super::profiles;
use super::table::Table;
use super::{IntakeError, Options, Setting, Understood, cells};
use crate::domain::responses::OnRecord;

pub use record::{Earlier, NoAnswer, Record, Respondent, SurveyRow};

/// From this size of the text on, a second thread is worth its while.
const LARGE: usize = 4 << 20;

/// A survey file, recognised and ready to be read.
#[derive(Debug)]
pub struct SurveyFile {
    /// The name of the source: given by the user, else the profile's.
    pub source: String,
    /// What should be said once about the file; complete after it was read.
    pub notes: Vec<String>,
    /// The headers, for a file of rejected rows.
    pub header: Vec<String>,
    /// The header of the ids of the answers.
    pub id_header: Option<String>,
    table: Table,
    columns: SurveyColumns,
    setting: Setting,
    /// What the meaning of a row depends on besides its text.
    manner: String,
}

/// Opens a survey export: decodes it, recognises its source and finds its columns.
///
/// # Errors
/// When the file as a whole cannot be read as a survey; see [`IntakeError`].
pub fn open(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<SurveyFile, IntakeError> {
    let fits = |names: &[String]| SurveyColumns::has_score(names, options);
    let mut table = Table::open(bytes.into(), options, &fits)?;
    let first = table.first_rows(profiles::MOST_HEADER_ROWS);
    let names = first.first().map_or(&[][..], Vec::as_slice);
    let profile = profiles::choose(options.source.as_deref(), names);
    let header = (profile.header)(&first);
    table.begin_after(header.rows);
    let mut columns = SurveyColumns::find(&header, profile, options, &table)?;
    columns.judge_ids(&header, profile, options, &table);
    columns.judge_scale(&header, &table)?;
    let version = env!("CARGO_PKG_VERSION");
    let manner = format!(
        "{version} {} {header:?} {} {:?}",
        profile.name,
        options.manner(),
        setting.zone
    );
    Ok(SurveyFile {
        source: profile.source_name(options.source.as_deref()),
        notes: table.notes.clone(),
        id_header: columns.key.map(|key| header.name(key).to_owned()),
        header: header.names,
        table,
        columns,
        setting: *setting,
        manner,
    })
}

impl SurveyFile {
    /// What was made of the columns; complete after the file was read.
    pub fn understood(&self) -> Understood {
        self.columns.understood(self.setting.zone)
    }

    /// Lets `use_records` have the records: those of a large file are made on another thread. What is known to be
    /// `on_record` from this source need not be said again by a row that says so already.
    pub fn read<T>(
        &mut self,
        on_record: OnRecord,
        use_records: impl FnOnce(Records<'_, '_>) -> T,
    ) -> T {
        let mut recording = Recording {
            table: &self.table,
            columns: &mut self.columns,
            setting: &self.setting,
            state: FileState::begin(&self.source, &self.manner, on_record),
        };
        let result = if self.table.size() >= LARGE {
            ahead::read(&mut recording, |batches| {
                use_records(Records(Source::Ahead(batches)))
            })
        } else {
            use_records(Records(Source::Plain(&mut recording)))
        };
        let destroyed = recording.state.destroyed.take();
        let destroyed = destroyed.as_deref().map(cells::destroyed_note);
        for note in destroyed.into_iter().chain(self.columns.notes()) {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        result
    }
}

/// The records of a file, to be used once.
pub struct Records<'a, 'f>(Source<'a, 'f>);

enum Source<'a, 'f> {
    /// Made one after the other.
    Plain(&'a mut Recording<'f>),
    /// Made on another thread.
    Ahead(Batches),
}

impl Records<'_, '_> {
    /// Hands every record to `use_record`, in the order of the file.
    ///
    /// # Errors
    /// What `use_record` returns, and [`IntakeError::AmbiguousDates`] when a column of dates can be read in two ways.
    pub fn for_each<E: From<IntakeError>>(
        self,
        mut use_record: impl FnMut(&Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let recording = match self.0 {
            Source::Ahead(batches) => return batches.for_each(use_record),
            Source::Plain(recording) => recording,
        };
        let mut rows = recording.table.rows();
        while let Some(row) = rows.next() {
            use_record(&recording.record(&row)?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Timestamp, Zone};
    use crate::domain::interner::Interner;
    use crate::domain::responses::RowDigest;

    const HEADER: &str = "id,email,score,date,comment,do not contact\n";
    const ROWS: [&str; 3] = [
        "a,ada@x.example,9,2026-01-02,Good,\n",
        "b,bea@x.example,8,2026-01-02,\"Fine,\nreally\",\n",
        "c,cem@x.example,3,2026-01-02,No,yes\n",
    ];

    fn read(
        text: &str,
        on_record: OnRecord,
        options: &Options,
    ) -> Vec<Option<(String, RowDigest)>> {
        let setting = Setting {
            zone: Zone::UTC,
            now: Timestamp(1_782_907_200),
        };
        let mut file = open(text, options, &setting).unwrap();
        let mut read = Vec::new();
        let whole: Result<(), IntakeError> = file.read(on_record, |records| {
            records.for_each(|record| {
                read.push(match record {
                    Record::Answer(row) => Some((row.key.to_string(), row.digest)),
                    Record::Unchanged => None,
                    other => panic!("{other:?}"),
                });
                Ok(())
            })
        });
        whole.unwrap();
        read
    }

    /// What is on record after a file was imported.
    fn recorded(text: &str) -> OnRecord {
        let mut keys = Interner::default();
        let rows = read(text, OnRecord::default(), &Options::default());
        let digests = rows.into_iter().flatten().map(|(key, digest)| {
            keys.intern(&key);
            Some(digest)
        });
        let digests = digests.collect();
        OnRecord { keys, digests }
    }

    /// The keys of those rows that were not the same as in the file of `ROWS`.
    fn news(rows: &[&str], options: &Options) -> Vec<String> {
        let before = recorded(&format!("{HEADER}{}", ROWS.concat()));
        let read = read(&format!("{HEADER}{}", rows.concat()), before, options);
        let news = read.into_iter().flatten();
        news.map(|(key, _)| key).collect()
    }

    #[test]
    fn a_row_that_comes_again_as_it_was_says_nothing_new() {
        let [a, b, c] = ROWS;
        let plain = Options::default();
        // Whoever must not be contacted is told of every time.
        assert_eq!(news(&[a, b, c], &plain), ["c"]);
        assert_eq!(
            news(&[b, "d,d@x.example,9,2026-01-02,,\n", a], &plain),
            ["d"]
        );
        let changed = a.replace('9', "8");
        assert_eq!(news(&[&changed, b], &plain), ["a"]);
        let described = a.replace("ada@", "ada.l@");
        assert_eq!(news(&[&described, b], &plain), ["a"]);
        // What one row changed, another may change back.
        assert_eq!(news(&[&changed, a, b], &plain), ["a", "a"]);
        let otherwise = Options {
            map: vec![("title".into(), "comment".into())],
            ..Options::default()
        };
        assert_eq!(news(&[a, b], &otherwise), ["a", "b"]);
    }

    #[test]
    fn rows_without_an_id_are_always_read() {
        let text =
            HEADER.to_owned() + &ROWS[0].replacen('a', "", 1) + &ROWS[1].replacen('b', "", 1);
        let read = read(&text, recorded(&text), &Options::default());
        assert!(read.len() == 2 && read.iter().all(Option::is_some));
    }
}
