-- A notice: written once by one of the staff, sent to an audience, row by row of the outbox.
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
) STRICT;
CREATE INDEX notices_state ON notices (state, starts_at);

ALTER TABLE outbox ADD COLUMN notice_id INTEGER REFERENCES notices ON DELETE CASCADE;
-- A held row waits and is not due: its notice is paused.
ALTER TABLE outbox ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
-- Of an album: the ids of every message, as JSON; message_id is the first.
ALTER TABLE outbox ADD COLUMN message_ids TEXT;
CREATE INDEX outbox_notice ON outbox (notice_id, kind, state, reason) WHERE notice_id IS NOT NULL;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (lane, due_at, id) WHERE state = 'waiting' AND held = 0;
-- What was over somebody's week and waits for their summary.
CREATE INDEX outbox_merged ON outbox (person_id) WHERE state = 'dropped' AND reason = 'merged';
