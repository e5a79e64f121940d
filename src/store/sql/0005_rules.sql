-- What the rules ask about contact and ratings. Nothing is assumed of what was recorded before: NULL is unknown.

-- Whether the person answered, and whether they had a good word.
ALTER TABLE touches ADD COLUMN answered INTEGER CHECK (answered IN (0, 1));
ALTER TABLE touches ADD COLUMN good INTEGER CHECK (good IN (0, 1));

-- Whether they said on that day that they are willing still: a confirmation.
ALTER TABLE verifications ADD COLUMN still_willing INTEGER CHECK (still_willing IN (0, 1));

-- With the rating, for the rules look at it.
DROP INDEX taps_person;
CREATE INDEX taps_person ON taps (person_id, tapped_at, counts, effort, ask_kind, outcome, outcome_at, rating);
