//! The picture of a terminal in the README: what the program prints, with its colours.
//!
//! `README_UPDATE=1 cargo test --test program picture` draws it anew.

use std::fs;

use crate::common::{Program, root, words};

/// What is typed on the demonstration program.
const TYPED: [&str; 3] = [
    "match --industry healthcare --ask reference --limit 3",
    "tap nina --ask reference --quiet",
    "tap nina --ask review",
];

/// What a terminal shows after the commands.
fn screen(program: &Program) -> String {
    let mut screen = String::new();
    for line in TYPED {
        screen.push_str(&format!("\x1b[1m$ advocate {line}\x1b[0m\n"));
        let mut args = words(line);
        args.extend(["--color".to_owned(), "always".to_owned()]);
        let ended = program
            .command(&args)
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        for bytes in [ended.stdout, ended.stderr] {
            screen.push_str(&String::from_utf8(bytes).unwrap());
        }
        screen.push('\n');
    }
    screen.trim_end().to_owned()
}

#[test]
fn the_picture_of_a_terminal_shows_what_is_printed() {
    let program = crate::demo("2026-07-01");
    let drawn = anstyle_svg::Term::new().render_svg(&screen(&program));
    for words in ["Nina Alvarez", "may not be asked"] {
        assert!(drawn.contains(words), "{words}");
    }
    let path = root().join("docs/terminal.svg");
    if crate::examples::wants_update() {
        fs::write(&path, &drawn).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        drawn,
        "README_UPDATE=1 draws it anew"
    );
}
