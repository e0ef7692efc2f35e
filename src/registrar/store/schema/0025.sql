-- What the university's own lists say of somebody whom the register does not know yet: it waits for them by their number.

CREATE TABLE awaited_record (
    institution  TEXT NOT NULL REFERENCES institution,
    number       TEXT NOT NULL,
    part         TEXT NOT NULL,
    body         TEXT NOT NULL, -- JSON, as in record
    source       TEXT NOT NULL,
    as_of_s      INTEGER NOT NULL,
    keep_until_s INTEGER NOT NULL,
    PRIMARY KEY (institution, number, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_record_keep ON awaited_record (institution, keep_until_s);
