-- The message of the chat that shows a draft: when another shows it, this one loses its buttons.
ALTER TABLE submissions ADD COLUMN screen INTEGER;
