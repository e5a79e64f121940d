-- The relationship: goodwill seen elsewhere, nominations, what was given back, contact, tiers, and people who move.

-- A positive moment that was not an answer or an ask. One about an account counts for its people. key is what the
-- source's own file calls it, or a hash of its row: the same file again adds nothing.
CREATE TABLE signals (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    kind TEXT NOT NULL,
    reading TEXT,
    note TEXT,
    source_id INTEGER REFERENCES sources (id),
    key TEXT,
    happened_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK ((person_id IS NULL) <> (account_id IS NULL)),
    CHECK ((source_id IS NULL) = (key IS NULL))
) STRICT;
CREATE INDEX signals_person ON signals (person_id, happened_at) WHERE person_id IS NOT NULL;
CREATE INDEX signals_account ON signals (account_id, happened_at) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX signals_key ON signals (source_id, key) WHERE key IS NOT NULL;

CREATE TABLE nominations (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    nominated_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    nominated_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX nominations_person ON nominations (person_id, nominated_at);

CREATE TABLE nomination_decisions (
    id INTEGER PRIMARY KEY,
    nomination_id INTEGER NOT NULL REFERENCES nominations (id),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'declined')),
    reason TEXT,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX nomination_decisions_nomination ON nomination_decisions (nomination_id, decided_at, id);

-- Value returned to an advocate, perhaps for one ask.
CREATE TABLE gives (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    item TEXT NOT NULL,
    amount_minor INTEGER,
    currency TEXT,
    tap_id INTEGER REFERENCES taps (id),
    given_by TEXT NOT NULL,
    note TEXT,
    given_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX gives_person ON gives (person_id, given_at);

-- Contact that asked for nothing, perhaps about one ask.
CREATE TABLE touches (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    tap_id INTEGER REFERENCES taps (id),
    touched_by TEXT NOT NULL,
    note TEXT,
    touched_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX touches_person ON touches (person_id, touched_at);

-- A tier set by hand; an empty one gives the word back to the policy.
CREATE TABLE tier_changes (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    tier TEXT,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX tier_changes_person ON tier_changes (person_id, set_at, id);

-- A person who went to another account; people.account_id is where the newest of these leads.
CREATE TABLE account_moves (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    from_account_id INTEGER REFERENCES accounts (id),
    to_account_id INTEGER NOT NULL REFERENCES accounts (id),
    note TEXT,
    moved_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX account_moves_person ON account_moves (person_id, moved_at, id);

-- Two records of one person made one. The facts of the merged one are the kept one's until the merge is undone;
-- merged_facts says which they were.
CREATE TABLE merges (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES people (id),
    merged_id INTEGER NOT NULL REFERENCES people (id),
    reason TEXT,
    merged_at INTEGER NOT NULL,
    undone_at INTEGER,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK (kept_id <> merged_id)
) STRICT;
CREATE INDEX merges_merged ON merges (merged_id);

CREATE TABLE merged_facts (
    merge_id INTEGER NOT NULL REFERENCES merges (id),
    fact TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    PRIMARY KEY (merge_id, fact, row_id)
) STRICT, WITHOUT ROWID;

-- The person whose record this one became part of.
ALTER TABLE people ADD COLUMN merged_into INTEGER REFERENCES people (id);
CREATE INDEX people_merged_into ON people (merged_into) WHERE merged_into IS NOT NULL;
