//! The program as its users meet it: every command through the binary, in a clean environment with a fixed clock.
//!
//! Recorded cases live in `snapshots/`; `INSTA_UPDATE=always cargo test` records them anew, to be read before they are
//! committed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod agenda;
mod agenda_lives;
mod agenda_month;
mod appointments;
mod assets;
mod backups;
mod caps;
mod corrections;
mod cron;
mod deals;
mod demonstration;
mod docs;
mod errors;
mod examples;
mod export;
mod faults;
mod figures;
mod files;
mod filters;
mod forgetting;
mod formats;
mod holds;
mod import_columns;
mod import_crm;
mod import_deals;
mod import_fuzz;
mod import_kinds;
mod import_nps;
mod import_properties;
mod import_reviews;
mod import_taps;
mod in_process;
mod killed;
mod ladder;
mod large_imports;
mod lists;
mod looking_back;
mod matching;
mod merging;
mod messages;
mod moving;
mod nominations;
mod notes;
mod opens;
mod pack;
mod paging;
mod past;
mod pasted;
mod pasted_commands;
mod picture;
mod policy;
mod preferences;
mod profiles;
mod progress;
mod readiness;
mod referrals;
mod report_fill;
mod report_influence;
mod report_reviews;
mod report_schemas;
mod reports;
mod reports_as_of;
mod requests;
mod said;
mod schema;
mod schemas;
mod shell;
mod signals;
mod stages;
mod starting;
mod stopped;
mod taps;
mod tiers;
mod together;
mod undo;
mod value_back;
mod widths;
mod wizards;
mod worked;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

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

/// The demonstration program of a day, made once.
fn demo(day: &str) -> Program {
    static MADE: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = made.entry(day.to_owned()).or_insert_with(|| {
        let mut program = Program::empty();
        program.at(day).run("demo program.db --quiet").ok();
        program.bytes()
    });
    Program::copy(bytes, day)
}
