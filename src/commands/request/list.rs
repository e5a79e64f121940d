//! `request list`: the most urgent first.

use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::industry::names_the_same;
use crate::domain::present::Present;
use crate::domain::request::{self, Status};
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Table, Tone};
use crate::resolve;
use crate::resolve::arguments::{AsOf, word, words};
use crate::resolve::filter::SearchArgs;
use crate::session::{Done, Session};
use crate::store::{RequestRow, Tx};

/// Arguments of `request list`.
#[derive(Debug, Args)]
pub struct RequestListArgs {
    /// With this status [default: open]
    #[arg(value_parser = word::<Status>(), hide_possible_values = true, long, value_name = "STATUS", conflicts_with = "all")]
    pub status: Option<Status>,
    /// Whatever their status
    #[arg(long)]
    pub all: bool,
    /// Only those past their due day and open
    #[arg(long)]
    pub overdue: bool,
    /// Only of this requester
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Only in this industry
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub industry: Option<String>,
    /// Only for this kind of ask
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Which are shown.
    #[command(flatten)]
    pub search: SearchArgs,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// A request with what was done for it.
struct Listed {
    row: RequestRow,
    industry: Option<String>,
    status: Status,
    overdue: bool,
    supplied: usize,
    asked: usize,
    held: usize,
}

pub(super) fn run(args: &RequestListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.search.limit);
    session.answer("request-list/1", args.as_of.as_of, |tx, present| {
        let industry = resolve::typed_industry(tx, &present.policy, args.industry.as_deref())?;
        let industry = industry.map(|industry| industry.name);
        let mut rows = Vec::new();
        let all = tx.requests()?;
        let on_record = all.len();
        let known = all.iter().map(|row| row.requested_by.clone());
        let by = args.by.as_ref().filter(|_| on_record > 0);
        let by = by
            .map(|by| resolve::colleague("requester", by, known))
            .transpose()?;
        for row in all {
            let listed = Listed::of(row, present);
            if listed.is_wanted(args, by.as_deref(), industry.as_ref()) {
                rows.push(listed.with_progress(tx, present)?);
            }
        }
        rows.sort_by_key(|listed| {
            let row = &listed.row;
            let open = listed.status == Status::Open;
            (!open, row.due_on(present), row.id)
        });
        rows.truncate(most);
        Ok(table(&rows, present).empty(nothing(args, on_record)))
    })
}

impl Listed {
    /// The request without what was done for it.
    fn of(row: RequestRow, present: &Present) -> Self {
        let status = row.status();
        Self {
            industry: present.industry(row.industry.as_deref()),
            overdue: request::is_overdue(status, row.due_on(present), present.today),
            status,
            row,
            supplied: 0,
            asked: 0,
            held: 0,
        }
    }

    fn with_progress(self, tx: &Tx<'_>, present: &Present) -> Result<Self> {
        let taps = tx.taps_for(self.row.id)?;
        let holds = tx.holds_for(self.row.id)?;
        Ok(Self {
            supplied: request::supplied(taps.iter().map(|tap| tap.outcome)),
            asked: taps.len(),
            held: holds.iter().filter(|hold| hold.lasts(present.now)).count(),
            ..self
        })
    }

    fn is_wanted(
        &self,
        args: &RequestListArgs,
        by: Option<&str>,
        industry: Option<&String>,
    ) -> bool {
        (args.all || self.status == args.status.unwrap_or(Status::Open))
            && (!args.overdue || self.overdue)
            && names_the_same(Some(&self.row.requested_by), by)
            && (industry.is_none() || self.industry.as_ref() == industry)
            && args.ask.is_none_or(|kind| self.row.kind == kind)
            && args.search.finds([
                Some(self.row.requested_by.as_str()),
                self.row.prospect.as_deref(),
                self.row.note.as_deref(),
            ])
    }

    /// How far it has come, such as `1 of 2, 3 asked`; what is not there is not said.
    fn progress(&self) -> String {
        let mut words = format!("{} of {}", self.supplied, self.row.wanted);
        for (count, what) in [(self.held, "held"), (self.asked, "asked")] {
            if count > 0 {
                words.push_str(&format!(", {count} {what}"));
            }
        }
        words
    }
}

/// What is said where no request is listed; `on_record` are there whatever is asked for.
fn nothing(args: &RequestListArgs, on_record: usize) -> Sentence {
    let open = CommandLine::of("request open --ask reference --industry healthcare");
    let all = CommandLine::of("request list --all");
    match (on_record, args.status) {
        (0, _) => Sentence::from("No requests. Open one with: ").then(open),
        (_, None) if !args.all => {
            Sentence::from("No open requests like that. Every one: ").then(all)
        }
        _ => "No requests like that.".into(),
    }
}

fn table<'a>(rows: &'a [Listed], present: &Present) -> Table<'a, Listed> {
    Table::of(rows)
        .right("request_id", "Request", |one| one.row.id)
        .left("ask", "Ask", |one| one.row.kind)
        .always()
        .left("industry", "Industry", |one| one.industry.as_ref())
        .cut()
        .left("account", "Prospect", |one| one.row.prospect.as_ref())
        .cut()
        .left("requested_by", "By", |one| &one.row.requested_by)
        .cut()
        .spare()
        .data("opened_on", |one| present.day(one.row.opened_at))
        .left("needed_by", "Needed by", |one| one.row.needed_by)
        .always()
        .data("due_on", |one| one.row.due_on(present))
        .reading("Status", |one| match one.overdue {
            true => "overdue",
            false => one.status.name(),
        })
        .always()
        .toned(|one| match one.overdue {
            true => Tone::Bad,
            false => Tone::Plain,
        })
        .data("status", |one| one.status)
        .data("overdue", |one| one.overdue)
        .reading("So far", Listed::progress)
        .data("wanted", |one| one.row.wanted)
        .data("supplied", |one| one.supplied)
        .data("asked", |one| one.asked)
        .data("held", |one| one.held)
}
