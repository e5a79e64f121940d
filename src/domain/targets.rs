//! Targets of coverage (`domain.md` §8): how many free advocates there should be. Each is a setting of the policy, so that
//! everyone sees the same and an earlier day its own.

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

/// The setting that holds a target: `target.healthcare.reference`.
pub fn key(industry: &str, ask: AskKind) -> String {
    format!("target.{industry}.{ask}")
}

/// The industry and the kind of ask of a target's setting; `None` for the key of another setting.
///
/// # Errors
/// Says how such a key is written.
pub fn named(key: &str) -> Result<Option<(String, AskKind)>, String> {
    let Some(rest) = key.strip_prefix("target.") else {
        return Ok(None);
    };
    let allowed = || format!("a target's key is target.INDUSTRY.ASK, not `{key}`");
    let (industry, ask) = rest.rsplit_once('.').ok_or_else(allowed)?;
    if industry.is_empty() || slug(industry) != industry {
        return Err(allowed());
    }
    Ok(Some((industry.to_owned(), ask.parse()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        let key = key("public-sector", AskKind::CaseStudy);
        assert_eq!(key, "target.public-sector.case-study");
        let read = named(&key).unwrap().unwrap();
        assert_eq!(read, ("public-sector".to_owned(), AskKind::CaseStudy));
        assert_eq!(named("cap.low.max"), Ok(None));
        assert_eq!((number(" 12 "), number("1000")), (Ok(12), Ok(MOST)));
        assert!(number("1001").is_err() && number("-1").is_err() && number("a few").is_err());
        for wrong in [
            "target.",
            "target.retail",
            "target.Retail.review",
            "target..review",
        ] {
            assert!(named(wrong).is_err(), "{wrong}");
        }
    }
}
