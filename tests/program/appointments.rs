//! What was agreed upon for an ask: kept with a time, waited for, and given to calendars.

use serde_json::json;

use crate::common::Program;
use crate::nina;

fn accepted(scheduled: &str) -> Program {
    let program = Program::new();
    program.run("policy set time-zone Europe/Berlin").ok();
    nina(&program);
    program
        .run("request open --ask reference --industry healthcare --prospect 'Alder Hospital'")
        .ok();
    program.run("tap nina --request 1").ok();
    program
        .run(&format!("outcome 1 accepted --scheduled '{scheduled}'"))
        .ok();
    program
}

/// The lines of a calendar file, unfolded.
fn lines(file: &str) -> Vec<String> {
    let unfolded = file.replace("\r\n ", "");
    unfolded.lines().map(str::to_owned).collect()
}

#[test]
fn an_appointment_with_a_time_is_an_entry_at_that_time_in_utc() {
    let program = accepted("2026-12-15 15:00");
    let file = program.run("taps ics 1").ok().out;
    let lines = lines(&file);
    let has = |line: &str| assert!(lines.iter().any(|one| one == line), "{line}: {lines:#?}");
    has("METHOD:PUBLISH");
    has("DTSTART:20261215T140000Z");
    has("DTEND:20261215T143000Z");
    has("SUMMARY:Reference: Nina Albrecht with Alder Hospital");
    assert!(!file.contains("ATTENDEE"));
    assert!(file.lines().all(|line| line.len() <= 75));
}

#[test]
fn with_an_address_of_ones_own_it_is_an_invitation() {
    let program = accepted("2026-07-15 3pm");
    program
        .run("taps ics 1 --from maya@advocacy.example --with buyer@alder.example --minutes 45 --place 'https://meet.example/x' --out call.ics")
        .ok()
        .says("call.ics");
    let file = std::fs::read_to_string(program.path("call.ics")).unwrap();
    let lines = lines(&file);
    let has = |line: &str| assert!(lines.iter().any(|one| one == line), "{line}: {lines:#?}");
    has("METHOD:REQUEST");
    has("DTSTART:20260715T130000Z");
    has("DTEND:20260715T134500Z");
    has("ORGANIZER:mailto:maya@advocacy.example");
    has("LOCATION:https://meet.example/x");
    for guest in ["nina@northwind.example", "buyer@alder.example"] {
        let invited = |line: &&String| line.starts_with("ATTENDEE") && line.ends_with(guest);
        assert_eq!(lines.iter().filter(invited).count(), 1, "{guest}");
    }
    // The same file again keeps its name: a calendar program updates what it has.
    let uid = |lines: &[String]| lines.iter().find(|line| line.starts_with("UID:")).cloned();
    let again = program.run("taps ics 1").ok().out;
    assert_eq!(uid(&lines), uid(&self::lines(&again)));
}

#[test]
fn a_day_without_a_time_is_a_whole_day() {
    let program = accepted("2026-07-15");
    let file = program.run("taps ics 1").ok().out;
    assert!(file.contains("DTSTART;VALUE=DATE:20260715"), "{file}");
    assert!(file.contains("DTEND;VALUE=DATE:20260716"), "{file}");
}

#[test]
fn without_an_appointment_it_says_how_to_keep_one() {
    let program = Program::new();
    nina(&program);
    program.run("tap nina --ask review").ok();
    program.run("taps ics 1").code(2).says("--scheduled");
    program.run("taps ics 9").code(2);
    program
        .run("outcome 1 accepted --scheduled 'friday 25:00'")
        .code(2);
}

#[test]
fn what_the_prospect_said_is_kept_beside_what_the_advocate_said() {
    let program = accepted("2026-06-15 15:00");
    program
        .run("outcome 1 completed --rating 5 --note 'a calm call' --prospect-rating 4 --prospect-note 'knew our case'")
        .ok();
    let tap = &program.data("taps")[0];
    assert_eq!(tap["prospect_note"], json!("knew our case"));
    assert_eq!(tap["outcome_note"], json!("a calm call"));
    // Said again, it stays where no other is given.
    program.run("outcome 1 completed --rating 4").ok();
    program
        .run("outcome 1 completed --correct --prospect-note 'knew our case well' --reason typo")
        .ok();
    let rows = program.data("report experience --period 2026-Q2 --rows")["rows"].clone();
    assert_eq!(rows[0]["prospect_note"], json!("knew our case well"));
    program.run("forget nina --yes").ok();
    let bytes = program.bytes();
    let left = bytes.windows(8).any(|part| part == b"our case");
    assert!(!left);
}

#[test]
fn the_agenda_waits_for_the_day_and_what_was_agreed_is_shown() {
    let mut program = accepted("2026-07-15 15:00");
    let answer = program.data("taps --columns tap_id,outcome");
    assert_eq!(answer[0]["outcome"], json!("accepted"));
    let due = |program: &Program| program.run("agenda").ok().out.contains("outcome 1");
    program.at("2026-07-10");
    assert!(!due(&program));
    program.at("2026-07-16");
    assert!(due(&program), "{}", program.run("agenda").out);
}

#[test]
fn an_ask_that_was_settled_has_no_appointment_to_keep() {
    let program = accepted("2026-06-15 15:00");
    program.run("outcome 1 completed").ok();
    program
        .run("taps ics 1")
        .code(2)
        .says("only an accepted ask has an appointment");
}
