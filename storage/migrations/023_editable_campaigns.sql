-- Whether sent answers may be changed until the closing, where the opener decided; NULL: as the
-- questionnaire says.
ALTER TABLE campaigns ADD COLUMN editable INTEGER;
