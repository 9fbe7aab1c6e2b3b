-- A campaign that is held again: each year (mentoring each April), twice a year, each quarter.
CREATE TABLE repeats (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE, -- the newest of them
  months      INTEGER NOT NULL CHECK (months IN (3, 6, 12)),
  lasts       INTEGER NOT NULL CHECK (lasts > 0), -- seconds each stays open
  next_at     TEXT NOT NULL                       -- when the next one opens
) STRICT;
