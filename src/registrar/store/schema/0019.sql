-- What staff edit at the console: working time, and how everything that they edit was before.

-- Opening hours, holidays and days that were moved, in the place of those of institution.json.  One row an institution.
CREATE TABLE working_time (
    institution  TEXT NOT NULL PRIMARY KEY REFERENCES institution,
    version      TEXT NOT NULL, -- of body
    body         TEXT NOT NULL, -- JSON: office/calendar.h
    author       TEXT NOT NULL, -- "staff:NAME"
    changed_at_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every version that a service, a page, a campaign, a notice or the working time had since the console could edit it,
-- by kind and id: n grows from 1.  The newest fifty of each.
CREATE TABLE content_revision (
    institution  TEXT NOT NULL REFERENCES institution,
    kind         TEXT NOT NULL CHECK (kind IN ('service', 'template', 'information', 'campaign', 'notice', 'calendar')),
    id           TEXT NOT NULL,
    n            INTEGER NOT NULL,
    version      TEXT NOT NULL,
    body         TEXT,          -- JSON; NULL: it was taken away
    author       TEXT NOT NULL, -- "staff:NAME", "token:NAME"; '': it came with the program
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, kind, id, n)
) STRICT, WITHOUT ROWID;

-- A notice that is edited: an epoch for who edits it at the same time, and who did it.
ALTER TABLE notice ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE notice ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN changed_at_s INTEGER NOT NULL DEFAULT 0; -- 0: it is as it was added
