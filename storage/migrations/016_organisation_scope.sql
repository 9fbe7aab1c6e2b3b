-- The coordinator of one organisation: SQLite widens a CHECK only by a new table.
CREATE TABLE grants_wider (
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
INSERT INTO grants_wider SELECT * FROM grants;
DROP TABLE grants;
ALTER TABLE grants_wider RENAME TO grants;
