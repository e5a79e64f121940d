//! What takes more than a second says on a terminal what is being done, and nowhere else.

use crate::common::{Program, Ran};

const DOING: &str = "writing to the database";

#[test]
fn a_terminal_is_told_what_takes_a_while() {
    let program = Program::new();
    crate::nina(&program);
    let holder = program.sql();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut terminal = program.on_a_terminal("tap nina --ask review --lock-wait 60");
    terminal.exp_string(DOING).unwrap();
    holder.execute_batch("COMMIT").unwrap();
    terminal.exp_string("Ready to send").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(program.count("taps"), 1);
}

#[test]
fn nobody_else_is_told() {
    let program = Program::new();
    crate::nina(&program);
    let mut quick = program.on_a_terminal("list");
    assert!(!quick.exp_eof().unwrap().contains("reading"));
    let holder = program.sql();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let waiting = program.spawn("tap nina --ask review --lock-wait 2");
    let mut quiet = program.on_a_terminal("tap nina --ask review --lock-wait 2 --quiet");
    let said = quiet.exp_eof().unwrap();
    assert!(said.contains("busy") && !said.contains(DOING), "{said}");
    let ran = Ran::new("tap", waiting.wait_with_output().unwrap());
    let ran = ran.code(5);
    assert!(!ran.err.contains(DOING), "{}", ran.err);
}
