-- Demand: requests, the holds made for them, deals, assets, and the referrals that came of asks.

-- The current words of each deal; what they were before stands in deal_edits.
CREATE TABLE deals (
    id INTEGER PRIMARY KEY,
    crm_id TEXT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    prospect TEXT,
    prospect_key TEXT NOT NULL,
    prospect_domain TEXT,
    amount_minor INTEGER,
    currency TEXT,
    stage TEXT,
    opened_on TEXT,
    closed_on TEXT,
    owner TEXT,
    industry TEXT,
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE UNIQUE INDEX deals_crm_id ON deals (crm_id) WHERE crm_id IS NOT NULL;
CREATE INDEX deals_name ON deals (prospect_key, name_key);

CREATE TABLE deal_edits (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    amount_minor INTEGER,
    currency TEXT,
    stage TEXT,
    opened_on TEXT,
    closed_on TEXT,
    superseded_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX deal_edits_deal ON deal_edits (deal_id, superseded_at);

CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    ask_kind TEXT NOT NULL,
    wanted INTEGER NOT NULL CHECK (wanted > 0),
    industry TEXT,
    prospect TEXT,
    deal_id INTEGER REFERENCES deals (id),
    requested_by TEXT NOT NULL,
    needed_by TEXT,
    note TEXT,
    opened_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX requests_opened ON requests (opened_at);

CREATE TABLE request_traits (
    request_id INTEGER NOT NULL REFERENCES requests (id),
    trait TEXT NOT NULL,
    value TEXT NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    PRIMARY KEY (request_id, trait)
) STRICT, WITHOUT ROWID;

-- What happened to the request itself; its status is where the last of these leads.
CREATE TABLE request_events (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES requests (id),
    event TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id),
    reason TEXT,
    happened_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX request_events_request ON request_events (request_id, happened_at, id);

CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    request_id INTEGER NOT NULL REFERENCES requests (id),
    effort TEXT NOT NULL CHECK (effort IN ('low', 'medium', 'high')),
    placed_at INTEGER NOT NULL,
    placed_by TEXT NOT NULL,
    lapses_at INTEGER NOT NULL,
    released_at INTEGER,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX holds_person ON holds (person_id, lapses_at);
CREATE INDEX holds_account ON holds (account_id, lapses_at);
CREATE INDEX holds_request ON holds (request_id);

ALTER TABLE taps ADD COLUMN request_id INTEGER REFERENCES requests (id);
CREATE INDEX taps_request ON taps (request_id) WHERE request_id IS NOT NULL;

-- The company that a completed referral introduced. The loop is closed once it is an account.
CREATE TABLE referrals (
    tap_id INTEGER PRIMARY KEY REFERENCES taps (id),
    introduced TEXT NOT NULL,
    introduced_key TEXT NOT NULL,
    domain TEXT,
    deal_id INTEGER REFERENCES deals (id),
    introduced_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE TABLE assets (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    platform TEXT,
    external_key TEXT,
    rating_tenths INTEGER CHECK (rating_tenths BETWEEN 0 AND 50),
    industry TEXT,
    product TEXT,
    permission TEXT,
    permission_until TEXT,
    reviewer TEXT,
    company TEXT,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE UNIQUE INDEX assets_external_key ON assets (external_key) WHERE external_key IS NOT NULL;

CREATE TABLE asset_events (
    id INTEGER PRIMARY KEY,
    asset_id INTEGER NOT NULL REFERENCES assets (id),
    status TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX asset_events_asset ON asset_events (asset_id, happened_at, id);

CREATE TABLE asset_uses (
    id INTEGER PRIMARY KEY,
    asset_id INTEGER NOT NULL REFERENCES assets (id),
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    used_by TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX asset_uses_deal ON asset_uses (deal_id);
