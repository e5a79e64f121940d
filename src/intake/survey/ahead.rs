//! Records made ahead: of a large file one thread reads the rows and makes records of them while the caller's uses
//! them, in the order of the file.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use self_cell::self_cell;

use super::record::Record;
use super::recording::Recording;
use crate::intake::IntakeError;
use crate::intake::table::Kept;

/// Rows that are handed over at once.
const ROWS: usize = 256;
/// How many such batches are ready at most.
const AHEAD: usize = 8;

type Made<'r> = Vec<Record<'r>>;

self_cell! {
    /// Rows, and the records that borrow from them.
    struct Batch {
        owner: Kept,
        #[covariant]
        dependent: Made,
    }
}

/// The batches of a file, until it ends or cannot be read on; what was used is given back, so that its memory is used
/// again.
pub(super) struct Batches {
    ready: Receiver<Result<Batch, IntakeError>>,
    used: Sender<Batch>,
}

impl Batches {
    /// Hands every record to `use_record`.
    pub(super) fn for_each<E: From<IntakeError>>(
        self,
        mut use_record: impl FnMut(&Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for batch in self.ready {
            let batch = batch?;
            batch
                .borrow_dependent()
                .iter()
                .try_for_each(&mut use_record)?;
            // Where the reader has finished, the memory is not needed again.
            self.used.send(batch).ok();
        }
        Ok(())
    }
}

/// Reads on a second thread, from now on, what `use_batches` is given.
pub(super) fn read<T>(recording: &mut Recording<'_>, use_batches: impl FnOnce(Batches) -> T) -> T {
    std::thread::scope(|scope| {
        let (make_ready, ready) = sync_channel(AHEAD);
        let (used, take_used) = channel();
        scope.spawn(move || make(recording, &make_ready, &take_used));
        use_batches(Batches { ready, used })
    })
}

/// Makes batches until the file ends or cannot be read on, or nobody listens any more.
fn make(
    recording: &mut Recording<'_>,
    ready: &SyncSender<Result<Batch, IntakeError>>,
    used: &Receiver<Batch>,
) {
    let mut rows = recording.table.rows();
    loop {
        let mut kept = used.try_recv().map(Batch::into_owner).unwrap_or_default();
        kept.refill(&mut rows, ROWS);
        if kept.is_empty() {
            return;
        }
        let mut error = None;
        let batch = Batch::new(kept, |kept| {
            let mut made = Made::with_capacity(ROWS);
            for row in kept.rows() {
                match recording.record(&row) {
                    Ok(record) => made.push(record),
                    Err(stop) => {
                        error = Some(stop);
                        break;
                    }
                }
            }
            made
        });
        if ready.send(Ok(batch)).is_err() {
            return;
        }
        if let Some(error) = error {
            ready.send(Err(error)).ok();
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Timestamp, Zone};
    use crate::domain::responses::OnRecord;
    use crate::intake::survey::state::FileState;
    use crate::intake::survey::{Records, Source, SurveyFile, open};
    use crate::intake::{Options, Setting};

    fn survey(rows: usize) -> SurveyFile {
        let mut text = String::from("id,email,score,date,comment\n");
        for row in 0..rows {
            let score = ["9", "", "eleven", "0"][row % 4];
            text.push_str(&format!(
                "{row},p{row}@x.example,{score},2026-01-02,\"a\n{}\"\n",
                "y".repeat(row % 7)
            ));
        }
        let setting = Setting {
            zone: Zone::UTC,
            now: Timestamp(1_782_907_200),
        };
        open(text, &Options::default(), &setting).unwrap()
    }

    /// The records, up to the one with this number.
    fn told(records: Records<'_, '_>, most: usize) -> Vec<String> {
        let mut told = Vec::new();
        let stopped = records.for_each(|record| {
            told.push(format!("{record:?}"));
            match told.len() == most {
                true => Err(IntakeError::Empty),
                false => Ok(()),
            }
        });
        assert_eq!(stopped.is_err(), told.len() == most);
        told
    }

    fn ahead(file: &mut SurveyFile, most: usize) -> Vec<String> {
        let mut recording = Recording {
            table: &file.table,
            columns: &mut file.columns,
            setting: &file.setting,
            state: FileState::begin(&file.source, &file.manner, OnRecord::default()),
        };
        read(&mut recording, |batches| {
            told(Records(Source::Ahead(batches)), most)
        })
    }

    #[test]
    fn records_made_ahead_are_the_records_in_their_order() {
        for (rows, most) in [
            (0, 1),
            (1, 9),
            (ROWS, 9000),
            (30 * ROWS + 3, 9000),
            (9000, 300),
        ] {
            let plain = survey(rows).read(OnRecord::default(), |records| told(records, most));
            assert_eq!(plain.len(), rows.min(most));
            assert_eq!(ahead(&mut survey(rows), most), plain);
        }
    }
}
