//! The rows of facts, read as they stand in the file.

use chrono::NaiveDate;
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row};

use super::facts::{
    Account, Asset, Deal, Facts, Give, Hold, Move, Nomination, Person, Referral, Request, Response,
    Signal, Stage, Step, Tap, Touch, Verified, Willing,
};

fn read<T>(sql: &Connection, query: &str, make: impl Fn(&Row<'_>) -> T) -> Vec<T> {
    let mut statement = sql.prepare(query).unwrap();
    let rows = statement.query_map([], |row| Ok(make(row))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn cell<T: FromSql>(row: &Row<'_>, name: &str) -> T {
    row.get(name)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn date(row: &Row<'_>, name: &str) -> Option<NaiveDate> {
    let text: Option<String> = cell(row, name);
    text.map(|text| text.parse().unwrap())
}

fn effort(row: &Row<'_>) -> usize {
    let word: String = cell(row, "effort");
    let efforts = ["low", "medium", "high"];
    efforts.iter().position(|one| *one == word).unwrap()
}

/// A yes; unknown is none.
fn yes(row: &Row<'_>, name: &str) -> bool {
    cell::<Option<i64>>(row, name) == Some(1)
}

impl Facts {
    pub(crate) fn read(sql: &Connection) -> Self {
        let steps = read(
            sql,
            "SELECT * FROM tap_outcomes ORDER BY outcome_at / 86400, id",
            |row| Step {
                tap: cell(row, "tap_id"),
                outcome: cell(row, "outcome"),
                rating: cell(row, "rating"),
                prospect_rating: cell(row, "prospect_rating"),
                at: cell(row, "outcome_at"),
            },
        );
        Self {
            settings: read(sql, "SELECT * FROM settings ORDER BY operation_id", |row| {
                (cell(row, "key"), cell(row, "value"))
            })
            .into_iter()
            .collect(),
            people: people(sql),
            accounts: accounts(sql),
            stages: read(
                sql,
                "SELECT * FROM stage_changes ORDER BY changed_at / 86400, id",
                |row| Stage {
                    person: cell(row, "person_id"),
                    word: cell(row, "stage"),
                    until: date(row, "until_on"),
                    at: cell(row, "changed_at"),
                    operation: cell(row, "operation_id"),
                },
            ),
            willing: read(
                sql,
                "SELECT * FROM willingness ORDER BY said_at / 86400, id",
                |row| Willing {
                    person: cell(row, "person_id"),
                    kind: cell(row, "ask_kind"),
                    yes: yes(row, "willing"),
                    at: cell(row, "said_at"),
                },
            ),
            verified: read(sql, "SELECT * FROM verifications", |row| Verified {
                person: cell(row, "person_id"),
                still_willing: yes(row, "still_willing"),
                at: cell(row, "verified_at"),
                operation: cell(row, "operation_id"),
            }),
            taps: read(
                sql,
                "SELECT * FROM taps ORDER BY tapped_at / 86400, id",
                |row| {
                    let id = cell(row, "id");
                    Tap {
                        id,
                        person: cell(row, "person_id"),
                        account: cell(row, "account_id"),
                        kind: cell(row, "ask_kind"),
                        effort: effort(row),
                        at: cell(row, "tapped_at"),
                        request: cell(row, "request_id"),
                        over_cap: yes(row, "over_cap"),
                        overridden: cell::<Option<String>>(row, "overridden").is_some(),
                        steps: steps
                            .iter()
                            .filter(|step| step.tap == id)
                            .cloned()
                            .collect(),
                    }
                },
            ),
            responses: read(
                sql,
                "SELECT * FROM responses ORDER BY responded_at / 86400, id",
                |row| Response {
                    id: cell(row, "id"),
                    person: cell(row, "person_id"),
                    respondent: cell(row, "respondent"),
                    source: cell(row, "source_id"),
                    score: cell(row, "score"),
                    at: cell(row, "responded_at"),
                },
            ),
            signals: read(sql, "SELECT * FROM signals", |row| Signal {
                person: cell(row, "person_id"),
                account: cell(row, "account_id"),
                kind: cell(row, "kind"),
                at: cell(row, "happened_at"),
            }),
            touches: read(sql, "SELECT * FROM touches", |row| Touch {
                person: cell(row, "person_id"),
                kind: cell(row, "kind"),
                answered: yes(row, "answered"),
                good: yes(row, "good"),
                at: cell(row, "touched_at"),
            }),
            gives: read(sql, "SELECT * FROM gives", |row| Give {
                person: cell(row, "person_id"),
                at: cell(row, "given_at"),
            }),
            nominations: nominations(sql),
            moves: read(
                sql,
                "SELECT * FROM account_moves ORDER BY moved_at / 86400, id",
                |row| Move {
                    person: cell(row, "person_id"),
                    from: cell(row, "from_account_id"),
                    to: cell(row, "to_account_id"),
                    at: cell(row, "moved_at"),
                    operation: cell(row, "operation_id"),
                },
            ),
            holds: read(sql, "SELECT * FROM holds", |row| Hold {
                person: cell(row, "person_id"),
                account: cell(row, "account_id"),
                effort: effort(row),
                placed: cell(row, "placed_at"),
                lapses: cell(row, "lapses_at"),
                released: cell(row, "released_at"),
            }),
            requests: requests(sql),
            deals: read(sql, "SELECT * FROM deals", |row| Deal {
                id: cell(row, "id"),
                prospect: cell(row, "prospect"),
                prospect_domain: cell(row, "prospect_domain"),
                amount: cell(row, "amount_minor"),
                currency: cell(row, "currency"),
                stage: cell(row, "stage"),
                opened: date(row, "opened_on"),
                closed: date(row, "closed_on"),
            }),
            referrals: read(sql, "SELECT * FROM referrals", |row| Referral {
                tap: cell(row, "tap_id"),
                deal: cell(row, "deal_id"),
                at: cell(row, "introduced_at"),
            }),
            uses: read(sql, "SELECT * FROM asset_uses", |row| {
                (cell(row, "deal_id"), cell(row, "used_at"))
            }),
            assets: assets(sql),
        }
    }
}

fn people(sql: &Connection) -> Vec<Person> {
    let query = "SELECT people.*, at FROM people JOIN operations ON operations.id = operation_id";
    read(sql, query, |row| Person {
        id: cell(row, "id"),
        email: cell(row, "email_key"),
        name: cell(row, "name"),
        account: cell(row, "account_id"),
        written: cell(row, "at"),
    })
}

fn accounts(sql: &Connection) -> Vec<Account> {
    let traits = read(sql, "SELECT * FROM account_traits", |row| {
        let (account, word): (i64, String) = (cell(row, "account_id"), cell(row, "trait"));
        (account, word, cell::<String>(row, "value"))
    });
    read(sql, "SELECT * FROM accounts", |row| {
        let id = cell(row, "id");
        let own = || traits.iter().filter(|(account, ..)| *account == id);
        let competitors = own().filter(|(_, word, _)| word == "competitor");
        Account {
            id,
            name: cell(row, "name"),
            domain: cell(row, "domain"),
            renewal: date(row, "renewal_on"),
            health: cell(row, "health"),
            escalated: yes(row, "escalated"),
            marked: cell::<Option<String>>(row, "crm_id").is_some()
                || cell::<Option<String>>(row, "customer_since").is_some(),
            competitors: competitors.map(|(.., value)| value.clone()).collect(),
            uses: own().any(|(_, word, _)| word != "competitor"),
        }
    })
}

fn nominations(sql: &Connection) -> Vec<Nomination> {
    let decisions = read(
        sql,
        "SELECT * FROM nomination_decisions ORDER BY decided_at / 86400, id",
        |row| {
            let (nomination, word): (i64, String) =
                (cell(row, "nomination_id"), cell(row, "decision"));
            (nomination, (word, cell::<i64>(row, "decided_at")))
        },
    );
    read(sql, "SELECT * FROM nominations", |row| {
        let id: i64 = cell(row, "id");
        let last = decisions.iter().rfind(|(nomination, _)| *nomination == id);
        Nomination {
            person: cell(row, "person_id"),
            by: cell(row, "nominated_by"),
            at: cell(row, "nominated_at"),
            operation: cell(row, "operation_id"),
            decision: last.map(|(_, decision)| decision.clone()),
        }
    })
}

fn requests(sql: &Connection) -> Vec<Request> {
    let events = read(
        sql,
        "SELECT * FROM request_events ORDER BY happened_at / 86400, id",
        |row| {
            let (request, event): (i64, String) = (cell(row, "request_id"), cell(row, "event"));
            (request, event, cell::<i64>(row, "happened_at"))
        },
    );
    read(sql, "SELECT * FROM requests", |row| {
        let id: i64 = cell(row, "id");
        let own = events.iter().filter(|(request, ..)| *request == id);
        Request {
            id,
            wanted: cell::<i64>(row, "wanted") as usize,
            deal: cell(row, "deal_id"),
            needed_by: date(row, "needed_by"),
            opened: cell(row, "opened_at"),
            events: own.map(|(_, event, at)| (event.clone(), *at)).collect(),
        }
    })
}

fn assets(sql: &Connection) -> Vec<Asset> {
    let events = read(
        sql,
        "SELECT * FROM asset_events ORDER BY happened_at / 86400, id",
        |row| {
            let (asset, status): (i64, String) = (cell(row, "asset_id"), cell(row, "status"));
            (asset, status, cell::<i64>(row, "happened_at"))
        },
    );
    read(sql, "SELECT * FROM assets", |row| {
        let id: i64 = cell(row, "id");
        let own = events.iter().filter(|(asset, ..)| *asset == id);
        Asset {
            kind: cell(row, "kind"),
            events: own.map(|(_, status, at)| (status.clone(), *at)).collect(),
        }
    })
}
