//! Any other source: the usual names of every field. The list is also that of all fields of a survey file.

use super::profile::{PLAIN, Profile};
use crate::domain::words::word_lists;
use crate::intake::columns::Aliases;

pub(crate) const PROFILE: Profile = Profile {
    name: "generic",
    ..PLAIN
};

/// Every field of a survey file, with its usual headers.
pub(crate) const FIELDS: Aliases = word_lists! {
    "score": "score", "nps", "nps score", "nps rating", "nps value", "net promoter score", "rating", "likelihood",
        "likelihood to recommend", "recommendation score", "survey score", "how likely * recommend *", "@score";
    "email": "email", "email address", "respondent email", "respondent email address", "contact email",
        "customer email", "person email", "recipient email", "user email", "work email", "@email";
    "id": "response id", "response uuid", "survey response id", "submission id", "id", "uuid", "@response-id";
    "person-id": "external id", "person id", "contact id", "customer id", "user id", "respondent id",
        "external reference", "external data reference", "crm contact id";
    "first-name": "first name", "given name", "forename", "recipient first name", "@first-name";
    "last-name": "last name", "family name", "surname", "recipient last name", "@last-name";
    "name": "name", "full name", "respondent name", "contact name", "person name", "customer name", "respondent", "@name";
    "comment": "comment", "comments", "feedback", "reason", "reason for score", "text", "verbatim", "nps comment",
        "open text", "remarks", "* reason * score *", "* reason * rating *", "* why *", "* comments *", "@comment";
    "date": "responded at", "responded", "response date", "response time", "date responded", "submitted at",
        "submitted", "submission date", "submit date", "date submitted", "answered at", "completed at",
        "recorded date", "survey date", "date", "date time", "timestamp", "time", "created at", "created",
        "date created", "end date", "@date";
    "updated": "updated at", "updated", "last updated", "modified at", "last modified", "date modified";
    "do-not-contact": "do not contact", "dont contact", "opt out", "opted out", "unsubscribed";
    "survey-type": "survey type", "question type";
    "finished": "finished", "completed", "is complete";
    "company": "company", "company name", "account", "account name", "organisation", "organization",
        "organisation name", "organization name", "customer", "employer", "@company";
    "domain": "domain", "company domain", "company domain name", "website", "website url", "web site", "@domain";
    "industry": "industry", "sector", "vertical", "company industry", "account industry", "@industry";
    "title": "title", "job title", "role", "position", "job role", "@title";
    "country": "country", "company country", "billing country", "country region", "@country";
    "region": "region", "territory", "geo", "sales region", "@region";
    "segment": "segment", "customer segment", "company size", "account segment", "tier", "@segment";
    "owner": "owner", "csm", "customer success manager", "account owner", "account manager", "company owner",
        "contact owner", "owner name", "@owner";
    "language": "language", "locale", "survey language", "user language", "lang", "@language";
    "status": "status";
    "channel": "distribution channel";
    "excluded": "excluded from calculations";
};
