-- What colleagues keep in mind: notes, tags, telephone numbers; the hour of an appointment; accounts that are one.

-- A note about a person or an account.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    note TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    noted_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX notes_person ON notes (person_id, noted_at) WHERE person_id IS NOT NULL;
CREATE INDEX notes_account ON notes (account_id, noted_at) WHERE account_id IS NOT NULL;

-- A word put on a person or an account, or taken off: of each word the newest row holds.
CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    tag TEXT NOT NULL,
    has INTEGER NOT NULL CHECK (has IN (0, 1)),
    tagged_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX tags_person ON tags (person_id, tag, tagged_at, id, has) WHERE person_id IS NOT NULL;
CREATE INDEX tags_account ON tags (account_id, tag, tagged_at, id, has) WHERE account_id IS NOT NULL;

ALTER TABLE people ADD COLUMN phone TEXT;
ALTER TABLE accounts ADD COLUMN phone TEXT;

-- The record that this one is part of: what finds this one finds that one.
ALTER TABLE accounts ADD COLUMN merged_into INTEGER REFERENCES accounts (id);

-- With the day that was agreed upon, the time of that day, such as 15:00.
ALTER TABLE tap_outcomes ADD COLUMN scheduled_time TEXT;

-- What the prospect said of it.
ALTER TABLE tap_outcomes ADD COLUMN prospect_note TEXT;
