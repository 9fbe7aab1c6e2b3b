-- A file that somebody gave as an answer; the answer itself names `stored_name`. Named modes only.
CREATE TABLE answer_files (
  stored_name TEXT PRIMARY KEY,            -- below DATA_DIR/files
  response_id INTEGER NOT NULL REFERENCES responses ON DELETE CASCADE,
  item        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('document', 'photo', 'video', 'voice')),
  file_id     TEXT NOT NULL,               -- Telegram's: shown again without an upload
  album       TEXT                         -- of an album the first file is the answer
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_files_response ON answer_files (response_id);

CREATE TRIGGER answer_files_gone AFTER DELETE ON answer_files
BEGIN
  INSERT INTO lost_files VALUES (OLD.stored_name) ON CONFLICT DO NOTHING;
END;

-- Which questionnaire is asked after this meeting; NULL is the bot's own.
ALTER TABLE occurrences ADD COLUMN survey_form TEXT;
