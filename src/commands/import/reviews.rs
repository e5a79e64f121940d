//! `import reviews`: published reviews into the library. A review is linked to a person by its e-mail address, or else
//! only when somebody confirms it (`formats.md` §4).

use super::super::{Context, Done, Present, asset};
use super::crm::Became;
use super::rejects::Rejects;
use super::{Input, options, save_profile, setting};
use crate::cli::ImportFileArgs;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::ids::AssetId;
use crate::domain::industry::slug;
use crate::intake::reviews::{ReviewRow, read};
use crate::output::{Cell, Column, Record, Sheet};
use crate::store::{NewAsset, Writing};

/// What an import did.
#[derive(Debug, Default)]
struct Counts {
    rows: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    notes: Vec<String>,
    to_confirm: Vec<(AssetId, String, Vec<String>)>,
}

pub(super) fn run(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let input = Input::read(&args.file)?;
    let mut rejects = Rejects::open(&args.read)?;
    let (counts, today) = context.write_or_rehearse(args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read)?;
        let file = read(input.bytes, &options, &setting(present))?;
        let mut counts = Counts {
            notes: file.notes.clone(),
            ..Counts::default()
        };
        for row in file.rows {
            counts.rows += 1;
            match row {
                Ok(row) => match save(writing, present, &row, &mut counts)? {
                    Became::New => counts.new += 1,
                    Became::Changed => counts.changed += 1,
                    Became::Unchanged => counts.unchanged += 1,
                },
                Err(rejected) => rejects.add(&input.name, &file.header, &rejected)?,
            }
        }
        rejects.finish(counts.rows)?;
        save_profile(writing, &args.read, &options)?;
        Ok((counts, present.today))
    })?;
    for note in &counts.notes {
        context.note(note)?;
    }
    context.show("import-reviews/1", today, summary(&counts, &rejects, args))?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    row: &ReviewRow,
    counts: &mut Counts,
) -> anyhow::Result<Became> {
    let key = key(row);
    let known = match writing.asset_by_key(&key)? {
        Some(id) => writing.asset(id)?,
        None => None,
    };
    let before = known.as_ref().map_or_else(
        || asset::blank(AssetKind::Review, ""),
        |known| known.words.clone(),
    );
    let words = words(writing, row, key, before)?;
    let Some(known) = known else {
        let at = row.submitted_on.map_or(present.now, |on| {
            present.policy.time_zone.noon_of(on).min(present.now)
        });
        let id = writing.add_asset(&words, AssetStatus::Published, at)?;
        if words.person.is_none() {
            let perhaps = asset::suggested(writing, &words)?;
            if !perhaps.is_empty() {
                counts.to_confirm.push((id, words.title.clone(), perhaps));
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
) -> anyhow::Result<NewAsset> {
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

fn summary(counts: &Counts, rejects: &Rejects, args: &ImportFileArgs) -> Record {
    let number = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut to_confirm = Sheet::new(vec![
        Column::right("asset_id", "Asset"),
        Column::left("title", "Title"),
        Column::left("perhaps_by", "Perhaps by"),
    ])
    .empty("");
    for (id, title, perhaps) in &counts.to_confirm {
        to_confirm.push(vec![
            id.0.into(),
            title.as_str().into(),
            Cell::list(perhaps),
        ]);
    }
    let mut record = Record::new()
        .with("rows", "Rows", number(counts.rows))
        .with("new", "  new", number(counts.new))
        .with("changed", "  changed", number(counts.changed))
        .with("unchanged", "  unchanged", number(counts.unchanged))
        .with("rejected", "  rejected", number(rejects.count))
        .with("to_confirm", "Whose are these?", to_confirm)
        .data("dry_run", args.read.dry_run);
    if rejects.count > 0 {
        record = record.with("rejects", "Rejected", Cell::list(rejects.shown()));
    }
    if let Some((id, _, perhaps)) = counts.to_confirm.first() {
        let first = perhaps.first().map_or("WHO", String::as_str);
        record = record.say(format!(
            "To confirm one: advocate asset edit {id} --person {first}"
        ));
    }
    if args.read.dry_run {
        record.say("Dry run: nothing was changed.")
    } else {
        record
    }
}
