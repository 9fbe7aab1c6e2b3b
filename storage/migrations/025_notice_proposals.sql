-- A correction of a large notice waits for a second person too: its text, whose it is, and the
-- number of the newest one; NULL: none waits.
ALTER TABLE notices ADD COLUMN proposed TEXT;
ALTER TABLE notices ADD COLUMN proposed_by INTEGER REFERENCES people ON DELETE SET NULL;
ALTER TABLE notices ADD COLUMN proposals INTEGER NOT NULL DEFAULT 0;
