-- A digest of the cells of the row that says it, whatever was made of them, and of how many equal rows stood before it
-- in its file: a row that comes again and is read otherwise mends what it said, and adds nothing. Rows of earlier
-- versions have none until they come again.
ALTER TABLE responses ADD COLUMN cells_digest INTEGER;
ALTER TABLE accounts ADD COLUMN cells_digest INTEGER;
ALTER TABLE people ADD COLUMN cells_digest INTEGER;
ALTER TABLE deals ADD COLUMN cells_digest INTEGER;
ALTER TABLE assets ADD COLUMN cells_digest INTEGER;
ALTER TABLE signals ADD COLUMN cells_digest INTEGER;
ALTER TABLE nominations ADD COLUMN cells_digest INTEGER;
-- An answer with an id of its source is known by that.
CREATE INDEX responses_cells ON responses (source_id, cells_digest) WHERE substr(key, 1, 4) = 'fnv:';
CREATE INDEX deals_cells ON deals (cells_digest) WHERE cells_digest IS NOT NULL;
CREATE INDEX assets_cells ON assets (cells_digest) WHERE cells_digest IS NOT NULL;
CREATE INDEX signals_cells ON signals (cells_digest) WHERE cells_digest IS NOT NULL;
CREATE INDEX nominations_cells ON nominations (cells_digest) WHERE cells_digest IS NOT NULL;

-- Two accounts can share a domain: two ids of a CRM are two accounts.
DROP INDEX accounts_domain;
CREATE INDEX accounts_domain ON accounts (domain) WHERE domain IS NOT NULL;
