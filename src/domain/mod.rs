//! The rules of an advocacy program, pure: facts, policy and a day go in, a value or a refusal comes out.
//! Nothing here reads a file, a clock or the environment, and nothing here knows how it is stored or shown.

pub mod ask;
pub mod ask_text;
pub mod asset;
pub mod calendar;
pub mod candidates;
pub mod caps;
pub mod deal;
pub mod describing;
pub mod email;
pub mod exchange;
pub mod fill;
pub mod ids;
pub mod industry;
pub mod influence;
pub mod matching;
pub mod money;
pub mod period;
pub mod policy;
pub mod qualifying;
pub mod rate;
pub mod readiness;
pub mod refusal;
pub mod request;
pub mod responses;
pub mod score;
pub mod settings;
pub mod stage;
pub mod statistics;
pub mod tap;
pub mod tier;
pub mod velocity;
pub mod weighing;

#[cfg(test)]
pub(crate) mod testing;
