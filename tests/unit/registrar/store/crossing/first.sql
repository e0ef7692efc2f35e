-- The rows of which an institution has one.
INSERT INTO institution (institution, host, era) VALUES ('{I}', '{M}.example', 3);
INSERT INTO theme (institution, brand, logo, version, changed_at_s) VALUES ('{I}', '#00000{M}', BLOB({M}1), '{M}', 1);
INSERT INTO offer_revision (institution, revision) VALUES ('{I}', {K});
