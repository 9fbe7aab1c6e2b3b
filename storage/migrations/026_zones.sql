-- In which zone somebody sees times, and since when; NULL: in the bot's own.
ALTER TABLE people ADD COLUMN zone TEXT;
ALTER TABLE people ADD COLUMN zone_since TEXT;
-- Few choose one: whom the planner sees to apart, and which zones there are, from an index alone.
CREATE INDEX people_zone ON people (zone, id, zone_since) WHERE zone IS NOT NULL;
