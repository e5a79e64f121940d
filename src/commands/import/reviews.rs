//! `import reviews`: published reviews into the library. A review is linked to a person by its e-mail address, or else
//! only when somebody confirms it.

use std::collections::{HashMap, HashSet};
use std::slice;

use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::ids::AssetId;
use crate::domain::industry::slug;
use crate::failure::Result;
use crate::intake::reviews::{ReviewRow, read};
use crate::intake::{FileRow, IntakeError, Reading, Rejected, hash_key};
use crate::output::{Cell, CommandLine, Record, Sentence, Table};
use crate::resolve;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{AssetRow, NewAsset, Tx};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let reviews = List::of(Reviews::default());
    frame::run(reviews, slice::from_ref(&args.file), &args.read, session)
}

/// A file of reviews.
#[derive(Debug, Default)]
struct Reviews {
    to_confirm: Vec<ToConfirm>,
    /// Ids and addresses under which the file has several reviews, so that they tell none of them.
    shared: HashSet<String>,
    /// Those saved so far.
    saved: HashSet<AssetId>,
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

    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<ReviewRow>, IntakeError> {
        read(bytes, look.options, &look.setting())
    }

    fn is_of(&self, row: &ReviewRow) -> (Option<bool>, Option<bool>) {
        let person = row.email.is_some() || row.reviewer.is_some();
        (Some(person), Some(row.company.is_some()))
    }

    fn save(&mut self, context: &RowContext<'_>, row: &ReviewRow) -> Result<RowEffect> {
        let (writing, present) = (context.writing, context.present);
        let key = self.key(row);
        let Some(known) = self.known(context, row, &key)? else {
            let words = words(writing, row, key, NewAsset::blank(AssetKind::Review, ""))?;
            let noon = |on| present.policy.time_zone.noon_of(on).min(present.now);
            let at = row.submitted_on.map_or(present.now, noon);
            let id = writing.add_asset(&words, AssetStatus::Published, at)?;
            writing.note_cells(id, context.cells)?;
            self.saved.insert(id);
            self.ask_who_wrote(writing, id, words)?;
            return Ok(RowEffect::New);
        };
        if !self.saved.insert(known.id) {
            return Ok(RowEffect::Unchanged);
        }
        let is_same_row = writing.is_same_row(known.id, context.cells)?;
        let words = words(writing, row, key, known.words.clone())?;
        let (mut before, after) = (known.words, words);
        let is_new_key = before.external_key != after.external_key;
        before.external_key.clone_from(&after.external_key);
        let says_more = before != after;
        if says_more || is_new_key {
            writing.change_asset(known.id, &after)?;
        }
        Ok(RowEffect::from(usize::from(says_more), is_same_row))
    }

    fn look_ahead(&mut self, rows: &[Result<FileRow<ReviewRow>, Rejected>]) {
        let mut first: HashMap<String, &ReviewRow> = HashMap::new();
        for row in rows.iter().flatten().map(|row| &row.says) {
            for key in own_keys(row) {
                let before = *first.entry(key.clone()).or_insert(row);
                if content_key(before) != content_key(row) {
                    self.shared.insert(key);
                }
            }
        }
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

impl Reviews {
    /// What identifies a review: the platform's id or its URL, where the file has one review under it; or else who wrote
    /// what, where and when.
    fn key(&self, row: &ReviewRow) -> String {
        let mut own = own_keys(row);
        own.find(|key| !self.shared.contains(key))
            .unwrap_or_else(|| content_key(row))
    }

    /// The review on record: the one of this key, or of a row of these cells; or else one that an earlier version, or an
    /// earlier file with one review under its id or URL, knew by less.
    fn known(
        &self,
        context: &RowContext<'_>,
        row: &ReviewRow,
        key: &str,
    ) -> Result<Option<AssetRow>> {
        let tx = context.writing;
        if let Some(id) = tx.asset_by_key(key)? {
            return Ok(tx.asset(id)?);
        }
        for id in tx.said_by(context.cells)? {
            if !self.saved.contains(&id) {
                return Ok(tx.asset(id)?);
            }
        }
        for key in own_keys(row).chain([key_of_earlier_versions(row)]) {
            let Some(id) = tx.asset_by_key(&key)? else {
                continue;
            };
            let asset = tx.asset(id)?.filter(|_| !self.saved.contains(&id));
            let is_it = |asset: &AssetRow| {
                let words = &asset.words;
                words.rating_tenths == row.rating_tenths
                    && words.reviewer == row.reviewer
                    && Some(&words.title) == row.title.as_ref().or(Some(&words.title))
            };
            if let Some(asset) = asset.filter(is_it) {
                return Ok(Some(asset));
            }
        }
        Ok(None)
    }
}

/// The platform's id of a review, and its URL.
fn own_keys(row: &ReviewRow) -> impl Iterator<Item = String> + use<> {
    let id = row.external_id.as_ref();
    let by_id = id.map(|id| format!("{}:{id}", platform(row)));
    by_id.into_iter().chain(row.url.clone())
}

fn platform(row: &ReviewRow) -> String {
    row.platform.as_deref().map(slug).unwrap_or_default()
}

fn day(row: &ReviewRow) -> String {
    let day = row.submitted_on.map(|on| on.to_string());
    day.unwrap_or_default()
}

/// A key of everything that a review says. Most platforms call everybody by one name.
fn content_key(row: &ReviewRow) -> String {
    let part = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let rating = row.rating_tenths.map(|tenths| tenths.to_string());
    let parts = [
        platform(row),
        part(&row.reviewer),
        part(&row.company),
        part(&row.product),
        day(row),
        part(&row.title),
        part(&row.text),
        part(&rating),
    ];
    hash_key(&parts.each_ref().map(String::as_str))
}

/// The key of a review without id and URL before its text and rating told it from others.
fn key_of_earlier_versions(row: &ReviewRow) -> String {
    let part = |text: &Option<String>| text.as_deref().map(slug).unwrap_or_default();
    let (reviewer, company, title) = (part(&row.reviewer), part(&row.company), part(&row.title));
    format!(
        "{}:{reviewer}:{company}:{}:{title}",
        platform(row),
        day(row)
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
