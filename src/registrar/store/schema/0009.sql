-- Pages of information that were put over the interface: each stands before the folders' page of the same id.  Beside
-- `offer`, so that a registrar of the release before, which knows no pages, reads only what it knows.
CREATE TABLE offer_page (
    institution  TEXT NOT NULL REFERENCES institution,
    id           TEXT NOT NULL,
    version      TEXT NOT NULL, -- 16 hex digits of the hash of body: the ETag
    body         TEXT NOT NULL,
    author       TEXT NOT NULL, -- "token:NAME"
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;
