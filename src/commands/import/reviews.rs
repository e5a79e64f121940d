//! `import reviews`: published reviews into the library. A review is linked to a person by its e-mail address, or else
//! only when somebody confirms it.

use std::slice;

use super::frame::{self, Load};
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::ids::AssetId;
use crate::domain::industry::slug;
use crate::failure::Result;
use crate::intake::reviews::{ReviewRow, read};
use crate::intake::{IntakeError, Reading};
use crate::output::{Cell, CommandLine, Record, Sentence, Table};
use crate::resolve;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{NewAsset, Tx};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let reviews = List::of(Reviews::default());
    frame::run(reviews, slice::from_ref(&args.file), &args.read, session)
}

/// A file of reviews.
#[derive(Debug, Default)]
struct Reviews {
    to_confirm: Vec<ToConfirm>,
}

/// A review that somebody may have written.
#[derive(Debug)]
struct ToConfirm {
    asset: AssetId,
    title: String,
    perhaps_by: Vec<String>,
}

impl ListImport for Reviews {
    type Row = ReviewRow;
    const COMMAND: &'static str = "import reviews";
    const SCHEMA: &'static str = "import-reviews/1";

    fn read(&self, load: &Load<'_>, bytes: Vec<u8>) -> Result<Reading<ReviewRow>, IntakeError> {
        read(bytes, load.options, &load.setting())
    }

    fn save(&mut self, context: &RowContext<'_>, row: &ReviewRow) -> Result<RowEffect> {
        let (writing, present) = (context.writing, context.present);
        let key = key(row);
        let known = match writing.asset_by_key(&key)? {
            Some(id) => writing.asset(id)?,
            None => None,
        };
        let Some(known) = known else {
            let words = words(writing, row, key, NewAsset::blank(AssetKind::Review, ""))?;
            let noon = |on| present.policy.time_zone.noon_of(on).min(present.now);
            let at = row.submitted_on.map_or(present.now, noon);
            let id = writing.add_asset(&words, AssetStatus::Published, at)?;
            self.ask_who_wrote(writing, id, words)?;
            return Ok(RowEffect::New);
        };
        let words = words(writing, row, key, known.words.clone())?;
        if words == known.words {
            return Ok(RowEffect::Unchanged);
        }
        writing.change_asset(known.id, &words)?;
        Ok(RowEffect::Changed)
    }

    fn figures(&self, record: Record) -> Record {
        let table = Table::of(&self.to_confirm)
            .right("asset_id", "Asset", |one| one.asset)
            .left("title", "Title", |one| &one.title)
            .left("perhaps_by", "Perhaps by", |one| {
                Cell::list(&one.perhaps_by)
            })
            .empty("");
        record.with("to_confirm", "Whose are these?", table)
    }

    fn next(&self) -> Option<Sentence> {
        let one = self.to_confirm.first()?;
        let edit = CommandLine::of("asset edit").value(one.asset);
        let edit = edit.option("--person", one.perhaps_by.first()?);
        Some(Sentence::from("To confirm one: ").then(edit))
    }
}

impl Reviews {
    fn ask_who_wrote(&mut self, tx: &Tx<'_>, asset: AssetId, words: NewAsset) -> Result<()> {
        if words.person.is_some() {
            return Ok(());
        }
        let perhaps_by = resolve::authors(tx, &words)?;
        if !perhaps_by.is_empty() {
            self.to_confirm.push(ToConfirm {
                asset,
                title: words.title,
                perhaps_by,
            });
        }
        Ok(())
    }
}

/// What identifies a review: the platform's id, its URL, or else who wrote it where and when.
fn key(row: &ReviewRow) -> String {
    let platform = row.platform.as_deref().map(slug).unwrap_or_default();
    if let Some(id) = &row.external_id {
        return format!("{platform}:{id}");
    }
    if let Some(url) = &row.url {
        return url.clone();
    }
    let day = row
        .submitted_on
        .map(|on| on.to_string())
        .unwrap_or_default();
    let part = |text: &Option<String>| text.as_deref().map(slug).unwrap_or_default();
    format!(
        "{platform}:{}:{}:{day}:{}",
        part(&row.reviewer),
        part(&row.company),
        part(&row.title)
    )
}

fn words(tx: &Tx<'_>, row: &ReviewRow, key: String, before: NewAsset) -> Result<NewAsset> {
    let person = match &row.email {
        Some(email) => tx.person_by_email(email.key())?,
        None => None,
    };
    let account = match person {
        Some(person) => tx.person(person)?.and_then(|person| person.account_id),
        None => before.account,
    };
    let own = |incoming: &Option<String>, before: Option<String>| incoming.clone().or(before);
    let by = row.reviewer.as_deref().unwrap_or("a customer");
    Ok(NewAsset {
        title: row
            .title
            .clone()
            .unwrap_or_else(|| format!("Review by {by}")),
        url: own(&row.url, before.url),
        platform: own(&row.platform, before.platform),
        external_key: Some(key),
        rating_tenths: row.rating_tenths.or(before.rating_tenths),
        industry: own(&row.industry, before.industry),
        product: own(&row.product, before.product),
        reviewer: own(&row.reviewer, before.reviewer),
        company: own(&row.company, before.company),
        person: person.or(before.person),
        account,
        ..before
    })
}
