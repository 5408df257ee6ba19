-- How documents were read when the source's last document was: the version of reading and cleaning (poll/digest.rs). An entry that
-- differs from its stored form only because a later version of the program reads it differently is not shown again.
-- 0: before the version was stored.
ALTER TABLE source ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
