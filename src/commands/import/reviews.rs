//! `import reviews`: published reviews into the library. A review is linked to a person by its e-mail address, or else
//! only when somebody confirms it (`formats.md` §4).

use super::frame::{self, Became, Import, Job};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::ids::AssetId;
use crate::domain::industry::slug;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::intake::reviews::{ReviewRow, read};
use crate::intake::{IntakeError, Options, Reading, Rejected, Setting};
use crate::output::{Cell, Column, Record, Sheet};
use crate::resolve;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{NewAsset, Writing};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    frame::run(Reviews::default(), &args.file, &args.read, session)
}

/// A file of reviews.
#[derive(Debug, Default)]
struct Reviews {
    /// Reviews that somebody may have written: who is to be confirmed.
    to_confirm: Vec<(AssetId, String, Vec<String>)>,
}

impl Import for Reviews {
    type Row = ReviewRow;
    const COMMAND: &'static str = "import reviews";
    const SCHEMA: &'static str = "import-reviews/1";

    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<ReviewRow>, IntakeError> {
        read(bytes, options, setting)
    }

    fn save(&mut self, job: &Job<'_>, row: &ReviewRow) -> Result<Result<Became, Rejected>> {
        Ok(Ok(save(job.writing, job.present, row, self)?))
    }

    fn figures(&self, record: Record) -> Record {
        let mut to_confirm = Sheet::new(vec![
            Column::right("asset_id", "Asset"),
            Column::left("title", "Title"),
            Column::left("perhaps_by", "Perhaps by"),
        ])
        .empty("");
        for (id, title, perhaps) in &self.to_confirm {
            to_confirm.push(vec![
                id.0.into(),
                title.as_str().into(),
                Cell::list(perhaps),
            ]);
        }
        record.with("to_confirm", "Whose are these?", to_confirm)
    }

    fn next(&self) -> Option<String> {
        let (id, _, perhaps) = self.to_confirm.first()?;
        let first = perhaps.first().map_or("WHO", String::as_str);
        Some(format!(
            "To confirm one: advocate asset edit {id} --person {first}"
        ))
    }
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    row: &ReviewRow,
    reviews: &mut Reviews,
) -> Result<Became> {
    let key = key(row);
    let known = match writing.asset_by_key(&key)? {
        Some(id) => writing.asset(id)?,
        None => None,
    };
    let before = known.as_ref().map_or_else(
        || NewAsset::blank(AssetKind::Review, ""),
        |known| known.words.clone(),
    );
    let words = words(writing, row, key, before)?;
    let Some(known) = known else {
        let at = row.submitted_on.map_or(present.now, |on| {
            present.policy.time_zone.noon_of(on).min(present.now)
        });
        let id = writing.add_asset(&words, AssetStatus::Published, at)?;
        if words.person.is_none() {
            let perhaps = resolve::authors(writing, &words)?;
            if !perhaps.is_empty() {
                reviews.to_confirm.push((id, words.title.clone(), perhaps));
            }
        }
        return Ok(Became::New);
    };
    if words == known.words {
        return Ok(Became::Unchanged);
    }
    writing.describe_asset(known.id, &words)?;
    Ok(Became::Changed)
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

fn words(
    writing: &Writing<'_>,
    row: &ReviewRow,
    key: String,
    before: NewAsset,
) -> Result<NewAsset> {
    let person = match &row.email {
        Some(email) => writing.person_by_email(email.key())?,
        None => None,
    };
    let account = match person {
        Some(person) => writing.person(person)?.and_then(|person| person.account_id),
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
