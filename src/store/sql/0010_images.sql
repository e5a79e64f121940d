-- A ledger that forgives. Taking operations back: what rows were before they were changed or deleted, which operation took back which, and the
-- newest ids that were given out, for no id is used again.

-- A row before and after a change, as JSON objects of the columns that differ, `key` being the array of its key. A row
-- that was deleted has no after and every column before; one that was added again has no before. What an operation adds
-- for the first time carries its number and needs no image. None of this is read to answer of the past.
CREATE TABLE row_images (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    table_name TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX row_images_operation ON row_images (operation_id);
CREATE INDEX row_images_row ON row_images (table_name, key);

CREATE TABLE undos (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    undone_id INTEGER NOT NULL REFERENCES operations (id),
    PRIMARY KEY (operation_id, undone_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE used_ids (
    table_name TEXT PRIMARY KEY,
    newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was erased: a keyed hash of the address, by which a later import knows whom it must not bring back. Without an id
-- they are not in this file: they were erased from the one in whose place a backup was brought back.
CREATE TABLE forgotten (
    address_hash TEXT PRIMARY KEY,
    forgotten_id INTEGER REFERENCES people (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT, WITHOUT ROWID;
-- What was about them, and can no more be taken back.
CREATE TABLE forgotten_operations (
    about_id INTEGER PRIMARY KEY REFERENCES operations (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE TABLE forget_keys (
    key TEXT PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT, WITHOUT ROWID;

-- What was put right where taking back would be too blunt, and why. The rows themselves are changed or removed, and what
-- they were stands in the images: what is right now is right on every day.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    fact TEXT NOT NULL,
    fact_id INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id),
    change TEXT NOT NULL CHECK (change IN ('changed', 'removed')),
    reason TEXT,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX corrections_person ON corrections (person_id) WHERE person_id IS NOT NULL;

-- What used to be known from the request or the merge alone.
ALTER TABLE request_traits ADD COLUMN operation_id INTEGER REFERENCES operations (id);
UPDATE request_traits SET operation_id = (SELECT operation_id FROM requests WHERE id = request_id);
ALTER TABLE merged_facts ADD COLUMN operation_id INTEGER REFERENCES operations (id);
UPDATE merged_facts SET operation_id = (SELECT operation_id FROM merges WHERE id = merge_id);
