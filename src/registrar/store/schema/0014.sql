-- The print queue as staff see it.  How much each job needs a person stands with the job, so that a list by need is
-- read off an index; store/print_queue.h says what the numbers mean.  Jobs of before have no due_at_s: whoever looks
-- first places them (print_queue_place).
ALTER TABLE print_job ADD COLUMN need INTEGER DEFAULT NULL;
ALTER TABLE print_job ADD COLUMN due_at_s INTEGER DEFAULT NULL; -- its request's promise, else when it was asked for
ALTER TABLE print_job ADD COLUMN hold_by TEXT DEFAULT NULL;     -- who of staff holds it; its reason stands in reason
ALTER TABLE print_job ADD COLUMN words TEXT DEFAULT NULL;       -- of staff, beside the reason
ALTER TABLE print_job ADD COLUMN again TEXT DEFAULT NULL;       -- why its copy took the place of another
CREATE INDEX print_job_unplaced ON print_job (institution, id) WHERE due_at_s IS NULL;
CREATE INDEX print_job_needs ON print_job (institution, need, due_at_s, id);
CREATE INDEX print_job_needs_of_owner ON print_job (institution, owner, need, due_at_s, id) WHERE owner IS NOT NULL;
-- +need: of the index before this one SQLite would think that it serves these lists as well.
CREATE INDEX print_job_open_since ON print_job (institution, changed_at_s, id) WHERE +need <= 7;
CREATE INDEX print_job_over_since ON print_job (institution, changed_at_s, id) WHERE +need >= 8;
CREATE INDEX print_job_again ON print_job (institution, changed_at_s) WHERE again IS NOT NULL;
