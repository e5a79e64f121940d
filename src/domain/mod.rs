//! The rules of an advocacy program, pure: facts, policy and a day go in, a value or a refusal comes out.
//! Nothing here reads a file, a clock or the environment, and nothing here knows how it is stored or shown.

pub mod ask;
pub mod calendar;
pub mod email;
pub mod ids;
pub mod score;
