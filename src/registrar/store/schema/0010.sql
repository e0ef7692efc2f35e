-- Who looked: a copy's code was looked up so often within an hour.  No source: who checks is nobody's business.
CREATE TABLE copy_check (
    institution TEXT NOT NULL,
    copy        TEXT NOT NULL,
    hour        INTEGER NOT NULL, -- since 1970
    n           INTEGER NOT NULL CHECK (n >= 1),
    last_at_s   INTEGER NOT NULL,
    PRIMARY KEY (institution, copy, hour),
    FOREIGN KEY (institution, copy) REFERENCES copy
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_check_at ON copy_check (institution, last_at_s);

-- A student's own sign-ins.
CREATE INDEX act_sign_in ON act (institution, actor, id) WHERE act = 'session.begun';
