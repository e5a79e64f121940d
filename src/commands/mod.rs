//! What can be typed: one file a verb, with its arguments and its `run`. A command is a short story: load, decide, save,
//! show. No command knows another.

mod account;
mod agenda;
mod ask;
mod asset;
mod backup;
mod candidates;
mod check;
pub(crate) mod completions;
mod config;
mod deal;
mod demo;
pub(crate) mod doctor;
mod edit;
mod export;
mod forget;
mod give;
mod gives;
pub(crate) mod guide;
mod history;
mod hold;
mod import;
mod init;
mod list;
mod man;
mod matching;
mod merge;
mod moving;
mod next;
mod nomination;
mod note;
mod outcome;
mod policy;
mod profile;
mod register;
mod remove;
mod report;
mod request;
mod schema;
mod show;
mod signal;
mod stage;
mod tag;
mod tap;
mod taps;
mod template;
mod tier;
mod touch;
mod touches;
mod undo;

use clap::Subcommand;

use crate::domain::ask::AskKind;
use crate::domain::stage::Move;
use crate::failure::Result;
use crate::session::{Done, Session};

/// What follows the help of commands that speak of ask kinds.
const ASK_KINDS: &str = "Ask kinds, by their usual effort:
  low     review, testimonial, logo, community, feedback
  medium  reference, video, referral, beta
  high    case-study, speaking, advisory-board";

/// What follows the help of `agenda`.
const AGENDA_KINDS: &str = "Kinds, the most urgent first:
  cannot wait        score-drop, low-rating, hold, request
  somebody waits     thank-you, pending-tap, accepted-tap, nomination, invite, permission, results, publication,
                     pause-ends, invitation
  keeps us in shape  asset-missing, asset, open-pause, check-in, verify";

/// Everything the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create the database, or upgrade one of an older version
    Init(init::InitArgs),
    /// Create a demonstration program and answer a first question on it
    Demo(demo::DemoArgs),
    /// Import surveys, CRM exports, asks, deals, reviews, signals or nominations
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// List promoters and others with goodwill who were never confirmed, warmest first
    Candidates(candidates::CandidatesArgs),
    /// Add and list positive moments that no survey and no ask has shown
    #[command(subcommand)]
    Signal(signal::SignalCommand),
    /// List positive moments, newest first, and correct them
    Signals(signal::SignalsArgs),
    /// Propose somebody for the program
    Nominate(nomination::NominateArgs),
    /// List who is proposed and waits for an answer, and answer
    Nominations(nomination::NominationsArgs),
    /// Confirm that a person is willing, and for what
    #[command(after_help = ASK_KINDS)]
    Register(register::RegisterArgs),
    /// Record that a person was invited to take part
    Invite(stage::ReasonArgs),
    /// Record that a person does not want to take part
    Decline(stage::ReasonArgs),
    /// Record that a person must never be asked again
    DoNotContact(stage::SilenceArgs),
    /// Give an advocate a rest
    Pause(stage::PauseArgs),
    /// End a rest
    Resume(stage::ReasonArgs),
    /// Record that an advocate has left the program
    #[command(mut_arg("reason", stage::why_they_leave))]
    Retire(stage::ReasonArgs),
    /// Record that a profile was checked and is right
    Verify(stage::VerifyArgs),
    /// Correct what is known about a person or their account
    Edit(edit::EditArgs),
    /// Show what an advocate told in the interview, or record it
    Profile(profile::ProfileArgs),
    /// Remove somebody who was added by mistake, while nothing depends on them
    Remove(remove::RemoveArgs),
    /// Record that a person went to another account
    Move(moving::MoveArgs),
    /// Make one of two records of a person, or take them apart
    Merge(merge::MergeArgs),
    /// List advocates and where they stand
    List(list::ListArgs),
    /// List, show, correct and join accounts
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Show everything about one person
    Show(show::ShowArgs),
    /// Find who can be asked, best first
    #[command(after_help = ASK_KINDS)]
    Match(matching::MatchArgs),
    /// Print the words to send: an ask, an invitation, thanks
    #[command(after_help = ASK_KINDS)]
    Ask(ask::AskArgs),
    /// Keep your own words for what is sent
    #[command(subcommand)]
    Template(template::TemplateCommand),
    /// Log an ask, unless it would over-ask
    #[command(after_help = ASK_KINDS)]
    Tap(tap::TapArgs),
    /// Record what became of an ask
    Outcome(outcome::OutcomeArgs),
    /// List asks, newest first, and correct them
    Taps(taps::TapsArgs),
    /// Propose the sensible next ask
    Next(next::NextArgs),
    /// Record contact that asked for nothing
    Touch(touch::TouchArgs),
    /// List contact that asked for nothing, newest first, and correct it
    Touches(touches::TouchesArgs),
    /// Record value returned to an advocate
    Give(give::GiveArgs),
    /// List value returned to advocates, newest first, and correct it
    Gives(gives::GivesArgs),
    /// Keep words about a person
    Note(note::NoteArgs),
    /// List notes, newest first, and correct them
    Notes(note::NotesArgs),
    /// Put words such as champion on a person, to find them by
    Tag(tag::TagArgs),
    /// List the tags there are
    Tags(tag::TagsArgs),
    /// Show tiers, or set one by hand
    #[command(subcommand)]
    Tier(tier::TierCommand),
    /// Show what is due today and overdue, each with the command that settles it
    #[command(after_help = AGENDA_KINDS)]
    Agenda(agenda::AgendaArgs),
    /// Open, list, show, close and fill requests
    #[command(subcommand)]
    Request(request::RequestCommand),
    /// Reserve an advocate for a request
    Hold(hold::HoldArgs),
    /// End a reservation
    Release(hold::ReleaseArgs),
    /// Add, list, show and edit deals
    #[command(subcommand)]
    Deal(deal::DealCommand),
    /// Keep the library of reviews, case studies and talks
    #[command(subcommand)]
    Asset(asset::AssetCommand),
    /// Show what the program did and what it was worth; alone, the dashboard
    Report(report::ReportsArgs),
    /// Show or change the program's settings
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Write everything to a folder, or everything about one person
    Export(export::ExportArgs),
    /// List what happened, newest first
    #[command(alias = "log")]
    History(history::HistoryArgs),
    /// Take back your last operation, or any other, as if it had never been
    Undo(undo::UndoArgs),
    /// Do again what you took back last
    Redo(undo::RedoArgs),
    /// Copy the whole database to a file, while others use it
    Backup(backup::BackupArgs),
    /// Bring back what a backup holds; what is there now is put aside
    Restore(backup::RestoreArgs),
    /// Erase a person from everything; it cannot be taken back
    Forget(forget::ForgetArgs),
    /// Prove that the database is whole and its derived values are right
    Check(check::CheckArgs),
    /// See whether all is set up as it should be
    Doctor(doctor::DoctorArgs),
    /// Show the standing preferences and where each comes from
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Read a page on how things are done
    Guide(guide::GuideArgs),
    /// Print the JSON schema of what a command answers with --json
    Schema(schema::SchemaArgs),
    /// Let a shell complete commands, people and numbers
    Completions(completions::CompletionsArgs),
    /// Write the manual pages
    Man(man::ManArgs),
}

impl Command {
    /// Whether it can do without the preferences of a file that cannot be read.
    pub const fn needs_preferences(&self) -> bool {
        !matches!(
            self,
            Command::Config(_)
                | Command::Doctor(_)
                | Command::Guide(_)
                | Command::Completions(_)
                | Command::Schema(_)
                | Command::Man(_)
        )
    }
}

/// What `request fill` can do with whoever it proposes.
const FOR_REQUEST: request::Acts = request::Acts {
    tap: tap::for_request,
    hold: hold::for_request,
};

/// The question that a demonstration program answers about itself at once.
fn first_answer(session: &mut Session<'_>) -> Result<Done> {
    let asked = matching::MatchArgs::in_industry(AskKind::Reference, "healthcare", 3);
    matching::run(&asked, session)
}

/// Runs a command.
///
/// # Errors
/// Whatever the command refuses or fails at; `lib.rs` says it and sets the exit code.
pub fn run(command: Command, session: &mut Session<'_>) -> Result<Done> {
    if session.verbose {
        let (database, now) = (session.database.display(), session.clock.now().to_rfc3339());
        session.note(format!(
            "database {database}, as {}, at {now}",
            session.actor
        ))?;
    }
    match &command {
        Command::Init(args) => init::run(args, session),
        Command::Candidates(args) => candidates::run(args, session),
        Command::Signal(command) => signal::run(command, session),
        Command::Signals(args) => signal::run_all(args, session),
        Command::Nominate(args) => nomination::nominate(args, session),
        Command::Nominations(args) => nomination::run(args, session),
        Command::Register(args) => register::run(args, session),
        Command::Invite(args) => stage::decide(Move::Invite, args, session),
        Command::Decline(args) => stage::decide(Move::Decline, args, session),
        Command::DoNotContact(args) => stage::do_not_contact(args, session),
        Command::Pause(args) => stage::pause(args, session),
        Command::Resume(args) => stage::decide(Move::Resume, args, session),
        Command::Retire(args) => stage::decide(Move::Retire, args, session),
        Command::Verify(args) => stage::verify(args, session),
        Command::Edit(args) => edit::run(args, session),
        Command::Profile(args) => profile::run(args, session),
        Command::Remove(args) => remove::run(args, session),
        Command::Move(args) => moving::run(args, session),
        Command::Merge(args) => merge::run(args, session),
        Command::List(args) => list::run(args, session),
        Command::Account(command) => account::run(command, session),
        Command::Show(args) => show::run(args, session),
        Command::Match(args) => matching::run(args, session),
        Command::Tap(args) => tap::run(args, session),
        Command::Outcome(args) => outcome::run(args, session),
        Command::Taps(args) => taps::run(args, session),
        Command::Next(args) => next::run(args, session),
        Command::Touch(args) => touch::run(args, session),
        Command::Touches(args) => touches::run(args, session),
        Command::Give(args) => give::run(args, session),
        Command::Gives(args) => gives::run(args, session),
        Command::Note(args) => note::add(args, session),
        Command::Notes(args) => note::run(args, session),
        Command::Tag(args) => tag::run(args, session),
        Command::Tags(args) => tag::list(args, session),
        Command::Tier(command) => tier::run(command, session),
        Command::Agenda(args) => agenda::run(args, session),
        Command::Request(command) => request::run(command, session, &FOR_REQUEST),
        Command::Hold(args) => hold::hold(args, session),
        Command::Release(args) => hold::release(args, session),
        Command::Deal(command) => deal::run(command, session),
        Command::Asset(command) => asset::run(command, session),
        Command::Report(args) => report::run(args, session),
        Command::Policy(command) => policy::run(command, session, import::targets),
        Command::Export(args) => export::run(args, session),
        Command::History(args) => history::run(args, session),
        Command::Undo(args) => undo::undo(args, session),
        Command::Redo(args) => undo::redo(args, session),
        Command::Backup(args) => backup::backup(args, session),
        Command::Restore(args) => backup::restore(args, session),
        Command::Forget(args) => forget::run(args, session),
        Command::Doctor(args) => doctor::run(args, session),
        Command::Config(command) => config::run(command, session),
        Command::Guide(args) => guide::run(args, session),
        Command::Ask(args) => ask::run(args, session),
        Command::Template(args) => template::run(args, session),
        Command::Schema(args) => schema::run(args, session),
        Command::Completions(args) => completions::run(args, session),
        Command::Man(args) => man::run(args, session),
        Command::Check(args) => check::run(args, session),
        Command::Import(command) => import::run(command, session),
        Command::Demo(args) => demo::run(args, first_answer, session),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ask_kinds_in_the_help_are_those_of_the_domain() {
        use crate::domain::policy::Policy;
        let lines: String = crate::domain::ask::Effort::ALL
            .into_iter()
            .map(|effort| {
                let kinds: Vec<&str> = Policy::default()
                    .kinds_of(effort)
                    .map(|kind| kind.name())
                    .collect();
                format!("\n  {:<6}  {}", effort.name(), kinds.join(", "))
            })
            .collect();
        assert!(ASK_KINDS.ends_with(&lines), "{lines}");
    }
}
