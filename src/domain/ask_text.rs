//! The ready-to-send ask (`docs/rules.md`, matching): small, specific, easy to say no to.

use super::ask::AskKind;

/// One message for one person; `industry` makes it specific where it is known.
pub fn ask_text(kind: AskKind, first_name: Option<&str>, industry: Option<&str>) -> String {
    let hello = first_name.map_or_else(|| "Hi".to_owned(), |name| format!("Hi {name}"));
    let prospect = match industry {
        Some(industry) => format!(
            "{} {} prospect",
            article(industry),
            industry.replace('-', " ")
        ),
        None => "a prospect".to_owned(),
    };
    let peers = industry.map_or_else(
        || "your field".to_owned(),
        |industry| industry.replace('-', " "),
    );
    let ask = match kind {
        AskKind::Review => "would you write a short public review this week? Three sentences are plenty.".into(),
        AskKind::Testimonial => {
            "may we quote you? Two sentences on what changed for you would be perfect; I can send a draft.".into()
        }
        AskKind::Logo => "may we show your company's logo on our customer page?".into(),
        AskKind::Community => format!("would you answer one question from a peer in {peers} in our community?"),
        AskKind::Feedback => "would you look at one draft and tell us what you think? It takes ten minutes.".into(),
        AskKind::Reference => format!("would you take one 30-minute call with {prospect} next week?"),
        AskKind::Video => "would you record a two-minute video with us? We bring the questions and do the editing.".into(),
        AskKind::Referral => format!("do you know one person in {peers} who should see this? An introduction by e-mail is all it takes."),
        AskKind::Beta => "would you try one new feature for two weeks and tell us how it went?".into(),
        AskKind::CaseStudy => {
            "would you tell your story in a case study? One 45-minute interview, and nothing is published without your approval.".into()
        }
        AskKind::Speaking => format!("would you speak for 20 minutes at our next session for {peers}? We help with the slides."),
        AskKind::AdvisoryBoard => "would you join our advisory board? Two calls a year with the people who set the roadmap.".into(),
    };
    format!("{hello}, {ask} No is a fine answer.")
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ask_is_small_and_specific() {
        assert_eq!(
            ask_text(AskKind::Reference, Some("Nina"), Some("healthcare")),
            "Hi Nina, would you take one 30-minute call with a healthcare prospect next week? No is a fine answer."
        );
        assert!(ask_text(AskKind::Reference, None, Some("energy")).contains("an energy prospect"));
        for kind in AskKind::ALL {
            assert!(ask_text(kind, None, None).starts_with("Hi, "), "{kind}");
        }
    }
}
