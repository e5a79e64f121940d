//! What is peculiar to each survey source (`docs/import.md`, sources), as data: how it is recognised, what it calls its
//! fields, how many rows its header has, and which of its rows are no responses.

mod asknicely;
mod delighted;
mod generic;
mod hubspot;
mod profile;
mod qualtrics;
mod surveymonkey;
mod survicate;
mod typeform;
mod wootric;

use super::headers::{matches, plain, plain_pattern};

pub(crate) use generic::FIELDS;
pub(crate) use profile::{Profile, Skip};

/// The sources, the ones with the surest signs first. The last fits everything.
pub(crate) const ALL: &[&Profile] = &[
    &qualtrics::PROFILE,
    &survicate::PROFILE,
    &surveymonkey::PROFILE,
    &typeform::PROFILE,
    &asknicely::PROFILE,
    &wootric::PROFILE,
    &hubspot::PROFILE,
    &delighted::PROFILE,
    &generic::PROFILE,
];

/// How many rows a header has at most.
pub(crate) const MOST_HEADER_ROWS: usize = 3;

/// The profile that the user names, or else the one whose signs the header bears.
pub(crate) fn choose(source: Option<&str>, first: &[String]) -> &'static Profile {
    if let Some(source) = source {
        let wanted = plain(source);
        if let Some(named) = ALL.iter().find(|profile| profile.name == wanted) {
            return named;
        }
    }
    let headers: Vec<String> = first.iter().map(|name| plain(name)).collect();
    let bears = |sign: &&str| {
        let pattern = plain_pattern(sign);
        headers.iter().any(|header| matches(&pattern, header))
    };
    let is_it = |profile: &&&Profile| profile.signs.iter().any(|signs| signs.iter().all(bears));
    ALL.iter().find(is_it).copied().unwrap_or(&generic::PROFILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(source: Option<&str>, header: &str) -> &'static str {
        choose(
            source,
            &header.split(',').map(str::to_owned).collect::<Vec<_>>(),
        )
        .name
    }

    #[test]
    fn sources_are_recognised_by_their_headers() {
        for (header, name) in [
            (
                "Response ID,Person ID,Name,Email,Score,Comment,Survey type,Permalink",
                "delighted",
            ),
            (
                "id,person,survey_type,score,comment,permalink,created_at",
                "delighted",
            ),
            ("ID,Email,Score,Comment,Delighted Source", "delighted"),
            (
                "response_id,contact_id,email,answer,dontcontact,responded",
                "asknicely",
            ),
            (
                "Date & Time (UTC),Response uuid,Respondent uuid,email",
                "survicate",
            ),
            (
                "StartDate,EndDate,Status,RecordedDate,ResponseId,Q1",
                "qualtrics",
            ),
            ("V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1", "qualtrics"),
            (
                "Respondent ID,Collector ID,Start Date,End Date",
                "surveymonkey",
            ),
            (
                "#,How likely?,Response Type,Start Date (UTC),Submit Date (UTC)",
                "typeform",
            ),
            ("hs_survey_type,hs_value,hs_content", "hubspot"),
            ("Record ID,Survey type,Rating,Response,Date", "hubspot"),
            (
                "id,score,text,completed,excluded_from_calculations",
                "wootric",
            ),
            ("email,score,date", "generic"),
        ] {
            assert_eq!(chosen(None, header), name, "{header}");
        }
    }

    #[test]
    fn a_source_that_is_named_is_not_looked_for() {
        assert_eq!(chosen(Some("Survey Monkey"), "email,score"), "surveymonkey");
        assert_eq!(chosen(Some("our own tool"), "hs_value"), "hubspot");
        let name = |given| choose(given, &[]).source_name(given);
        assert_eq!(name(Some("Survey Monkey")), "surveymonkey");
        assert_eq!(name(Some(" our own tool ")), "our own tool");
        assert_eq!(name(None), "generic");
    }
}
