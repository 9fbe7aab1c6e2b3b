-- What is or was wrong with the running bot, for its administrators. Nothing here concerns a person.
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
