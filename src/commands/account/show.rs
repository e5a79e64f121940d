//! `account show`.

use clap::Args;

use crate::domain::describing::AccountStatus;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Record, Sentence, Sheet, Shown, Table};
use crate::resolve::account::{called, handle, known};
use crate::resolve::arguments::{AsOf, words};
use crate::session::{Done, Session};
use crate::store::{AccountRow, PersonRow, SignalFilter, TapFilter, TapRow, Tx, Whose};
use crate::views::who::WhoColumns;
use crate::views::{notes, signals, taps};

/// Arguments of `account show`.
#[derive(Debug, Args)]
pub struct AccountShowArgs {
    /// Which account: its name, domain, CRM id or number
    #[arg(value_name = "ACCOUNT", value_parser = words)]
    pub account: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &AccountShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("account/1", args.as_of.as_of, |tx, present| {
        let account = known(tx, &args.account)?;
        let mut people = tx.everybody_once()?;
        people.retain(|person| person.account_id == Some(account.id));
        people.sort_by_key(|person| {
            let stage = person.standing.on(present.today);
            let is_advocate = stage.is_some_and(Stage::is_advocate);
            (!is_advocate, person.shown_name().to_lowercase(), person.id)
        });
        let whom = Whose::Account(account.id);
        let of_account = SignalFilter {
            account: Some(account.id),
            ..SignalFilter::default()
        };
        let taps_there = TapFilter {
            account: Some(account.id),
            ..TapFilter::default()
        };
        let (signals, asked) = (tx.signals(&of_account)?, tx.taps(&taps_there)?);
        let notes = tx.notes_about(whom)?;
        let record = described(tx, present, &account)?
            .with("tags", "Tags", Cell::list(tx.tags_of(whom)?))
            .with(
                "people",
                format!("People ({})", people.len()),
                table(&people, present),
            )
            .with(
                "taps",
                format!("Taps ({})", asked.len()),
                taps_table(&asked, present),
            )
            .with(
                "signals",
                format!("Signals ({})", signals.len()),
                signals::table(&signals, present, Shown::ToPrograms).empty(""),
            )
            .with(
                "notes",
                format!("Notes ({})", notes.len()),
                notes::table(&notes, present, Shown::ToPrograms).empty(""),
            );
        let free = CommandLine::of("list").option("--account", handle(tx, &account)?);
        Ok(record.say(Sentence::from("Who can be asked: ").then(free.then("--free-now"))))
    })
}

fn described(tx: &Tx<'_>, present: &Present, account: &AccountRow) -> Result<Record> {
    let traits = tx.account_traits(account.id)?;
    let status = tx.account_status(account.id)?;
    let churned = status.filter(|row| row.status == AccountStatus::Churned);
    let others = tx.other_names_of_account(account.id)?;
    Ok(Record::new()
        .with("id", "Id", account.id)
        .with("account", "Account", called(account))
        .data("name", account.name.as_ref())
        .with("domain", "Domain", account.domain.as_ref())
        .with("crm_id", "CRM id", account.crm_id.as_ref())
        .with_any("merged", "Also found by", Cell::list(others))
        .with(
            "industry",
            "Industry",
            present.industry(account.industry.as_deref()),
        )
        .with("segment", "Segment", account.segment.as_ref())
        .with("region", "Region", account.region.as_ref())
        .with("country", "Country", account.country.as_ref())
        .with("owner", "Owner", account.owner.as_ref())
        .with("phone", "Phone", account.phone.as_ref())
        .with_any("products", "Products", Cell::list(&traits.products))
        .with_any("use_cases", "Use cases", Cell::list(&traits.use_cases))
        .with_any(
            "competitors",
            "Competitors",
            Cell::list(&traits.competitors),
        )
        .with("health", "Health", account.health)
        .with_any(
            "escalation",
            "Escalation",
            account.escalated.then_some("open"),
        )
        .with("renewal_on", "Renewal", account.renewal_on)
        .with_any("customer_since", "Customer since", account.customer_since)
        .with_any("account_status", "Customer", status.map(|row| row.status))
        .with_any("churned_on", "Left", churned.map(|row| present.day(row.at))))
}

fn table(people: &[PersonRow], present: &Present) -> Sheet {
    Table::of(people)
        .data("id", |row| row.id)
        .who(|row| row)
        .left("title", "Title", |row| row.title.as_ref())
        .cut()
        .spare()
        .left("stage", "Stage", |row| {
            let stage = row.standing.on(present.today);
            stage.map_or("not confirmed", Stage::name)
        })
        .always()
        .right("score", "Score", |row| row.latest_score)
        .left("last_tapped_on", "Last asked", |row| {
            row.last_tapped_at.map(|at| present.day(at))
        })
        .left("owner", "Owner", |row| row.owner.as_ref())
        .spare()
        .empty("")
}

fn taps_table(asked: &[TapRow], present: &Present) -> Sheet {
    taps::table(asked, present, Shown::Everywhere).empty("")
}
