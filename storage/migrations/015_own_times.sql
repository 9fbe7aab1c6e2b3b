-- When a person wants to be reminded of meetings, instead of the times that organisers set.
CREATE TABLE own_times (
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  name      TEXT NOT NULL,                 -- '7d' | '1h' | '1d@1800', see roadmap/offsets.py
  since     TEXT NOT NULL,                 -- moments before it are not caught up on
  PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;
