-- What waits for somebody: the day of an ask that was accepted, the ask that an asset came of, assets that were used
-- although no permission holds, and what was said about lines of the agenda.

-- For which day it was agreed upon; NULL is unknown.
ALTER TABLE tap_outcomes ADD COLUMN scheduled_on TEXT;

ALTER TABLE assets ADD COLUMN tap_id INTEGER REFERENCES taps (id);
CREATE INDEX assets_tap ON assets (tap_id) WHERE tap_id IS NOT NULL;

ALTER TABLE asset_uses ADD COLUMN override_reason TEXT;

-- A line of the agenda that was answered without its command. fact_id is the number of the tap, hold, request, person
-- and so on that the kind is about; it holds for what had come about by since_on. The newest of a line holds.
CREATE TABLE agenda_answers (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    fact_id INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id),
    answer TEXT NOT NULL CHECK (answer IN ('done', 'snoozed', 'dismissed')),
    until_on TEXT,
    reason TEXT,
    since_on TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK ((answer = 'snoozed') = (until_on IS NOT NULL))
) STRICT;
CREATE INDEX agenda_answers_line ON agenda_answers (kind, fact_id, answered_at, id);
