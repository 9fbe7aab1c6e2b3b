-- A network lasts one to three years: its first and its last day, where somebody said them.
ALTER TABLE networks ADD COLUMN since TEXT;
ALTER TABLE networks ADD COLUMN until TEXT;
