//! Long answers on a terminal go through a pager, and nothing else does.

use rexpect::process::WaitStatus;
use rexpect::session::PtySession;

use crate::common::Program;

/// What the pager of these tests says of a text before it shows the end of it.
const MARK: &str = "echo SHOWN; tail -n 1";

/// All that is said on a terminal of 10 lines, and the exit code.
fn said(program: &Program, line: &str, more: &[(&str, &str)]) -> (String, i32) {
    let more = [&[("LINES", "10")], more].concat();
    let mut terminal: PtySession = program.on_a_terminal_with(line, &more);
    let said = terminal.exp_eof().unwrap();
    match terminal.process().wait() {
        Ok(WaitStatus::Exited(_, code)) => (said, code),
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn a_long_answer_is_shown_through_the_pager() {
    let program = crate::demo("2026-07-01");
    let mine = ("ADVOCATE_PAGER", MARK);
    for line in ["list", "agenda", "guide caps", "policy show"] {
        let (said, code) = said(&program, line, &[mine]);
        assert!(said.starts_with("SHOWN"), "{line}: {said}");
        assert_eq!(code, 0);
    }
    // The program's own variable has the word over everybody's.
    let (all, _) = said(&program, "list", &[mine, ("PAGER", "false")]);
    assert!(all.starts_with("SHOWN"));
    let (all, _) = said(&program, "list", &[("PAGER", MARK)]);
    assert!(all.starts_with("SHOWN"));
}

#[test]
fn what_is_short_or_for_programs_or_not_wanted_is_printed() {
    let program = crate::demo("2026-07-01");
    let mine = ("ADVOCATE_PAGER", MARK);
    for (line, more) in [
        ("config path", mine),
        ("list --json", mine),
        ("list --format csv", mine),
        ("list --no-pager", mine),
        ("list", ("ADVOCATE_PAGER", "")),
        ("list", ("ADVOCATE_PAGER", "cat")),
        ("list", ("LINES", "1000")),
    ] {
        let (said, code) = said(&program, line, &[mine, more]);
        assert!(!said.contains("SHOWN"), "{line} {more:?}: {said}");
        assert!(!said.is_empty(), "{line} {more:?}");
        assert_eq!(code, 0);
    }
    let piped = program
        .command(&["list"])
        .env("ADVOCATE_PAGER", MARK)
        .output()
        .unwrap();
    assert!(!String::from_utf8(piped.stdout).unwrap().contains("SHOWN"));
}

#[test]
fn a_pager_that_fails_is_no_error_and_one_that_is_left_early_neither() {
    let program = crate::demo("2026-07-01");
    for pager in ["false", "/nonexistent/pager"] {
        let (said, code) = said(&program, "list", &[("ADVOCATE_PAGER", pager)]);
        assert!(said.contains("Account"), "{pager}: {said}");
        assert_eq!(code, 0);
    }
    let (all, code) = said(&program, "guide tour", &[("ADVOCATE_PAGER", "head -n 1")]);
    assert!(all.lines().count() < 5, "{all}");
    assert_eq!(code, 0);
}

#[test]
fn control_c_is_for_the_pager() {
    let program = crate::demo("2026-07-01");
    let pager = "trap 'echo HEARD; exit 0' INT; echo READY; while :; do sleep 0.1; done";
    let more = [("LINES", "10"), ("ADVOCATE_PAGER", pager)];
    let mut terminal = program.on_a_terminal_with("guide tour", &more);
    terminal.exp_string("READY").unwrap();
    terminal.send_control('c').unwrap();
    terminal.exp_string("HEARD").unwrap();
    terminal.exp_eof().unwrap();
    assert!(matches!(
        terminal.process().wait(),
        Ok(WaitStatus::Exited(_, 0))
    ));
}
