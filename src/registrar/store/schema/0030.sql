-- The page on which a phone blocks a card that is lost: the hash of its address's token.

ALTER TABLE card ADD COLUMN door_hash BLOB DEFAULT NULL;
CREATE UNIQUE INDEX card_door ON card (institution, door_hash) WHERE door_hash IS NOT NULL;
