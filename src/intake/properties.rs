//! Tests: no input makes the intake panic, and a well-formed table comes back as it was written.

use proptest::prelude::*;

use super::survey::Record;
use super::{
    IntakeError, Options, Setting, accounts, amounts, cells, currencies, deals, headers,
    loose_dates, people, ratings, reviews, scores, survey, taps,
};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::responses::OnRecord;

const SETTING: Setting = Setting {
    zone: Zone::UTC,
    now: Timestamp(1_782_907_200),
};

/// Headers of every source, so that random cells get past the header.
const HEADERS: &[&str] = &[
    "Response ID,Person ID,Name,Email,Score,Comment,Survey type,Permalink,Created at,Updated at,Company domain\n",
    "response_id,contact_id,email,answer,dontcontact,responded,comment,question_type\n",
    "Date & Time (UTC),Response uuid,Respondent uuid,email,Q#1: How?,,Q#2: Why?\n,,,,Score,Label,Answer\n",
    "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,Q1_NPS_GROUP,Q1,Q2\nx\n\"{\"\"ImportId\"\":\"\"a\"\"}\"\n",
    "#,How likely are you to recommend us?,Response Type,Start Date (UTC),Submit Date (UTC)\n",
    "email,score,date\n",
    "Account ID;Account Name;Website;Renewal Date;Products;Open Escalation;Customer Since\n",
    "Opportunity ID,Opportunity Name,Amount,Amount Currency,Close Date,Created Date,Associated Company,Website\n",
    "Review ID,Rating,Title,URL,Submitted Date,Email,Pros,Cons,Review,Site\n",
    "Email\tAsk\tAsked on\tOutcome\tOutcome date\tRating\n",
];

fn read_everything(bytes: &[u8], options: &Options) {
    if let Ok(mut file) = survey::open(bytes, options, &SETTING) {
        let _ = file.read(OnRecord::default(), |records| {
            records.for_each(|_| Ok::<(), IntakeError>(()))
        });
    }
    let _ = accounts::read(bytes, options, &SETTING);
    let _ = people::read(bytes, options);
    let _ = taps::read(bytes, options, &SETTING);
    let _ = reviews::read(bytes, options, &SETTING);
    let _ = deals::read(bytes, options, &SETTING, None);
    let _ = deals::read(bytes, options, &SETTING, "KWD".parse().ok());
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}( [0-9:]{1,8} ?(AM|PM|Z|\\+0[0-9]{1,3})?)?",
        "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:]{8}(Z| UTC|é)?",
        "[0-9.E+]{1,20}",
        "[(+-]?(\\$|€|US\\$|EUR|zł)? ?[0-9., '\u{a0}]{0,12}[0-9]( ?(€|USD|¥))?[)-]?",
        "&[a-z#x0-9]{0,12};",
        "[a-z.@]{1,20}",
        "\"[a-z,\n\"]{0,9}",
    ]
}

/// Half of the usual number of cases: the openers are many, and the suite should stay quick.
fn cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.div_ceil(2),
        ..usual
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_everything(&bytes, &Options::default());
    }

    #[test]
    fn arbitrary_cells_under_known_headers_never_panic(
        header in 0..HEADERS.len(),
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..12), 0..6),
        format in proptest::option::of("(%[a-zA-Z0-9:.#+-]|[ -~]|é){0,6}"),
        label in proptest::option::of("utf-16be|utf-16le|shift_jis|windows-1252|x"),
        delimiter in proptest::option::of(any::<u8>()),
    ) {
        let mut text = HEADERS[header].to_owned();
        for row in rows {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        read_everything(text.as_bytes(), &Options::default());
        let options = Options {
            date_format: format, encoding: label, delimiter, ..Options::default()
        };
        read_everything(text.as_bytes(), &options);
    }

    #[test]
    fn arbitrary_amounts_and_headers_never_panic(text in any::<String>(), money in "[(+$€£USDzł0-9., '’–−)-]{0,20}") {
        for text in [text, money] {
            let _ = amounts::read(&text);
            let _ = currencies::in_header(&text);
            let rating = ratings::tenths(&text, ratings::scale_in_header(&text));
            prop_assert!(rating.is_ok_and(|tenths| tenths <= 50) || ratings::tenths(&text, 5).is_err());
        }
    }

    #[test]
    fn arbitrary_cells_and_headers_never_panic(
        text in any::<String>(),
        date in "[0-9٠-٩]{1,4}[-/. 年'T]{0,2}([a-zé]{1,9}|[0-9]{1,2})[-/., 月]{0,2}[0-9]{1,4}[ T,日]{0,2}([0-9]{1,6}[:.h ]?){0,4}[ apmAPM.(+-]{0,5}[A-Z]{0,4}[+-]?[0-9:]{0,5}",
        json in "(\\{\"[a-z.]{0,3}\": ?(\"[^\"]{0,5}\"|[0-9.]{1,5}|\\[1,\\{\\}\\]|null)\\}[\n,]?){0,4}",
    ) {
        for text in [&text, &date] {
            let _ = loose_dates::parse(text, None);
            let _ = loose_dates::parse_zoned_pattern(text, "%d/%m/%Y %H:%M ");
            let _ = loose_dates::numbers_only(text);
            let _ = scores::parse(text);
            let _ = headers::bare(text);
            let address = cells::address(text);
            prop_assert!(text.contains(address));
        }
        for json in [json.clone(), format!("[{json}]"), text] {
            read_everything(json.as_bytes(), &Options::default());
        }
    }

    #[test]
    fn an_amount_comes_back_exactly_however_it_is_written(
        minor in -9_000_000_000_000_000_i64..9_000_000_000_000_000,
        (group, decimal) in proptest::sample::select(vec![
            ("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), ("\u{a0}", ","), ("'", "."), ("’", ","),
        ]),
        (before, after) in proptest::sample::select(vec![
            ("$", ""), ("USD ", ""), ("", " $"), ("", "USD"), ("US$ ", ""), ("$", " USD"), ("", ""),
        ]),
        in_brackets in any::<bool>(),
    ) {
        let digits = (minor.unsigned_abs() / 100).to_string();
        let mut whole = String::new();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                whole.push_str(group);
            }
            whole.push(digit);
        }
        let cents = minor.unsigned_abs() % 100;
        let amount = format!("{before}{whole}{decimal}{cents:02}{after}");
        let cell = match (minor < 0, in_brackets) {
            (true, true) => format!("({amount})"),
            (true, false) => format!("-{amount}"),
            (false, _) => amount,
        };
        let bytes = format!("Deal\tAmount\nD\t{cell}\n");
        let read = deals::read(bytes, &Options::default(), &SETTING, "USD".parse().ok()).unwrap();
        let money = read.rows[0].as_ref().unwrap().says.amount.unwrap();
        prop_assert_eq!((money.amount_minor, money.currency.code()), (minor, "USD"), "{}", cell);
    }

    #[test]
    fn a_well_formed_table_comes_back_as_written(
        rows in proptest::collection::vec(
            (0_u8..=10, "[^'\r\u{feff}].{0,30}(\n.{0,9})?", 1_000_000_000_i64..1_782_907_200, "[a-z]{1,9}"),
            0..20,
        ),
        delimiter in proptest::sample::select(vec![b',', b';', b'\t', b'|']),
        crlf in any::<bool>(),
    ) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .from_writer(Vec::new());
        writer.write_record(["Email", "Score", "Feedback", "Date", "Industry"]).unwrap();
        for (score, comment, at, word) in &rows {
            let (email, score) = (format!("{word}@x.example"), score.to_string());
            let at = Timestamp(*at).to_rfc3339();
            writer.write_record([&email, &score, comment, &at, &format!("the {word}")]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let mut file = survey::open(bytes, &Options::default(), &SETTING).unwrap();
        let mut seen = Vec::new();
        file.read(OnRecord::default(), |records| records.for_each(|record| {
            let Record::Answer(row) = record else { panic!("{record:?}") };
            let word = row.respondent.email.as_ref().unwrap().key().split_once('@').unwrap().0.to_owned();
            assert_eq!(row.account.industry.as_deref(), Some(format!("the {word}").as_str()));
            seen.push((row.score.get(), row.comment.clone().into_owned(), row.responded_at.0, word));
            Ok::<(), IntakeError>(())
        })).unwrap();
        prop_assert_eq!(seen, rows);
    }
}
