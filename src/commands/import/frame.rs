//! The frame of every import of files: read whole, loaded in one transaction, told in one way. A kind of file says how it
//! is loaded.

use std::path::PathBuf;

use super::input::{Input, options, save_as};
use super::kind::{Import, Load};
use super::questions::{ask, offer_profile};
use super::rejects::Rejects;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::intake::Options;
use crate::output::{Cell, Record};
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session, Volume};
use crate::store::Tx;

/// Reads files whole, loads them in one transaction, and says what became of their rows.
pub(super) fn run<I: Import>(
    mut import: I,
    files: &[PathBuf],
    args: &ReadArgs,
    session: &mut Session<'_>,
) -> Result<Done> {
    let inputs = files.iter().map(|file| Input::read(file));
    let inputs = inputs.collect::<Result<Vec<_>>>()?;
    let mut rejects = Rejects::open(args, session, files)?;
    let asked = ask(&import, &inputs, args, session)?;
    let volume = match import.is_large(&inputs) {
        true => Volume::Large,
        false => Volume::Small,
    };
    let progress = session.progress("reading rows");
    let today = session.load_or_rehearse(volume, args.dry_run, |writing, present| {
        let options = match &asked {
            Some(answered) => answered.clone(),
            None => typed(&import, args, writing, present)?,
        };
        let load = Load {
            writing,
            present,
            options: &options,
            progress: &progress,
        };
        load_all(&mut import, inputs, args, &mut rejects, &load)?;
        Ok(present.today)
    });
    drop(progress);
    let today = today?;
    let unasked = import.understanding().notes();
    for note in import.notes().into_iter().chain(unasked) {
        session.note(note)?;
    }
    rejects.tell_quietly(session)?;
    let in_full = args.dry_run || session.verbose;
    let answer = answer(&import, &rejects, args.dry_run, in_full);
    session.show(I::SCHEMA, today, answer)?;
    if let Some(answered) = asked.filter(|_| !args.dry_run && args.save_profile.is_none()) {
        offer_profile(&import, &answered, session)?;
    }
    Ok(match rejects.count {
        0 => Done::Fully,
        _ => Done::WithRejects,
    })
}

/// How the files are read, by what was typed.
fn typed<I: Import>(
    import: &I,
    args: &ReadArgs,
    tx: &Tx<'_>,
    present: &Present,
) -> Result<Options> {
    let mut options = options(tx, present, args, I::COMMAND)?;
    import.add_options(&mut options);
    Ok(options)
}

fn load_all<I: Import>(
    import: &mut I,
    inputs: Vec<Input>,
    args: &ReadArgs,
    rejects: &mut Rejects,
    load: &Load<'_>,
) -> Result<()> {
    for input in inputs {
        import.load(load, input, rejects)?;
    }
    rejects.finish(import.rows())?;
    if let Some(name) = &args.save_profile {
        save_as(load.writing, name, load.options)?;
    }
    import.finish(load)
}

fn answer(import: &impl Import, rejects: &Rejects, dry_run: bool, in_full: bool) -> Record {
    let mut record = import
        .figures(rejects.count)
        .and(import.understanding().entries(in_full))
        .data("dry_run", dry_run);
    if rejects.count > 0 {
        record = record
            .with("rejects", "", Cell::list(rejects.reasons.shown()))
            .data("rejects_by_reason", rejects.reasons.sheet());
    }
    match (dry_run, import.next()) {
        (true, _) => record.say("Dry run: nothing was changed."),
        (false, Some(next)) => record.say(next),
        (false, None) => record,
    }
}
