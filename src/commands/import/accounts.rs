//! `import accounts`: a CRM export creates and updates, but never what was confirmed by hand.

use std::collections::HashMap;
use std::slice;

use super::described_account::{account_fields, update_account};
use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::describing::{AccountField, AccountStatus, Health, Origin};
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;
use crate::failure::Result;
use crate::intake::accounts::{AccountRow, read};
use crate::intake::{IntakeError, Reading};
use crate::resolve::account::{AccountFound, AccountKeys, with_keys};
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{AccountFields, AccountRow as AccountOnRecord, AccountTraits, StatusRow};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let accounts = List::of(Accounts::default());
    frame::run(accounts, slice::from_ref(&args.file), &args.read, session)
}

/// A file of accounts.
#[derive(Debug, Default)]
struct Accounts {
    notes: Vec<String>,
    /// What the file said so far, with the lines.
    saved: HashMap<AccountId, (u64, AccountRow)>,
}

impl ListImport for Accounts {
    type Row = AccountRow;
    const COMMAND: &'static str = "import accounts";
    const SCHEMA: &'static str = "import-accounts/1";

    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<AccountRow>, IntakeError> {
        read(bytes, look.options, &look.setting())
    }

    fn save(&mut self, context: &RowContext<'_>, row: &AccountRow) -> Result<RowEffect> {
        let keys = AccountKeys {
            crm_id: row.crm_id.as_deref(),
            domain: row.account.domain.as_deref(),
            name: row.account.name.as_deref(),
        };
        let found = with_keys(context.writing, keys)?;
        if found == AccountFound::Shared {
            let domain = keys.domain.unwrap_or_default();
            return Ok(context.reject(format!(
                "several accounts share the domain {domain}, and the row has neither id nor name"
            )));
        }
        let found = found.one();
        if let Some(id) = found
            && let Some(account) = context.writing.account(id)?
            && is_of_a_part(keys, &account)
        {
            return self.fill(context, row, id);
        }
        let earlier = found.and_then(|id| Some((id, self.saved.get(&id)?)));
        match (found, earlier) {
            (Some(id), Some((_, (line, before)))) if !row.is_of_another_than(before) => {
                if !row.adds_nothing_to(before) {
                    let what = match keys.crm_id {
                        Some(id) => format!("the id {id}"),
                        None => format!("`{}`", keys.name.or(keys.domain).unwrap_or_default()),
                    };
                    let option = "--map id=HEADER names a column that tells two accounts apart";
                    return Ok(context.contradicts(&what, *line, option));
                }
                let added = context.writing.add_account_traits(id, &traits(row))?;
                Ok(RowEffect::from(added, false))
            }
            (Some(id), None) => self.update(context, row, id),
            (None, _) | (Some(_), Some(_)) => self.add(context, row),
        }
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}

impl Accounts {
    /// Records whether the account is a customer, where that is new and nobody said otherwise by hand; says how many
    /// words that are. A day on which it left says that it has, once that day has come.
    fn save_status(
        &mut self,
        context: &RowContext<'_>,
        id: AccountId,
        row: &AccountRow,
    ) -> Result<usize> {
        let (writing, present) = (context.writing, context.present);
        let left_on = row.churned_on.filter(|on| *on <= present.today);
        let said = match (&row.status, left_on) {
            (_, Some(_)) => Some(AccountStatus::Churned),
            (Some(words), None) => self.status(words, context.at.line),
            (None, None) => None,
        };
        let Some(status) = said else {
            return Ok(0);
        };
        let known = writing.account_status(id)?;
        let holds = known.is_some_and(|known| known.by_hand || known.status == status);
        // Whoever was never said to have left is a customer without a word.
        if holds || (known.is_none() && status == AccountStatus::Customer) {
            return Ok(0);
        }
        let at = present.instant_on(left_on.map(Into::into))?;
        writing.add_account_status(&StatusRow {
            account: id,
            status,
            by_hand: false,
            at: known.map_or(at, |known| at.max(known.at)),
        })?;
        Ok(1)
    }

    fn status(&mut self, words: &str, line: u64) -> Option<AccountStatus> {
        let status = AccountStatus::from_words(words);
        if status.is_none() {
            self.notes.push(format!(
                "line {line}: `{words}` is no status that is known; left out"
            ));
        }
        status
    }

    fn add(&mut self, context: &RowContext<'_>, row: &AccountRow) -> Result<RowEffect> {
        let fields = fields(row, self.health(context, row));
        let id = context.writing.add_account(&fields, false)?;
        context.writing.add_account_traits(id, &traits(row))?;
        self.save_status(context, id, row)?;
        self.keep(context, row, id)?;
        Ok(RowEffect::New)
    }

    fn update(
        &mut self,
        context: &RowContext<'_>,
        row: &AccountRow,
        id: AccountId,
    ) -> Result<RowEffect> {
        let writing = context.writing;
        let fields = fields(row, self.health(context, row));
        let changes = update_account(context, id, &fields, Origin::Crm)?
            + writing.add_account_traits(id, &traits(row))?
            + self.save_status(context, id, row)?;
        let is_same_row = self.keep(context, row, id)?;
        Ok(RowEffect::from(changes, is_same_row))
    }

    /// A row of a record that became part of this account fills what is empty in it, and replaces nothing.
    fn fill(
        &mut self,
        context: &RowContext<'_>,
        row: &AccountRow,
        id: AccountId,
    ) -> Result<RowEffect> {
        let mut fields = fields(row, self.health(context, row));
        let described =
            |field: &AccountField| !matches!(field, AccountField::CrmId | AccountField::Domain);
        fields.retain(|(field, _)| described(field));
        let changes = update_account(context, id, &fields, Origin::Survey)?
            + context.writing.add_account_traits(id, &traits(row))?;
        Ok(RowEffect::from(changes, false))
    }

    /// Keeps what a row said of an account; says whether the same row said it before.
    fn keep(&mut self, context: &RowContext<'_>, row: &AccountRow, id: AccountId) -> Result<bool> {
        self.saved.insert(id, (context.at.line, row.clone()));
        Ok(context.writing.is_same_row(id, context.cells)?)
    }

    fn health(&mut self, context: &RowContext<'_>, row: &AccountRow) -> Option<Health> {
        let words = row.health.as_deref()?;
        let health = Health::from_words(words);
        if health.is_none() {
            let line = context.at.line;
            self.notes.push(format!(
                "line {line}: `{words}` is no health that is known; left out"
            ));
        }
        health
    }
}

/// Whether a row that led to this account is of a record that became part of it: none of its keys is the account's own.
fn is_of_a_part(keys: AccountKeys<'_>, account: &AccountOnRecord) -> bool {
    let same = |one: Option<&str>, other: &Option<String>| {
        one.zip(other.as_deref())
            .map(|(one, other)| slug(one) == slug(other))
    };
    if let Some(same_id) = same(keys.crm_id, &account.crm_id) {
        return !same_id;
    }
    let others = [
        same(keys.domain, &account.domain),
        same(keys.name, &account.name),
    ];
    others.contains(&Some(false)) && !others.contains(&Some(true))
}

fn traits(row: &AccountRow) -> AccountTraits {
    AccountTraits {
        products: row.products.clone(),
        use_cases: row.use_cases.clone(),
        competitors: row.competitors.clone(),
    }
}

fn fields(row: &AccountRow, health: Option<Health>) -> AccountFields {
    let own = [
        (
            AccountField::RenewalOn,
            row.renewal_on.map(|day| day.to_string()),
        ),
        (
            AccountField::Health,
            health.map(|health| health.to_string()),
        ),
        (
            AccountField::Escalated,
            row.escalated.map(|open| i32::from(open).to_string()),
        ),
        (AccountField::Phone, row.phone.clone()),
        (
            AccountField::CustomerSince,
            row.customer_since.map(|day| day.to_string()),
        ),
    ];
    let mut fields = account_fields(&row.account, row.crm_id.as_deref());
    let own = own.into_iter();
    fields.extend(own.filter_map(|(field, value)| Some((field, value?))));
    fields
}
