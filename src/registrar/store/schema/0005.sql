-- Campaigns: from when to when something is open, and for whom.  Nothing of a person.
CREATE TABLE campaign (
    institution    TEXT NOT NULL REFERENCES institution,
    id             TEXT NOT NULL,
    kind           TEXT NOT NULL, -- office/campaigns.c has the list
    opens_day      TEXT NOT NULL, -- ISO days: it may be asked for from here on
    from_day       TEXT NOT NULL,
    to_day         TEXT NOT NULL CHECK (opens_day <= from_day AND from_day <= to_day),
    education_form TEXT,          -- HEMIS's codes; NULL: of any
    education_type TEXT,
    year           INTEGER,
    faculty        TEXT,
    version        TEXT NOT NULL, -- 16 hex digits of the hash of what it says: the ETag
    author         TEXT NOT NULL, -- "token:NAME", "command-line"
    changed_at_s   INTEGER NOT NULL,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_to ON campaign (institution, to_day);
