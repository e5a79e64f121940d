//! Tests: every file in `fixtures/import` is read, and gives exactly what it holds.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::survey::{NoAnswer, Record, SurveyRow};
use super::{
    IntakeError, Options, Reading, Rejected, Setting, accounts, deals, nominations, people,
    reviews, signals, survey, taps,
};
use crate::domain::ask::AskKind;
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::interner::Interned;
use crate::domain::responses::{CellsDigest, OnRecord, RowDigest};
use crate::domain::tap::{Outcome, Rating};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/import");

impl<T> Reading<T> {
    /// The rows that could be used.
    pub(super) fn accepted(&self) -> impl Iterator<Item = &T> {
        self.rows
            .iter()
            .filter_map(|row| Some(&row.as_ref().ok()?.says))
    }

    /// The rows that could not.
    pub(super) fn rejected(&self) -> impl Iterator<Item = &Rejected> {
        self.rows.iter().filter_map(|row| row.as_ref().err())
    }
}

/// 2026-07-01T12:00:00Z.
fn setting() -> Setting {
    Setting {
        zone: Zone::UTC,
        now: Timestamp(1_782_907_200),
    }
}

fn bytes(name: &str) -> Vec<u8> {
    super::read_file(&PathBuf::from(FOLDER).join(name)).unwrap()
}

/// A survey file, read to its end.
#[derive(Default)]
struct Read {
    source: String,
    notes: Vec<String>,
    answers: Vec<SurveyRow<'static>>,
    no_answers: Vec<NoAnswer<'static>>,
    skipped: Vec<(u64, &'static str)>,
    rejected: Vec<Rejected>,
}

fn read_with(name: &str, options: &Options) -> Result<Read, IntakeError> {
    let mut file = survey::open(bytes(name), options, &setting())?;
    let mut read = Read {
        source: file.source.clone(),
        ..Read::default()
    };
    file.read(OnRecord::default(), |records| {
        records.for_each(|record| {
            match record {
                Record::Unchanged => panic!("nothing is on record"),
                Record::Answer(row) => read.answers.push(kept(row)),
                Record::NoAnswer(row) => read.no_answers.push(NoAnswer {
                    line: row.line,
                    record: row.record,
                    respondent: kept_respondent(&row.respondent),
                    do_not_contact: row.do_not_contact,
                }),
                Record::Skipped { line, reason, .. } => read.skipped.push((*line, *reason)),
                Record::Rejected(row) => read.rejected.push(row.clone()),
            }
            Ok::<(), IntakeError>(())
        })
    })?;
    read.notes = file.notes;
    Ok(read)
}

fn read(name: &str) -> Read {
    read_with(name, &Options::default()).unwrap()
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn kept_respondent(row: &survey::Respondent<'_>) -> survey::Respondent<'static> {
    survey::Respondent {
        email: row.email.clone(),
        external_id: row.external_id.map(leaked),
        name: row.name.clone().map(|name| name.into_owned().into()),
    }
}

fn kept(row: &SurveyRow<'_>) -> SurveyRow<'static> {
    SurveyRow {
        line: row.line,
        record: row.record,
        key: Interned {
            symbol: row.key.symbol,
            value: row.key.value.clone().into_owned().into(),
        },
        respondent: kept_respondent(&row.respondent),
        score: row.score,
        comment: row.comment.clone().into_owned().into(),
        responded_at: row.responded_at,
        updated_at: row.updated_at,
        do_not_contact: row.do_not_contact,
        // The same answer in another file is another row.
        digest: RowDigest(0),
        cells: CellsDigest(0),
        is_key_made: row.is_key_made,
        shared_id: row.shared_id.map(leaked),
        earlier: row.earlier.clone(),
        title: row.title.clone().map(|title| title.into_owned().into()),
        language: row
            .language
            .clone()
            .map(|language| language.into_owned().into()),
        account: row.account.clone().into_owned(),
    }
}

fn comments(read: &Read) -> Vec<&str> {
    read.answers
        .iter()
        .map(|row| row.comment.as_ref())
        .collect()
}

fn scores(read: &Read) -> Vec<u8> {
    read.answers.iter().map(|row| row.score.get()).collect()
}

/// File, profile, then how many answers, rows without answer, skipped and rejected rows.
const SURVEYS: &[(&str, &str, [usize; 4])] = &[
    ("delighted.csv", "delighted", [40, 1, 1, 0]),
    ("edited.csv", "delighted", [4, 0, 0, 0]),
    ("asknicely.csv", "asknicely", [4, 2, 1, 0]),
    ("survicate.csv", "survicate", [4, 1, 0, 0]),
    ("qualtrics.csv", "qualtrics", [4, 0, 2, 0]),
    ("qualtrics-legacy.csv", "qualtrics", [2, 0, 2, 0]),
    ("surveymonkey.csv", "surveymonkey", [3, 1, 0, 0]),
    ("typeform.csv", "typeform", [3, 0, 1, 0]),
    ("hubspot.csv", "hubspot", [3, 0, 1, 0]),
    ("wootric.csv", "wootric", [2, 1, 1, 0]),
    ("generic.csv", "generic", [3, 0, 0, 0]),
    ("bom-utf8.csv", "generic", [2, 0, 0, 0]),
    ("utf16le.txt", "generic", [2, 0, 0, 0]),
    ("windows-1252.csv", "generic", [2, 0, 0, 0]),
    ("semicolon.csv", "generic", [3, 0, 0, 0]),
    ("newline-in-cell.csv", "generic", [2, 0, 0, 1]),
    ("ragged.csv", "generic", [3, 0, 0, 1]),
    ("no-answer.csv", "generic", [1, 7, 0, 0]),
    ("scores.csv", "generic", [5, 0, 0, 5]),
    ("dates-mixed.csv", "generic", [9, 0, 0, 3]),
    ("destroyed-ids.csv", "generic", [3, 0, 0, 0]),
    ("no-ids.csv", "generic", [3, 0, 0, 0]),
    ("duplicates.csv", "generic", [3, 0, 0, 0]),
    ("free-mail.csv", "generic", [3, 0, 0, 0]),
    ("guarded.csv", "generic", [4, 0, 0, 0]),
    ("html-entities.csv", "asknicely", [3, 0, 0, 0]),
    ("no-email.csv", "generic", [3, 0, 0, 0]),
    ("invalid-emails.csv", "generic", [3, 0, 0, 2]),
    ("unclosed-quote.csv", "generic", [1, 0, 0, 1]),
];

/// Files that are refused as a whole, with a part of the message.
const REFUSED: &[(&str, &str)] = &[
    ("dates-ambiguous.csv", "day from the month"),
    ("two-scores.csv", "`NPS`, `Rating`"),
    (
        "no-score.csv",
        "no column holds the score; headers seen: `Email`, `Satisfaction`",
    ),
    ("no-date.csv", "no column holds the date"),
    ("no-header.csv", "does not look like a header"),
    ("empty.csv", "empty"),
];

#[test]
fn every_survey_file_gives_exactly_what_it_holds() {
    for (name, profile, counts) in SURVEYS {
        let read = read(name);
        let seen = [
            read.answers.len(),
            read.no_answers.len(),
            read.skipped.len(),
            read.rejected.len(),
        ];
        assert_eq!(
            (read.source.as_str(), seen),
            (*profile, *counts),
            "{name}: {:?}",
            read.rejected
        );
    }
}

#[test]
fn refused_files_say_why() {
    for (name, message) in REFUSED {
        let Err(error) = read_with(name, &Options::default()) else {
            panic!("{name} was read")
        };
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
}

#[test]
fn every_fixture_is_tested() {
    let mut tested: BTreeSet<&str> = SURVEYS.iter().map(|(name, ..)| *name).collect();
    tested.extend(REFUSED.iter().map(|(name, ..)| *name));
    tested.extend(["accounts-salesforce.csv", "accounts-hubspot.csv"]);
    tested.extend(["people-salesforce.csv", "people-hubspot.csv", "taps.csv"]);
    tested.extend(["deals-salesforce.csv", "deals-hubspot.csv"]);
    tested.extend(["deals-generic.csv", "reviews-g2.csv", "reviews-generic.csv"]);
    // Those of `kinds` are read through the program.
    tested.extend(["usage.csv", "nominations.csv", "kinds"]);
    // It is read in the docs.
    tested.insert("agent.csv");
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(tested.contains(name.as_str()), "{name} is read by no test");
    }
}

#[test]
fn a_delighted_row_is_read_in_full() {
    let read = read("delighted.csv");
    let row = &read.answers[0];
    assert_eq!((row.line, row.record, &**row.key), (2, 1, "540011000"));
    let person = &row.respondent;
    assert_eq!(
        person.email.as_ref().unwrap().key(),
        "nina@northwind-clinics.example"
    );
    assert_eq!(
        (person.external_id, person.name.as_deref()),
        (Some("88100"), Some("Nina Albrecht"))
    );
    assert_eq!(row.responded_at.to_rfc3339(), "2026-06-18T08:12:40Z");
    assert_eq!(row.updated_at, Some(row.responded_at));
    assert_eq!(row.title.as_deref(), Some("Head of Clinical Operations"));
    assert_eq!(row.language.as_deref(), Some("de"));
    assert_eq!(row.account_domain(), Some("northwind-clinics.example"));
    let account = &row.account;
    assert_eq!(account.name.as_deref(), Some("Northwind Clinics"));
    assert_eq!(account.industry.as_deref(), Some("Hospital & Health Care"));
    assert_eq!(account.segment.as_deref(), Some("Enterprise"));
    assert_eq!(account.owner.as_deref(), Some("Ines Falk"));
    assert_eq!(read.skipped, [(43, "another type of survey")]);
}

#[test]
fn edited_answers_keep_their_keys_and_are_newer() {
    let (before, after) = (read("delighted.csv"), read("edited.csv"));
    let mut changed = 0;
    for row in &after.answers {
        let old = before
            .answers
            .iter()
            .find(|old| old.key.value == row.key.value)
            .unwrap();
        assert_eq!(old.responded_at, row.responded_at);
        if (old.score, &old.comment) != (row.score, &row.comment) {
            assert!(row.updated_at > old.updated_at);
            changed += 1;
        }
    }
    assert_eq!(changed, 3);
}

#[test]
fn each_source_gives_its_own_fields() {
    let asknicely = read("asknicely.csv");
    let wishes: Vec<bool> = asknicely
        .no_answers
        .iter()
        .map(|row| row.do_not_contact)
        .collect();
    assert_eq!(wishes, [true, false]);
    let first = &asknicely.answers[0];
    assert_eq!(
        (&**first.key, first.respondent.external_id),
        ("70011", Some("3301"))
    );
    assert_eq!(first.account.name.as_deref(), Some("Brackenfell Dental"));
    assert!(asknicely.answers[3].do_not_contact);
    assert_eq!(
        comments(&asknicely)[..2],
        ["Friendly & fast – we're fans", "Use &amp; enjoy"]
    );

    let survicate = read("survicate.csv");
    assert_eq!(
        comments(&survicate),
        [
            "Reliable\nMore of the same",
            "Fine",
            "Fix the mobile app",
            "Good team"
        ]
    );
    assert_eq!(
        survicate.answers[0].respondent.name.as_deref(),
        Some("Irene Sandoval")
    );
    assert!(
        survicate
            .answers
            .iter()
            .all(|row| row.respondent.external_id.is_none())
    );
    assert_eq!(
        survicate.answers[3].respondent,
        survey::Respondent::default()
    );

    let qualtrics = read("qualtrics.csv");
    assert_eq!(scores(&qualtrics), [10, 8, 2, 9]);
    assert_eq!(comments(&qualtrics)[2], "Zu langsam;\nzu teuer");
    assert_eq!(
        qualtrics.answers[0].respondent.external_id,
        Some("CRM-4001")
    );
    assert_eq!(qualtrics.answers[0].language.as_deref(), Some("DE"));
    let reasons: Vec<&str> = qualtrics
        .skipped
        .iter()
        .map(|(_, reason)| *reason)
        .collect();
    assert_eq!(reasons, ["unfinished", "a preview, test or spam"]);

    let legacy = read("qualtrics-legacy.csv");
    assert_eq!(
        (scores(&legacy), comments(&legacy)),
        (vec![9, 6], vec!["Clear answers", ""])
    );
    assert_eq!(&**legacy.answers[0].key, "R_0old001");

    let surveymonkey = read("surveymonkey.csv");
    assert_eq!(scores(&surveymonkey), [10, 7, 0]);
    assert_eq!(comments(&surveymonkey)[0], "It just works");
    assert_eq!(
        surveymonkey.answers[2].responded_at.to_rfc3339(),
        "2026-02-03T00:12:00Z"
    );

    let typeform = read("typeform.csv");
    assert_eq!(comments(&typeform)[0], "+1 for the new editor");
    assert_eq!(&**typeform.answers[0].key, "k3v9x0a1");

    let hubspot = read("hubspot.csv");
    assert_eq!(
        (scores(&hubspot), comments(&hubspot)[0]),
        (vec![10, 7, 1], "Would buy again")
    );

    let wootric = read("wootric.csv");
    assert_eq!(
        wootric.answers[0].responded_at.to_rfc3339(),
        "2026-01-15T17:26:31Z"
    );
    assert_eq!(
        wootric.answers[0].account.industry.as_deref(),
        Some("Sporting Goods")
    );
    let reasons: Vec<&str> = wootric.skipped.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(reasons, ["excluded by the source"]);
}

#[test]
fn every_encoding_gives_the_same_rows() {
    let plain = read("bom-utf8.csv");
    for name in [
        "utf16le.txt",
        "windows-1252.csv",
        "no-ids.csv",
        "semicolon.csv",
    ] {
        let other = read(name);
        assert_eq!(other.answers[0], plain.answers[0], "{name}");
    }
    assert_eq!(
        plain.answers[0].respondent.name.as_deref(),
        Some("Zoë Brûlé")
    );
    assert_eq!(
        read("windows-1252.csv").notes,
        ["decoded as windows-1252: line 2 is not UTF-8; --encoding names another"]
    );
    assert_eq!(plain.notes, [""; 0]);
}

#[test]
fn rejected_rows_say_where_why_and_what() {
    let read_lines = read("newline-in-cell.csv");
    assert_eq!(
        comments(&read_lines)[0],
        "First line\nsecond \"line\"\n\nlast"
    );
    let bad = &read_lines.rejected[0];
    assert_eq!((bad.line, bad.record), (6, 2));
    assert!(bad.reason.contains("eleven") && bad.original[1] == "Bob Ellis");
    let ragged = read("ragged.csv");
    assert_eq!(
        ragged.rejected[0].reason,
        "the row has 9 cells, the header has 7"
    );
    assert_eq!(
        (ragged.rejected[0].line, ragged.rejected[0].original.len()),
        (5, 9)
    );
    assert_eq!(comments(&ragged), ["", "ok", "fine"]);
    let reasons: Vec<String> = read("dates-mixed.csv")
        .rejected
        .into_iter()
        .map(|row| row.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "the date is missing",
            "`soon` is not a date that can be read",
            "the date 2031-12-31 is in the future"
        ]
    );
    assert!(
        read("unclosed-quote.csv").rejected[0]
            .reason
            .contains("never closed")
    );
}

#[test]
fn dates_in_one_column_can_have_many_forms() {
    let read = read("dates-mixed.csv");
    let at: Vec<String> = read
        .answers
        .iter()
        .map(|row| row.responded_at.to_rfc3339())
        .collect();
    assert_eq!(at[..4], ["2026-01-01T00:00:00Z"; 4]);
    assert_eq!(
        at[4..],
        [
            "2026-03-29T12:00:00Z",
            "2025-11-15T12:00:00Z",
            "2023-02-08T12:00:00Z",
            "2026-05-03T14:15:33Z",
            "2026-03-05T12:00:00Z"
        ]
    );
    for (words, first) in [("day-first", "2026-05-03"), ("month-first", "2026-03-05")] {
        let options = Options {
            date_format: Some(words.to_owned()),
            ..Options::default()
        };
        let read = read_with("dates-ambiguous.csv", &options).unwrap();
        assert_eq!(
            Zone::UTC.day(read.answers[0].responded_at).to_string(),
            first
        );
    }
}

#[test]
fn small_quirks() {
    let destroyed = read("destroyed-ids.csv");
    let keys: Vec<_> = destroyed
        .answers
        .iter()
        .map(|row| row.key.split(':').next().unwrap())
        .collect();
    assert_eq!(keys, ["fnv", "fnv", "12345678901234567890"]);
    assert!(destroyed.notes[0].contains("1.23E+18"));
    let free = read("free-mail.csv");
    let domains: Vec<_> = free.answers.iter().map(SurveyRow::account_domain).collect();
    assert_eq!(domains, [None, None, Some("paper-lantern.example")]);
    assert_eq!(
        comments(&read("guarded.csv")),
        [
            "=SUM(A1:A9) is what I call it",
            "+1",
            "'tis good",
            "''- twice"
        ]
    );
    assert_eq!(
        comments(&read("html-entities.csv")),
        [
            "Tom & Ann <3 \"us\" – café",
            "literally &amp; once",
            "AT&T & co &bogus; &#xFFFFFFFF;"
        ]
    );
    let nobody = read("no-email.csv");
    assert_eq!(nobody.answers[0].respondent.external_id, Some("C-1"));
    assert!(
        nobody
            .answers
            .iter()
            .all(|row| row.respondent.email.is_none())
    );
    let emails = read("invalid-emails.csv");
    let keys: Vec<_> = emails
        .answers
        .iter()
        .map(|row| row.respondent.email.as_ref().map(|e| e.key()))
        .collect();
    assert_eq!(
        keys,
        [
            Some("ada+nps@plus-sign.example"),
            Some("bea@plus-sign.example"),
            None
        ]
    );
    assert!(emails.rejected[0].reason.contains("not an e-mail address"));
}

#[test]
fn a_map_settles_what_the_headers_leave_open() {
    let map = |header: &str| vec![("score".to_owned(), header.to_owned())];
    let options = Options {
        map: map("NPS"),
        source: Some("guests".into()),
        ..Options::default()
    };
    assert_eq!(
        scores(&read_with("two-scores.csv", &options).unwrap()),
        [9, 7]
    );
    let file = survey::open(bytes("two-scores.csv"), &options, &setting()).unwrap();
    assert_eq!(file.source, "guests");
    let options = Options {
        map: map("satisfaction"),
        ..Options::default()
    };
    assert_eq!(scores(&read_with("no-score.csv", &options).unwrap()), [9]);
    assert_eq!(file.header, ["Email", "NPS", "Rating", "Date"]);
}

fn lines<T>(reading: &Reading<T>) -> Vec<u64> {
    reading.rejected().map(|row| row.line).collect()
}

#[test]
fn accounts_come_without_the_footer() {
    let read = accounts::read(
        bytes("accounts-salesforce.csv"),
        &Options::default(),
        &setting(),
    );
    let read = read.unwrap();
    assert_eq!(
        (read.rows.len(), read.accepted().count(), lines(&read)),
        (4, 3, vec![5])
    );
    let first = read.accepted().next().unwrap();
    assert_eq!(first.crm_id.as_deref(), Some("001Xx0000001"));
    assert_eq!(
        first.account.domain.as_deref(),
        Some("northwind-clinics.example")
    );
    assert_eq!(first.account.country.as_deref(), Some("Germany"));
    assert_eq!(first.renewal_on.unwrap().to_string(), "2027-03-31");
    assert_eq!(
        (first.health.as_deref(), first.escalated),
        (Some("green"), Some(false))
    );
    assert_eq!(first.products, ["Pulse", "Boards"]);
    assert_eq!(first.use_cases, ["Patient flow", "Staff planning"]);
    // Only the renewal 31/03/2027 tells the day from the month; the other column of dates follows it.
    assert_eq!(first.customer_since.unwrap().to_string(), "2021-05-12");
    assert_eq!(
        read.accepted().nth(2).unwrap().competitors,
        ["Cardboard Moon", "Papersun"]
    );

    let read = accounts::read(
        bytes("accounts-hubspot.csv"),
        &Options::default(),
        &setting(),
    );
    let read = read.unwrap();
    assert_eq!((read.rows.len(), lines(&read)), (3, vec![3]));
    assert!(read.rejected().next().unwrap().reason.contains("maybe"));
}

#[test]
fn people_have_names_and_accounts() {
    let read = people::read(bytes("people-hubspot.csv"), &Options::default()).unwrap();
    assert_eq!((read.rows.len(), lines(&read)), (4, vec![5]));
    let first = read.accepted().next().unwrap();
    assert_eq!(first.name.as_deref(), Some("Nina Albrecht"));
    assert_eq!(first.account_crm_id.as_deref(), Some("5550009"));
    assert_eq!(first.account_domain(), Some("northwind-clinics.example"));
    assert_eq!(read.accepted().nth(2).unwrap().email, None);

    let read = people::read(bytes("people-salesforce.csv"), &Options::default());
    let read = read.unwrap();
    assert_eq!((read.accepted().count(), lines(&read)), (2, vec![]));
    assert_eq!(
        read.accepted().nth(1).unwrap().persona.as_deref(),
        Some("Champion")
    );
}

#[test]
fn taps_are_typed_or_say_why_not() {
    let read = taps::read(bytes("taps.csv"), &Options::default(), &setting()).unwrap();
    let asks: Vec<_> = read.accepted().map(|tap| (tap.ask, tap.outcome)).collect();
    assert_eq!(
        asks,
        [
            (AskKind::Reference, Some(Outcome::Completed)),
            (AskKind::CaseStudy, Some(Outcome::Accepted)),
            (AskKind::Review, Some(Outcome::Completed)),
            (AskKind::Speaking, Some(Outcome::NoReply)),
            (AskKind::Testimonial, None),
        ]
    );
    let first = read.accepted().next().unwrap();
    assert_eq!(first.tapped_on.to_string(), "2026-01-14");
    assert_eq!(first.outcome_on.unwrap().to_string(), "2026-01-20");
    assert_eq!(
        (first.rating, first.tapped_by.as_deref()),
        (Rating::new(5), Some("Ines Falk"))
    );
    let reasons: Vec<&str> = read.rejected().map(|row| row.reason.as_str()).collect();
    for (reason, part) in reasons.iter().zip([
        "ask kind; one of: review",
        "outcome; one of: pending, accepted",
        "2031-03-10 is in the future",
        "date of the ask is missing",
        "rating from 1 to 5",
        "e-mail address is missing",
    ]) {
        assert!(reason.contains(part), "{reason}");
    }
    assert_eq!(reasons.len(), 6);
}

fn deals(name: &str, default_currency: Option<&str>) -> Reading<deals::DealRow> {
    let default = default_currency.map(|code| code.parse().unwrap());
    deals::read(bytes(name), &Options::default(), &setting(), default).unwrap()
}

/// The amounts of the rows that could be used.
fn amounts(read: &Reading<deals::DealRow>) -> Vec<String> {
    let shown = |row: &deals::DealRow| {
        row.amount.map_or("none".to_owned(), |money| {
            format!("{} {}", money.amount_minor, money.currency)
        })
    };
    read.accepted().map(shown).collect()
}

/// Line and reason of the rows that could not.
fn reasons<T>(read: &Reading<T>) -> Vec<(u64, &str)> {
    read.rejected()
        .map(|row| (row.line, row.reason.as_str()))
        .collect()
}

#[test]
fn deals_of_a_salesforce_report_come_without_the_footer() {
    let read = deals("deals-salesforce.csv", None);
    assert_eq!((read.rows.len(), read.accepted().count()), (7, 5));
    assert_eq!(
        amounts(&read),
        [
            "123456700 USD",
            "9840050 USD",
            "125075 EUR",
            "-150000 USD",
            "none"
        ]
    );
    assert_eq!(
        reasons(&read),
        [
            (7, "`tbd` is not an amount of money"),
            (8, "the date of opening 2026-07-02 is in the future")
        ]
    );
    let deal = read.accepted().nth(1).unwrap();
    assert_eq!(deal.crm_id.as_deref(), Some("006Xx0000102"));
    assert_eq!(deal.name, "Glasswing Insurance, phase 2");
    assert_eq!(deal.account.as_deref(), Some("Glasswing Insurance"));
    assert_eq!(
        deal.account_domain.as_deref(),
        Some("glasswing-insurance.example")
    );
    assert_eq!(deal.stage.as_deref(), Some("Negotiation/Review"));
    // Only 12/31/2026 and its like tell the month from the day; the dates of creation follow the dates of closing.
    assert_eq!(deal.opened_on.unwrap().to_string(), "2026-03-02");
    assert_eq!(deal.closed_on.unwrap().to_string(), "2026-12-31");
    assert_eq!(deal.owner.as_deref(), Some("Dev Okafor"));
    assert_eq!(deal.industry.as_deref(), Some("Insurance"));
    assert_eq!(read.accepted().nth(3).unwrap().account_domain, None);
    assert_eq!(read.notes, [""; 0]);
}

#[test]
fn deals_of_hubspot_name_their_main_company() {
    let read = deals("deals-hubspot.csv", None);
    assert_eq!(amounts(&read), ["4800000 EUR", "1250050 GBP", "none"]);
    assert_eq!(
        reasons(&read),
        [(
            5,
            "the amount `7300` has no currency; name its column with --map currency=HEADER or give --currency"
        )]
    );
    let deal = read.accepted().next().unwrap();
    assert_eq!(deal.crm_id.as_deref(), Some("90210000001"));
    assert_eq!(deal.account.as_deref(), Some("Kestrel Robotics"));
    assert_eq!(deal.stage.as_deref(), Some("Closed won (Sales Pipeline)"));
    assert_eq!(deal.opened_on.unwrap().to_string(), "2026-01-12");
    assert_eq!(deal.closed_on.unwrap().to_string(), "2026-05-29");
    let last = read.accepted().nth(2).unwrap();
    assert_eq!((&last.account, last.closed_on), (&None, None));
    let read = deals("deals-hubspot.csv", Some("SEK"));
    assert_eq!(amounts(&read)[3], "730000 SEK");
}

#[test]
fn deals_in_several_currencies_keep_them() {
    let read = deals("deals-generic.csv", None);
    assert_eq!(
        amounts(&read),
        [
            "123456 EUR",
            "4500000 EUR",
            "1250000 GBP",
            "99 GBP",
            "1500000 JPY",
            "1999995 USD",
            "105040 CHF",
            "none",
            "1000500 EUR"
        ]
    );
    assert_eq!(
        read.notes,
        [
            "`¥` was read as JPY; --currency names another",
            "`$` was read as USD; --currency names another"
        ]
    );
    let seen = reasons(&read);
    for ((line, reason), (at, part)) in seen.iter().zip([
        (10, "has no currency"),
        (12, "more decimal places than EUR"),
        (13, "name of the deal is missing"),
    ]) {
        assert!(*line == at && reason.contains(part), "{line}: {reason}");
    }
    assert_eq!(seen.len(), 3);
    let undated = read.accepted().nth(2).unwrap();
    assert_eq!((undated.opened_on, undated.closed_on), (None, None));
    let first = read.accepted().next().unwrap();
    assert_eq!(
        first.account_domain.as_deref(),
        Some("saltmarsh-energy.example")
    );
    assert_eq!(first.closed_on.unwrap().to_string(), "2026-03-31");
    assert_eq!(first.owner.as_deref(), Some("Priya Lind"));
    assert_eq!(first.industry.as_deref(), Some("Energy"));
}

fn reviews(name: &str, options: &Options) -> Reading<reviews::ReviewRow> {
    reviews::read(bytes(name), options, &setting()).unwrap()
}

#[test]
fn reviews_of_g2_have_no_email() {
    let read = reviews("reviews-g2.csv", &Options::default());
    assert_eq!((read.source.as_str(), read.rows.len()), ("g2", 5));
    assert_eq!(
        reasons(&read),
        [
            (
                6,
                "the rating `6` is above 5; write it like 9/10 if it is out of ten"
            ),
            (7, "the date of the review 2026-07-02 is in the future")
        ]
    );
    let ratings: Vec<_> = read.accepted().map(|row| row.rating_tenths).collect();
    assert_eq!(ratings, [Some(50), Some(45), Some(25)]);
    assert!(
        read.accepted()
            .all(|row| row.platform.as_deref() == Some("g2") && row.email.is_none())
    );
    let first = read.accepted().next().unwrap();
    assert_eq!(first.external_id.as_deref(), Some("7700101"));
    assert_eq!(
        first.title.as_deref(),
        Some("Quiet, quick and \"boring\" in the best way")
    );
    assert_eq!(
        first.url.as_deref(),
        Some("https://www.g2.com/survey_responses/pulse-review-7700101")
    );
    assert_eq!(first.product.as_deref(), Some("Pulse"));
    assert_eq!(first.submitted_on.unwrap().to_string(), "2026-05-12");
    assert_eq!(first.reviewer.as_deref(), Some("Helene M."));
    assert_eq!(first.company.as_deref(), Some("Tidewater Hospitals"));
    assert_eq!(first.industry.as_deref(), Some("Hospital & Health Care"));
    assert_eq!(
        first.text.as_deref(),
        Some(
            "What do you like best about Pulse? The boards.\nAnd the staff.\n\
             What do you dislike about Pulse? Nothing so far"
        )
    );
    let third = read.accepted().nth(2).unwrap();
    assert_eq!(third.url, None);
}

#[test]
fn reviews_from_anywhere_tell_their_platform() {
    let read = reviews("reviews-generic.csv", &Options::default());
    assert_eq!((read.source.as_str(), read.rows.len()), ("generic", 9));
    let seen: Vec<_> = read
        .accepted()
        .map(|row| (row.platform.as_deref(), row.rating_tenths))
        .collect();
    assert_eq!(
        seen,
        [
            (Some("capterra"), Some(45)),
            (Some("trustradius"), Some(45)),
            (Some("gartner"), Some(40)),
            (Some("Pulse Forum"), None),
            (None, None),
            (None, Some(50)),
        ]
    );
    let lines: Vec<u64> = reasons(&read).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [8, 9, 10]);
    for ((_, reason), part) in reasons(&read).iter().zip([
        "neither a URL, a title, a text nor a rating",
        "above 5; write it like 9/10",
        "not an e-mail address",
    ]) {
        assert!(reason.contains(part), "{reason}");
    }
    let first = read.accepted().next().unwrap();
    assert_eq!(
        first.email.as_ref().unwrap().key(),
        "noor@glasswing-insurance.example"
    );
    assert_eq!(first.reviewer.as_deref(), Some("Noor Haddad"));
    assert_eq!(first.text.as_deref(), Some("We would buy it again."));
    assert_eq!(first.submitted_on.unwrap().to_string(), "2026-06-12");
    let options = Options {
        source: Some("G2 Crowd".into()),
        ..Options::default()
    };
    let read = reviews("reviews-generic.csv", &options);
    assert_eq!(read.source, "G2 Crowd");
    let platforms: Vec<_> = read.accepted().map(|row| row.platform.as_deref()).collect();
    assert_eq!(
        platforms[3..],
        [Some("Pulse Forum"), Some("g2"), Some("g2")]
    );
}

#[test]
fn a_usage_export_gives_the_rows_above_the_threshold() {
    let options = Options {
        kind: Some(crate::domain::signal::SignalKind::PowerUser),
        when: vec!["active_days>=20".parse().unwrap()],
        ..Options::default()
    };
    let read = signals::read(bytes("usage.csv"), &options, &setting()).unwrap();
    let found: Vec<(&str, &str)> = read
        .accepted()
        .flatten()
        .map(|row| {
            let email = row.email.as_ref().unwrap().key();
            (email, row.reading.as_deref().unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("nina@northwind-clinics.example", "Active Days 24"),
            ("harriet@fernhill-bank.example", "Active Days 21"),
            ("dev@unknown-customer.example", "Active Days 28"),
        ]
    );
    assert_eq!((read.rows.len(), read.rejected().count()), (6, 0));
}

#[test]
fn a_form_of_nominations_is_read_by_its_questions() {
    let read =
        nominations::read(bytes("nominations.csv"), &Options::default(), &setting()).unwrap();
    let rejected: Vec<u64> = read.rejected().map(|row| row.line).collect();
    assert_eq!(rejected, [4]);
    let first = read.accepted().next().unwrap();
    assert_eq!(
        (first.email.key(), first.by.as_str(), first.title.as_deref()),
        (
            "priya@quarrybank-foods.example",
            "Dana Ruiz",
            Some("Plant Manager")
        )
    );
    assert_eq!(first.account.name.as_deref(), Some("Quarrybank Foods"));
    assert_eq!(
        first.on.map(|day| day.to_string()).as_deref(),
        Some("2026-06-24")
    );
}
