//! What is typed about an account beside what describes it: how it is doing, whether it is a customer, what it uses.

use std::fmt;
use std::str::FromStr;

use clap::Args;

use super::arguments::{coming_day, day, word};
use super::description::{self, Edited};
use crate::domain::describing::{AccountField, AccountStatus, Health};
use crate::domain::ids::AccountId;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::store::{AccountFields, AccountTraits, StatusRow, Writing};

/// How an account is doing, and what it uses. An empty value clears a field.
#[derive(Debug, Args)]
pub struct AccountWords {
    /// The account's health: green, yellow or red
    #[arg(long, value_name = "HEALTH", value_parser = |text: &str| correction(text, Health::from_str), help_heading = "About the account")]
    pub health: Option<Correction<Health>>,
    /// Whether an escalation is open
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no, help_heading = "About the account")]
    pub escalated: Option<bool>,
    /// The next renewal
    #[arg(long, value_name = "DATE", value_parser = |text: &str| correction(text, coming_day), help_heading = "About the account")]
    pub renewal_on: Option<Correction<TypedDay>>,
    /// Whether the account is a customer: customer or churned
    #[arg(value_parser = word::<AccountStatus>(), hide_possible_values = true, long, value_name = "STATUS", help_heading = "About the account")]
    pub status: Option<AccountStatus>,
    /// With --status: the day since when [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "status", help_heading = "About the account")]
    pub since: Option<TypedDay>,
    /// A product the account uses; may be repeated; "" forgets those on record
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub product: Vec<String>,
    /// What the account uses it for; may be repeated; "" as well
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub use_case: Vec<String>,
    /// A competitor of the account; may be repeated; "" as well
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub competitor: Vec<String>,
}

/// What a field is corrected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction<T> {
    /// It is cleared.
    Nothing,
    /// It has this value.
    To(T),
}

impl<T: fmt::Display> fmt::Display for Correction<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::Nothing => Ok(()),
            Correction::To(value) => value.fmt(f),
        }
    }
}

fn correction<T>(
    text: &str,
    parse: fn(&str) -> Result<T, String>,
) -> Result<Correction<T>, String> {
    match text.trim() {
        "" => Ok(Correction::Nothing),
        text => parse(text).map(Correction::To),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err("yes or no".into()),
    }
}

impl AccountWords {
    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.health.is_none()
            && self.escalated.is_none()
            && self.renewal_on.is_none()
            && self.status.is_none()
            && self.traits() == AccountTraits::default()
    }

    /// Saves what was typed, and these fields with it; says what changed.
    ///
    /// # Errors
    /// Exit code 2 for a status before the one that holds.
    pub(crate) fn save(
        &self,
        writing: &Writing<'_>,
        present: &Present,
        account: AccountId,
        mut fields: AccountFields,
    ) -> Result<Vec<Edited>> {
        fields.extend(self.fields(present)?);
        let mut changed = description::edit_account(writing, account, &fields)?;
        changed.extend(self.save_traits(writing, account)?);
        changed.extend(self.save_status(writing, present, account)?);
        Ok(changed)
    }

    fn fields(&self, present: &Present) -> Result<AccountFields> {
        let renewal_on = match self.renewal_on {
            Some(Correction::To(day)) => Some(present.typed(day)?.to_string()),
            Some(Correction::Nothing) => Some(String::new()),
            None => None,
        };
        let escalated = self.escalated.map(|open| i32::from(open).to_string());
        let typed = [
            (
                AccountField::Health,
                self.health.map(|health| health.to_string()),
            ),
            (AccountField::Escalated, escalated),
            (AccountField::RenewalOn, renewal_on),
        ];
        let typed = typed.into_iter();
        let typed = typed.filter_map(|(field, value)| Some((field, value?)));
        Ok(typed.collect())
    }

    fn traits(&self) -> AccountTraits {
        AccountTraits {
            products: self.product.clone(),
            use_cases: self.use_case.clone(),
            competitors: self.competitor.clone(),
        }
    }

    fn save_traits(&self, writing: &Writing<'_>, account: AccountId) -> Result<Vec<Edited>> {
        let traits = self.traits();
        let before = writing.account_traits(account)?;
        writing.clear_account_traits(account, &traits.emptied())?;
        writing.add_account_traits(account, &traits.named())?;
        let after = writing.account_traits(account)?;
        let all = [
            ("products", &before.products, &after.products),
            ("use-cases", &before.use_cases, &after.use_cases),
            ("competitors", &before.competitors, &after.competitors),
        ];
        let words = |values: &[String]| (!values.is_empty()).then(|| values.join(", "));
        let changed = all.into_iter().filter(|(_, before, after)| before != after);
        Ok(changed
            .map(|(field, before, after)| Edited {
                field,
                before: words(before),
                after: words(after),
            })
            .collect())
    }

    /// Records whether the account is a customer, where that is new.
    fn save_status(
        &self,
        writing: &Writing<'_>,
        present: &Present,
        account: AccountId,
    ) -> Result<Option<Edited>> {
        let Some(status) = self.status else {
            return Ok(None);
        };
        let new = StatusRow {
            account,
            status,
            by_hand: true,
            at: present.instant_on(self.since)?,
        };
        let known = writing.account_status(account)?;
        let says_it = |row: &StatusRow| {
            let same_day = present.day(row.at) == present.day(new.at);
            row.status == status && row.by_hand && (self.since.is_none() || same_day)
        };
        if known.as_ref().is_some_and(says_it) {
            return Ok(None);
        }
        if let Some(row) = known {
            present.replacing(new.at, row.at).map_err(|since| {
                Failure::replaces_later(
                    since,
                    format!("the account is {} since {since}", row.status),
                )
            })?;
        }
        writing.add_account_status(&new)?;
        let before = known.map(|row| row.status.name());
        Ok(Some(Edited::new("status", before, status.name())))
    }
}
