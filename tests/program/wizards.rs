//! The questions that are asked on a terminal, answered as somebody would type.

use rexpect::process::{Signal, WaitStatus};

use crate::common::Program;

const ENTER: &str = "\r";
const SPACE: &str = " ";

#[test]
fn register_asks_for_what_was_not_typed() {
    let program = Program::new();
    let mut terminal = program.on_a_terminal("register");
    for (question, answer) in [
        ("Who", "nina@northwind.example"),
        ("Name", "Nina Albrecht"),
        ("Job title", "CMO"),
        ("Account", "Northwind"),
        ("Industry", "healthcare"),
    ] {
        terminal.exp_string(question).unwrap();
        terminal.send_line(answer).unwrap();
    }
    // Nothing is ticked; the first of the list is review.
    terminal.exp_string("What did they say yes to").unwrap();
    terminal.send(SPACE).unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("To whom did they say it").unwrap();
    terminal.send_line("").unwrap();
    terminal.exp_eof().unwrap();
    assert!(matches!(
        terminal.process().wait(),
        Ok(WaitStatus::Exited(_, 0))
    ));

    let nina = program.data("show nina");
    assert_eq!(nina["stage"], "active");
    assert_eq!(nina["title"], "CMO");
    assert_eq!(nina["account"], "Northwind");
    let willing = nina["willing"].as_array().unwrap();
    let yes: Vec<&str> = willing
        .iter()
        .filter(|one| one["willing"] == true)
        .map(|one| one["ask"].as_str().unwrap())
        .collect();
    assert_eq!(yes, ["review"]);
    program.healthy();
}

#[test]
fn nobody_says_yes_by_an_enter_alone() {
    let program = Program::new();
    let before = program.rows();
    let mut terminal = program.on_a_terminal("register nina@northwind.example");
    for question in ["Name", "Job title", "Account", "Industry"] {
        terminal.exp_string(question).unwrap();
        terminal.send_line("").unwrap();
    }
    terminal.exp_string("What did they say yes to").unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("nothing was recorded").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(program.rows(), before);

    // What they said before stays as it was.
    crate::nina(&program);
    let said = program.data("show nina")["willing"].clone();
    let mut terminal = program.on_a_terminal("register nina");
    terminal.exp_string("What did they say yes to").unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("To whom did they say it").unwrap();
    terminal.send_line("").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(program.data("show nina")["willing"], said);
}

#[test]
fn no_input_forbids_the_questions_of_a_terminal() {
    let program = Program::new();
    for (line, said) in [
        (
            "register --no-input",
            "WHO and --will or --wont are missing, and --no-input forbids questions",
        ),
        (
            "register nina@northwind.example --no-input",
            "--will or --wont is missing, and --no-input forbids questions",
        ),
        (
            "request open --no-input",
            "--ask is missing, and --no-input forbids questions",
        ),
    ] {
        let mut terminal = program.on_a_terminal(line);
        terminal.exp_string(said).unwrap();
        terminal.exp_string("hint:").unwrap();
        terminal.exp_eof().unwrap();
    }
    program
        .run("register")
        .code(2)
        .says("WHO and --will or --wont are missing, and there is no terminal to ask");
}

#[test]
fn request_open_asks_for_what_was_not_typed() {
    let program = Program::new();
    crate::nina(&program);
    let mut terminal = program.on_a_terminal("request open");
    terminal.exp_string("What is needed").unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    for (question, answer) in [
        ("Industry", "Hospital & Health Care"),
        ("Who asks", "Dana"),
        ("Deal", ""),
        ("Needed by", "2026-06-30"),
    ] {
        terminal.exp_string(question).unwrap();
        terminal.send_line(answer).unwrap();
    }
    terminal.exp_string("advocate match --request 1").unwrap();
    terminal.exp_eof().unwrap();
    assert!(matches!(
        terminal.process().wait(),
        Ok(WaitStatus::Exited(_, 0))
    ));

    let request = program.data("request show 1");
    assert_eq!(request["ask"], "reference");
    assert_eq!(request["industry"], "healthcare");
    assert_eq!(request["requested_by"], "Dana");
    assert_eq!(request["needed_by"], "2026-06-30");
}

#[test]
fn control_c_at_a_question_ends_as_130_and_changes_nothing() {
    let program = Program::new();
    let before = program.count("operations");
    for line in ["register", "request open"] {
        let mut terminal = program.on_a_terminal(line);
        terminal.exp_regex("Who|What is needed").unwrap();
        terminal.send_control('c').unwrap();
        terminal.exp_eof().unwrap();
        // A shell says 130 for both.
        let ended = terminal.process().wait().unwrap();
        assert!(
            matches!(
                ended,
                WaitStatus::Exited(_, 130) | WaitStatus::Signaled(_, Signal::SIGINT, _)
            ),
            "{line}: {ended:?}"
        );
    }
    assert_eq!(program.count("operations"), before);
}

#[test]
fn an_import_asks_what_a_file_leaves_open_and_keeps_the_answers() {
    const DOWN: &str = "\u{1b}[B";
    let program = Program::new();
    let text = "Email,NPS,Rating,Date\nada@kestrel.example,9,4,03/04/2026\nbo@osprey.example,10,8,05/04/2026\n";
    let file = program.file("answers.csv", text);
    let line = format!("import nps {}", file.display());
    // Nobody is there to be asked.
    program.run(&line).code(2).says("--map score=NPS");
    let mut terminal = program.on_a_terminal(&line);
    terminal
        .exp_string("answers.csv leaves something open")
        .unwrap();
    terminal.exp_string("ada@kestrel.example").unwrap();
    terminal.exp_string("Which column holds the score").unwrap();
    terminal.send(DOWN).unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal
        .exp_string("How are dates such as 03/04/2026 in Date written")
        .unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("People new:").unwrap();
    terminal
        .exp_string("Read the next such file in the same way")
        .unwrap();
    terminal.send("y").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("Name for it").unwrap();
    terminal.send_line("spring").unwrap();
    terminal.exp_string("--profile spring").unwrap();
    terminal.exp_eof().unwrap();
    let ada = program.data("show ada");
    assert_eq!(ada["responses"][0]["score"], 4);
    assert_eq!(ada["responses"][0]["responded_on"], "2026-04-03");
    let again = program.data(&format!("{line} --profile spring"));
    assert_eq!((&again["unchanged"], &again["new"]), (&2.into(), &0.into()));
}

#[test]
fn an_import_that_is_stopped_changes_nothing() {
    let program = Program::new();
    let before = program.rows();
    let file = program.file("deals.csv", "Deal,Wert,Phase\nRollout,12,Neu\n");
    let mut terminal = program.on_a_terminal(&format!("import deals {}", file.display()));
    terminal.exp_string("Which column holds the stage").unwrap();
    // The first is above the last.
    terminal.send("\u{1b}[A").unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("no column holds the stage").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(program.rows(), before);
}

#[test]
fn a_form_asks_again_and_keeps_what_was_answered() {
    let program = Program::new();
    crate::nina(&program);
    let mut terminal = program.on_a_terminal("request open");
    terminal.exp_string("What is needed").unwrap();
    // Letters narrow the list down.
    terminal.send("testi").unwrap();
    terminal.send(ENTER).unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("Industry").unwrap();
    terminal.send_line("helthcare").unwrap();
    terminal.exp_string("did you mean healthcare?").unwrap();
    erase(&mut terminal, 9);
    terminal.send_line("healthcare").unwrap();
    terminal.exp_string("Who asks").unwrap();
    terminal.send_line("Dana").unwrap();
    terminal.exp_string("Deal").unwrap();
    terminal.send_line("99").unwrap();
    terminal.exp_string("there is no deal").unwrap();
    erase(&mut terminal, 2);
    terminal.send_line("").unwrap();
    terminal.exp_string("Needed by").unwrap();
    terminal.send_line("thorsday").unwrap();
    terminal.exp_string("thorsday").unwrap();
    terminal.exp_string("is not a day").unwrap();
    erase(&mut terminal, 8);
    terminal.send_line("2026-01-01").unwrap();
    terminal.exp_string("is over").unwrap();
    erase(&mut terminal, 10);
    terminal.send_line("2026-06-30").unwrap();
    terminal.exp_string("advocate match --request 1").unwrap();
    terminal.exp_eof().unwrap();
    let request = program.data("request show 1");
    assert_eq!(request["ask"], "testimonial");
    assert_eq!(request["industry"], "healthcare");
    assert_eq!(request["needed_by"], "2026-06-30");
}

/// Erases what stands in the line.
fn erase(terminal: &mut rexpect::session::PtySession, letters: usize) {
    terminal.send(&"\u{7f}".repeat(letters)).unwrap();
    terminal.flush().unwrap();
}

#[test]
fn control_c_in_a_list_leaves_the_terminal_with_its_cursor() {
    const SHOW: &str = "\u{1b}[?25h";
    const HIDE: &str = "\u{1b}[?25l";
    let program = Program::new();
    crate::nina(&program);
    let before = program.rows();
    for (line, question) in [
        ("request open", "What is needed"),
        ("register nina", "What did they say yes to"),
    ] {
        let mut terminal = program.on_a_terminal(line);
        let said = terminal.exp_string(question).unwrap();
        terminal.send_control('c').unwrap();
        let said = format!("{said}{}", terminal.exp_eof().unwrap());
        assert!(said.contains("stopped; nothing was changed"), "{said}");
        assert!(said.rfind(SHOW) > said.rfind(HIDE), "{said:?}");
        let ended = terminal.process().wait().unwrap();
        assert!(
            matches!(ended, WaitStatus::Exited(_, 130)),
            "{line}: {ended:?}"
        );
    }
    assert_eq!(program.rows(), before);
}

#[test]
fn a_colleague_whose_name_is_nearly_known_is_asked_back() {
    let program = Program::new();
    crate::nina(&program);
    program
        .run("request open --ask reference --by 'Dan Reyes'")
        .ok();
    let said_by = |answer: &str| {
        let mut terminal = program.on_a_terminal("touch nina --kind check-in --by Dan");
        terminal.exp_string("Did you mean Dan Reyes?").unwrap();
        terminal.send(answer).unwrap();
        terminal.flush().unwrap();
        let said = terminal.exp_eof().unwrap();
        assert!(!said.contains("to take it back"), "{said}");
        program.data("touches --limit 1")[0]["touched_by"].clone()
    };
    assert_eq!(said_by("y"), "Dan Reyes");
    assert_eq!(said_by("n"), "Dan");
    // Off a terminal nothing is asked: it is told.
    let other = "touch nina --kind check-in --by Reyes";
    program.run(other).ok().says("Dan Reyes is on record");
}
