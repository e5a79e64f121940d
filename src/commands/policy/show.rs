//! `policy show`.

use clap::Args;

use super::unknown::unknown;
use crate::domain::policy::Policy;
use crate::failure::Result;
use crate::output::Table;
use crate::resolve::arguments::{AsOf, words};
use crate::session::{Done, Session};

/// Arguments of `policy show`.
#[derive(Debug, Args)]
pub struct PolicyShowArgs {
    /// Only settings whose name begins so, such as cap
    #[arg(value_name = "KEY", value_parser = words)]
    pub key: Option<String>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &PolicyShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("policy/1", args.as_of.as_of, |_, present| {
        let begins = args.key.as_deref().unwrap_or_default();
        let mut settings = present.policy.settings();
        settings.retain(|setting| setting.key.starts_with(begins));
        if settings.is_empty() {
            return Err(unknown(begins, &present.policy));
        }
        let defaults = Policy::default();
        let default = |key| defaults.setting(key);
        Ok(Table::of(&settings)
            .left("key", "Setting", |setting| &setting.key)
            .whole()
            .left("value", "Value", |setting| &setting.value)
            .always()
            .left("default", "Default", |setting| {
                default(&setting.key).filter(|default| *default != setting.value)
            })
            .spare()
            .left("meaning", "Meaning", |setting| &setting.meaning)
            .sheet())
    })
}
