-- What an office offers, and who may change it over the interface.  Nothing here is of a person; what keeps for ever says so.

-- Services and templates that were put over the interface: each stands before the folder's file of the same id.
CREATE TABLE offer (
    institution  TEXT NOT NULL REFERENCES institution,
    kind         TEXT NOT NULL CHECK (kind IN ('service', 'template')),
    id           TEXT NOT NULL,
    version      TEXT NOT NULL, -- 16 hex digits of the hash of body: the ETag
    body         TEXT NOT NULL,
    author       TEXT NOT NULL, -- "token:NAME"
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, kind, id)
) STRICT, WITHOUT ROWID;

-- Grows with every change of offer, a removal too: any registrar sees with one look whether it is to read them anew.
CREATE TABLE offer_revision (
    institution TEXT NOT NULL PRIMARY KEY REFERENCES institution,
    revision    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the folders said when they were last taken whole: serves where they are broken at the start.  The newest twenty.
CREATE TABLE shelf (
    institution TEXT NOT NULL REFERENCES institution,
    number      INTEGER NOT NULL,
    version     TEXT NOT NULL, -- of body
    body        TEXT NOT NULL, -- JSON: [{kind, name, body}]
    taken_at_s  INTEGER NOT NULL,
    PRIMARY KEY (institution, number)
) STRICT, WITHOUT ROWID;

-- Bearers of programs that change something over the interface.  The bearer itself is nowhere.
CREATE TABLE api_token (
    institution TEXT NOT NULL REFERENCES institution,
    name        TEXT NOT NULL,
    purpose     TEXT NOT NULL, -- "catalogue"
    hash        BLOB NOT NULL, -- SHA-256 of the bearer, which is 256 random bits
    made_at_s   INTEGER NOT NULL,
    expires_at_s INTEGER NOT NULL,
    used_at_s   INTEGER, -- to the minute; NULL: never
    PRIMARY KEY (institution, name)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_token_hash ON api_token (institution, hash);
