-- What staff did: who, what, on whom, before and after; never a name and never an answer. Rows are
-- only ever added, and each carries the hash of the one before it (storage/audit.py).
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
CREATE INDEX audit_about ON audit (about);
CREATE TRIGGER audit_is_appended_to BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
