//! `import nps`: survey answers. The same file again adds nothing; all files of one command are one transaction.

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};

use super::super::{Context, Done, Present};
use super::rejects::Rejects;
use super::{Input, options, save_profile, setting};
use crate::cli::ImportNpsArgs;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::responses::{Again, Value};
use crate::domain::stage::{Move, Stage};
use crate::intake::survey::{self, Record, Respondent, SurveyRow};
use crate::intake::{AccountTraits, stable_key};
use crate::output::{self, Cell, Column, Sheet};
use crate::store::{Loading, NewPerson, NewResponse, NewStage, Touched, Writing};

/// From this size on, every key is read beforehand instead of being looked up.
const LARGE: usize = 4 << 20;

/// What an import did.
#[derive(Debug, Default)]
struct Counts {
    rows: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    no_answer: u64,
    skipped: u64,
    people_new: u64,
    accounts_new: u64,
    candidates_new: u64,
    do_not_contact: u64,
    sources: Vec<String>,
    notes: Vec<String>,
    drops: Vec<Drop>,
}

/// An advocate whose latest answer fell.
#[derive(Debug)]
struct Drop {
    email: String,
    from: u8,
    to: u8,
    open_taps: Vec<i64>,
}

pub(super) fn run(args: &ImportNpsArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let inputs = args
        .files
        .iter()
        .map(|path| Input::read(path))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut rejects = Rejects::open(&args.read)?;
    let bar = progress(context.quiet);
    let loaded = context.write_or_rehearse(args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read)?;
        let mut counts = Counts::default();
        for input in inputs {
            load(
                writing,
                present,
                input,
                &options,
                &mut rejects,
                &mut counts,
                &bar,
            )?;
        }
        rejects.finish(counts.rows)?;
        save_profile(writing, &args.read, &options)?;
        Ok((counts, present.today))
    });
    bar.finish_and_clear();
    let (counts, today) = loaded?;
    for note in &counts.notes {
        context.note(note)?;
    }
    if context.quiet && rejects.count > 0 {
        writeln!(context.err, "{}", rejects.shown().join("\n"))?;
    }
    context.show(
        "import-nps/1",
        today,
        summary(&counts, &rejects, args.read.dry_run),
    )?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

fn progress(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows read, {per_sec}");
    let bar = ProgressBar::no_length();
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn load(
    writing: &Writing<'_>,
    present: &Present,
    input: Input,
    options: &crate::intake::Options,
    rejects: &mut Rejects,
    counts: &mut Counts,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let large = input.bytes.len() >= LARGE;
    let name = input.name;
    let mut file =
        survey::open(input.bytes, options, &setting(present)).with_context(|| name.clone())?;
    let zone = present.policy.time_zone;
    let mut loading = Loading::begin(writing, &file.source, zone, large)?;
    let source = file.source.clone();
    let header = file.header.clone();
    let mut rows = Rows {
        writing,
        source: &source,
        at: present.now,
        occurrences: Default::default(),
    };
    file.for_each(|record| -> anyhow::Result<()> {
        counts.rows += 1;
        if counts.rows.is_multiple_of(4096) {
            bar.set_position(counts.rows);
        }
        match record {
            Record::Answer(row) => rows.answer(&mut loading, &row, counts),
            Record::NoAnswer(row) => {
                counts.no_answer += 1;
                rows.silence(&mut loading, &row.respondent, row.do_not_contact, counts)
            }
            Record::Skipped {
                respondent,
                do_not_contact,
                ..
            } => {
                counts.skipped += 1;
                rows.silence(&mut loading, &respondent, do_not_contact, counts)
            }
            Record::Rejected(row) => rejects.add(&name, &header, &row),
        }
    })
    .with_context(|| name.clone())?;
    counts
        .notes
        .extend(file.notes.iter().map(|note| format!("{name}: {note}")));
    if !counts.sources.contains(&source) {
        counts.sources.push(source.clone());
    }
    counts.people_new += loading.people_new;
    counts.accounts_new += loading.accounts_new;
    let touched = loading.finish()?;
    settle(writing, present, &touched, counts)
}

/// The rows of one file.
struct Rows<'a> {
    writing: &'a Writing<'a>,
    source: &'a str,
    at: crate::domain::calendar::Timestamp,
    /// For sources without response ids: how often each answer stood in this file so far.
    occurrences: std::collections::HashMap<String, u32>,
}

impl Rows<'_> {
    fn answer(
        &mut self,
        loading: &mut Loading<'_>,
        row: &SurveyRow<'_>,
        counts: &mut Counts,
    ) -> anyhow::Result<()> {
        let value = Value {
            score: row.score,
            comment: &*row.comment,
            updated_at: row.updated_at,
        };
        let own_key;
        let key = match row.key {
            Some(key) => key,
            None => {
                own_key = self.key_of(row);
                &own_key
            }
        };
        if let Some(again) = loading.again(key, &value)? {
            match again {
                Again::Same | Again::Older => counts.unchanged += 1,
                Again::Changed => {
                    loading.change_response(key, &value)?;
                    counts.changed += 1;
                }
            }
            self.describe(loading, row)?;
        } else {
            let (person, account) = self.describe(loading, row)?;
            loading.add_response(NewResponse {
                id: ResponseId(0),
                source: SourceId(0),
                key,
                person,
                account: account.filter(|_| person.is_none()),
                respondent: row.respondent.external_id,
                score: row.score,
                comment: value.comment,
                responded_at: row.responded_at,
                updated_at: row.updated_at,
            })?;
            counts.new += 1;
        }
        self.silence(loading, &row.respondent, row.do_not_contact, counts)
    }

    /// A stable key for an answer whose source gives none: the same file again gives the same keys.
    fn key_of(&mut self, row: &SurveyRow<'_>) -> String {
        let person = match (&row.respondent.email, row.respondent.external_id) {
            (Some(email), _) => email.key(),
            (None, Some(id)) => id,
            (None, None) => row.account.name.as_deref().unwrap_or_default(),
        };
        let key = |occurrence| {
            stable_key(
                self.source,
                person,
                row.responded_at,
                row.score,
                &row.comment,
                occurrence,
            )
        };
        let seen = self.occurrences.entry(key(0)).or_insert(0);
        *seen += 1;
        key(*seen - 1)
    }

    /// The person and account of a row, added where they are new, filled where they are empty.
    fn describe(
        &self,
        loading: &mut Loading<'_>,
        row: &SurveyRow<'_>,
    ) -> anyhow::Result<(Option<PersonId>, Option<AccountId>)> {
        let Some(email) = &row.respondent.email else {
            let person = match row.respondent.external_id {
                Some(id) => loading.respondent(id)?,
                None => None,
            };
            let name = row.account.name.as_deref();
            return Ok((
                person,
                account(loading, row.account.domain.as_deref(), name, &row.account)?,
            ));
        };
        let known = loading.person(email)?;
        let account = match known.and_then(|person| loading.account_of(person)) {
            Some(account) => {
                loading.fill_account(account, account_fields(&row.account))?;
                Some(account)
            }
            None => {
                let name = row.account.name.as_deref();
                account(loading, row.account_domain(), name, &row.account)?
            }
        };
        let person = match known {
            Some(person) => {
                loading.fill_person(person, account, person_fields(row))?;
                person
            }
            None => loading.add_person(&NewPerson {
                email,
                account,
                fields: &owned(person_fields(row)),
            })?,
        };
        Ok((Some(loading.id_of(person)), account))
    }

    /// Obeys a source's word that somebody must not be contacted; they are added where they are unknown, so that the
    /// word is kept.
    fn silence(
        &self,
        loading: &mut Loading<'_>,
        respondent: &Respondent<'_>,
        do_not_contact: bool,
        counts: &mut Counts,
    ) -> anyhow::Result<()> {
        if !do_not_contact {
            return Ok(());
        }
        let Some(person) = silenced(loading, respondent)? else {
            return Ok(());
        };
        let stage = self
            .writing
            .person(person)?
            .and_then(|person| person.standing.stage);
        if let Ok(to) = Move::Forbid.from(stage) {
            self.writing.change_stage(&NewStage {
                person,
                stage: to,
                until: None,
                reason: Some("the survey source says so"),
                decided_by: Some(self.source),
                at: self.at,
            })?;
            counts.do_not_contact += 1;
        }
        Ok(())
    }
}

fn silenced(
    loading: &mut Loading<'_>,
    respondent: &Respondent<'_>,
) -> anyhow::Result<Option<PersonId>> {
    let Some(email) = &respondent.email else {
        return Ok(match respondent.external_id {
            Some(id) => loading.respondent(id)?,
            None => None,
        });
    };
    if let Some(person) = loading.person(email)? {
        return Ok(Some(loading.id_of(person)));
    }
    let account = account(
        loading,
        email.company_domain(),
        None,
        &AccountTraits::default(),
    )?;
    let name = respondent
        .name
        .as_deref()
        .map(|name| (PersonField::Name, name.to_owned()));
    let fields: Vec<_> = name.into_iter().collect();
    let person = loading.add_person(&NewPerson {
        email,
        account,
        fields: &fields,
    })?;
    Ok(Some(loading.id_of(person)))
}

/// The account of this domain or name, added where it is new and filled where it is empty.
fn account(
    loading: &mut Loading<'_>,
    domain: Option<&str>,
    name: Option<&str>,
    traits: &AccountTraits<'_>,
) -> anyhow::Result<Option<AccountId>> {
    if domain.is_none() && name.is_none() {
        return Ok(None);
    }
    if let Some(found) = loading.account(domain, name)? {
        loading.fill_account(found, account_fields(traits))?;
        return Ok(Some(found));
    }
    let mut fields = owned(account_fields(traits));
    if !fields
        .iter()
        .any(|(field, _)| *field == AccountField::Domain)
    {
        fields.extend(domain.map(|domain| (AccountField::Domain, domain.to_owned())));
    }
    Ok(Some(loading.add_account(&fields)?))
}

fn owned<'r, F>(fields: impl Iterator<Item = (F, &'r str)>) -> Vec<(F, String)> {
    fields
        .map(|(field, value)| (field, value.to_owned()))
        .collect()
}

fn account_fields<'r>(
    traits: &'r AccountTraits<'_>,
) -> impl Iterator<Item = (AccountField, &'r str)> {
    [
        (AccountField::Name, &traits.name),
        (AccountField::Industry, &traits.industry),
        (AccountField::Segment, &traits.segment),
        (AccountField::Region, &traits.region),
        (AccountField::Country, &traits.country),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.as_deref()?)))
}

fn person_fields<'r>(row: &'r SurveyRow<'_>) -> impl Iterator<Item = (PersonField, &'r str)> {
    [
        (PersonField::Name, &row.respondent.name),
        (PersonField::Title, &row.title),
        (PersonField::Language, &row.language),
        (PersonField::Owner, &row.account.owner),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value.as_deref()?)))
}

/// Finds the new candidates, and the advocates whose latest answer fell, with their open asks.
fn settle(
    writing: &Writing<'_>,
    present: &Present,
    touched: &[Touched],
    counts: &mut Counts,
) -> anyhow::Result<()> {
    for one in touched {
        let after = writing.goodwill_as_candidate(one.person, present.policy.time_zone)?;
        let before = one.before.unwrap_or_default();
        if after.is_candidate() && !before.is_candidate() {
            counts.candidates_new += 1;
        }
        let (Some((from, _)), Some((to, _))) = (before.latest_score, after.latest_score) else {
            continue;
        };
        if after.stage.is_some_and(Stage::is_advocate) && to.group() < from.group() {
            let Some(person) = writing.person(one.person)? else {
                continue;
            };
            let open_taps = writing
                .open_taps_of(one.person)?
                .into_iter()
                .map(|id| id.0)
                .collect();
            counts.drops.push(Drop {
                email: person.email,
                from: from.get(),
                to: to.get(),
                open_taps,
            });
        }
    }
    Ok(())
}

fn summary(counts: &Counts, rejects: &Rejects, rehearsed: bool) -> output::Record {
    let mut drops = Sheet::new(vec![
        Column::left("email", "E-mail"),
        Column::right("from", "From"),
        Column::right("to", "To"),
        Column::left("open_taps", "Open asks"),
    ])
    .empty("");
    for drop in &counts.drops {
        drops.push(vec![
            drop.email.as_str().into(),
            drop.from.into(),
            drop.to.into(),
            Cell::Numbers(drop.open_taps.clone()),
        ]);
    }
    let number = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut record = output::Record::new()
        .with("source", "Source", counts.sources.join(", "))
        .with("rows", "Rows", number(counts.rows))
        .with("new", "  new", number(counts.new))
        .with("changed", "  changed", number(counts.changed))
        .with("unchanged", "  unchanged", number(counts.unchanged))
        .with("no_answer", "  no answer", number(counts.no_answer))
        .with("skipped", "  skipped", number(counts.skipped))
        .with("rejected", "  rejected", number(rejects.count))
        .with("people_new", "People new", number(counts.people_new))
        .with("accounts_new", "Accounts new", number(counts.accounts_new))
        .with(
            "candidates_new",
            "Candidates new",
            number(counts.candidates_new),
        );
    if counts.do_not_contact > 0 {
        record = record.with(
            "do_not_contact_new",
            "Do not contact",
            number(counts.do_not_contact),
        );
    }
    record = record
        .with("score_drops", "Advocates whose score fell", drops)
        .data("dry_run", rehearsed);
    if rejects.count > 0 {
        record = record.with("rejects", "", Cell::list(rejects.shown()));
    }
    match rehearsed {
        true => record.say("Dry run: nothing was changed."),
        false if counts.candidates_new > 0 => record.say("Next: advocate candidates"),
        false => record,
    }
}
