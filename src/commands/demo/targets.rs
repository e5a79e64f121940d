//! Targets of coverage, typed by the colleague who runs the program.

use crate::domain::ask::AskKind;
use crate::domain::policy::Policy;
use crate::domain::present::Present;
use crate::domain::targets;
use crate::store::{NewOperation, Writing};

/// How many days ago they were set.
const SET: i64 = 200;

const TARGETS: &[(&str, AskKind, u32)] = &[
    ("healthcare", AskKind::Reference, 6),
    ("healthcare", AskKind::Review, 5),
    ("healthcare", AskKind::CaseStudy, 2),
    ("education", AskKind::Reference, 2),
    ("financial-services", AskKind::Reference, 3),
    ("logistics", AskKind::Reference, 2),
    ("manufacturing", AskKind::Video, 1),
    ("retail", AskKind::Review, 1),
    ("technology", AskKind::Speaking, 1),
];

/// Sets the targets, one after the other.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(writing: &Writing<'_>, present: &Present) -> anyhow::Result<()> {
    let day = present.today - chrono::TimeDelta::days(SET);
    let mut policy = Policy::default();
    for (industry, ask, number) in TARGETS {
        let key = targets::key(industry, *ask);
        let value = policy
            .set(&key, &number.to_string())
            .map_err(anyhow::Error::msg)?;
        let operation = NewOperation {
            at: present.policy.time_zone.noon_of(day),
            actor: "Maren Holt",
            command: &format!("advocate policy targets set {industry} {ask} {number}"),
        };
        writing.also(&operation, |writing| writing.put_setting(&key, &value))?;
    }
    Ok(())
}
