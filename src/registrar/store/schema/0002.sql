-- Restoring and status lists.

-- A list is renewed when there were changes that the published one does not know, after numbers were given, and by time.
ALTER TABLE status_list ADD COLUMN changes INTEGER NOT NULL DEFAULT 1; -- of the validity of its copies
ALTER TABLE status_list ADD COLUMN told INTEGER NOT NULL DEFAULT 0;    -- how many of them the published list knows
ALTER TABLE status_list ADD COLUMN numbers INTEGER NOT NULL DEFAULT 0; -- given in all registers when it was published
ALTER TABLE status_list ADD COLUMN kept BLOB; -- two bits a place: what a published list said of copies that were lost
CREATE INDEX copy_marked ON copy (institution, status_list) WHERE validity <> 'valid';

-- Numbers that are on no paper of this register: a restore went past them, because a lost one may have given them.
CREATE TABLE skipped (
    institution TEXT NOT NULL,
    register    TEXT NOT NULL,
    year        INTEGER NOT NULL,
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    era         INTEGER NOT NULL, -- that began with it
    PRIMARY KEY (institution, register, year, first),
    FOREIGN KEY (institution, era) REFERENCES era,
    CHECK (first <= last)
) STRICT, WITHOUT ROWID;

-- What somebody should look at, until he has.
CREATE TABLE alert (
    institution TEXT NOT NULL REFERENCES institution,
    id          INTEGER NOT NULL,
    at_s        INTEGER NOT NULL,
    what        TEXT NOT NULL, -- "document.void"
    object      TEXT NOT NULL, -- "document:UUID"
    words       TEXT NOT NULL, -- English, for an administrator; nothing personal
    seen_at_s   INTEGER,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_unseen ON alert (institution, at_s) WHERE seen_at_s IS NULL;
