PRAGMA application_id=1146503729;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
INSERT INTO "facts" VALUES('last-night','2026-11-01');
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
CREATE INDEX inbox_new ON inbox (update_id) WHERE state = 'new';
COMMIT;
