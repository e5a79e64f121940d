//! What a shell may complete a word to, from what is on record. Nothing is said where the database cannot be read: a
//! completion is never in the way.

use std::path::Path;
use std::time::Duration;

use crate::domain::named::Named as _;
use crate::domain::tap::Outcome;
use crate::store::{Snapshot, TapFilter, Tx};

/// What a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnRecord {
    /// People, by their address.
    People,
    /// Accounts, by their name.
    Accounts,
    /// Tags that somebody or something has.
    Tags,
    /// Industries, as they are spelt in the accounts.
    Industries,
    /// Deals, by their CRM id or number.
    Deals,
    /// Requests, by their number.
    Requests,
    /// Asks that wait for an outcome, by their number.
    OpenTaps,
    /// Assets, by their number.
    Assets,
}

/// How many are offered at most.
const MOST: usize = 500;

/// Whatever begins like that, each with words about it.
pub fn beginning(database: &Path, what: OnRecord, typed: &str) -> Vec<(String, String)> {
    let Ok(snapshot) = Snapshot::open(database, Duration::ZERO) else {
        return Vec::new();
    };
    let typed = typed.to_lowercase();
    let all = snapshot.read(None, |tx| on_record(tx, what));
    let mut all = all.unwrap_or_default();
    all.retain(|(value, _)| value.to_lowercase().starts_with(&typed));
    all.truncate(MOST);
    all
}

fn on_record(
    tx: &Tx<'_>,
    what: OnRecord,
) -> Result<Vec<(String, String)>, crate::store::StoreError> {
    Ok(match what {
        OnRecord::People => {
            let names = tx.names()?.into_iter();
            let named = names.map(|(_, name, email)| (email, name.unwrap_or_default()));
            named.collect()
        }
        OnRecord::Accounts => alone(tx.account_names()?),
        OnRecord::Tags => {
            let tags = tx.tag_counts()?.into_iter();
            alone(tags.map(|one| one.tag.to_string()).collect())
        }
        OnRecord::Industries => alone(tx.industries()?),
        OnRecord::Deals => {
            let deals = tx.deals()?.into_iter();
            let named = deals.map(|deal| {
                let id = deal.words.crm_id.clone();
                (id.unwrap_or_else(|| deal.id.to_string()), deal.words.name)
            });
            named.collect()
        }
        OnRecord::Requests => {
            let requests = tx.requests()?.into_iter();
            let named = requests.map(|request| {
                let words = format!("{} for {}", request.kind, request.requested_by);
                (request.id.to_string(), words)
            });
            named.collect()
        }
        OnRecord::OpenTaps => {
            let mut named = Vec::new();
            for outcome in Outcome::ALL.into_iter().filter(|one| one.is_open()) {
                let newest = TapFilter {
                    outcome: Some(outcome),
                    limit: Some(MOST as u32),
                    ..TapFilter::default()
                };
                named.extend(tx.taps(&newest)?.into_iter().map(|tap| {
                    let words = format!("{}: {}", tap.shown_name(), tap.kind);
                    (tap.id.to_string(), words)
                }));
            }
            named
        }
        OnRecord::Assets => {
            let assets = tx.assets()?.into_iter();
            let named = assets.map(|asset| (asset.id.to_string(), asset.words.title));
            named.collect()
        }
    })
}

/// Words that say enough by themselves.
fn alone(words: Vec<String>) -> Vec<(String, String)> {
    let words = words.into_iter();
    words.map(|word| (word, String::new())).collect()
}
