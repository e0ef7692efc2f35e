-- Bulk imports of what another system knows of students.  Where one stands is committed together with the rows of each
-- page, so that it goes on from there however it was ended.

CREATE TABLE import_run (
    institution    TEXT NOT NULL REFERENCES institution,
    source         TEXT NOT NULL,    -- 'hemis'
    run            INTEGER NOT NULL, -- counts the imports of this source
    step           INTEGER NOT NULL, -- counts the acts of this run: whoever writes the next one knows the last
    state          TEXT NOT NULL CHECK (state IN ('reading', 'done')),
    whole          INTEGER NOT NULL CHECK (whole IN (0, 1)), -- all there is was asked for, not the changes alone
    started_at_s   INTEGER NOT NULL,
    ended_at_s     INTEGER,
    read_from_s    INTEGER NOT NULL, -- what the run reads was changed since then; 0: whenever
    read_next_s    INTEGER NOT NULL, -- what the run after the last that ended has to read from; 0: all
    cursor         TEXT NOT NULL,    -- JSON: the walk, in the words of the source's connector
    counts         TEXT NOT NULL,    -- JSON: figures of the report
    PRIMARY KEY (institution, source),
    CHECK ((state = 'done') = (ended_at_s IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What a person should look at after an import.  Those of the last one alone.
CREATE TABLE import_finding (
    institution TEXT NOT NULL,
    source      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    number      TEXT NOT NULL,    -- of the student
    detail      TEXT NOT NULL,
    PRIMARY KEY (institution, source, kind, number, detail),
    FOREIGN KEY (institution, source) REFERENCES import_run
) STRICT, WITHOUT ROWID;

-- The last whole import that a student was in.
ALTER TABLE student ADD COLUMN seen_in_run INTEGER DEFAULT NULL;
