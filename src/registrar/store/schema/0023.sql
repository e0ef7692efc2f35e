-- Cards that students sign in with, each with its PIN.  What a reader reads of a card stands nowhere: only its keyed hash.

CREATE TABLE card (
    institution  TEXT NOT NULL,
    card_hash    BLOB NOT NULL,    -- HMAC(pepper, kind and what the reader reads)
    kind         TEXT NOT NULL CHECK (kind IN ('chip', 'code')),
    student      INTEGER NOT NULL,
    pin          TEXT NOT NULL,    -- argon2id over HMAC(pepper, PIN); '' when blocked
    state        TEXT NOT NULL CHECK (state IN ('active', 'blocked')),
    reason       TEXT NOT NULL DEFAULT '' CHECK (reason IN ('', 'kiosk', 'phone', 'staff', 'tries', 'replaced')),
    tries        INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0), -- reserved since the last right PIN
    changed_at_s INTEGER NOT NULL,
    used_at_s    INTEGER NOT NULL DEFAULT 0,
    keep_until_s INTEGER,          -- of a blocked one
    PRIMARY KEY (institution, card_hash),
    FOREIGN KEY (institution, student) REFERENCES student,
    CHECK ((state = 'blocked') = (pin = ''))
) STRICT, WITHOUT ROWID;
CREATE INDEX card_of_student ON card (institution, student, state, changed_at_s);
CREATE INDEX card_keep ON card (institution, keep_until_s) WHERE keep_until_s IS NOT NULL;
