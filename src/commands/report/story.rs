//! The story of a review: the period in a sentence, the deals that advocates touched, and a testimonial that may be shown.

use std::collections::BTreeMap;

use super::people::Program;
use crate::domain::asset::{AssetKind, AssetStatus, Permission};
use crate::domain::decisions::Helped;
use crate::domain::rate::Rate;
use crate::domain::story::{self, Told, Won};
use crate::failure::Result;
use crate::output::{Cell, Compared, Heading, Names, Sheet, Table, Testimonial};

/// The period in a sentence or two, from the figures that lead.
pub(super) fn story(headlines: &[Compared], heading: &Heading) -> String {
    let find = |key: &str| headlines.iter().find(|one| one.figure.key == key);
    let count = |key: &str| match find(key).map(|one| &one.figure.value) {
        Some(Cell::Integer(number)) => u64::try_from(*number).unwrap_or_default(),
        _ => 0,
    };
    let rate = |key: &str| match find(key).map(|one| &one.figure.value) {
        Some(Cell::Rate {
            numerator,
            denominator,
        }) => {
            let whole = |part: i64| u64::try_from(part).unwrap_or_default();
            Rate::new(whole(*numerator), whole(*denominator))
        }
        _ => Rate::default(),
    };
    let (_, beside) = heading.names();
    story::story(&Told {
        won: headlines.iter().filter_map(won).collect(),
        before: match heading.same_days {
            true => format!("the same days of {}", heading.period.previous().name()),
            false => beside,
        },
        fill: rate("fill_rate"),
        over_cap: count("over_cap_taps"),
        asks: rate("concentration").denominator,
        pool: count("pool"),
        candidates: count("candidates"),
    })
}

/// What won deals of a currency are worth, where the figure is one of those.
fn won(one: &Compared) -> Option<Won> {
    let minor = |cell: &Cell| match cell {
        Cell::Money { amount_minor, .. } => Some(*amount_minor),
        _ => None,
    };
    let of_currency =
        one.figure.key.starts_with("revenue_") && one.figure.key != "revenue_converted";
    Some(Won {
        words: one.figure.value.short(),
        now: minor(&one.figure.value).filter(|_| of_currency)?,
        before: minor(&one.before).unwrap_or_default(),
    })
}

/// The newest of the testimonials that may be shown on that day.
pub(super) fn testimonial(program: &Program<'_>) -> Result<Option<Testimonial>> {
    let today = program.present.today;
    let assets = program.tx.assets()?;
    let shown = assets.iter().filter(|asset| {
        let words = &asset.words;
        let permission = Permission::of(words.permission.as_deref(), words.permission_until);
        words.kind == AssetKind::Testimonial
            && matches!(
                asset.status(),
                AssetStatus::Approved | AssetStatus::Published
            )
            && permission.holds(today)
    });
    let newest = shown.max_by_key(|asset| asset.id.0);
    Ok(newest.map(|asset| {
        let words = &asset.words;
        let name = asset.shown_name().or(words.reviewer.as_deref());
        let who = [
            name,
            asset.account_name.as_deref().or(words.company.as_deref()),
        ];
        let who: Vec<&str> = who.into_iter().flatten().collect();
        Testimonial {
            title: asset.words.title.clone(),
            who: match who.is_empty() {
                true => "a customer".to_owned(),
                false => who.join(", "),
            },
        }
    }))
}

/// What advocates did for deals, with who it was.
pub(super) fn deals(program: &Program<'_>, helped: &[Helped]) -> Result<Sheet> {
    let helpers = helpers(program)?;
    let who = |one: &Helped| helpers.get(&one.source);
    Ok(Table::of(helped)
        .left("deal", "Deal", |one| &one.deal)
        .names(Names::Others)
        .money("amount", "Amount", |one| one.amount)
        .left("state", "State", |one| if one.won { "won" } else { "open" })
        .reading("Helped by", |one| who(one).map(|(_, name)| name))
        .names(Names::Others)
        .data("email", |one| who(one).map(|(email, _)| email))
        .names(Names::People)
        .left("what", "With", |one| &one.what)
        .left("on", "On", |one| one.on)
        .empty("No deal was touched by an advocate."))
}

/// Addresses and names by where a touch is recorded, such as `tap 12`.
fn helpers(program: &Program<'_>) -> Result<BTreeMap<String, (String, String)>> {
    let cards = program.cards()?;
    let mut helpers = BTreeMap::new();
    for ask in &*program.asks()? {
        if let Some(card) = cards.get(&ask.person) {
            let name = card.name.clone().unwrap_or_else(|| card.email.clone());
            helpers.insert(format!("tap {}", ask.tap.0), (card.email.clone(), name));
        }
    }
    for asset in program.tx.assets()? {
        let name = asset.shown_name().map(str::to_owned);
        if let Some((email, name)) = asset.email.zip(name) {
            helpers.insert(format!("asset {}", asset.id.0), (email, name));
        }
    }
    Ok(helpers)
}
