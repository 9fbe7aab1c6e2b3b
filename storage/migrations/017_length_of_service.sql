-- What the person says of themselves for the groups of a screening; NULL is not asked yet, '' is
-- «would not say». It goes with the draft and is nowhere else.
ALTER TABLE screening_drafts ADD COLUMN position_group TEXT;
ALTER TABLE screening_drafts ADD COLUMN service TEXT;

-- Groups are counted once, at the closing: what an entry says of its person serves nobody after
-- that, and together with the register of people it could tell whose the entry is.
UPDATE screening_entries SET cells = '{}';
