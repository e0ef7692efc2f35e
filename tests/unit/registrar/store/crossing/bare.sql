-- An institution of which nothing is known yet.
INSERT INTO institution (institution, host, era) VALUES ('{I}', 'bare.example', 1);
