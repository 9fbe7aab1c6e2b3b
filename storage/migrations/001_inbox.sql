-- What Telegram sent, kept until it is handled.
CREATE TABLE inbox (
  update_id   INTEGER PRIMARY KEY,
  chat        INTEGER NOT NULL,            -- updates of one chat are handled in order
  received_at TEXT NOT NULL,
  payload     BLOB,                        -- the raw JSON; wiped once handled
  state       TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'aside')),
  reason      TEXT                         -- why it was set aside: an error's kind, no content
) STRICT;
CREATE INDEX inbox_new ON inbox (update_id) WHERE state = 'new';

-- Small facts the bot must remember about itself (last backup, last weekly run).
CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
