//! Facts and verdicts as what a person or a program sees: tables, documents, sentences, commands to type.

pub mod agenda;
pub mod agenda_calendar;
pub mod budget;
pub mod changes;
pub mod fact_counts;
pub mod gives;
pub mod messages;
pub mod nominations;
pub(crate) mod notes;
pub mod operations;
pub mod profile;
pub mod readiness;
pub mod signals;
pub(crate) mod tags;
pub mod taps;
pub mod touches;
pub mod touchpoints;
pub mod who;
