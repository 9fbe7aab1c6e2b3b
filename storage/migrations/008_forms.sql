-- A coordinator's own questionnaire; its versions stand in `questionnaires` under '<name>-<id>'.
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

-- A workbook that was sent and read without a fault, until it is published or dropped.
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

-- Somebody tries a questionnaire out: an ordinary campaign for one person that nobody else meets.
ALTER TABLE campaigns ADD COLUMN trial INTEGER NOT NULL DEFAULT 0;
