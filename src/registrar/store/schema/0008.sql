-- The hall: windows, the lines before them, and calls for a person from kiosks.  Nothing here names a student but a row's
-- id, which goes within days.

-- What each window is for, and who sits there.  Put in place by an administrator, opened and closed by who works there.
CREATE TABLE service_window (
    institution  TEXT NOT NULL REFERENCES institution,
    number       INTEGER NOT NULL CHECK (number BETWEEN 1 AND 99),
    place        TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 60), -- "104-xona"; '': its number is enough
    topics       TEXT NOT NULL,                                        -- ids of institution.json, by commas
    state        TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'paused')),
    epoch        INTEGER NOT NULL DEFAULT 1,                           -- of whatever changes here: a call is one, too
    clerk        TEXT,                                                 -- "token:NAME"; NULL: it is closed
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, number),
    CHECK ((state = 'closed') = (clerk IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
    institution   TEXT NOT NULL REFERENCES institution,
    id            TEXT NOT NULL,    -- a uuid of the kiosk's making: asked again with it, the same ticket is told
    day           TEXT NOT NULL,    -- ISO
    letter        TEXT NOT NULL,    -- of the topic that it was taken for: "A"
    n             INTEGER NOT NULL CHECK (n BETWEEN 1 AND 999),
    topic         TEXT NOT NULL,    -- that it waits for now
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'served', 'no-show', 'passed', 'given-up',
                                                 'expired')),
    epoch         INTEGER NOT NULL DEFAULT 1,
    kiosk         TEXT NOT NULL,
    student       INTEGER,          -- who was signed in; NULL: nobody, or long ago.  No reference: a student may go first
    token_hash    BLOB NOT NULL,    -- of its page for a phone
    called_to     INTEGER,          -- the window where it was called last
    for_window    INTEGER,          -- it was passed on to this one alone
    calls         INTEGER NOT NULL DEFAULT 0,
    turn          INTEGER NOT NULL, -- its place in any line: who came later has a higher one
    taken_at_s    INTEGER NOT NULL,
    called_at_s   INTEGER,          -- for the first time at the window where it is: what serving takes counts from here
    last_called_s INTEGER,
    changed_at_s  INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    UNIQUE (institution, day, letter, n),
    UNIQUE (institution, token_hash),
    UNIQUE (institution, turn),
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_line ON ticket (institution, turn)
    WHERE state IN ('waiting', 'passed', 'called', 'serving');
CREATE INDEX ticket_served ON ticket (institution, topic, changed_at_s) WHERE state = 'served';
CREATE INDEX ticket_student ON ticket (institution, student, taken_at_s) WHERE student IS NOT NULL;
CREATE INDEX ticket_kiosk ON ticket (institution, kiosk, taken_at_s);
CREATE INDEX ticket_taken ON ticket (institution, taken_at_s);

-- Somebody at a kiosk wants a person to come.
CREATE TABLE help_call (
    institution  TEXT NOT NULL REFERENCES institution,
    id           TEXT NOT NULL,
    kiosk        TEXT NOT NULL,
    screen       TEXT NOT NULL,           -- names of ours, never words of a person
    service      TEXT NOT NULL DEFAULT '',
    language     TEXT NOT NULL,           -- of the glass
    student      INTEGER,                 -- who said: tell who I am
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'coming', 'over', 'nobody', 'given-up')),
    epoch        INTEGER NOT NULL DEFAULT 1,
    clerk        TEXT,                    -- "token:NAME", who answered
    made_at_s    INTEGER NOT NULL,
    changed_at_s INTEGER NOT NULL,
    PRIMARY KEY (institution, id),
    FOREIGN KEY (institution, kiosk) REFERENCES kiosk
) STRICT, WITHOUT ROWID;
CREATE INDEX help_call_open ON help_call (institution, made_at_s) WHERE state IN ('waiting', 'coming');
CREATE INDEX help_call_made ON help_call (institution, made_at_s);
CREATE INDEX help_call_kiosk ON help_call (institution, kiosk, made_at_s);
