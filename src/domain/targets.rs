//! Targets of coverage (`docs/metrics.md`, targets): how many free advocates there should be. Each is a setting of the
//! policy, so that everyone sees the same and an earlier day its own.

use std::collections::BTreeMap;

use super::ask::AskKind;
use super::industry::slug;

/// How many advocates who may be asked for a kind there should be in an industry; 0 is no target.
pub type Targets = BTreeMap<(String, AskKind), u32>;

/// The largest target that can be set.
pub const MOST: u32 = 1000;

/// A target as typed.
///
/// # Errors
/// Says what is allowed.
pub fn number(text: &str) -> Result<u32, String> {
    let typed = text.trim().parse().ok().filter(|number| *number <= MOST);
    typed.ok_or_else(|| format!("a target is a whole number from 0 to {MOST}, not `{text}`"))
}

/// The family of settings that hold the targets.
pub(super) const FAMILY: &str = "target";

/// The setting that holds a target: `target.healthcare.reference`.
pub fn key(industry: &str, ask: AskKind) -> String {
    format!("{FAMILY}.{industry}.{ask}")
}

/// What stands in that key behind the family.
pub(super) fn member((industry, ask): &(String, AskKind)) -> String {
    format!("{industry}.{ask}")
}

/// The industry and the kind of ask of a target's setting, by what stands in its key behind the family.
///
/// # Errors
/// Says how such a key is written.
pub(super) fn of_member(member: &str) -> Result<(String, AskKind), String> {
    let allowed = || format!("a target's key is {FAMILY}.INDUSTRY.ASK, not `{FAMILY}.{member}`");
    let (industry, ask) = member.rsplit_once('.').ok_or_else(allowed)?;
    if industry.is_empty() || slug(industry) != industry {
        return Err(allowed());
    }
    Ok((industry.to_owned(), ask.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        let target = ("public-sector".to_owned(), AskKind::CaseStudy);
        assert_eq!(
            key(&target.0, target.1),
            format!("target.{}", member(&target))
        );
        assert_eq!(member(&target), "public-sector.case-study");
        assert_eq!(of_member(&member(&target)), Ok(target));
        assert_eq!((number(" 12 "), number("1000")), (Ok(12), Ok(MOST)));
        assert!(number("1001").is_err() && number("-1").is_err() && number("a few").is_err());
        for wrong in ["", "retail", "Retail.review", ".review"] {
            assert!(of_member(wrong).is_err(), "{wrong}");
        }
    }
}
