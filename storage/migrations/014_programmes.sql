-- The event whose people a task is asked of; `event_id` is the row of a roadmap that it came from,
-- and of that there is one task only.
ALTER TABLE tasks ADD COLUMN for_event_id INTEGER REFERENCES events ON DELETE SET NULL;
UPDATE tasks SET for_event_id = event_id WHERE reach = 'event';

-- The experts who review a task. None of them: every expert of the territory does.
CREATE TABLE task_reviewers (
  task_id   INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (task_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_reviewers_person ON task_reviewers (person_id);

-- Педагоги-мастера who lead a group of trainees: they read its journal.
CREATE TABLE trainee_group_heads (
  group_id  INTEGER NOT NULL REFERENCES trainee_groups ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  since     TEXT NOT NULL,
  PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trainee_group_heads_person ON trainee_group_heads (person_id);
