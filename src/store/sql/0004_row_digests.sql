-- A digest of the row in a survey file that said last what the response says, and of how the row was read. The same row
-- again says nothing new. Responses of earlier versions have none until their row comes again.
ALTER TABLE responses ADD COLUMN row_digest INTEGER;
