//! Two records of one account made one: the other finds the one that was kept from then on. Taking the operation back
//! takes them apart.

use rusqlite::params;

use super::edits::column;
use super::{Result, Tx, Writing};
use crate::domain::describing::AccountField;
use crate::domain::ids::AccountId;

impl Tx<'_> {
    /// What every record that became part of an account is called, by its name, domain or CRM id.
    pub(crate) fn other_names_of_account(&self, account: AccountId) -> Result<Vec<String>> {
        let sql = "SELECT coalesce(name, domain, crm_id, '') FROM accounts WHERE merged_into = ?1 ORDER BY id";
        self.values(sql, [account])
    }
}

impl Writing<'_> {
    /// Makes every fact of the account `merged` one of `kept`, and lets its name, domain and CRM id find `kept`. What
    /// describes `kept` stays; what only `merged` says is taken over with its history.
    pub(crate) fn join_accounts(&self, kept: AccountId, merged: AccountId) -> Result<()> {
        self.execute(
            "UPDATE accounts SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2",
            [kept, merged],
        )?;
        self.take_traits_over(kept, merged)?;
        for field in AccountField::ALL {
            self.take_field_over(kept, merged, field)?;
        }
        let said: bool = self.value(
            "SELECT EXISTS (SELECT 1 FROM account_statuses WHERE account_id = ?1)",
            [kept],
        )?;
        for (table, column) in self.pointing_to("accounts")? {
            let stays = match table.as_str() {
                "accounts" | "account_traits" => true,
                "account_statuses" => said,
                _ => false,
            };
            if !stays {
                let sql = format!("UPDATE {table} SET {column} = ?1 WHERE {column} = ?2");
                self.execute(&sql, [kept, merged])?;
            }
        }
        Ok(())
    }

    fn take_traits_over(&self, kept: AccountId, merged: AccountId) -> Result<()> {
        self.execute(
            "INSERT INTO account_traits (account_id, trait, value, operation_id)
             SELECT ?1, trait, value, ?3 FROM account_traits WHERE account_id = ?2 ON CONFLICT DO NOTHING",
            params![kept, merged, self.operation],
        )
    }

    /// A field that one account has and the other lacks, with what was said of it before.
    fn take_field_over(
        &self,
        kept: AccountId,
        merged: AccountId,
        field: AccountField,
    ) -> Result<()> {
        if matches!(field, AccountField::CrmId | AccountField::Domain) {
            // They keep finding the account from where they are.
            return Ok(());
        }
        let column = column(field.name());
        let lacks = match field {
            AccountField::Escalated => "k.escalated = 0 AND m.escalated = 1".to_owned(),
            _ => format!("k.{column} IS NULL AND m.{column} IS NOT NULL"),
        };
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM accounts k JOIN accounts m ON m.id = ?2 WHERE k.id = ?1 AND {lacks}
                 AND NOT EXISTS (SELECT 1 FROM edits WHERE entity = 'account' AND entity_id = ?1 AND field = ?3))"
        );
        let takes: bool = self.value(&sql, params![kept, merged, field])?;
        if !takes {
            return Ok(());
        }
        let name_key = match field {
            AccountField::Name => ", name_key = (SELECT name_key FROM accounts WHERE id = ?2)",
            _ => "",
        };
        let sql = format!(
            "UPDATE accounts SET {column} = (SELECT {column} FROM accounts WHERE id = ?2){name_key} WHERE id = ?1"
        );
        self.execute(&sql, [kept, merged])?;
        self.execute(
            "UPDATE edits SET entity_id = ?1 WHERE entity = 'account' AND entity_id = ?2 AND field = ?3",
            params![kept, merged, field],
        )
    }
}
