//! The program as its users meet it: every command through the binary, in a clean environment with a fixed clock.
//!
//! Recorded cases live in `snapshots/`; `INSTA_UPDATE=always cargo test` records them anew, to be read before they are
//! committed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod agenda;
mod agenda_month;
mod caps;
mod errors;
mod export;
mod files;
mod formats;
mod import_crm;
mod import_nps;
mod import_taps;
mod ladder;
mod large_imports;
mod lists;
mod looking_back;
mod matching;
mod merging;
mod moving;
mod nominations;
mod pasted;
mod pasted_commands;
mod policy;
mod report_schemas;
mod reports;
mod reports_as_of;
mod schema;
mod signals;
mod stages;
mod starting;
mod taps;
mod tiers;
mod together;
mod value_back;
mod wizards;

use common::Program;

/// A clinic's director who may take a reference call today: willing, a promoter, never asked.
fn nina(program: &Program) {
    register(program, "nina@northwind.example", "Nina Albrecht");
}

/// Adds somebody who may be asked for small and middling things: registering them is a positive moment of today.
fn register(program: &Program, email: &str, name: &str) {
    program
        .run(&format!(
            "register {email} --name '{name}' --industry healthcare --will reference,review,testimonial,logo"
        ))
        .ok();
}
