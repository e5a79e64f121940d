//! What is due: what is to be done, for whom, until when, and the command that settles it.

use chrono::NaiveDate;

use crate::domain::agenda::{Item, ItemKind, Matter};
use crate::domain::asset::AssetStatus;
use crate::domain::calendar::months_after;
use crate::domain::named::Named;
use crate::domain::stage::Stage;
use crate::domain::touch::TouchKind;
use crate::output::{CommandLine, Table, count};
use crate::store::PersonRow;

/// An item, and the card of whom it is about.
pub(crate) struct Due {
    /// The item.
    pub(crate) item: Item,
    /// The card.
    pub(crate) card: Option<PersonRow>,
}

/// How a command names a person: by address for programs, by number where the line must be short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedBy {
    /// The e-mail address.
    Address,
    /// The id.
    Number,
}

/// The agenda as a list.
pub(crate) fn table(dues: &[Due], today: NaiveDate) -> Table<'_, Due> {
    Table::of(dues)
        .reading("Due", |due| when(due.item.due_on, today))
        .data("kind", |due| due.item.kind)
        .left("what", "What", Due::what)
        .data("who", Due::who)
        .data("name", |due| due.card.as_ref()?.name.as_ref())
        .data("account", |due| due.card.as_ref()?.account.as_ref())
        .data("owner", |due| due.card.as_ref()?.owner.as_ref())
        .data("id", |due| due.item.id())
        .data("due_on", |due| due.item.due_on)
        .data("overdue_days", |due| due.item.overdue_days(today))
        .data("command", |due| due.command(NamedBy::Address, today))
        .reading("Settled by", |due| due.command(NamedBy::Number, today))
}

/// The day in words, seen from today.
fn when(on: NaiveDate, today: NaiveDate) -> String {
    let days = (on - today).num_days();
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {}", count(days, "day")),
        _ => format!("{} ago", count(-days, "day")),
    }
}

impl Due {
    /// Whom it is about, as programs name them: the address; for a request who made it; for an asset of nobody's its
    /// title.
    fn who(&self) -> &str {
        match (&self.card, &self.item.matter) {
            (Some(card), _) => &card.email,
            (None, Matter::Request(_, _, by)) => by,
            (None, Matter::Asset(_, _, title, _)) => title,
            (None, _) => "",
        }
    }

    /// What is to be done, in a sentence without a full stop.
    pub(crate) fn what(&self) -> String {
        let who = self.card.as_ref().map_or("", |card| card.shown_name());
        match (self.item.kind, &self.item.matter) {
            (ItemKind::ThankYou, Matter::Ask(_, ask)) => format!("Thank {who} for the {ask}"),
            (ItemKind::Results, Matter::Ask(_, ask)) => {
                format!("Tell {who} what came of the {ask}")
            }
            (_, Matter::Ask(_, ask)) => format!("No answer from {who}: {ask}"),
            (_, Matter::Hold(_, request)) => format!("Hold of {who} for request {request} ends"),
            (_, Matter::Nomination(_, by)) => format!("{who} is nominated by {by}"),
            (_, Matter::Request(_, ask, by)) => format!("Request of {by}: {ask}"),
            (ItemKind::Permission, Matter::Asset(_, _, title, _)) => {
                format!("Permission ends: {title}")
            }
            (_, Matter::Asset(_, _, title, status)) => format!("Still {status}: {title}"),
            (_, Matter::Scores(from, to)) => format!("{who} scored {to} after {from}"),
            (ItemKind::PauseEnds, Matter::Since(_)) => format!("The pause of {who} is over"),
            (ItemKind::Invitation, Matter::Since(_)) => {
                format!("{who} has not answered the invitation")
            }
            (ItemKind::Verify, Matter::Since(on)) => format!("Verify {who}, unverified since {on}"),
            (_, Matter::Since(on)) => format!("Check in with {who}, last contact {on}"),
        }
    }

    /// The command that settles it.
    pub(crate) fn command(&self, by: NamedBy, today: NaiveDate) -> CommandLine {
        let item = &self.item;
        let to = |words| self.person(CommandLine::of(words), by);
        let touch = |kind: TouchKind| to("touch").option("--kind", kind);
        match (item.kind, &item.matter) {
            (ItemKind::ThankYou, Matter::Ask(tap, _)) => {
                touch(TouchKind::ThankYou).option("--tap", tap)
            }
            (ItemKind::Results, Matter::Ask(tap, _)) => {
                touch(TouchKind::ResultsShared).option("--tap", tap)
            }
            (_, Matter::Ask(tap, _)) => CommandLine::of("outcome").value(tap).then("no-reply"),
            (_, Matter::Hold(_, request)) => to("tap").option("--request", request),
            (_, Matter::Nomination(id, _)) => CommandLine::of("nominations accept").value(id),
            (_, Matter::Request(id, ..)) if item.due_on < today => CommandLine::of("request close")
                .value(id)
                .then("--unfilled too-late"),
            (_, Matter::Request(id, ..)) => CommandLine::of("request fill").value(id),
            (_, Matter::Asset(id, _, _, status)) => {
                self.next_step(CommandLine::of("asset edit").value(id), *status, today)
            }
            (ItemKind::PauseEnds, Matter::Since(_)) => to("resume"),
            (ItemKind::Invitation, Matter::Since(_)) => {
                to("decline").option("--reason", "no answer")
            }
            (ItemKind::Verify, Matter::Since(_)) => to("verify"),
            (_, Matter::Since(_) | Matter::Scores(..)) => touch(TouchKind::CheckIn),
        }
    }

    fn person(&self, command: CommandLine, by: NamedBy) -> CommandLine {
        match (&self.card, by) {
            (Some(card), NamedBy::Address) => command.value(&card.email),
            (Some(card), NamedBy::Number) => command.value(card.id),
            (None, _) => command,
        }
    }

    /// What is next for an asset: a permission goes on for a year where somebody may still be asked for it; what is
    /// stuck takes its next step.
    fn next_step(&self, edit: CommandLine, status: AssetStatus, today: NaiveDate) -> CommandLine {
        let Item { kind, due_on, .. } = self.item;
        if kind == ItemKind::Asset {
            return edit.option("--status", status.next());
        }
        let stage = self.card.as_ref().and_then(|card| card.standing.stage);
        if stage.is_some_and(Stage::is_left_alone) {
            return edit.option("--status", AssetStatus::Expired);
        }
        edit.option("--permission-until", months_after(due_on.max(today), 12))
    }
}
