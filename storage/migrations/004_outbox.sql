-- Everything the bot starts itself.
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
) STRICT;
CREATE INDEX outbox_due ON outbox (lane, due_at) WHERE state = 'waiting';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_person ON outbox (person_id);
