PRAGMA application_id=1146503729;
PRAGMA user_version=26;
BEGIN TRANSACTION;
CREATE TABLE answer_files (
  stored_name TEXT PRIMARY KEY,            -- below DATA_DIR/files
  response_id INTEGER NOT NULL REFERENCES responses ON DELETE CASCADE,
  item        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('document', 'photo', 'video', 'voice')),
  file_id     TEXT NOT NULL,               -- Telegram's: shown again without an upload
  album       TEXT                         -- of an album the first file is the answer
) STRICT, WITHOUT ROWID;
INSERT INTO "answer_files" VALUES('3f/3f9c0000000000000000000000000000',900,'photo','photo','AgAC','');
CREATE TABLE answers (
  response_id INTEGER NOT NULL REFERENCES responses ON DELETE CASCADE,
  item        TEXT NOT NULL,
  value       TEXT NOT NULL,               -- JSON of surveys.engine.Answer; 'null' = skipped
  final       INTEGER NOT NULL DEFAULT 1,  -- 0 while several choices are being ticked
  PRIMARY KEY (response_id, item)
) STRICT, WITHOUT ROWID;
INSERT INTO "answers" VALUES(900,'photo','{"file":"3f/3f9c0000000000000000000000000000","name":"фото.png","size":10}',1);
CREATE TABLE attendances (
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  how           TEXT NOT NULL CHECK (how IN ('code', 'organiser', 'list')),
  marked_by     INTEGER REFERENCES people ON DELETE SET NULL,
  marked_at     TEXT NOT NULL,
  PRIMARY KEY (occurrence_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
  id     INTEGER PRIMARY KEY,              -- 1, 2, 3 … without a gap
  at     TEXT NOT NULL,
  actor  INTEGER,                          -- people.id, given once and never again; NULL: from the
  about  INTEGER,                          -- command line. No foreign keys: rows outlive people
  deed   TEXT NOT NULL,
  object TEXT NOT NULL DEFAULT '',         -- 'campaign:17', 'network:3'
  before TEXT NOT NULL DEFAULT '{}',       -- JSON
  after  TEXT NOT NULL DEFAULT '{}',
  hash   BLOB NOT NULL
) STRICT;
INSERT INTO "audit" VALUES(1,'2026-11-23T07:00:00Z',1,NULL,'network-made','network:1','{}','{"leader":"Ейский район","title":"Цифра"}',X'23E5CC2F9E6EBDFCCC2B79F77FCE3D74E0FD4ADD13365DBC78D7E73A48B7FAD6');
INSERT INTO "audit" VALUES(2,'2026-11-23T08:00:00Z',NULL,9,'erased','','{}','{}',X'3F9F43387E39854090B9242A9CC1393BC95425220B993EFE6EDD4F87E0CA273A');
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
  request_key           TEXT UNIQUE, trial INTEGER NOT NULL DEFAULT 0, editable INTEGER,              -- a confirmation handled twice opens one campaign
  FOREIGN KEY (questionnaire_id, questionnaire_version) REFERENCES questionnaires
) STRICT;
INSERT INTO "campaigns" VALUES(900,'lesson',1,'','named','[]','{}','region','','2026-11-22T06:00:00Z','2026-11-29T06:00:00Z',NULL,'2026-11-22T06:00:00Z',2,48,0,'dump',0,1);
INSERT INTO "campaigns" VALUES(901,'boyko84',1,'','anonymous','[]','{}','region','','2026-11-22T06:00:00Z','2026-12-22T06:00:00Z',NULL,'2026-11-22T06:00:00Z',2,48,0,NULL,0,NULL);
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
CREATE TABLE digest_settings (
  person_id INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE,
  weekday   INTEGER NOT NULL DEFAULT 0 CHECK (weekday BETWEEN 0 AND 6), -- 0 = Monday
  hour      INTEGER NOT NULL DEFAULT 9 CHECK (hour BETWEEN 8 AND 20),   -- local
  off       INTEGER NOT NULL                                           -- staff 0, others 1
) STRICT;
INSERT INTO "digest_settings" VALUES(1,2,15,0);
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
INSERT INTO "digests" VALUES(1,1,'coordinator','2026-11-23','{}',NULL,NULL,'2026-11-23T06:00:00Z');
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
INSERT INTO "entered_figures" VALUES('region','','2026-2027','monitoring',5.0,3.0,NULL,'2026-11-23T06:00:00Z');
CREATE TABLE event_files (
  id        INTEGER PRIMARY KEY,
  event_id  INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  file_id   TEXT NOT NULL,                 -- Telegram's, for sending again
  file_unique_id TEXT NOT NULL,
  name      TEXT NOT NULL DEFAULT '',
  kind      TEXT NOT NULL CHECK (kind IN ('document', 'photo')),
  UNIQUE (event_id, file_unique_id)
) STRICT;
CREATE TABLE event_organisers (
  event_id  INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
INSERT INTO "facts" VALUES('last-night','2026-11-01');
CREATE TABLE form_drafts (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  definition    TEXT NOT NULL,             -- JSON of surveys.questionnaire.Questionnaire
  warnings      TEXT NOT NULL DEFAULT '[]', -- JSON list of sentences
  created_by    INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  created_at    TEXT NOT NULL,
  source_key    TEXT NOT NULL UNIQUE,      -- the message it came in: handled twice, kept once
  published_as  TEXT,                      -- the id in `questionnaires` that it became
  published_version INTEGER
) STRICT;
INSERT INTO "form_drafts" VALUES(1,'{}','[]',1,'2026-11-01T09:00:00Z','5001:7',NULL,NULL);
CREATE TABLE forms (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT NOT NULL,                -- form_id as the workbook says it
  scope_kind TEXT NOT NULL,                -- whose it is: they change it, those within may use it
  scope_ref  TEXT NOT NULL DEFAULT '',
  created_by INTEGER REFERENCES people ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  hidden_at  TEXT,                         -- no longer offered; campaigns opened with it go on
  UNIQUE (scope_kind, scope_ref, name)
) STRICT;
INSERT INTO "forms" VALUES(1,'moya_anketa','region','',1,'2026-11-01T09:00:00Z',NULL);
CREATE TABLE "grants" (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  role       TEXT NOT NULL CHECK (role IN ('coordinator', 'organiser', 'expert', 'trainee')),
  scope_kind TEXT NOT NULL
    CHECK (scope_kind IN ('region', 'network', 'municipality', 'organisation')),
  scope_ref  TEXT NOT NULL DEFAULT '',     -- '' | network id | municipality | organisation id
  granted_by INTEGER REFERENCES people ON DELETE SET NULL,
  granted_at TEXT NOT NULL,
  UNIQUE (person_id, role, scope_kind, scope_ref)
) STRICT;
INSERT INTO "grants" VALUES(1,1,'coordinator','region','',NULL,'2026-11-01T09:00:00Z');
INSERT INTO "grants" VALUES(2,1,'coordinator','organisation','1',NULL,'2026-11-01T09:00:00Z');
CREATE TABLE headcounts (
  municipality TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '',
  headcount    INTEGER NOT NULL CHECK (headcount > 0),
  PRIMARY KEY (municipality, organisation)
) STRICT, WITHOUT ROWID;
INSERT INTO "headcounts" VALUES('Ейский район','',100);
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
CREATE TABLE lost_files (
  stored_name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE mutes (
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  PRIMARY KEY (person_id, kind)
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
, since TEXT, until TEXT) STRICT;
INSERT INTO "networks" VALUES(1,'Наставничество','krc','Ейский район','2026-09-01','2029-08-31');
CREATE TABLE notices (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  author_id   INTEGER REFERENCES people ON DELETE SET NULL,
  scope_kind  TEXT NOT NULL,               -- nobody outside it gets the notice
  scope_ref   TEXT NOT NULL DEFAULT '',
  content     TEXT NOT NULL,               -- JSON of storage.notices.Content
  audience    TEXT NOT NULL,               -- JSON of storage.audiences.Audience
  urgent      INTEGER NOT NULL DEFAULT 0,  -- 1: quiet hours and open questionnaires do not wait
  state       TEXT NOT NULL CHECK (state IN
                ('awaiting', 'declined', 'scheduled', 'sending', 'paused', 'cancelled', 'done')),
  starts_at   TEXT NOT NULL,
  planned_at  TEXT,                        -- when its rows were made
  planned     INTEGER NOT NULL DEFAULT 0,  -- how many: whoever erased themselves has no row left
  revision    INTEGER NOT NULL DEFAULT 0,  -- grows with every correction
  withdrawn_at TEXT,
  decided_by  INTEGER REFERENCES people ON DELETE SET NULL, -- the second person
  created_at  TEXT NOT NULL,
  shown_in    INTEGER,                     -- the author's message that shows how it goes
  request_key TEXT UNIQUE                  -- a confirmation handled twice makes one notice
, declined_why TEXT, halted INTEGER NOT NULL DEFAULT 0, orphaned INTEGER NOT NULL DEFAULT 0, proposed TEXT, proposed_by INTEGER REFERENCES people ON DELETE SET NULL, proposals INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "notices" VALUES(1,1,'region','','{"text":"Семинар переносится"}','{}',0,'done','2026-11-23T07:00:00Z','2026-11-23T07:00:00Z',1,0,NULL,NULL,'2026-11-23T07:00:00Z',NULL,'k1',NULL,0,0,'Семинар в пятницу',1,1);
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
, survey_form TEXT) STRICT;
CREATE TABLE organisations (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  municipality TEXT NOT NULL,
  name         TEXT NOT NULL,              -- as first typed, cleaned
  sound        TEXT NOT NULL,              -- the forgiving form it is found by («сош 5»)
  UNIQUE (municipality, sound)
) STRICT;
INSERT INTO "organisations" VALUES(1,'Ейский район','МБОУ СОШ № 5','сош 5');
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,         -- natural: 'campaign:17:invite:person:5'
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  kind       TEXT NOT NULL,                -- which composer words it at send time
  payload    TEXT NOT NULL DEFAULT '{}',   -- JSON of references, never of answers
  lane       INTEGER NOT NULL,             -- 1 reminders, receipts, digests; 2 broadcasts
  due_at     TEXT NOT NULL,
  expires_at TEXT,                         -- too late after this: dropped and counted
  state      TEXT NOT NULL DEFAULT 'waiting'
             CHECK (state IN ('waiting', 'sending', 'sent', 'dropped', 'failed', 'unknown')),
  attempts   INTEGER NOT NULL DEFAULT 0,
  reason     TEXT,                         -- why dropped, failed or unknown: a code
  message_id INTEGER,
  sent_at    TEXT
, notice_id INTEGER REFERENCES notices ON DELETE CASCADE, held INTEGER NOT NULL DEFAULT 0, message_ids TEXT) STRICT;
INSERT INTO "outbox" VALUES(1,'drill:1',1,'drill','{}',1,'2026-11-01T09:00:00Z',NULL,'waiting',0,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "outbox" VALUES(2,'notice:1:person:1',1,'notice','{"notice": 1}',2,'2026-11-23T07:00:00Z',NULL,'sent',1,NULL,77,'2026-11-23T07:00:01Z',1,0,NULL);
CREATE TABLE own_times (
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  name      TEXT NOT NULL,                 -- '7d' | '1h' | '1d@1800', see roadmap/offsets.py
  since     TEXT NOT NULL,                 -- moments before it are not caught up on
  PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "own_times" VALUES(1,'1d@1800','2026-11-20T09:00:00Z');
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
, zone TEXT, zone_since TEXT) STRICT;
INSERT INTO "people" VALUES(1,5001,'Щеглова','Анна','','Ейский район',1,'учитель','физика','',NULL,NULL,'2026-11-01T09:00:00Z',NULL,NULL,'2026-11-01T09:00:00Z','Europe/Samara','2026-11-20T07:00:00Z');
CREATE TABLE questionnaires (
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  definition   TEXT NOT NULL,              -- JSON of surveys.questionnaire.Questionnaire
  published_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO "questionnaires" VALUES('boyko84',1,'{}','2026-11-22T06:00:00Z');
INSERT INTO "questionnaires" VALUES('lesson',1,'{"id":"lesson","version":1,"title":"Открытый урок","items":[{"type":"image","name":"photo","label":"Фото"}]}','2026-11-22T06:00:00Z');
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
INSERT INTO "register" VALUES(1,'Лугова','Анна','Петровна','лугова анна петровна','Ейский район','','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-23T07:00:00Z');
CREATE TABLE register_doubts (
  row_id    INTEGER NOT NULL REFERENCES register ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  declined  INTEGER NOT NULL DEFAULT 0,    -- 1: they are two people
  PRIMARY KEY (row_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE register_drafts (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  entries    TEXT NOT NULL,                -- JSON of storage.register.Entry
  created_by INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  source_key TEXT NOT NULL UNIQUE          -- the message it came in: handled twice, kept once
) STRICT;
CREATE TABLE relink_codes (
  code_hash  BLOB PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  created_by INTEGER REFERENCES people ON DELETE SET NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE reminder_runs (
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  moves         INTEGER NOT NULL,          -- of the occurrence: a new day is reminded of anew
  name          TEXT NOT NULL,             -- '7d' | '1d' | '1h'
  state         TEXT NOT NULL CHECK (state IN ('planned', 'too-late')),
  recipients    INTEGER NOT NULL,
  planned_at    TEXT NOT NULL,
  PRIMARY KEY (occurrence_id, moves, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE repeats (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE, -- the newest of them
  months      INTEGER NOT NULL CHECK (months IN (3, 6, 12)),
  lasts       INTEGER NOT NULL CHECK (lasts > 0), -- seconds each stays open
  next_at     TEXT NOT NULL                       -- when the next one opens
) STRICT;
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
INSERT INTO "responses" VALUES(900,900,1,'2026-11-22T06:00:00Z','2026-11-22T06:00:00Z',NULL,NULL,0,0,NULL,0,NULL,NULL);
CREATE TABLE review_points (
  review_id    INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
  criterion_id INTEGER NOT NULL REFERENCES task_criteria ON DELETE CASCADE,
  points       INTEGER NOT NULL CHECK (points >= 0),
  PRIMARY KEY (review_id, criterion_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reviews (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id INTEGER NOT NULL UNIQUE REFERENCES submissions ON DELETE CASCADE,
  reviewer_id   INTEGER REFERENCES people ON DELETE SET NULL,
  verdict       TEXT CHECK (verdict IN ('accepted', 'returned')),
  comment       TEXT NOT NULL DEFAULT '',
  voice_file_id TEXT,
  decided_at    TEXT
) STRICT;
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
CREATE TABLE roadmaps (
  id         INTEGER PRIMARY KEY,
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  year       TEXT NOT NULL,                -- '2026' | '2026-2027'
  title      TEXT NOT NULL DEFAULT '',
  updated_at TEXT NOT NULL,
  UNIQUE (scope_kind, scope_ref, year)
) STRICT;
CREATE TABLE screening_answers (
  draft_id INTEGER NOT NULL REFERENCES screening_drafts ON DELETE CASCADE,
  item     INTEGER NOT NULL CHECK (item BETWEEN 1 AND 84),
  yes      INTEGER NOT NULL CHECK (yes IN (0, 1)),
  PRIMARY KEY (draft_id, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE screening_boxes (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  key         BLOB NOT NULL,
  box         BLOB NOT NULL,
  PRIMARY KEY (campaign_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE screening_contacts (
  scope_kind TEXT NOT NULL,
  scope_ref  TEXT NOT NULL DEFAULT '',
  words      TEXT NOT NULL,
  PRIMARY KEY (scope_kind, scope_ref)
) STRICT, WITHOUT ROWID;
INSERT INTO "screening_contacts" VALUES('region','','Психолог');
CREATE TABLE screening_drafts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- a stale button must never meet another's row
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  touched_at  TEXT NOT NULL,
  at_item     INTEGER,                     -- set while an earlier answer is being changed
  code        TEXT, position_group TEXT, service TEXT,                        -- the private code, from the result's sending to the sealing
  UNIQUE (campaign_id, person_id)
) STRICT;
INSERT INTO "screening_drafts" VALUES(1,901,1,'2026-11-22T06:00:00Z',NULL,NULL,'teachers','3-9');
CREATE TABLE screening_entries (
  proof       BLOB PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  cells       TEXT NOT NULL,               -- JSON of the groups declared before opening
  answers     BLOB NOT NULL,               -- 84 bits, item 1 first
  wording     TEXT NOT NULL,               -- edition of the statements that were shown
  key_edition TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE screening_summaries (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE,
  summary     TEXT NOT NULL
) STRICT;
CREATE TABLE screening_wordings (
  version   INTEGER PRIMARY KEY,
  edition   TEXT NOT NULL,
  own_words INTEGER NOT NULL CHECK (own_words IN (0, 1)), -- 1: the project's, not the author's
  loaded_by INTEGER REFERENCES people ON DELETE SET NULL,
  loaded_at TEXT NOT NULL
) STRICT;
INSERT INTO "screening_wordings" VALUES(1,'свои-слова-1',1,1,'2026-11-22T06:00:00Z');
CREATE TABLE sealed_responses (
  campaign_id INTEGER NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  key         BLOB NOT NULL,               -- 16 random bytes
  cells       TEXT NOT NULL,               -- JSON of the groups declared before opening
  answers     TEXT NOT NULL,               -- JSON item → answer
  PRIMARY KEY (campaign_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE signups (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  choice        TEXT NOT NULL CHECK (choice IN ('coming', 'online', 'declined')),
  said_at       TEXT NOT NULL,
  UNIQUE (occurrence_id, person_id)
) STRICT;
CREATE TABLE submission_items (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id  INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  source         TEXT NOT NULL,            -- the message it came in: handled twice, kept once
  content        TEXT NOT NULL
                 CHECK (content IN ('text', 'link', 'document', 'photo', 'video', 'voice')),
  text           TEXT NOT NULL DEFAULT '', -- the text, the link, or the caption of a file
  link_key       TEXT,                     -- the link without what does not change its target
  file_id        TEXT,
  file_unique_id TEXT,
  name           TEXT NOT NULL DEFAULT '', -- cleaned; the ending is that of the content
  stored_name    TEXT,                     -- below DATA_DIR/files
  type           TEXT,                     -- by content: storage.file_types.FileType
  size           INTEGER,
  sha256         TEXT,
  UNIQUE (submission_id, source)
) STRICT;
INSERT INTO "submission_items" VALUES(1,1,'7','text','Черновик',NULL,NULL,NULL,'',NULL,NULL,NULL,NULL);
CREATE TABLE submissions (
  id           INTEGER PRIMARY KEY AUTOINCREMENT, -- the number on the receipt
  task_id      INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  person_id    INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  version      INTEGER NOT NULL,           -- 1, 2, 3 in the order of being begun
  attempt      INTEGER NOT NULL,           -- grows with each return; a replaced version shares it
  state        TEXT NOT NULL
               CHECK (state IN ('draft', 'waiting', 'returned', 'accepted', 'replaced')),
  created_at   TEXT NOT NULL,
  submitted_at TEXT,
  late_seconds INTEGER NOT NULL DEFAULT 0,
  claimed_by   INTEGER REFERENCES people ON DELETE SET NULL,
  claimed_at   TEXT, screen INTEGER,
  UNIQUE (task_id, person_id, version)
) STRICT;
INSERT INTO "submissions" VALUES(1,1,1,1,1,'draft','2026-11-22T06:00:00Z',NULL,0,NULL,NULL,195);
CREATE TABLE task_criteria (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id  INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title    TEXT NOT NULL,
  points   INTEGER NOT NULL CHECK (points > 0),
  UNIQUE (task_id, position)
) STRICT;
CREATE TABLE task_extensions (
  task_id    INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  due_at     TEXT NOT NULL,
  granted_by INTEGER REFERENCES people ON DELETE SET NULL,
  granted_at TEXT NOT NULL,
  PRIMARY KEY (task_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE task_files (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id   INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('document', 'photo', 'video')),
  file_id   TEXT NOT NULL,
  file_unique_id TEXT NOT NULL,
  name      TEXT NOT NULL DEFAULT '',
  UNIQUE (task_id, file_unique_id)
) STRICT;
CREATE TABLE task_questions (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id     INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  source      TEXT NOT NULL,
  text        TEXT NOT NULL,
  asked_at    TEXT NOT NULL,
  answer      TEXT,
  answered_by INTEGER REFERENCES people ON DELETE SET NULL,
  answered_at TEXT,
  UNIQUE (person_id, source)
) STRICT;
CREATE TABLE task_reviewers (
  task_id   INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (task_id, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "task_reviewers" VALUES(1,1);
CREATE TABLE tasks (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  scope_kind  TEXT NOT NULL,
  scope_ref   TEXT NOT NULL DEFAULT '',
  event_id    INTEGER REFERENCES events ON DELETE SET NULL,
  reach       TEXT NOT NULL CHECK (reach IN ('audience', 'group', 'event')),
  audience    TEXT NOT NULL DEFAULT '{}',  -- JSON of storage.audiences.Audience
  group_id    INTEGER REFERENCES trainee_groups, -- never deleted under a task: it would widen
  stage       INTEGER,                     -- its place in the group's programme
  after_previous INTEGER NOT NULL DEFAULT 0, -- opens to each when the stage before is accepted
  number      TEXT NOT NULL DEFAULT '',    -- «4.1», as the roadmap has it
  title       TEXT NOT NULL,
  body        TEXT NOT NULL DEFAULT '',    -- what to do
  kind        TEXT NOT NULL,
  level       TEXT,
  accepts     TEXT NOT NULL DEFAULT '[]',  -- JSON: kinds of content, [] is any
  file_types  TEXT NOT NULL DEFAULT '[]',  -- JSON: families of documents, [] is any
  max_items   INTEGER NOT NULL,
  max_bytes   INTEGER NOT NULL,            -- of one file
  opens_at    TEXT NOT NULL,
  due_at      TEXT,
  cutoff_at   TEXT,                        -- nothing is taken after this
  review_until TEXT,
  attempts    INTEGER,                     -- NULL: as many as it takes
  revision    INTEGER NOT NULL DEFAULT 0,  -- grows when a date moves: one corrected notice each
  told        INTEGER NOT NULL DEFAULT -1, -- the revision that people were told of; -1: of none
  created_by  INTEGER REFERENCES people ON DELETE SET NULL,
  created_at  TEXT NOT NULL,
  withdrawn_at TEXT,
  request_key TEXT UNIQUE                  -- a confirmation handled twice makes one task
, for_event_id INTEGER REFERENCES events ON DELETE SET NULL) STRICT;
INSERT INTO "tasks" VALUES(1,'region','',NULL,'audience','{}',NULL,NULL,0,'','Разработка','','case',NULL,'[]','[]',20,20000000,'2026-11-22T06:00:00Z',NULL,NULL,NULL,NULL,0,-1,NULL,'2026-11-22T06:00:00Z',NULL,NULL,NULL);
CREATE TABLE trainee_group_heads (
  group_id  INTEGER NOT NULL REFERENCES trainee_groups ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  since     TEXT NOT NULL,
  PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "trainee_group_heads" VALUES(1,1,'2026-11-22T06:00:00Z');
CREATE TABLE trainee_group_members (
  group_id  INTEGER NOT NULL REFERENCES trainee_groups ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  joined_at TEXT NOT NULL,                 -- later than a task's opening: a late joiner, fair dates
  left_at   TEXT,
  PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE trainee_groups (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  title       TEXT NOT NULL,
  scope_kind  TEXT NOT NULL,
  scope_ref   TEXT NOT NULL DEFAULT '',
  created_by  INTEGER REFERENCES people ON DELETE SET NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (title, scope_kind, scope_ref)
) STRICT;
INSERT INTO "trainee_groups" VALUES(1,'Первый год','region','',NULL,'2026-11-22T06:00:00Z');
CREATE TABLE troubles (
  key       TEXT PRIMARY KEY,              -- 'disk', 'poll', 'backup', 'error:3fa2c1'
  since     TEXT NOT NULL,
  last_at   TEXT NOT NULL,
  times     INTEGER NOT NULL DEFAULT 1,
  detail    TEXT NOT NULL DEFAULT '{}',    -- JSON of sizes, codes and places in the code
  over_at   TEXT,
  told      INTEGER,                       -- number of the notice that told of it
  told_over INTEGER                        -- … and of its end
) STRICT, WITHOUT ROWID;
INSERT INTO "troubles" VALUES('disk','2026-11-22T06:00:00Z','2026-11-22T06:00:00Z',1,'{"free": 1}',NULL,1,NULL);
CREATE INDEX inbox_new ON inbox (update_id) WHERE state = 'new';
CREATE INDEX people_municipality ON people (municipality);
CREATE INDEX people_organisation ON people (organisation_id);
CREATE INDEX people_community ON people (community);
CREATE INDEX responses_person ON responses (person_id);
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_person ON outbox (person_id);
CREATE INDEX events_roadmap ON events (roadmap_id);
CREATE INDEX occurrences_campaign ON occurrences (campaign_id);
CREATE INDEX occurrences_event ON occurrences (event_id);
CREATE INDEX occurrences_start ON occurrences (starts_at);
CREATE INDEX signups_person ON signups (person_id);
CREATE INDEX attendances_person ON attendances (person_id);
CREATE INDEX audit_about ON audit (about);
CREATE TRIGGER audit_is_appended_to BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
CREATE INDEX notices_state ON notices (state, starts_at);
CREATE INDEX outbox_notice ON outbox (notice_id, kind, state, reason) WHERE notice_id IS NOT NULL;
CREATE INDEX outbox_due ON outbox (lane, due_at, id) WHERE state = 'waiting' AND held = 0;
CREATE INDEX outbox_merged ON outbox (person_id) WHERE state = 'dropped' AND reason = 'merged';
CREATE INDEX trainee_group_members_person ON trainee_group_members (person_id);
CREATE UNIQUE INDEX tasks_event ON tasks (event_id) WHERE event_id IS NOT NULL;
CREATE UNIQUE INDEX tasks_stage ON tasks (group_id, stage) WHERE stage IS NOT NULL;
CREATE UNIQUE INDEX submissions_draft ON submissions (task_id, person_id) WHERE state = 'draft';
CREATE UNIQUE INDEX submissions_waiting ON submissions (task_id, person_id)
  WHERE state = 'waiting';
CREATE INDEX submissions_queue ON submissions (submitted_at) WHERE state = 'waiting';
CREATE INDEX submissions_person ON submissions (person_id);
CREATE INDEX submission_items_hash ON submission_items (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX submission_items_link ON submission_items (link_key) WHERE link_key IS NOT NULL;
CREATE INDEX submission_items_stored ON submission_items (stored_name)
  WHERE stored_name IS NOT NULL;
CREATE TRIGGER submission_items_gone AFTER DELETE ON submission_items
WHEN OLD.stored_name IS NOT NULL
BEGIN
  INSERT INTO lost_files VALUES (OLD.stored_name) ON CONFLICT DO NOTHING;
END;
CREATE INDEX screening_drafts_person ON screening_drafts (person_id);
CREATE INDEX register_municipality ON register (municipality);
CREATE INDEX register_person ON register (person_id);
CREATE INDEX register_doubts_person ON register_doubts (person_id);
CREATE INDEX task_reviewers_person ON task_reviewers (person_id);
CREATE INDEX trainee_group_heads_person ON trainee_group_heads (person_id);
CREATE INDEX answer_files_response ON answer_files (response_id);
CREATE TRIGGER answer_files_gone AFTER DELETE ON answer_files
BEGIN
  INSERT INTO lost_files VALUES (OLD.stored_name) ON CONFLICT DO NOTHING;
END;
CREATE INDEX invitees_person ON invitees (person_id, invited_at);
CREATE INDEX own_times_name ON own_times (name);
CREATE INDEX people_zone ON people (zone, id, zone_since) WHERE zone IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('organisations',1);
INSERT INTO "sqlite_sequence" VALUES('people',1);
INSERT INTO "sqlite_sequence" VALUES('notices',1);
INSERT INTO "sqlite_sequence" VALUES('forms',1);
INSERT INTO "sqlite_sequence" VALUES('form_drafts',1);
INSERT INTO "sqlite_sequence" VALUES('trainee_groups',1);
INSERT INTO "sqlite_sequence" VALUES('tasks',1);
INSERT INTO "sqlite_sequence" VALUES('submissions',1);
INSERT INTO "sqlite_sequence" VALUES('submission_items',1);
INSERT INTO "sqlite_sequence" VALUES('register',1);
INSERT INTO "sqlite_sequence" VALUES('screening_drafts',1);
INSERT INTO "sqlite_sequence" VALUES('responses',900);
INSERT INTO "sqlite_sequence" VALUES('networks',1);
COMMIT;
