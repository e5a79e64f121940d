//! AskNicely: `answer` is the score, times are Unix seconds, comments are escaped for HTML, and `dontcontact`
//! must lead to do-not-contact.

use super::profile::{PLAIN, Profile};
use crate::domain::words::word_lists;

pub(super) const PROFILE: Profile = Profile {
    name: "asknicely",
    signs: &[
        &["answer", "dontcontact"],
        &["response id", "contact id", "answer"],
        &["answer", "answerlabel"],
    ],
    aliases: word_lists! {
        "id": "response id";
        "person-id": "contact id", "person id";
        "email": "email";
        "score": "answer";
        "comment": "comment";
        "date": "responded";
        "do-not-contact": "dontcontact";
        "survey-type": "question type";
        "company": "company c", "company name c", "account c", "organisation c";
        "industry": "industry c";
        "title": "title c", "job title c", "role c";
        "country": "country c";
        "region": "region c";
        "owner": "owner c", "csm c";
        "language": "language c";
    },
    escapes_comments: true,
    ..PLAIN
};
