-- Applications as the console lists them: where each stands, since when it is due, who is at it, of which faculty its
-- student is.  Read off request, stage, invoice and record by whoever looks next (store/inbox.h): a request is placed
-- as it was in placed_state and placed_epoch, and what changes it need not know of lists.
ALTER TABLE request ADD COLUMN list TEXT DEFAULT NULL;    -- 'review', 'payment', 'returned', 'approved', 'over'
ALTER TABLE request ADD COLUMN unit TEXT DEFAULT NULL;    -- where it stands; NULL: nowhere
ALTER TABLE request ADD COLUMN clerk TEXT DEFAULT NULL;   -- who is at it
ALTER TABLE request ADD COLUMN faculty TEXT DEFAULT NULL; -- the code of its student's; NULL: not known
ALTER TABLE request ADD COLUMN due_s INTEGER DEFAULT NULL;
ALTER TABLE request ADD COLUMN placed_state TEXT DEFAULT NULL;
ALTER TABLE request ADD COLUMN placed_epoch INTEGER DEFAULT NULL;
CREATE INDEX request_unplaced ON request (institution, id)
    WHERE number IS NOT NULL AND (placed_epoch IS NULL OR placed_epoch <> epoch OR placed_state <> state);
-- Whole lists, their filters and their counts are answered from this index alone.
CREATE INDEX request_listed ON request (institution, list, due_s, id, unit, faculty, service, clerk)
    WHERE list IS NOT NULL;

-- Words that clerks say to students again and again.
CREATE TABLE answer_template (
    institution  TEXT NOT NULL REFERENCES institution,
    id           TEXT NOT NULL,
    service      TEXT NOT NULL, -- '': of all
    words        TEXT NOT NULL, -- JSON: by languages' tags
    author       TEXT NOT NULL, -- "staff:NAME"
    epoch        INTEGER NOT NULL DEFAULT 1,
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_template_of ON answer_template (institution, service, id);
