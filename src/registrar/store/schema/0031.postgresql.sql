-- As 0031.sql, of which SQLite needs other words.

ALTER TABLE document ADD COLUMN foreign_number TEXT COLLATE "C"; -- HEMIS's, as it prints it
-- Until then somebody asks HEMIS for a paper of this session, and nobody else does: HEMIS makes one each time.
ALTER TABLE session ADD COLUMN foreign_until_s BIGINT NOT NULL DEFAULT 0;

ALTER TABLE copy ALTER COLUMN code DROP NOT NULL, ALTER COLUMN kid DROP NOT NULL,
    ALTER COLUMN status_list DROP NOT NULL, ALTER COLUMN status_index DROP NOT NULL;
ALTER TABLE copy DROP CONSTRAINT copy_check;
-- Ours has all of these, HEMIS's none.
ALTER TABLE copy ADD CHECK ((code IS NULL) = (kid IS NULL) AND (code IS NULL) = (status_list IS NULL)
                            AND (code IS NULL) = (status_index IS NULL));
ALTER TABLE copy ADD CHECK (making <> 'ready' OR (pages IS NOT NULL AND file_sha256 IS NOT NULL
                            AND (code IS NULL OR (seal IS NOT NULL AND text_hash IS NOT NULL))));
