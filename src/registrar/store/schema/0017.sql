-- Papers as staff look after them.

-- Many papers to be revoked at once: one person proposes, another confirms.  What a paper says of a person is with its
-- document; the reason is for the register, as that of one paper.
CREATE TABLE bulk_revocation (
    institution   TEXT NOT NULL REFERENCES institution,
    id            TEXT NOT NULL,
    reason        TEXT NOT NULL,
    proposed_by   TEXT NOT NULL, -- "staff:NAME"
    proposed_at_s INTEGER NOT NULL,
    state         TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'done', 'dropped')),
    decided_by    TEXT DEFAULT NULL,
    decided_at_s  INTEGER DEFAULT NULL,
    PRIMARY KEY (institution, id),
    CHECK ((state = 'proposed') = (decided_by IS NULL)),
    CHECK (state <> 'done' OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_revocation_when ON bulk_revocation (institution, proposed_at_s);

CREATE TABLE bulk_paper (
    institution TEXT NOT NULL,
    bulk        TEXT NOT NULL,
    document    TEXT NOT NULL,
    PRIMARY KEY (institution, bulk, document),
    FOREIGN KEY (institution, bulk) REFERENCES bulk_revocation,
    FOREIGN KEY (institution, document) REFERENCES document
) STRICT, WITHOUT ROWID;

CREATE INDEX document_when ON document (institution, student, taken_at_s, id);
