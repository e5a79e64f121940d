-- A whole program of :people people, written straight into the tables of a new database and as consistent as the program
-- itself would leave it: three answers each; half of them are advocates with ten asks each; a request for ten people and a
-- deal for twenty, with touches, gives, signals, nominations, moves and edits. Spread over the 700 days before
-- 2026-11-01. No chance is in it: the same number of people gives the same file.
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -262144;
BEGIN;
CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);
INSERT INTO n WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people * 5) SELECT i FROM n;
-- An instant for each number of a kind: within 700 days, at office hours.
CREATE TEMP TABLE span AS SELECT 1733011200 AS begun, 700 AS days;

INSERT INTO operations (id, at, actor, command, version)
SELECT (SELECT coalesce(max(id), 0) FROM main.operations) + i, begun + (i - 1) * 86400, 'bench', 'bench', 'bench'
FROM n, span WHERE i <= days;
CREATE TEMP TABLE operation AS
SELECT (SELECT max(id) FROM main.operations) - days + 1 AS first, days FROM span;

INSERT INTO sources (id, name, operation_id) SELECT 1, 'bench', first FROM operation;

INSERT INTO accounts (id, name, name_key, domain, industry, segment, region, country, owner, renewal_on, health, escalated, operation_id)
SELECT i, 'Account ' || i, 'account' || i, 'account' || i || '.example',
    CASE i % 9 WHEN 0 THEN 'Hospital & Health Care' WHEN 1 THEN 'Healthcare' WHEN 2 THEN 'Software' WHEN 3 THEN 'Banking'
        WHEN 4 THEN 'Machinery' WHEN 5 THEN 'Retail' WHEN 6 THEN 'Education' WHEN 7 THEN 'Energy' END,
    CASE i % 3 WHEN 0 THEN 'enterprise' WHEN 1 THEN 'mid-market' ELSE 'small' END,
    CASE i % 4 WHEN 0 THEN 'EMEA' WHEN 1 THEN 'AMER' ELSE 'APAC' END,
    CASE i % 4 WHEN 0 THEN 'Germany' WHEN 1 THEN 'United States' ELSE 'Japan' END,
    'owner' || (i % 7) || '@bench.example', date('2026-01-01', (i * 37 % 700) || ' days'),
    CASE i % 10 WHEN 0 THEN 'red' WHEN 1 THEN 'yellow' ELSE 'green' END, i % 41 = 0, first
FROM n, operation WHERE i <= max(:people / 7, 1);

INSERT INTO account_traits (account_id, trait, value, operation_id)
SELECT id, 'product', 'Product ' || (id % 5), operation_id FROM accounts;

INSERT INTO people (id, email_key, email, account_id, name, title, persona, language, stage, operation_id)
SELECT i, 'person' || i || '@bench.example', 'person' || i || '@bench.example', i % max(:people / 7, 1) + 1,
    'Person Number ' || i, 'Title ' || (i % 6), CASE i % 3 WHEN 0 THEN 'user' WHEN 1 THEN 'buyer' END,
    CASE i % 5 WHEN 0 THEN 'German' ELSE 'English' END, NULL, first + i * 7919 % days
FROM n, operation WHERE i <= :people;

-- Three answers each, one of fifty corrected since.
INSERT INTO responses (id, source_id, key, person_id, score, comment, responded_at, operation_id)
SELECT i, 1, 'r' || i, (i - 1) % :people + 1, CASE i * 31 % 7 WHEN 0 THEN 3 WHEN 1 THEN 7 WHEN 2 THEN 8 ELSE 9 + i % 2 END,
    'Comment number ' || i, begun + (i * 104729 % days) * 86400 + i % 40000, first + i * 104729 % days
FROM n, span, operation USING (days) WHERE i <= :people * 3;
INSERT INTO response_edits (response_id, score, comment, superseded_at, operation_id)
SELECT r.id, 6, 'Before', r.responded_at + 86400 * 20, r.operation_id FROM responses r, span
WHERE r.id % 50 = 0 AND r.responded_at < begun + 86400 * 600;

-- The odd ones are advocates: invited, confirmed, one of twenty paused since and one of thirty retired.
CREATE TEMP TABLE advocates AS
SELECT id, begun + (id * 7919 % 500) * 86400 + 3600 AS at, operation_id FROM people, span WHERE id % 2 = 1;
INSERT INTO stage_changes (person_id, stage, changed_at, operation_id)
SELECT id, 'invited', at, operation_id FROM advocates;
INSERT INTO stage_changes (person_id, stage, changed_at, operation_id)
SELECT id, 'active', at + 86400 * 5, operation_id FROM advocates;
INSERT INTO stage_changes (person_id, stage, until_on, changed_at, operation_id)
SELECT id, 'paused', '2026-12-01', at + 86400 * 90, operation_id FROM advocates WHERE id % 20 = 1;
INSERT INTO stage_changes (person_id, stage, changed_at, operation_id)
SELECT id, 'retired', at + 86400 * 120, operation_id FROM advocates WHERE id % 30 = 5;
INSERT INTO willingness (person_id, ask_kind, willing, said_at, operation_id)
SELECT id, 'reference', 1, at + 86400 * 5, operation_id FROM advocates
UNION ALL SELECT id, 'review', id % 4 <> 1, at + 86400 * 5, operation_id FROM advocates
UNION ALL SELECT id, 'speaking', 1, at + 86400 * 60, operation_id FROM advocates WHERE id % 3 = 0;
INSERT INTO verifications (person_id, verified_by, verified_at, still_willing, operation_id)
SELECT id, 'bench', at + 86400 * 100, id % 3 > 0, operation_id FROM advocates WHERE id % 4 = 1;

INSERT INTO deals (id, crm_id, name, name_key, prospect, prospect_key, amount_minor, currency, stage, opened_on, closed_on,
    owner, industry, operation_id)
SELECT i, 'D-' || i, 'Deal ' || i, 'deal' || i, 'Prospect ' || i, 'prospect' || i, 100000 + i * 7919 % 10000000, 'EUR',
    CASE i % 3 WHEN 0 THEN 'Closed Won' WHEN 1 THEN 'Closed Lost' ELSE 'Proposal' END,
    date(begun + (i * 104729 % 500) * 86400, 'unixepoch'),
    CASE WHEN i % 3 < 2 THEN date(begun + (i * 104729 % 500 + 100) * 86400, 'unixepoch') END,
    'owner' || (i % 7) || '@bench.example', 'Banking', first + i * 104729 % 500
FROM n, span, operation WHERE i <= :people / 20;
INSERT INTO deal_edits (deal_id, amount_minor, currency, stage, opened_on, superseded_at, operation_id)
SELECT d.id, d.amount_minor, 'EUR', 'Proposal', d.opened_on, o.at + 86400 * 100, d.operation_id
FROM deals d JOIN operations o ON o.id = d.operation_id WHERE d.id % 3 < 2;

-- Of ten requests, nine are over.
INSERT INTO requests (id, ask_kind, wanted, industry, prospect, deal_id, requested_by, needed_by, opened_at, operation_id)
SELECT i, CASE i % 2 WHEN 0 THEN 'reference' ELSE 'speaking' END, 1, CASE i % 2 WHEN 0 THEN 'Healthcare' END,
    'Prospect ' || (i / 2), CASE WHEN i % 2 = 0 AND i / 2 <= :people / 20 THEN nullif(i / 2, 0) END,
    'rep' || (i % 9) || '@bench.example', date(begun + (i * 7919 % days + 14) * 86400, 'unixepoch'),
    begun + (i * 7919 % days) * 86400 + 7200, first + i * 7919 % days
FROM n, span, operation USING (days) WHERE i <= :people / 10;
INSERT INTO request_traits (request_id, trait, value, required, operation_id)
SELECT id, 'region', 'EMEA', 0, operation_id FROM requests WHERE id % 4 = 0;
INSERT INTO request_events (request_id, event, happened_at, operation_id)
SELECT id, CASE id % 3 WHEN 0 THEN 'filled' WHEN 1 THEN 'unfilled' ELSE 'withdrawn' END, opened_at + 86400 * (id % 20), operation_id
FROM requests, span WHERE id % 10 > 0 AND opened_at < begun + 86400 * 675;

-- Of ten asks seven were completed, two were declined and one is open.
INSERT INTO taps (id, person_id, account_id, ask_kind, effort, tapped_at, tapped_by, outcome, outcome_at, counts, rating,
    request_id, operation_id)
WITH drawn AS (
    SELECT i, i * 7919 % (:people / 2) * 2 + 1 AS person, begun + (i * 104729 % (days - 15)) * 86400 + i % 40000 AS at,
        first + i * 104729 % (days - 15) AS operation_id,
        CASE i % 10 WHEN 0 THEN 'pending' WHEN 1 THEN 'declined' WHEN 2 THEN 'declined' ELSE 'completed' END AS outcome
    FROM n, span, operation USING (days))
SELECT i, p.id, p.account_id, CASE i % 3 WHEN 0 THEN 'review' WHEN 1 THEN 'reference' ELSE 'speaking' END,
    CASE i % 3 WHEN 0 THEN 'low' WHEN 1 THEN 'medium' ELSE 'high' END, at, 'bench', outcome,
    CASE outcome WHEN 'pending' THEN at ELSE at + 86400 * (i % 10) END, 1, CASE WHEN outcome = 'completed' AND i % 5 = 0 THEN 5 - i % 4 END,
    CASE WHEN i <= :people / 10 THEN i END, drawn.operation_id
FROM drawn CROSS JOIN people p ON p.id = person;
INSERT INTO tap_outcomes (tap_id, outcome, counts, rating, outcome_at, operation_id)
SELECT id, outcome, counts, rating, outcome_at, operation_id FROM taps WHERE outcome <> 'pending';

INSERT INTO holds (person_id, account_id, request_id, effort, placed_at, placed_by, lapses_at, released_at, operation_id)
SELECT t.person_id, t.account_id, t.request_id, t.effort, t.tapped_at - 86400, 'bench', t.tapped_at + 86400 * 6, t.tapped_at, t.operation_id
FROM taps t WHERE t.request_id IS NOT NULL;

INSERT INTO referrals (tap_id, introduced, introduced_key, introduced_at, operation_id)
SELECT id, 'Account ' || (id % 97 + 1), 'account' || (id % 97 + 1), outcome_at, operation_id
FROM taps WHERE id % 100 = 4 AND outcome = 'completed';

INSERT INTO assets (id, kind, title, tap_id, industry, person_id, account_id, operation_id)
SELECT id, 'case-study', 'Story ' || id, id, 'Banking', person_id, account_id, operation_id
FROM taps WHERE id % 50 = 3 AND outcome = 'completed';
INSERT INTO asset_events (asset_id, status, happened_at, operation_id)
SELECT a.id, 'published', t.outcome_at, a.operation_id FROM assets a JOIN taps t ON t.id = a.tap_id;

INSERT INTO touches (person_id, kind, tap_id, touched_by, touched_at, answered, good, operation_id)
SELECT person_id, CASE id % 2 WHEN 0 THEN 'thank-you' ELSE 'results-shared' END, id, 'bench', outcome_at + 86400, id % 4 = 0, id % 8 = 0, operation_id
FROM taps WHERE outcome = 'completed' AND id % 3 > 0;
INSERT INTO gives (person_id, item, tap_id, given_by, given_at, operation_id)
SELECT person_id, 'Gift', id, 'bench', outcome_at + 86400 * 2, operation_id
FROM taps WHERE outcome = 'completed' AND id % 5 = 0;
INSERT INTO signals (person_id, kind, happened_at, operation_id)
SELECT id, CASE id % 2 WHEN 0 THEN 'community' ELSE 'public-praise' END, begun + (id * 7919 % days) * 86400, operation_id FROM people, span WHERE id % 5 < 2;
INSERT INTO signals (account_id, kind, happened_at, operation_id)
SELECT i % max(:people / 7, 1) + 1, 'renewal', begun + (i * 7919 % days) * 86400, first + i * 7919 % days
FROM n, span, operation USING (days) WHERE i <= :people / 10;
INSERT INTO nominations (id, person_id, nominated_by, reason, nominated_at, operation_id)
SELECT i, i * 3 % :people + 1, 'bench', 'Good', begun + (i * 7919 % days) * 86400, first + i * 7919 % days
FROM n, span, operation USING (days) WHERE i <= :people / 20;
INSERT INTO nomination_decisions (nomination_id, decision, decided_by, decided_at, operation_id)
SELECT id, CASE id % 3 WHEN 0 THEN 'declined' ELSE 'accepted' END, 'bench', nominated_at + 86400 * 3, operation_id
FROM nominations WHERE id % 2 = 0;

INSERT INTO account_moves (person_id, from_account_id, to_account_id, moved_at, operation_id)
SELECT id, (id + 1) % max(:people / 7, 1) + 1, account_id, begun + (id * 7919 % 100 + 590) * 86400, operation_id
FROM people, span WHERE id % 50 = 0;
INSERT INTO edits (entity, entity_id, field, old, new, by_hand, edited_at, operation_id)
SELECT 'person', id, 'title', 'Title before', title, 0, begun + (id * 7919 % 200 + 490) * 86400, operation_id
FROM people, span WHERE id % 20 = 0;
INSERT INTO edits (entity, entity_id, field, old, new, by_hand, edited_at, operation_id)
SELECT 'account', id, 'health', 'yellow', health, 0, begun + (id * 7919 % 200 + 490) * 86400, operation_id
FROM accounts, span WHERE id % 5 = 0;
INSERT INTO tier_changes (person_id, tier, reason, set_by, set_at, operation_id)
SELECT id, 'gold', 'bench', 'bench', at + 86400 * 30, operation_id FROM advocates WHERE id % 40 = 1;

INSERT INTO notes (person_id, note, noted_by, noted_at, operation_id)
SELECT id, 'Best reached before ten', 'bench', begun + (id * 7919 % days) * 86400, operation_id FROM people, span WHERE id % 10 = 0;
INSERT INTO notes (account_id, note, noted_by, noted_at, operation_id)
SELECT id, 'Opens a second site', 'bench', begun + (id * 7919 % days) * 86400, operation_id FROM accounts, span WHERE id % 4 = 0;
INSERT INTO tags (person_id, tag, has, tagged_at, operation_id)
SELECT id, CASE id % 3 WHEN 0 THEN 'champion' ELSE 'speaker' END, 1, begun + (id * 7919 % days) * 86400, operation_id FROM people, span WHERE id % 8 = 0;
INSERT INTO tags (person_id, tag, has, tagged_at, operation_id)
SELECT person_id, tag, 0, tagged_at + 86400, operation_id FROM tags WHERE person_id % 32 = 0;
INSERT INTO tags (account_id, tag, has, tagged_at, operation_id)
SELECT id, 'strategic', 1, begun + (id * 7919 % days) * 86400, operation_id FROM accounts, span WHERE id % 6 = 0;

UPDATE people SET
    (stage, stage_until) = (SELECT stage, until_on FROM stage_changes WHERE person_id = people.id ORDER BY changed_at DESC, id DESC LIMIT 1),
    (latest_score, latest_response_at) = (SELECT score, responded_at FROM responses WHERE person_id = people.id ORDER BY responded_at DESC, id DESC LIMIT 1),
    last_tapped_at = (SELECT max(tapped_at) FROM taps WHERE person_id = people.id AND counts = 1),
    verified_at = (SELECT max(verified_at) FROM verifications WHERE person_id = people.id);
COMMIT;
