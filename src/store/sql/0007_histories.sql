-- What used to be overwritten has a history: ratings, introductions, the words of assets. Nothing is assumed of what was
-- overwritten before: the first word on record counts from its own day.

-- Of an outcome that was said again on the same day of its own, such as with another rating: when that was said. It counts
-- from then on; NULL: from outcome_at.
ALTER TABLE tap_outcomes ADD COLUMN said_at INTEGER;

-- How the prospect liked it.
ALTER TABLE tap_outcomes ADD COLUMN prospect_rating INTEGER CHECK (prospect_rating BETWEEN 1 AND 5);
ALTER TABLE taps ADD COLUMN prospect_rating INTEGER CHECK (prospect_rating BETWEEN 1 AND 5);

-- A company that a completed referral introduced, or what became known of it later: of one company and one deal, the
-- newest row holds. The loop is closed once it is an account.
CREATE TABLE referrals_before (
    tap_id INTEGER, introduced TEXT, introduced_key TEXT, domain TEXT, deal_id INTEGER, introduced_at INTEGER,
    operation_id INTEGER
) STRICT;
INSERT INTO referrals_before
    SELECT tap_id, introduced, introduced_key, domain, deal_id, introduced_at, operation_id FROM referrals;
DROP TABLE referrals;
CREATE TABLE referrals (
    id INTEGER PRIMARY KEY,
    tap_id INTEGER NOT NULL REFERENCES taps (id),
    introduced TEXT NOT NULL,
    introduced_key TEXT NOT NULL,
    domain TEXT,
    deal_id INTEGER REFERENCES deals (id),
    introduced_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
INSERT INTO referrals (tap_id, introduced, introduced_key, domain, deal_id, introduced_at, operation_id)
    SELECT tap_id, introduced, introduced_key, domain, deal_id, introduced_at, operation_id
    FROM referrals_before ORDER BY tap_id;
DROP TABLE referrals_before;
CREATE INDEX referrals_tap ON referrals (tap_id, introduced_key);

-- What an asset was before: the words that were replaced.
CREATE TABLE asset_edits (
    id INTEGER PRIMARY KEY,
    asset_id INTEGER NOT NULL REFERENCES assets (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    platform TEXT,
    external_key TEXT,
    rating_tenths INTEGER,
    industry TEXT,
    product TEXT,
    permission TEXT,
    permission_until TEXT,
    reviewer TEXT,
    company TEXT,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    superseded_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX asset_edits_asset ON asset_edits (asset_id, superseded_at);
CREATE INDEX asset_edits_person ON asset_edits (person_id) WHERE person_id IS NOT NULL;

-- Whether an account is a customer, and since when: the newest word holds.
CREATE TABLE account_statuses (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    status TEXT NOT NULL CHECK (status IN ('customer', 'churned')),
    by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
    since_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX account_statuses_account ON account_statuses (account_id, since_at, id);
