//! What is due: what is to be done, for whom, until when, and the command that settles it.

use std::cmp::Ordering;
use std::rc::Rc;

use chrono::{Datelike, NaiveDate};

use super::gives::giving;
use crate::domain::agenda::{Demand, Item, ItemKind, Matter};
use crate::domain::appointment::clock;
use crate::domain::asset::AssetStatus;
use crate::domain::calendar::months_after;
use crate::domain::fitting::Fitting;
use crate::domain::named::Named;
use crate::domain::request::UnfilledReason;
use crate::domain::stage::Stage;
use crate::domain::touch::TouchKind;
use crate::output::{CommandLine, Group, Reader, Table, Tone, count};
use crate::store::PersonRow;

/// An item, and the card of whom it is about.
pub(crate) struct Due {
    /// The item.
    pub(crate) item: Item,
    /// The card.
    pub(crate) card: Option<Rc<PersonRow>>,
    /// For a request that is due: who could take it. For a hold: nobody, where who is held may not be asked any more.
    pub(crate) supply: Supply,
    /// Where thanks are owed: what fits what they value.
    pub(crate) fitting: Option<Fitting>,
}

/// Who can be asked for a request.
#[derive(Debug, Clone, Default)]
pub(crate) enum Supply {
    /// Nobody has looked.
    #[default]
    Unknown,
    /// This one, before all others.
    Free(Box<PersonRow>),
    /// Those who fit may not be asked now.
    Resting,
    /// There is nobody who fits.
    Nobody,
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
pub(crate) fn table(
    reader: Reader,
    dues: &[Due],
    today: NaiveDate,
    verbose: bool,
) -> Table<'_, Due> {
    let table = Table::read_by(reader, dues);
    let table = match verbose {
        true => table.reading("Item", |due| due.item.name().to_string()),
        false => table,
    };
    table
        .grouped(|due| group(due.item.due_on, today))
        .reading("Due", |due| when(due.item.due_on, today))
        .toned(|due| tone(due.item.due_on, today))
        .data("kind", |due| due.item.kind)
        .left("what", "What", Due::what)
        .always()
        .data("who", Due::who)
        .data("name", |due| due.card.as_ref()?.name.as_ref())
        .data("account", |due| due.card.as_ref()?.account.as_ref())
        .data("owner", |due| due.card.as_ref()?.owner.as_ref())
        .data("id", |due| due.item.id())
        .data("item", |due| due.item.name().to_string())
        .data("due_on", |due| due.item.due_on)
        .data("overdue_days", |due| due.item.overdue_days(today))
        .data("command", |due| due.command(NamedBy::Address, today))
        .data("give", Due::give)
        .reading("Settled by", |due| due.command(NamedBy::Number, today))
}

/// The title under which a day stands: a week ends with Sunday.
fn group(on: NaiveDate, today: NaiveDate) -> Group {
    let (place, title) = match on {
        _ if on < today => (0, "Overdue"),
        _ if on.iso_week() == today.iso_week() => (1, "This week"),
        _ => (2, "Later"),
    };
    Group { place, title }
}

fn tone(on: NaiveDate, today: NaiveDate) -> Tone {
    match on.cmp(&today) {
        Ordering::Less => Tone::Bad,
        Ordering::Equal => Tone::Due,
        Ordering::Greater => Tone::Plain,
    }
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
            (None, Matter::Request(demand)) => &demand.by,
            (
                None,
                Matter::Asset(_, _, title, _)
                | Matter::Permission(_, title, _)
                | Matter::Published(_, title, _),
            ) => title,
            (None, _) => "",
        }
    }

    /// What is to be done, in a sentence without a full stop.
    pub(crate) fn what(&self) -> String {
        let who = self.card.as_ref().map_or("", |card| card.shown_name());
        match (self.item.kind, &self.item.matter) {
            (ItemKind::ThankYou, Matter::Ask(_, ask)) => match &self.fitting {
                Some(fitting) => format!("Thank {who} for the {ask} ({fitting})"),
                None => format!("Thank {who} for the {ask}"),
            },
            (ItemKind::Results, Matter::Ask(_, ask)) => {
                format!("Tell {who} what came of the {ask}")
            }
            (ItemKind::LowRating, Matter::Ask(_, ask)) => {
                format!("Talk to {who}: the {ask} went badly")
            }
            (ItemKind::AcceptedTap, Matter::Ask(_, ask)) => {
                format!("{who} said yes, not completed: {ask}")
            }
            (_, Matter::Appointment(_, ask, time)) => {
                format!("{who} said yes for {}, not completed: {ask}", clock(*time))
            }
            (ItemKind::AssetMissing, Matter::Ask(_, ask)) => {
                format!("The {ask} of {who} is not in the library")
            }
            (_, Matter::Ask(_, ask)) => format!("No answer from {who}: {ask}"),
            (_, Matter::Hold(_, request)) => format!("Hold of {who} for request {request} ends"),
            (ItemKind::Invite, Matter::Nomination(_, by)) => {
                format!("Invite {who}, nominated by {by}")
            }
            (_, Matter::Nomination(_, by)) => format!("{who} is nominated by {by}"),
            (_, Matter::Request(demand)) => self.request(demand),
            (_, Matter::Permission(_, title, Some(_))) => format!("Permission ends: {title}"),
            (_, Matter::Permission(_, title, None)) => format!("No permission to show: {title}"),
            (_, Matter::Published(_, title, _)) => format!("Tell {who} what came of: {title}"),
            (_, Matter::Asset(_, _, title, status)) => format!("Still {status}: {title}"),
            (_, Matter::Scores(from, to)) => format!("{who} scored {to} after {from}"),
            (ItemKind::PauseEnds, Matter::Since(_)) => format!("The pause of {who} is over"),
            (ItemKind::OpenPause, Matter::Since(on)) => {
                format!("{who} is paused since {on}, without an end")
            }
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
            (ItemKind::LowRating, Matter::Ask(tap, _)) => {
                touch(TouchKind::CheckIn).option("--tap", tap)
            }
            (ItemKind::AcceptedTap, Matter::Ask(tap, _)) | (_, Matter::Appointment(tap, ..)) => {
                let outcome = CommandLine::of("outcome").value(tap);
                match self.is_left_alone() {
                    true => outcome.then("no-show"),
                    false => outcome.then("completed"),
                }
            }
            (ItemKind::AssetMissing, Matter::Ask(tap, _)) => {
                CommandLine::of("asset add").option("--tap", tap)
            }
            (_, Matter::Ask(tap, _)) => CommandLine::of("outcome").value(tap).then("no-reply"),
            // Something came between: they may not be asked any more.
            (_, Matter::Hold(_, request)) if matches!(self.supply, Supply::Nobody) => {
                to("release").option("--request", request)
            }
            (_, Matter::Hold(_, request)) => to("tap").option("--request", request),
            (ItemKind::Invite, Matter::Nomination(..)) => to("invite"),
            (_, Matter::Nomination(id, _)) => CommandLine::of("nominations accept").value(id),
            (_, Matter::Request(demand)) => self.fill_or_close(demand, by, today),
            (_, Matter::Asset(id, _, _, status)) => CommandLine::of("asset edit")
                .value(id)
                .option("--status", status.next()),
            (_, Matter::Permission(id, ..)) => {
                self.permit(CommandLine::of("asset edit").value(id), today)
            }
            (_, Matter::Published(_, _, tap)) => match tap {
                Some(tap) => touch(TouchKind::ResultsShared).option("--tap", tap),
                None => touch(TouchKind::ResultsShared),
            },
            (ItemKind::PauseEnds, Matter::Since(_)) => to("resume"),
            (ItemKind::Invitation, Matter::Since(_)) => {
                to("decline").option("--reason", "no answer")
            }
            (ItemKind::Verify, Matter::Since(_)) => to("verify"),
            (_, Matter::Since(_) | Matter::Scores(..)) => touch(TouchKind::CheckIn),
        }
    }

    /// The command that records a give which fits.
    fn give(&self) -> Option<CommandLine> {
        let (card, fitting) = (self.card.as_ref()?, self.fitting.as_ref()?);
        let tap = match self.item.matter {
            Matter::Ask(tap, _) | Matter::Appointment(tap, ..) => Some(tap),
            _ => None,
        };
        Some(giving(&card.email, fitting, tap))
    }

    fn person(&self, command: CommandLine, by: NamedBy) -> CommandLine {
        match (&self.card, by) {
            (Some(card), NamedBy::Address) => command.value(&card.email),
            (Some(card), NamedBy::Number) => command.value(card.id),
            (None, _) => command,
        }
    }

    fn is_left_alone(&self) -> bool {
        let stage = self.card.as_ref().and_then(|card| card.standing.stage);
        stage.is_some_and(Stage::is_left_alone)
    }

    /// A request, and who is free to take it.
    fn request(&self, demand: &Demand) -> String {
        let Demand { by, ask, .. } = demand;
        let more = match (demand.deal_closed, &self.supply) {
            (Some(status), _) => format!(" (the deal is {status})"),
            (None, Supply::Free(card)) => format!(" ({} is free)", card.shown_name()),
            (None, Supply::Resting | Supply::Nobody) => " (nobody is free)".to_owned(),
            (None, Supply::Unknown) => String::new(),
        };
        format!("Request of {by}: {ask}{more}")
    }

    /// Somebody is asked as long as anybody is free; only then it is given up. Of a deal that is closed, nobody needs it
    /// any more.
    fn fill_or_close(&self, demand: &Demand, by: NamedBy, today: NaiveDate) -> CommandLine {
        let close = CommandLine::of("request close").value(demand.id);
        let unfilled = |reason: UnfilledReason| close.clone().option("--unfilled", reason);
        if let Some(status) = demand.deal_closed {
            return close.option("--withdrawn", format!("the deal is {status}"));
        }
        match &self.supply {
            Supply::Resting => unfilled(UnfilledReason::AllResting),
            Supply::Nobody => unfilled(UnfilledReason::NobodyFits),
            Supply::Free(card) if self.item.due_on < today => {
                let tap = CommandLine::of("tap");
                let tap = match by {
                    NamedBy::Address => tap.value(&card.email),
                    NamedBy::Number => tap.value(card.id),
                };
                tap.option("--request", demand.id)
            }
            Supply::Free(_) | Supply::Unknown => CommandLine::of("request fill")
                .value(demand.id)
                .then("--tap"),
        }
    }

    /// A permission is given, or goes on, for a year where somebody may still be asked for it.
    fn permit(&self, edit: CommandLine, today: NaiveDate) -> CommandLine {
        match self.is_left_alone() {
            true => edit.option("--status", AssetStatus::Expired),
            false => edit.option(
                "--permission-until",
                months_after(self.item.due_on.max(today), 12),
            ),
        }
    }
}
