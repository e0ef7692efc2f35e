-- What the desk's statistics and the search of the audit log are answered from: each by an index that holds all that it
-- asks, so that a period costs what lies in it, however much the register holds.

-- The code of a student's faculty, read off the profile by whoever asks first (statistics.h); '': not known.  NULL: to be
-- read.
ALTER TABLE student ADD COLUMN faculty TEXT DEFAULT NULL;
CREATE INDEX student_faculty ON student (institution, faculty, id);

CREATE INDEX copy_told ON copy (institution, asked_at_s, id, document, kind, place, delivery, making) WHERE making = 'ready';
-- Beside the table, whose rows are long: they hold what papers said.
CREATE INDEX document_told ON document (institution, id, service, student);
CREATE INDEX request_told ON request (institution, asked_at_s, id, student, service, place, state, promised_at_s,
                                      changed_at_s, number) WHERE number IS NOT NULL;
CREATE INDEX stage_decided ON stage (institution, changed_at_s, clerk, state)
    WHERE state IN ('approved', 'returned', 'declined');
CREATE INDEX ticket_told ON ticket (institution, taken_at_s, kiosk, state, called_at_s);

CREATE INDEX act_at ON act (institution, at_ms, id);
CREATE INDEX act_of_actor ON act (institution, actor, at_ms, id);
CREATE INDEX act_named ON act (institution, act, at_ms, id);
CREATE INDEX act_of_staff ON act (institution, at_ms, actor, act) WHERE actor >= 'staff:' AND actor < 'staff;';
