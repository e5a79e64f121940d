-- The program: who, what they said, what they were asked, and every write that made it so.
-- Times are UTC seconds, days are ISO dates, kinds and stages are the words of the domain.

CREATE TABLE operations (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    version TEXT NOT NULL
) STRICT;

-- Policy: only what differs from the defaults; the newest operation of a key holds.
CREATE TABLE settings (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    PRIMARY KEY (key, operation_id)
) STRICT;

-- How a source's files are read, saved under a name for cron.
CREATE TABLE import_profiles (
    name TEXT PRIMARY KEY,
    options TEXT NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT,
    name_key TEXT,
    domain TEXT,
    crm_id TEXT,
    industry TEXT,
    segment TEXT,
    region TEXT,
    country TEXT,
    owner TEXT,
    renewal_on TEXT,
    health TEXT CHECK (health IN ('green', 'yellow', 'red')),
    escalated INTEGER NOT NULL DEFAULT 0 CHECK (escalated IN (0, 1)),
    customer_since TEXT,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE UNIQUE INDEX accounts_domain ON accounts (domain) WHERE domain IS NOT NULL;
CREATE UNIQUE INDEX accounts_crm_id ON accounts (crm_id) WHERE crm_id IS NOT NULL;
CREATE INDEX accounts_name_key ON accounts (name_key);
CREATE INDEX accounts_industry ON accounts (industry);

-- Traits of which an account can have several: product, use-case, competitor.
CREATE TABLE account_traits (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    trait TEXT NOT NULL CHECK (trait IN ('product', 'use-case', 'competitor')),
    value TEXT NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    PRIMARY KEY (account_id, trait, value)
) STRICT, WITHOUT ROWID;

-- stage, stage_until, latest_score, latest_response_at, last_tapped_at and verified_at are kept beside the facts by the
-- transaction that writes them; `advocate check` compares.
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    email_key TEXT NOT NULL,
    email TEXT NOT NULL,
    crm_id TEXT,
    account_id INTEGER REFERENCES accounts (id),
    name TEXT,
    title TEXT,
    persona TEXT,
    language TEXT,
    owner TEXT,
    stage TEXT,
    stage_until TEXT,
    latest_score INTEGER,
    latest_response_at INTEGER,
    last_tapped_at INTEGER,
    verified_at INTEGER,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE UNIQUE INDEX people_email_key ON people (email_key);
CREATE UNIQUE INDEX people_crm_id ON people (crm_id) WHERE crm_id IS NOT NULL;
CREATE INDEX people_account ON people (account_id, stage);
CREATE INDEX people_stage ON people (stage) WHERE stage IS NOT NULL;

-- A change of a describing field by hand or by an import; a field changed by hand is never overwritten by an import.
CREATE TABLE edits (
    id INTEGER PRIMARY KEY,
    entity TEXT NOT NULL CHECK (entity IN ('account', 'person')),
    entity_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
    edited_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX edits_entity ON edits (entity, entity_id, field);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

-- The current value of each answer; what it was before stands in response_edits. account_id is set only where nobody is
-- known to have answered; respondent is the source's own id of whoever did.
CREATE TABLE responses (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    key TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    respondent TEXT,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
    comment TEXT,
    responded_at INTEGER NOT NULL,
    updated_at INTEGER,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE UNIQUE INDEX responses_key ON responses (source_id, key);
CREATE INDEX responses_person ON responses (person_id, responded_at, id, score);

CREATE TABLE response_edits (
    id INTEGER PRIMARY KEY,
    response_id INTEGER NOT NULL REFERENCES responses (id),
    score INTEGER NOT NULL,
    comment TEXT,
    updated_at INTEGER,
    superseded_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX response_edits_response ON response_edits (response_id, superseded_at);

CREATE TABLE stage_changes (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    stage TEXT NOT NULL,
    until_on TEXT,
    reason TEXT,
    decided_by TEXT,
    changed_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX stage_changes_person ON stage_changes (person_id, changed_at, id);

CREATE TABLE willingness (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    ask_kind TEXT NOT NULL,
    willing INTEGER NOT NULL CHECK (willing IN (0, 1)),
    confirmed_by TEXT,
    note TEXT,
    said_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX willingness_person ON willingness (person_id, ask_kind, said_at, id, willing);

CREATE TABLE verifications (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    verified_by TEXT,
    verified_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX verifications_person ON verifications (person_id, verified_at);

-- account_id and effort are those of the day of the ask. outcome, outcome_at, counts and rating are the newest of
-- tap_outcomes; counts says whether the tap takes room in a cap.
CREATE TABLE taps (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    ask_kind TEXT NOT NULL,
    effort TEXT NOT NULL CHECK (effort IN ('low', 'medium', 'high')),
    tapped_at INTEGER NOT NULL,
    tapped_by TEXT NOT NULL,
    note TEXT,
    over_cap INTEGER NOT NULL DEFAULT 0 CHECK (over_cap IN (0, 1)),
    overridden TEXT,
    override_reason TEXT,
    imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
    outcome TEXT NOT NULL,
    outcome_at INTEGER NOT NULL,
    counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK ((overridden IS NULL) = (override_reason IS NULL))
) STRICT;
CREATE INDEX taps_person ON taps (person_id, tapped_at, counts, effort, ask_kind, outcome, outcome_at);
CREATE INDEX taps_account ON taps (account_id, tapped_at, counts, effort);

CREATE TABLE tap_outcomes (
    id INTEGER PRIMARY KEY,
    tap_id INTEGER NOT NULL REFERENCES taps (id),
    outcome TEXT NOT NULL,
    counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
    rating INTEGER,
    note TEXT,
    outcome_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX tap_outcomes_tap ON tap_outcomes (tap_id, outcome_at, id);
