-- A program of :people advocates who were asked :taps times, written straight into the tables of a new database and as
-- consistent as the program itself would leave it: the bench makes sure of that with `advocate check`.
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -262144;
BEGIN;
INSERT INTO operations (id, at, actor, command, version)
SELECT coalesce(max(id), 0) + 1, 1700000000, 'bench', 'bench', 'bench' FROM operations;
CREATE TEMP TABLE operation AS SELECT max(id) AS id FROM operations;

INSERT INTO accounts (id, name, name_key, domain, industry, operation_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < max(:people / 7, 1))
SELECT i, 'Account ' || i, 'account' || i, 'account' || i || '.example',
    CASE i % 8 WHEN 0 THEN 'Hospital & Health Care' WHEN 1 THEN 'Healthcare' WHEN 2 THEN 'Software' WHEN 3 THEN 'Banking'
        WHEN 4 THEN 'Machinery' WHEN 5 THEN 'Retail' WHEN 6 THEN 'Education' ELSE 'Energy' END,
    (SELECT id FROM operation)
FROM n;

INSERT INTO people (id, email_key, email, account_id, name, stage, operation_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)
SELECT i, 'person' || i || '@bench.example', 'person' || i || '@bench.example', i % max(:people / 7, 1) + 1,
    'Person Number ' || i, 'active', (SELECT id FROM operation)
FROM n;

INSERT INTO stage_changes (person_id, stage, changed_at, operation_id)
SELECT id, 'active', 1700000000 + id, operation_id FROM people;

INSERT INTO willingness (person_id, ask_kind, willing, said_at, operation_id)
SELECT id, 'reference', 1, 1760000000 + id, operation_id FROM people;

-- Of ten asks seven were completed, two were declined and one is open; they are spread over 700 days.
INSERT INTO taps (id, person_id, account_id, ask_kind, effort, tapped_at, tapped_by, outcome, outcome_at, counts, operation_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :taps),
drawn AS (
    SELECT i, i * 7919 % :people + 1 AS person, 1730000000 + i * 104729 % 60480000 AS at,
        CASE i % 10 WHEN 0 THEN 'pending' WHEN 1 THEN 'declined' WHEN 2 THEN 'declined' ELSE 'completed' END AS outcome
    FROM n)
SELECT i, p.id, p.account_id, CASE i % 3 WHEN 0 THEN 'review' WHEN 1 THEN 'reference' ELSE 'speaking' END,
    CASE i % 3 WHEN 0 THEN 'low' WHEN 1 THEN 'medium' ELSE 'high' END,
    at, 'bench', outcome, at, 1, p.operation_id
FROM drawn CROSS JOIN people p ON p.id = person;

INSERT INTO tap_outcomes (tap_id, outcome, counts, outcome_at, operation_id)
SELECT id, outcome, counts, outcome_at, operation_id FROM taps WHERE outcome <> 'pending';

UPDATE people SET last_tapped_at =
    (SELECT max(tapped_at) FROM taps WHERE person_id = people.id AND counts = 1);
COMMIT;
