//! `account list`.

use std::collections::BTreeMap;

use clap::Args;

use crate::domain::describing::Health;
use crate::domain::ids::AccountId;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::tag::Tag;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Names, Sentence, Table, Tone};
use crate::resolve;
use crate::resolve::account::called;
use crate::resolve::arguments::{AsOf, word, words};
use crate::resolve::filter::{SearchArgs, any_named};
use crate::session::{Done, Session};
use crate::store::{AccountRow, Tagged, Tx};

/// Arguments of `account list`.
#[derive(Debug, Args)]
pub struct AccountListArgs {
    /// Only in these industries
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words)]
    pub industry: Vec<String>,
    /// Only in these regions or countries
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words)]
    pub region: Vec<String>,
    /// Only in these segments
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words)]
    pub segment: Vec<String>,
    /// Only owned by these colleagues
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = words)]
    pub owner: Vec<String>,
    /// Only with all of these tags
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub tag: Vec<Tag>,
    /// Only with this health, such as yellow,red
    #[arg(value_parser = word::<Health>(), hide_possible_values = true, long, value_name = "HEALTH", value_delimiter = ',')]
    pub health: Vec<Health>,
    /// Only those without an advocate
    #[arg(long)]
    pub without_advocate: bool,
    /// Which are shown.
    #[command(flatten)]
    pub search: SearchArgs,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// An account with who is there.
struct Listed {
    row: AccountRow,
    people: u32,
    advocates: u32,
    tags: Vec<Tag>,
}

pub(super) fn run(args: &AccountListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.search.limit);
    session.answer("account-list/1", args.as_of.as_of, |tx, present| {
        let mut rows = load(tx, present)?;
        let on_record = rows.len();
        let mut industries = Vec::new();
        for industry in &args.industry {
            industries.push(resolve::industry(tx, &present.policy, industry)?.name);
        }
        let mut owners = Vec::new();
        for owner in args.owner.iter().filter(|_| on_record > 0) {
            owners.push(resolve::colleague("owner", owner, tx.owners()?)?);
        }
        rows.retain(|one| one.is_wanted(args, present, &industries, &owners));
        rows.sort_by_key(|one| (called(&one.row).to_lowercase(), one.row.id));
        rows.truncate(most);
        let import = CommandLine::of("import accounts FILE");
        Ok(table(&rows, present).empty(match on_record {
            0 => Sentence::from("No accounts. Import them with: ").then(import),
            _ => "No accounts like that.".into(),
        }))
    })
}

/// Every account, with who is there.
fn load(tx: &Tx<'_>, present: &Present) -> Result<Vec<Listed>> {
    let mut there: BTreeMap<AccountId, (u32, u32)> = BTreeMap::new();
    for person in tx.everybody_once()? {
        if let Some(account) = person.account_id {
            let (people, advocates) = there.entry(account).or_default();
            let stage = person.standing.on(present.today);
            *people += 1;
            *advocates += u32::from(stage.is_some_and(Stage::is_advocate));
        }
    }
    let Tagged { mut accounts, .. } = tx.tagged()?;
    let rows = tx.accounts_on_record()?.into_iter();
    Ok(rows
        .map(|row| {
            let (people, advocates) = there.get(&row.id).copied().unwrap_or_default();
            Listed {
                people,
                advocates,
                tags: accounts.remove(&row.id).unwrap_or_default(),
                row,
            }
        })
        .collect())
}

impl Listed {
    fn is_wanted(
        &self,
        args: &AccountListArgs,
        present: &Present,
        industries: &[String],
        owners: &[String],
    ) -> bool {
        let row = &self.row;
        let industry = present.industry(row.industry.as_deref());
        (industries.is_empty() || industry.is_some_and(|name| industries.contains(&name)))
            && any_named(&args.region, &[&row.region, &row.country])
            && any_named(&args.segment, &[&row.segment])
            && any_named(owners, &[&row.owner])
            && args.tag.iter().all(|tag| self.tags.contains(tag))
            && (args.health.is_empty()
                || row
                    .health
                    .is_some_and(|health| args.health.contains(&health)))
            && (!args.without_advocate || self.advocates == 0)
            && args.search.finds([
                row.name.as_deref(),
                row.domain.as_deref(),
                row.crm_id.as_deref(),
            ])
    }
}

fn table<'a>(rows: &'a [Listed], present: &Present) -> Table<'a, Listed> {
    Table::of(rows)
        .data("id", |one| one.row.id)
        .left("account", "Account", |one| called(&one.row))
        .names(Names::Accounts)
        .always()
        .cut()
        .data("name", |one| one.row.name.as_ref())
        .left("domain", "Domain", |one| one.row.domain.as_ref())
        .spare()
        .data("crm_id", |one| one.row.crm_id.as_ref())
        .left("industry", "Industry", |one| {
            present.industry(one.row.industry.as_deref())
        })
        .cut()
        .data("segment", |one| one.row.segment.as_ref())
        .data("region", |one| one.row.region.as_ref())
        .data("country", |one| one.row.country.as_ref())
        .left("owner", "Owner", |one| one.row.owner.as_ref())
        .cut()
        .spare()
        .right("people", "People", |one| one.people)
        .right("advocates", "Advocates", |one| one.advocates)
        .always()
        .left("health", "Health", |one| one.row.health)
        .toned(|one| match one.row.health {
            Some(Health::Red) => Tone::Bad,
            _ => Tone::Plain,
        })
        .spare()
        .left("renewal_on", "Renewal", |one| one.row.renewal_on)
        .spare()
        .data("phone", |one| one.row.phone.as_ref())
        .left("tags", "Tags", |one| Cell::list(&one.tags))
        .spare()
}
