//! Facts and verdicts as what a person or a program sees: tables, documents, sentences, commands to type.

pub mod budget;
pub mod readiness;
pub mod taps;
pub mod touchpoints;
pub mod who;
