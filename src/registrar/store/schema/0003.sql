-- Forms in progress: what a student has answered so far, to be gone on with at any kiosk.  One for each service.  It is
-- the request before it is one: it has no key, no number and counts for no limit, and it goes in the transaction that
-- makes the request.

CREATE TABLE draft (
    institution  TEXT NOT NULL,
    student      INTEGER NOT NULL,
    service      TEXT NOT NULL,
    language     TEXT NOT NULL,
    question     TEXT NOT NULL, -- the field where the student stood; '': none is left
    answers      BLOB NOT NULL, -- canonical JSON, sealed under the records' key for this student and service
    saved_at_s   INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, student, service),
    FOREIGN KEY (institution, student) REFERENCES student
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_keep ON draft (institution, keep_until_s);
