-- When somebody wants their digest, if not Monday at nine; `off` 1: not at all.
CREATE TABLE digest_settings (
  person_id INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE,
  weekday   INTEGER NOT NULL DEFAULT 0 CHECK (weekday BETWEEN 0 AND 6), -- 0 = Monday
  hour      INTEGER NOT NULL DEFAULT 9 CHECK (hour BETWEEN 8 AND 20),   -- local
  off       INTEGER NOT NULL                                           -- staff 0, others 1
) STRICT;

-- A digest of one week for one person, from the moment it is made until it is sent; the figures
-- stay, for the next week to compare with.
CREATE TABLE digests (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  kind      TEXT NOT NULL,                 -- 'coordinator' | 'organiser' | 'trainee'
  week      TEXT NOT NULL,                 -- Monday's date
  figures   TEXT NOT NULL,                 -- JSON: counts and shares as they may be shown
  picture   BLOB,
  workbook  BLOB,
  made_at   TEXT NOT NULL,
  UNIQUE (person_id, kind, week)
) STRICT;

-- Plans and facts of indicators that the bot cannot know.
CREATE TABLE entered_figures (
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  year       TEXT NOT NULL,                -- school year: '2026-2027'
  code       TEXT NOT NULL,                -- surveys.indicators.Code
  plan       REAL,
  fact       REAL,
  entered_by INTEGER REFERENCES people ON DELETE SET NULL,
  entered_at TEXT NOT NULL,
  PRIMARY KEY (scope_kind, scope_ref, year, code)
) STRICT, WITHOUT ROWID;
