//! Columns that no header names, found by what they hold (`docs/import.md`, columns). A header that says otherwise is
//! believed.

use super::{Assignment, two_columns};
use crate::intake::IntakeError;
use crate::intake::headers::plain;
use crate::intake::holds::Holds;
use crate::intake::sample::Sample;
use crate::intake::table::Header;

/// What is done where two columns could be the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// The file is refused until one is named.
    Refuse,
    /// Neither is taken, and it is said: the file tells enough without it.
    Leave,
    /// The same; and nothing is looked for where the file has one of these fields, which tell as much.
    InsteadOf(&'static [&'static str]),
}

impl Assignment {
    /// Where no header names the field, takes the one column that holds what it would.
    pub(crate) fn find_by_content(
        &mut self,
        field: &'static str,
        wanted: Holds,
        doubt: Doubt,
        header: &Header,
        sample: &Sample<'_>,
    ) -> Result<(), IntakeError> {
        let told_by = match doubt {
            Doubt::InsteadOf(others) => others,
            Doubt::Refuse | Doubt::Leave => &[],
        };
        let has = |field: &&str| self.first(field).is_some();
        if has(&field) || told_by.iter().any(has) {
            return Ok(());
        }
        let could_be = |column: &usize| {
            let name = header.name(*column);
            (self.is_free(*column) || (wanted == Holds::Addresses && self.may_be_address(*column)))
                && may_be_headed(name, wanted)
                && sample.holds(*column, wanted)
        };
        let columns: Vec<usize> = (0..header.names.len()).filter(could_be).collect();
        match columns[..] {
            [] => Ok(()),
            [column] => {
                self.notes.push(format!(
                    "the {field} is taken from `{}`, the one column of {}",
                    header.name(column),
                    wanted.name()
                ));
                for (_, columns) in &mut self.fields {
                    columns.retain(|one| *one != column);
                }
                self.add(field, column);
                Ok(())
            }
            _ => {
                let error = two_columns(field, &columns, header);
                if doubt == Doubt::Refuse {
                    return Err(error);
                }
                let option = format!("--map {field}=HEADER takes one");
                self.notes.push(format!("{error}; none is taken; {option}"));
                Ok(())
            }
        }
    }

    /// Whether the header of a column, such as `Customer` or `Respondent`, says who it is and not what is told of them.
    fn may_be_address(&self, column: usize) -> bool {
        let who = ["name", "company", "account", "person-id"];
        let mut fields = self
            .fields
            .iter()
            .filter(|(_, columns)| columns.contains(&column));
        !self.by_user.contains(&column) && fields.all(|(field, _)| who.contains(field))
    }
}

/// Whether a column of this header may be the field, by what the header says.
fn may_be_headed(header: &str, wanted: Holds) -> bool {
    if is_of_others(header) {
        return false;
    }
    match wanted {
        Holds::Scores | Holds::Ratings => !is_of_another_question(header),
        Holds::Ids | Holds::IdsOfPeople | Holds::IdsOfAccounts => {
            names_an_id(header) && !is_id_of_others(header, wanted)
        }
        Holds::Domains => !is_of_a_network(header),
        Holds::Sentences => !is_reply(header),
        Holds::Addresses | Holds::Dates | Holds::Amounts => true,
    }
}

/// The words of a header, in lower case.
fn words(header: &str) -> Vec<String> {
    header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether the header is of colleagues, or of when something else happened than what the rows tell.
fn is_of_others(header: &str) -> bool {
    const OTHERS: [&str; 23] = [
        "owner",
        "manager",
        "csm",
        "agent",
        "assign",
        "rep",
        "created by",
        "modified",
        "sender",
        "from",
        "nominat",
        "referr",
        "birth",
        "geburt",
        "dob",
        "renew",
        "expir",
        "contract",
        "supervisor",
        "seller",
        "betreuer",
        "start",
        "sent",
    ];
    let words = words(header);
    let plain = words.join(" ");
    OTHERS.iter().any(|other| match *other {
        "rep" | "from" | "dob" | "csm" | "sent" => words.iter().any(|word| word == other),
        other => plain.contains(other),
    })
}

/// Whether the header is of a number that is no answer to an NPS question.
fn is_of_another_question(header: &str) -> bool {
    const OTHER: [&str; 23] = [
        "csat",
        "satisf",
        "zufrieden",
        "effort",
        "ces",
        "count",
        "number",
        "anzahl",
        "seats",
        "days",
        "age",
        "month",
        "year",
        "quantity",
        "ease",
        "easy",
        "stars",
        "id",
        "helpful",
        "votes",
        "likes",
        "views",
        "quality",
    ];
    words(header).into_iter().any(|word| {
        OTHER.iter().any(|other| match *other {
            "satisf" | "zufrieden" => word.starts_with(other),
            other => word == other,
        })
    })
}

/// Whether the header speaks of an id. What never repeats can be anything, such as a telephone number.
fn names_an_id(header: &str) -> bool {
    const WORDS: [&str; 16] = [
        "id",
        "ids",
        "uuid",
        "guid",
        "ref",
        "reference",
        "referenz",
        "référence",
        "key",
        "no",
        "nr",
        "num",
        "número",
        "numero",
        "token",
        "kennung",
    ];
    const ENDS: [&str; 5] = ["nummer", "番号", "编号", "kennung", "-nr"];
    let says = words(header)
        .iter()
        .any(|word| WORDS.contains(&word.as_str()));
    let joined = header.trim_end();
    // As in `TicketID`, not as in `paid`.
    let is_joined = ["ID", "Id"].iter().any(|end| {
        let before = joined.strip_suffix(end);
        before.is_some_and(|before| before.ends_with(|c: char| c.is_lowercase()))
    });
    let lower = header.trim().to_lowercase();
    says || is_joined || ENDS.iter().any(|end| lower.ends_with(end))
}

/// Whether the header speaks of the id of something else than the rows are: they come again in the next export.
fn is_id_of_others(header: &str, wanted: Holds) -> bool {
    const PEOPLE: [&str; 13] = [
        "customer",
        "kunde",
        "client",
        "cliente",
        "user",
        "benutzer",
        "contact",
        "kontakt",
        "person",
        "member",
        "respondent",
        "teilnehmer",
        "panel",
    ];
    const COMPANIES: [&str; 9] = [
        "account",
        "company",
        "firma",
        "firmen",
        "organi",
        "unternehmen",
        "tenant",
        "workspace",
        "parent",
    ];
    const FACTS: [&str; 15] = [
        "response",
        "answer",
        "antwort",
        "respuesta",
        "réponse",
        "risposta",
        "submission",
        "ticket",
        "order",
        "case",
        "review",
        "deal",
        "opportunity",
        "event",
        "transaction",
    ];
    const THINGS: [&str; 22] = [
        "phone",
        "telefon",
        "teléfono",
        "mobil",
        "handy",
        "fax",
        "zip",
        "postal",
        "plz",
        "vat",
        "tax",
        "ust",
        "steuer",
        "iban",
        "ip",
        "device",
        "session",
        "collector",
        "campaign",
        "survey",
        "house",
        "haus",
    ];
    let name = plain(header);
    let has = |of: &[&str]| of.iter().any(|word| name.contains(&plain(word)));
    let is_of_people = has(&PEOPLE) && wanted != Holds::IdsOfPeople;
    let is_of_companies = has(&COMPANIES) && wanted != Holds::IdsOfAccounts;
    let short = words(header);
    let is_of_things = THINGS.iter().any(|word| match word.len() {
        0..=3 => short.iter().any(|one| one == word),
        _ => name.contains(&plain(word)),
    });
    let is_of_facts = has(&FACTS) && wanted != Holds::Ids;
    is_of_facts || is_of_people || is_of_companies || is_of_things
}

/// Whether the header is of what the vendor answered.
fn is_reply(header: &str) -> bool {
    let name = plain(header);
    let replies = ["response", "reply", "antwort", "vendor", "internal", "note"];
    replies.iter().any(|reply| name.contains(reply))
}

/// Whether the header is of pages that people have elsewhere.
fn is_of_a_network(header: &str) -> bool {
    let name = plain(header);
    let others = [
        "linkedin", "xing", "facebook", "twitter", "logo", "image", "photo", "avatar", "crm",
        "record",
    ];
    others.iter().any(|other| name.contains(other))
}
