-- The audit log's chain and the purge.

-- Random, and part of the entry's hash: hashes are published, and that of guessable words would confirm a guess.
ALTER TABLE act ADD COLUMN salt BLOB CHECK (length(salt) = 16);
ALTER TABLE audit_head ADD COLUMN at_s INTEGER NOT NULL DEFAULT 0; -- signed
CREATE INDEX audit_head_at ON audit_head (institution, at_s);

-- One row a run of the purge, so that of registrars side by side one does it.  Kept for a year.
CREATE TABLE purge_run (
    institution TEXT NOT NULL REFERENCES institution,
    n           INTEGER NOT NULL,
    began_at_s  INTEGER NOT NULL,
    ended_at_s  INTEGER, -- NULL: it runs, or its registrar was killed
    gone        INTEGER NOT NULL DEFAULT 0, -- rows that it took
    PRIMARY KEY (institution, n)
) STRICT, WITHOUT ROWID;

-- What waits for the sealer, and what the purge looks for: neither reads through what has to stay.
CREATE INDEX event_unsealed ON event (institution, id) WHERE position IS NULL;
CREATE INDEX event_keep ON event (institution, keep_until_s);
CREATE INDEX act_detail_keep ON act_detail (institution, keep_until_s) WHERE keep_until_s IS NOT NULL;
CREATE INDEX idempotency_keep ON idempotency (institution, keep_until_s);
CREATE INDEX page_keep ON page (institution, keep_until_s);
CREATE INDEX print_report_at ON print_report (institution, at_ms);
CREATE INDEX session_end ON session (institution, ends_at_s);
CREATE INDEX student_keep ON student (institution, keep_until_s) WHERE keep_until_s IS NOT NULL;
CREATE INDEX verifier_keep ON verifier (institution, keep_until_s) WHERE keep_until_s IS NOT NULL;
CREATE INDEX request_answered ON request (institution, asked_at_s) WHERE answers <> '{}';
