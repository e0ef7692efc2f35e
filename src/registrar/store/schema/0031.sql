-- Papers that HEMIS makes: printed as they are, with HEMIS's own number and QR code, without number, code, seal or status
-- index of ours (MODEL.md section 8).  SQLite changes no column that is there: the table is made anew, and keys that
-- refer to it are looked at when all is done.

ALTER TABLE document ADD COLUMN foreign_number TEXT; -- HEMIS's, as it prints it
-- Until then somebody asks HEMIS for a paper of this session, and nobody else does: HEMIS makes one each time.
ALTER TABLE session ADD COLUMN foreign_until_s INTEGER NOT NULL DEFAULT 0;

PRAGMA defer_foreign_keys = ON;
CREATE TABLE copy_before AS SELECT * FROM copy;
DROP TABLE copy;
CREATE TABLE copy (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL,
    document     TEXT NOT NULL,
    n            INTEGER NOT NULL CHECK (n >= 1),
    kind         TEXT NOT NULL CHECK (kind IN ('paper', 'phone')),
    code         TEXT CHECK (length(code) = 12),
    place        TEXT NOT NULL, -- where it was asked for, as the page says
    kid          INTEGER,
    status_list  INTEGER,
    status_index INTEGER CHECK (status_index BETWEEN 0 AND 131071),
    making       TEXT NOT NULL CHECK (making IN ('preparing', 'ready', 'failed')),
    validity     TEXT NOT NULL CHECK (validity IN ('valid', 'suspended', 'revoked', 'replaced', 'expired')),
    delivery     TEXT NOT NULL CHECK (delivery IN ('waiting', 'printing', 'printed', 'partly', 'unknown', 'cancelled',
                                                   'collected', 'superseded', 'offered', 'downloaded', 'expired')),
    replaces     TEXT,
    epoch        INTEGER NOT NULL DEFAULT 1,
    attempts     INTEGER NOT NULL DEFAULT 1, -- to make it; after three it has failed
    lease_s      INTEGER NOT NULL,           -- until when who makes it is waited for
    asked_at_s   INTEGER NOT NULL,
    changed_at_s INTEGER NOT NULL,
    pages        INTEGER CHECK (pages >= 1),
    seal         BLOB,
    text_hash    BLOB CHECK (length(text_hash) = 16),
    file_sha256  BLOB CHECK (length(file_sha256) = 32),
    PRIMARY KEY (institution, id),
    UNIQUE (institution, code),
    UNIQUE (institution, document, n),
    UNIQUE (institution, status_list, status_index),
    FOREIGN KEY (institution, document) REFERENCES document,
    FOREIGN KEY (institution, replaces) REFERENCES copy,
    FOREIGN KEY (institution, kid) REFERENCES key,
    FOREIGN KEY (institution, status_list) REFERENCES status_list,
    -- Ours has all of these, HEMIS's none.
    CHECK ((code IS NULL) = (kid IS NULL) AND (code IS NULL) = (status_list IS NULL)
           AND (code IS NULL) = (status_index IS NULL)),
    CHECK (making <> 'ready' OR (pages IS NOT NULL AND file_sha256 IS NOT NULL
                                 AND (code IS NULL OR (seal IS NOT NULL AND text_hash IS NOT NULL))))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX copy_replaces ON copy (institution, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX copy_unfinished ON copy (institution, lease_s) WHERE making = 'preparing';
CREATE INDEX copy_marked ON copy (institution, status_list) WHERE validity <> 'valid';
CREATE INDEX copy_offered ON copy (institution, changed_at_s) WHERE delivery = 'offered';
CREATE INDEX copy_told ON copy (institution, asked_at_s, id, document, kind, place, delivery, making) WHERE making = 'ready';
INSERT INTO copy SELECT * FROM copy_before;
DROP TABLE copy_before;
