-- What staff returned, being answered anew: what the student has filled in so far, to be gone on with at any kiosk.  It
-- goes in the transaction in which the request is returned no longer.
CREATE TABLE answer_draft (
    institution  TEXT NOT NULL,
    request      TEXT NOT NULL,
    language     TEXT NOT NULL,
    question     TEXT NOT NULL, -- the field where the student stood; '': none is left
    answers      BLOB NOT NULL, -- canonical JSON, sealed under the records' key for this request
    saved_at_s   INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, request),
    FOREIGN KEY (institution, request) REFERENCES request
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_draft_keep ON answer_draft (institution, keep_until_s);
