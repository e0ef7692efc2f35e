-- Requests that go through people: their numbers, what is paid for them, who decides, on which blank their paper is
-- printed, and into whose hands it was given.

ALTER TABLE request ADD COLUMN number TEXT CHECK (length(number) <= 24); -- "S-2026/000123"; NULL: it was given at once
ALTER TABLE request ADD COLUMN place TEXT CHECK (length(place) <= 300);  -- where it was asked for, as its paper says
CREATE UNIQUE INDEX request_number ON request (institution, number) WHERE number IS NOT NULL;
CREATE INDEX request_queue ON request (institution, state, promised_at_s, id) WHERE number IS NOT NULL;

-- One row for each unit that a request came to, in their order.  What is decided is fenced by the request's epoch.
CREATE TABLE stage (
    institution  TEXT NOT NULL,
    request      TEXT NOT NULL,
    n            INTEGER NOT NULL CHECK (n >= 1),
    unit         TEXT NOT NULL,
    clerk        TEXT,                       -- "token:NAME"; NULL: nobody is at it
    epoch        INTEGER NOT NULL,           -- of the request, when this row last changed
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'approved', 'returned', 'declined', 'withdrawn')),
    reason       TEXT,                       -- words for the student
    answers      TEXT NOT NULL DEFAULT '{}', -- of the clerk to the service's questions, canonical JSON
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, request, n),
    FOREIGN KEY (institution, request) REFERENCES request
) STRICT, WITHOUT ROWID;
CREATE INDEX stage_told ON stage (institution, changed_at_s) WHERE reason IS NOT NULL OR answers <> '{}';

CREATE TABLE invoice (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL, -- its number: "H-2026/000012"
    request      TEXT NOT NULL,
    sum          INTEGER NOT NULL CHECK (sum > 0), -- so'm
    state        TEXT NOT NULL CHECK (state IN ('open', 'paid', 'cancelled')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    made_at_s    INTEGER NOT NULL,
    changed_at_s INTEGER NOT NULL,
    paid_at_s    INTEGER,
    confirmed_by TEXT, -- "token:NAME"
    reference    TEXT, -- of the payment, as bank or cash desk call it
    PRIMARY KEY (institution, id),
    UNIQUE (institution, request),
    FOREIGN KEY (institution, request) REFERENCES request,
    CHECK ((state = 'paid') = (paid_at_s IS NOT NULL AND confirmed_by IS NOT NULL AND reference IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_open ON invoice (institution, made_at_s, id) WHERE state = 'open';

-- Numbered forms that are accounted for one by one.
CREATE TABLE blank (
    institution  TEXT NOT NULL REFERENCES institution,
    id           TEXT NOT NULL,    -- "AM-0001234"
    kind         TEXT NOT NULL,    -- "academic-record"
    series       TEXT NOT NULL,
    number       INTEGER NOT NULL CHECK (number BETWEEN 0 AND 99999999),
    state        TEXT NOT NULL CHECK (state IN ('received', 'issued', 'bound', 'used', 'spoiled', 'returned')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    holder       TEXT,             -- who has it: "token:NAME"
    copy         TEXT,             -- that is printed on it
    spoiled_by   TEXT,             -- the first of the two who say that it is spoiled
    reason       TEXT,             -- why it is
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, series, number),
    FOREIGN KEY (institution, copy) REFERENCES copy,
    CHECK (state IN ('received', 'returned') OR holder IS NOT NULL),
    CHECK (state NOT IN ('bound', 'used') OR copy IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX blank_of_copy ON blank (institution, copy) WHERE copy IS NOT NULL;
CREATE INDEX blank_free ON blank (institution, kind, series, number) WHERE state = 'issued';

-- Into whose hands a paper was given at a window.
CREATE TABLE hand_out (
    institution TEXT NOT NULL,
    copy        TEXT NOT NULL,
    whom        TEXT NOT NULL CHECK (whom IN ('student', 'other')),
    name        TEXT, -- of another person, and which paper of theirs was seen
    paper       TEXT,
    given_by    TEXT NOT NULL, -- "token:NAME"
    at_s        INTEGER NOT NULL,
    PRIMARY KEY (institution, copy),
    FOREIGN KEY (institution, copy) REFERENCES copy
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_out_told ON hand_out (institution, at_s) WHERE name IS NOT NULL;

-- Papers of the window are printed by staff from the page; a job has an owner, and a row that is no kiosk is theirs.
CREATE INDEX print_job_of_window ON print_job (institution, changed_at_s) WHERE held_by = 'window';
