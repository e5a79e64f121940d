//! Value returned to advocates, as a list.

use super::budget::in_words;
use crate::domain::fitting::Fitting;
use crate::domain::ids::TapId;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::output::{CommandLine, Shown, Table};
use crate::store::GiveRow;

/// Gives as a list; `whose` says who needs to be told to whom they were given.
pub(crate) fn table<'a>(
    gives: &'a [GiveRow],
    present: &Present,
    whose: Shown,
) -> Table<'a, GiveRow> {
    Table::of(gives)
        .right("give_id", "Give", |give| give.id)
        .left("given_on", "On", |give| present.day(give.at))
        .data("email", |give| &give.email)
        .left("name", "Name", |give| give.shown_name())
        .only(whose)
        .always()
        .cut()
        .left("item", "Item", |give| &give.item)
        .always()
        .right("", "Cost", |give| in_words(give.cost))
        .only(Shown::ToPeople)
        .money("cost", "Cost", |give| give.cost)
        .only(Shown::ToPrograms)
        .left("given_by", "By", |give| &give.by)
        .cut()
        .spare()
        .right("tap_id", "For tap", |give| give.tap)
        .spare()
        .left("note", "Note", |give| give.note.as_ref())
        .right("operation_id", "Op", |give| give.operation)
        .spare()
}

/// The command that records a give which fits, perhaps for an ask.
pub(crate) fn giving(who: &str, fitting: &Fitting, tap: Option<TapId>) -> CommandLine {
    let give = CommandLine::of("give").value(who);
    let give = give.option("--item", &fitting.item);
    match tap {
        Some(tap) => give.option("--tap", tap),
        None => give,
    }
}
