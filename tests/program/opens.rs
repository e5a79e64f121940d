//! A command that reads opens the database once, and so answers from one snapshot.

use crate::common::traced::has_strace;

/// Every command that reads, some of which ask many questions.
const READING: &[&str] = &[
    "agenda",
    "agenda --days 30",
    "agenda --ics agenda.ics",
    "asset list",
    "asset show 1",
    "candidates",
    "check",
    "deal list",
    "deal show 1",
    "export everything",
    "export --person nina",
    "list",
    "list --as-of 2026-06-01",
    "match --ask reference --industry healthcare --why-not --explain",
    "merge --suggest",
    "next nina",
    "next --all",
    "nominations",
    "policy show",
    "report",
    "report pool",
    "report fill --by industry",
    "report nps --compare previous",
    "report coverage",
    "report influence --rows",
    "report qbr --period 2026-Q2 --out pack",
    "request list",
    "request show 1",
    "show nina",
    "show nina --as-of 2026-06-01",
    "signal list",
    "taps",
    "tier show nina",
];

#[test]
fn a_command_that_reads_opens_the_database_once() {
    if !has_strace() {
        return;
    }
    let program = crate::demo("2026-07-01");
    for line in READING {
        let trace = program.path("trace");
        let options = ["-e", "trace=openat,open", "-o", &trace.to_string_lossy()];
        let ran = program.traced(&options, line);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{line}: {said}");
        let trace = std::fs::read_to_string(&trace).unwrap();
        let opens = trace.lines().filter(|line| line.contains("program.db\""));
        assert_eq!(opens.count(), 1, "{line}\n{trace}");
    }
}
