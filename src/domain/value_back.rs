//! Value back (`docs/rules.md`, value back): the menu of what can be given, what it costs and from which tier on, the
//! budget of a year, and what is to be said about a give that goes beyond either.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::industry::slug;
use super::money::{Currency, Money, Totals};
use super::profile::Valued;
use super::tier::Tier;

/// What one give costs; nothing is said as `free`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost(pub Option<Money>);

impl FromStr for Cost {
    type Err = String;

    /// Reads `25 USD` or `free`; an amount of nothing is free in every currency.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("free") {
            return Ok(Self(None));
        }
        let money = amount(text)?;
        Ok(Self((money.amount_minor != 0).then_some(money)))
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(money) => money.fmt(f),
            None => f.write_str("free"),
        }
    }
}

/// An amount that is not below nothing.
fn amount(text: &str) -> Result<Money, String> {
    let money: Money = text.parse()?;
    if money.amount_minor < 0 {
        return Err(format!("`{text}` is below nothing"));
    }
    Ok(money)
}

/// An item of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuItem {
    /// What it usually costs.
    pub cost: Cost,
    /// The lowest tier that it is meant for.
    pub from: Tier,
    /// Who values this gets most out of it.
    pub value: Option<Valued>,
}

impl FromStr for MenuItem {
    type Err = String;

    /// Reads `25 USD; silver`, `free; community`, or `80 EUR; gold; peers` with what it is for.
    fn from_str(text: &str) -> Result<Self, String> {
        let (cost, rest) = text
            .split_once(';')
            .ok_or_else(|| "its cost and lowest tier, such as 25 USD; silver".to_owned())?;
        let (tier, value) = match rest.split_once(';') {
            Some((tier, value)) => (tier, Some(value.parse()?)),
            None => (rest, None),
        };
        Ok(Self {
            cost: cost.parse()?,
            from: tier.parse()?,
            value,
        })
    }
}

impl fmt::Display for MenuItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.cost, self.from)?;
        match self.value {
            Some(value) => write!(f, "; {value}"),
            None => Ok(()),
        }
    }
}

/// Policy: the items that can be given, by name. An item that was taken off keeps its name with nothing behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu(pub BTreeMap<String, Option<MenuItem>>);

impl Default for Menu {
    fn default() -> Self {
        // In cents.
        let usd = |amount_minor| {
            Currency::from_str("USD").ok().map(|currency| Money {
                amount_minor,
                currency,
            })
        };
        let items = [
            ("early-access", None, Tier::Silver),
            ("executive-time", None, Tier::Gold),
            ("swag", usd(5_000), Tier::Community),
            ("co-marketing", usd(50_000), Tier::Gold),
            ("peer-networking", usd(15_000), Tier::Silver),
            ("recognition", None, Tier::Community),
        ];
        let named = items.map(|(name, cost, from)| {
            let cost = Cost(cost);
            let value = None;
            (name.to_owned(), Some(MenuItem { cost, from, value }))
        });
        Self(named.into())
    }
}

/// What the items of the first menu are for, where it says nothing else.
fn usual_value(item: &str) -> Option<Valued> {
    Some(match item {
        "early-access" => Valued::ProductInfluence,
        "executive-time" => Valued::ExecutiveAccess,
        "swag" => Valued::Perks,
        "co-marketing" => Valued::Visibility,
        "peer-networking" => Valued::Peers,
        "recognition" => Valued::Recognition,
        _ => return None,
    })
}

impl Menu {
    /// The items that are on it, by name, each with what it is for where that is known.
    pub fn items(&self) -> impl Iterator<Item = (&String, MenuItem)> {
        let all = self.0.iter();
        all.filter_map(|(name, item)| {
            let item = (*item)?;
            let value = item.value.or_else(|| usual_value(name));
            Some((name, MenuItem { value, ..item }))
        })
    }

    /// The item of this name, with `_` and blanks taken for `-`.
    pub fn item(&self, words: &str) -> Option<(&String, MenuItem)> {
        let wanted = slug(words);
        self.items().find(|(name, _)| **name == wanted)
    }
}

/// Policy: what may be spent in a year, by currency. A year without a line has no limit.
pub type Budgets = BTreeMap<i32, Totals>;

/// Reads amounts such as `5000 USD; 2000 EUR`; `none` for none.
pub(super) fn amounts(text: &str) -> Result<Totals, String> {
    let mut totals = Totals::default();
    let parts = text.split(';').map(str::trim);
    for part in parts.filter(|part| !part.is_empty() && *part != "none") {
        let money = amount(part)?;
        if totals
            .0
            .insert(money.currency, money.amount_minor)
            .is_some()
        {
            return Err(format!("{} is named twice", money.currency));
        }
    }
    Ok(totals)
}

/// Amounts as [`amounts`] reads them.
pub(super) fn amounts_shown(totals: &Totals) -> String {
    let all = totals.0.iter().map(|(currency, amount_minor)| {
        let (currency, amount_minor) = (*currency, *amount_minor);
        Money {
            amount_minor,
            currency,
        }
        .to_string()
    });
    match totals.0.is_empty() {
        true => "none".to_owned(),
        false => all.collect::<Vec<_>>().join("; "),
    }
}

/// What is to be said about a give. It is recorded all the same: a give is a fact, and a gift that was handed over does
/// not come back because the tool says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// The item is meant for higher tiers.
    BelowTier {
        /// The item.
        item: String,
        /// The lowest tier that it is meant for.
        from: Tier,
        /// The person's tier.
        tier: Tier,
    },
    /// The year's line in this currency is spent beyond its end.
    OverBudget {
        /// The year.
        year: i32,
        /// What may be spent.
        line: Money,
        /// What is spent, this give included.
        spent: Money,
    },
    /// The year has a budget, but none in this currency.
    NoLine {
        /// The year.
        year: i32,
        /// The currency.
        currency: Currency,
    },
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Caution::BelowTier { item, from, tier } => {
                write!(
                    f,
                    "{item} is meant for {from} and above; this tier is {tier}"
                )
            }
            Caution::OverBudget { year, line, spent } => {
                write!(f, "over the budget of {year}: {spent} of {line} spent")
            }
            Caution::NoLine { year, currency } => {
                write!(f, "the budget of {year} has no line in {currency}")
            }
        }
    }
}

/// Whether the item is meant for a higher tier than the person's.
pub fn below_tier(item: &str, from: Tier, tier: Tier) -> Option<Caution> {
    (tier < from).then(|| Caution::BelowTier {
        item: item.to_owned(),
        from,
        tier,
    })
}

/// Whether what was spent in a year, this `cost` included, is more than its budget.
pub fn over_budget(budgets: &Budgets, year: i32, cost: Money, spent: &Totals) -> Option<Caution> {
    let budget = budgets.get(&year).filter(|budget| !budget.0.is_empty())?;
    let currency = cost.currency;
    let money = |amount_minor| Money {
        amount_minor,
        currency,
    };
    match budget.0.get(&currency) {
        None => Some(Caution::NoLine { year, currency }),
        Some(line) if spent.of(currency) > *line => Some(Caution::OverBudget {
            year,
            line: money(*line),
            spent: money(spent.of(currency)),
        }),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn items_are_read_as_they_are_shown() {
        for (typed, shown) in [
            ("25 USD; silver", "25 USD; silver"),
            (" 25.50 usd ;Gold", "25.50 USD; gold"),
            ("USD 25;platinum", "25 USD; platinum"),
            ("free; community", "free; community"),
            ("0 EUR; community", "free; community"),
            ("1500 JPY; silver", "1500 JPY; silver"),
            (
                "80 EUR;gold; Executive access",
                "80 EUR; gold; executive-access",
            ),
        ] {
            let item: MenuItem = typed.parse().unwrap();
            assert_eq!(item.to_string(), shown);
            assert_eq!(shown.parse(), Ok(item));
        }
        for wrong in [
            "",
            "25 USD",
            "25; silver",
            "-1 USD; silver",
            "25 USD; wood",
            "25.001 USD; gold",
            "free; gold; money",
            "free; gold; peers; perks",
        ] {
            assert!(wrong.parse::<MenuItem>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn budgets_are_read_as_they_are_shown() {
        for (typed, shown) in [
            ("5000 USD; 2000 EUR", "2000 EUR; 5000 USD"),
            ("0.05 USD;", "0.05 USD"),
            ("none", "none"),
            ("", "none"),
        ] {
            let totals = amounts(typed).unwrap();
            assert_eq!(amounts_shown(&totals), shown);
            assert_eq!(amounts(shown), Ok(totals));
        }
        for wrong in ["5000", "5000 USD; 1 USD", "-5 USD", "lots"] {
            assert!(amounts(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_menu_has_the_items_of_the_domain() {
        let menu = Menu::default();
        let names: Vec<&str> = menu.items().map(|(name, _)| name.as_str()).collect();
        let all = [
            "co-marketing",
            "early-access",
            "executive-time",
            "peer-networking",
            "recognition",
            "swag",
        ];
        assert_eq!(names, all);
        assert!(menu.items().all(|(_, item)| item.value.is_some()));
        assert!(menu.item("Executive Time").is_some() && menu.item("yacht").is_none());
    }

    #[test]
    fn a_tier_below_the_items_is_said() {
        for (from, tier, said) in [
            (Tier::Silver, Tier::Community, true),
            (Tier::Silver, Tier::Silver, false),
            (Tier::Silver, Tier::Platinum, false),
            (Tier::Community, Tier::Community, false),
        ] {
            assert_eq!(
                below_tier("swag", from, tier).is_some(),
                said,
                "{from} {tier}"
            );
        }
    }

    #[test]
    fn a_budget_is_overdrawn_one_cent_beyond_its_end() {
        let budgets: Budgets = [
            (2026, amounts("100 USD").unwrap()),
            (2027, Totals::default()),
        ]
        .into();
        for (year, cost, spent, said) in [
            (2026, "1 USD", "99 USD", None),
            (2026, "1 USD", "100 USD", None),
            (
                2026,
                "0.01 USD",
                "100.01 USD",
                Some("over the budget of 2026: 100.01 USD of 100 USD spent"),
            ),
            (
                2026,
                "1 EUR",
                "1 EUR",
                Some("the budget of 2026 has no line in EUR"),
            ),
            (2025, "1 USD", "500 USD", None),
            (2027, "1 USD", "500 USD", None),
        ] {
            let totals = amounts(spent).unwrap();
            let caution = over_budget(&budgets, year, money(cost), &totals);
            assert_eq!(
                caution.map(|one| one.to_string()).as_deref(),
                said,
                "{year} {spent}"
            );
        }
    }
}
