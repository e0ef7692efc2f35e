-- Until when a paper is good: the end of its last day; NULL: no end.
ALTER TABLE document ADD COLUMN expires_at_s INTEGER CHECK (expires_at_s > 0);
