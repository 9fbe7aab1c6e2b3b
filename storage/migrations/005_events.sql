-- A network's roadmap of one year: the table a coordinator sent, as it was last confirmed.
CREATE TABLE roadmaps (
  id         INTEGER PRIMARY KEY,
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  year       TEXT NOT NULL,                -- '2026' | '2026-2027'
  title      TEXT NOT NULL DEFAULT '',
  updated_at TEXT NOT NULL,
  UNIQUE (scope_kind, scope_ref, year)
) STRICT;

-- A file that was sent and read, until it is confirmed or dropped.
CREATE TABLE roadmap_imports (
  id         INTEGER PRIMARY KEY,
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,                -- JSON of roadmap.model.Roadmap, doubts settled so far
  file_name  TEXT NOT NULL DEFAULT '',
  state      TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'confirmed', 'dropped')),
  created_by INTEGER REFERENCES people ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  file_id    TEXT NOT NULL DEFAULT '',     -- Telegram's: read again when the year is said
  year       TEXT NOT NULL DEFAULT '',     -- as the coordinator said it, '' = the document does
  source_key TEXT UNIQUE                   -- the update that brought it: handled twice, made once
) STRICT;

-- What the plan names: a row of a roadmap, or an event made by hand.
CREATE TABLE events (
  id           INTEGER PRIMARY KEY,
  roadmap_id   INTEGER REFERENCES roadmaps ON DELETE SET NULL,
  scope_kind   TEXT NOT NULL,
  scope_ref    TEXT NOT NULL DEFAULT '',
  number       TEXT NOT NULL DEFAULT '',
  section      INTEGER,
  title        TEXT NOT NULL,
  audience_text TEXT NOT NULL DEFAULT '',  -- as the table says it
  audience     TEXT NOT NULL DEFAULT '{}', -- JSON of storage.audiences.Audience
  responsible  TEXT NOT NULL DEFAULT '',
  term         TEXT NOT NULL DEFAULT '',   -- as the table says it
  precision    TEXT NOT NULL DEFAULT 'none' CHECK (precision IN ('day', 'month', 'part', 'none')),
  ongoing      INTEGER NOT NULL DEFAULT 0,
  task         TEXT,                       -- JSON of roadmap.model.Task
  document     TEXT,                       -- JSON of roadmap.model.Event: the row as last confirmed
  created_by   INTEGER REFERENCES people ON DELETE SET NULL,
  created_at   TEXT NOT NULL,
  withdrawn_at TEXT,                       -- gone from a corrected table; kept for who signed up
  request_key  TEXT UNIQUE                 -- made by hand: a confirmation handled twice makes one
) STRICT;
CREATE INDEX events_roadmap ON events (roadmap_id);

-- One meeting of an event: a stage, a quarter, the only day. First a window, then a day and hour.
CREATE TABLE occurrences (
  id           INTEGER PRIMARY KEY,
  event_id     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  label        TEXT NOT NULL DEFAULT '',   -- «I этап»
  window_start TEXT,                       -- local dates, both included
  window_end   TEXT,
  starts_at    TEXT,                       -- UTC; NULL until the organiser names the hour
  ends_at      TEXT,
  place        TEXT NOT NULL DEFAULT '',
  link         TEXT NOT NULL DEFAULT '',
  capacity     INTEGER CHECK (capacity > 0),
  uid          TEXT NOT NULL UNIQUE,       -- of the calendar entry; never changes
  sequence     INTEGER NOT NULL DEFAULT 0, -- of the calendar entry; grows when moved or cancelled
  moves        INTEGER NOT NULL DEFAULT 0, -- how often day or hour changed after being named
  moved_at     TEXT,
  cancelled_at TEXT,
  check_in     TEXT NOT NULL UNIQUE,       -- the secret of the QR code
  reminders    TEXT NOT NULL DEFAULT '[10080, 1440, 60]', -- JSON: minutes before the start
  survey_days  INTEGER NOT NULL DEFAULT 7, -- the questionnaire after it stays open; 0 = none
  survey_settled INTEGER NOT NULL DEFAULT 0, -- 1: opened, or nobody to ask
  campaign_id  INTEGER REFERENCES campaigns ON DELETE SET NULL, -- the questionnaire after it
  request_key  TEXT UNIQUE                 -- added by hand: an update handled twice adds one
) STRICT;
CREATE INDEX occurrences_event ON occurrences (event_id);
CREATE INDEX occurrences_start ON occurrences (starts_at);

CREATE INDEX occurrences_campaign ON occurrences (campaign_id);

-- A reminder of a meeting is planned once, for everybody whom it concerns at that moment.
CREATE TABLE reminder_runs (
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  moves         INTEGER NOT NULL,          -- of the occurrence: a new day is reminded of anew
  name          TEXT NOT NULL,             -- '7d' | '1d' | '1h'
  state         TEXT NOT NULL CHECK (state IN ('planned', 'too-late')),
  recipients    INTEGER NOT NULL,
  planned_at    TEXT NOT NULL,
  PRIMARY KEY (occurrence_id, moves, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_organisers (
  event_id  INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;

-- What a person said: will come, online, will not. Places go by the order of `said_at`, `id`.
CREATE TABLE signups (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  choice        TEXT NOT NULL CHECK (choice IN ('coming', 'online', 'declined')),
  said_at       TEXT NOT NULL,
  UNIQUE (occurrence_id, person_id)
) STRICT;
CREATE INDEX signups_person ON signups (person_id);

-- Who came.
CREATE TABLE attendances (
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  how           TEXT NOT NULL CHECK (how IN ('code', 'organiser', 'list')),
  marked_by     INTEGER REFERENCES people ON DELETE SET NULL,
  marked_at     TEXT NOT NULL,
  PRIMARY KEY (occurrence_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendances_person ON attendances (person_id);

CREATE TABLE event_files (
  id        INTEGER PRIMARY KEY,
  event_id  INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  file_id   TEXT NOT NULL,                 -- Telegram's, for sending again
  file_unique_id TEXT NOT NULL,
  name      TEXT NOT NULL DEFAULT '',
  kind      TEXT NOT NULL CHECK (kind IN ('document', 'photo')),
  UNIQUE (event_id, file_unique_id)
) STRICT;

-- Kinds of messages that a person does not want (never deadlines of their own tasks).
CREATE TABLE mutes (
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
