-- Passwords that HEMIS is asked about and may refuse: HEMIS counts refusals of the whole university's address, so they are
-- counted here before it is asked.  One that was right has no row any more.

CREATE TABLE hemis_try (
    institution  TEXT NOT NULL REFERENCES institution,
    id           TEXT NOT NULL,
    kiosk        TEXT NOT NULL,    -- hashed, as in limit_count
    account      TEXT NOT NULL,    -- hashed
    known        INTEGER NOT NULL CHECK (known IN (0, 1)), -- it is the password that HEMIS accepted last
    outcome      TEXT NOT NULL CHECK (outcome IN ('asked', 'refused', 'lost')),
    at_s         INTEGER NOT NULL, -- asked, then answered
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hemis_try_keep ON hemis_try (institution, keep_until_s);
