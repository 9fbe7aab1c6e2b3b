-- Trainees of a стажировочная площадка who go through a programme together.
CREATE TABLE trainee_groups (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  title       TEXT NOT NULL,
  scope_kind  TEXT NOT NULL,
  scope_ref   TEXT NOT NULL DEFAULT '',
  created_by  INTEGER REFERENCES people ON DELETE SET NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (title, scope_kind, scope_ref)
) STRICT;
CREATE TABLE trainee_group_members (
  group_id  INTEGER NOT NULL REFERENCES trainee_groups ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  joined_at TEXT NOT NULL,                 -- later than a task's opening: a late joiner, fair dates
  left_at   TEXT,
  PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trainee_group_members_person ON trainee_group_members (person_id);

-- A case task: from section 4 of a roadmap (event_id), or made by hand.
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
) STRICT;
CREATE UNIQUE INDEX tasks_event ON tasks (event_id) WHERE event_id IS NOT NULL;
CREATE UNIQUE INDEX tasks_stage ON tasks (group_id, stage) WHERE stage IS NOT NULL;

CREATE TABLE task_criteria (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id  INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title    TEXT NOT NULL,
  points   INTEGER NOT NULL CHECK (points > 0),
  UNIQUE (task_id, position)
) STRICT;
CREATE TABLE task_files (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id   INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('document', 'photo', 'video')),
  file_id   TEXT NOT NULL,
  file_unique_id TEXT NOT NULL,
  name      TEXT NOT NULL DEFAULT '',
  UNIQUE (task_id, file_unique_id)
) STRICT;
CREATE TABLE task_extensions (
  task_id    INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  due_at     TEXT NOT NULL,
  granted_by INTEGER REFERENCES people ON DELETE SET NULL,
  granted_at TEXT NOT NULL,
  PRIMARY KEY (task_id, person_id)
) STRICT, WITHOUT ROWID;

-- Every version somebody handed in, and the draft they are collecting.
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
  claimed_at   TEXT,
  UNIQUE (task_id, person_id, version)
) STRICT;
CREATE UNIQUE INDEX submissions_draft ON submissions (task_id, person_id) WHERE state = 'draft';
CREATE UNIQUE INDEX submissions_waiting ON submissions (task_id, person_id)
  WHERE state = 'waiting';
CREATE INDEX submissions_queue ON submissions (submitted_at) WHERE state = 'waiting';
CREATE INDEX submissions_person ON submissions (person_id);

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
CREATE INDEX submission_items_hash ON submission_items (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX submission_items_link ON submission_items (link_key) WHERE link_key IS NOT NULL;
CREATE INDEX submission_items_stored ON submission_items (stored_name)
  WHERE stored_name IS NOT NULL;

-- One review per version; while `verdict` is NULL it is being filled in.
CREATE TABLE reviews (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id INTEGER NOT NULL UNIQUE REFERENCES submissions ON DELETE CASCADE,
  reviewer_id   INTEGER REFERENCES people ON DELETE SET NULL,
  verdict       TEXT CHECK (verdict IN ('accepted', 'returned')),
  comment       TEXT NOT NULL DEFAULT '',
  voice_file_id TEXT,
  decided_at    TEXT
) STRICT;
CREATE TABLE review_points (
  review_id    INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
  criterion_id INTEGER NOT NULL REFERENCES task_criteria ON DELETE CASCADE,
  points       INTEGER NOT NULL CHECK (points >= 0),
  PRIMARY KEY (review_id, criterion_id)
) STRICT, WITHOUT ROWID;

-- A trainee asks whoever reviews; the answer goes back with the task.
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

-- Files whose rows are gone, by whatever way (taken out, discarded, erased with the person): they
-- are deleted from the disk after the transaction that removed the row.
CREATE TABLE lost_files (
  stored_name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TRIGGER submission_items_gone AFTER DELETE ON submission_items
WHEN OLD.stored_name IS NOT NULL
BEGIN
  INSERT INTO lost_files VALUES (OLD.stored_name) ON CONFLICT DO NOTHING;
END;
