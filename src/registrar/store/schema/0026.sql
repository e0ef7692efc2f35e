-- Signing in with one's own phone: OAuth 2.0's device authorization grant (RFC 8628).  Neither code is here: only hashes.

CREATE TABLE sign_in_grant (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL,
    device_hash  BLOB NOT NULL CHECK (length(device_hash) = 32), -- SHA-256 of the device code, 256 random bits
    user_hash    BLOB NOT NULL CHECK (length(user_hash) = 32),   -- of the user code, under a key: 34 bits are soon tried
    box_key      BLOB NOT NULL CHECK (length(box_key) = 32),     -- for it HEMIS's token is sealed: the device code opens it
    kiosk        TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('offered', 'opened', 'digits', 'matched', 'used', 'denied', 'expired')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    phone_hash   BLOB CHECK (length(phone_hash) = 32),           -- of the cookie of the phone that opened it
    tries_left   INTEGER NOT NULL CHECK (tries_left >= 0),       -- passwords
    student      INTEGER,                                        -- whose number and password were right; while it lives
    weak         INTEGER NOT NULL DEFAULT 0 CHECK (weak IN (0, 1)),
    away         INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1)), -- HEMIS did not answer
    sealed_token BLOB,                                           -- HEMIS's; while it lives
    digits       TEXT CHECK (length(digits) = 2),                -- that the phone shows; while it shows them
    interval_s   INTEGER NOT NULL,                               -- between two askings of the device
    asked_at_ms  INTEGER,                                        -- by the device, last
    made_at_s    INTEGER NOT NULL,
    ends_at_s    INTEGER NOT NULL,                               -- of its state now
    changed_at_s INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, device_hash),
    UNIQUE (institution, user_hash),
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk,
    FOREIGN KEY (institution, student) REFERENCES student,
    CHECK (state NOT IN ('opened', 'digits', 'matched', 'used') OR phone_hash IS NOT NULL),
    CHECK (state NOT IN ('digits', 'matched') OR student IS NOT NULL)
) STRICT, WITHOUT ROWID;
-- A kiosk has one that is under way.
CREATE UNIQUE INDEX sign_in_grant_of_kiosk ON sign_in_grant (institution, kiosk)
    WHERE state IN ('offered', 'opened', 'digits', 'matched');
CREATE INDEX sign_in_grant_live ON sign_in_grant (institution, ends_at_s)
    WHERE state IN ('offered', 'opened', 'digits', 'matched');
CREATE INDEX sign_in_grant_student ON sign_in_grant (institution, student) WHERE student IS NOT NULL;
CREATE INDEX sign_in_grant_keep ON sign_in_grant (institution, keep_until_s);
