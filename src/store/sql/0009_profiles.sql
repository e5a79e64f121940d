-- What the interview with an advocate brought: a row for each change of a field (story, outcomes, interests, values,
-- avoid); the newest of a field holds. No words: the field was cleared.
CREATE TABLE profile_words (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    field TEXT NOT NULL,
    words TEXT,
    said_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX profile_words_person ON profile_words (person_id, said_at, id);
