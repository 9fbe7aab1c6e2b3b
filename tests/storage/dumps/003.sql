PRAGMA application_id=1146503729;
PRAGMA user_version=3;
BEGIN TRANSACTION;
CREATE TABLE answers (
  response_id INTEGER NOT NULL REFERENCES responses ON DELETE CASCADE,
  item        TEXT NOT NULL,
  value       TEXT NOT NULL,               -- JSON of surveys.engine.Answer; 'null' = skipped
  final       INTEGER NOT NULL DEFAULT 1,  -- 0 while several choices are being ticked
  PRIMARY KEY (response_id, item)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE consents (
  person_id    INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  kind         TEXT NOT NULL,              -- 'personal-data'; later 'screening'
  version      TEXT NOT NULL,
  given_at     TEXT NOT NULL,
  withdrawn_at TEXT,
  PRIMARY KEY (person_id, kind, version)
) STRICT, WITHOUT ROWID;
INSERT INTO "consents" VALUES(1,'personal-data','2026-11','2026-11-01T09:00:00Z',NULL);
CREATE TABLE dialogs (
  telegram_id INTEGER PRIMARY KEY,
  state       TEXT,
  data        TEXT NOT NULL DEFAULT '{}',
  updated_at  TEXT NOT NULL
) STRICT;
CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
INSERT INTO "facts" VALUES('last-night','2026-11-01');
CREATE TABLE grants (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  role       TEXT NOT NULL CHECK (role IN ('coordinator', 'organiser', 'expert', 'trainee')),
  scope_kind TEXT NOT NULL CHECK (scope_kind IN ('region', 'network', 'municipality')),
  scope_ref  TEXT NOT NULL DEFAULT '',     -- '' | network id | municipality
  granted_by INTEGER REFERENCES people ON DELETE SET NULL,
  granted_at TEXT NOT NULL,
  UNIQUE (person_id, role, scope_kind, scope_ref)
) STRICT;
INSERT INTO "grants" VALUES(1,1,'coordinator','region','',NULL,'2026-11-01T09:00:00Z');
CREATE TABLE inbox (
  update_id   INTEGER PRIMARY KEY,
  chat        INTEGER NOT NULL,            -- updates of one chat are handled in order
  received_at TEXT NOT NULL,
  payload     BLOB,                        -- the raw JSON; wiped once handled
  state       TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'aside')),
  reason      TEXT                         -- why it was set aside: an error's kind, no content
) STRICT;
INSERT INTO "inbox" VALUES(1,5,'2026-11-01T09:00:00Z',NULL,'done',NULL);
INSERT INTO "inbox" VALUES(2,5,'2026-11-01T09:00:01Z',X'7B7D','new',NULL);
CREATE TABLE invitation_uses (
  invitation_id INTEGER NOT NULL REFERENCES invitations ON DELETE CASCADE,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  used_at       TEXT NOT NULL,
  PRIMARY KEY (invitation_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE invitations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  code_hash  BLOB NOT NULL UNIQUE,         -- SHA-256; the code itself is in the link only
  role       TEXT NOT NULL,
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  created_by INTEGER REFERENCES people ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  uses_left  INTEGER NOT NULL CHECK (uses_left >= 0),
  revoked_at TEXT
) STRICT;
CREATE TABLE invitees (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  invited_at  TEXT NOT NULL,
  nudges      INTEGER NOT NULL DEFAULT 0,
  nudged_at   TEXT,
  PRIMARY KEY (campaign_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE network_members (
  network_id   INTEGER NOT NULL REFERENCES networks ON DELETE CASCADE,
  municipality TEXT NOT NULL,
  PRIMARY KEY (network_id, municipality)
) STRICT, WITHOUT ROWID;
CREATE TABLE networks (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  title  TEXT NOT NULL UNIQUE,
  kind   TEXT NOT NULL CHECK (kind IN ('krc', 'lsv', 'mrc')), -- КРЦ, ЛСВ, МРЦ
  leader TEXT NOT NULL                     -- the municipality whose ТМС leads it
) STRICT;
CREATE TABLE organisations (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  municipality TEXT NOT NULL,
  name         TEXT NOT NULL,              -- as first typed, cleaned
  sound        TEXT NOT NULL,              -- the forgiving form it is found by («сош 5»)
  UNIQUE (municipality, sound)
) STRICT;
INSERT INTO "organisations" VALUES(1,'Ейский район','МБОУ СОШ № 5','сош 5');
CREATE TABLE participations (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (campaign_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE people (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  telegram_id       INTEGER UNIQUE,
  surname           TEXT,
  first_name        TEXT,
  patronymic        TEXT,                  -- '' = the person has none
  municipality      TEXT,
  organisation_id   INTEGER REFERENCES organisations,
  position          TEXT,
  community         TEXT,
  search            TEXT NOT NULL DEFAULT '', -- the name folded for search («щеглова анна»)
  said_in           INTEGER,               -- the message whose text was taken last: never twice
  start_payload     TEXT,                  -- a deep link kept until registration is done
  registered_at     TEXT,                  -- NULL while registering
  unreachable_since TEXT,
  unreachable_why   TEXT,
  created_at        TEXT NOT NULL
) STRICT;
INSERT INTO "people" VALUES(1,5001,'Щеглова','Анна','','Ейский район',1,'учитель','физика','',NULL,NULL,'2026-11-01T09:00:00Z',NULL,NULL,'2026-11-01T09:00:00Z');
CREATE TABLE questionnaires (
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  definition   TEXT NOT NULL,              -- JSON of surveys.questionnaire.Questionnaire
  published_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE sealed_responses (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  key         BLOB NOT NULL,               -- 16 random bytes
  cells       TEXT NOT NULL,               -- JSON of the groups declared before opening
  answers     TEXT NOT NULL,               -- JSON item → answer
  PRIMARY KEY (campaign_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_new ON inbox (update_id) WHERE state = 'new';
CREATE INDEX people_municipality ON people (municipality);
CREATE INDEX people_organisation ON people (organisation_id);
CREATE INDEX people_community ON people (community);
CREATE INDEX invitees_person ON invitees (person_id);
CREATE INDEX responses_person ON responses (person_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('organisations',1);
INSERT INTO "sqlite_sequence" VALUES('people',1);
COMMIT;
