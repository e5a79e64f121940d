//! Published reviews from G2 or anywhere (`docs/assets.md`, reviews from exports) to typed rows. Whose review it is, is
//! for others to confirm.

use chrono::NaiveDate;

use super::columns::Doubt;
use super::error::Stop;
use super::holds::Holds;
use super::list::{Cells, List, ListKind, Reading};
use super::{IntakeError, Options, Setting, platforms, ratings};
use crate::domain::email::Email;
use crate::domain::words::word_lists;

/// One review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewRow {
    /// Its headline.
    pub title: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where it was published: a known platform by its short name, such as `g2`, another one as received.
    pub platform: Option<String>,
    /// What is reviewed.
    pub product: Option<String>,
    /// Tenths of a star, 0 to 50.
    pub rating_tenths: Option<u8>,
    /// When it was given.
    pub submitted_on: Option<NaiveDate>,
    /// Who wrote it, as the platform shows them.
    pub reviewer: Option<String>,
    /// Their company.
    pub company: Option<String>,
    /// Their e-mail address; most platforms keep it to themselves.
    pub email: Option<Email>,
    /// Their industry in the source's spelling.
    pub industry: Option<String>,
    /// What it says; the answers to several questions each follow their question.
    pub text: Option<String>,
    /// The platform's id of the review.
    pub external_id: Option<String>,
}

/// Fields that hold the answer to a question, whose header is the question.
const ANSWERS: [&str; 4] = ["liked", "disliked", "solved", "recommended"];

/// A list of reviews.
const REVIEWS: ListKind = ListKind {
    fields: word_lists! {
        "id": "review id", "g2 review id", "survey response id", "response id", "external id", "id";
        "title": "review title", "title", "review headline", "subject", "summary";
        "url": "review url", "url", "review link", "link", "permalink", "review page";
        "platform": "platform", "review platform", "review site", "site";
        "product": "product", "product name", "product reviewed";
        "rating": "star rating", "rating", "overall rating", "review rating", "stars", "rating out of 5",
            "rating out of 10", "score", "@rating";
        "submitted-on": "submitted on", "submitted date", "date submitted", "submitted at", "submitted",
            "submission date", "review date", "published on", "published date", "published at", "published", "date",
            "created at", "date published", "@date";
        "reviewer": "reviewer", "reviewer name", "author", "reviewed by", "user name", "full name", "name";
        // Where `author` is the reviewer, as in the words of schema.org.
        "headline": "headline", "name";
        "first-name": "reviewer first name", "first name", "firstname", "@first-name";
        "last-name": "reviewer last name", "last name", "lastname", "surname", "@last-name";
        "company": "reviewer company", "company", "company name", "organisation", "organization", "account",
            "account name", "employer", "@company";
        "email": "reviewer email", "email", "email address", "user email", "@email";
        "industry": "industry", "reviewer industry", "company industry", "sector", "vertical", "@industry";
        "text": "review text", "review", "review body", "full review", "body", "text", "content", "comment", "comments", "@comment";
        "liked": "what do you like best *", "pros", "likes", "love";
        "disliked": "what do you dislike *", "cons", "dislikes", "hate";
        "solved": "what problems * solving *", "problems solved", "business problems solved", "benefits";
        "recommended": "recommendations to others *", "recommendations";
    },
    dates: &["submitted-on"],
    by_content: &[
        ("rating", Holds::Ratings, Doubt::Leave),
        ("submitted-on", Holds::Dates, Doubt::Leave),
        ("email", Holds::Addresses, Doubt::Leave),
        ("id", Holds::Ids, Doubt::Leave),
        ("text", Holds::Sentences, Doubt::InsteadOf(&ANSWERS)),
    ],
    day: Some("submitted-on"),
    needed: &[&[
        "url",
        "rating",
        "text",
        "liked",
        "disliked",
        "solved",
        "recommended",
        "title",
    ]],
};

/// Reads a list of reviews.
///
/// # Errors
/// When the file as a whole cannot be read as a list of reviews; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<ReviewRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &REVIEWS)?;
    let recognised = platforms::by_header(&list.header);
    let facts = FileFacts::of(&list, options, recognised);
    let rating = list.columns.first("rating");
    let mut first = None;
    let mut reading = list.read(|cells| {
        let row = facts.row(cells, setting)?;
        let tenths = row.rating_tenths.filter(|_| first.is_none());
        if let Some((cell, tenths)) = cells.answer("rating").zip(tenths) {
            first = Some(format!("`{cell}` is {}.{} of 5", tenths / 10, tenths % 10));
        }
        Ok(row)
    })?;
    if let Some(column) = rating {
        reading.understood.read_as(column, first);
    }
    if let (None, Some(platform)) = (&options.source, recognised) {
        reading.source = platform.to_owned();
    }
    Ok(reading)
}

/// What the file as a whole tells of its reviews.
struct FileFacts {
    /// The platform of rows that do not tell theirs.
    platform: Option<&'static str>,
    /// What the header says that ratings are out of.
    scale: u32,
    /// The fields that hold answers, with their questions.
    questions: Vec<(&'static str, String)>,
}

impl FileFacts {
    fn of(list: &List, options: &Options, recognised: Option<&'static str>) -> Self {
        let heading = |field| Some(list.header.name(list.columns.first(field)?));
        let named = options.source.as_deref().and_then(platforms::by_word);
        let questions = ANSWERS
            .iter()
            .filter_map(|field| Some((*field, heading(field)?.to_owned())));
        Self {
            platform: named.or(recognised),
            scale: heading("rating").map_or(ratings::FIVE, ratings::scale_in_header),
            questions: questions.collect(),
        }
    }

    fn row(&self, cells: &mut Cells<'_, '_>, setting: &Setting) -> Result<ReviewRow, Stop> {
        let (title, url, review_text) = (
            cells.text("title").or_else(|| cells.text("headline")),
            cells.text("url"),
            self.review_text(cells),
        );
        let rating = cells.answer("rating");
        if title.is_none() && url.is_none() && review_text.is_none() && rating.is_none() {
            return Err("the row has neither a URL, a title, a text nor a rating".into());
        }
        let rating = rating.map(|cell| ratings::tenths(cell, self.scale));
        Ok(ReviewRow {
            rating_tenths: rating.transpose()?,
            submitted_on: cells.past_day("submitted-on", "date of the review", setting)?,
            external_id: cells.id("id"),
            title,
            platform: self.platform(cells, url.as_deref()),
            url,
            product: cells.text("product"),
            reviewer: cells.name("reviewer"),
            company: cells.text("company"),
            email: cells.email("email")?,
            industry: cells.text("industry"),
            text: review_text,
        })
    }

    /// What the row says, else whose pages its address is on, else what is known of the file.
    fn platform(&self, cells: &Cells<'_, '_>, url: Option<&str>) -> Option<String> {
        if let Some(word) = cells.value("platform") {
            let known = platforms::by_word(word).or_else(|| platforms::by_address(word));
            return Some(known.unwrap_or(word).to_owned());
        }
        let known = url.and_then(platforms::by_address).or(self.platform);
        known.map(str::to_owned)
    }

    /// The text and the answers; each answer follows its question, so that a complaint is not taken for praise.
    fn review_text(&self, cells: &Cells<'_, '_>) -> Option<String> {
        let answers = self.questions.iter().filter_map(|(field, question)| {
            let answer = cells.value(field)?;
            let colon = if question.ends_with('?') { "" } else { ":" };
            Some(format!("{question}{colon} {answer}"))
        });
        let parts: Vec<String> = cells.text("text").into_iter().chain(answers).collect();
        (!parts.is_empty()).then(|| parts.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Timestamp, Zone};

    /// 2026-07-01T12:00:00Z.
    const SETTING: Setting = Setting {
        zone: Zone::UTC,
        now: Timestamp(1_782_907_200),
    };

    fn first(text: &str, source: Option<&str>) -> ReviewRow {
        let options = Options {
            source: source.map(str::to_owned),
            ..Options::default()
        };
        let read = super::read(text, &options, &SETTING).unwrap();
        read.accepted().next().unwrap().clone()
    }

    #[test]
    fn the_row_knows_its_platform_better_than_the_file() {
        for (file, source, platform) in [
            ("Title\nA\n", None, None),
            ("Title\nA\n", Some("Trust Radius"), Some("trustradius")),
            ("Title\nA\n", Some("our weekly sheet"), None),
            ("G2 Review ID,Title\n1,A\n", None, Some("g2")),
            (
                "G2 Review ID,Title\n1,A\n",
                Some("capterra"),
                Some("capterra"),
            ),
            (
                "Title,URL\nA,https://www.capterra.de/reviews/1\n",
                Some("g2"),
                Some("capterra"),
            ),
            (
                "Title,URL,Platform\nA,https://www.g2.com/1,Gartner\n",
                Some("g2"),
                Some("gartner"),
            ),
            ("Title,Platform\nA,www.g2.com\n", None, Some("g2")),
            ("Title,Platform\nA,OMR\n", None, Some("OMR")),
        ] {
            let read = first(file, source);
            assert_eq!(read.platform.as_deref(), platform, "{file:?} {source:?}");
        }
    }

    #[test]
    fn a_complaint_is_not_taken_for_praise() {
        let read = first("Review,Pros,Cons\nFine,Fast,Dear\n", None);
        assert_eq!(read.text.as_deref(), Some("Fine\nPros: Fast\nCons: Dear"));
        let read = first("Title,Pros,Cons\nA,,\n", None);
        assert_eq!(read.text, None);
    }

    #[test]
    fn the_header_can_say_that_ratings_are_out_of_ten() {
        let read = first("Title,Rating (out of 10)\nA,9\n", None);
        assert_eq!(read.rating_tenths, Some(45));
    }

    #[test]
    fn names_and_destroyed_ids() {
        let options = Options::default();
        let file = "Review ID,First name,Last name,Rating\n1.23E+10,Ada,Lark,4\n";
        let read = super::read(file, &options, &SETTING).unwrap();
        let row = read.accepted().next().unwrap();
        assert_eq!(
            (row.reviewer.as_deref(), &row.external_id),
            (Some("Ada Lark"), &None)
        );
        assert!(read.notes[0].contains("1.23E+10"));
    }

    #[test]
    fn a_file_that_holds_nothing_of_a_review_is_refused() {
        let options = Options::default();
        let error = super::read("ID,Company\n1,Moss\n", &options, &SETTING).unwrap_err();
        assert!(
            error.to_string().starts_with("no column holds the title"),
            "{error}"
        );
    }
}
