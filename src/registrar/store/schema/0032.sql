-- Codes that terminals are enrolled with (wire/enrol.h): at most one for each kiosk.  The code stands nowhere: only the
-- key that both ends make of it, sealed.

CREATE TABLE enrol_code (
    institution TEXT NOT NULL,
    kiosk       TEXT NOT NULL,
    sealed_key  BLOB NOT NULL,
    tries_left  INTEGER NOT NULL CHECK (tries_left >= 0),
    used_by     BLOB CHECK (length(used_by) = 32), -- SHA-256 of the request that it granted, which may be asked again
    made_at_s   INTEGER NOT NULL,
    ends_at_s   INTEGER NOT NULL,
    PRIMARY KEY (institution, kiosk),
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk
) STRICT, WITHOUT ROWID;
CREATE INDEX enrol_code_end ON enrol_code (institution, ends_at_s);
