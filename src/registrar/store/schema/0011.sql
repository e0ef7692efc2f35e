-- Papers that a form wants, photographed with the student's own phone, and ticked off at a window.  Neither a link's
-- token nor what the phone brings with it stands here, only hashes; photographs are sealed under the pages' key.
CREATE TABLE photo_set (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL,
    token_hash   BLOB NOT NULL CHECK (length(token_hash) = 32),
    student      INTEGER NOT NULL,
    service      TEXT NOT NULL,
    field        TEXT NOT NULL,                              -- the question that wants the paper
    kiosk        TEXT NOT NULL,
    session      BLOB NOT NULL CHECK (length(session) = 32), -- hash of the bearer that it was made under
    state        TEXT NOT NULL CHECK (state IN ('offered', 'opened', 'given', 'ended', 'expired')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    device_hash  BLOB CHECK (length(device_hash) = 32),      -- of the cookie of the phone that sent the first one
    tries        INTEGER NOT NULL DEFAULT 0,                 -- files that were sent, whatever came of them
    most         INTEGER NOT NULL CHECK (most BETWEEN 1 AND 8),
    request      TEXT,                                       -- that was handed in with it
    made_at_s    INTEGER NOT NULL,
    ends_at_s    INTEGER NOT NULL,                           -- of sending
    changed_at_s INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, token_hash),
    FOREIGN KEY (institution, student) REFERENCES student,
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk,
    FOREIGN KEY (institution, request) REFERENCES request
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_set_of_student ON photo_set (institution, student, service);
CREATE INDEX photo_set_of_request ON photo_set (institution, request) WHERE request IS NOT NULL;
CREATE INDEX photo_set_live ON photo_set (institution, ends_at_s) WHERE state IN ('offered', 'opened');
CREATE INDEX photo_set_keep ON photo_set (institution, keep_until_s);

CREATE TABLE photo_page (
    institution TEXT NOT NULL,
    photo_set   TEXT NOT NULL,
    n           INTEGER NOT NULL CHECK (n BETWEEN 1 AND 8),
    body        BLOB NOT NULL, -- JPEG, as it was written anew, sealed for this set and page
    at_s        INTEGER NOT NULL,
    PRIMARY KEY (institution, photo_set, n),
    FOREIGN KEY (institution, photo_set) REFERENCES photo_set ON DELETE CASCADE
) STRICT;

-- Which papers of a request staff have seen.
CREATE TABLE paper_seen (
    institution TEXT NOT NULL,
    request     TEXT NOT NULL,
    field       TEXT NOT NULL,
    clerk       TEXT NOT NULL, -- "token:NAME"
    at_s        INTEGER NOT NULL,
    PRIMARY KEY (institution, request, field),
    FOREIGN KEY (institution, request) REFERENCES request
) STRICT, WITHOUT ROWID;
