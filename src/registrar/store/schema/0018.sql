-- Who sat at a window last: tomorrow it is theirs again by one key.
ALTER TABLE service_window ADD COLUMN last_clerk TEXT DEFAULT NULL; -- "staff:NAME"

-- Money that went back, of an application that came to nothing.  The invoice stays paid: that happened, too.
ALTER TABLE invoice ADD COLUMN refunded_at_s INTEGER DEFAULT NULL;
ALTER TABLE invoice ADD COLUMN refunded_by TEXT DEFAULT NULL;
ALTER TABLE invoice ADD COLUMN refund_reference TEXT DEFAULT NULL;
CREATE INDEX invoice_paid ON invoice (institution, paid_at_s, id) WHERE state = 'paid';
CREATE INDEX invoice_not_refunded ON invoice (institution, paid_at_s, id) WHERE state = 'paid' AND refunded_at_s IS NULL;

CREATE INDEX blank_of_state ON blank (institution, state, series, number);
CREATE INDEX blank_said_spoiled ON blank (institution, series, number) WHERE spoiled_by IS NOT NULL AND state <> 'spoiled';
CREATE INDEX ticket_missed ON ticket (institution, last_called_s) WHERE state = 'no-show';
