-- Applications to their end: people without an account, orders that are drafted, what was returned and answered anew,
-- help with the state's portals.

ALTER TABLE student ADD COLUMN kind TEXT NOT NULL DEFAULT 'student' CHECK (kind IN ('student', 'visitor'));

-- Who has no account says who they are; staff who saw the passport confirm it.  Of the passport alone a keyed hash can
-- be compared.
CREATE TABLE visitor (
    institution    TEXT NOT NULL,
    student        INTEGER NOT NULL,
    passport_hash  BLOB NOT NULL CHECK (length(passport_hash) = 32),
    contact        BLOB NOT NULL, -- passport and phone, sealed under the records' key for this person
    confirmed_by   TEXT,          -- "token:NAME"
    confirmed_at_s INTEGER,
    PRIMARY KEY (institution, student),
    FOREIGN KEY (institution, student) REFERENCES student,
    CHECK ((confirmed_by IS NULL) = (confirmed_at_s IS NULL))
) STRICT, WITHOUT ROWID;

-- Orders are made in HEMIS; here stands what one is to say, and which one it became.
CREATE TABLE order_draft (
    institution  TEXT NOT NULL,
    id           TEXT NOT NULL, -- the request's
    service      TEXT NOT NULL,
    body         BLOB, -- what it is made of: JSON, sealed under the records' key for this request; NULL: its time is over
    state        TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'dropped')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    made_at_s    INTEGER NOT NULL,
    changed_at_s INTEGER NOT NULL,
    number       TEXT CHECK (length(number) <= 23), -- HEMIS's
    day          TEXT,                              -- its ISO date
    entered_by   TEXT,                              -- "token:NAME"
    PRIMARY KEY (institution, id),
    FOREIGN KEY (institution, id) REFERENCES request,
    CHECK ((state = 'issued') = (number IS NOT NULL AND day IS NOT NULL AND entered_by IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX order_draft_made ON order_draft (institution, state, made_at_s, id);

-- What the student had answered when a unit returned it: canonical JSON; NULL: it was not answered anew.
ALTER TABLE stage ADD COLUMN returned_answers TEXT;

-- What was chosen of the student's own record, as it was then (wire/lists.h); NULL: nothing was.
ALTER TABLE request ADD COLUMN items TEXT;

-- How often a portal's data sheet was given, by service and day.
CREATE TABLE portal_help (
    institution TEXT NOT NULL REFERENCES institution,
    service     TEXT NOT NULL,
    day         TEXT NOT NULL, -- ISO, where the institution is
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (institution, service, day)
) STRICT, WITHOUT ROWID;
