//! The rules of an advocacy program, pure: facts, policy and a day go in, a value or a refusal comes out.
//! Nothing here reads a file, a clock or the environment, and nothing here knows how it is stored or shown.

pub mod acceptance;
pub mod agenda;
pub mod ask;
pub mod ask_text;
pub mod asset;
pub mod calendar;
pub mod candidates;
pub mod caps;
pub mod condition;
pub mod coverage;
pub mod deal;
pub mod decisions;
pub mod describing;
pub mod duplicates;
pub mod email;
pub mod exchange;
pub mod fill;
pub mod flywheel;
pub mod group;
pub mod ids;
pub mod industry;
pub mod influence;
pub mod ladder;
pub mod load;
pub mod matching;
pub mod money;
pub mod nomination;
pub mod nps;
pub mod period;
pub mod policy;
pub mod pool;
pub mod qualifying;
pub mod rate;
pub mod readiness;
pub mod reciprocity;
pub mod refusal;
pub mod request;
pub mod responses;
pub mod score;
pub mod settings;
pub mod signal;
mod slot;
mod spread;
pub mod stage;
pub mod statistics;
pub mod tap;
pub mod targets;
pub mod tier;
pub mod touch;
pub mod value_back;
pub mod velocity;
pub mod weighing;
pub mod whole;

#[cfg(test)]
pub(crate) mod testing;
