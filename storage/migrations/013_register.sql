-- The register of people as coordinators loaded it: who is expected, and who has come.
CREATE TABLE register (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  surname      TEXT NOT NULL,
  first_name   TEXT NOT NULL,
  patronymic   TEXT NOT NULL DEFAULT '',
  search       TEXT NOT NULL,              -- the name folded, as in people.search
  municipality TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '',
  sound        TEXT NOT NULL DEFAULT '',   -- as in organisations.sound
  position     TEXT NOT NULL DEFAULT '',
  community    TEXT NOT NULL DEFAULT '',
  role         TEXT CHECK (role IN ('coordinator', 'organiser', 'expert', 'trainee')),
  scope_kind   TEXT,                       -- of the role
  scope_ref    TEXT,
  person_id    INTEGER REFERENCES people ON DELETE CASCADE, -- who has come; erased with them
  joined_at    TEXT,
  code_hash    BLOB UNIQUE,                -- SHA-256 of the personal link's code; gone when used
  code_until   TEXT,
  loaded_by    INTEGER REFERENCES people ON DELETE SET NULL,
  loaded_at    TEXT NOT NULL,
  UNIQUE (search, municipality, sound)
) STRICT;
CREATE INDEX register_municipality ON register (municipality);
CREATE INDEX register_person ON register (person_id);

-- Somebody registered by themselves and may be one of the register: a coordinator decides.
CREATE TABLE register_doubts (
  row_id    INTEGER NOT NULL REFERENCES register ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  declined  INTEGER NOT NULL DEFAULT 0,    -- 1: they are two people
  PRIMARY KEY (row_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_doubts_person ON register_doubts (person_id);

-- A table that was sent and read, until it is confirmed or dropped.
CREATE TABLE register_drafts (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  entries    TEXT NOT NULL,                -- JSON of storage.register.Entry
  created_by INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  source_key TEXT NOT NULL UNIQUE          -- the message it came in: handled twice, kept once
) STRICT;

-- A lost account is given back by a code that a coordinator made.
CREATE TABLE relink_codes (
  code_hash  BLOB PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  created_by INTEGER REFERENCES people ON DELETE SET NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
