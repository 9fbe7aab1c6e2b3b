-- The burnout screening (surveys/boyko.py). A campaign of the questionnaire «boyko84» is one.

-- Where somebody stands in it; with its answers it belongs to the person until it is submitted,
-- stopped, or 14 days old, and is then erased.
CREATE TABLE screening_drafts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- a stale button must never meet another's row
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  touched_at  TEXT NOT NULL,
  at_item     INTEGER,                     -- set while an earlier answer is being changed
  code        TEXT,                        -- the private code, from the result's sending to the sealing
  UNIQUE (campaign_id, person_id)
) STRICT;
CREATE INDEX screening_drafts_person ON screening_drafts (person_id);

CREATE TABLE screening_answers (
  draft_id INTEGER NOT NULL REFERENCES screening_drafts ON DELETE CASCADE,
  item     INTEGER NOT NULL CHECK (item BETWEEN 1 AND 84),
  yes      INTEGER NOT NULL CHECK (yes IN (0, 1)),
  PRIMARY KEY (draft_id, item)
) STRICT, WITHOUT ROWID;

-- Submitted while the campaign is open: boxes of one size under random keys, encrypted with a
-- secret that is in no database and no backup. Two nights' backups tell who came between them;
-- they must not tell with what.
CREATE TABLE screening_boxes (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  key         BLOB NOT NULL,
  box         BLOB NOT NULL,
  PRIMARY KEY (campaign_id, key)
) STRICT, WITHOUT ROWID;

-- After the closing, when the secret is destroyed: in the order of `proof`, which the person's
-- private code derives and nothing else does.
CREATE TABLE screening_entries (
  proof       BLOB PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  cells       TEXT NOT NULL,               -- JSON of the groups declared before opening
  answers     BLOB NOT NULL,               -- 84 bits, item 1 first
  wording     TEXT NOT NULL,               -- edition of the statements that were shown
  key_edition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What may be shown about groups, computed once at the closing (surveys/screening_groups.py).
CREATE TABLE screening_summaries (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE,
  summary     TEXT NOT NULL
) STRICT;

-- Editions of the statements: versions of the questionnaire, the newest is the one in use.
CREATE TABLE screening_wordings (
  version   INTEGER PRIMARY KEY,
  edition   TEXT NOT NULL,
  own_words INTEGER NOT NULL CHECK (own_words IN (0, 1)), -- 1: the project's, not the author's
  loaded_by INTEGER REFERENCES people ON DELETE SET NULL,
  loaded_at TEXT NOT NULL
) STRICT;

-- Whom to turn to, as a coordinator set it for a territory.
CREATE TABLE screening_contacts (
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  words      TEXT NOT NULL,
  PRIMARY KEY (scope_kind, scope_ref)
) STRICT, WITHOUT ROWID;

-- How many people work there; '' is the whole municipality.
CREATE TABLE headcounts (
  municipality TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '',
  headcount    INTEGER NOT NULL CHECK (headcount > 0),
  PRIMARY KEY (municipality, organisation)
) STRICT, WITHOUT ROWID;
