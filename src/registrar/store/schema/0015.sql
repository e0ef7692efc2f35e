-- How often each thing that staff look at has changed: who shows it compares counts, and needs no history.
CREATE TABLE desk_topic (
    institution TEXT NOT NULL REFERENCES institution,
    topic       TEXT NOT NULL, -- "prints"
    n           INTEGER NOT NULL,
    PRIMARY KEY (institution, topic)
) STRICT, WITHOUT ROWID;

-- Printers of the office itself.  One registrar at a time works each, whoever took its lease last; its epoch rises with
-- each taking, and what an earlier one writes counts no more.
CREATE TABLE printer (
    institution  TEXT NOT NULL REFERENCES institution,
    id           TEXT NOT NULL, -- "Front-1"; its jobs belong to the kiosk "printer:Front-1", which is none
    place        TEXT NOT NULL,
    uri          TEXT NOT NULL,
    added_at_s   INTEGER NOT NULL,
    removed_at_s INTEGER,
    epoch        INTEGER NOT NULL DEFAULT 0,
    lease_s      INTEGER NOT NULL DEFAULT 0,
    state        TEXT NOT NULL DEFAULT 'unasked', -- as kiosks tell theirs: "ready,paper-low"
    since_s      INTEGER,                         -- it is so
    PRIMARY KEY (institution, id)
) STRICT, WITHOUT ROWID;

-- The one job that a printer has, may have, or must be rid of: what a crash is told from a print by.
CREATE TABLE printer_errand (
    institution  TEXT NOT NULL,
    printer      TEXT NOT NULL,
    job          TEXT NOT NULL,
    epoch        INTEGER NOT NULL, -- of the job
    phase        TEXT NOT NULL CHECK (phase IN ('creating', 'created', 'sending', 'sent', 'orphan')),
    printer_uuid TEXT NOT NULL DEFAULT '',
    printer_job  INTEGER NOT NULL DEFAULT 0, -- as Create-Job answered; 0: not known
    sheets       INTEGER NOT NULL DEFAULT -1,
    unwanted     INTEGER NOT NULL DEFAULT 0 CHECK (unwanted IN (0, 1)), -- it is not to come out any more
    began_at_ms  INTEGER NOT NULL,
    PRIMARY KEY (institution, printer),
    FOREIGN KEY (institution, printer) REFERENCES printer,
    FOREIGN KEY (institution, job) REFERENCES print_job
) STRICT, WITHOUT ROWID;
CREATE INDEX print_job_of_owner ON print_job (institution, owner, changed_at_s) WHERE owner IS NOT NULL;
