-- People of the office.  Neither a password nor a session's bearer stands here, only what they are known again by.
CREATE TABLE staff (
    institution    TEXT NOT NULL REFERENCES institution,
    name           TEXT NOT NULL, -- "m.aliyeva", as it is typed
    full_name      TEXT NOT NULL, -- '': they were removed
    roles          TEXT NOT NULL, -- "front-office,archive"
    scope          TEXT NOT NULL DEFAULT '', -- "faculty:401 window:2"; '': everywhere
    state          TEXT NOT NULL CHECK (state IN ('new', 'active', 'locked', 'removed')),
    hash           TEXT NOT NULL, -- argon2id; '': removed
    secret         BLOB NOT NULL, -- of TOTP, sealed under the records' key for this name
    last_step      INTEGER NOT NULL DEFAULT 0, -- of TOTP: no code of it or of an earlier one counts again
    epoch          INTEGER NOT NULL DEFAULT 1,
    made_at_s      INTEGER NOT NULL,
    changed_at_s   INTEGER NOT NULL,
    signed_in_at_s INTEGER,
    PRIMARY KEY (institution, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_session (
    institution   TEXT NOT NULL,
    bearer_hash   BLOB NOT NULL CHECK (length(bearer_hash) = 32),
    id            TEXT NOT NULL, -- by which it is named in a list
    staff         TEXT NOT NULL,
    device        TEXT NOT NULL, -- "Chromium, Windows"; '': not known
    source        TEXT NOT NULL,
    began_at_s    INTEGER NOT NULL,
    used_at_s     INTEGER NOT NULL,
    fresh_until_s INTEGER NOT NULL, -- until then a code of this session is fresh
    ends_at_s     INTEGER NOT NULL, -- whatever is done in it
    PRIMARY KEY (institution, bearer_hash),
    UNIQUE (institution, id),
    FOREIGN KEY (institution, staff) REFERENCES staff
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_session_of ON staff_session (institution, staff);
CREATE INDEX staff_session_end ON staff_session (institution, ends_at_s);
