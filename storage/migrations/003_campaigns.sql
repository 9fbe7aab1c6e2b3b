-- A published version is never changed: what people were asked stays readable.
CREATE TABLE questionnaires (
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  definition   TEXT NOT NULL,              -- JSON of surveys.questionnaire.Questionnaire
  published_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- A questionnaire opened for an audience for a time.
CREATE TABLE campaigns (
  id                    INTEGER PRIMARY KEY,
  questionnaire_id      TEXT NOT NULL,
  questionnaire_version INTEGER NOT NULL,
  subject               TEXT NOT NULL DEFAULT '', -- what it is about: the event's or centre's name
  anonymity             TEXT NOT NULL CHECK (anonymity IN ('named', 'anonymous')),
  cells                 TEXT NOT NULL,            -- JSON list: the only groups an anonymous answer keeps
  audience              TEXT NOT NULL,            -- JSON of storage.audiences.Audience
  scope_kind            TEXT NOT NULL,            -- whose campaign it is
  scope_ref             TEXT NOT NULL DEFAULT '',
  opens_at              TEXT NOT NULL,
  closes_at             TEXT NOT NULL,
  created_by            INTEGER REFERENCES people ON DELETE SET NULL,
  created_at            TEXT NOT NULL,
  nudges_max            INTEGER NOT NULL DEFAULT 2,
  nudge_gap_hours       INTEGER NOT NULL DEFAULT 48,
  settled               INTEGER NOT NULL DEFAULT 0, -- 1: drafts erased, sealed rows in key order
  request_key           TEXT UNIQUE,              -- a confirmation handled twice opens one campaign
  FOREIGN KEY (questionnaire_id, questionnaire_version) REFERENCES questionnaires
) STRICT;

CREATE TABLE invitees (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  invited_at  TEXT NOT NULL,
  nudges      INTEGER NOT NULL DEFAULT 0,
  nudged_at   TEXT,
  PRIMARY KEY (campaign_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitees_person ON invitees (person_id);

-- One response of one person; while it is open its answers belong to the person.
-- On submit of a named one its answers move to `submission`, so that a later change which is never
-- sent, or is cut off by the closing, leaves what was sent as it was.
-- On submit of an anonymous one the row and its answers are erased (see sealed_responses).
CREATE TABLE responses (
  id           INTEGER PRIMARY KEY AUTOINCREMENT, -- a stale button must never meet another's row
  campaign_id  INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id    INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  started_at   TEXT NOT NULL,
  touched_at   TEXT NOT NULL,
  submitted_at TEXT,
  submission   TEXT,                       -- JSON item → answer, as last sent
  editing      INTEGER NOT NULL DEFAULT 0, -- 1: sent, and being changed again
  paused       INTEGER NOT NULL DEFAULT 0,
  at_item      TEXT,                       -- set while an earlier answer is being changed
  misses       INTEGER NOT NULL DEFAULT 0, -- unreadable inputs at the current item
  message_id   INTEGER,                    -- the one message that is edited in place
  last_typed   INTEGER,                    -- newest message taken as an answer: a replay is none
  UNIQUE (campaign_id, person_id)
) STRICT;
CREATE INDEX responses_person ON responses (person_id);

CREATE TABLE answers (
  response_id INTEGER NOT NULL REFERENCES responses ON DELETE CASCADE,
  item        TEXT NOT NULL,
  value       TEXT NOT NULL,               -- JSON of surveys.engine.Answer; 'null' = skipped
  final       INTEGER NOT NULL DEFAULT 1,  -- 0 while several choices are being ticked
  PRIMARY KEY (response_id, item)
) STRICT, WITHOUT ROWID;

-- Who has taken part, without when and what: the register of a secret ballot.
CREATE TABLE participations (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (campaign_id, person_id)
) STRICT, WITHOUT ROWID;

-- Anonymous responses: no person, no time, no order (random keys, no rowid).
CREATE TABLE sealed_responses (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  key         BLOB NOT NULL,               -- 16 random bytes
  cells       TEXT NOT NULL,               -- JSON of the groups declared before opening
  answers     TEXT NOT NULL,               -- JSON item → answer
  PRIMARY KEY (campaign_id, key)
) STRICT, WITHOUT ROWID;
